"""What one account can do, as plain data that is stored with the account and works offline."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .tickets import Group, Person, Priority, State


class Feature(StrEnum):
    """An operation that an account may or may not offer."""

    LIST = "list"
    THREAD = "thread"
    REPLY = "reply"
    NOTE = "note"
    CC = "cc"
    ATTACH = "attach"
    DOWNLOAD = "download"
    STATE = "state"
    PRIORITY = "priority"
    ASSIGN = "assign"
    TAGS = "tags"
    SUBJECT = "subject"
    FIELDS = "fields"
    CREATE = "create"
    SEARCH = "search"
    ARCHIVE = "archive"
    DISPATCH = "dispatch"
    RECORDS = "records"
    """Push contacts, organizations and reference data (Thalamus)."""
    IMPORT = "import"
    """Take tickets over from a CSV or JSON file, where nothing can be read from the vendor."""
    RECALL = "recall"
    """Take a message back that has arrived."""
    LINK = "link"
    SUB_TICKET = "sub_ticket"
    MERGE = "merge"
    DUPLICATE = "duplicate"


class Reason(StrEnum):
    """Why something is not possible; the sentences stand in `domain.wording`."""

    NO_CONVERSATIONS = "no_conversations"
    WRITE_ONLY = "write_only"
    NOT_IN_API = "not_in_api"
    NOT_DOCUMENTED = "not_documented"
    """The product has it, its documentation shows no way: off until it does."""
    CHAT_TICKET = "chat_ticket"
    ARCHIVED = "archived"
    NOT_IN_PLAN = "not_in_plan"
    SCOPE_MISSING = "scope_missing"
    NOT_NAMED_YET = "not_named_yet"
    """The ticket was made here and its vendor has not answered yet."""
    NOTHING_KNOWN = "nothing_known"
    """The vendor lists no choices and none were seen in data yet."""
    ALREADY_CLOSED = "already_closed"
    REOPENS_BY_REPLY_ONLY = "reopens_by_reply_only"


class SendGuarantee(StrEnum):
    """How an unknown outcome of a send can be settled."""

    IDEMPOTENT = "keyed"
    """The same key may be sent again: the vendor acts on one."""
    RECONCILABLE = "reconciled"
    """No key, but the thread can be read: look for our own text, else ask."""
    NONE = "blind"
    """Neither: ask."""


class BodyFormat(StrEnum):
    """What a vendor takes as the text of a message."""

    PLAIN = "plain"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class StateChoice:
    """A state that may be chosen, under the vendor's own label.

    Attributes:
        id: what is sent.
        label: what is shown.
        state: gives the colour and the unified filter.
        group: only for tickets of this group (Thena's states are per team); None = everywhere.
    """

    id: str
    label: str
    state: State
    group: str | None = None


@dataclass(frozen=True, slots=True)
class PriorityChoice:
    """A priority that may be chosen, under the vendor's own label."""

    id: str
    label: str
    priority: Priority


class FieldKind(StrEnum):
    """How a form asks for a value."""

    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    DATE = "date"
    CHECK = "check"
    CHOICE = "choice"
    """One of `choices`; where `open_ended`, another value may be typed."""
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a vendor's form: a new ticket, a custom field, a pushed record.

    Attributes:
        name: the vendor's name of it, sent as is.
        label: what the agent reads.
        choices: (id, label) pairs.
        open_ended: a value outside the choices may be typed.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    open_ended: bool = False
    help: str = ""
    max_length: int | None = None
    default: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers that the vendor imposes or that we chose where it names none; None = no limit known."""

    message_chars: int | None = None
    file_bytes: int | None = None
    files_after_message: bool = False
    """Files are uploaded after the message, within `file_window_seconds` (Mijn Klantportaal: 300)."""
    file_window_seconds: int | None = None
    requests_per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A kind of record that can be pushed (Thalamus: contact, organization, status variant, category, agent, queue).

    Attributes:
        keyed: the vendor knows a record again by our id.
    """

    kind: str
    title: str
    fields: tuple[FormField, ...]
    keyed: bool = True


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The result of `Connection.probe()`.

    Attributes:
        can: features that are offered.
        cannot: features that are not, each with its reason; a feature in neither counts as `Reason.NOT_IN_API`.
        states, priorities: choices known so far; more may be learnt from data.
        agents: who a ticket may be assigned to; empty where the vendor lists nobody (then an e-mail may be typed).
        groups: brands, teams, pipelines, groups.
        create_form: fields of a new ticket; empty where tickets cannot be made.
        custom_fields: fields that may be edited on a ticket, with `Feature.FIELDS`.
        routers: (id, name) pairs for `Feature.DISPATCH`.
        reply_reopens: replying to a closed ticket opens it again: said before sending.
        reopens: a closed ticket can be opened again by choosing a state; False where closing has no such way back.
        reply_format, note_format: what the vendor takes.
        guarantee: how an unknown outcome of a reply is settled.
        lists_tell_changes: the list says when a conversation changed; where not, threads are read again in rotation.
        unassign: a ticket may be left with nobody; False where no document shows how (assigning to somebody else works).
    """

    can: frozenset[Feature] = frozenset()
    cannot: Mapping[Feature, Reason] = field(default_factory=dict)
    states: tuple[StateChoice, ...] = ()
    priorities: tuple[PriorityChoice, ...] = ()
    agents: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    group_label: str = ""
    create_form: tuple[FormField, ...] = ()
    custom_fields: tuple[FormField, ...] = ()
    routers: tuple[tuple[str, str], ...] = ()
    records: tuple[RecordForm, ...] = ()
    reply_reopens: bool = False
    reopens: bool = True
    reply_format: BodyFormat = BodyFormat.PLAIN
    note_format: BodyFormat = BodyFormat.PLAIN
    guarantee: SendGuarantee = SendGuarantee.NONE
    lists_tell_changes: bool = True
    unassign: bool = True
    limits: Limits = field(default_factory=Limits)

    def __contains__(self, feature: Feature) -> bool:
        return feature in self.can

    def reason(self, feature: Feature) -> Reason | None:
        """Return why `feature` is not offered, or None where it is."""
        if feature in self.can:
            return None
        return self.cannot.get(feature, Reason.NOT_IN_API)

    def states_for(self, group: str | None) -> tuple[StateChoice, ...]:
        """Return the states that a ticket of this group may take."""
        return tuple(choice for choice in self.states if choice.group in (None, group))
