"""The "..." menu of a ticket: what is done rarely, and what only some vendors can."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from deskhand.services.tickets import TicketView
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_actions import TICKET_MENU
from deskhand.ui.kit import icons
from deskhand.ui.kit.quiet_tip import name_and_keys


class TicketMenu(QToolButton):
    """The button and its menu, built for the ticket of the moment when it opens.

    Signals:
        chosen: with the `Action`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: TicketView | None = None
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setIcon(icons.icon("ellipsis"))
        self.setIconSize(QSize(16, 16))
        self.setStyleSheet("QToolButton { border: 1px solid palette(mid); padding: 2px 6px; }")
        name_and_keys(self, self.tr("More actions"), "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._open)

    def set_view(self, view: TicketView) -> None:
        """Say which ticket it is about."""
        self._view = view

    def close_menu(self) -> None:
        """Close the menu: another ticket is shown."""
        self._menu.close()

    def _open(self) -> None:
        menu = self.fill()
        corner = self.mapToGlobal(self.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def fill(self) -> QMenu:
        """Build the menu for the ticket that is shown, and return it."""
        menu, view = self._menu, self._view
        menu.clear()
        if view is None:
            return menu
        fill_menu(menu, TICKET_MENU, Selection(view), self.chosen.emit)
        return menu
