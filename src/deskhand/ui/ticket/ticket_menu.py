"""The "..." menu of a ticket: what is done rarely, and what only some vendors can."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from deskhand.domain.capabilities import Feature
from deskhand.services.tickets import TicketView
from deskhand.ui.kit import icons
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.quiet_tip import name_and_keys


class TicketMenu(QToolButton):
    """The button and its menu, built for the ticket of the moment when it opens.

    Signals:
        dispatch_wanted: id of a router.
    """

    refresh_requested = Signal()
    unread_requested = Signal()
    copy_number_requested = Signal()
    copy_link_requested = Signal()
    copy_deskhand_link_requested = Signal()
    archive_requested = Signal()
    dispatch_requested = Signal(str)

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
        vendor = view.vendor.name
        self._entry(self.tr("Refresh"), "refresh-cw").triggered.connect(self.refresh_requested)
        self._entry(self.tr("Mark as unread"), "mail").triggered.connect(self.unread_requested)
        menu.addSeparator()
        self._entry(self.tr("Copy number"), "copy").triggered.connect(self.copy_number_requested)
        no_link = (
            "" if view.ticket.web_url else self.tr("{vendor} tells no address of its tickets.").format(vendor=vendor)
        )
        self._entry(self.tr("Copy link"), "link", no_link).triggered.connect(self.copy_link_requested)
        own_link = self._entry(
            self.tr("Copy Deskhand link"),
            "users",
            view.why_not_named,
            tip=self.tr("For colleagues: it opens this ticket in their Deskhand."),
        )
        own_link.triggered.connect(self.copy_deskhand_link_requested)
        if view.obstacle(Feature.DISPATCH) is None:
            menu.addSeparator()
            self._add_routers(menu, view)
        if view.obstacle(Feature.ARCHIVE) is None:
            self._entry(self.tr("Archive …"), "archive").triggered.connect(self.archive_requested)
        return menu

    def _add_routers(self, menu: QMenu, view: TicketView) -> None:
        routers = menu.addMenu(icons.icon("route"), self.tr("Dispatch to a router"))
        routers.setEnabled(bool(view.capabilities.routers))
        for identifier, name in view.capabilities.routers:
            routers.addAction(name).triggered.connect(
                lambda _on=False, one=identifier: self.dispatch_requested.emit(one)
            )

    def _entry(self, text: str, icon: str, reason: str = "", tip: str = "") -> QAction:
        action = QAction(icons.icon(icon), text, self._menu)
        action.setEnabled(not reason)
        action.setToolTip(literal_tip(reason) if reason else tip or text)
        self._menu.addAction(action)
        return action
