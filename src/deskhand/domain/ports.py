"""The interfaces that the inner packages need and the outer packages provide.

Three families: a vendor's connection (implemented in `vendors`), the store (in `store`), and the world (clock, vault).

Conventions of a connection: it raises only `domain.problems`; a read raises Offline, Throttled, VendorDown, SignInNeeded,
NotAllowed, NotInPlan, NotFound or UnexpectedResponse; a write raises the same but OutcomeUnknown in place of VendorDown and UnexpectedResponse,
and Invalid, Stale, NotPossible or AppliedDifferently. A facet that a vendor cannot offer is None, so that the type checker makes every caller ask.
`remote` is the vendor's id of a ticket (`TicketKey.remote`).
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from .accounts import Account, AccountStatus, SignIn, SignInReport, VendorInfo
from .capabilities import Capabilities
from .changes import ChangeBus
from .commands import Command, OutboxItem, PushRecord
from .ids import AccountId, BlobId, CommandId, TicketKey
from .mending import StoreNotice
from .queries import ListSnapshot, Overview, PageCursor, PageIndex, SearchHit, TicketQuery
from .threads import (
    Attachment,
    Draft,
    HistoryEntry,
    Message,
    OutgoingFile,
    RemoteMessage,
    RemoteThread,
)
from .tickets import FieldValue, Person, RemoteTicket, Ticket, TicketRow

# --- the world ---------------------------------------------------------------------------------------------------------------


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Vault(Protocol):
    """Where secrets live. Every call may raise `problems.VaultUnavailable`."""

    @property
    def name(self) -> str:
        """What it is, for the agent: "GNOME Keyring (Secret Service)"."""

    async def get(self, item: str) -> str | None:
        """Return the secret, or None where there surely is none."""

    async def put(self, item: str, secret: str) -> None:
        """Keep the secret and prove it by reading it back."""

    async def delete(self, item: str) -> None:
        """Remove the secret; no error where there is none."""


class PictureFetcher(Protocol):
    """Fetches remote images that the agent asked to see."""

    async def fetch(self, url: str) -> bytes:
        """Return the bytes of one image, without cookies, keys or referrer.

        Raises:
            Invalid: the address is not https, leads into a private network, or the picture is too large.
            Offline, VendorDown: it cannot be had now.
        """


# --- a vendor's connection ---------------------------------------------------------------------------------------------------


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
                cannot tell walks what is open).
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
        words: what the vendor said beyond success, for the agent (Routera's dispatch outcome).
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
        taken: ids of tickets that other sends of ours are proven by: none of them is this one.
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


class RemoteSearch(Protocol):
    """Searches at the vendor."""

    async def search(self, text: str, limit: int) -> Sequence[RemoteTicket]:
        """Return tickets, best first."""


class FileDownloader(Protocol):
    """Fetches attachments."""

    async def download(self, attachment: Attachment) -> bytes:
        """Return the bytes."""


class Archiver(Protocol):
    """Archives records for good."""

    async def archive(self, remote: str) -> RemoteTicket | None:
        """Archive; already archived is no error."""


class Dispatcher(Protocol):
    """Hands a record to a router."""

    async def dispatch(self, remote: str, router: str) -> Receipt:
        """Run the router; `Receipt.words` says whether and to whom it was assigned."""


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
    def downloads(self) -> FileDownloader | None: ...
    @property
    def archiver(self) -> Archiver | None: ...
    @property
    def dispatcher(self) -> Dispatcher | None: ...
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


# --- the store ---------------------------------------------------------------------------------------------------------------
# Every mutation is one transaction on the store's own thread; its ChangeSet goes to the ChangeBus on the loop's thread after the
# commit, also when the awaiting task was cancelled meanwhile. Coroutines raise only `problems` or the store's own damage errors.


class AccountStore(Protocol):
    """Accounts (precious) and what is known of their health."""

    async def all(self) -> tuple[Account, ...]:
        """Return the accounts in the agent's order."""

    async def put(self, account: Account) -> None:
        """Add or replace."""

    async def remove(self, account: AccountId) -> None:
        """Remove the account and everything of it: tickets, threads, index, drafts, notes, files, outbox."""

    async def statuses(self) -> Mapping[AccountId, AccountStatus]:
        """Return the last stored status of each account (its `synced_at` survives a restart)."""

    async def put_status(self, status: AccountStatus) -> None:
        """Keep a status."""


