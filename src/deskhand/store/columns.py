"""What is said of a column of the list in `rows.Row`: how it is stored, shown, counted, filtered and sorted by."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass

SqlValue = int | str

TIME, PRIORITY = "at", "urgent"
"""The columns that every view is sorted by."""
WAIT = "wait"
"""The column of `Sort.WAITING`: in its own indexes the rows of a turn stand together, and those that are done behind all others."""

RETURN_TIME = "return_at"
"""The column that Later is sorted by."""


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows that have certain values in a column: counted under a name, and listed along indexes of their own.

    Attributes:
        name: of a view (`Scope`), or of the filter that lists them.
        values: what the column has in them; None = any text but the empty one.
        index: the name of the indexes that list them, without the sort column behind it and without `account_` before it.
        sorts: the columns that they have an index for.
        has_account_index: there are indexes for a single account too, named with `account_`.
        states: the effective states that make out the same rows: merged where no index lists them.
        is_open: none of them is done.
        waits: where exactly these rows stand in the indexes of `WAIT`, the first and the last key; empty where others stand between them.
    """

    name: str
    values: tuple[int, ...] | None = (1,)
    index: str = ""
    sorts: tuple[str, ...] = (TIME, PRIORITY)
    has_account_index: bool = True
    states: tuple[int, ...] = ()
    is_open: bool = False
    waits: tuple[int, ...] = ()

    def holds(self, value: SqlValue) -> bool:
        """Tell whether a row with this value in the column is one of them."""
        return value != "" if self.values is None else value in self.values

    def condition(self, sql: str) -> str:
        """Return the same as SQL, as the indexes have it."""
        if self.values is None:
            return f"t.{sql} <> ''"
        if len(self.values) == 1:
            return f"t.{sql} = {self.values[0]}"
        return f"t.{sql} IN ({', '.join(map(str, self.values))})"


@dataclass(frozen=True, slots=True)
class Column:
    """How a field of `Row` is stored and shown.

    Attributes:
        sql: its name in the table, where that is another one than the field's.
        shown_as: the field of `TicketRow` that shows it; empty where the list does not.
        read: makes that field's value of the stored one; None = it is the same.
        searched: its words are in the index.
        sets: rows that are counted and listed by it.
        counted_each: before the name under which the rows of each of its values are counted; empty where they are not.
        filtered_by: the filter that asks for its values: a field of `TicketQuery`, or a name in its `where`; empty where none does.
        code: makes the stored value of the one that is asked for; None = it is the same.
        sorts: the orders that it gives (`Sort`, or the name in `TicketQuery.sorted_by`), and whether each is descending.
        is_fact: it stands in the index that filters are checked along.
        sorts_sets_only: those orders are only for the row sets that have an index for this column.
    """

    sql: str = ""
    shown_as: str = ""
    read: Callable[[Any], object] | None = None
    searched: bool = False
    sets: tuple[RowSet, ...] = ()
    counted_each: str = ""
    filtered_by: str = ""
    code: Callable[[Any], SqlValue] | None = None
    sorts: Mapping[str, bool] = field(default_factory=dict)
    is_fact: bool = False
    sorts_sets_only: bool = False

    def count_names(self, value: SqlValue) -> list[str]:
        """Return the names under which a row with this value is counted."""
        names = [rows.name for rows in self.sets if rows.holds(value)]
        return [*names, f"{self.counted_each}:{value}"] if self.counted_each else names


def indexes(sql: str, column: Column) -> list[str]:
    """Return the SQL that makes the indexes which a column's rows are listed along."""
    found = []
    for rows in column.sets:
        for sort in rows.sorts if rows.index else ():
            where = rows.condition(sql).replace("t.", "", 1)
            found.append(f"CREATE INDEX {rows.index}_{sort} ON tickets({sort}) WHERE {where}")
            if rows.has_account_index:
                found.append(f"CREATE INDEX account_{rows.index}_{sort} ON tickets(account, {sort}) WHERE {where}")
    if column.sorts and not column.sorts_sets_only:
        found += [f"CREATE INDEX all_{sql} ON tickets({sql})", f"CREATE INDEX account_{sql} ON tickets(account, {sql})"]
    return found
