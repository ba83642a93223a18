"""A `TicketQuery` as SQL: which index it scans, and what is left to check row by row.

Views, filters and orders that are one column's are said in the table of the columns (`rows.Row`); here stands what spans several: groups
with their stages, tags, states within a view, a single priority.

An access path has one or more arms, each along one index that is sorted as the list is; several arms (Done is solved, closed, archived and
gone) are merged by SQLite without sorting. Of the access paths that fit, the one with the fewest rows by the stored counts is taken: a group
with ten tickets beats a view with a hundred thousand. `INDEXED BY` holds SQLite to it, and fails loudly where an index is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import PageCursor, Scope, Sort, TicketQuery

from .columns import PRIORITY, TIME, WAIT, SqlValue
from .filters import CompiledFilter, Sql
from .row_keys import AWAY_STATES, LAST_OPEN_WAIT, PRIORITY_CODES, PRIORITY_SHIFT_BITS, STATE_CODES
from .rows import FILTERS, ROW_SETS, SORTS, SORTS_OF_SETS

STANDING = "standing"
"""In `TicketQuery.where`, inside the store: the effective states that a group holds."""

_BY_TIME_ONLY = ("requester", "facts")
"""Access paths that are short enough to be sorted when another order is asked for."""

_EFFECTIVE_STATES: Mapping[str, frozenset[int]] = {
    name: frozenset(rows.states) for name, (_, rows) in ROW_SETS.items() if rows.states
}
"""The views that are nothing but a set of standings: with a filter by state only what is in both can match."""
_NO_FILTER = {name: getattr(TicketQuery(), name) for name in FILTERS if hasattr(TicketQuery, name)}
"""What the field of a query says where it asks for nothing."""


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How many rows the stored counts know, for the query's account or for all: `names`, and the query's group, tag and state."""

    by_name: Mapping[str, int]
    group: int = 0
    group_open: int = 0
    tag: int = 0
    vendor_state: int = 0

    def total(self, *names: str) -> int:
        """Add up."""
        return sum(self.by_name.get(name, 0) for name in names)


@dataclass(frozen=True, slots=True)
class IndexScan:
    """A scan along one index: its name without `_at` or `_urgent`, and the condition that it answers by itself.

    Attributes:
        between: the first and the last sort key of it; None = all of the index.
    """

    index: str
    where: str
    values: tuple[SqlValue, ...] = ()
    between: tuple[int, int] | None = None

    @property
    def is_tagged(self) -> bool:
        """Whether it goes along `tagged` (g) and looks tickets up from there."""
        return self.index == "tagged"

    @property
    def source(self) -> str:
        """The alias that the sort key is read from."""
        return "g" if self.is_tagged else "t"


