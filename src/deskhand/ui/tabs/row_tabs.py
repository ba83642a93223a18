"""Opens rows of the list in tabs: by Ctrl and Enter, or by the middle mouse button; by Shift and Enter in a window of its own."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from typing_extensions import override

from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.list.ticket_list import TicketList

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class RowTabs(QObject):
    """Watches the list's keys and clicks.

    Signals:
        requested: a ticket (TicketKey) is to be opened in a tab; with True behind what is open.
        window_requested: a ticket (TicketKey) is to be opened in a window of its own.
    """

    requested = Signal(object, bool)
    window_requested = Signal(object)

    def __init__(self, tickets: TicketList, parent: QObject) -> None:
        super().__init__(parent)
        self._tickets = tickets
        tickets.view.installEventFilter(self)
        tickets.view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        view = self._tickets.view
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            held = event.modifiers() & ~_KEYPAD
            if held == Qt.KeyboardModifier.ControlModifier and is_enter(event):
                return self._ask(view.currentIndex().row(), behind=False)
            if held == Qt.KeyboardModifier.ShiftModifier and is_enter(event):
                row = self._tickets.model.row(view.currentIndex().row())
                if row is not None:
                    self.window_requested.emit(row.key)
                return True
        pressed = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress
        if pressed and isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.MiddleButton:
            return self._ask(view.indexAt(event.position().toPoint()).row(), behind=True)
        return super().eventFilter(watched, event)

    def _ask(self, at: int, *, behind: bool) -> bool:
        row = self._tickets.model.row(at) if at >= 0 else None
        if row is not None:
            self.requested.emit(row.key, behind)
        return True
