"""Rows and sources for tests of the list."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import GroupRows, PageCursor, PageIndex
from deskhand.domain.tickets import Priority, State, TicketRow, Turn

NOW = datetime(2026, 11, 19, 12, 30, tzinfo=UTC)
ACCOUNT = AccountId("nx")


def now() -> datetime:
    return NOW


def key(number: int) -> TicketKey:
    return TicketKey(ACCOUNT, str(number))


def row(number: int, subject: str = "", **values: Any) -> TicketRow:
    given: dict[str, Any] = {
        "key": key(number),
        "number": f"T-{number}",
        "subject": subject or f"Ticket {number}",
        "who": "Casey Customer",
        "state": State.OPEN,
        "vendor_state": "Open",
        "priority": Priority.NONE,
        "vendor_priority": "",
        "group": "Webshop",
        "snippet": "",
        "updated_at": NOW - timedelta(minutes=2),
        "due_at": None,
        "unread": False,
        "turn": Turn.UNKNOWN,
        "waiting_since": None,
        "answered": False,
        "has_files": False,
        "has_draft": False,
        "sentiment": "",
        "tags": (),
        "pending": (),
        "needs_agent": False,
    }
    return TicketRow(**{**given, **values})


class Source:
    """A list that can change, as the store's does."""

    def __init__(self, rows: Sequence[TicketRow], size: int = 128) -> None:
        self.rows = list(rows)
        self.size = size
        self.reads = 0
        self.gone: dict[TicketKey, TicketRow] = {}
        """Tickets that the list does not hold any more, as they are now."""

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        return [GroupRows("", self.rows[: self.size])]

    def page(self, after: PageCursor) -> Sequence[TicketRow]:
        self.reads += 1
        first = int(after[0]) if after else 0
        return self.rows[first : first + self.size]

    def reread(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        known = {**self.gone, **{one.key: one for one in self.rows}}
        return [known[key] for key in keys if key in known]

    def outline(self) -> PageIndex:
        return PageIndex(len(self.rows), self.size, [(), *((i,) for i in range(self.size, len(self.rows), self.size))])


class Endless:
    """A list of any length whose rows are made when they are read; `shift` new tickets came on top."""

    def __init__(self, count: int, shift: int = 0, size: int = 128) -> None:
        self.count = count
        self.shift = shift
        self.size = size
        self.reads = 0

    def _row(self, index: int) -> TicketRow:
        return row(index - self.shift if index >= self.shift else self.count + index)

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        return [GroupRows("", [self._row(i) for i in range(min(self.size, self.count))])]

    def page(self, after: PageCursor) -> Sequence[TicketRow]:
        self.reads += 1
        first = int(after[0]) if after else 0
        return [self._row(i) for i in range(first, min(first + self.size, self.count))]

    def reread(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        return [row(int(key.remote)) for key in keys]

    def outline(self) -> PageIndex:
        return PageIndex(self.count, self.size, [(), *((i,) for i in range(self.size, self.count, self.size))])
