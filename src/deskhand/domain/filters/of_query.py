"""What a list shows as a filter: the one place in which a `TicketQuery` becomes the text that a view of one's own keeps."""

import re
from collections.abc import Callable, Iterator

from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.tickets import FieldValue, Turn

from .fields import HAS
from .syntax import Attribute, Comparison, Field, Filter, Named, Term, Value, Who, all_of, any_of, negated
from .text_match import SHORTEST_BEGINNING

_PART = r'"([^"]*)"|([^\s"]+)'
_HAS = frozenset(HAS.values())


@dataclass(frozen=True, slots=True)
class QueryFilter:
    """A query as a filter.

    Attributes:
        left_out: sentences that name what no filter can say; the filter finds more by it. Nearly always empty.
    """

    filter: Filter
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryNames:
    """How a query's ids are called; each returns "" for what has no name.

    Attributes:
        account: the account's label. `group`: the name that the tickets of an account's group have.
    """

    account: Callable[[AccountId], str]
    group: Callable[[AccountId | None, str], str]


def filter_of_query(query: TicketQuery, names: QueryNames) -> QueryFilter:
    """Return the filter that finds the tickets of a query; its order and what it is grouped by are not part of it.

    Words are each looked for by themselves, in all of a ticket, and without the limit that a search of words has.
    """
    left_out: list[str] = []
    found: list[Filter] = [query.filter] if query.filter is not None else []
    found += [*_of_scope(query), *_of_place(query, names, left_out), *_of_values(query, left_out)]
    found += _of_terms(query.text)
    return QueryFilter(all_of(*found), tuple(left_out))


def _term(field: Field, value: Value) -> Term:
    return Term(field, Comparison.IS, value)


def _attribute(attribute: Attribute) -> Term:
    return _term(Field.HAS if attribute in _HAS else Field.IS, attribute)


def _of_scope(query: TicketQuery) -> Iterator[Filter]:
    match query.scope:
        case Scope.ALL:
            return
        case Scope.OPEN:
            if not query.states:  # an account's list is what is open there as long as no state is asked for
                yield _attribute(Attribute.OPEN)
        case Scope.UNASSIGNED:
            yield _attribute(Attribute.OPEN)
            yield _term(Field.ASSIGNEE, Who.NOBODY)
        case Scope.SNOOZED:
            yield _term(Field.STATE, Scope.SNOOZED.states[0])
            yield negated(_attribute(Attribute.LATER))
        case _:
            yield _attribute(_SCOPES[query.scope])


_SCOPES = {
    Scope.MINE_OPEN: Attribute.MINE,
    Scope.WAITING_FOR_US: Attribute.WAITING,
    Scope.WAITING_FOR_THEM: Attribute.WAITING_FOR_THEM,
    Scope.DRAFTS: Attribute.DRAFT,
    Scope.OUTBOX: Attribute.UNSENT,
    Scope.LATER: Attribute.IN_LATER,
    Scope.DONE: Attribute.CLOSED,
}


def _of_place(query: TicketQuery, names: QueryNames, left_out: list[str]) -> Iterator[Filter]:
    if query.account is not None:
        if label := names.account(query.account):
            yield _term(Field.ACCOUNT, Named(label))
        else:
            left_out.append("The account is not there any more.")
    if query.group:
        if name := names.group(query.account, query.group):
            yield _term(Field.GROUP, Named(name))
        else:
            left_out.append("The group has no name that a filter could say.")
    if query.stage:
        yield _term(Field.STAGE, Named(query.stage))


def _of_values(query: TicketQuery, left_out: list[str]) -> Iterator[Filter]:
    if query.states:
        yield any_of(*(_term(Field.STATE, state) for state in query.states))
    if query.vendor_state is not None:
        yield _term(Field.STATE, Named(query.vendor_state, is_quoted=True))
    if query.priorities:
        yield any_of(*(_term(Field.PRIORITY, priority) for priority in query.priorities))
    if query.tag is not None:
        yield _term(Field.TAG, Named(query.tag))
    if query.unread:
        yield _attribute(Attribute.UNREAD)
    if query.requester:
        yield _term(Field.REQUESTER, Named(query.requester))
        if "@" not in query.requester[1:]:
            left_out.append(f"“{query.requester}” is no whole address, so that everybody is found who is called so.")
    for column, value in query.where:
        found = _of_column(column, value)
        if found is None:
            left_out.append(f"A filter cannot say what is chosen for “{column}”.")
        else:
            yield found


_COLUMNS = {
    "has_files": Attribute.ATTACHMENT,
    "has_note": Attribute.NOTE,
    "is_away": Attribute.LATER,
    "is_back": Attribute.BACK,
    "is_pinned": Attribute.PINNED,
    "is_linked": Attribute.LINK,
}
_TURNS = {Turn.US: Attribute.WAITING, Turn.THEM: Attribute.WAITING_FOR_THEM}


def _of_column(column: str, value: FieldValue) -> Filter | None:
    if column == "turn":
        turns = value if isinstance(value, tuple) else (value,)
        known = [_attribute(_TURNS[Turn(turn)]) for turn in turns if turn in _TURNS]
        return any_of(*known) if known and len(known) == len(turns) else None
    if column not in _COLUMNS or not isinstance(value, bool):
        return None
    term = _attribute(_COLUMNS[column])
    return term if value else negated(term)


def _of_terms(text: str) -> Iterator[Filter]:
    """Yield each word as it stands and each phrase; the last word may be the beginning of a longer one, as while typing."""
    parts = re.findall(_PART, text)
    for place, (phrase, plain) in enumerate(parts, 1):
        if any(char.isalnum() for char in phrase or plain):
            is_beginning = bool(plain) and place == len(parts) and len(plain) >= SHORTEST_BEGINNING
            yield _term(Field.TEXT, Named(phrase or plain, is_quoted=not is_beginning))
