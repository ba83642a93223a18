"""A `TicketQuery` as SQL: which index walks it, and what is left to check row by row.

A walk has one or more arms, each along one index that is sorted as the list is; several arms (Done is solved, closed, archived and
gone) are merged by SQLite without sorting. Of the walks that fit, the one with the fewest rows by the kept counts is taken: a shelf
with ten tickets beats a view with a hundred thousand. `INDEXED BY` holds SQLite to it, and fails loudly where an index is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, assert_never

from deskhand.domain.queries import PageCursor, Scope, Sort, TicketQuery
from deskhand.domain.tickets import State

from .counts import UNREAD, priority_count_name, state_count_name
from .rows import DONE, PRIORITY_CODES, PRIORITY_SHIFT_BITS, STATE_CODES

Value = int | str
Sql = tuple[str, tuple[Value, ...]]

_BY_TIME_ONLY = ("requester",)
"""Walks that are short enough to be sorted when another order is asked for."""

_WAITING = (STATE_CODES[State.PENDING], STATE_CODES[State.ON_HOLD])
_SNOOZED = STATE_CODES[State.SNOOZED]
_STANDINGS: Mapping[Scope, frozenset[int]] = {
    Scope.WAITING: frozenset(_WAITING),
    Scope.SNOOZED: frozenset({_SNOOZED}),
    Scope.DONE: frozenset(DONE),
}
"""The views that are nothing but a set of standings: with a filter by state only what is in both can match."""
_NOT_DONE = (Scope.OPEN, Scope.MINE_OPEN, Scope.UNASSIGNED, Scope.WAITING, Scope.SNOOZED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows the kept counts know, for the query's account or for all: `names`, and the query's shelf, tag and word."""

    names: Mapping[str, int]
    shelf: int = 0
    shelf_open: int = 0
    tag: int = 0
    vendor_state: int = 0

    def of(self, *names: str) -> int:
        """Add up."""
        return sum(self.names.get(name, 0) for name in names)


@dataclass(frozen=True, slots=True)
class Arm:
    """A walk along one index: its name without `_at` or `_urgent`, and the condition that it answers by itself."""

    index: str
    where: str
    values: tuple[Value, ...] = ()

    @property
    def is_tagged(self) -> bool:
        """Whether it goes along `tagged` (g) and looks tickets up from there."""
        return self.index == "tagged"

    @property
    def source(self) -> str:
        """The alias that the sort key is read from."""
        return "g" if self.is_tagged else "t"


