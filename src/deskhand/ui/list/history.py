"""Where the agent has been: a list and the ticket that was open in it, for the way back and forth."""

from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import TicketQuery

MOST = 200
"""Places that are remembered: more than anybody goes back."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A list, and the ticket that is open; None where none is.

    Attributes:
        typed: what was typed for the list, where it is a search.
    """

    query: TicketQuery
    key: TicketKey | None = None
    typed: str | None = None


class History:
    """The places in order, and which of them is the present one.

    A place without a ticket is only on the way to one, and so is another list with the same ticket: the next place takes its place.
    A search stays, until it is only typed on.
    """

    def __init__(self, entry: HistoryEntry) -> None:
        self._entries = [entry]
        self._position = 0

    def visit(self, entry: HistoryEntry) -> None:
        """Be somewhere else, by another way than back or forward: what lay ahead is forgotten."""
        present = self._entries[self._position]
        if entry == present:
            return
        entries = self._entries[: self._position + 1]
        is_left = present.typed is None or entry.typed is not None
        if is_left and (present.key is None or present.key == entry.key):
            entries.pop()
        self._entries = [*entries, entry][-MOST:]
        self._position = len(self._entries) - 1

    def peek(self, by: int) -> HistoryEntry | None:
        """Return the place so far back (-1) or ahead (1), without going there; None where there is none."""
        return self._entries[self._position + by] if self.can_go(by) else None

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """The places, the oldest first."""
        return tuple(self._entries)

    def can_go(self, by: int) -> bool:
        """Tell whether there is a place so far back (-1) or ahead (1)."""
        return 0 <= self._position + by < len(self._entries)

    def go(self, by: int) -> HistoryEntry | None:
        """Go back (-1) or ahead (1), and return the place; None where there is none."""
        if not self.can_go(by):
            return None
        self._position += by
        return self._entries[self._position]
