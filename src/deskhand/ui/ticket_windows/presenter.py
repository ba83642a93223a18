"""Which tickets have a window of their own. A ticket is open in one place only: who opens it again goes to its window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.services.window_place import OwnWindow
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand.ui.ticket_windows.ticket_desk import TicketDesk
from deskhand.ui.ticket_windows.ticket_window import has_pointer

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


class TicketWindows(QObject):
    """Opens, raises and closes them.

    Signals:
        changed_by_hand: there are others, or one is at another place.
    """

    changed_by_hand = Signal()

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._desks: list[TicketDesk] = []
        self._count = 0
        tabs, lists, pane = shell.tabs, shell.lists, shell.parts.pane
        tabs.goes_elsewhere = lists.goes_elsewhere = self.go_to
        tabs.is_elsewhere = self.holds
        tabs.torn_off.connect(self.open)
        tabs.window_requested.connect(self.open)
        lists.opened.connect(self.show_opened)
        lists.tickets.activated.connect(self.go_to)
        pane.conversation.empty.acted.connect(lambda: self.go_to(lists.tickets.current))

    # --- what there is ---

    @property
    def desks(self) -> Sequence[TicketDesk]:
        """Who drives them, in the order in which they were opened."""
        return tuple(self._desks)

    def desk_of(self, key: TicketKey | None) -> TicketDesk | None:
        """Return who drives the window of a ticket; None where it has none."""
        return next((one for one in self._desks if one.key == key), None)

    def holds(self, key: TicketKey | None) -> bool:
        """Tell whether a ticket has a window of its own."""
        return self.desk_of(key) is not None

    @property
    def shown(self) -> tuple[QWidget, ...]:
        """The windows themselves."""
        return tuple(one.window for one in self._desks)

    @property
    def tickets(self) -> tuple[TicketPresenter, ...]:
        """Who drives the open tickets of all windows, that of the main window first."""
        return (self._shell.ticket, *(one.ticket for one in self._desks))

    @property
    def active(self) -> TicketPresenter:
        """Who drives the ticket of the window that is in front; that of the main window where it is none of these."""
        front = QApplication.activeWindow()
        return next((one.ticket for one in self._desks if one.window is front), self._shell.ticket)

    def ticket_of(self, key: TicketKey) -> TicketPresenter:
        """Return who drives a ticket: in its own window, else in the main window."""
        desk = self.desk_of(key)
        return desk.ticket if desk is not None else self._shell.ticket

    # --- opening ---

    def open(self, key: TicketKey | None, at: QPoint | None = None) -> None:
        """Give a ticket a window of its own, or go to the one that it has.

        Args:
            key: the ticket; None = nothing is done.
            at: where its tab was dropped.
        """
        if key is not None and not self.go_to(key):
            self._open(OwnWindow(key), at).window.come_up()

    def restore(self, places: Sequence[OwnWindow]) -> None:
        """Open the windows that were open."""
        for place in places:
            if not self.holds(place.key):
                self._open(place)

    def _open(self, place: OwnWindow, at: QPoint | None = None) -> TicketDesk:
        shell, key = self._shell, place.key
        if key in {shell.ticket.compose.key, shell.lists.tickets.current}:
            shell.ticket.show_elsewhere()  # it gives the text away in this step: two boxes never hold it
        self._count += 1
        desk = TicketDesk(place, shell, self._count)
        self._desks.append(desk)
        shell.tabs.take(key)
        desk.closing.connect(lambda: self.close(desk))
        desk.tab_requested.connect(lambda: self._to_tab(desk))
        desk.dropped.connect(lambda point: self._dropped(desk, point))
        desk.open_requested.connect(self._open_other)
        desk.changed_by_hand.connect(self.changed_by_hand)
        desk.open(at)
        self.changed_by_hand.emit()
        return desk

    def go_to(self, key: TicketKey | None) -> bool:
        """Bring the window of a ticket to the front; tell whether there is one."""
        desk = self.desk_of(key)
        if desk is None:
            return False
        desk.window.come_up()
        return True

    def show_opened(self, key: TicketKey | None) -> None:
        """Show the ticket of the list in the main window; where it is open in its own, say so there."""
        if self.holds(key):
            self._shell.ticket.show_elsewhere()
        else:
            self._shell.ticket.open(key)

    def _open_other(self, key: TicketKey) -> None:
        """Show a ticket that one of the windows leads to."""
        if not self.go_to(key):
            self._shell.raise_window()
            self._shell.lists.open(key)

    # --- closing ---

    def close(self, desk: TicketDesk) -> None:
        """Close a window: its ticket is in the list again, with what is typed."""
        if desk not in self._desks:
            return
        shell, was_front = self._shell, desk.window.isActiveWindow()
        self._desks.remove(desk)
        desk.end()
        if desk.key == shell.lists.tickets.current and shell.tabs.tabs.front.key == desk.key:
            shell.ticket.open(desk.key)
        if was_front and shell.window.isVisible():
            shell.window.activateWindow()
        self.changed_by_hand.emit()

    def _to_tab(self, desk: TicketDesk) -> None:
        self.close(desk)
        self._shell.tabs.open_in_tab(desk.key)
        self._shell.raise_window()

    def _dropped(self, desk: TicketDesk, point: QPoint) -> None:
        """A tab that is dropped on the main window is one of its tabs again; elsewhere it takes its window along."""
        if has_pointer(self._shell.window, point) and not has_pointer(desk.window, point):
            self._to_tab(desk)
        elif not has_pointer(desk.window, point):
            desk.window.place_at(point)

    # --- all of them ---

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched."""
        for desk in self.desks:
            desk.changed(changes)

    def places(self) -> tuple[OwnWindow, ...]:
        """Return where they stand, for `restore`."""
        return tuple(desk.place() for desk in self._desks)

    async def save(self) -> Sequence[object]:
        """Put what is typed in them on disk; return what is not there."""
        return [lost for desk in self.desks for lost in await desk.ticket.save()]

    async def aclose(self) -> None:
        """Keep what is typed, and let go."""
        await self.save()
        ended, self._desks = self.desks, []
        for desk in ended:
            desk.end()
            await desk.scope.aclose()