class AccessPath(NamedTuple):
    """A way to answer a query: how many rows it passes, its arms, and the checks that they make needless."""

    rows: int
    scans: tuple[IndexScan, ...]
    covered: frozenset[str]


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """How a query is answered.

    Attributes:
        sort_column: `at` or `urgent`.
        checks, values: what every row must pass besides its arm's condition.
    """

    scans: tuple[IndexScan, ...]
    sort_column: str
    descending: bool
    checks: str
    values: tuple[SqlValue, ...]

    @property
    def makes_sets(self) -> bool:
        """Whether SQLite makes a set of tickets for the checks before it asks the first row for it."""
        return "t.id IN (" in self.checks

    def keys(self, after: PageCursor = (), tail: str = "") -> Sql:
        """Return SQL for (sort key, id) in list order.

        Args:
            after: only what comes behind this row.
            tail: LIMIT and OFFSET; their values follow.
        """
        order = "DESC" if self.descending else "ASC"
        if len(self.scans) == 1:
            arm = self.scans[0]
            sql, values = self._scan(arm, f"{arm.source}.{self.sort_column}, {arm.source}.id", after)
            return f"{sql} ORDER BY {arm.source}.{self.sort_column} {order}, {arm.source}.id {order} {tail}", values
        merged, values = self._union(f"t.{self.sort_column} AS k, t.id AS id", after)
        return f"SELECT k, id FROM ({merged}) ORDER BY k {order}, id {order} {tail}", values

    def rows(self, columns: str, after: PageCursor = (), tail: str = "") -> Sql:
        """Return SQL for columns of `tickets t` in list order; the other arguments as in `keys`."""
        order = "DESC" if self.descending else "ASC"
        if len(self.scans) == 1:
            arm = self.scans[0]
            sql, values = self._scan(arm, columns, after)
            return f"{sql} ORDER BY {arm.source}.{self.sort_column} {order}, {arm.source}.id {order} {tail}", values
        merged, values = self._union(f"t.{self.sort_column} AS k, t.id AS id", after)
        keys = f"SELECT k, id FROM ({merged}) ORDER BY k {order}, id {order} {tail}"
        return (
            f"SELECT {columns} FROM ({keys}) m CROSS JOIN tickets t ON t.id = m.id ORDER BY m.k {order}, m.id {order}",
            values,
        )

    def count_before(self, cursor: PageCursor) -> Sql:
        """Return SQL that counts the rows in front of a row."""
        merged, values = self._union("1", cursor, reverse=True)
        return f"SELECT count(*) FROM ({merged})", values

    def cursor_of(self, row_id: int) -> Sql:
        """Return SQL for the page cursor of one ticket, nothing where the list has it not."""
        parts = [self._scan(arm, f"t.{self.sort_column}, t.id", (), hint=False) for arm in self.scans]
        return (
            " UNION ALL ".join(f"{sql} AND t.id = ?" for sql, _ in parts),
            tuple(value for _, values in parts for value in (*values, row_id)),
        )

    def union(self, columns: str) -> Sql:
        """Return SQL for columns of `tickets t`, of every row, in no order."""
        return self._union(columns, ())

    def _union(self, columns: str, after: PageCursor, *, reverse: bool = False) -> Sql:
        parts = [self._scan(arm, columns, after, reverse=reverse) for arm in self.scans]
        return " UNION ALL ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values)

    def _scan(
        self, scan: IndexScan, columns: str, after: PageCursor, *, reverse: bool = False, hint: bool = True
    ) -> Sql:
        if scan.is_tagged:
            index = "INDEXED BY tagged_urgent " if hint and self.sort_column == PRIORITY else ""
            source = f"tagged g {index}CROSS JOIN tickets t ON t.id = g.id"
        elif hint and scan.index:
            source = f"tickets t INDEXED BY {scan.index}_{'at' if scan.index in _BY_TIME_ONLY else self.sort_column}"
        else:
            source = "tickets t"
        sql, values = f"SELECT {columns} FROM {source} WHERE {scan.where}", scan.values
        if self.checks:
            sql, values = f"{sql} AND {self.checks}", values + self.values
        key, is_below = f"{scan.source}.{self.sort_column}", self.descending != reverse
        # Of two bounds at one end SQLite takes the first: each page would be looked for from the beginning of the stretch.
        if scan.between is not None and (is_below or not after):
            sql, values = f"{sql} AND {key} >= ?", (*values, scan.between[0])
        if scan.between is not None and not (is_below and after):
            sql, values = f"{sql} AND {key} <= ?", (*values, scan.between[1])
        if after:
            sql, values = f"{sql} AND ({key}, {scan.source}.id) {'<' if is_below else '>'} (?, ?)", values + after
        return sql, values


def plan_query(query: TicketQuery, account: int | None, counts: StoredCounts, ids: str | None = None) -> QueryPlan:
    """Choose the access path for a query.

    Args:
        account: the number of `query.account`; None = all.
        counts: for the same account.
        ids: a JSON list of the tickets that the terms of `query.text` were found in.
    """
    query = _without_open(query)
    key, down = SORTS.get(query.sorted_by or query.sort, SORTS[Sort.NEWEST])  # words are found in no other order
    if key in SORTS_OF_SETS and not (query.scope in ROW_SETS and key in ROW_SETS[query.scope][1].sorts):
        key, down = SORTS.get(query.sort, SORTS[Sort.NEWEST])  # no index is sorted by it here
    if ids is not None:
        path = AccessPath(0, (IndexScan("", "t.id IN (SELECT value FROM json_each(?))", (ids,)),), frozenset())
    else:
        is_one_priority = len(query.priorities) == 1 and key in (TIME, PRIORITY)
        if is_one_priority:
            key = PRIORITY  # within one priority both orders are the same, and its tickets stand together
        path = min(_access_paths(query, account, counts, key), key=lambda each: each.rows)
        if is_one_priority:
            first = PRIORITY_CODES[query.priorities[0]] << PRIORITY_SHIFT_BITS
            arms = tuple(replace(arm, between=(first, first + (1 << PRIORITY_SHIFT_BITS) - 1)) for arm in path.scans)
            path = AccessPath(path.rows, arms, path.covered | {"priorities"})
    left = [check for name, check in _checks(query, account).items() if name not in path.covered]
    return QueryPlan(
        path.scans or (IndexScan("", "0"),),
        key,
        down,
        " AND ".join(sql for sql, _ in left),
        tuple(value for _, values in left for value in values),
    )


