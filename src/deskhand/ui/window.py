"""Places panes, and nothing else: four side by side, fewer where there is no room."""

import base64
import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui import panes, placement
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.search.placing import BarPlace
from deskhand.ui.sidebar.rail import WIDTH as RAIL_WIDTH
from deskhand.ui.sidebar.sidebar import Sidebar

if TYPE_CHECKING:
    from deskhand.ui.ticket.ticket_pane import TicketPane

NARROW, RAIL, NARROWER = 1100, 1000, 800
"""Below the first width the customer is a panel over the conversation; up to the second the sidebar is a rail of icons; below the third
list and conversation take turns.
"""

ACCOUNTS_WIDTH, LIST_WIDTH = 236, 400
LOOK_WIDTH = 480
"""Of a ticket that is looked into beside a table."""
_GROWS = 255  # what takes all the room that comes
_START = QSize(1440, 900)
_LEAST = QSize(640, 480)  # smaller only where the screen is


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        closing: the agent wants to end the program; nothing is lost by it.
        laid_out: the window or one of its panes has another place or size.
        stepped_out: one step back from the list, where nothing in the window itself lies before it.
    """

    closing = Signal()
    laid_out = Signal()
    stepped_out = Signal()

    def __init__(self, accounts: AccountsPane, tickets: QWidget, status: StatusLine) -> None:
        super().__init__()
        self.setWindowTitle("Deskhand")
        self.setAccessibleName("Deskhand")
        self.setMinimumSize(placement.fitting(_LEAST, self.screen().availableGeometry()))
        self.sidebar = self._accounts = Sidebar(accounts, status)
        self._tickets = tickets
        self._ticket: TicketPane | None = None
        self._search: tuple[QWidget, ...] = ()
        self._room = QWidget()
        self._ticket_layout = (QByteArray(), QByteArray())
        self._reading = self._is_table = self._looking = False
        self._panes_before = QByteArray()
        self._panes_of = dict.fromkeys((False, True), QByteArray())  # with the whole sidebar, and with the rail
        self._is_split_for_rail = False
        self._customer_wanted = True
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("panes")
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for pane in (self.sidebar, tickets, self._room):
            self._split.addWidget(pane)
        for index, stretch in enumerate((0, 1, _GROWS)):  # the accounts never grow by themselves
            self._split.setStretchFactor(index, stretch)
        self._split.setSizes([ACCOUNTS_WIDTH, LIST_WIDTH, _START.width() - ACCOUNTS_WIDTH - LIST_WIDTH])
        self._split.splitterMoved.connect(self._split_moved)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._split)
        self._central = central = QWidget()
        box = QVBoxLayout(central)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._middle, 1)
        self.setCentralWidget(central)
        status.strip.lie_in(self)
        self.sidebar.changed.connect(self._fit_sidebar)
        self.resize(placement.fitting(_START, self.screen().availableGeometry()))
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._screens_changed)

    def place_ticket(self, pane: "TicketPane") -> None:
        """Put the ticket's pane where room was left for it; nothing else moves."""
        at = self._split.indexOf(self._room)
        self._split.replaceWidget(at, pane)
        self._split.setStretchFactor(at, _GROWS)
        self._room.deleteLater()
        self._ticket = pane
        self._restore_ticket(pane)
        self._fit()

    def place_search(self, bar: QWidget) -> BarPlace:
        """Put the search bar over list and conversation, hidden; return what shows it."""
        self._search = (bar,)
        return BarPlace(bar, self._central, lambda: [self._tickets, *([self._ticket] if self._ticket else ())])

    def place_beside_search(self, panel: QWidget) -> None:
        """Let F6 come to a panel that the search bar opens over the panes."""
        self._search = (*self._search, panel)

    def _restore_ticket(self, pane: "TicketPane") -> None:
        pane.restore_layout(*self._ticket_layout)
        pane.place.set_wanted(self._customer_wanted)

    def place_welcome(self, welcome: QWidget) -> None:
        """Put the first start behind the panes."""
        self._middle.addWidget(welcome)

    def show_welcome(self, wanted: bool) -> None:
        """Show the first start instead of empty panes; the keyboard goes from there to the list, not to whatever comes next."""
        before = self._middle.currentWidget()
        hands_on = not wanted and before is not None and panes.has_keyboard(before)
        self._middle.setCurrentIndex(1 if wanted else 0)
        if hands_on and self._middle.currentWidget() is not before:
            panes.enter(self._tickets)

    def enter_middle(self) -> None:
        """Give the keyboard to the list, or to the first start where that stands instead."""
        shown = self._middle.currentWidget()
        panes.enter(shown if shown is not None and self._middle.currentIndex() else self._tickets)

    def show_conversation(self, key: object) -> None:
        """Where list and conversation take turns: it is the conversation's."""
        if key is not None:
            self.look_in(False)
        self._reading = key is not None
        self._fit()

    def follow_conversation(self, key: object) -> None:
        """Show the conversation of what was chosen in the list; beside a table, where there is no room for it, only once it is opened."""
        if not self._is_table or self._reading or key is None:
            self.show_conversation(key)

    def set_table(self, shown: bool) -> None:
        """Give the list all the room, because it is a table; list and conversation then take turns at any width."""
        if shown != self._is_table:
            self.look_in(False)
            self._is_table = shown
            self._reading = self._reading and not shown
            self._fit()

    def look_in(self, wanted: bool) -> None:
        """Show the ticket beside a table, which keeps the keyboard; or only the table again."""
        if wanted is self._looking or not self._is_table or self._reading:
            return
        if wanted:
            self._panes_before = self._split.saveState()
        self._looking = wanted
        self._fit()
        if wanted:
            accounts = self._accounts.width() if self._accounts.isVisible() else 0
            rest = self._split.width() - accounts - LOOK_WIDTH
            self._split.setSizes([accounts, max(rest, self._tickets.minimumWidth()), LOOK_WIDTH])
        else:
            self._split.restoreState(self._panes_before)
            self._fit_sidebar()

    @property
    def is_looking(self) -> bool:
        """Whether a ticket is shown beside a table."""
        return self._looking

    def show_list(self) -> None:
        """Where list and conversation take turns: it is the list's."""
        self._reading = False
        self._fit()

    def step_back(self) -> None:
        """Go back one step: from the reply to what is read, from there and from the accounts to the list."""
        if self.sidebar.close_over() or self._ticket is None or self._ticket.place.close_panel():
            return
        if self._looking and not self._ticket.is_writing:
            self.look_in(False)
            panes.enter(self._tickets)
        elif self._ticket.is_writing:
            self._ticket.focus_reading()
        elif panes.has_keyboard(self._ticket) or panes.has_keyboard(self._accounts):
            self.show_list()
            panes.enter(self._tickets)
        else:
            self.stepped_out.emit()

    def toggle_customer(self) -> None:
        """Show the customer beside the conversation, or over its end where there is no room; or not any more."""
        if self._ticket is not None:
            self._ticket.toggle_customer()

    def toggle_sidebar(self) -> None:
        """Show the sidebar as a rail of icons, or whole: over the window where there is no room beside the list."""
        self.sidebar.toggle()

    def begin_find(self) -> bool:
        """Find words in the conversation where it has the keyboard; tell whether it has."""
        return self._ticket is not None and panes.has_keyboard(self._ticket) and self._ticket.begin_find()

    def step_pane(self, by: int) -> None:
        """Give the keyboard to the next (1) or the previous (-1) pane that is shown."""
        parts = self._ticket.parts() if self._ticket is not None else ()
        shown = [pane for pane in (self._accounts, *self._search, self._tickets, *parts) if pane.isVisible()]
        panes.step([pane for pane in shown if pane.window() is self], by)

    def restore(self, layout: str, size: QSize | None) -> None:
        """Take the places of the splitters up again, and the size unless one is asked for: that is taken as it is."""
        try:
            saved = json.loads(layout) if layout else {}
            if saved.get("panes"):
                self._split.restoreState(_bytes(saved["panes"]))
            self._ticket_layout = (_bytes(saved.get("ticket", "")), _bytes(saved.get("reply", "")))
            self.sidebar.wide = _width(saved.get("sidebar"), self._split.sizes()[0])
            self._panes_of[True] = _bytes(saved.get("rail panes", ""))
            self.sidebar.set_narrow(saved.get("rail") is True)
            self._customer_wanted = saved.get("customer", True) is not False
            if self._ticket is not None:
                self._restore_ticket(self._ticket)
            if saved.get("window") and size is None and self.restoreGeometry(_bytes(saved["window"])):
                self._fit_screens()
        except (ValueError, AttributeError, TypeError, RecursionError):
            pass
        if size is not None:
            self.resize(size)
        self._fit()

    def layout_text(self) -> str:
        """Return where everything stands, for `restore`."""
        beside, above = self._ticket.layout_states() if self._ticket is not None else self._ticket_layout
        now = self._panes_before if self._looking else self._split.saveState()
        states = {**self._panes_of, self._is_split_for_rail: now}
        return json.dumps(
            {
                "panes": _text(states[False]),
                "rail panes": _text(states[True]),
                "ticket": _text(beside),
                "reply": _text(above),
                "window": _text(self.saveGeometry()),
                "rail": self.sidebar.is_narrow,
                "sidebar": self.sidebar.wide,
                "customer": self._ticket.place.wanted if self._ticket is not None else self._customer_wanted,
            }
        )

    def _fit_screens(self) -> None:
        """Stand on a screen that there is, no larger than it; what fills a screen is its window manager's to place."""
        placement.fit_window(self, _LEAST)

    def _screens_changed(self) -> None:
        # Qt moves the window to another screen first, and a resolution comes after the screen itself.
        QTimer.singleShot(0, self, self._fit_screens)

    def _split_moved(self) -> None:
        if not self.sidebar.is_rail:
            self.sidebar.wide = self._split.sizes()[0]
        self.laid_out.emit()

    def _fit_sidebar(self) -> None:
        """Give rail or sidebar its width; the others stand as they did when it was shown last, and at first the last makes room."""
        if not self.isVisible():
            return
        rail = self.sidebar.is_rail
        if rail is not self._is_split_for_rail:
            self._panes_of[not rail] = self._split.saveState()
            self._is_split_for_rail = rail
            self._split.restoreState(self._panes_of[rail])
        width = RAIL_WIDTH if rail else self.sidebar.wide
        sizes = self._split.sizes()
        last = max((at for at, size in enumerate(sizes) if size), default=0)
        if last and sizes[0] != width:
            sizes[last] -= width - sizes[0]
            sizes[0] = width
            self._split.setSizes(sizes)

    def _fit(self) -> None:
        width = self.width()
        if self._ticket is None:
            self.sidebar.set_room(width > RAIL)
            self._room.setVisible(width >= NARROWER and not self._is_table)
            return
        self.sidebar.set_room(width > RAIL)
        self._ticket.show_customer(width >= NARROW and not self._looking)
        turns = width < NARROWER or self._is_table
        list_shown, ticket_shown = not turns or not self._reading, not turns or self._reading or self._looking
        comes = ticket_shown and self._ticket.isHidden()
        # What goes takes the keyboard along, and Qt would hand it to whatever comes next.
        leaves_list = not list_shown and panes.has_keyboard(self._tickets)
        leaves_ticket = not ticket_shown and panes.has_keyboard(self._ticket)
        self._ticket.show_back(turns and not self._looking)
        if leaves_list:
            self._ticket.show()
            self._ticket.focus_reading()
        elif leaves_ticket:
            self._tickets.show()
            panes.enter(self._tickets)
        self._tickets.setVisible(list_shown)
        self._ticket.setVisible(ticket_shown)
        if comes:
            self._split.refresh()  # now: a list of choices may open at something in there next

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Not a shortcut: that would take Esc from the lines and lists that close by it.
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_sidebar()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.laid_out.emit()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.laid_out.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closing.emit()


def _text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")


def _width(saved: object, now: int) -> int:
    """Return the kept width of the sidebar; before there was one, it is that of its pane, or that of a new window."""
    return saved if type(saved) is int and saved > RAIL_WIDTH else now if now > RAIL_WIDTH else ACCOUNTS_WIDTH


def _bytes(text: str) -> QByteArray:
    return QByteArray(base64.b64decode(text))
