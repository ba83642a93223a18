"""Drives a window with one ticket."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from deskhand.domain.changes import ChangeSet
from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.ids import TicketKey
from deskhand.services.tickets import TicketView
from deskhand.services.window_place import OwnWindow
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.tab_actions import CLOSE_TAB, OPEN_IN_TAB
from deskhand.ui.kit.menu import Menu
from deskhand.ui.later.presenter import LaterPresenter
from deskhand.ui.linked.presenter import LinkedPresenter
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.tabs.tab_bar import TabBar, TabFace
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand.ui.ticket.ticket_pane import TicketPane
from deskhand.ui.ticket.web_page import WebPagePresenter
from deskhand.ui.ticket_parts import TicketParts
from deskhand.ui.ticket_windows.desk_actions import DeskActions
from deskhand.ui.ticket_windows.ticket_window import TicketWindow

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


class TicketDesk(QObject):
    """One ticket in a window of its own.

    Attributes:
        key: the ticket; another id of it once its vendor has named it.

    Signals:
        closing: the window is to be closed.
        tab_requested: the ticket is to go back into a tab of the main window.
        open_requested: another ticket (TicketKey) is to be shown.
        dropped: its tab was dropped at a point on the screen, outside of its bar.
        changed_by_hand: the window or what is read in it is at another place.
    """

    closing = Signal()
    tab_requested = Signal()
    open_requested = Signal(object)
    dropped = Signal(QPoint)
    changed_by_hand = Signal()

    window: TicketWindow
    pane: TicketPane
    ticket: TicketPresenter
    later: LaterPresenter
    linked: LinkedPresenter
    web_page: WebPagePresenter
    actions: DeskActions

    def __init__(self, place: OwnWindow, shell: "Shell", number: int) -> None:
        self.window = TicketWindow()
        super().__init__(self.window)
        self.key = place.key
        self._place = place
        self._shell = shell
        self._services = services = shell.services
        self.scope = shell.scope.child(f"ticket window {number}")
        self.status = StatusLine(self.window)
        self.status.hide()
        self.status.strip.lie_in(self.window)
        self._parts = parts = TicketParts(self.status, shell.boxes, services, self.scope, self.window)
        self.pane, self.ticket, self.later, self.linked = parts.pane, parts.ticket, parts.later, parts.linked
        self.web_page = parts.web_page
        self.bar = TabBar(is_lone=True)
        self.pane.place_tabs(self.bar)
        self.window.place_ticket(self.pane)
        self.actions = DeskActions(self, shell)
        self._title = ""
        self._connect()
        self._show_face()

    def _connect(self) -> None:
        ticket, window, bar = self.ticket, self.window, self.bar
        for menu in (self.pane.header.menu, self.pane.card.menu):
            menu.meant = lambda view: Selection(view, own=self)
        ticket.undo.about = lambda: self.key
        ticket.compose.go_on = lambda: GoOn.STAY
        ticket.compose.came_back.connect(self._come_up)
        ticket.done.connect(self._done)
        ticket.shown.connect(self._shown)
        ticket.settled.connect(self._settled)
        ticket.open_requested.connect(self._open)
        self.linked.open_requested.connect(self.open_requested)
        window.closing.connect(self.closing)
        window.laid_out.connect(self.changed_by_hand)
        self.pane.conversation.verticalScrollBar().valueChanged.connect(self.changed_by_hand)
        bar.close_requested.connect(lambda _place: self.closing.emit())
        bar.torn_off.connect(lambda _place, point: self.dropped.emit(point))
        bar.menu_requested.connect(lambda _place, point: self._open_menu(point))

    # --- its life ---

    def open(self, at: QPoint | None = None) -> None:
        """Show the window: where a tab was dropped, else where it stood, with its ticket as soon as that is read."""
        if at is not None:
            self.window.place_at(at)
        elif self._place.geometry:
            self.window.restore(self._place.geometry)
            self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the keyboard is in the main window
        self.window.show()
        self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
        self.ticket.open(self.key)

    def end(self) -> None:
        """Hand over what is typed, in this step, and go; what was begun is still done."""
        self.actions.end()
        self.ticket.end()
        self.window.hide()
        self._shell.scope.start(self._let_go(), name="ticket window")

    async def _let_go(self) -> None:
        try:
            await self.scope.finish()
        finally:
            self.window.deleteLater()

    def close(self) -> None:
        """Close the window, as its button does."""
        self.closing.emit()

    def to_tab(self) -> None:
        """Take the ticket back into a tab of the main window."""
        self.tab_requested.emit()

    def place(self) -> OwnWindow:
        """Return where the window stands, and what is read in it."""
        shown = self.pane.conversation.shown
        reading = self._place
        if shown is not None and shown.key == self.key and not self.ticket.is_opening:
            message, offset = self.pane.conversation.reading_place or ("", 0)
            reading = replace(reading, message=message, offset=offset)
        return replace(reading, key=self.key, geometry=self.window.place_text())

    # --- what happens ---

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched."""
        self._parts.changed(changes)
        if self.key in changes.tickets or changes.drafts or changes.bulk or changes.accounts:
            self._show_face()

    def _open(self, key: TicketKey) -> None:
        if self.ticket.is_following:
            self.key = key
            self.ticket.open(key)
        else:
            self.open_requested.emit(key)

    def _settled(self) -> None:
        if self.ticket.current() is None:
            self.closing.emit()  # there is no such ticket any more
            return
        if self._place.message:
            self.pane.conversation.read_on_at(self._place.message, self._place.offset)
        self._place = replace(self._place, message="", offset=0)

    def _shown(self, view: TicketView) -> None:
        title = self.tr("{subject} · {account} · Deskhand")
        subject = view.ticket.subject or self.tr("No subject")
        self.window.set_title(title.replace("{account}", view.account.label).replace("{subject}", subject))
        self._title = subject
        self._show_face()

    def _show_face(self) -> None:
        account = self._services.accounts.get(self.key.account)
        row = next(iter(self._services.lists.rows([self.key])), None)
        title = self._title or (row.subject if row is not None else "") or self.tr("Ticket")
        self.bar.set_tabs(
            [
                TabFace(
                    title,
                    account.shown_mark if account is not None else None,
                    account.label if account is not None else "",
                    unread=row is not None and row.unread,
                    has_draft=row is not None and row.has_draft,
                )
            ],
            0,
        )

    def _come_up(self) -> None:
        if not self.window.isActiveWindow():
            self.window.come_up()

    def _done(self, _key: TicketKey, _done: Done, once: GoOn | None) -> None:
        """The ticket stays: there is no next one here. Who asked to go back to the list goes there."""
        if once is GoOn.BACK:
            self.closing.emit()

    def _open_menu(self, point: QPoint) -> None:
        menu = Menu(self.bar)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        meant = self.actions.selection()
        fill_menu(menu, (OPEN_IN_TAB, CLOSE_TAB), meant, lambda chosen: chosen.run(meant), with_icons=False)
        menu.popup(point)
