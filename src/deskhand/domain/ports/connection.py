"""A vendor's connection, and what goes into it and comes out.

Conventions: it raises only `domain.problems`; a read raises Offline, Throttled, VendorDown, SignInNeeded, NotAllowed, NotInPlan, NotFound
or UnexpectedResponse; a write raises the same but OutcomeUnknown in place of VendorDown and UnexpectedResponse, and Invalid, Stale, NotPossible
or AppliedDifferently. A facet that a vendor cannot offer is None, so that the type checker makes every caller ask; an operation
that it cannot offer has no operator.
`remote` is the vendor's id of a ticket (`TicketKey.remote`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from deskhand.domain.accounts import SignIn, SignInReport, VendorInfo
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.commands import PushRecord, TicketOperation
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import Attachment, OutgoingFile, RemoteMessage, RemoteThread
from deskhand.domain.tickets import FieldValue, Person, RemoteTicket, Ticket

Operation = TypeVar("Operation", bound=TicketOperation)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of a list sync through a vendor's list.

    Attributes:
        cursor: give it to `iter_pages` to go on behind this page; on the last page, to start the next list sync. Opaque, adapter-made, stored
            in the same transaction as the page.
        last: the list sync ended here.
        total: how many there are in all, where the vendor tells.
        left_out: items that could not be read at all; one bad item never loses its page.
    """

    tickets: tuple[RemoteTicket, ...]
    cursor: str
    last: bool = False
    total: int | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """A page to be stored.

    Attributes:
        overtaken: tickets that a send of ours was confirmed for since the page was asked for: it may tell the old state.
    """

    page: TicketPage
    overtaken: Collection[TicketKey] = ()


class TicketLister(Protocol):
    """Reads the list of tickets."""

    def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        """Yield pages.

        Args:
            cursor: from the page where an earlier list sync stopped or ended; "" = never read.
            full: everything, so that what is missing is known to be gone; else only what may have changed (a vendor that
                cannot tell lists what is open).
        """


class ThreadReader(Protocol):
    """Reads one conversation."""

    async def thread(self, remote: str) -> RemoteThread:
        """Return all messages and, where the same answer has it, the ticket."""


class TicketReader(Protocol):
    """Reads one ticket without its conversation."""

    async def ticket(self, remote: str) -> RemoteTicket:
        """Return the ticket as it is now."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file with its bytes, ready to send."""

    file: OutgoingFile
    data: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A reply or a note as it leaves. The same `key` and the same bytes at every try.

    Attributes:
        ticket: the ticket as last known (its group, requester and state may matter to the vendor).
        html: sanitized; empty = only text.
        since: when it was written, by the vendor's clock; never sent.
    """

    ticket: Ticket
    key: CommandId
    text: str
    html: str = ""
    cc: tuple[str, ...] = ()
    files: tuple[LoadedFile, ...] = ()
    written_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a write arrived.

    Attributes:
        remote_id: the vendor's id of what was made: of the message, ticket or record.
        message: the message as the answer told it, where it did.
        thread, ticket: further truth from the same answer, stored in the same step.
        message_for_agent: what the vendor said beyond success, for the agent (Routera's dispatch outcome).
    """

    remote_id: str
    message: RemoteMessage | None = None
    thread: RemoteThread | None = None
    ticket: RemoteTicket | None = None
    message_for_agent: str = ""


class MessageSender(Protocol):
    """Sends replies, or notes. Two facets of a connection share this shape and never a code path that could mix them up."""

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send once. A lost answer raises OutcomeUnknown."""


class FileAttacher(Protocol):
    """Adds a file to a message that is there already."""

    async def attach(self, remote: str, message: str, file: LoadedFile) -> RemoteThread | None:
        """Upload once."""


@dataclass(frozen=True, slots=True)
class TicketEdit:
    """The fields to write; None or empty = leave alone.

    Attributes:
        ticket: the ticket as read just before (its group decides which states exist).
        assign: whether `assignee` counts (None then means nobody).
        tags: the full new set, after the three-way merge.
        fields: custom fields and `subject` by the vendor's name.
    """

    ticket: Ticket
    state_id: str | None = None
    priority_id: str | None = None
    assign: bool = False
    assignee: Person | None = None
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, FieldValue] | None = None


class TicketEditor(Protocol):
    """Changes fields of a ticket."""

    async def edit(self, edit: TicketEdit) -> RemoteTicket | None:
        """Write and return what the answer told, if it told the ticket."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to make: the values of the vendor's `create_form` by the vendor's names.

    Attributes:
        sent_ids: ids of tickets that other sends of ours are proven by: none of them is this one.
        since: when it was written, by the vendor's clock; never sent.
    """

    key: CommandId
    fields: Mapping[str, FieldValue]
    written_at: datetime
    sent_ids: frozenset[str] = frozenset()
    since: datetime | None = None


class TicketCreator(Protocol):
    """Makes tickets."""

    @property
    def keyed(self) -> bool:
        """Whether the same `NewTicket` may be sent again without making a second one."""

    async def create(self, new: NewTicket) -> Receipt:
        """Make it once; `Receipt.remote_id` is the new ticket's id."""

    async def find(self, new: NewTicket, since: datetime) -> Receipt | None:
        """Look for a ticket that an unanswered `create` made; None where it is not there or cannot be told apart."""


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What a vendor is asked for.

    Attributes:
        text: terms, as they were typed.
        created_after: tickets that were made before this day need not be found; None = all.
        newest_first: in this order where the vendor offers it, else best first.
        cursor: of the page before; "" = the first page.
    """

    text: str
    created_after: date | None = None
    newest_first: bool = False
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a vendor found.

    Attributes:
        tickets: in its order.
        total: how many there are in all; None where the vendor does not tell.
        cursor: asks for the next page; "" = this is the last one.
    """

    tickets: tuple[RemoteTicket, ...] = ()
    total: int | None = None
    cursor: str = ""


