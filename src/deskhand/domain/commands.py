"""What an agent can ask for. A command is data: it is stored, replayed and compared, and never changed once it is queued."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .capabilities import Feature
from .ids import AccountId, CommandId, TicketKey
from .threads import Delivery, Draft, OutgoingFile
from .tickets import FieldValue, Person, Priority, State


@dataclass(frozen=True, slots=True)
class SendReply:
    """A public answer to the customer.

    Attributes:
        html: the formatted body where the vendor takes one, sanitized; empty = send `text`.
        seen: id of the newest message that the agent had on screen: a newer public one stops the send with a question.
        customer: whose ticket it was then; None where that was not known. Another one stops the send as well.
        known: ids of the customer's messages that were here then. One that turns up later stops the send wherever its time puts it.
    """

    text: str
    html: str = ""
    cc: tuple[str, ...] = ()
    files: tuple[OutgoingFile, ...] = ()
    seen: str = ""
    customer: Person | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AddNote:
    """A note at the vendor that only colleagues see.

    A note on this computer is no command: nothing is sent.
    """

    text: str
    html: str = ""
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeState:
    """Put the ticket into another state.

    Attributes:
        base: the vendor's state id that the agent saw when choosing: compared before writing.
        to, label, state: the choice.
    """

    base: str
    to: str
    label: str
    state: State


@dataclass(frozen=True, slots=True)
class ChangePriority:
    """Give the ticket another priority; the same four values as `ChangeState`."""

    base: str
    to: str
    label: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the ticket to somebody, or to nobody.

    Attributes:
        base: `Ticket.assignee_seen` of what the agent saw; None = it was not known, and is not compared.
    """

    base: str | None
    to: Person | None


@dataclass(frozen=True, slots=True)
class EditTags:
    """Add and remove tags; sets, so that a colleague's tags survive."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditField:
    """Give a custom field, or the subject (name `subject`), another value."""

    name: str
    label: str
    base: FieldValue
    to: FieldValue


@dataclass(frozen=True, slots=True)
class CreateTicket:
    """Make a ticket. `fields` are the vendor's names from its `create_form`.

    Attributes:
        subject: shown in the list until the vendor answers.
    """

    subject: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveTicket:
    """Archive the record for good (Routera; there is no way back through its API)."""


@dataclass(frozen=True, slots=True)
class DispatchTicket:
    """Let a router choose the owner (Routera; an accepted call does not mean that one was found)."""

    router: str
    name: str


@dataclass(frozen=True, slots=True)
class LinkTickets:
    """Link the ticket with another one of the same account, at the vendor (Thena; no document shows a way back).

    Attributes:
        other: the vendor's id of the other ticket; `subject` names it for the agent.
    """

    other: str
    subject: str


@dataclass(frozen=True, slots=True)
class MakeSubTicket:
    """Make another ticket of the same account a sub-ticket of this one; the same two values as `LinkTickets`."""

    other: str
    subject: str


@dataclass(frozen=True, slots=True)
class UploadFile:
    """Add a file to a message that is already there (Mijn Klantportaal: within five minutes after it).

    Attributes:
        message: the vendor's id of the message; empty = the one that the command it comes `after` made.
        until: the vendor takes it until then; None = counted from when that command was sent.
    """

    message: str
    file: OutgoingFile
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PushRecord:
    """Create or update a record that can only be written (Thalamus). `kind` is one of the account's `records`.

    Attributes:
        keyed: the vendor knows it again by `external_id`, so that pushing it twice leaves one.
    """

    kind: str
    external_id: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    keyed: bool = True


FieldChange = ChangeState | ChangePriority | Assign | EditTags | EditField
"""What changes fields of a ticket: it is read first, and the change is merged with what is there (`sync.merging`)."""

TicketOperation = ArchiveTicket | DispatchTicket | LinkTickets | MakeSubTicket
"""What is done to a ticket by one call that needs its id alone (`domain.ports.TicketOperator`)."""

Action = SendReply | AddNote | FieldChange | CreateTicket | TicketOperation | UploadFile | PushRecord

_KINDS_AND_FEATURES: Mapping[type, tuple[str, Feature]] = {
    SendReply: ("reply", Feature.REPLY),
    AddNote: ("note", Feature.NOTE),
    ChangeState: ("state", Feature.STATE),
    ChangePriority: ("priority", Feature.PRIORITY),
    Assign: ("assign", Feature.ASSIGN),
    EditTags: ("tags", Feature.TAGS),
    EditField: ("field", Feature.FIELDS),
    CreateTicket: ("create", Feature.CREATE),
    ArchiveTicket: ("archive", Feature.ARCHIVE),
    DispatchTicket: ("dispatch", Feature.DISPATCH),
    LinkTickets: ("link", Feature.LINK),
    MakeSubTicket: ("sub_ticket", Feature.SUB_TICKET),
    UploadFile: ("file", Feature.ATTACH),
    PushRecord: ("record", Feature.RECORDS),
}

ACTIONS: Mapping[str, type] = {kind: action for action, (kind, _) in _KINDS_AND_FEATURES.items()}
"""The name of each action: stored, printed by `deskhand outbox --json` as `kind`, shown in `pending`."""


def kind_of(action: Action) -> str:
    """Return the stored name of an action."""
    return _KINDS_AND_FEATURES[type(action)][0]


def feature_for(action: Action) -> Feature:
    """Name the feature that an account needs before it may accept this action."""
    if isinstance(action, EditField) and action.name == "subject":
        return Feature.SUBJECT
    return feature_of(type(action))


def feature_of(action: type) -> Feature:
    """Name the feature of a class of actions."""
    return _KINDS_AND_FEATURES[action][1]


def is_message(action: Action) -> bool:
    """Tell whether the action shows as an entry of the conversation."""
    return isinstance(action, SendReply | AddNote)


def holds_text(action: Action) -> bool:
    """Tell whether text or files of the agent would be lost with it: then it is not deleted without a question or a way back."""
    return isinstance(action, SendReply | AddNote | CreateTicket | EditField | UploadFile | PushRecord)


def goes_back_to_draft(action: Action) -> bool:
    """Tell whether taking it back brings what was typed or attached back into the reply box."""
    return isinstance(action, SendReply | AddNote | UploadFile)


def repeats_harmlessly(action: Action) -> bool:
    """Tell whether doing it twice leaves the vendor as doing it once would."""
    if isinstance(action, PushRecord):
        return action.keyed
    return isinstance(action, FieldChange)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the agent asked for.

    Attributes:
        id: made before the first try; the idempotency key where the vendor takes one.
        ticket: None for a pushed record that belongs to no ticket.
        after: this command waits until that one is SENT ("send and set state": the state waits for the reply).
    """

    id: CommandId
    account: AccountId
    ticket: TicketKey | None
    action: Action
    created_at: datetime
    after: CommandId | None = None


