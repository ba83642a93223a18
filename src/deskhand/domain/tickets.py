"""Tickets as the product sees them, whichever vendor they came from."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from deskhand.domain.lazy_dataclass import dataclass

from .ids import TicketKey

if TYPE_CHECKING:
    from .capabilities import Feature, Reason

FieldValue = str | int | float | bool | None | tuple[str, ...]


class State(StrEnum):
    """What a vendor's state means for an agent's day; OTHER where its label says nothing to us (Routera's stages)."""

    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SNOOZED = "snoozed"
    SOLVED = "solved"
    CLOSED = "closed"
    OTHER = "other"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self in (State.SOLVED, State.CLOSED)


class Priority(StrEnum):
    """How urgent; NONE where the vendor has none or none is set, OTHER for a label that says nothing to us."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"
    NONE = "none"
    OTHER = "other"


class Turn(StrEnum):
    """Who has to speak next in a ticket's conversation."""

    US = "us"
    """The customer spoke last, and waits."""
    THEM = "them"
    """We answered last."""
    NOBODY = "nobody"
    """Done, or nothing was said that asks for an answer."""
    UNKNOWN = "unknown"
    """The conversation was not read yet, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer or an agent, as far as the vendor tells."""

    name: str = ""
    email: str = ""
    id: str = ""

    @property
    def shown(self) -> str:
        """The best name for this person; empty where nothing is known."""
        return self.name or self.email or self.id

    @property
    def reference(self) -> str:
        """What names this person most surely: the e-mail, else the id, else the name."""
        return self.email or self.id or self.name

    def is_same(self, other: "Person | None") -> bool:
        """Tell whether both are surely one person: by id or by e-mail, never by name alone."""
        if other is None:
            return False
        if self.id and self.id == other.id:
            return True
        return bool(self.email) and self.email.casefold() == other.email.casefold()

    def is_another(self, other: "Person | None") -> bool:
        """Tell whether both are surely two persons: both have an id, or an e-mail, and none of these is the same."""
        if other is None or self.is_same(other):
            return False
        return bool((self.id and other.id) or (self.email and other.email))


@dataclass(frozen=True, slots=True)
class Group:
    """A vendor's own group of tickets: a brand, team, pipeline or group."""

    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is known of one ticket.

    Times are aware, in UTC. `vendor_state`, `vendor_priority` are the vendor's labels for the screen, `state_id`, `priority_id`
    what is sent back (often the same). `fields` holds what no column has: custom fields by the vendor's name, stored as they came.
    """

    key: TicketKey
    number: str = ""
    subject: str = ""
    state: State = State.OTHER
    vendor_state: str = ""
    state_id: str = ""
    priority: Priority = Priority.NONE
    vendor_priority: str = ""
    priority_id: str = ""
    requester: Person | None = None
    assignee: Person | None = None
    tags: tuple[str, ...] = ()
    group: Group | None = None
    stage: str = ""
    """A subgroup of the group (Routera's stage inside its pipeline); empty elsewhere."""
    source: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    due_at: datetime | None = None
    sentiment: str = ""
    archived: bool = False
    web_url: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    blocked: Mapping["Feature", "Reason"] = field(default_factory=dict)
    """What this ticket in particular does not take, beyond what its account cannot (a chat takes no reply)."""
    assignee_told: bool = True
    """False: no answer of the vendor has said yet whether it belongs to anybody; `assignee` is None then."""
    customer_spoke_at: datetime | None = None
    """When the customer last wrote, where the vendor tells it beside the ticket (Thena)."""
    agent_spoke_at: datetime | None = None
    """When the vendor's own side last wrote; that may have been a note."""

    @property
    def assignee_seen(self) -> str | None:
        """What a change of the assignee starts from (`Assign.base`): a `Person.reference`, "" = nobody, None = not known yet."""
        if self.assignee is not None:
            return self.assignee.reference
        return "" if self.assignee_told else None


@dataclass(frozen=True, slots=True)
class RemoteTicket:
    """A ticket as one answer of a vendor told of it.

    Attributes:
        ticket: the mapped values.
        known: names of `Ticket` fields that this answer spoke of; only those may overwrite what is stored. None = all.
            NexusCore's list shows six fields, its detail the rest: the list must not blank what the detail said.
        raw: the vendor's JSON, stored beside the columns.
        comments_at: when the conversation last changed, where the list tells it; a stored thread older than this is stale.
    """

    ticket: Ticket
    known: frozenset[str] | None = None
    raw: str = ""
    comments_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One row of the unified list, ready to paint: projected, without looking anything else up.

    Attributes:
        pending: what the outbox still has to do, in kinds ("reply", "state"), first the one that needs the agent.
        needs_agent: an outbox item of this ticket is in ASK or FAILED.
        turn: who has to speak next.
        waiting_since: with `Turn.US` the time of the customer's first unanswered message, with `Turn.THEM` of our last reply; None
            where the turn is neither, or no time is told.
        answered: one of us has replied to the customer before, or a reply is on its way.
        is_away: put away on this computer (`domain.later`): in no list of what is open until it returns.
        later_until: when it returns or its reminder is due, or since when it is back; None = it is not in Later, or has no date.
        later_reason: what the agent wrote to that.
        is_back: it came back, or its reminder was due, and nothing was done about it since.
        later_replies: messages of the customer that came while it was put away.
        is_pinned: marked by the agent, on this computer.
        has_note: a note hangs on it, at the vendor or on this computer.
        is_linked: it is linked with another ticket, on this computer.
        assignee_name, assignee_email: whom it belongs to; both empty = nobody.
        draft_text: how what is typed and not sent begins; empty where it has no words (`has_draft` alone).
        is_mine: it is not done and belongs to the agent, also where the vendor has no assignees.
    """

    key: TicketKey
    number: str
    subject: str
    who: str
    state: State
    vendor_state: str
    priority: Priority
    vendor_priority: str
    group: str
    snippet: str
    updated_at: datetime | None
    due_at: datetime | None
    unread: bool
    turn: Turn
    waiting_since: datetime | None
    answered: bool
    has_files: bool
    has_draft: bool
    sentiment: str
    tags: tuple[str, ...]
    pending: tuple[str, ...]
    needs_agent: bool
    is_away: bool = False
    later_until: datetime | None = None
    later_reason: str = ""
    is_back: bool = False
    later_replies: int = 0
    is_pinned: bool = False
    has_note: bool = False
    is_linked: bool = False
    assignee_name: str = ""
    assignee_email: str = ""
    is_mine: bool = False
    draft_text: str = ""
