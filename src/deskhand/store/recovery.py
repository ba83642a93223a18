"""Opens the files after a wrong key, damage, a newer schema or a crash.

wrong key       named, nothing touched (the key's fingerprint lies beside the files)
newer schema    named, nothing touched
cache damaged   set aside as cache.db.bad-<date>, made anew; the next sync fills it
desk damaged    set aside; the newest backup that is whole comes back, and over it every row that the damaged file still gives;
                what was waiting to be sent may have been sent since that backup, so it becomes UNKNOWN and is looked for
desk behind     its log was damaged, cut short or lost, or an older file was put back: the cache has seen changes that it has not;
                what was waiting to be sent is looked for likewise
"""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import apsw

from deskhand.domain import plain
from deskhand.domain.commands import CreateTicket, OutboxItem
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.mending import StoreEvent, StoreNotice
from deskhand.domain.problems import ProfileKeyWrong
from deskhand.domain.threads import Delivery

from . import ticket_rows
from .account_rows import account_infos, update_account_info
from .accounts import delete_from_cache, stored_accounts
from .backups import Backups
from .checking import SMALL_CACHE_BYTES
from .database import Work
from .files import CACHE, DESK, DatabaseFiles, DatabaseKind, connect, files_of, make_private, migrate
from .messages import reproject
from .missing_columns import add_missing_columns
from .outbox import insert_local_ticket
from .progress import equalize, is_behind
from .replaying import replay
from .rows import summary_of

_DAMAGE_ERRORS = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)
_READ_ERRORS = (
    apsw.SQLITE_IOERR,
    apsw.SQLITE_IOERR_READ,
    apsw.SQLITE_IOERR_SHORT_READ,
    apsw.SQLITE_IOERR_CORRUPTFS,
    apsw.SQLITE_IOERR_DATA,
)
"""The failures of reading. Others come from a full disk, a lock or a lost network folder: what is in the file may be whole."""

_TABLES = (
    "accounts",
    "statuses",
    "status_quarters",
    "outbox",
    "claims",
    "drafts",
    "notes",
    "later",
    "pins",
    "ticket_links",
    "link_accounts",
    "blobs",
    "settings",
    "timed_events",
    "kept_tickets",
    "kept_messages",
)
_JUST_SENT_MS = 3_600_000


def open_files(files: DatabaseFiles, now: datetime) -> tuple[apsw.Connection, tuple[StoreNotice, ...]]:
    """Open both files, whatever state they are in, and return the writing connection to `desk.db`.

    Raises:
        ProfileKeyWrong, ProfileNewer: nothing was touched.
    """
    try:
        has_fingerprint = files.check_key()
    except ProfileKeyWrong:
        if not _opens_desk(files):
            raise
        has_fingerprint = False  # it is the fingerprint that is damaged, or another profile's
    files.prepare()
    if not has_fingerprint and not (_opens(files, DESK) or _opens(files, CACHE)):
        raise ProfileKeyWrong("this key opens none of the files in this profile")
    notices: list[StoreNotice] = []
    desk = _open_desk(files, now, notices)
    try:
        _prepare_cache(files, now, notices)
        if not has_fingerprint:
            files.save_fingerprint()
    except BaseException:
        desk.close()
        raise
    return desk, tuple(notices)


def _opens_desk(files: DatabaseFiles) -> bool:
    """Tell whether the key opens `desk.db`."""
    path = files.path(DESK)
    return path.is_file() and path.stat().st_size > 0 and _opens(files, DESK)


def _opens(files: DatabaseFiles, kind: DatabaseKind) -> bool:
    """Tell whether the key fits a file; an empty one fits every key."""
    path = files.path(kind)
    if path.stat().st_size == 0:
        return True
    try:
        return _is_readable(files, kind, readonly=True)
    except apsw.ReadOnlyError:
        # A first start that was cut short left a journal: only a writing connection plays it back.
        return _is_readable(files, kind, readonly=False)


def _is_readable(files: DatabaseFiles, kind: DatabaseKind, *, readonly: bool) -> bool:
    try:
        db = connect(files, kind, readonly=readonly)
    except _DAMAGE_ERRORS as problem:
        _raise_unless_damaged(problem)
        return False
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except _DAMAGE_ERRORS as problem:
        _raise_unless_damaged(problem)
        return False
    finally:
        db.close()
    return True


def _raise_unless_damaged(problem: apsw.Error) -> None:
    """Return where the file itself is damaged; else raise the problem again, and nothing is set aside for it."""
    if isinstance(problem, apsw.IOError) and getattr(problem, "extendedresult", apsw.SQLITE_IOERR) not in _READ_ERRORS:
        raise problem


