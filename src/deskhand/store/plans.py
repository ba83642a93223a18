"""A `TicketQuery` as SQL: which index walks it, and what is left to check row by row.

A walk has one or more arms, each along one index that is sorted as the list is; several arms (Done is solved, closed, archived and
gone) are merged by SQLite without sorting. Of the walks that fit, the one with the fewest rows by the kept counts is taken: a group
with ten tickets beats a view with a hundred thousand. `INDEXED BY` holds SQLite to it, and fails loudly where an index is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, assert_never

from deskhand.domain.queries import PageCursor, Scope, Sort, TicketQuery
from deskhand.domain.tickets import State

from .counts import UNREAD, priority_count_name, state_count_name
from .rows import DONE, PRIORITY_CODES, PRIORITY_SHIFT_BITS, STATE_CODES

SqlValue = int | str
Sql = tuple[str, tuple[SqlValue, ...]]

_BY_TIME_ONLY = ("requester",)
"""Walks that are short enough to be sorted when another order is asked for."""

_WAITING = (STATE_CODES[State.PENDING], STATE_CODES[State.ON_HOLD])
_SNOOZED = STATE_CODES[State.SNOOZED]
_EFFECTIVE_STATES: Mapping[Scope, frozenset[int]] = {
    Scope.WAITING: frozenset(_WAITING),
    Scope.SNOOZED: frozenset({_SNOOZED}),
    Scope.DONE: frozenset(DONE),
}
"""The views that are nothing but a set of standings: with a filter by state only what is in both can match."""
_NOT_DONE = (Scope.OPEN, Scope.MINE_OPEN, Scope.UNASSIGNED, Scope.WAITING, Scope.SNOOZED)


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How many rows the kept counts know, for the query's account or for all: `names`, and the query's group, tag and word."""

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
    """A walk along one index: its name without `_at` or `_urgent`, and the condition that it answers by itself."""

    index: str
    where: str
    values: tuple[SqlValue, ...] = ()

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
        key: the column that sorts, `at` or `urgent`; `down`: descending.
        checks, values: what every row must pass besides its arm's condition.
    """

    scans: tuple[IndexScan, ...]
    sort_column: str
    descending: bool
    checks: str
    values: tuple[SqlValue, ...]

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
        """Return SQL for the anchor of one ticket, nothing where the list has it not."""
        parts = [self._scan(arm, f"t.{self.sort_column}, t.id", (), hint=False) for arm in self.scans]
        return (
            " UNION ALL ".join(f"{sql} AND t.id = ?" for sql, _ in parts),
            tuple(value for _, values in parts for value in (*values, row_id)),
        )

    def _union(self, columns: str, after: PageCursor, *, reverse: bool = False) -> Sql:
        parts = [self._scan(arm, columns, after, reverse=reverse) for arm in self.scans]
        return " UNION ALL ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values)

    def _scan(
        self, scan: IndexScan, columns: str, after: PageCursor, *, reverse: bool = False, hint: bool = True
    ) -> Sql:
        if scan.is_tagged:
            index = "INDEXED BY tagged_urgent " if hint and self.sort_column == "urgent" else ""
            source = f"tagged g {index}CROSS JOIN tickets t ON t.id = g.id"
        elif hint and scan.index:
            source = f"tickets t INDEXED BY {scan.index}_{'at' if scan.index in _BY_TIME_ONLY else self.sort_column}"
        else:
            source = "tickets t"
        sql, values = f"SELECT {columns} FROM {source} WHERE {scan.where}", scan.values
        if self.checks:
            sql, values = f"{sql} AND {self.checks}", values + self.values
        if after:
            sign = "<" if self.descending != reverse else ">"
            sql, values = (
                f"{sql} AND ({scan.source}.{self.sort_column}, {scan.source}.id) {sign} (?, ?)",
                values + after,
            )
        return sql, values


def plan_query(query: TicketQuery, account: int | None, counts: StoredCounts, ids: str | None = None) -> QueryPlan:
    """Choose the walk for a query.

    Args:
        account: the number of `query.account`; None = all.
        counts: for the same account.
        ids: a JSON list of the tickets that the words of `query.text` were found in.
    """
    if query.scope is Scope.OPEN and query.states:
        # An account's list is what is open there as long as no state is asked for; a closed ticket that is asked for is found.
        query = replace(query, scope=Scope.ALL)
    key, down = ("urgent", True) if query.sort is Sort.PRIORITY else ("at", query.sort is Sort.NEWEST)
    if ids is not None:
        path = AccessPath(0, (IndexScan("", "t.id IN (SELECT value FROM json_each(?))", (ids,)),), frozenset())
    else:
        if len(query.priorities) == 1:
            key = "urgent"  # within one priority both orders are the same, and its tickets stand together
        path = min(_access_paths(query, account, counts, key), key=lambda each: each.rows)
        if len(query.priorities) == 1:
            first = PRIORITY_CODES[query.priorities[0]] << PRIORITY_SHIFT_BITS
            arms = tuple(
                replace(
                    arm,
                    where=f"{arm.where} AND {arm.source}.urgent BETWEEN ? AND ?",
                    values=(*arm.values, first, first + (1 << PRIORITY_SHIFT_BITS) - 1),
                )
                for arm in path.scans
            )
            path = AccessPath(path.rows, arms, path.covered | {"priorities"})
    left = [check for name, check in _checks(query, account).items() if name not in path.covered]
    return QueryPlan(
        path.scans or (IndexScan("", "0"),),
        key,
        down,
        " AND ".join(sql for sql, _ in left),
        tuple(value for _, values in left for value in values),
    )


def _checks(query: TicketQuery, account: int | None) -> dict[str, Sql]:
    """Return every condition of a query by its name. The plus keeps SQLite from walking another index for it."""
    checks: dict[str, Sql] = {}
    if account is not None:
        checks["account"] = ("+t.account = ?", (account,))
    if query.scope is not Scope.ALL:
        checks["scope"] = (_scope_check(query.scope), ())
    if query.group is not None:
        checks["shelf"] = ("+t.shelf = ?", (query.group,))
    if query.stage is not None:
        checks["stage"] = ("+t.stage = ?", (query.stage,))
    if query.states:
        checks["states"] = (
            f"+t.standing IN ({_placeholders(query.states)})",
            tuple(STATE_CODES[each] for each in query.states),
        )
    if query.vendor_state is not None:
        checks["vendor_state"] = ("+t.vendor_state = ?", (query.vendor_state,))
    if query.priorities:
        codes = tuple(PRIORITY_CODES[each] for each in query.priorities)
        checks["priorities"] = (f"+t.priority IN ({_placeholders(codes)})", codes)
    if query.tag is not None:
        checks["tag"] = (
            "EXISTS (SELECT 1 FROM tagged x WHERE x.tag = ? AND x.at = t.at AND x.id = t.id)",
            (query.tag,),
        )
    if query.unread:
        checks["unread"] = ("+t.unread = 1", ())
    if query.requester:
        checks["requester"] = ("+t.requester = ?", (query.requester.casefold(),))
    return checks


def _placeholders(values: tuple[object, ...]) -> str:
    return ", ".join("?" * len(values))


def _scope_check(scope: Scope) -> str:
    match scope:
        case Scope.ALL:
            return "1"
        case Scope.MINE_OPEN:
            return "+t.mine = 1"
        case Scope.OPEN:
            return "+t.done = 0"
        case Scope.UNASSIGNED:
            return "+t.unassigned = 1"
        case Scope.WAITING:
            return f"+t.standing IN ({', '.join(map(str, _WAITING))})"
        case Scope.DRAFTS:
            return "+t.has_draft = 1"
        case Scope.OUTBOX:
            return "+t.pending <> ''"
        case Scope.SNOOZED:
            return f"+t.standing = {_SNOOZED}"
        case Scope.DONE:
            return "+t.done = 1"
        case _:
            assert_never(scope)


def _access_paths(query: TicketQuery, account: int | None, counts: StoredCounts, sort_column: str) -> list[AccessPath]:
    """Return the walks that would answer the query."""
    prefix, where, of = ("", "", ()) if account is None else ("account_", "t.account = ? AND ", (account,))

    def flag(index: str, condition: str, rows: int, answers: str) -> AccessPath:
        return AccessPath(
            rows, (IndexScan(f"{prefix}{index}", where + condition, of),), frozenset({"account", answers})
        )

    def standings(codes: Iterable[int], *answers: str) -> AccessPath:
        arms = tuple(IndexScan(f"{prefix}state", f"{where}t.standing = ?", (*of, code)) for code in sorted(codes))
        return AccessPath(
            sum(counts.total(state_count_name(code)) for code in codes), arms, frozenset({"account", *answers})
        )

    everything = IndexScan("all", "1") if account is None else IndexScan("account", "t.account = ?", of)
    paths = [AccessPath(counts.total(Scope.ALL.value), (everything,), frozenset({"account"}))]
    rows = counts.total(query.scope.value)
    match query.scope:
        case Scope.ALL:
            pass
        case Scope.OPEN:
            paths.append(flag("open", "t.done = 0", rows, "scope"))
        case Scope.MINE_OPEN:
            paths.append(flag("mine", "t.mine = 1", rows, "scope"))
        case Scope.UNASSIGNED:
            paths.append(flag("unassigned", "t.unassigned = 1", rows, "scope"))
        case Scope.WAITING:
            paths.append(standings(_WAITING, "scope"))
        case Scope.SNOOZED:
            paths.append(standings((_SNOOZED,), "scope"))
        case Scope.DONE if sort_column == "at":  # merging the four standings takes four times as long
            paths.append(flag("done", "t.done = 1", rows, "scope"))
        case Scope.DONE:
            paths.append(standings(DONE, "scope"))
        case Scope.DRAFTS:
            paths.append(AccessPath(rows, (IndexScan("drafts", "t.has_draft = 1"),), frozenset({"scope"})))
        case Scope.OUTBOX:
            paths.append(AccessPath(rows, (IndexScan("outbox", "t.pending <> ''"),), frozenset({"scope"})))
        case _:
            assert_never(query.scope)
    if query.unread:
        paths.append(flag("unread", "t.unread = 1", counts.total(UNREAD), "unread"))
    if query.states:
        codes = frozenset(STATE_CODES[state] for state in query.states)
        in_scope = _EFFECTIVE_STATES.get(query.scope)
        paths.append(standings(codes, "states") if in_scope is None else standings(codes & in_scope, "states", "scope"))
    if len(query.priorities) == 1:
        of_priority = counts.total(priority_count_name(PRIORITY_CODES[query.priorities[0]]))
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


def _group_paths(query: TicketQuery, group: str, account: int, counts: StoredCounts) -> list[AccessPath]:
    where, values = "t.account = ? AND t.shelf = ? AND t.shelf <> ''", (account, group)
    if query.scope in _NOT_DONE:
        answers = frozenset({"account", "shelf"} | ({"scope"} if query.scope is Scope.OPEN else set()))
        paths = [AccessPath(counts.group_open, (IndexScan("shelf_open", f"{where} AND t.done = 0", values),), answers)]
    else:
        paths = [AccessPath(counts.group, (IndexScan("shelf", where, values),), frozenset({"account", "shelf"}))]
    if query.stage:
        arm = IndexScan(
            "stage", "t.account = ? AND t.shelf = ? AND t.stage = ? AND t.stage <> ''", (account, group, query.stage)
        )
        paths.append(AccessPath(paths[0].rows // 2, (arm,), frozenset({"account", "shelf", "stage"})))
    return paths
