"""Where commands wait until their vendor confirms them. The conventions are those of `store`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.batches import NOTHING, Beside
from deskhand.domain.bulk_runs import BulkRun
from deskhand.domain.commands import Command, OutboxItem
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Draft, Message

from .connection import Receipt


class OutboxReader(Protocol):
    """What stands in the outbox."""

    async def get(self, command: CommandId) -> OutboxItem | None:
        """Return one item; None where it was taken back or forgotten."""

    async def get_all(self, commands: Sequence[CommandId]) -> Mapping[CommandId, OutboxItem]:
        """Return those of these items that are there."""

    async def runs(self) -> tuple[BulkRun, ...]:
        """Return the stored runs, first made first."""

    async def open_items(self, account: AccountId | None = None) -> tuple[OutboxItem, ...]:
        """Return all that are not SENT, first made first."""

    async def items(self, key: TicketKey) -> tuple[OutboxItem, ...]:
        """Return the open items of a ticket, first made first."""

    async def recent(self, limit: int) -> tuple[OutboxItem, ...]:
        """Return every open item, however many, and the last SENT ones up to a limit, newest first."""

    async def sent_ids(self, key: TicketKey) -> frozenset[str]:
        """Return remote message ids that an earlier send of ours is proven by: no second send may claim them."""


class OutboxStore(OutboxReader, Protocol):
    """The durable outbox. Every method that writes is one FULL-synchronous transaction."""

    async def submit(
        self,
        command: Command,
        *,
        hold_until: datetime | None,
        clear_draft: str | None = None,
        followers: Sequence[Command] = (),
    ) -> OutboxItem:
        """Put a command in and its draft out, in one transaction; HELD where `hold_until` is given, else QUEUED.

        Args:
            clear_draft: kind of the draft of `command.ticket` that this command came from.
            followers: what comes `after` it (its files, a change of state): in with it or not at all.
        """

    async def submit_all(self, commands: Sequence[Command], run: BulkRun | None, beside: Beside = NOTHING) -> None:
        """Put changes of several tickets in, all or none, and what they belong to: then a kill can neither lose nor repeat a part.

        Args:
            run: stored with them until `forget_run`, in place of what its id named; None = nobody reads the results.
            beside: what is done on this computer with them, and which of them are HELD first.
        """

    async def hold(self, commands: Collection[CommandId]) -> None:
        """Make those that are QUEUED wait (HELD, without a time) until `release`. The caller holds the outbox lock."""

    async def release(self, commands: Collection[CommandId]) -> None:
        """Make those that `hold` made wait QUEUED again."""

    async def withdraw_all(self, commands: Collection[CommandId]) -> frozenset[CommandId]:
        """Take back those changes that are HELD or QUEUED, in one transaction; returns which. Messages are left: they have drafts."""

    async def forget_run(self, run: str) -> None:
        """The agent has read what became of its tickets; what is on its way goes on."""

    async def update(self, item: OutboxItem) -> None:
        """Store the item's new delivery and figures. The caller is the outbox's state machine."""

    async def explain(
        self, account: AccountId, problem: str, until: datetime | None, *, only_silent: bool = False
    ) -> None:
        """Say at every QUEUED item of an account, and at an UNKNOWN one without a message, what is in the way of all of them.

        Args:
            problem: empty where nothing is in the way any more.
            only_silent: leave what has a message already as it is.
            until: when it is tried again by itself. It holds nothing up: an item may leave earlier.
        """

    async def complete(self, item: OutboxItem, receipt: Receipt | None, messages: Sequence[Message]) -> None:
        """SENT: command done, and what the receipt told stored as server state, in one step.

        A receipt's ticket, thread and message are merged; for a made ticket everything under its local key moves to the vendor's
        id; for an edit whose answer told no ticket, the edited fields become server state. Where a message was sent and the
        receipt has neither thread nor message, one is made from the command with `receipt.remote_id`.

        Args:
            messages: sanitized messages for `receipt.thread` (or for the single `receipt.message`).
        """

    async def withdraw(self, command: CommandId, draft: Draft | None) -> bool:
        """Take an item that has not left back (undo, back to draft): the item goes and the draft comes, in one transaction.

        What was to come after it goes too. A draft begun meanwhile stays: the texts are joined, the older one first. False where
        the item is SENDING, SENT or gone.
        """

    async def recover(self) -> int:
        """At start: every SENDING becomes UNKNOWN, every HELD with a time becomes QUEUED at it; what `hold` made wait goes on waiting. Returns how many are UNKNOWN."""

    async def delete_sent(self, before: datetime) -> int:
        """Drop SENT items older than `before`, with their texts; their remote ids stay claimed.

        One that something open still comes after stays as long as that. Runs as old go with them.
        """
