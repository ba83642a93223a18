"""A plain reading of a filter over what is known of one ticket. The store's SQL is tested against it."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State

from .fields import URGENCY
from .syntax import All, AnyOf, Attribute, Comparison, Dates, Duration, Field, Filter, Named, Not, Period, Term, Who
from .text_match import fold, holds, holds_among, number_spellings
from .times import stretch, to_millis


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What a filter asks of a ticket, projected: as the list shows it.

    Attributes:
        account: its label. `vendor`: the vendor's id.
        remote: the vendor's id of the ticket.
        state: None where it is archived or gone at the vendor, which no state of ours says.
        is_done: solved, closed, archived or gone.
        requester, assignee: the name. `people`: names and addresses of both. `is_mine`: it is the agent's, or its vendor has no assignees.
        has_assignees: the vendor has them at all.
        is_away: put away with Later. `is_in_later`: that, to be reminded of, or back from there. `is_back`: the last of these. `is_pinned`:
            pinned; all on this computer alone.
        is_unsent: anything of it is on its way or waits for the agent.
        messages: the texts of its conversation.
        recipients: the addresses that got a copy of one of them, as far as the vendor tells.
        is_waiting: the customer waits for us. `is_answered`: we wait for the customer. `waiting_since`: since when; None where nobody waits, or no time is told.
    """

    account: str = ""
    vendor: str = ""
    remote: str = ""
    number: str = ""
    subject: str = ""
    group: str = ""
    stage: str = ""
    state: State | None = State.OPEN
    is_done: bool = False
    vendor_state: str = ""
    priority: Priority = Priority.NONE
    vendor_priority: str = ""
    assignee: str = ""
    assignee_email: str = ""
    is_assigned: bool = False
    is_mine: bool = False
    has_assignees: bool = True
    requester: str = ""
    requester_email: str = ""
    tags: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    people: str = ""
    recipients: tuple[str, ...] = ()
    has_attachment: bool = False
    has_note: bool = False
    has_draft: bool = False
    has_failed: bool = False
    is_unsent: bool = False
    has_link: bool = False
    is_unread: bool = False
    is_new: bool = False
    is_away: bool = False
    is_in_later: bool = False
    is_back: bool = False
    is_pinned: bool = False
    is_waiting: bool = False
    is_answered: bool = False
    waiting_since: datetime | None = None
    updated_at: datetime | None = None
    created_at: datetime | None = None
    due_at: datetime | None = None


def matches(of: Filter, ticket: TicketFacts, now: datetime, zone: tzinfo | None = None) -> bool:
    """Tell whether a ticket is found. What is not known of it fulfils no condition.

    Args:
        now: aware; what durations and periods are counted from.
        zone: in which days begin at midnight; None = that of the system.
    """
    match of:
        case All(parts):
            return all(matches(part, ticket, now, zone) for part in parts)
        case AnyOf(parts):
            return any(matches(part, ticket, now, zone) for part in parts)
        case Not(part):
            return not matches(part, ticket, now, zone)
        case Term(field, comparison, value):
            if isinstance(value, Duration | Dates | Period):
                at = _TIMES[field](ticket)
                return at is not None and stretch(field, comparison, value, now, zone).holds(to_millis(at))
            return _holds(of, value, ticket)


def is_vendor(vendor: str, text: str) -> bool:
    """Tell whether a text names a vendor: by its id, or by the name that holds the id, with or without spaces."""
    parts = fold(text).split()
    return bool(parts) and vendor in ("".join(parts), parts[-1])


def fits_priority(priority: Priority, comparison: Comparison, value: Priority) -> bool:
    """Tell whether a priority stands so to another one."""
    have, want = URGENCY.index(priority), URGENCY.index(value)
    return {
        Comparison.IS: have == want,
        Comparison.MORE: have > want,
        Comparison.AT_LEAST: have >= want,
        Comparison.LESS: have < want,
        Comparison.AT_MOST: have <= want,
    }[comparison]


