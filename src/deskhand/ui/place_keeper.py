"""Keeps where the agent is in the window, a moment after each change of it, and leads back there when the window opens again."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.services.services import Services
from deskhand.services.views import FIRST
from deskhand.services.window_place import KEY, OpenTab, WindowPlace, read, written
from deskhand.sync.tasks import TaskScope
from deskhand.ui.list.history import HistoryEntry
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.tabs.tabs import LIST, Tab

if TYPE_CHECKING:
    from deskhand.ui.tabs.presenter import TabsPresenter
    from deskhand.ui.ticket_windows.presenter import TicketWindows

KEEP_AFTER_MS = 600
"""So long after the last change it is on its way to the disk: a kill loses no more than that."""


_HEADS = 12
"""Heads of folded groups that are passed over to find the first ticket on screen."""


class PlaceKeeper(QObject):
    """Remembers list, filters, search, scroll position and open tickets of the window; and the places of its panes by `keep_layout`.

    Args:
        keep_layout: puts the places of the panes on disk.
    """

    def __init__(
        self,
        lists: ListPresenter,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        keep_layout: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(lists)
        self._lists = lists
        self._status = status
        self._services = services
        self._scope = scope
        self._keep_layout = keep_layout
        self._stored = services.settings.text(KEY)
        self._place = read(self._stored)
        self._is_list_gone = False
        self._tabs: TabsPresenter | None = None
        self._windows: TicketWindows | None = None
        self._timer = QTimer(self, interval=KEEP_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)

    # --- leading back ---

    def show_list(self) -> None:
        """Show the list that was shown, before the first paint; the usual one where its account or view is gone."""
        place = self._place
        gone = place.query.account is not None and self._services.accounts.get(place.query.account) is None
        if gone or (place.query.view and self._services.views.get(place.query.view) is None):
            self._is_list_gone = True
            self._place = place = replace(place, query=FIRST, typed=None, top=None)
        if place.typed is not None:
            self._lists.find(place.query, place.typed)
        else:
            self._lists.show(place.query)

    def open_tickets(self, tabs: "TabsPresenter", windows: "TicketWindows") -> None:
        """Open the tickets that were open, behind the first paint: those in tabs as records, the one in front alone is read.

        What is gone is said here, where it can be seen.
        """
        self._tabs, self._windows = tabs, windows
        place = self._place
        keys = [one.key for one in place.tabs if one.key is not None] + [one.key for one in place.windows]
        known = {row.key for row in self._services.lists.rows(keys)}
        windows.restore([one for one in place.windows if one.key in known])
        first, *others = place.tabs
        left = [first if first.key in known else OpenTab(None), *(one for one in others if one.key in known)]
        front = place.tabs[place.at]
        tabs.restore([self._tab(one) for one in left], left.index(front) if front in left else LIST)
        if self._is_list_gone:
            self._status.show_message(self.tr("The list that was shown is not here any more."))
        elif len(known) < len(set(keys)):
            self._status.show_message(self.tr("A ticket that was open is not here any more."))
        if place.typed is not None and self._lists.typed == place.typed:
            self._lists.search_resumed.emit(place.typed)
        if place.top is not None:
            self._lists.counted.connect(self._scroll_back)
            self._scroll_back(self._lists.count)
        tabs.changed_by_hand.connect(self.changed)
        windows.changed_by_hand.connect(self.changed)
        self._lists.query_changed.connect(self.changed)
        self._lists.tickets.view.verticalScrollBar().valueChanged.connect(self.changed)

    @staticmethod
    def _tab(one: OpenTab) -> Tab:
        tab = Tab(one.key, reading=(one.message, one.offset) if one.message else None)
        tab.history.visit(HistoryEntry(FIRST, one.key))
        return tab

    def _scroll_back(self, count: int | None) -> None:
        """Scroll the list to where it was, unless the agent has gone on since."""
        if count is None:
            return
        self._lists.counted.disconnect(self._scroll_back)
        place = self._place
        if self._lists.query == place.query and not self._lists.tickets.view.verticalScrollBar().value():
            self._scope.replace(self._scroll_to(place), name="scroll back")

    async def _scroll_to(self, place: WindowPlace) -> None:
        at = await self._services.lists.position(place.query, place.top) if place.top is not None else None
        tickets = self._lists.tickets
        row = tickets.model.row_at(at) if at is not None else None
        if row is not None and self._lists.query == place.query:
            tickets.view.settle()
            tickets.view.verticalScrollBar().setValue(row * self._row_height + place.offset)

    @property
    def _row_height(self) -> int:
        return max(1, self._lists.tickets.view.verticalHeader().defaultSectionSize())

    def _top_row(self) -> tuple[TicketKey | None, int]:
        """Return the first ticket on screen and how far its row is scrolled in, less than nothing behind a head; none at the list's top."""
        value, height = self._lists.tickets.view.verticalScrollBar().value(), self._row_height
        at = value // height
        for row in range(at, at + _HEADS) if value else ():
            if (found := self._lists.tickets.model.cached_row(row)) is not None:
                return found.key, value - row * height
        return None, 0

    # --- keeping ---

    def changed(self, *_values: object) -> None:
        """Something may be another one: keep it in a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def place(self) -> WindowPlace:
        """Return where the agent is."""
        assert self._tabs is not None
        assert self._windows is not None
        self._tabs.note_reading()
        tabs = tuple(OpenTab(one.key, *(one.reading or ("", 0))) for one in self._tabs.tabs.all)
        at, windows = self._tabs.tabs.at, self._windows.places()
        return WindowPlace(self._lists.query, self._lists.typed, tabs, at, *self._top_row(), windows)

    def _keep(self) -> None:
        self._scope.replace(self.save(), name="keep the place")

    async def save(self) -> None:
        """Put it on disk. A disk that is full is told of where something typed does not fit on it; this is no such thing."""
        if self._tabs is None:
            return
        now = written(self.place())
        with suppress(DeskProblem):
            if now != self._stored:
                # Noted before it is written: while it is on its way, what stood there before is a change again.
                self._stored = now
                try:
                    await self._services.settings.put(KEY, now)
                except DeskProblem:
                    self._stored = ""
                    raise
            await self._keep_layout()