def _open_desk(files: DatabaseFiles, now: datetime, notices: list[StoreNotice]) -> apsw.Connection:
    if not _is_lost(files, now) and (desk := _open_intact(files, DESK)) is not None:
        return desk
    aside = set_aside(files.path(DESK), now)
    source = _restore(files, now)
    desk = _open_intact(files, DESK)
    assert desk is not None
    saved = _salvage(files, aside, desk)
    _mark_unsent_unknown(desk)
    event = StoreEvent.DESK_RESTORED if source is not None else StoreEvent.DESK_STARTED_ANEW
    notices.append(StoreNotice(event, aside.name, "" if source is None else source.name, saved))
    return desk


def _is_lost(files: DatabaseFiles, now: datetime) -> bool:
    """Tell whether `desk.db` is gone or empty in a profile that has been used: it is made before everything else that lies here."""
    if any(path.stat().st_size for path in files_of(files.path(DESK))):
        return False
    return files.path(CACHE).stat().st_size > 0 or bool(Backups(files).newest_first(now))


def _open_intact(files: DatabaseFiles, kind: DatabaseKind, *, check: bool = True) -> apsw.Connection | None:
    """Open a file, bring it up to date and look through it; None where it is damaged."""
    db: apsw.Connection | None = None
    try:
        db = connect(files, kind)
        migrate(db, kind)
        if kind is CACHE:
            add_missing_columns(db)
        if check and db.execute("PRAGMA quick_check(1)").get != "ok":
            db.close()
            return None
    except _DAMAGE_ERRORS as problem:
        if db is not None:
            db.close()
        _raise_unless_damaged(problem)
        return None
    except BaseException:
        if db is not None:
            db.close()
        raise
    return db


def _prepare_cache(files: DatabaseFiles, now: datetime, notices: list[StoreNotice]) -> None:
    if not files.is_damaged and _is_usable(files):
        return
    aside = set_aside(files.path(CACHE), now)
    notices.append(StoreNotice(StoreEvent.CACHE_REBUILT, aside.name))
    db = _open_intact(files, CACHE)
    assert db is not None
    db.close()
    files.clear_damage()