class RemoteSearch(Protocol):
    """Searches at the vendor."""

    async def search(self, question: SearchQuestion, limit: int) -> SearchPage:
        """Return a page of at most `limit` tickets, best first unless another order is asked for; no text finds nothing."""


class TicketLookup(Protocol):
    """Looks one ticket up that perhaps is not there, at the cost of a call or two."""

    async def by_id(self, remote: str) -> RemoteTicket:
        """Return the ticket as it is now; NotFound where the vendor has none of this id."""


class FileDownloader(Protocol):
    """Fetches attachments."""

    async def download(self, attachment: Attachment) -> bytes:
        """Return the bytes."""


@dataclass(frozen=True, slots=True)
class TicketOperator(Generic[Operation]):
    """Carries out one kind of `TicketOperation`.

    Attributes:
        kind: its class.
        run: carries one out once, given the vendor's id of the ticket. What is so already is no error.
    """

    kind: type[Operation]
    run: Callable[[str, Operation], Awaitable[Receipt]]

    def call(self, remote: str, operation: TicketOperation) -> Callable[[], Awaitable[Receipt]] | None:
        """Return the call that carries it out; None where it is of another kind."""
        return partial(self.run, remote, operation) if isinstance(operation, self.kind) else None


def call_for(
    operators: Sequence[TicketOperator[Any]], remote: str, operation: TicketOperation
) -> Callable[[], Awaitable[Receipt]] | None:
    """Return the call of the operator that carries an operation out; None where none does."""
    return next((call for one in operators if (call := one.call(remote, operation)) is not None), None)


class RecordPusher(Protocol):
    """Writes records that can never be read back."""

    async def push(self, record: PushRecord, key: CommandId) -> Receipt:
        """Create or update; `Receipt.remote_id` is the vendor's confirmation (Thalamus: `data.uuid`)."""


class Connection(Protocol):
    """One signed-in account at one vendor."""

    @property
    def lister(self) -> TicketLister | None: ...
    @property
    def threads(self) -> ThreadReader | None: ...
    @property
    def tickets(self) -> TicketReader | None: ...
    @property
    def replies(self) -> MessageSender | None: ...
    @property
    def notes(self) -> MessageSender | None: ...
    @property
    def files(self) -> FileAttacher | None: ...
    @property
    def edits(self) -> TicketEditor | None: ...
    @property
    def creator(self) -> TicketCreator | None: ...
    @property
    def search(self) -> RemoteSearch | None: ...
    @property
    def lookup(self) -> TicketLookup | None: ...
    @property
    def downloads(self) -> FileDownloader | None: ...
    @property
    def operators(self) -> Sequence[TicketOperator[Any]]: ...
    @property
    def records(self) -> RecordPusher | None: ...

    @property
    def clock_lead(self) -> timedelta:
        """How far the vendor's clock is ahead of this computer's, as far as its answers have told."""

    def try_again(self) -> None:
        """Show credentials that the vendor refused once more, because the agent wants it: by itself nothing is asked with them."""

    async def check(self) -> SignInReport:
        """Prove the credentials with the cheapest harmless call, or say that none exists."""

    async def probe(self) -> Capabilities:
        """Find out what this account can do: brands, teams, states, agents, forms. A part that fails is left out, not guessed."""

    async def aclose(self) -> None:
        """Close sockets; nothing raises afterwards."""


class VendorSpec(Protocol):
    """An entry of the vendors' registry."""

    @property
    def info(self) -> VendorInfo: ...

    def connect(self, sign_in: SignIn) -> Connection:
        """Return a connection; no byte leaves before its first call."""
