"""Counts that are kept, never counted at display: every row that comes, changes or goes adds a difference to its transaction.

What is counted, and under which names, is said in the table of the columns (`rows.Row`). `counts` has one line per account and name (the
smart views, `unread`, `state:<standing>`), `groups` the open tickets per group and
stage, `words` the distinct values seen in server state. Equal rows of a transaction are added up first, so that a page of thousands
costs a few statements.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

import apsw

from deskhand.domain.queries import Scope
from deskhand.domain.tickets import Ticket

from .rows import COLUMNS, COUNTED, Row

CountKey = tuple[int, *tuple[int | str, ...]]
"""The account of a row, then the values of its counted columns, in their order."""

GroupKey = tuple[int, str, str, str]
DistinctValue = tuple[int, str, str, str]

count_key: Callable[[Row], CountKey] = itemgetter(COLUMNS.index("account"), *(n for n, _ in COUNTED))
"""Return what decides where a row is counted."""

_KEY_SQL = ", ".join(("account", *(COLUMNS[n] for n, _ in COUNTED)))


def count_names(key: CountKey) -> Iterator[str]:
    """Return the names that rows with this key are counted under."""
    yield Scope.ALL.value
    for (_, column), value in zip(COUNTED, key[1:], strict=True):
        yield from column.count_names(value)


def distinct_values(n: int, ticket: Ticket) -> Iterator[DistinctValue]:
    """Return the distinct values of a ticket's server state."""
    if ticket.state_id or ticket.vendor_state:
        yield n, "state", ticket.state_id, ticket.vendor_state
    if ticket.priority_id or ticket.vendor_priority:
        yield n, "priority", ticket.priority_id, ticket.vendor_priority
    if ticket.stage:
        yield n, "stage", ticket.stage, ticket.stage
    if ticket.assignee is not None and ticket.assignee.shown:
        yield n, "assignee", ticket.assignee.id or ticket.assignee.email, ticket.assignee.shown
    for tag in ticket.tags:
        yield n, "tag", tag, tag


class CountDeltas:
    """The differences that one transaction makes."""

    def __init__(self) -> None:
        self._rows: Counter[CountKey] = Counter()
        self._groups: Counter[GroupKey] = Counter()
        self._values: Counter[DistinctValue] = Counter()

    def add_row(self, row: Row, sign: int) -> None:
        """Count a row in (+1) or out (-1)."""
        self._rows[count_key(row)] += sign
        if row.group and not row.done:
            self._groups[(row.account, row.group, row.stage, row.group_name)] += sign

    def add_values(self, values: Iterable[DistinctValue], sign: int) -> None:
        """Count values in or out."""
        for value in values:
            self._values[value] += sign

    def flush(self, db: apsw.Connection) -> None:
        """Add the differences to the tables, inside the transaction."""
        counts: Counter[tuple[int, str]] = Counter()
        for trait, n in self._rows.items():
            if n:
                for name in count_names(trait):
                    counts[(trait[0], name)] += n
        db.executemany(
            "INSERT INTO counts(account, name, n) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((account, name, n) for (account, name), n in counts.items() if n),
        )
        db.executemany(
            "INSERT INTO shelves(account, shelf, stage, name, n) VALUES(?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n, name = iif(excluded.n > 0, excluded.name, name)",
            ((*group_key, n) for group_key, n in self._groups.items() if n),
        )
        db.executemany(
            "INSERT INTO words(account, kind, id, word, n) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((*value, n) for value, n in self._values.items() if n),
        )
        self._rows.clear()
        self._groups.clear()
        self._values.clear()


def recount(db: apsw.Connection, account: int) -> None:
    """Count an account's views anew after a statement that changed many rows at once (another "me")."""
    db.execute("DELETE FROM counts WHERE account = ?", (account,))
    totals: Counter[str] = Counter()
    rows = db.execute(f"SELECT {_KEY_SQL}, count(*) FROM tickets WHERE account = ? GROUP BY {_KEY_SQL}", (account,))
    for *trait, n in rows:
        for name in count_names(tuple(trait)):
            totals[name] += n
    db.executemany(
        "INSERT INTO counts(account, name, n) VALUES(?, ?, ?)", ((account, name, n) for name, n in totals.items())
    )