def is_person(value: Named, name: str, email: str) -> bool:
    """Tell whether a text names a person: by the whole address, by @ and its domain, or by a part of the name or address."""
    text = value.text.casefold()
    if text.startswith("@"):
        return len(text) > 1 and email.casefold().endswith(text)
    if "@" in text:
        return email.casefold() == text
    return holds(f"{name} {email}", value)


def is_address(value: Named, email: str) -> bool:
    """Tell whether a text names an address: the whole, @ and its domain, or a part of it."""
    text, known = value.text.casefold(), email.casefold()
    if text.startswith("@"):
        return len(text) > 1 and known.endswith(text)
    return bool(text) and (known == text if "@" in text else text in known)


_TIMES: Mapping[Field, Callable[[TicketFacts], datetime | None]] = {
    Field.WAITING: lambda ticket: ticket.waiting_since,
    Field.UPDATED: lambda ticket: ticket.updated_at,
    Field.CREATED: lambda ticket: ticket.created_at,
    Field.DUE: lambda ticket: ticket.due_at,
}

_ATTRIBUTES: Mapping[Attribute, Callable[[TicketFacts], bool]] = {
    Attribute.ATTACHMENT: lambda ticket: ticket.has_attachment,
    Attribute.NOTE: lambda ticket: ticket.has_note,
    Attribute.DRAFT: lambda ticket: ticket.has_draft,
    Attribute.FAILED: lambda ticket: ticket.has_failed,
    Attribute.UNSENT: lambda ticket: ticket.is_unsent,
    Attribute.LINK: lambda ticket: ticket.has_link,
    Attribute.UNREAD: lambda ticket: ticket.is_unread,
    Attribute.WAITING: lambda ticket: ticket.is_waiting,
    Attribute.WAITING_FOR_THEM: lambda ticket: ticket.is_answered,
    Attribute.MINE: lambda ticket: ticket.is_mine and not ticket.is_done,
    Attribute.NEW: lambda ticket: ticket.is_new,
    Attribute.OPEN: lambda ticket: not ticket.is_done and not ticket.is_away,
    Attribute.CLOSED: lambda ticket: ticket.is_done,
    Attribute.LATER: lambda ticket: ticket.is_away,
    Attribute.IN_LATER: lambda ticket: ticket.is_in_later,
    Attribute.BACK: lambda ticket: ticket.is_back,
    Attribute.PINNED: lambda ticket: ticket.is_pinned,
}


def _holds(term: Term, value: Named | State | Priority | Who | Attribute, ticket: TicketFacts) -> bool:
    match value:
        case Attribute():
            return _ATTRIBUTES[value](ticket)
        case State():
            return ticket.state is value
        case Priority():
            return fits_priority(ticket.priority, term.comparison, value)
        case Who.ME:
            return ticket.is_mine
        case Who.NOBODY:
            return ticket.has_assignees and not ticket.is_assigned
        case Named():
            return _fits(term.field, value, ticket)


def _fits(field: Field, named: Named, ticket: TicketFacts) -> bool:
    match field:
        case Field.VENDOR:
            return is_vendor(ticket.vendor, named.text)
        case Field.TAG:
            return any(fold(tag) == fold(named.text) for tag in ticket.tags)
        case Field.ASSIGNEE:
            return ticket.is_assigned and is_person(named, ticket.assignee, ticket.assignee_email)
        case Field.REQUESTER:
            return is_person(named, ticket.requester, ticket.requester_email)
        case Field.RECIPIENT:
            return any(is_address(named, address) for address in ticket.recipients)
        case Field.NUMBER:
            return named.text == ticket.remote or ticket.number in number_spellings(named.text)
        case Field.SUBJECT:
            return holds(ticket.subject, named)
        case Field.TEXT:
            of_ticket = (ticket.number, ticket.subject, ticket.people)
            return (
                named.text == ticket.remote
                or holds_among(of_ticket, named)
                or any(holds(text, named) for text in ticket.messages)
            )
        case _:
            label = {
                Field.ACCOUNT: ticket.account,
                Field.GROUP: ticket.group,
                Field.STAGE: ticket.stage,
                Field.STATE: ticket.vendor_state,
                Field.PRIORITY: ticket.vendor_priority,
            }[field]
            return bool(label) and fold(label) == fold(named.text)
