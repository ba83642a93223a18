"""Conversations: who said what to whom, and how far our own messages have got."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from html import escape
from types import MappingProxyType

from deskhand.domain.lazy_dataclass import dataclass

from .capabilities import BodyFormat
from .ids import BlobId, CommandId
from .tickets import Person, RemoteTicket


class Side(StrEnum):
    """Who speaks."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class Visibility(StrEnum):
    """Who reads it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    """A note at the vendor, for colleagues."""
    LOCAL = "local"
    """A note on this computer, sent nowhere."""
    UNSAID = "unsaid"
    """The vendor says something about it that cannot be read, so it is taken neither for a message nor for a note."""


class Delivery(StrEnum):
    """How far an outgoing thing has got. Every one is in exactly one of these."""

    HELD = "held"
    """In the undo window, or waiting for the agent to go on."""
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """It left, and no proof came back: being settled."""
    SENT = "sent"
    FAILED = "failed"
    """The vendor refused it; its text stays editable."""
    NEEDS_DECISION = "ask"
    """Only the agent can decide."""

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self is not Delivery.SENT

    @property
    def needs_agent(self) -> bool:
        """Whether nothing more happens by itself."""
        return self in (Delivery.FAILED, Delivery.NEEDS_DECISION)


class Resolution(StrEnum):
    """What the agent can decide about an outgoing thing that needs a decision."""

    AGAIN = "again"
    """Send it, or do it, now."""
    WAS_SENT = "was-sent"
    """It arrived, although nothing here can tell."""
    DRAFT = "draft"
    """Back to a draft; a change, which has none, is given up."""
    DISCARD = "discard"
    """Give it up, with its text."""


@dataclass(frozen=True, slots=True)
class Option:
    """A resolution that is allowed, and the label under which it is offered."""

    how: Resolution
    label: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an outgoing thing waits for.

    Attributes:
        what: a short text that follows "waits for".
        problem: the sentence for the agent where something is in the way; empty where all is well.
        until: when it goes on, or is asked about, by itself; None = that is not known.
    """

    what: str
    problem: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file at a message.

    Attributes:
        url: where the adapter can fetch it; empty where the vendor offers no way (then it is said).
        size: bytes, where known.
        content_id: what `cid:` images in the same message refer to.
        own_server: the address lies on the account's own server; another host is asked for it only when the agent wants it.
    """

    id: str
    name: str
    size: int | None = None
    mime: str = ""
    url: str = ""
    content_id: str = ""
    own_server: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that the agent attached: its bytes lie in our own store.

    Attributes:
        size: bytes.
        sha256: so that what is sent is what was attached.
    """

    blob: BlobId
    name: str
    size: int
    mime: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RemoteMessage:
    """A message as the vendor sent it: its body is not sanitized and must not reach Qt."""

    id: str
    author: Person
    side: Side
    visibility: Visibility
    body: str
    format: BodyFormat
    created_at: datetime | None
    attachments: tuple[Attachment, ...] = ()
    raw: str = ""
    key: str = ""
    """The deduplication or external id that we sent with it, where the vendor echoes it."""
    cc: tuple[str, ...] = ()
    """Who got a copy, where the vendor tells."""
    automatic: bool = False
    """A program wrote it, by a mark of the vendor or by its mail headers."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change of the ticket that is no message: state, assignment, merge."""

    at: datetime | None
    what: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class RemoteThread:
    """Everything that one read of a conversation told.

    Attributes:
        ticket: the ticket as told by the same answer, where it was.
        complete: these are all messages; a stored one that is missing is gone at the vendor.
    """

    messages: tuple[RemoteMessage, ...]
    ticket: RemoteTicket | None = None
    history: tuple[HistoryEntry, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a sanitized body refers to as `x-img:<index>`.

    Attributes:
        kind: `remote` (blocked until asked for), `cid` (a part of this message), `elsewhere` (a part of this message that lies on
            another host than the account's server: blocked like a remote one) or `data` (inline bytes, already checked).
        source: the URL, the content id, or base64 text.
        host: for a blocked one, who would be asked.
    """

    index: int
    kind: str
    source: str
    host: str = ""
    alt: str = ""

    @property
    def blocked(self) -> bool:
        """Whether it is fetched only after the agent asked, because somebody else than the vendor would learn of it."""
        return self.kind in ("remote", "elsewhere")


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a conversation, ready to show.

    Attributes:
        html: the author's own text, sanitized by `content.sanitize` (the only maker of such text), or empty for a plain body.
        text: all of the message in plain text, always there.
        quote: sanitized HTML of the quoted history that is folded away, or empty.
        signature: sanitized HTML of the signature that is set apart, or empty.
        delivery: SENT for everything the vendor has.
        command: the outbox item, for our own message that is still on the way.
        problem: what went wrong, in a sentence for the agent.
        undo_until: while HELD for undo.
        truncated, notice: what the sanitizing left out.
        unconfirmed: the agent said that it was sent, and the vendor never showed it: its text is stored on this computer.
        options: what the agent may decide about it, the first one the obvious one; empty where nothing is to be decided.
        stopped_by: id of the newer message that stopped it; empty where none did.
        cc: who got a copy, where the vendor tells.
        waiting: what it waits for, while it is on the way.
        automatic: a program wrote it, by a mark of the vendor (`content.automatic_replies` knows the texts).
        sanitizer_version: of the rules that made `html`, `quote` and `text` (`content.sanitize.SANITIZER_VERSION`); 0 = not known.
    """

    id: str
    author: Person
    side: Side
    visibility: Visibility
    text: str
    html: str = ""
    quote: str = ""
    signature: str = ""
    created_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    delivery: Delivery = Delivery.SENT
    command: CommandId | None = None
    problem: str = ""
    undo_until: datetime | None = None
    truncated: bool = False
    notice: str = ""
    mine: bool = False
    unconfirmed: bool = False
    options: tuple[Option, ...] = ()
    stopped_by: str = ""
    cc: tuple[str, ...] = ()
    waiting: Waiting | None = None
    automatic: bool = False
    sanitizer_version: int = 0

    def part(self, picture: Picture) -> Attachment | None:
        """Return the file that a picture of the body refers to; None where none that can be fetched is named."""
        return find_part(self.attachments, picture.source)


def find_part(files: Iterable[Attachment], content_id: str) -> Attachment | None:
    """Return the file of a message that `cid:` images with this content id show; None where none that can be fetched is named."""
    return next((file for file in files if file.url and file.content_id == content_id), None)


CC_TYPED, CC_BY_HAND = "cc_typed", "cc_by_hand"
"""Keys of `Draft.extra`: what stands in the line for copies and is no address yet; that the agent chose who gets copies."""

VALUES = "values"
"""Kind of the draft that is no message: `Draft.extra` holds what stands half typed in the ticket's other editors, by their names."""

NO_VALUES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent has typed and not sent. One per ticket and kind.

    Attributes:
        kind: `reply`, `note` or `values`.
        html: the light formatting, where some was used; empty = plain text only.
        cursor: position of the caret in characters, so that undo returns exactly here.
        seen: id of the newest message that was on screen while composing: the outbox's guard compares it.
        extra: what else was typed and is no part of the message, by one of the keys above or by an editor's name.
    """

    kind: str
    text: str
    html: str = ""
    cc: tuple[str, ...] = ()
    files: tuple[OutgoingFile, ...] = ()
    cursor: int = 0
    seen: str = ""
    changed_at: datetime | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return not (self.text.strip() or self.files)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing would be lost with it: not even a line that is half typed."""
        return self.is_empty and not self.extra


def with_extra(extra: Mapping[str, str], key: str, value: str) -> dict[str, str]:
    """Return what else was typed with another value under a key; an empty one leaves the key out."""
    others = {name: said for name, said in extra.items() if name != key}
    return {**others, key: value} if value else others


def _as_html(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br>")


def joined(older: Draft, newer: Draft | None) -> Draft:
    """Put two drafts of one kind together, the older text first: neither is lost."""
    if newer is None or newer.is_untouched:
        return older
    if older.is_untouched:
        return newer
    files = {file.blob: file for file in (*older.files, *newer.files)}
    html = ""
    if older.html or newer.html:  # else a link would lose its address
        html = "<br><br>".join(draft.html or _as_html(draft.text) for draft in (older, newer) if draft.text)
    return replace(
        newer,
        text="\n\n".join(filter(None, (older.text, newer.text))),
        html=html,
        cc=tuple(dict.fromkeys((*older.cc, *newer.cc))),
        files=tuple(files.values()),
        cursor=len(older.text),
        seen=older.seen or newer.seen,
        extra={**older.extra, **newer.extra},
    )
