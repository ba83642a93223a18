"""A window with one ticket: places its panes, and nothing else."""

import base64
import binascii

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from deskhand.ui import panes, placement
from deskhand.ui.ticket.ticket_pane import TicketPane

BESIDE = 860
"""From this width on the customer stands beside the conversation; below, it is a panel over its end."""

_START = QSize(980, 780)
_LEAST = QSize(480, 400)
_BELOW_POINTER = QPoint(60, 12)


class TicketWindow(QMainWindow):
    """The window.

    Signals:
        closing: it is to be closed; nothing is lost by it.
        laid_out: it has another place or size.
    """

    closing = Signal()
    laid_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pane: TicketPane | None = None
        self.setMinimumSize(placement.fitting(_LEAST, self.screen().availableGeometry()))
        self.resize(placement.fitting(_START, self.screen().availableGeometry()))
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._screens_changed)

    def place_ticket(self, pane: TicketPane) -> None:
        """Put the ticket's pane into it."""
        self._pane = pane
        self.setCentralWidget(pane)
        self._fit()

    def set_title(self, title: str) -> None:
        """Say which ticket it is, to a screen reader too."""
        if title != self.windowTitle():
            self.setWindowTitle(title)
            self.setAccessibleName(title)

    def come_up(self) -> None:
        """Come to the front."""
        panes.come_up(self)

    def place_at(self, point: QPoint) -> None:
        """Stand where a tab was dropped, with the pointer on the title."""
        self.move(point - _BELOW_POINTER)
        placement.fit_window(self, _LEAST)

    def restore(self, place: str) -> None:
        """Stand where it stood, on a screen that there is."""
        try:
            found = self.restoreGeometry(QByteArray(base64.b64decode(place)))
        except (binascii.Error, ValueError):
            return
        if found:
            placement.fit_window(self, _LEAST)

    def place_text(self) -> str:
        """Return where it stands, for `restore`."""
        return base64.b64encode(self.saveGeometry().data()).decode("ascii")

    # --- panes ---

    def step_pane(self, by: int) -> None:
        """Give the keyboard to the next (1) or the previous (-1) pane that is shown."""
        if self._pane is not None:
            panes.step([pane for pane in self._pane.parts() if pane.isVisible()], by)

    def toggle_customer(self) -> None:
        """Show the customer, or not any more."""
        if self._pane is not None:
            self._pane.toggle_customer()

    def step_back(self) -> None:
        """Go back one step: from the panel over the conversation, and from the reply to what is read. It stays open."""
        if self._pane is None or self._pane.place.close_panel():
            return
        self._pane.focus_reading()

    def _fit(self) -> None:
        if self._pane is not None:
            self._pane.show_customer(self.width() >= BESIDE)

    def _screens_changed(self) -> None:
        # Qt moves the window to another screen first, and a resolution comes after the screen itself.
        QTimer.singleShot(0, self, lambda: placement.fit_window(self, _LEAST))

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
        self.laid_out.emit()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.laid_out.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # what is typed is handed over first; then it is hidden and deleted
        self.closing.emit()


def has_pointer(window: QWidget, point: QPoint) -> bool:
    """Tell whether a point on the screen lies over a window that is shown."""
    is_there = window.isVisible() and not window.isMinimized()
    return is_there and QGuiApplication.platformName() != "wayland" and window.frameGeometry().contains(point)
