"""What is to happen on this computer at a time.

An event can be written and taken out in the transaction of what it belongs to: with the mark of a ticket that returns later, with
an outbox item that leaves later. `put_event` and `take_event` are for that.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import apsw

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TimedEvent

from .database import Database, Work
from .encoding import millis


class TimedEvents:
    """Implements `ports.TimedEventStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, event: TimedEvent) -> None:
        """Plan an event."""
        await self._database.write(lambda work: put_event(work, event))

    async def next_due(self, kinds: Collection[str], *, without: Collection[int]) -> Mapping[str, datetime]:
        """Return when the first event of each kind is due."""

        def read(db: apsw.Connection) -> Mapping[str, datetime]:
            sql = "SELECT min(due) FROM timed_events WHERE kind = ? AND id NOT IN (SELECT value FROM json_each(?))"
            found = {kind: db.execute(sql, (kind, _ids(without))).get for kind in kinds}
            return {kind: _time(due) for kind, due in found.items() if due is not None}

        return await self._database.read(read)

    async def due(self, kind: str, now: datetime, limit: int, *, without: Collection[int]) -> tuple[TimedEvent, ...]:
        """Return the events of a kind that are due."""

        def read(db: apsw.Connection) -> tuple[TimedEvent, ...]:
            rows = db.execute(
                "SELECT due, account, subject, payload, id FROM timed_events WHERE kind = ? AND due <= ?"
                " AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due, id LIMIT ?",
                (kind, millis(now), _ids(without), limit),
            )
            return tuple(
                TimedEvent(kind, _time(due), AccountId(account), subject, payload, event_id)
                for due, account, subject, payload, event_id in rows
            )

        return await self._database.read(read)

    async def finish(self, events: Sequence[TimedEvent], *, again_at: datetime | None = None) -> None:
        """Take out events, or plan them for another time."""

        def work(work: Work) -> None:
            for event in events:
                if take_event(work, event) and again_at is not None:
                    put_event(work, replace(event, due=again_at))

        await self._database.write(work)


def put_event(work: Work, event: TimedEvent) -> None:
    """Plan an event inside a transaction, in place of one of the same kind and subject."""
    work.db.execute(
        "INSERT OR REPLACE INTO timed_events(kind, account, subject, due, payload) VALUES(?, ?, ?, ?, ?)",
        (event.kind, event.account, event.subject, millis(event.due), event.payload),
    )
    work.timed_events.add(event.kind)


def take_event(work: Work, event: TimedEvent) -> bool:
    """Take an event out inside a transaction.

    Returns:
        Whether it was still there. Where not, it has had its effect, or was planned anew or taken back: nothing may be done for it.
    """
    if work.db.execute("DELETE FROM timed_events WHERE id = ? RETURNING id", (event.id,)).get is None:
        return False
    work.timed_events.add(event.kind)
    return True


def cancel_event(work: Work, kind: str, key: TicketKey) -> None:
    """Take out the event of a kind that a ticket has, if it has one."""
    taken = work.db.execute(
        "DELETE FROM timed_events WHERE kind = ? AND account = ? AND subject = ? RETURNING id",
        (kind, key.account, key.remote),
    ).get
    if taken is not None:
        work.timed_events.add(kind)


def move_events(work: Work, old: TicketKey, new: TicketKey) -> None:
    """Let the events of a ticket be those of the same ticket under another key."""
    moved = work.db.execute(
        "UPDATE OR REPLACE timed_events SET subject = ? WHERE account = ? AND subject = ? RETURNING kind",
        (new.remote, old.account, old.remote),
    )
    work.timed_events.update(kind for (kind,) in moved)


def _time(due: int) -> datetime:
    return datetime.fromtimestamp(due / 1000, UTC)


def _ids(ids: Collection[int]) -> str:
    return json.dumps(list(ids))
