"""Which tickets have a tab, in which order, which one is in front, and what was closed: no widgets."""

from collections.abc import Callable, Sequence
from dataclasses import field

from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.services.views import FIRST
from deskhand.ui.list.history import History, HistoryEntry

MOST_CLOSED = 30
"""Closed tabs that can be opened again."""

LIST = 0
"""Place of the first tab: it shows the list's ticket, and is always there."""


@dataclass(slots=True, eq=False)
class Tab:
    """A ticket that is open.

    Attributes:
        key: the ticket; None only in the first tab, while the list shows none.
        history: what was open in this tab, for the way back and forth.
        reading: what its conversation is scrolled to and how far that is scrolled in; None = its usual place.
    """

    key: TicketKey | None
    history: History = field(default_factory=lambda: History(HistoryEntry(FIRST)))
    reading: tuple[str, int] | None = None


class Tabs:
    """The tabs of a window; the first is the list's.

    Attributes:
        at: place of the one in front.
    """

    def __init__(self, first: Tab) -> None:
        self._all = [first]
        self._closed: list[tuple[int, Tab]] = []
        self.at = LIST

    @property
    def all(self) -> Sequence[Tab]:
        """All of them, the list's first."""
        return self._all

    @property
    def front(self) -> Tab:
        """The one in front."""
        return self._all[self.at]

    @property
    def own(self) -> tuple[TicketKey, ...]:
        """The tickets that have a tab of their own, in order."""
        return tuple(one.key for one in self._all[1:] if one.key is not None)

    def place_of(self, key: TicketKey | None) -> int | None:
        """Return where a ticket has a tab of its own; None where it has none."""
        return next((at for at, one in enumerate(self._all) if at != LIST and one.key == key and key is not None), None)

    def open(self, key: TicketKey) -> int:
        """Give a ticket a tab of its own, unless it has one: the last, or beside the one in front if that is no list's; return its place."""
        if (known := self.place_of(key)) is not None:
            return known
        at = len(self._all) if self.at == LIST else self.at + 1
        tab = Tab(key)
        tab.history.visit(HistoryEntry(FIRST, key))
        self._insert(at, tab)
        return at

    def restore(self, tabs: Sequence[Tab], at: int) -> None:
        """Have these tabs, the list's first, and that one in front."""
        if tabs:
            first = self._all[LIST]
            first.key, first.reading = tabs[LIST].key, tabs[LIST].reading
            self._all = [first, *tabs[1:]]
            self.at = at

    def close(self, at: int) -> Tab:
        """Take a tab away; the one behind it is in front then, or the one before it. Raises IndexError for the list's."""
        if at == LIST:
            raise IndexError("the list's tab stays")
        gone = self._all.pop(at)
        self._closed = [*self._closed, (at, gone)][-MOST_CLOSED:]
        if self.at > at or self.at == len(self._all):
            self.at -= 1
        return gone

    def reopen(self, is_elsewhere: Callable[[TicketKey], bool]) -> int | None:
        """Open the tab again that was closed last where it was; return its place, None where none was closed.

        Args:
            is_elsewhere: tells whether a ticket is open in another way meanwhile: it gets no second tab.
        """
        while self._closed:
            at, tab = self._closed.pop()
            if tab.key is not None and self.place_of(tab.key) is None and not is_elsewhere(tab.key):
                self._insert(min(at, len(self._all)), tab)
                return min(at, len(self._all) - 1)
        return None

    def move(self, at: int, to: int) -> None:
        """Put a tab at another place. The list's stays the first."""
        if LIST in {at, to}:
            return
        front = self.front
        self._all.insert(to, self._all.pop(at))
        self.at = self._all.index(front)

    def step(self, by: int) -> int:
        """Return the place of the next (1) or the previous (-1) tab; behind the last comes the first."""
        return (self.at + by) % len(self._all)

    def forget(self, gone: Callable[[TicketKey], bool]) -> bool:
        """Take away the tabs of tickets that there are no more; tell whether the one in front was among them."""
        front = self.front
        self._all = [one for at, one in enumerate(self._all) if at == LIST or one.key is None or not gone(one.key)]
        self._closed = [(at, one) for at, one in self._closed if one.key is not None and not gone(one.key)]
        lost = front not in self._all
        self.at = LIST if lost else self._all.index(front)
        return lost

    def _insert(self, at: int, tab: Tab) -> None:
        self._all.insert(at, tab)
        if self.at >= at:
            self.at += 1