class DecisionReason(StrEnum):
    """What the agent has to decide."""

    MAY_HAVE_BEEN_SENT = "may_have_been_sent"
    THREAD_CHANGED = "thread_changed"
    """A newer message arrived since it was written."""
    OTHER_CUSTOMER = "other_customer"
    """The ticket is another customer's than when it was written."""
    CHANGED_BY_OTHERS = "changed_by_others"
    """A colleague changed the same field meanwhile."""
    WINDOW_PASSED = "window_passed"
    """The vendor took files for a few minutes after the message only."""
    NO_KEY_LEFT = "no_key_left"
    """The vendor remembers keys for a day; this one is older."""


BY_AGENT = "agent"
"""The `proof` of what only the agent said was sent: its vendor never confirmed it."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A command on its way.

    Attributes:
        hold_until: undo window; no byte leaves before.
        not_before: earliest next try, after a failure or a Retry-After.
        first_sent, last_sent: when the first and the latest try left.
        confirmed_at: since when it is SENT here; None before that, and for what version 0.1 sent.
        problem: the last failure in a sentence, with the vendor's own where there are some.
        waits_since, waits_until: since when something is in its way, and when it was to be tried again; None while nothing is.
        remote_id: the vendor's id of what was made.
        confirmation: how SENT is known: `answer`, `found` (reconciled) or `agent` (`BY_AGENT`: the agent said so).
    """

    command: Command
    delivery: Delivery
    attempts: int = 0
    hold_until: datetime | None = None
    not_before: datetime | None = None
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    settled_reads: int = 0
    decision: DecisionReason | None = None
    problem: str = ""
    remote_id: str = ""
    confirmation: str = ""
    forced: bool = False
    """The agent answered the guard's question: do not ask it again."""
    preexisting_ids: tuple[str, ...] = ()
    """Ids of messages with the same text that were there before the first try: none of them can be ours."""
    waits_since: datetime | None = None
    waits_until: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether it waits for the agent to go on: HELD, and no time ends that."""
        return self.delivery is Delivery.HELD and self.hold_until is None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came back into the reply box."""

    ticket: TicketKey | None
    draft: Draft | None
