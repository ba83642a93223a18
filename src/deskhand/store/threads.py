"""Conversations: the vendor's messages, sanitized, beside their raw bodies; and the notes of this computer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import apsw

from deskhand.domain import plain
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import OutdatedMessage
from deskhand.domain.threads import HistoryEntry, Message, RemoteMessage, RemoteThread

from . import ticket_rows
from .database import Database, Work
from .encoding import moment, scrub
from .messages import merge_thread, reproject, save_note, stamp
from .naming import current_key
from .rows import summary_of
from .sanitizing import outdated, put_sanitized

_TICKET = "(SELECT t.id FROM feeds f JOIN tickets t ON t.account = f.n AND t.remote = :t WHERE f.id = :a)"


class Threads:
    """Implements `ports.ThreadStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stamp(self, key: TicketKey) -> str:
        """Return what tells whether anything new came in since."""
        return await self._database.read(lambda db: stamp(db, key))

    async def apply(
        self, key: TicketKey, messages: Sequence[Message], thread: RemoteThread, *, since: str | None = None
    ) -> tuple[str, ...]:
        """Merge a conversation that was read."""
        return await self._database.write(lambda work: merge_thread(work, key, messages, thread, since=since))

    async def messages(self, key: TicketKey) -> tuple[Message, ...]:
        """Return messages and local notes by time."""
        return await self._database.read(lambda db: load_messages(db, key))

    async def history(self, key: TicketKey) -> tuple[HistoryEntry, ...]:
        """Return what happened besides messages."""
        return await self._database.read(lambda db: load_history(db, key))

    async def remote_messages(self, key: TicketKey) -> tuple[RemoteMessage, ...]:
        """Return the raw messages as last read."""

        def read(db: apsw.Connection) -> tuple[RemoteMessage, ...]:
            rows = db.execute(f"SELECT raw FROM messages WHERE ticket = {_TICKET} ORDER BY at, id", _names(key))
            return tuple(plain.loads(RemoteMessage, raw) for (raw,) in rows)

        return await self._database.read(read)

    async def customer_message_ids(self, key: TicketKey) -> frozenset[str]:
        """Return the ids of the stored messages that are the customer's, without reading what they say."""

        def read(db: apsw.Connection) -> frozenset[str]:
            rows = db.execute(f"SELECT remote FROM messages WHERE ticket = {_TICKET} AND customer", _names(key))
            return frozenset(remote for (remote,) in rows)

        return await self._database.read(read)

    async def read_at(self, key: TicketKey) -> datetime | None:
        """Return when the conversation was last read."""

        def read(db: apsw.Connection) -> datetime | None:
            found = ticket_rows.load_one(db, key)
            return None if found is None else moment(summary_of(found[1].row).read_at)

        return await self._database.read(read)

    async def set_gap(self, key: TicketKey, reason: str) -> None:
        """Keep why part of a conversation is missing; empty forgets it."""

        def work(work: Work) -> None:
            found = ticket_rows.load_one(work.db, key)
            if found is None:
                return
            ticket = found[1].row.id
            if (work.db.execute("SELECT words FROM gaps WHERE ticket = ?", (ticket,)).get or "") == reason:
                return
            if reason:
                work.db.execute("INSERT OR REPLACE INTO gaps(ticket, words) VALUES(?, ?)", (ticket, scrub(reason)))
            else:
                work.db.execute("DELETE FROM gaps WHERE ticket = ?", (ticket,))
            work.threads.add(key)

        await self._database.write(work)

    async def gap(self, key: TicketKey) -> str:
        """Return why part of a conversation is missing."""
        return await self._database.read(lambda db: load_gap(db, key))

    async def outdated(self, version: int, limit: int) -> tuple[OutdatedMessage, ...]:
        """Return messages that older sanitizing rules made."""
        return await self._database.scan(lambda db: outdated(db, version, limit))

    async def put_sanitized(self, messages: Sequence[tuple[OutdatedMessage, Message]]) -> None:
        """Replace their bodies."""
        await self._database.write(lambda work: put_sanitized(work, messages))

    async def add_note(self, key: TicketKey, message: Message) -> None:
        """Keep a note on this computer."""
        await self.add_notes([(key, message)])

    async def add_notes(self, notes: Sequence[tuple[TicketKey, Message]]) -> None:
        """Keep notes on this computer."""

        def work(work: Work) -> None:
            for key, message in notes:
                save_note(work, current_key(work.db, key), message)

        await self._database.write(work)

    async def notes(self) -> tuple[tuple[TicketKey, Message], ...]:
        """Return every note of this computer."""

        def read(db: apsw.Connection) -> tuple[tuple[TicketKey, Message], ...]:
            rows = db.execute("SELECT account, ticket, body FROM notes ORDER BY at, account, ticket, id")
            return tuple(
                (TicketKey(AccountId(account), remote), plain.loads(Message, body)) for account, remote, body in rows
            )

        return await self._database.scan(read)

    async def remove_note(self, key: TicketKey, note: str) -> None:
        """Remove a note of this computer."""

        def work(work: Work) -> None:
            now = current_key(work.db, key)
            work.db.execute(
                "DELETE FROM notes WHERE account = ? AND ticket = ? AND id = ?", (now.account, now.remote, note)
            )
            reproject(work, now)
            work.threads.add(now)
            work.precious = True
            ticket_rows.reproject(work, now)

        await self._database.write(work)


def load_messages(db: apsw.Connection, key: TicketKey) -> tuple[Message, ...]:
    """Return messages and local notes by time."""
    entries = [
        (at, replace(plain.loads(Message, body), text=text))
        for at, text, body in db.execute(
            f"SELECT at, text, body FROM messages WHERE ticket = {_TICKET} ORDER BY at, id", _names(key)
        )
    ]
    notes = db.execute("SELECT at, body FROM notes WHERE account = :a AND ticket = :t", _names(key))
    entries += [(at, plain.loads(Message, body)) for at, body in notes]
    return tuple(message for _, message in sorted(entries, key=lambda entry: entry[0]))


def load_history(db: apsw.Connection, key: TicketKey) -> tuple[HistoryEntry, ...]:
    """Return what happened besides messages."""
    body = db.execute(f"SELECT body FROM history WHERE ticket = {_TICKET}", _names(key)).get
    return () if body is None else plain.loads(RemoteThread, str(body)).history


def load_gap(db: apsw.Connection, key: TicketKey) -> str:
    """Return why part of a conversation is missing; empty where nothing is known to be."""
    return str(db.execute(f"SELECT words FROM gaps WHERE ticket = {_TICKET}", _names(key)).get or "")


def _names(key: TicketKey) -> dict[str, str]:
    return {"a": key.account, "t": key.remote}
