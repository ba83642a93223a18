"""What a filter says."""

from datetime import date
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State


class Field(StrEnum):
    """What a term is about, by its canonical name."""

    ACCOUNT = "account"
    VENDOR = "vendor"
    GROUP = "group"
    STAGE = "stage"
    STATE = "state"
    PRIORITY = "priority"
    ASSIGNEE = "assignee"
    TAG = "tag"
    REQUESTER = "requester"
    SUBJECT = "subject"
    TEXT = "text"
    HAS = "has"
    IS = "is"
    WAITING = "waiting"
    UPDATED = "updated"
    CREATED = "created"
    DUE = "due"
    RECIPIENT = "to"
    NUMBER = "number"


class Comparison(StrEnum):
    """How a term compares."""

    IS = ":"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


class Attribute(StrEnum):
    """What a ticket has (`has:`) or is (`is:`), by its canonical name."""

    ATTACHMENT = "attachment"
    NOTE = "note"
    DRAFT = "draft"
    FAILED = "failed"
    UNSENT = "unsent"
    LINK = "link"
    UNREAD = "unread"
    WAITING = "waiting"
    WAITING_FOR_THEM = "waiting-for-them"
    MINE = "mine"
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
    LATER = "later"
    IN_LATER = "in-later"
    BACK = "back"
    PINNED = "pinned"


class Who(StrEnum):
    """An assignee that is not named."""

    ME = "me"
    NOBODY = "nobody"


class Unit(StrEnum):
    """Of a duration."""

    MINUTE = "m"
    HOUR = "h"
    DAY = "d"
    WEEK = "w"


class Period(StrEnum):
    """A stretch of the calendar around now; weeks begin on Monday."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this-week"
    LAST_WEEK = "last-week"
    NEXT_WEEK = "next-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    NEXT_MONTH = "next-month"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    NEXT_YEAR = "next-year"


@dataclass(frozen=True, slots=True)
class Named:
    """A text to compare with or to look for; `is_quoted` where it stands exactly so: a phrase, a vendor's label."""

    text: str
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time up to now, or for `due` from now on."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Dates:
    """A year, a month or a day of the calendar: the first day of it, and how many numbers were said (1 to 3)."""

    first: date
    parts: int


Value = Named | State | Priority | Who | Attribute | Duration | Dates | Period


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    field: Field
    comparison: Comparison
    value: Value


@dataclass(frozen=True, slots=True)
class Not:
    """What does not hold."""

    part: "Filter"


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts hold; without parts everything is found."""

    parts: tuple["Filter", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts holds."""

    parts: tuple["Filter", ...]


Filter = Term | Not | All | AnyOf


def all_of(*parts: Filter) -> Filter:
    """Return the filter for which all hold, in the form that parsing gives."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(*parts: Filter) -> Filter:
    """Return the filter for which one of at least one holds, in the form that parsing gives."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def negated(part: Filter) -> Filter:
    """Return the opposite, in the form that parsing gives."""
    return part.part if isinstance(part, Not) else Not(part)


def terms(of: Filter) -> tuple[Term, ...]:
    """Return every term of a filter, in its order."""
    match of:
        case Term():
            return (of,)
        case Not(part):
            return terms(part)
        case All(parts) | AnyOf(parts):
            return tuple(term for part in parts for term in terms(part))


def is_relative(of: Filter) -> bool:
    """Tell whether what a filter finds changes with the time alone."""
    return any(isinstance(term.value, Duration | Period) for term in terms(of))
