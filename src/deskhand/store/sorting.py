"""Orders and groups that no index has, as SQL over the facts of a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskhand.domain.day_groups import DayGroup
from deskhand.domain.queries import SORTED_WHEN_ASKED, GroupBy, Sort, TicketQuery

from .row_keys import AWAY_STATES, PRIORITY_SHIFT_BITS, SORT_KEY_ID_BITS, TIME_LIMIT, WAIT_SHIFT_BITS

DAY_MS = 86_400_000

_NEVER = 1 << 62

_KEYS: Mapping[Sort, tuple[str, bool]] = {
    Sort.NEWEST: ("t.at", True),
    Sort.OLDEST: ("t.at", False),
    Sort.BEST: ("t.at", True),
    Sort.PRIORITY: (f"t.urgent >> {PRIORITY_SHIFT_BITS}", True),
    Sort.WAITING: ("t.wait", False),
    Sort.STATE: (f"t.standing % {AWAY_STATES}", False),
    Sort.ACCOUNT: ("t.account", False),
    Sort.ASSIGNEE: (
        "CASE WHEN t.assignee_name <> '' THEN '0' || lower(t.assignee_name) ELSE '1' || t.assignee END",
        False,
    ),
    Sort.DUE: (f"ifnull(t.due, {_NEVER})", False),
}
"""What rows are compared by, and whether the greatest is first."""


def is_sorted_when_asked(query: TicketQuery) -> bool:
    """Tell whether no index has the order of a list, its groups aside."""
    return query.then is not None or query.sort in SORTED_WHEN_ASKED


def plain(query: TicketQuery) -> TicketQuery:
    """Return a query for the same tickets in an order that an index has, without groups."""
    if query.then is None and not query.group_by and query.sort not in SORTED_WHEN_ASKED:
        return query
    sort = Sort.NEWEST if query.sort in SORTED_WHEN_ASKED else query.sort
    return replace(query, sort=sort, then=None, group_by=GroupBy.NONE)


def sort_keys(query: TicketQuery, day_offset: int) -> list[tuple[str, bool]]:
    """Return the expressions that a list is sorted by, with whether each is descending.

    Args:
        day_offset: milliseconds between the agent's midnight and that of Greenwich, for orders by the day.
    """
    first = _KEYS[query.sort]
    if query.then is not None:
        first = (_by_day(query.sort, day_offset) or first[0], first[1])
    second = [_KEYS[query.then]] if query.then is not None else []
    return [first, *second, *(() if query.sort in (Sort.NEWEST, Sort.OLDEST) and not second else [_KEYS[Sort.NEWEST]])]


def _by_day(sort: Sort, offset: int) -> str:
    if sort in (Sort.NEWEST, Sort.OLDEST):
        return f"((t.at >> {SORT_KEY_ID_BITS}) + {offset}) / {DAY_MS}"
    if sort is Sort.WAITING:
        since = f"((t.wait >> {SORT_KEY_ID_BITS}) & {TIME_LIMIT})"
        return f"(t.wait >> {WAIT_SHIFT_BITS}) * {1 << 32} + ({since} + {offset}) / {DAY_MS}"
    return ""


def group_key(group_by: GroupBy, days: Sequence[DayGroup]) -> str:
    """Return the expression that is equal for all tickets of a group, an integer; the least stands first."""
    match group_by:
        case GroupBy.ACCOUNT:
            return "t.account"
        case GroupBy.STATE:
            return f"t.standing % {AWAY_STATES}"
        case GroupBy.TURN:
            return f"t.wait >> {WAIT_SHIFT_BITS}"
        case GroupBy.DAY:
            cases = " ".join(f"WHEN t.at >= {day.begins << SORT_KEY_ID_BITS} THEN {n}" for n, day in enumerate(days))
            return f"CASE {cases} ELSE {len(days)} END"
        case GroupBy.NONE:
            return "0"
