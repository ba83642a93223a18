"""Conversations: the vendor's messages, sanitized, beside their raw bodies; and the notes of this computer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import apsw

from deskhand.domain import plain
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import OutdatedMessage
from deskhand.domain.threads import HistoryEntry, Message, RemoteMessage, RemoteThread

from . import ticket_rows
from .database import Database, Work
from .encoding import moment, scrub
from .messages import merge_thread, save_note, stamp
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

        def read(db: apsw.Connection) -> tuple[Message, ...]:
            entries = [
                (at, replace(plain.loads(Message, body), text=text))
                for at, text, body in db.execute(
                    f"SELECT at, text, body FROM messages WHERE ticket = {_TICKET} ORDER BY at, id", _names(key)
                )
            ]
            notes = db.execute("SELECT at, body FROM notes WHERE account = :a AND ticket = :t", _names(key))
            entries += [(at, plain.loads(Message, body)) for at, body in notes]
            return tuple(message for _, message in sorted(entries, key=lambda entry: entry[0]))

        return await self._database.read(read)

    async def history(self, key: TicketKey) -> tuple[HistoryEntry, ...]:
        """Return what happened besides messages."""

        def read(db: apsw.Connection) -> tuple[HistoryEntry, ...]:
            body = db.execute(f"SELECT body FROM history WHERE ticket = {_TICKET}", _names(key)).get
            return () if body is None else plain.loads(RemoteThread, str(body)).history

        return await self._database.read(read)

    async def remote_messages(self, key: TicketKey) -> tuple[RemoteMessage, ...]:
        """Return the raw messages as last read."""

        def read(db: apsw.Connection) -> tuple[RemoteMessage, ...]:
            rows = db.execute(f"SELECT raw FROM messages WHERE ticket = {_TICKET} ORDER BY at, id", _names(key))
            return tuple(plain.loads(RemoteMessage, raw) for (raw,) in rows)

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

        def read(db: apsw.Connection) -> str:
            return str(db.execute(f"SELECT words FROM gaps WHERE ticket = {_TICKET}", _names(key)).get or "")

        return await self._database.read(read)

    async def outdated(self, version: int, limit: int) -> tuple[OutdatedMessage, ...]:
        """Return messages that older sanitizing rules made."""
        return await self._database.scan(lambda db: outdated(db, version, limit))

    async def put_sanitized(self, messages: Sequence[tuple[OutdatedMessage, Message]]) -> None:
        """Replace their bodies."""
        await self._database.write(lambda work: put_sanitized(work, messages))

    async def add_note(self, key: TicketKey, message: Message) -> None:
        """Keep a note on this computer."""

        def work(work: Work) -> None:
            save_note(work, current_key(work.db, key), message)

        await self._database.write(work)

    async def remove_note(self, key: TicketKey, note: str) -> None:
        """Remove a note of this computer."""

        def work(work: Work) -> None:
            now = current_key(work.db, key)
            work.db.execute(
                "DELETE FROM notes WHERE account = ? AND ticket = ? AND id = ?", (now.account, now.remote, note)
            )
            work.threads.add(now)

        await self._database.write(work)


def _names(key: TicketKey) -> dict[str, str]:
    return {"a": key.account, "t": key.remote}