def plan_filtered(
    query: TicketQuery, account: int | None, found: CompiledFilter, among: Sql | None = None
) -> QueryPlan:
    """Return how a query with a filter is answered: along the index of all facts, or ticket by ticket of a small set.

    Args:
        account: the number of `query.account`; None = all.
        among: SQL for the ids of the only tickets that can be found.
    """
    query = _without_open(query)
    key, down = SORTS.get(query.sorted_by or query.sort, SORTS[Sort.NEWEST])  # words are found in no other order
    checks = list(_checks(query, account).values())
    if among is not None:
        scans: tuple[IndexScan, ...] = (IndexScan("", f"t.id IN ({among[0]})", among[1]),)
    else:
        is_open = query.scope is not Scope.ALL and ROW_SETS[query.scope][1].is_open
        scans = tuple(IndexScan("facts", f"t.done = {done}") for done in ((0,) if is_open else found.done))
    checks.append(found.condition)
    return QueryPlan(
        scans,
        key,
        down,
        " AND ".join(sql for sql, _ in checks),
        tuple(value for _, values in checks for value in values),
    )


def _without_open(query: TicketQuery) -> TicketQuery:
    """An account's list is what is open there as long as no state is asked for; a closed ticket that is asked for is found."""
    return replace(query, scope=Scope.ALL) if query.scope is Scope.OPEN and query.states else query


def _asked(query: TicketQuery) -> dict[str, Sql]:
    """Return what a query asks of single columns, by the name of the filter: the comparison, and the stored values."""
    asked = {name: value for name, nothing in _NO_FILTER.items() if (value := getattr(query, name)) != nothing}
    found: dict[str, Sql] = {}
    for name, value in (*asked.items(), *query.where):
        if name == STANDING:
            found[name] = _one_of(map(int, value if isinstance(value, tuple) else ()))
            continue
        code = FILTERS[name][1]
        values: tuple[Any, ...] = value if isinstance(value, tuple) else (value,)
        if name == "states":
            found[name] = _one_of(_effective_states(query))
            continue
        comparison = f"IN ({', '.join('?' * len(values))})" if isinstance(value, tuple) else "= ?"
        found[name] = (comparison, values if code is None else tuple(map(code, values)))
    return found


def _one_of(codes: Iterable[int]) -> Sql:
    values = tuple(sorted(codes))
    return f"IN ({', '.join('?' * len(values))})", values


def _effective_states(query: TicketQuery) -> frozenset[int]:
    """Return the effective states that a filter by state asks for: those of tickets that are put away too."""
    codes = {STATE_CODES[state] for state in query.states}
    return frozenset(codes | {code + AWAY_STATES for code in codes})


def _checks(query: TicketQuery, account: int | None) -> dict[str, Sql]:
    """Return every condition of a query by its name. The plus keeps SQLite from scanning another index for it."""
    checks: dict[str, Sql] = {}
    if account is not None:
        checks["account"] = ("+t.account = ?", (account,))
    if query.scope is not Scope.ALL:
        column, rows = ROW_SETS[query.scope]
        checks["scope"] = (f"+{rows.condition(column)}", ())
    for name, (comparison, values) in _asked(query).items():
        column = STANDING if name == STANDING else FILTERS[name][0]
        checks[name] = (f"+t.{column} {comparison}", values)
    if query.tag is not None:
        checks["tag"] = (
            "EXISTS (SELECT 1 FROM tagged x WHERE x.tag = ? AND x.at = t.at AND x.id = t.id)",
            (query.tag,),
        )
    return checks


