"""What is put away until a time, what the agent is to be reminded of, and pins.

A mark and the timed event of its return are written, moved and taken out in one transaction.
"""

from collections.abc import Collection, Mapping, Sequence

import apsw

from deskhand.domain.events import EventKind
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.later import RETURN, LaterMark
from deskhand.domain.ports import TimedEvent

from . import ticket_rows
from .database import Database, Work
from .encoding import millis, moment, scrub
from .naming import current_key
from .row_keys import sort_key_millis
from .rows import Row
from .timed_events import cancel_event, put_event, take_event

_COLUMNS = "until, stays, keep, reason, put_at, seen_at, back_at, replies"


class LaterMarks:
    """Implements `ports.LaterStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, marks: Mapping[TicketKey, LaterMark | None]) -> None:
        """Save marks, or take them away."""

        def work(work: Work) -> None:
            for key, mark in marks.items():
                put_mark(work, current_key(work.db, key), mark)

        await self._database.write(work, first=True)

    async def get(self, keys: Collection[TicketKey]) -> Mapping[TicketKey, LaterMark]:
        """Return the marks of tickets."""

        def read(db: apsw.Connection) -> Mapping[TicketKey, LaterMark]:
            found = {key: load_mark(db, current_key(db, key)) for key in keys}
            return {key: mark for key, mark in found.items() if mark is not None}

        return await self._database.read(read)

    async def all(self) -> Sequence[tuple[TicketKey, LaterMark]]:
        """Return every mark."""

        def read(db: apsw.Connection) -> Sequence[tuple[TicketKey, LaterMark]]:
            rows = db.execute(
                f"SELECT account, ticket, {_COLUMNS} FROM later ORDER BY until IS NULL, until, put_at, account, ticket"
            )
            return tuple((TicketKey(AccountId(account), remote), _mark(values)) for account, remote, *values in rows)

        return await self._database.read(read)

    async def bring_back(self, events: Sequence[TimedEvent]) -> None:
        """Let what is due come back."""

        def work(work: Work) -> None:
            for event in events:
                if take_event(work, event):
                    _bring_back(work, TicketKey(event.account, event.subject))

        await self._database.write(work)

    async def set_pinned(self, keys: Collection[TicketKey], *, pinned: bool) -> None:
        """Pin tickets, or not."""

        def work(work: Work) -> None:
            for key in (current_key(work.db, key) for key in keys):
                work.db.execute(
                    "INSERT OR IGNORE INTO pins(account, ticket, at) VALUES(?1, ?2, ?3)"
                    if pinned
                    else "DELETE FROM pins WHERE account = ?1 AND ticket = ?2 AND ?3 > 0",
                    (key.account, key.remote, work.now_ms),
                )
                work.precious = True
                ticket_rows.reproject(work, key)

        await self._database.write(work, first=True)

    async def pinned(self) -> Sequence[TicketKey]:
        """Return what is pinned."""
        return await self._database.read(
            lambda db: tuple(
                TicketKey(AccountId(account), remote)
                for account, remote in db.execute("SELECT account, ticket FROM pins ORDER BY account, ticket")
            )
        )


def note_replies(work: Work, key: TicketKey, count: int, newest: int, *, was_read: bool) -> None:
    """Tell that messages of the customer came in: they bring back what waits for them, or are counted.

    Args:
        count: how many are new here.
        newest: the time of the newest one, in milliseconds.
        was_read: the conversation had been read before, so that what is new here was written since.
    """
    mark = load_mark(work.db, key) if count else None
    if mark is None or mark.stays or mark.back_at is not None:
        return
    if not was_read and newest <= millis(mark.seen_at):
        return
    work.db.execute(
        "UPDATE later SET replies = replies + ? WHERE account = ? AND ticket = ?", (count, key.account, key.remote)
    )
    work.precious = True
    if not mark.keep or mark.until is None:
        cancel_event(work, RETURN, key)
        _bring_back(work, key)


def put_mark(work: Work, key: TicketKey, mark: LaterMark | None) -> None:
    """Save a mark, or take it away, with the timed event of its return."""
    cancel_event(work, RETURN, key)
    if mark is None:
        work.db.execute("DELETE FROM later WHERE account = ? AND ticket = ?", (key.account, key.remote))
    else:
        found = ticket_rows.load_one(work.db, key)
        seen_at = millis(mark.seen_at) or (_newest(found[1].row) if found is not None else 0)
        work.db.execute(
            f"INSERT OR REPLACE INTO later(account, ticket, {_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key.account,
                key.remote,
                None if mark.until is None else millis(mark.until),
                int(mark.stays),
                int(mark.keep),
                scrub(mark.reason),
                millis(mark.put_at or work.now),
                seen_at,
                millis(mark.back_at),
                mark.replies,
            ),
        )
        if mark.until is not None and mark.back_at is None:
            put_event(work, TimedEvent(RETURN, mark.until, key.account, key.remote))
    work.precious = True
    ticket_rows.reproject(work, key)


def _newest(row: Row) -> int:
    """Return the newest time that the vendor told of a ticket, in milliseconds."""
    return max(row.said_at, row.talked_at, row.comments_at, row.seen_at, sort_key_millis(row.sort_key))


def _bring_back(work: Work, key: TicketKey) -> None:
    reason = work.db.execute(
        "UPDATE later SET back_at = ? WHERE account = ? AND ticket = ? AND back_at = 0 RETURNING reason",
        (work.now_ms, key.account, key.remote),
    ).get
    if reason is not None:
        work.precious = True
        work.happened(EventKind.RETURNED, key, str(reason))
        ticket_rows.reproject(work, key)


def load_mark(db: apsw.Connection, key: TicketKey) -> LaterMark | None:
    """Return what stands in Later about a ticket."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM later WHERE account = ? AND ticket = ?", (key.account, key.remote)
    ).fetchone()
    return None if row is None else _mark(row)


def _mark(values: Sequence[object]) -> LaterMark:
    until, stays, keep, reason, put_at, seen_at, back_at, replies = values
    return LaterMark(
        None if until is None else moment(int(str(until))),
        str(reason),
        keep=bool(keep),
        stays=bool(stays),
        put_at=moment(int(str(put_at))),
        seen_at=moment(int(str(seen_at))),
        back_at=moment(int(str(back_at))),
        replies=int(str(replies)),
    )
