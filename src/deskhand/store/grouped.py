"""Lists with groups.

Where an index has the order, a group is a part of a list: the same list of one account or one state, or a stretch of a list that is
sorted by what it is grouped by. Every page is then one read along an index, whatever the list's length.

Groups and orders that no index has are found once on the scan thread (`sorted_lists`).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import apsw

from deskhand.domain.day_groups import day_groups
from deskhand.domain.queries import GroupBy, GroupRows, GroupSpan, PageCursor, PageIndex, Sort, TicketQuery
from deskhand.domain.tickets import TicketRow

from .account_info import AccountInfo
from .plans import STANDING, QueryPlan
from .row_keys import ARCHIVED, AWAY_STATES, GONE, SORT_KEY_ID_BITS, STATE_CODES, STATES, WAIT_GROUPS, WAIT_SHIFT_BITS
from .row_reading import LIST_COLUMNS, to_rows
from .sorting import is_sorted_when_asked, plain

STATE_GROUPS: Mapping[int, str] = {
    **{code: state.value for code, state in enumerate(STATES)},
    ARCHIVED: "archived",
    GONE: "gone",
}
"""The effective states in the order of their groups, as `GroupSpan` names them."""

_BY_TIME = (Sort.NEWEST, Sort.OLDEST)


class Part(NamedTuple):
    """A group that is a list by itself."""

    key: str
    plan: QueryPlan


PlanOf = Callable[[TicketQuery, int | None], QueryPlan]
"""Plans a list of one account, or of all."""


def is_indexed(query: TicketQuery) -> bool:
    """Tell whether an index has the order of a list and its groups."""
    if is_sorted_when_asked(query):
        return False
    if query.group_by is GroupBy.NONE:
        return True
    if query.filter is not None or query.sorted_by:
        return False
    match query.group_by:
        case GroupBy.ACCOUNT:
            return True
        case GroupBy.STATE:
            return query.sort in (*_BY_TIME, Sort.PRIORITY)
        case GroupBy.DAY:
            return query.sort in _BY_TIME
        case GroupBy.TURN:
            return query.sort is Sort.WAITING


def parts_of(query: TicketQuery, account: int | None, infos: Mapping[int, AccountInfo], plan_of: PlanOf) -> list[Part]:
    """Return the groups of a list by account or state; groups that cannot hold a ticket are left out."""
    one = plain(query)
    if query.group_by is GroupBy.ACCOUNT:
        numbers = [account] if account is not None else list(infos)
        return [Part(infos[n].id, plan_of(replace(one, account=infos[n].id), n)) for n in sorted(numbers)]
    possible = {STATE_CODES[state] for state in query.scope.states}
    wanted = {STATE_CODES[state] for state in query.states} or {*STATE_GROUPS}
    found = []
    for code, key in STATE_GROUPS.items():
        if code in wanted and (code in possible or key not in STATE_CODES):
            of_state = replace(one, states=(), where=(*one.where, (STANDING, (str(code), str(code + AWAY_STATES)))))
            found.append(Part(key, plan_of(of_state, account)))
    return found


def outline_of_parts(db: apsw.Connection, parts: Sequence[Part], page_size: int) -> PageIndex:
    """Return where each page begins, by skipping along the index of each group; a page may hold rows of several."""
    cursors: list[PageCursor] = [()]
    spans: list[GroupSpan] = []
    total = 0
    for key, plan in parts:
        after: PageCursor = ()
        step, count = page_size - total % page_size, 0
        while True:
            sql, values = plan.keys(after, "LIMIT 1 OFFSET ?")
            row = db.execute(sql, (*values, step - 1)).fetchone()
            if row is None:
                break
            after = tuple(row)
            cursors.append((key, *after))
            count, step = count + step, page_size
        sql, values = plan.keys(after, "LIMIT ?")
        count += int(db.execute(f"SELECT count(*) FROM ({sql})", (*values, step)).get)
        total += count
        if count:
            spans.append(GroupSpan(key, count))
    if total and total % page_size == 0:
        cursors.pop()
    return PageIndex(total, page_size, tuple(cursors) if total else (), tuple(spans))


def page_of_parts(
    db: apsw.Connection,
    parts: Sequence[Part],
    after: PageCursor,
    size: int,
    infos: Mapping[int, AccountInfo],
    folded: Collection[str] = (),
) -> list[GroupRows]:
    """Return the rows behind a page cursor, in their groups.

    Args:
        folded: groups of which no more than one row is wanted, and none counts for `size`.
    """
    first = 0 if not after else next((n for n, part in enumerate(parts) if part.key == after[0]), len(parts))
    found: list[GroupRows] = []
    for number, (key, plan) in enumerate(parts[first:]):
        if size <= 0:
            break
        sql, values = plan.rows(LIST_COLUMNS, after[1:] if number == 0 else (), "LIMIT ?")
        rows = to_rows(db.execute(sql, (*values, 1 if key in folded else size)), infos)
        if rows:
            found.append(GroupRows(key, rows))
            size -= 0 if key in folded else len(rows)
    return found


def position_of_parts(db: apsw.Connection, parts: Sequence[Part], row_id: int) -> int | None:
    """Return the row number of a ticket, counted over all groups."""
    before = 0
    for _, plan in parts:
        cursor = db.execute(*plan.cursor_of(row_id)).fetchone()
        if cursor is not None:
            return before + int(db.execute(*plan.count_before(tuple(cursor))).get)
        sql, values = plan.keys()
        before += int(db.execute(f"SELECT count(*) FROM ({sql})", values).get)
    return None


def ids_of_parts(db: apsw.Connection, parts: Sequence[Part]) -> Iterator[int]:
    """Yield the ids of all tickets in the list's order."""
    for _, plan in parts:
        sql, values = plan.keys()
        for _key, row_id in db.execute(sql, values):
            yield row_id


