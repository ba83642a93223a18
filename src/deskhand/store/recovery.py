"""Opening with open eyes: a wrong key, a damaged file, a newer schema, and a cache that a crash left behind.

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
from .checking import SMALL
from .database import Work
from .files import CACHE, DESK, Kind, Profile, connect, files_of, make_private, migrate
from .outbox import insert_local_ticket
from .progress import is_behind, level
from .replaying import replay
from .rows import summary_of

_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)
_READING = (
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
    "outbox",
    "claims",
    "drafts",
    "notes",
    "blobs",
    "settings",
    "kept_tickets",
    "kept_messages",
)
_JUST_SENT_MS = 3_600_000


def open_files(profile: Profile, now: datetime) -> tuple[apsw.Connection, tuple[StoreNotice, ...]]:
    """Open both files, whatever state they are in, and return the writing connection to `desk.db`.

    Raises:
        ProfileKeyWrong, ProfileNewer: nothing was touched.
    """
    try:
        has_fingerprint = profile.check_key()
    except ProfileKeyWrong:
        if not _fits(profile):
            raise
        has_fingerprint = False  # it is the fingerprint that is damaged, or another profile's
    profile.prepare()
    if not has_fingerprint and not (_opens(profile, DESK) or _opens(profile, CACHE)):
        raise ProfileKeyWrong("this key opens none of the files in this profile")
    notices: list[StoreNotice] = []
    desk = _open_desk(profile, now, notices)
    try:
        _prepare_cache(profile, now, notices)
        if not has_fingerprint:
            profile.leave_fingerprint()
    except BaseException:
        desk.close()
        raise
    return desk, tuple(notices)


def _fits(profile: Profile) -> bool:
    """Tell whether the key opens `desk.db`."""
    path = profile.path(DESK)
    return path.is_file() and path.stat().st_size > 0 and _opens(profile, DESK)


def _opens(profile: Profile, kind: Kind) -> bool:
    """Tell whether the key fits a file; an empty one fits every key."""
    path = profile.path(kind)
    if path.stat().st_size == 0:
        return True
    try:
        return _answers(profile, kind, readonly=True)
    except apsw.ReadOnlyError:
        # A first start that was cut short left a journal: only a writing connection plays it back.
        return _answers(profile, kind, readonly=False)


def _answers(profile: Profile, kind: Kind, *, readonly: bool) -> bool:
    try:
        db = connect(profile, kind, readonly=readonly)
    except _DAMAGE as problem:
        _see_damage(problem)
        return False
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except _DAMAGE as problem:
        _see_damage(problem)
        return False
    finally:
        db.close()
    return True


def _see_damage(problem: apsw.Error) -> None:
    """Return where the file itself is damaged; else raise the problem again, and nothing is set aside for it."""
    if isinstance(problem, apsw.IOError) and getattr(problem, "extendedresult", apsw.SQLITE_IOERR) not in _READING:
        raise problem


def _open_desk(profile: Profile, now: datetime, notices: list[StoreNotice]) -> apsw.Connection:
    if not _is_lost(profile, now) and (desk := _sound(profile, DESK)) is not None:
        return desk
    aside = set_aside(profile.path(DESK), now)
    source = _restore(profile, now)
    desk = _sound(profile, DESK)
    assert desk is not None
    saved = _salvage(profile, aside, desk)
    _doubt(desk)
    event = StoreEvent.DESK_RESTORED if source is not None else StoreEvent.DESK_STARTED_ANEW
    notices.append(StoreNotice(event, aside.name, "" if source is None else source.name, saved))
    return desk


def _is_lost(profile: Profile, now: datetime) -> bool:
    """Tell whether `desk.db` is gone or empty in a profile that has been used: it is made before everything else that lies here."""
    if any(path.stat().st_size for path in files_of(profile.path(DESK))):
        return False
    return profile.path(CACHE).stat().st_size > 0 or bool(Backups(profile).newest_first(now))


def _sound(profile: Profile, kind: Kind, *, check: bool = True) -> apsw.Connection | None:
    """Open a file, bring it up to date and look through it; None where it is damaged."""
    db: apsw.Connection | None = None
    try:
        db = connect(profile, kind)
        migrate(db, kind)
        if check and db.execute("PRAGMA quick_check(1)").get != "ok":
            db.close()
            return None
    except _DAMAGE as problem:
        if db is not None:
            db.close()
        _see_damage(problem)
        return None
    except BaseException:
        if db is not None:
            db.close()
        raise
    return db


def _prepare_cache(profile: Profile, now: datetime, notices: list[StoreNotice]) -> None:
    if not profile.is_damaged and _is_usable(profile):
        return
    aside = set_aside(profile.path(CACHE), now)
    notices.append(StoreNotice(StoreEvent.CACHE_REBUILT, aside.name))
    db = _sound(profile, CACHE)
    assert db is not None
    db.close()
    profile.forget_damage()


def _is_usable(profile: Profile) -> bool:
    """Look through a cache that a crash left, if it is small; `checking` does it for a large one while it is used."""
    db = _sound(profile, CACHE, check=False)
    if db is None:
        return False
    try:
        ended_well = db.execute("SELECT value FROM meta WHERE key = 'open'").get is None
        is_large = profile.path(CACHE).stat().st_size > SMALL
        return ended_well or is_large or db.execute("PRAGMA quick_check(1)").get == "ok"
    except _DAMAGE as problem:
        _see_damage(problem)
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


def _restore(profile: Profile, now: datetime) -> Path | None:
    """Copy the newest whole backup into place."""
    for backup in Backups(profile).newest_first(now):
        shutil.copyfile(backup, profile.path(DESK))
        desk = _sound(profile, DESK)
        if desk is not None:
            desk.close()
            return backup
        for each in files_of(profile.path(DESK)):
            each.unlink()
        make_private(profile.path(DESK))
    return None


def _salvage(profile: Profile, aside: Path, desk: apsw.Connection) -> int:
    """Copy every row that the damaged file still gives, from both ends of each table; returns how many."""
    saved = 0
    for table in _TABLES:
        found: set[tuple[object, ...]] = set()
        for order in ("ASC", "DESC"):
            try:
                damaged = connect(profile, DESK, aside)
            except _DAMAGE:
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
    except (*_DAMAGE, apsw.SQLError):
        return saved
    return saved


def _doubt(desk: apsw.Connection) -> None:
    """Take back the certainty that what waits here has not left: the backup may be older than the send."""
    for (text,) in list(desk.execute("SELECT item FROM outbox WHERE delivery IN ('queued', 'held', 'sending')")):
        item = plain.loads(OutboxItem, text)
        at = item.last_sent or item.command.created_at
        item = replace(item, delivery=Delivery.UNKNOWN, first_sent=item.first_sent or at, last_sent=at)
        desk.execute(
            "UPDATE outbox SET delivery = ?, item = ? WHERE id = ?",
            (item.delivery.value, plain.dumps(item), item.command.id),
        )


def notice_loss(db: apsw.Connection) -> bool:
    """Tell whether `desk.db` has lost its newest changes; what waits to be sent may have been sent in them."""
    lost = is_behind(db)
    if lost:
        _doubt(db)
    level(db)
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
        _read_again(work)
    _show_again(work)
    return was_open


def close_well(db: apsw.Connection) -> None:
    """Note that nothing was cut short."""
    db.execute("DELETE FROM meta WHERE key = 'open'")


def _read_again(work: Work) -> None:
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


def _show_again(work: Work) -> None:
    """Project what has a draft or something on its way; drop local tickets that nothing on its way stands for."""
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
            " SELECT account, ticket FROM drafts"
        )
    )
    for key in _keys(shown):
        if key.is_local and key not in creating and not ticket_rows.has_unsent_work(db, key):
            if (found := ticket_rows.load_one(db, key)) is not None:
                ticket_rows.delete(work, *found)
        else:
            ticket_rows.reproject(work, key)


def _keys(rows: Iterable[tuple[object, ...]]) -> list[TicketKey]:
    return [TicketKey(AccountId(str(account)), str(remote)) for account, remote in rows]
