"""Where commands wait until their vendor confirms them. The conventions are those of `store`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.commands import Command, OutboxItem
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Draft, Message

from .connection import Receipt


class OutboxStore(Protocol):
    """The durable outbox. Every method is one FULL-synchronous transaction."""

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

    async def update(self, item: OutboxItem) -> None:
        """Store the item's new delivery and figures. The caller is the outbox's state machine."""

    async def explain(
        self, account: AccountId, problem: str, until: datetime | None, *, only_silent: bool = False
    ) -> None:
        """Say at every QUEUED item of an account, and at an UNKNOWN one without words, what is in the way of all of them.

        Args:
            problem: empty where nothing is in the way any more.
            only_silent: leave what has words already as it is.
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

    async def get(self, command: CommandId) -> OutboxItem | None:
        """Return one item."""

    async def open_items(self, account: AccountId | None = None) -> tuple[OutboxItem, ...]:
        """Return all that are not SENT, first made first."""

    async def items(self, key: TicketKey) -> tuple[OutboxItem, ...]:
        """Return the open items of a ticket, first made first."""

    async def recent(self, limit: int) -> tuple[OutboxItem, ...]:
        """Return every open item, however many, and the last SENT ones up to a limit, newest first."""

    async def sent_ids(self, key: TicketKey) -> frozenset[str]:
        """Return remote message ids that an earlier send of ours is proven by: no second send may claim them."""

    async def withdraw(self, command: CommandId, draft: Draft | None) -> bool:
        """Take an item that has not left back (undo, back to draft): the item goes and the draft comes, in one transaction.

        What was to come after it goes too. A draft begun meanwhile is kept: the texts are joined, the older one first. False where
        the item is SENDING, SENT or gone.
        """

    async def recover(self) -> int:
        """At start: every SENDING becomes UNKNOWN, every HELD becomes QUEUED at its time. Returns how many are UNKNOWN."""

    async def delete_sent(self, before: datetime) -> int:
        """Drop SENT items older than `before`, with their texts; their remote ids stay claimed.

        One that something open still comes after is kept as long as that.
        """