class Bounds(NamedTuple):
    """Where the groups of a list begin that is sorted by what it is grouped by, in its order.

    Attributes:
        firsts: for each group but the first the sort key that all rows before it lie in front of.
    """

    keys: Sequence[str]
    firsts: Sequence[int]
    descending: bool

    def group_of(self, sort_key: int) -> str:
        """Return the group of a row."""
        if self.descending:
            return self.keys[bisect_left([-first for first in self.firsts], -sort_key + 1)]
        return self.keys[bisect_left(self.firsts, sort_key + 1)]


def bounds_of(db: apsw.Connection, query: TicketQuery, now: datetime) -> Bounds:
    """Return the bounds of the groups by day or turn."""
    if query.group_by is GroupBy.TURN:
        codes = sorted(WAIT_GROUPS)
        return Bounds([WAIT_GROUPS[code] for code in codes], [code << WAIT_SHIFT_BITS for code in codes[1:]], False)
    first = db.execute(
        "SELECT at FROM tickets INDEXED BY all_at WHERE at >= ? ORDER BY at LIMIT 1", (1 << SORT_KEY_ID_BITS,)
    ).get
    days = day_groups(now, int(first or 0) >> SORT_KEY_ID_BITS)
    if query.sort is Sort.OLDEST:
        days.reverse()
        return Bounds([day.key for day in days], [day.begins << SORT_KEY_ID_BITS for day in days[1:]], False)
    # A descending list leaves a day at the last key before its first millisecond.
    return Bounds([day.key for day in days], [(day.begins << SORT_KEY_ID_BITS) - 1 for day in days[:-1]], True)


def spans_of(db: apsw.Connection, plan: QueryPlan, index: PageIndex, bounds: Bounds) -> tuple[GroupSpan, ...]:
    """Count the rows of each group: the pages that a bound lies between are known, and only that page is looked at."""
    sign = -1 if bounds.descending else 1
    begins: list[int] = [sign * int(cursor[0]) for cursor in index.page_cursors[1:]]
    places = []
    for first in bounds.firsts:
        number = bisect_left(begins, sign * first)
        if number >= len(index.page_cursors):
            number = len(index.page_cursors) - 1
        sql, values = plan.keys(index.page_cursors[number] if number >= 0 else (), "LIMIT ?")
        keys: list[Any] = [sign * int(row[0]) for row in db.execute(sql, (*values, index.page_size))]
        places.append(min(index.count, max(number, 0) * index.page_size + bisect_left(keys, sign * first)))
    edges = [0, *places, index.count]
    return tuple(
        GroupSpan(key, end - begin)
        for key, begin, end in zip(bounds.keys, edges, edges[1:], strict=False)
        if end > begin
    )


def in_groups(rows: Sequence[TicketRow], keys: Sequence[int], bounds: Bounds) -> list[GroupRows]:
    """Return the first rows of a list in their groups."""
    found: list[GroupRows] = []
    for row, sort_key in zip(rows, keys, strict=True):
        key = bounds.group_of(sort_key)
        if not found or found[-1].key != key:
            found.append(GroupRows(key, []))
        found[-1].rows.append(row)  # type: ignore[attr-defined]
    return found
