"""What the buttons above the list say of a filter's text, and the text that they make of it."""

from collections.abc import Sequence
from typing import NamedTuple

from deskhand.domain.tickets import Priority, State

from .parsing import FilterError, parse
from .slices import split_groups
from .syntax import All, AnyOf, Attribute, Comparison, Field, Filter, Named, Term, any_of
from .unparsing import unparse


class Pills(NamedTuple):
    """What the buttons filter by."""

    states: tuple[State, ...] = ()
    priorities: tuple[Priority, ...] = ()
    tag: str = ""
    unread: bool = False


def pills_of(of: Filter | None) -> Pills:
    """Return what the buttons show for a filter: conditions that hold beside the others."""
    parts = () if of is None else of.parts if isinstance(of, All) else (of,)
    found = Pills()
    for part in parts:
        found = _with_part(found, part) or found
    return found


def with_pills(text: str, pills: Pills) -> str:
    """Return a text that asks for what the buttons say, and for everything else that it asked for before."""
    groups = split_groups(text)
    if groups is None:
        return text
    if len(groups) > 1:
        return " ".join((*(() if _is_pill(text) else (f"({text.strip()})",)), *_said(pills)))
    kept = [part for part in groups[0] if not _is_pill(part)]
    return " ".join((*kept, *_said(pills)))


def _term(field: Field, text: str) -> str:
    return unparse(Term(field, Comparison.IS, Named(text)))


def _said(pills: Pills) -> list[str]:
    said = [
        _alternatives([Term(Field.STATE, Comparison.IS, state) for state in pills.states]),
        _alternatives([Term(Field.PRIORITY, Comparison.IS, priority) for priority in pills.priorities]),
        _term(Field.TAG, pills.tag) if pills.tag else "",
        "is:unread" if pills.unread else "",
    ]
    return [each for each in said if each]


def _alternatives(terms: Sequence[Term]) -> str:
    if not terms:
        return ""
    return unparse(All((any_of(*terms),)))


def _is_pill(part: str) -> bool:
    found = parse(part)
    return not isinstance(found, FilterError) and _with_part(Pills(), found) is not None


def _with_part(pills: Pills, part: Filter) -> Pills | None:
    """Return what the buttons say with a condition; None where it is none of theirs, or stands there already."""
    terms = part.parts if isinstance(part, AnyOf) else (part,)
    states = [term.value for term in terms if isinstance(term, Term) and isinstance(term.value, State)]
    priorities = [
        term.value
        for term in terms
        if isinstance(term, Term) and isinstance(term.value, Priority) and term.comparison is Comparison.IS
    ]
    if len(states) == len(terms) and not pills.states:
        return pills._replace(states=tuple(states))
    if len(priorities) == len(terms) and not pills.priorities:
        return pills._replace(priorities=tuple(priorities))
    match part:
        case Term(Field.TAG, Comparison.IS, Named(tag)) if not pills.tag:
            return pills._replace(tag=tag)
        case Term(Field.IS, Comparison.IS, Attribute.UNREAD):
            return pills._replace(unread=True)
        case _:
            return None
