"""Where tickets and their conversations are stored. The conventions are those of `store`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import ReprojectionProgress
from deskhand.domain.threads import HistoryEntry, Message, RemoteMessage, RemoteThread
from deskhand.domain.tickets import RemoteTicket, Ticket

from .connection import ReceivedPage, TicketPage


@dataclass(frozen=True, slots=True)
class AppliedPage:
    """What applying pages did: keys of new tickets, of changed ones, and of those whose conversation is now stale.

    Attributes:
        pages: how many were applied, from the first one on.
    """

    new: tuple[TicketKey, ...]
    changed: tuple[TicketKey, ...]
    stale: tuple[TicketKey, ...]
    pages: int = 1


@dataclass(frozen=True, slots=True)
class TicketSnapshot:
    """All that is stored of one ticket, as it is at one moment: a send that ends meanwhile is either pending or done in all of it.

    Attributes:
        ticket: server state.
        items: open outbox items of the ticket, first made first.
        account_items: every open item of its account, first made first; empty where the ticket has none.
        sent_ids: ids of messages that sends of ours are proven by.
        messages: messages and local notes by time.
        history: what happened besides messages.
        read_at: when the conversation was last read from the vendor; None = never.
        gap: why part of the conversation is missing; empty where nothing is known to be.
        later: what stands in Later about it; None = nothing.
        is_pinned: the agent has pinned it.
    """

    ticket: Ticket
    items: tuple[OutboxItem, ...]
    account_items: tuple[OutboxItem, ...]
    sent_ids: frozenset[str]
    messages: tuple[Message, ...]
    history: tuple[HistoryEntry, ...]
    read_at: datetime | None
    gap: str
    later: LaterMark | None = None
    is_pinned: bool = False


class TicketStore(Protocol):
    """Server state of tickets. Sync is its only writer."""

    async def cursor(self, account: AccountId) -> str:
        """Return the cursor stored with the last page, "" before the first."""

    async def begin_full_sync(self, account: AccountId) -> int:
        """Return the number of a full list sync, for `apply` and `sweep`: the next one after a sweep, else that of the one cut short."""

    async def apply(
        self, account: AccountId, page: TicketPage, *, full_sync: int = 0, overtaken: Collection[TicketKey] = ()
    ) -> AppliedPage:
        """Merge one page, see `apply_pages`."""

    async def apply_pages(
        self, account: AccountId, pages: Sequence[ReceivedPage], *, full_sync: int = 0
    ) -> AppliedPage:
        """Merge pages that follow one another and the cursor of the last one in one transaction.

        Unchanged rows cost nothing and are not reported.

        Args:
            full_sync: number of the full list sync that the pages belong to; 0 = none.
        """

    async def sweep(self, account: AccountId, full_sync: int) -> int:
        """After a full list sync: forget tickets that two full list syncs in a row did not see (paging shifts may hide one once).

        After one with anything `left_out` none goes; one with a draft, a note or an open command stays, gone. Returns how many went.
        """

    async def project_next(self, limit: int) -> int:
        """Project the next rows of the list again that another version of the program has made, the newest first, in one transaction.

        How far it has come is stored, so that it goes on there after a restart. Returns how many rows were read; 0 when all are done.
        """

    async def reprojection(self) -> ReprojectionProgress | None:
        """Return how far projecting the rows again has come; None where there is nothing to do."""

    async def put(self, remote: RemoteTicket) -> None:
        """Merge one ticket."""

    async def mark_gone(self, key: TicketKey) -> None:
        """The vendor says it is not there any more."""

    async def get(self, key: TicketKey) -> Ticket | None:
        """Return the server state."""

    async def snapshot(self, key: TicketKey) -> TicketSnapshot | None:
        """Return all that is stored of a ticket, as it is at one moment; None where it is unknown."""

    async def projectable(self, keys: Sequence[TicketKey]) -> Mapping[TicketKey, tuple[Ticket, tuple[OutboxItem, ...]]]:
        """Return server state and open outbox items of those tickets that are known, as they are at one moment."""

    async def find(self, account: AccountId, text: str) -> tuple[TicketKey, ...]:
        """Return the ticket whose vendor id is exactly `text`, else all that show it as their number."""

    async def stale_threads(
        self, account: AccountId, limit: int, *, older_than: datetime | None = None
    ) -> tuple[TicketKey, ...]:
        """Return tickets whose conversation should be read, most useful first.

        Never read or known to be stale, open before done, newest first; then, given `older_than`, open ones that were read
        before it, oldest read first.
        """

    async def set_read(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        """Mark as new for me, or not. Local: no vendor has it."""

    async def counted(self, account: AccountId) -> int:
        """Return how many tickets are stored."""

    async def observed_terms(self, account: AccountId) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Return distinct (id, label) pairs seen in data, for choices that a vendor does not list.

        Keys are `state`, `priority`, `tag`, `assignee`, `stage`; at most 200 pairs each, most frequent first.
        """


@dataclass(frozen=True, slots=True)
class OutdatedMessage:
    """A stored message whose body was sanitized by older rules.

    Attributes:
        row: the store's own name of it.
        remote: as the vendor sent it.
        mine: the agent wrote it.
    """

    row: int
    key: TicketKey
    remote: RemoteMessage
    mine: bool


class ThreadStore(Protocol):
    """Conversations as the vendor has them, sanitized."""

    async def stamp(self, key: TicketKey) -> str: ...

    async def apply(
        self, key: TicketKey, messages: Sequence[Message], thread: RemoteThread, *, since: str | None = None
    ) -> tuple[str, ...]:
        """Replace or merge the stored conversation; returns ids of messages that are new.

        Args:
            messages: `thread.messages` after sanitizing, in the same order; raw bodies, history and ticket are stored too.
            since: the `stamp` before the vendor was asked: another one now makes an answer that adds only, and is read again.
        """

    async def messages(self, key: TicketKey) -> tuple[Message, ...]:
        """Return server messages and local notes by time; pending commands are not among them."""

    async def history(self, key: TicketKey) -> tuple[HistoryEntry, ...]:
        """Return what happened besides messages."""

    async def remote_messages(self, key: TicketKey) -> tuple[RemoteMessage, ...]:
        """Return the raw messages as last read, for the guard and for sanitizing again."""

    async def customer_message_ids(self, key: TicketKey) -> frozenset[str]:
        """Return the ids of the stored messages that are the customer's."""

    async def read_at(self, key: TicketKey) -> datetime | None:
        """Return when the conversation was last read from the vendor."""

    async def set_gap(self, key: TicketKey, reason: str) -> None:
        """Save why part of a conversation is missing here, or (empty) that nothing is."""

    async def gap(self, key: TicketKey) -> str:
        """Return why part of a conversation is missing here; empty where nothing is known to be."""

    async def outdated(self, version: int, limit: int) -> tuple[OutdatedMessage, ...]:
        """Return messages whose body was sanitized by older rules than `version`, the newest ones first."""

    async def put_sanitized(self, messages: Sequence[tuple[OutdatedMessage, Message]]) -> None:
        """Replace bodies that were sanitized again, in one transaction; one whose raw text has changed since is left alone."""

    async def add_note(self, key: TicketKey, message: Message) -> None:
        """Save a note on this computer (precious)."""

    async def add_notes(self, notes: Sequence[tuple[TicketKey, Message]]) -> None:
        """Save several, in one transaction."""

    async def notes(self) -> tuple[tuple[TicketKey, Message], ...]:
        """Return every note of this computer, the oldest first."""

    async def remove_note(self, key: TicketKey, note: str) -> None:
        """Remove a note of this computer; one that is not there is none."""
