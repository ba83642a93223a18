"""The durable outbox: commands as data, each in one delivery, every change of it one FULL-synchronous transaction.

A command's body is written once, at `submit`; `update` stores deliveries and figures only, so that the bytes behind a key can never
become others.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import apsw

from deskhand.domain import plain
from deskhand.domain.batches import NOTHING, Beside
from deskhand.domain.bulk_runs import BulkRun
from deskhand.domain.commands import AddNote, Command, CreateTicket, OutboxItem, SendReply, holds_text, kind_of
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import Receipt
from deskhand.domain.threads import Delivery, Draft, Message, joined
from deskhand.domain.tickets import State, Ticket

from . import completion, ticket_rows
from .account_rows import ensure_account_info
from .batches import put_beside
from .database import Database, Work
from .drafts import pop_draft, save_draft
from .encoding import millis, scrub
from .open_items import OpenItems
from .rows import ConversationSummary

_WITHDRAWABLE = (Delivery.HELD, Delivery.QUEUED, Delivery.UNKNOWN, Delivery.FAILED, Delivery.NEEDS_DECISION)


class Outbox:
    """Implements `ports.OutboxStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open = OpenItems()

    async def submit(
        self,
        command: Command,
        *,
        hold_until: datetime | None,
        clear_draft: str | None = None,
        followers: Sequence[Command] = (),
    ) -> OutboxItem:
        """Put a command and its followers in and its draft out; the same command a second time changes nothing."""

        def work(work: Work) -> OutboxItem:
            if (known := find_item(work.db, command.id)) is not None:
                return known
            delivery = Delivery.QUEUED if hold_until is None else Delivery.HELD
            item = OutboxItem(command, delivery, hold_until=hold_until)
            key = command.ticket
            insert_item(work, item)
            for follower in followers:
                insert_item(work, OutboxItem(follower, Delivery.QUEUED))
            if key is not None and clear_draft is not None:
                pop_draft(work, key, clear_draft)
            if key is not None and key.is_local and isinstance(command.action, CreateTicket):
                insert_local_ticket(work, command)
            reproject_ticket(work, item)
            for follower in followers:
                reproject_ticket(work, OutboxItem(follower, Delivery.QUEUED))
            return item

        # First, as drafts are: a draft typed after this one was sent would else be saved before this takes it out.
        return await self._database.write(work, first=True)

    async def submit_all(self, commands: Sequence[Command], run: BulkRun | None, beside: Beside = NOTHING) -> None:
        """Put changes of several tickets in, all or none."""

        def work(work: Work) -> None:
            for command in commands:
                if find_item(work.db, command.id) is None:
                    held = beside.hold_until.get(command.id)
                    item = OutboxItem(command, Delivery.QUEUED if held is None else Delivery.HELD, hold_until=held)
                    insert_item(work, item)
                    reproject_ticket(work, item)
            put_beside(work, beside)
            if run is not None:
                work.db.execute(
                    "INSERT OR REPLACE INTO bulk_runs(id, made_at, run) VALUES(?, ?, ?)",
                    (run.id, millis(run.created_at), scrub(plain.dumps(run))),
                )

        await self._database.write(work)

    async def hold(self, commands: Collection[CommandId]) -> None:
        """Make what has not left wait for the agent, also what can be undone for a while."""

        def work(work: Work) -> None:
            for item in _find_items(work.db, commands):
                if item.delivery in (Delivery.QUEUED, Delivery.HELD) and not item.is_paused:
                    write_item(work, replace(item, delivery=Delivery.HELD, hold_until=None))

        await self._database.write(work)

    async def release(self, commands: Collection[CommandId]) -> None:
        """Let what waits for the agent go on."""

        def work(work: Work) -> None:
            for item in _find_items(work.db, commands):
                if item.is_paused:
                    write_item(work, replace(item, delivery=Delivery.QUEUED))

        await self._database.write(work)

    async def withdraw_all(self, commands: Collection[CommandId]) -> frozenset[CommandId]:
        """Take back changes that have not left."""

        def work(work: Work) -> frozenset[CommandId]:
            taken = [
                item
                for item in _find_items(work.db, commands)
                if item.delivery in (Delivery.HELD, Delivery.QUEUED) and not holds_text(item.command.action)
            ]
            leading = {
                after
                for (after,) in work.db.execute(
                    "SELECT json_extract(item, '$.command.after') FROM outbox WHERE delivery <> 'sent'"
                    " AND json_extract(item, '$.command.after') IS NOT NULL"
                )
            }
            for item in taken:
                work.db.execute("DELETE FROM outbox WHERE id = ?", (item.command.id,))
                if item.command.id in leading:  # looking for followers reads every open item of the account
                    _withdraw_followers(work, item.command)
                reproject_ticket(work, item)
            return frozenset(item.command.id for item in taken)

        return await self._database.write(work)

    async def runs(self) -> tuple[BulkRun, ...]:
        """Return the stored runs."""
        sql = "SELECT run FROM bulk_runs ORDER BY made_at, id"
        return await self._database.read(
            lambda db: tuple(plain.loads(BulkRun, str(text)) for (text,) in db.execute(sql))
        )

    async def forget_run(self, run: str) -> None:
        """Drop a run."""

        def work(work: Work) -> None:
            work.db.execute("DELETE FROM bulk_runs WHERE id = ?", (run,))

        await self._database.write(work)

    async def update(self, item: OutboxItem) -> None:
        """Store a new delivery and figures of an item that is there."""
        await self._database.write(lambda work: write_item(work, item))

    async def explain(
        self, account: AccountId, problem: str, until: datetime | None, *, only_silent: bool = False
    ) -> None:
        """Say what is in the way of an account's items; their deliveries stay as they are."""

        def work(work: Work) -> None:
            for item in _items(
                work.db,
                "SELECT item FROM outbox WHERE account = ? AND delivery IN ('queued', 'unknown') ORDER BY seq",
                account,
            ):
                if item.problem and (only_silent or item.delivery is Delivery.UNKNOWN):
                    continue
                if item.not_before is not None and item.not_before > work.now:
                    continue  # it has a reason and a time of its own
                since = (item.waits_since or work.now) if problem else None
                told = replace(item, problem=problem, waits_since=since, waits_until=until)
                if (told.problem, told.waits_since) != (item.problem, item.waits_since) or until != item.waits_until:
                    write_item(work, told)

        await self._database.write(work)

    async def complete(self, item: OutboxItem, receipt: Receipt | None, messages: Sequence[Message]) -> None:
        """Record that it was sent, and what that made true, in one step."""
        await self._database.write(lambda work: completion.complete_item(work, item, receipt, messages))

    async def get(self, command: CommandId) -> OutboxItem | None:
        """Return one item."""
        return await self._database.read(lambda db: find_item(db, command))

    async def get_all(self, commands: Sequence[CommandId]) -> Mapping[CommandId, OutboxItem]:
        """Return those that are there."""
        return await self._database.read(
            lambda db: {item.command.id: item for item in _find_items(db, commands)}, whole=True
        )

    async def open_items(self, account: AccountId | None = None) -> tuple[OutboxItem, ...]:
        """Return all that are not SENT."""
        return await self._database.read(lambda db: self._open.load(db, account))

    async def items(self, key: TicketKey) -> tuple[OutboxItem, ...]:
        """Return the open items of a ticket."""
        return await self._database.read(lambda db: ticket_rows.items_of(db, key))

    async def recent(self, limit: int) -> tuple[OutboxItem, ...]:
        """Return every open item, however many, and the last SENT ones up to a limit, newest first."""
        sql = (
            "SELECT item FROM outbox WHERE delivery <> 'sent' OR seq IN"
            " (SELECT seq FROM outbox WHERE delivery = 'sent' ORDER BY sent_at DESC, seq DESC LIMIT :n)"
            " ORDER BY seq DESC"
        )
        return await self._database.read(lambda db: tuple(_item(text) for (text,) in db.execute(sql, {"n": limit})))

    async def sent_ids(self, key: TicketKey) -> frozenset[str]:
        """Return message ids that sends of ours are proven by."""
        return await self._database.read(lambda db: load_sent_ids(db, key))

    async def withdraw(self, command: CommandId, draft: Draft | None) -> bool:
        """Take back what has not left, and bring its draft back."""

        def work(work: Work) -> bool:
            item = find_item(work.db, command)
            if item is None or item.delivery not in _WITHDRAWABLE:
                return False
            key = item.command.ticket
            work.db.execute("DELETE FROM outbox WHERE id = ?", (command,))
            work.outbox.add(command)
            _withdraw_followers(work, item.command)
            if key is None:
                return True
            if draft is not None:
                save_draft(work, key, joined(draft, pop_draft(work, key, draft.kind)))
            reproject_ticket(work, item)
            is_made_here = isinstance(item.command.action, CreateTicket) and key.is_local
            if (
                is_made_here
                and not ticket_rows.has_unsent_work(work.db, key)
                and (found := ticket_rows.load_one(work.db, key)) is not None
            ):
                ticket_rows.delete(work, *found)
            return True

        return await self._database.write(work)

    async def recover(self) -> int:
        """At start: what was being sent is UNKNOWN, what was held goes on at its time."""

        def work(work: Work) -> int:
            unknown = 0
            for text in list(
                work.db.execute("SELECT item FROM outbox WHERE delivery IN ('sending', 'held') ORDER BY seq")
            ):
                item = _item(text[0])
                if item.delivery is Delivery.SENDING:
                    write_item(work, replace(item, delivery=Delivery.UNKNOWN))
                    unknown += 1
                elif item.hold_until is not None:
                    later = max(filter(None, (item.hold_until, item.not_before)))
                    write_item(work, replace(item, delivery=Delivery.QUEUED, not_before=later))
            return unknown

        return await self._database.write(work)

    async def delete_sent(self, before: datetime) -> int:
        """Drop old SENT items; what they claimed stays claimed."""

        def work(work: Work) -> int:
            gone = [
                CommandId(command)
                for (command,) in work.db.execute(
                    "DELETE FROM outbox WHERE delivery = 'sent' AND sent_at < ? AND id NOT IN ("
                    " SELECT json_extract(item, '$.command.after') FROM outbox WHERE delivery <> 'sent'"
                    " AND json_extract(item, '$.command.after') IS NOT NULL) RETURNING id",
                    (millis(before),),
                )
            ]
            work.outbox.update(gone)
            work.db.execute("DELETE FROM bulk_runs WHERE made_at < ?", (millis(before),))
            return len(gone)

        return await self._database.write(work)


def find_item(db: apsw.Connection, command: CommandId) -> OutboxItem | None:
    """Return an item by its command."""
    text = db.execute("SELECT item FROM outbox WHERE id = ?", (command,)).get
    return None if text is None else _item(str(text))


def _find_items(db: apsw.Connection, commands: Collection[CommandId]) -> tuple[OutboxItem, ...]:
    """Return those of these items that are there, first made first."""
    sql = "SELECT item FROM outbox WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq"
    return _items(db, sql, json.dumps(list(commands)))


def load_open_items(db: apsw.Connection, account: AccountId | None = None) -> tuple[OutboxItem, ...]:
    """Return all items, or all of one account, that are not SENT, first made first."""
    narrow, values = ("", ()) if account is None else (" AND account = ?", (account,))
    return _items(db, f"SELECT item FROM outbox WHERE delivery <> 'sent'{narrow} ORDER BY seq", *values)


def load_sent_ids(db: apsw.Connection, key: TicketKey) -> frozenset[str]:
    """Return message ids that sends of ours are proven by."""
    rows = db.execute("SELECT remote FROM claims WHERE account = ? AND ticket = ?", (key.account, key.remote))
    return frozenset(remote for (remote,) in rows)


def _withdraw_followers(work: Work, command: Command) -> None:
    """Take what was to come after a command with it: a kill in between must not leave the one without the other."""
    for item in _items(
        work.db,
        "SELECT item FROM outbox WHERE account = ? AND delivery NOT IN ('sent', 'sending') ORDER BY seq",
        command.account,
    ):
        if item.command.after == command.id:
            work.db.execute("DELETE FROM outbox WHERE id = ?", (item.command.id,))
            work.outbox.add(item.command.id)
            _withdraw_followers(work, item.command)


def insert_item(work: Work, item: OutboxItem) -> None:
    """Write a new item."""
    command = item.command
    work.db.execute(
        "INSERT INTO outbox(id, account, ticket, kind, delivery, item) VALUES(?, ?, ?, ?, ?, ?)",
        (
            command.id,
            command.account,
            None if command.ticket is None else command.ticket.remote,
            kind_of(command.action),
            item.delivery.value,
            scrub(plain.dumps(item)),
        ),
    )


def write_item(work: Work, item: OutboxItem) -> OutboxItem | None:
    """Write an item's delivery and figures under its stored command, and show its ticket again.

    An item that is SENT or withdrawn stays so.
    """
    known = find_item(work.db, item.command.id)
    if known is None or known.delivery is Delivery.SENT:
        return None
    item = replace(item, command=known.command)
    work.db.execute(
        "UPDATE outbox SET delivery = ?, item = ?, sent_at = ? WHERE id = ?",
        (
            item.delivery.value,
            scrub(plain.dumps(item)),
            work.now_ms if item.delivery is Delivery.SENT else None,
            item.command.id,
        ),
    )
    reproject_ticket(work, item)
    if item.delivery.needs_agent and not known.delivery.needs_agent:
        key = item.command.ticket
        remote = "" if key is None else key.remote
        work.events.add(Event(EventKind.SEND_FAILED, item.command.account, remote, item.command.id))
    return item


def reproject_ticket(work: Work, item: OutboxItem) -> None:
    """Show the item's ticket again and name what changed."""
    work.outbox.add(item.command.id)
    if (key := item.command.ticket) is not None:
        ticket_rows.reproject(work, key)
        if isinstance(item.command.action, SendReply | AddNote):
            work.threads.add(key)


def insert_local_ticket(work: Work, command: Command) -> None:
    """Show a ticket that its vendor has not named yet."""
    assert command.ticket is not None
    assert isinstance(command.action, CreateTicket)
    ticket = Ticket(
        command.ticket,
        subject=command.action.subject,
        state=State.OPEN,
        created_at=command.created_at,
        updated_at=command.created_at,
    )
    info = ensure_account_info(work, command.account)
    if not ticket_rows.load(work.db, info, (command.ticket.remote,)):
        ticket_rows.insert_new(work, info, ticket, "", ConversationSummary(stale=0))


def _items(db: apsw.Connection, sql: str, *values: str) -> tuple[OutboxItem, ...]:
    return tuple(_item(text) for (text,) in db.execute(sql, values))


def _item(text: str) -> OutboxItem:
    return plain.loads(OutboxItem, text)
