"""Server state of tickets: pages come in, single tickets come in, and what two full list syncs did not see goes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import apsw

from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import LOCAL_PREFIX, AccountId, TicketKey
from deskhand.domain.ports import AppliedPage, ReceivedPage, TicketPage, TicketSnapshot
from deskhand.domain.queries import ReprojectionProgress
from deskhand.domain.tickets import RemoteTicket, Ticket

from . import batches, outbox, reprojection, threads, ticket_rows
from .account_info import AccountInfo
from .account_rows import account_info, ensure_account_info, note_import
from .database import Database, Work
from .encoding import decode, millis, moment
from .later import load_mark
from .local_marks import has_marks
from .merging import Merged, merge, merge_ticket
from .row_keys import PUT_AWAY
from .rows import summary_of

_MAX_DISTINCT_VALUES = 200
_MAX_REREADS = 200
"""Tickets that one full list sync has read again because it may have left them out."""


class Tickets:
    """Implements `ports.TicketStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cursor(self, account: AccountId) -> str:
        """Return where the last list sync stopped."""
        return await self._database.read(
            lambda db: str(db.execute("SELECT cursor FROM feeds WHERE id = ?", (account,)).get or "")
        )

    async def begin_full_sync(self, account: AccountId) -> int:
        """Number a full list sync; one that was cut short keeps its number, for it goes on behind what it has seen."""

        def work(work: Work) -> int:
            info = ensure_account_info(work, account)
            number = max(info.full_sync, 1)
            work.db.execute("UPDATE feeds SET walk = ? WHERE n = ?", (number, info.n))
            return number

        return await self._database.write(work)

    async def apply(
        self,
        account: AccountId,
        page: TicketPage,
        *,
        full_sync: int = 0,
        overtaken: Collection[TicketKey] = (),
    ) -> AppliedPage:
        """Merge one page and its cursor."""
        return await self.apply_pages(account, (ReceivedPage(page, overtaken),), full_sync=full_sync)

    async def apply_pages(
        self, account: AccountId, pages: Sequence[ReceivedPage], *, full_sync: int = 0
    ) -> AppliedPage:
        """Merge pages until the transaction has taken long enough, at least one, and the cursor of the last of them."""

        def work(work: Work) -> AppliedPage:
            new: list[TicketKey] = []
            changed: list[TicketKey] = []
            stale: list[TicketKey] = []
            applied = 0
            for received in pages:
                if applied and work.is_long:
                    break
                done = _apply(work, account, received, full_sync)
                applied += 1
                new += done.new
                changed += done.changed
                stale += done.stale
            return AppliedPage(tuple(new), tuple(changed), tuple(stale), applied)

        return await self._database.write(work)

    async def sweep(self, account: AccountId, full_sync: int) -> int:
        """Forget what two full list syncs in a row did not see, and end this one.

        A list sync that left something out, also before it was cut short, proves nothing missing: what it did not see counts as seen, and
        is read one by one instead.
        """

        def work(work: Work) -> int:
            info = ensure_account_info(work, account)
            work.db.execute("UPDATE feeds SET walk = ? WHERE n = ?", (full_sync + 1, info.n))
            if work.db.execute(
                "DELETE FROM meta WHERE key = ? RETURNING value", (_incomplete_sync_key(info),)
            ).get == str(full_sync):
                _reread_unseen(work, info, full_sync)
                return 0
            unseen = list(
                work.db.execute(
                    "SELECT t.remote FROM seen s JOIN tickets t ON t.id = s.id"
                    " WHERE s.account = ? AND s.walk < ? AND t.remote NOT LIKE ?",
                    (info.n, full_sync - 1, f"{LOCAL_PREFIX}%"),
                )
            )
            deleted = 0
            for (remote,) in unseen:
                key = TicketKey(account, remote)
                if ticket_rows.has_unsent_work(work.db, key) or has_marks(work.db, key):
                    _mark_gone(work, key)
                elif (found := ticket_rows.load_one(work.db, key)) is not None:
                    ticket_rows.delete(work, *found)
                    work.threads.add(key)
                    deleted += 1
            return deleted

        return await self._database.write(work)

    async def put(self, remote: RemoteTicket) -> None:
        """Merge one ticket."""
        await self._database.write(lambda work: merge_ticket(work, remote))

    async def mark_gone(self, key: TicketKey) -> None:
        """Mark a ticket that the vendor has no more; it counts as done and goes with the next list syncs."""
        await self._database.write(lambda work: _mark_gone(work, key))

    async def get(self, key: TicketKey) -> Ticket | None:
        """Return the server state."""

        def read(db: apsw.Connection) -> Ticket | None:
            found = ticket_rows.load_one(db, key)
            return None if found is None else decode(key, found[1].server)

        return await self._database.read(read)

    async def snapshot(self, key: TicketKey) -> TicketSnapshot | None:
        """Return all that is stored of a ticket, as it is at one moment; None where it is unknown."""

        def read(db: apsw.Connection) -> TicketSnapshot | None:
            found = ticket_rows.load_one(db, key)
            if found is None:
                return None
            stored = found[1]
            items = ticket_rows.items_of(db, key)
            return TicketSnapshot(
                decode(key, stored.server),
                items,
                outbox.load_open_items(db, key.account) if items else (),
                outbox.load_sent_ids(db, key),
                threads.load_messages(db, key),
                threads.load_history(db, key),
                moment(summary_of(stored.row).read_at),
                threads.load_gap(db, key),
                load_mark(db, key),
                is_pinned=bool(stored.row.is_pinned),
            )

        return await self._database.read(read, whole=True)

    async def projectable(self, keys: Sequence[TicketKey]) -> Mapping[TicketKey, tuple[Ticket, tuple[OutboxItem, ...]]]:
        """Return server state and open outbox items of several tickets."""

        def read(db: apsw.Connection) -> Mapping[TicketKey, tuple[Ticket, tuple[OutboxItem, ...]]]:
            found: dict[TicketKey, tuple[Ticket, tuple[OutboxItem, ...]]] = {}
            for account in dict.fromkeys(key.account for key in keys):
                info = account_info(db, account)
                if info is None:
                    continue
                remotes = [key.remote for key in keys if key.account == account]
                for remote, stored in ticket_rows.load(db, info, remotes).items():
                    key = TicketKey(account, remote)
                    found[key] = decode(key, stored.server), ticket_rows.items_of(db, key)
            return found

        return await self._database.read(read, whole=True)

    async def find(self, account: AccountId, text: str) -> tuple[TicketKey, ...]:
        """Look up a vendor id, then a shown number, which vendors may give twice."""

        def read(db: apsw.Connection) -> tuple[TicketKey, ...]:
            info = account_info(db, account)
            if info is None:
                return ()
            names = (info.n, text)
            remotes = _column(db, "SELECT remote FROM tickets WHERE account = ? AND remote = ?", names) or _column(
                db, "SELECT remote FROM tickets WHERE account = ? AND number = ? AND number <> '' ORDER BY id", names
            )
            return tuple(TicketKey(account, str(remote)) for remote in remotes)

        return await self._database.read(read)

    async def stale_threads(
        self, account: AccountId, limit: int, *, older_than: datetime | None = None
    ) -> tuple[TicketKey, ...]:
        """Return whose conversation should be read next."""

        def read(db: apsw.Connection) -> tuple[TicketKey, ...]:
            info = account_info(db, account)
            if info is None:
                return ()
            remotes: list[str] = []
            for done in (0, PUT_AWAY, 1):
                remotes += _column(
                    db,
                    "SELECT remote FROM tickets INDEXED BY to_read WHERE account = ? AND done = ? AND stale = 1"
                    " ORDER BY at DESC LIMIT ?",
                    (info.n, done, limit - len(remotes)),
                )
            if older_than is not None:
                remotes += _column(
                    db,
                    "SELECT remote FROM tickets INDEXED BY to_read_again WHERE account = ? AND stale = 0 AND done = 0"
                    " AND read_at > 0 AND read_at < ? ORDER BY read_at LIMIT ?",
                    (info.n, millis(older_than), limit - len(remotes)),
                )
                remotes += _column(  # what is put away waits for a reply, and is in no list of what is open
                    db,
                    "SELECT remote FROM tickets INDEXED BY account_later_at WHERE account = ? AND in_later = 1 AND stale = 0"
                    " AND done = ? AND read_at > 0 AND read_at < ? ORDER BY read_at LIMIT ?",
                    (info.n, PUT_AWAY, millis(older_than), limit - len(remotes)),
                )
            return tuple(TicketKey(account, remote) for remote in remotes)

        return await self._database.read(read)

    async def set_read(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        """Mark as new for me, or as seen up to now."""

        def work(work: Work) -> None:
            for key in keys:
                batches.mark_read(work, key, unread=unread)

        await self._database.write(work)

    async def project_next(self, limit: int) -> int:
        """Project the next rows again that another version has made."""
        return await self._database.write(lambda work: reprojection.project_next(work, limit))

    async def reprojection(self) -> ReprojectionProgress | None:
        """Return how far projecting again has come."""
        return await self._database.read(reprojection.progress)

    async def counted(self, account: AccountId) -> int:
        """Return how many tickets are stored."""
        return await self._database.read(
            lambda db: int(
                db.execute(
                    "SELECT c.n FROM feeds f JOIN counts c ON c.account = f.n AND c.name = 'all' WHERE f.id = ?",
                    (account,),
                ).get
                or 0
            )
        )

    async def observed_terms(self, account: AccountId) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Return the labels seen in data, by kind."""

        def read(db: apsw.Connection) -> Mapping[str, tuple[tuple[str, str], ...]]:
            found: dict[str, tuple[tuple[str, str], ...]] = {}
            for kind in ("state", "priority", "tag", "assignee", "stage"):
                rows = db.execute(
                    "SELECT w.id, w.word FROM feeds f JOIN words w ON w.account = f.n AND w.kind = ? AND w.n > 0"
                    " WHERE f.id = ? ORDER BY w.n DESC, w.word LIMIT ?",
                    (kind, account, _MAX_DISTINCT_VALUES),
                )
                found[kind] = tuple((str(value_id), str(label)) for value_id, label in rows)
            return found

        return await self._database.read(read)


def _apply(work: Work, account: AccountId, received: ReceivedPage, full_sync: int) -> Merged:
    info, page = ensure_account_info(work, account), received.page
    done = merge(work, info, page.tickets, full_sync=full_sync, overtaken=received.overtaken)
    if full_sync and page.left_out:
        work.db.execute(
            "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", (_incomplete_sync_key(info), str(full_sync))
        )
    if page.last and not info.imported:
        note_import(work, info)
    work.db.execute(
        "UPDATE feeds SET cursor = ?, imported = max(imported, ?) WHERE n = ?", (page.cursor, int(page.last), info.n)
    )
    return done


def _column(db: apsw.Connection, sql: str, values: tuple[object, ...]) -> list[str]:
    return [value for (value,) in db.execute(sql, values)]


def _incomplete_sync_key(info: AccountInfo) -> str:
    """Return the name under which the last full list sync that left something out is noted."""
    return f"left_out/{info.n}"


def _reread_unseen(work: Work, info: AccountInfo, full_sync: int) -> None:
    unseen = _column(
        work.db,
        "SELECT t.remote FROM seen s JOIN tickets t ON t.id = s.id"
        " WHERE s.account = ? AND s.walk < ? AND t.gone = 0 AND t.remote NOT LIKE ? LIMIT ?",
        (info.n, full_sync, f"{LOCAL_PREFIX}%", _MAX_REREADS),
    )
    for key in (TicketKey(info.id, remote) for remote in unseen):
        if (found := ticket_rows.load_one(work.db, key)) is not None:
            ticket_rows.reproject(work, key, summary_of(found[1].row)._replace(stale=1))
    work.db.execute("UPDATE seen SET walk = ? WHERE account = ? AND walk < ?", (full_sync, info.n, full_sync))


def _mark_gone(work: Work, key: TicketKey) -> None:
    found = ticket_rows.load_one(work.db, key)
    if found is not None:
        ticket_rows.reproject(work, key, summary_of(found[1].row)._replace(gone=1, stale=0, unread=0))
