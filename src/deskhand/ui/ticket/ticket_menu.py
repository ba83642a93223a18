"""The "..." menu of a ticket: what is done rarely, and what only some vendors can."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskhand.services.tickets import TicketView
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_menus import TICKET_MENU
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.menu import Menu


class TicketMenu(IconButton):
    """The button and its menu, built for the ticket of the moment when it opens.

    Attributes:
        meant: what the menu is about, by the ticket that is shown: a window of its own says that it is one.

    Signals:
        chosen: with the `Action`.
    """

    chosen = Signal(object)

    meant: Callable[[TicketView], Selection]

    def __init__(self, parent: QWidget) -> None:
        super().__init__("ellipsis", _tr("More actions"), parent, side=28, around=5)
        self.meant = Selection
        self._view: TicketView | None = None
        self._menu = Menu(self)
        self._menu.setToolTipsVisible(True)
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
        corner.setX(corner.x() - menu.frame_size.width())
        menu.popup(corner)

    def fill(self) -> Menu:
        """Build the menu for the ticket that is shown, and return it."""
        menu, view = self._menu, self._view
        menu.clear()
        if view is None:
            return menu
        fill_menu(menu, TICKET_MENU, self.meant(view), self.chosen.emit)
        return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketMenu", text)
