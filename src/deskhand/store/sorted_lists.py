"""Lists whose order or groups no index has: sorted once on the scan thread, and then read by the ids that were found."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import apsw

from deskhand.domain.day_groups import NO_TIME, DayGroup, day_groups
from deskhand.domain.filters.syntax import all_of
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock
from deskhand.domain.queries import GroupBy, GroupSpan, PageIndex, TicketQuery

from .account_info import AccountInfo
from .filters import FEW, compile_filter
from .grouped import STATE_GROUPS
from .plans import QueryPlan, plan_filtered
from .remembered import is_other_now, still_listed
from .row_keys import SORT_KEY_ID_BITS, WAIT_GROUPS
from .sorting import group_key, plain, sort_keys

MOST = 2_000_000
"""So many ids are remembered, four bytes each; what stands behind them is not listed in this order."""

SLICE = 20_000
"""So many rows are taken at a time; between two slices other threads run."""

_ID_BYTES = 4
_REMEMBERED = 2


@dataclass(frozen=True, slots=True)
class SortedTickets:
    """The ids of a list in its order, its groups, and the state of the database when it was looked through."""

    ids: Sequence[int]
    groups: tuple[GroupSpan, ...]
    state: int

    def index(self, page_size: int) -> PageIndex:
        """Return where each page begins: a cursor is a number of rows."""
        count = len(self.ids)
        return PageIndex(
            count, page_size, ((), *((at,) for at in range(page_size, count, page_size))) if count else (), self.groups
        )


class SortedLists:
    """Finds and remembers.

    Args:
        clock: from whose time days and durations are counted.
        state: tells the state of the database.
    """

    def __init__(self, clock: Clock, state: Callable[[], int]) -> None:
        self._clock = clock
        self._state = state
        self._found: dict[TicketQuery, SortedTickets] = {}

    def find(
        self, db: apsw.Connection, query: TicketQuery, account: int | None, infos: Mapping[int, AccountInfo]
    ) -> SortedTickets:
        """Look through the list and remember its order."""
        state, now = self._state(), self._clock.now()
        oldest = db.execute(
            "SELECT at FROM tickets INDEXED BY all_at WHERE at >= ? ORDER BY at LIMIT 1", (1 << SORT_KEY_ID_BITS,)
        ).get
        days = day_groups(now, int(oldest or 0) >> SORT_KEY_ID_BITS) if query.group_by is GroupBy.DAY else []
        plan = self._plan(db, query, account, now)
        keys = sort_keys(query, _offset(now))
        columns = ", ".join(f"{sql} AS k{n}" for n, (sql, _) in enumerate(keys))
        order = ", ".join(f"k{n} {'DESC' if down else 'ASC'}" for n, (_, down) in enumerate(keys))
        merged, values = plan.union(f"{group_key(query.group_by, days)} AS g, {columns}, t.id AS id")
        rows = db.execute(f"SELECT g, id FROM ({merged}) ORDER BY g, {order}, id LIMIT ?", (*values, MOST))
        ids, counts = _collect(rows)
        name = _names(query.group_by, infos, days)
        groups = () if query.group_by is GroupBy.NONE else tuple(GroupSpan(name(g), n) for g, n in counts.items())
        found = SortedTickets(ids, groups, state)
        self._found.pop(query, None)
        while len(self._found) >= _REMEMBERED:
            self._found.pop(next(iter(self._found)), None)
        self._found[query] = found
        return found

    def remembered(self, query: TicketQuery) -> SortedTickets | None:
        """Return what was found last for a list, as long as nothing was committed since."""
        found = self._found.get(query)
        return None if found is None or is_other_now(found.state, self._state()) else found

    def page(
        self, db: apsw.Connection, query: TicketQuery, begin: int, size: int, plan_of: Callable[[str], QueryPlan]
    ) -> Sequence[int]:
        """Return ids from a row on; none of a list that was not looked through yet.

        Args:
            plan_of: as in `still_listed`.
        """
        found = self._found.get(query)
        ids = () if found is None else found.ids[begin : begin + size]
        return still_listed(db, ids, plan_of) if found and is_other_now(found.state, self._state()) else ids

    def _plan(self, db: apsw.Connection, query: TicketQuery, account: int | None, now: datetime) -> QueryPlan:
        compiled = compile_filter(db, query.filter if query.filter is not None else all_of(), now, None)
        return plan_filtered(plain(query), account, compiled, compiled.smallest_set(db, FEW))


def new_ids() -> "array[int]":
    """Return an empty sequence for ids of tickets, four bytes each."""
    return array("I") if array("I").itemsize == _ID_BYTES else array("L")


def _collect(rows: Any) -> tuple[Sequence[int], dict[int, int]]:
    """Return the ids, and how many stand in each group; taken in slices."""
    counts: dict[int, int] = {}
    ids = new_ids()
    while part := list(islice(rows, SLICE)):
        ids.extend([row[1] for row in part])
        for group, _ in part:
            counts[group] = counts.get(group, 0) + 1
    return ids, counts


def _names(group_by: GroupBy, infos: Mapping[int, AccountInfo], days: Sequence[DayGroup]) -> Callable[[int], str]:
    match group_by:
        case GroupBy.ACCOUNT:
            return lambda group: infos[group].id
        case GroupBy.STATE:
            return lambda group: STATE_GROUPS.get(group, "other")
        case GroupBy.TURN:
            return lambda group: WAIT_GROUPS.get(group, "unknown")
        case _:
            return lambda group: days[group].key if group < len(days) else NO_TIME


def _offset(now: datetime) -> int:
    """Return how far the agent's midnight lies behind that of Greenwich, in milliseconds."""
    return (now.astimezone().utcoffset() or timedelta()) // timedelta(milliseconds=1)