class Walk(NamedTuple):
    """A way to answer a query: how many rows it passes, its arms, and the checks that they make needless."""

    rows: int
    arms: tuple[Arm, ...]
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is answered.

    Attributes:
        key: the column that sorts, `at` or `urgent`; `down`: descending.
        checks, values: what every row must pass besides its arm's condition.
    """

    arms: tuple[Arm, ...]
    key: str
    down: bool
    checks: str
    values: tuple[Value, ...]

    def keys(self, after: PageCursor = (), tail: str = "") -> Sql:
        """Return SQL for (sort key, id) in list order.

        Args:
            after: only what comes behind this row.
            tail: LIMIT and OFFSET; their values follow.
        """
        order = "DESC" if self.down else "ASC"
        if len(self.arms) == 1:
            arm = self.arms[0]
            sql, values = self._arm(arm, f"{arm.source}.{self.key}, {arm.source}.id", after)
            return f"{sql} ORDER BY {arm.source}.{self.key} {order}, {arm.source}.id {order} {tail}", values
        merged, values = self._union(f"t.{self.key} AS k, t.id AS id", after)
        return f"SELECT k, id FROM ({merged}) ORDER BY k {order}, id {order} {tail}", values

    def rows(self, columns: str, after: PageCursor = (), tail: str = "") -> Sql:
        """Return SQL for columns of `tickets t` in list order; the other arguments as in `keys`."""
        order = "DESC" if self.down else "ASC"
        if len(self.arms) == 1:
            arm = self.arms[0]
            sql, values = self._arm(arm, columns, after)
            return f"{sql} ORDER BY {arm.source}.{self.key} {order}, {arm.source}.id {order} {tail}", values
        merged, values = self._union(f"t.{self.key} AS k, t.id AS id", after)
        keys = f"SELECT k, id FROM ({merged}) ORDER BY k {order}, id {order} {tail}"
        return (
            f"SELECT {columns} FROM ({keys}) m CROSS JOIN tickets t ON t.id = m.id ORDER BY m.k {order}, m.id {order}",
            values,
        )

    def before(self, anchor: PageCursor) -> Sql:
        """Return SQL that counts the rows in front of a row."""
        merged, values = self._union("1", anchor, reverse=True)
        return f"SELECT count(*) FROM ({merged})", values

    def holding(self, row_id: int) -> Sql:
        """Return SQL for the anchor of one ticket, nothing where the list has it not."""
        parts = [self._arm(arm, f"t.{self.key}, t.id", (), hint=False) for arm in self.arms]
        return (
            " UNION ALL ".join(f"{sql} AND t.id = ?" for sql, _ in parts),
            tuple(value for _, values in parts for value in (*values, row_id)),
        )

    def _union(self, columns: str, after: PageCursor, *, reverse: bool = False) -> Sql:
        parts = [self._arm(arm, columns, after, reverse=reverse) for arm in self.arms]
        return " UNION ALL ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values)

    def _arm(self, arm: Arm, columns: str, after: PageCursor, *, reverse: bool = False, hint: bool = True) -> Sql:
        if arm.is_tagged:
            index = "INDEXED BY tagged_urgent " if hint and self.key == "urgent" else ""
            source = f"tagged g {index}CROSS JOIN tickets t ON t.id = g.id"
        elif hint and arm.index:
            source = f"tickets t INDEXED BY {arm.index}_{'at' if arm.index in _BY_TIME_ONLY else self.key}"
        else:
            source = "tickets t"
        sql, values = f"SELECT {columns} FROM {source} WHERE {arm.where}", arm.values
        if self.checks:
            sql, values = f"{sql} AND {self.checks}", values + self.values
        if after:
            sign = "<" if self.down != reverse else ">"
            sql, values = f"{sql} AND ({arm.source}.{self.key}, {arm.source}.id) {sign} (?, ?)", values + after
        return sql, values


def plan(query: TicketQuery, account: int | None, counts: Counts, ids: str | None = None) -> Plan:
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
        walk = Walk(0, (Arm("", "t.id IN (SELECT value FROM json_each(?))", (ids,)),), frozenset())
    else:
        if len(query.priorities) == 1:
            key = "urgent"  # within one priority both orders are the same, and its tickets stand together
        walk = min(_walks(query, account, counts, key), key=lambda each: each.rows)
        if len(query.priorities) == 1:
            first = PRIORITY_CODES[query.priorities[0]] << PRIORITY_SHIFT_BITS
            arms = tuple(
                replace(
                    arm,
                    where=f"{arm.where} AND {arm.source}.urgent BETWEEN ? AND ?",
                    values=(*arm.values, first, first + (1 << PRIORITY_SHIFT_BITS) - 1),
                )
                for arm in walk.arms
            )
            walk = Walk(walk.rows, arms, walk.answers | {"priorities"})
    left = [check for name, check in _checks(query, account).items() if name not in walk.answers]
    return Plan(
        walk.arms or (Arm("", "0"),),
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
            f"+t.standing IN ({_marks(query.states)})",
            tuple(STATE_CODES[each] for each in query.states),
        )
    if query.vendor_state is not None:
        checks["vendor_state"] = ("+t.vendor_state = ?", (query.vendor_state,))
    if query.priorities:
        codes = tuple(PRIORITY_CODES[each] for each in query.priorities)
        checks["priorities"] = (f"+t.priority IN ({_marks(codes)})", codes)
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


def _marks(values: tuple[object, ...]) -> str:
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


def _walks(query: TicketQuery, account: int | None, counts: Counts, key: str) -> list[Walk]:
    """Return the walks that would answer the query."""
    prefix, where, of = ("", "", ()) if account is None else ("account_", "t.account = ? AND ", (account,))

    def flag(index: str, condition: str, rows: int, answers: str) -> Walk:
        return Walk(rows, (Arm(f"{prefix}{index}", where + condition, of),), frozenset({"account", answers}))

    def standings(codes: Iterable[int], *answers: str) -> Walk:
        arms = tuple(Arm(f"{prefix}state", f"{where}t.standing = ?", (*of, code)) for code in sorted(codes))
        return Walk(sum(counts.of(state_count_name(code)) for code in codes), arms, frozenset({"account", *answers}))

    everything = Arm("all", "1") if account is None else Arm("account", "t.account = ?", of)
    walks = [Walk(counts.of(Scope.ALL.value), (everything,), frozenset({"account"}))]
    rows = counts.of(query.scope.value)
    match query.scope:
        case Scope.ALL:
            pass
        case Scope.OPEN:
            walks.append(flag("open", "t.done = 0", rows, "scope"))
        case Scope.MINE_OPEN:
            walks.append(flag("mine", "t.mine = 1", rows, "scope"))
        case Scope.UNASSIGNED:
            walks.append(flag("unassigned", "t.unassigned = 1", rows, "scope"))
        case Scope.WAITING:
            walks.append(standings(_WAITING, "scope"))
        case Scope.SNOOZED:
            walks.append(standings((_SNOOZED,), "scope"))
        case Scope.DONE if key == "at":  # merging the four standings takes four times as long
            walks.append(flag("done", "t.done = 1", rows, "scope"))
        case Scope.DONE:
            walks.append(standings(DONE, "scope"))
        case Scope.DRAFTS:
            walks.append(Walk(rows, (Arm("drafts", "t.has_draft = 1"),), frozenset({"scope"})))
        case Scope.OUTBOX:
            walks.append(Walk(rows, (Arm("outbox", "t.pending <> ''"),), frozenset({"scope"})))
        case _:
            assert_never(query.scope)
    if query.unread:
        walks.append(flag("unread", "t.unread = 1", counts.of(UNREAD), "unread"))
    if query.states:
        codes = frozenset(STATE_CODES[state] for state in query.states)
        in_scope = _STANDINGS.get(query.scope)
        walks.append(standings(codes, "states") if in_scope is None else standings(codes & in_scope, "states", "scope"))
    if len(query.priorities) == 1:
        of_priority = counts.of(priority_count_name(PRIORITY_CODES[query.priorities[0]]))
        walks = [walk._replace(rows=min(walk.rows, of_priority)) for walk in walks]
    if query.requester:
        arm = Arm("requester", "t.requester = ? AND t.requester <> ''", (query.requester.casefold(),))
        walks.append(Walk(0, (arm,), frozenset({"requester"})))
    if query.vendor_state is not None:
        arm = Arm("vendor_state", "t.vendor_state = ?", (query.vendor_state,))
        walks.append(Walk(counts.vendor_state, (arm,), frozenset({"vendor_state"})))
    if query.tag is not None:
        walks.append(Walk(counts.tag, (Arm("tagged", "g.tag = ?", (query.tag,)),), frozenset({"tag"})))
    if query.group and account is not None:
        walks.extend(_shelf_walks(query, query.group, account, counts))
    return walks


def _shelf_walks(query: TicketQuery, shelf: str, account: int, counts: Counts) -> list[Walk]:
    where, values = "t.account = ? AND t.shelf = ? AND t.shelf <> ''", (account, shelf)
    if query.scope in _NOT_DONE:
        answers = frozenset({"account", "shelf"} | ({"scope"} if query.scope is Scope.OPEN else set()))
        walks = [Walk(counts.shelf_open, (Arm("shelf_open", f"{where} AND t.done = 0", values),), answers)]
    else:
        walks = [Walk(counts.shelf, (Arm("shelf", where, values),), frozenset({"account", "shelf"}))]
    if query.stage:
        arm = Arm(
            "stage", "t.account = ? AND t.shelf = ? AND t.stage = ? AND t.stage <> ''", (account, shelf, query.stage)
        )
        walks.append(Walk(walks[0].rows // 2, (arm,), frozenset({"account", "shelf", "stage"})))
    return walks
