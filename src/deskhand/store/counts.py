"""Counts that are kept, never counted at display: every row that comes, changes or goes adds a difference to its transaction.

`counts` has one line per account and name (the smart views, `unread`, `state:<standing>`), `groups` the open tickets per group and
stage, `words` the distinct words seen in server state. Equal rows of a transaction are added up first, so that a page of thousands
costs a few statements.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import apsw

from deskhand.domain.queries import Scope
from deskhand.domain.tickets import State, Ticket

from .rows import STATE_CODES, Row

UNREAD = "unread"
_WAITING = (STATE_CODES[State.PENDING], STATE_CODES[State.ON_HOLD])
_SNOOZED = STATE_CODES[State.SNOOZED]

CountKey = tuple[int, int, int, int, int, int, int, int, int]
GroupKey = tuple[int, str, str, str]
DistinctValue = tuple[int, str, str, str]


def state_count_name(effective_state: int) -> str:
    """Return the name under which tickets of a standing are counted."""
    return f"state:{effective_state}"


def priority_count_name(code: int) -> str:
    """Return the name under which tickets of a priority are counted."""
    return f"priority:{code}"


def count_names(key: CountKey) -> Iterator[str]:
    """Return the names that a row with these traits counts under."""
    _, standing, done, mine, unassigned, has_draft, pending, unread, priority = key
    yield Scope.ALL.value
    yield Scope.DONE.value if done else Scope.OPEN.value
    yield state_count_name(standing)
    yield priority_count_name(priority)
    if mine:
        yield Scope.MINE_OPEN.value
    if unassigned:
        yield Scope.UNASSIGNED.value
    if standing in _WAITING:
        yield Scope.WAITING.value
    if standing == _SNOOZED:
        yield Scope.SNOOZED.value
    if has_draft:
        yield Scope.DRAFTS.value
    if pending:
        yield Scope.OUTBOX.value
    if unread:
        yield UNREAD


def _count_key(row: Row) -> CountKey:
    return (
        row.account, row.standing, row.done, row.mine, row.unassigned, row.has_draft, int(row.pending != ""), row.unread, row.priority,
    )  # fmt: skip


def distinct_values(n: int, ticket: Ticket) -> Iterator[DistinctValue]:
    """Return the distinct words of a ticket's server state."""
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
        self._rows[_count_key(row)] += sign
        if row.shelf and not row.done:
            self._groups[(row.account, row.shelf, row.stage, row.shelf_name)] += sign

    def add_values(self, values: Iterable[DistinctValue], sign: int) -> None:
        """Count words in or out."""
        for word in values:
            self._values[word] += sign

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
            ((*word, n) for word, n in self._values.items() if n),
        )
        self._rows.clear()
        self._groups.clear()
        self._values.clear()


def recount(db: apsw.Connection, account: int) -> None:
    """Count an account's views anew after a statement that changed many rows at once (another "me")."""
    db.execute("DELETE FROM counts WHERE account = ?", (account,))
    totals: Counter[str] = Counter()
    rows = db.execute(
        "SELECT account, standing, done, mine, unassigned, has_draft, pending <> '', unread, priority, count(*) FROM tickets"
        " WHERE account = ? GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9",
        (account,),
    )
    for *trait, n in rows:
        for name in count_names(tuple(trait)):
            totals[name] += n
    db.executemany(
        "INSERT INTO counts(account, name, n) VALUES(?, ?, ?)", ((account, name, n) for name, n in totals.items())
    )
