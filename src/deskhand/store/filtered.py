"""Lists with a filter: what it finds is looked for once on the scan thread, and pages of it are then read by their tickets' ids.

No index is sorted for a filter, so a page of a rare one could cost a look at everything between two of its tickets. Up to `MOST` tickets
are therefore remembered by their ids (4 MB). Of more, a page is found again along the index of all facts: they lie close there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import apsw

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock
from deskhand.domain.queries import PageCursor, PageIndex, TicketQuery
from deskhand.domain.tickets import TicketRow

from .account_info import AccountInfo
from .columns import TIME
from .filters import FEW, compile_filter
from .plans import QueryPlan, plan_filtered
from .remembered import is_other_now, rows_of, still_listed
from .row_keys import LAST_TIME_KEY
from .row_reading import LIST_COLUMNS, to_rows
from .sorted_lists import SLICE, new_ids

MOST = 1_000_000
FIRST_ROWS_SECONDS = 0.015
"""How long the caller's own thread looks for the first rows of what the scan thread has not looked for yet; what was found is shown."""

_FIRST_LOOKED_THROUGH = (20_000, 160_000)
"""Of a list by time so many of its tickets are looked through for the first rows, and then so many, before all are. An index has the time
for each value of `done` apart, so that of all SQLite looks through each to its end where nothing in it is found: 57 ms at a million."""

_REMEMBERED = 4
_FEW_FOR_FIRST = 1_000
_STEPS = 2_000
"""Steps of SQLite between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class FoundTickets:
    """The ids of what a filter finds, in the order of the list, and where each page of it begins.

    Attributes:
        state: of the database, when it was looked for.
    """

    ids: Sequence[int]
    begins: Mapping[PageCursor, int]
    state: int


class FilteredLists:
    """Plans, finds and remembers.

    Args:
        clock: from whose time durations are counted.
        state: tells the state of the database.
    """

    def __init__(self, clock: Clock, state: Callable[[], int]) -> None:
        self._clock = clock
        self._state = state
        self._found: dict[TicketQuery, FoundTickets] = {}

    def plan(
        self,
        db: apsw.Connection,
        query: TicketQuery,
        account: int | None,
        among: str | None = None,
        *,
        is_for_first: bool = False,
    ) -> QueryPlan:
        """Return how a query with a filter is answered.

        Args:
            account: the number of `query.account`; None = all.
            among: a JSON list of the only tickets that can be found.
            is_for_first: only a page of rows is wanted, at once.
        """
        assert query.filter is not None
        compiled = compile_filter(db, query.filter, self._clock.now(), None, is_for_first=is_for_first)
        if among is None:
            few = compiled.smallest_set(db, _FEW_FOR_FIRST if is_for_first else FEW)
            return plan_filtered(query, account, compiled, few)
        return plan_filtered(query, account, compiled, ("SELECT value FROM json_each(?)", (among,)))

    def _first_plans(self, db: apsw.Connection, query: TicketQuery, account: int | None) -> Iterator[QueryPlan]:
        """Yield a plan for the beginning of a list, for a longer one, and for all of it."""
        whole = self.plan(db, query, account, is_for_first=True)
        is_along_facts = whole.sort_column == TIME and all(scan.index == "facts" for scan in whole.scans)
        if is_along_facts and not whole.makes_sets:
            order = "DESC" if whole.descending else "ASC"
            for count in _FIRST_LOOKED_THROUGH:
                sql = f"SELECT at FROM tickets INDEXED BY all_at ORDER BY at {order} LIMIT 1 OFFSET ?"
                if (bound := db.execute(sql, (count,)).get) is None:
                    break
                between = (int(bound), LAST_TIME_KEY) if whole.descending else (0, int(bound))
                yield replace(whole, scans=tuple(replace(scan, between=between) for scan in whole.scans))
        yield whole

    def outline(self, db: apsw.Connection, query: TicketQuery, account: int | None, page_size: int) -> PageIndex:
        """Find everything, remember it for `page`, and return where each page begins. Takes as long as a pass over all facts."""
        state = self._state()
        query_plan = self.plan(db, query, account)
        sql, values = query_plan.keys((), "LIMIT ?")
        rows = db.execute(sql, (*values, MOST + 1))
        ids, cursors = new_ids(), [()]
        while part := list(islice(rows, SLICE)):
            cursors += map(tuple, islice(part, page_size - 1 - len(ids) % page_size, None, page_size))
            ids.extend([row_id for _, row_id in part])
        self._found.pop(query, None)
        if len(ids) > MOST:
            return _outline_of_many(db, query_plan, page_size)
        if ids and len(ids) % page_size == 0:
            cursors.pop()
        found = FoundTickets(ids, {cursor: n * page_size for n, cursor in enumerate(cursors)}, state)
        while len(self._found) >= _REMEMBERED:
            self._found.pop(next(iter(self._found)), None)
        self._found[query] = found
        return PageIndex(len(ids), page_size, tuple(cursors) if ids else ())

    def page(
        self,
        db: apsw.Connection,
        query: TicketQuery,
        account: int | None,
        after: PageCursor,
        size: int,
        infos: Mapping[int, AccountInfo],
    ) -> Sequence[TicketRow]:
        """Return the rows behind a page cursor.

        The first page of what was not looked for yet is what is found in `FIRST_ROWS_SECONDS`, from the first row on without a gap.
        """
        found = self._found.get(query)
        if found is not None and (begin := found.begins.get(after)) is not None:
            ids = found.ids[begin : begin + size]
            if is_other_now(found.state, self._state()):
                ids = still_listed(db, ids, lambda among: self.plan(db, query, account, among, is_for_first=True))
            return rows_of(db, ids, infos)
        if after:
            sql, values = self.plan(db, query, account, is_for_first=True).rows(LIST_COLUMNS, after, "LIMIT ?")
            return to_rows(db.execute(sql, (*values, size)), infos)
        end = self._clock.monotonic() + FIRST_ROWS_SECONDS
        best: list[Any] = []
        rows: list[Any] = []
        db.set_progress_handler(lambda: self._clock.monotonic() > end, _STEPS)
        try:
            for query_plan in self._first_plans(db, query, account):
                best, rows = _longer(best, rows), []
                sql, values = query_plan.rows(LIST_COLUMNS, (), "LIMIT ?")
                rows.extend(db.execute(sql, (*values, size)))
                if len(rows) == size:
                    break
        except apsw.InterruptError:
            pass
        finally:
            db.set_progress_handler(None)
        return to_rows(_longer(best, rows), infos)


def _longer(one: list[Any], other: list[Any]) -> list[Any]:
    return one if len(one) > len(other) else other


def _outline_of_many(db: apsw.Connection, query_plan: QueryPlan, page_size: int) -> PageIndex:
    """Return where each page begins, in one pass: sets of tickets are made once, and not for each page."""
    sql, values = query_plan.keys()
    rows = db.execute(
        f"WITH found(k, id) AS ({sql}), numbered(k, id, n) AS (SELECT k, id, row_number() OVER () FROM found)"
        " SELECT k, id FROM numbered WHERE n % ? = 0",
        (*values, page_size),
    )
    cursors: list[PageCursor] = [(), *(tuple(row) for row in rows)]
    sql, values = query_plan.keys(cursors[-1], "LIMIT ?")
    rest = int(db.execute(f"SELECT count(*) FROM ({sql})", (*values, page_size)).get)
    if rest == 0:
        cursors.pop()
        rest = page_size
    return PageIndex((len(cursors) - 1) * page_size + rest, page_size, tuple(cursors))