def _is_usable(files: DatabaseFiles) -> bool:
    """Look through a cache that a crash left, if it is small; `checking` does it for a large one while it is used."""
    db = _open_intact(files, CACHE, check=False)
    if db is None:
        return False
    try:
        closed_cleanly = db.execute("SELECT value FROM meta WHERE key = 'open'").get is None
        is_large = files.path(CACHE).stat().st_size > SMALL_CACHE_BYTES
        return closed_cleanly or is_large or db.execute("PRAGMA quick_check(1)").get == "ok"
    except _DAMAGE_ERRORS as problem:
        _raise_unless_damaged(problem)
        return False
    finally:
        db.close()


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged file and its companions, and put an empty private one in its place.

    A log that stayed behind would be played into the new file, so it moves too.
    """
    aside = path.with_name(f"{path.name}.bad-{now:%Y%m%d-%H%M%S}")
    for each in files_of(path):
        each.rename(aside.with_name(aside.name + each.name.removeprefix(path.name)))
    make_private(path)
    return aside


def _restore(files: DatabaseFiles, now: datetime) -> Path | None:
    """Copy the newest whole backup into place."""
    for backup in Backups(files).newest_first(now):
        shutil.copyfile(backup, files.path(DESK))
        desk = _open_intact(files, DESK)
        if desk is not None:
            desk.close()
            return backup
        for each in files_of(files.path(DESK)):
            each.unlink()
        make_private(files.path(DESK))
    return None


def _salvage(files: DatabaseFiles, aside: Path, desk: apsw.Connection) -> int:
    """Copy every row that the damaged file still gives, from both ends of each table; returns how many."""
    saved = 0
    for table in _TABLES:
        found: set[tuple[object, ...]] = set()
        for order in ("ASC", "DESC"):
            try:
                damaged = connect(files, DESK, aside)
            except _DAMAGE_ERRORS:
                return saved + len(found)
            try:
                found |= _copy(damaged, desk, table, order)
            finally:
                damaged.close()
        saved += len(found)
    return saved


def _copy(damaged: apsw.Connection, desk: apsw.Connection, table: str, order: str) -> set[tuple[object, ...]]:
    """Return the keys of what was copied."""
    saved: set[tuple[object, ...]] = set()
    try:
        told = list(damaged.execute(f"PRAGMA table_info({table})"))
        columns, keys = [str(row[1]) for row in told], [str(row[1]) for row in told if row[5]]
        if not columns:
            return saved
        put = f"INSERT OR REPLACE INTO {table}({', '.join(columns)}) VALUES({', '.join('?' * len(columns))})"
        sort = ", ".join(f"{key} {order}" for key in keys)
        for row in damaged.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {sort}"):
            desk.execute(put, row)
            saved.add(tuple(value for name, value in zip(columns, row, strict=True) if name in keys))
    except (*_DAMAGE_ERRORS, apsw.SQLError):
        return saved
    return saved


def _mark_unsent_unknown(desk: apsw.Connection) -> None:
    """Take back the certainty that what waits here has not left: the backup may be older than the send."""
    for (text,) in list(desk.execute("SELECT item FROM outbox WHERE delivery IN ('queued', 'held', 'sending')")):
        item = plain.loads(OutboxItem, text)
        at = item.last_sent or item.command.created_at
        item = replace(item, delivery=Delivery.UNKNOWN, first_sent=item.first_sent or at, last_sent=at)
        desk.execute(
            "UPDATE outbox SET delivery = ?, item = ? WHERE id = ?",
            (item.delivery.value, plain.dumps(item), item.command.id),
        )


def detect_loss(db: apsw.Connection) -> bool:
    """Tell whether `desk.db` has lost its newest changes; what waits to be sent may have been sent in them."""
    lost = is_behind(db)
    if lost:
        _mark_unsent_unknown(db)
    equalize(db)
    return lost


def catch_up(work: Work, *, lost: bool) -> bool:
    """Bring the cache to where `desk.db` is, and mark it as open until it is closed well.

    Args:
        lost: the cache has seen changes of `desk.db` that are gone.

    Returns:
        Whether it was not closed well the last time.
    """
    db = work.db
    was_open = db.execute("SELECT value FROM meta WHERE key = 'open'").get is not None
    is_new = db.execute("SELECT value FROM meta WHERE key = 'filled'").get is None
    db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('open', '1'), ('filled', '1')")
    for account in stored_accounts(db):
        update_account_info(work, account)
    if is_new or was_open or lost:
        replay(work)
    known = {account.id for account in stored_accounts(db)}
    for info in account_infos(db).values():
        if info.id not in known:  # removed by what was cut short, or younger than the backup that came back
            delete_from_cache(db, info.n)
    if was_open or lost:
        _mark_stale(work)
    _reproject_changed(work)
    return was_open


def mark_clean_close(db: apsw.Connection) -> None:
    """Note that nothing was cut short."""
    db.execute("DELETE FROM meta WHERE key = 'open'")


def _mark_stale(work: Work) -> None:
    """Let the conversations of what was just sent be read again: the cache may have missed the end of it."""
    rows = list(
        work.db.execute(
            "SELECT DISTINCT account, ticket FROM outbox WHERE delivery = 'sent' AND sent_at > ? AND ticket IS NOT NULL",
            (work.now_ms - _JUST_SENT_MS,),
        )
    )
    for key in _keys(rows):
        found = ticket_rows.load_one(work.db, key)
        if found is not None and not found[0].is_local_only:
            ticket_rows.reproject(work, key, summary_of(found[1].row)._replace(stale=1))


def _reproject_changed(work: Work) -> None:
    """Project what has a draft, a note, a mark of the agent or something on its way; drop local tickets that nothing on its way stands for."""
    db = work.db
    creating = set()
    for (text,) in list(db.execute("SELECT item FROM outbox WHERE delivery <> 'sent' AND kind = 'create'")):
        item = plain.loads(OutboxItem, text)
        if (
            item.command.ticket is not None
            and item.command.ticket.is_local
            and isinstance(item.command.action, CreateTicket)
        ):
            creating.add(item.command.ticket)
            insert_local_ticket(work, item.command)
    shown = list(
        db.execute(
            "SELECT f.id, t.remote FROM tickets t JOIN feeds f ON f.n = t.account WHERE t.pending <> '' UNION"
            " SELECT f.id, t.remote FROM tickets t JOIN feeds f ON f.n = t.account WHERE t.has_draft = 1 UNION"
            " SELECT account, ticket FROM outbox WHERE delivery <> 'sent' AND ticket IS NOT NULL UNION"
            " SELECT f.id, t.remote FROM tickets t JOIN feeds f ON f.n = t.account WHERE t.in_later = 1 UNION"
            " SELECT f.id, t.remote FROM tickets t JOIN feeds f ON f.n = t.account WHERE t.is_pinned = 1 UNION"
            " SELECT account, ticket FROM drafts UNION"
            " SELECT n.account, n.ticket FROM notes n JOIN feeds f ON f.id = n.account"
            " JOIN tickets t ON t.account = f.n AND t.remote = n.ticket WHERE t.has_note = 0 UNION"
            " SELECT account, ticket FROM later UNION SELECT account, ticket FROM pins UNION"
            " SELECT f.id, t.remote FROM tickets t JOIN feeds f ON f.n = t.account WHERE t.is_linked = 1 UNION"
            " SELECT account, ticket FROM ticket_links UNION SELECT other_account, other_ticket FROM ticket_links"
        )
    )
    for key in _keys(shown):
        if key.is_local and key not in creating and not ticket_rows.has_unsent_work(db, key):
            if (found := ticket_rows.load_one(db, key)) is not None:
                ticket_rows.delete(work, *found)
        else:
            reproject(work, key)


def _keys(rows: Iterable[tuple[object, ...]]) -> list[TicketKey]:
    return [TicketKey(AccountId(str(account)), str(remote)) for account, remote in rows]