@dataclass(frozen=True, slots=True)
class AppliedPage:
    """What applying a page did: keys of new tickets, of changed ones, and of those whose conversation is now stale."""

    new: tuple[TicketKey, ...]
    changed: tuple[TicketKey, ...]
    stale: tuple[TicketKey, ...]


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

    async def put(self, remote: RemoteTicket) -> None:
        """Merge one ticket."""

    async def mark_gone(self, key: TicketKey) -> None:
        """The vendor says it is not there any more."""

    async def get(self, key: TicketKey) -> Ticket | None:
        """Return the server state."""

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
        """Return distinct (id, word) pairs seen in data, for choices that a vendor does not list.

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

    async def read_at(self, key: TicketKey) -> datetime | None:
        """Return when the conversation was last read from the vendor."""

    async def set_gap(self, key: TicketKey, reason: str) -> None:
        """Keep why part of a conversation is missing here, or (empty) that nothing is."""

    async def gap(self, key: TicketKey) -> str:
        """Return why part of a conversation is missing here; empty where nothing is known to be."""

    async def outdated(self, version: int, limit: int) -> tuple[OutdatedMessage, ...]:
        """Return messages whose body was sanitized by older rules than `version`, the newest ones first."""

    async def put_sanitized(self, messages: Sequence[tuple[OutdatedMessage, Message]]) -> None:
        """Replace bodies that were sanitized again, in one transaction; one whose raw text has changed since is left alone."""

    async def add_note(self, key: TicketKey, message: Message) -> None:
        """Keep a note on this computer (precious)."""

    async def remove_note(self, key: TicketKey, note: str) -> None:
        """Remove a note of this computer; one that is not there is none."""


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


class DraftStore(Protocol):
    """What is typed and not sent (precious)."""

    async def get(self, key: TicketKey, kind: str) -> Draft | None: ...

    async def put(self, key: TicketKey, draft: Draft) -> None:
        """Keep it; an empty draft is removed."""

    async def all(self) -> tuple[tuple[TicketKey, Draft], ...]:
        """Return every draft, also those whose ticket is gone."""


class BlobStore(Protocol):
    """Bytes of attached files (precious) and of downloaded ones (cache)."""

    async def put(self, name: str, mime: str, data: bytes) -> OutgoingFile: ...

    async def put_pieces(self, name: str, mime: str, size: int, pieces: AsyncIterator[bytes]) -> OutgoingFile:
        """Keep `size` bytes that come one piece after the other; whatever `pieces` raises, nothing is kept then."""

    async def get(self, blob: BlobId) -> bytes | None: ...


class SettingsStore(Protocol):
    """Small values: settings, snippets, forms not sent. Keys are dotted words or made by `accounts.setting_of`, values JSON text."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str | None) -> None:
        """Keep, or with None remove."""

    async def with_prefix(self, prefix: str) -> Mapping[str, str]: ...


class Lists(Protocol):
    """Reads for the list and the panes: projected, indexed, from a connection of its own.

    The plain methods are called on the GUI thread and stay under a few milliseconds with a million tickets; `outline` and `search`
    are coroutines that run on a reading thread.
    """

    def first_page(self, query: TicketQuery, size: int) -> Sequence[TicketRow]:
        """Return the first rows: what is painted at once."""

    def page(self, query: TicketQuery, after: PageCursor, size: int) -> Sequence[TicketRow]:
        """Return the rows behind an anchor."""

    def rows(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return the rows of these tickets that still exist, in no particular order."""

    async def read_overview(self) -> Overview:
        """Return the same as `overview`, read on another thread: its rows are many hand-overs of the interpreter."""

    def overview(self) -> Overview:
        """Return the counts of the accounts pane."""

    async def outline(self, query: TicketQuery, page_size: int) -> PageIndex:
        """Return the list's skeleton."""

    async def snapshot(self, query: TicketQuery, page_size: int, near: range, whole: int) -> ListSnapshot:
        """Return the list's skeleton and, read on the same thread, the pages that touch `near`; all where it has up to `whole` rows."""

    async def position(self, query: TicketQuery, key: TicketKey) -> int | None:
        """Return the row number of a ticket in a list, None where it is not in it."""

    async def select(self, query: TicketQuery, limit: int, offset: int = 0) -> Sequence[TicketKey]:
        """Return keys in list order, for the command line."""

    def search_snapshots(self, query: TicketQuery, page_size: int) -> AsyncIterator[ListSnapshot]:
        """Yield what is found for the query's words: the newest hits as soon as there are any, then all that `snapshot` gives."""

    async def search(self, text: str, limit: int, account: AccountId | None = None) -> Sequence[SearchHit]:
        """Find words in subjects, people and messages; a ticket whose number is `text` comes first, then newest first."""


class Store(Protocol):
    """All of it, opened on one profile."""

    @property
    def notices(self) -> tuple[StoreNotice, ...]:
        """What opening had to mend."""

    @property
    def changes(self) -> ChangeBus: ...
    @property
    def accounts(self) -> AccountStore: ...
    @property
    def tickets(self) -> TicketStore: ...
    @property
    def threads(self) -> ThreadStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def settings(self) -> SettingsStore: ...
    @property
    def lists(self) -> Lists: ...

    async def tidy(self, *, closing: bool = False) -> None:
        """Forget what has had its time, back up once a day, checkpoint: in short steps between which others write.

        Args:
            closing: nobody else reads any more: the logs are emptied too.
        """

    async def aclose(self) -> None:
        """Finish what was begun and close both files."""