def _access_paths(query: TicketQuery, account: int | None, counts: StoredCounts, sort_column: str) -> list[AccessPath]:
    """Return the access paths that would answer the query."""
    prefix, where, of = ("", "", ()) if account is None else ("account_", "t.account = ? AND ", (account,))

    def standings(codes: Iterable[int], *answers: str) -> AccessPath:
        arms = tuple(IndexScan(f"{prefix}state", f"{where}t.standing = ?", (*of, code)) for code in sorted(codes))
        return AccessPath(counts.total(*(f"state:{code}" for code in codes)), arms, frozenset({"account", *answers}))

    def listed(name: str, answers: str) -> AccessPath:
        column, rows = ROW_SETS[name]
        if sort_column not in rows.sorts or not rows.index:
            return standings(rows.states, answers)
        condition, count = rows.condition(column), counts.total(name)
        if not rows.has_account_index:
            return AccessPath(count, (IndexScan(rows.index, condition),), frozenset({answers}))
        scan = IndexScan(f"{prefix}{rows.index}", where + condition, of)
        return AccessPath(count, (scan,), frozenset({"account", answers}))

    everything = IndexScan("all", "1") if account is None else IndexScan("account", "t.account = ?", of)
    paths = [AccessPath(counts.total(Scope.ALL.value), (everything,), frozenset({"account"}))]
    if sort_column == WAIT:
        return [*paths, *_wait_paths(query.scope, everything, counts)]
    if sort_column in SORTS_OF_SETS:
        return [listed(query.scope, "scope")]
    if sort_column not in (TIME, PRIORITY):
        return paths  # no other index is sorted by it
    if query.scope is not Scope.ALL:
        paths.append(listed(query.scope, "scope"))
    for name, (_, values) in _asked(query).items():
        if name in ROW_SETS and ROW_SETS[name][1].values == values:
            paths.append(listed(name, name))
    if query.states:
        codes = _effective_states(query)
        in_scope = _EFFECTIVE_STATES.get(query.scope)
        paths.append(standings(codes, "states") if in_scope is None else standings(codes & in_scope, "states", "scope"))
    if STANDING in (asked := _asked(query)):
        paths.append(standings(map(int, asked[STANDING][1]), STANDING))
    if len(query.priorities) == 1:
        of_priority = counts.total(f"priority:{PRIORITY_CODES[query.priorities[0]]}")
        paths = [path._replace(rows=min(path.rows, of_priority)) for path in paths]
    if query.requester:
        arm = IndexScan("requester", "t.requester = ? AND t.requester <> ''", (query.requester.casefold(),))
        paths.append(AccessPath(0, (arm,), frozenset({"requester"})))
    if query.vendor_state is not None:
        arm = IndexScan("vendor_state", "t.vendor_state = ?", (query.vendor_state,))
        paths.append(AccessPath(counts.vendor_state, (arm,), frozenset({"vendor_state"})))
    if query.tag is not None:
        paths.append(AccessPath(counts.tag, (IndexScan("tagged", "g.tag = ?", (query.tag,)),), frozenset({"tag"})))
    if query.group and account is not None:
        paths.extend(_group_paths(query, query.group, account, counts))
    return paths


def _wait_paths(scope: Scope, everything: IndexScan, counts: StoredCounts) -> list[AccessPath]:
    """Return the part of the indexes of all rows in which the rows of a view stand."""
    rows = None if scope is Scope.ALL else ROW_SETS[scope][1]
    if rows is None or not (rows.waits or rows.is_open):
        return []
    first, last = rows.waits or (0, LAST_OPEN_WAIT)
    covered = {"account", "scope"} if rows.waits else {"account"}
    scan = replace(everything, between=(first, last))
    return [AccessPath(counts.total(scope if rows.waits else Scope.OPEN), (scan,), frozenset(covered))]


def _group_paths(query: TicketQuery, group: str, account: int, counts: StoredCounts) -> list[AccessPath]:
    where, values = "t.account = ? AND t.shelf = ? AND t.shelf <> ''", (account, group)
    if query.scope is not Scope.ALL and ROW_SETS[query.scope][1].is_open:
        answers = frozenset({"account", "group"} | ({"scope"} if query.scope is Scope.OPEN else set()))
        paths = [AccessPath(counts.group_open, (IndexScan("shelf_open", f"{where} AND t.done = 0", values),), answers)]
    else:
        paths = [AccessPath(counts.group, (IndexScan("shelf", where, values),), frozenset({"account", "group"}))]
    if query.stage:
        arm = IndexScan(
            "stage", "t.account = ? AND t.shelf = ? AND t.stage = ? AND t.stage <> ''", (account, group, query.stage)
        )
        paths.append(AccessPath(paths[0].rows // 2, (arm,), frozenset({"account", "group", "stage"})))
    return paths
