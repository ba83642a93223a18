"""Places panes, and nothing else: four side by side, fewer where there is no room."""

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QMargins, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui import placement

if TYPE_CHECKING:
    from deskhand.ui.ticket.ticket_pane import TicketPane

NARROW, NARROWER, NARROWEST = 1100, 800, 640
"""Below the first width the right pane folds away; below the second, list and conversation take turns; below the third, the accounts
go with the list: a screen of 1,000 pixels is 500 wide where everything is drawn twice as large.
"""

ACCOUNTS_WIDTH, LIST_WIDTH = 256, 384
_START = QSize(1440, 900)
_LEAST = QSize(640, 480)
"""Smaller only where the screen is."""


@runtime_checkable
class HasEntry(Protocol):
    """A pane that says what the keyboard goes to when it comes to it."""

    def entry(self) -> QWidget:
        """Return it."""
        ...


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        closing: the agent wants to end the program; nothing is lost by it.
    """

    closing = Signal()

    def __init__(self, accounts: QWidget, tickets: QWidget, status: QWidget) -> None:
        super().__init__()
        self.setWindowTitle("Deskhand")
        self.setAccessibleName("Deskhand")
        self.setMinimumSize(placement.fitting(_LEAST, self.screen().availableGeometry()))
        self._accounts = accounts
        self._tickets = tickets
        self._ticket: TicketPane | None = None
        self._room = QWidget()
        self._ticket_layout = (QByteArray(), QByteArray())
        self._reading = False
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("panes")
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for pane in (accounts, tickets, self._room):
            self._split.addWidget(pane)
        for index, stretch in enumerate((0, 1, 255)):  # the accounts never grow by themselves
            self._split.setStretchFactor(index, stretch)
        self._split.setSizes([ACCOUNTS_WIDTH, LIST_WIDTH, _START.width() - ACCOUNTS_WIDTH - LIST_WIDTH])
        self._middle = QStackedWidget()
        self._middle.addWidget(self._split)
        central = QWidget()
        box = QVBoxLayout(central)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._middle, 1)
        box.addWidget(status)
        self.setCentralWidget(central)
        self.resize(placement.fitting(_START, self.screen().availableGeometry()))
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._screens_changed)

    def place_ticket(self, pane: "TicketPane") -> None:
        """Put the ticket's pane where room was left for it; nothing else moves."""
        self._split.replaceWidget(self._split.indexOf(self._room), pane)
        self._room.deleteLater()
        self._ticket = pane
        pane.restore_layout(*self._ticket_layout)
        self._fit()

    def place_welcome(self, welcome: QWidget) -> None:
        """Put the first start behind the panes."""
        self._middle.addWidget(welcome)

    def show_welcome(self, wanted: bool) -> None:
        """Show the first start instead of empty panes; the keyboard goes from there to the list, not to whatever comes next."""
        before = self._middle.currentWidget()
        hands_on = not wanted and before is not None and self._has_keyboard(before)
        self._middle.setCurrentIndex(1 if wanted else 0)
        if hands_on and self._middle.currentWidget() is not before:
            self._enter(self._tickets)

    def show_conversation(self, key: object) -> None:
        """Where list and conversation take turns: it is the conversation's."""
        self._reading = key is not None
        self._fit()

    def show_list(self) -> None:
        """Where list and conversation take turns: it is the list's."""
        self._reading = False
        self._fit()

    def step_back(self) -> None:
        """Go back one step: from the reply to what is read, from there and from the accounts to the list."""
        if self._ticket is None:
            return
        if self._ticket.is_writing:
            self._ticket.focus_reading()
        elif self._has_keyboard(self._ticket) or self._has_keyboard(self._accounts):
            self.show_list()
            self._enter(self._tickets)

    def begin_find(self) -> bool:
        """Find words in the conversation where it has the keyboard; tell whether it has."""
        return self._ticket is not None and self._has_keyboard(self._ticket) and self._ticket.begin_find()

    def step_pane(self, by: int) -> None:
        """Give the keyboard to the next (1) or the previous (-1) pane that is shown."""
        parts = self._ticket.parts() if self._ticket is not None else ()
        panes = [pane for pane in (self._accounts, self._tickets, *parts) if pane.isVisible()]
        at = next((i for i, pane in enumerate(panes) if self._has_keyboard(pane)), -1)
        for step in range(1, len(panes) + 1):
            if self._enter(panes[(at + by * step) % len(panes)]):
                return

    def _enter(self, pane: QWidget) -> bool:
        """Give the keyboard to what a pane names, or to the first thing in it that takes it; tell whether there is one."""
        named = pane.entry() if isinstance(pane, HasEntry) else pane
        target: QWidget | None = named.focusProxy() or named
        if target is None or not _takes_keyboard(target):
            inside = (one for one in _chain(pane) if pane.isAncestorOf(one) and one.focusProxy() is None)
            target = next((one for one in inside if _takes_keyboard(one)), None)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _has_keyboard(self, pane: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is pane or pane.isAncestorOf(focus))

    def restore(self, layout: str, size: QSize | None) -> None:
        """Take the places of the splitters up again, and the size unless one is asked for: that is taken as it is."""
        try:
            saved = json.loads(layout) if layout else {}
            if saved.get("panes"):
                self._split.restoreState(_bytes(saved["panes"]))
            self._ticket_layout = (_bytes(saved.get("ticket", "")), _bytes(saved.get("reply", "")))
            if self._ticket is not None:
                self._ticket.restore_layout(*self._ticket_layout)
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
        return json.dumps(
            {
                "panes": _text(self._split.saveState()),
                "ticket": _text(beside),
                "reply": _text(above),
                "window": _text(self.saveGeometry()),
            }
        )

    def _fit_screens(self) -> None:
        """Stand on a screen that there is, no larger than it; what fills a screen is its window manager's to place."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if not screens:
            return  # the last one is gone, and Qt makes a stand-in
        self.setMinimumSize(placement.fitting(_LEAST, screens[0]))
        filled = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized
        if self.windowState() & filled:
            return
        inner, outer = self.geometry(), self.frameGeometry()
        frame = QMargins(
            inner.left() - outer.left(),
            inner.top() - outer.top(),
            outer.right() - inner.right(),
            outer.bottom() - inner.bottom(),
        )
        wanted = placement.placed(inner, screens, placement.FRAME if frame.isNull() else frame)
        if wanted != inner:
            self.setGeometry(wanted)

    def _screens_changed(self) -> None:
        # Qt moves the window to another screen first, and a resolution comes after the screen itself.
        QTimer.singleShot(0, self, self._fit_screens)

    def _fit(self) -> None:
        width = self.width()
        if self._ticket is None:
            self._room.setVisible(width >= NARROWER)
            return
        self._ticket.show_customer(width >= NARROW)
        turns = width < NARROWER
        list_shown, ticket_shown = not turns or not self._reading, not turns or self._reading
        comes = ticket_shown and self._ticket.isHidden()
        # What goes takes the keyboard along, and Qt would hand it to whatever comes next.
        leaves_list = not list_shown and self._has_keyboard(self._tickets)
        leaves_ticket = not ticket_shown and self._has_keyboard(self._ticket)
        accounts_shown = width >= NARROWEST or list_shown
        if not accounts_shown and self._has_keyboard(self._accounts):
            self._ticket.focus_reading()
        self._accounts.setVisible(accounts_shown)
        self._ticket.show_back(turns)
        if leaves_list:
            self._ticket.show()
            self._ticket.focus_reading()
        elif leaves_ticket:
            self._tickets.show()
            self._enter(self._tickets)
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
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closing.emit()


def _text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray(base64.b64decode(text))


def _chain(start: QWidget) -> Iterator[QWidget]:
    one = start.nextInFocusChain()
    while one is not None and one is not start:
        yield one
        one = one.nextInFocusChain()


def _takes_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
