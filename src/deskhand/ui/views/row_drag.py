"""Lines that are put into another order by the mouse: the one that is held goes along with the pointer, the others make room."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from typing_extensions import override


class RowDrag(QObject):
    """Watches the lines of one layout.

    Signals:
        dropped: a line (QWidget) was let go at another place: so many lines down, or up. Esc puts it back, and nothing is told.
    """

    dropped = Signal(QWidget, int)

    def __init__(self, lines: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._lines = lines
        self._pressed_at: QPoint | None = None
        self._held: QAbstractButton | None = None
        self._began_at = 0

    def watch(self, line: QAbstractButton) -> None:
        """Let a line be dragged from now on."""
        line.installEventFilter(self)

    @property
    def is_dragging(self) -> bool:
        """Whether a line is held."""
        return self._held is not None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QAbstractButton):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                is_left = event.button() is Qt.MouseButton.LeftButton
                self._pressed_at = event.position().toPoint() if is_left else None
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                return self._moved(watched, event)
            case QEvent.Type.MouseButtonRelease if self._held is watched:
                self._let_go()
                return True
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and self._held is not None:
                if event.key() == Qt.Key.Key_Escape:
                    self._put_back()
                return True
            case _:
                pass
        return False

    def _moved(self, line: QAbstractButton, event: QMouseEvent) -> bool:
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        at = event.position().toPoint()
        if self._held is None:
            if abs(at.y() - self._pressed_at.y()) < QApplication.startDragDistance():
                return False
            self._held, self._began_at = line, self._lines.indexOf(line)
            line.setDown(False)
            line.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._go_along(line.mapToParent(at).y())
        return True

    def _go_along(self, y: int) -> None:
        """Change places with each neighbour whose middle the pointer has passed: a quick hand passes several at once."""
        for _ in range(self._lines.count()):
            if not self._changed_places(y):
                break

    def _changed_places(self, y: int) -> bool:
        assert self._held is not None
        place = self._lines.indexOf(self._held)
        for by in (-1, 1):
            item = self._lines.itemAt(place + by) if 0 <= place + by < self._lines.count() else None
            beside = item.widget() if item is not None else None
            if beside is not None and (y - beside.geometry().center().y()) * by > 0:
                self._lines.removeWidget(self._held)
                self._lines.insertWidget(place + by, self._held)
                self._lines.activate()
                return True
        return False

    def _let_go(self) -> None:
        line = self._end()
        by = self._lines.indexOf(line) - self._began_at
        if by:
            self.dropped.emit(line, by)

    def _put_back(self) -> None:
        line = self._end()
        self._lines.removeWidget(line)
        self._lines.insertWidget(self._began_at, line)

    def _end(self) -> QAbstractButton:
        line = self._held
        assert line is not None
        self._held = self._pressed_at = None
        line.setCursor(Qt.CursorShape.PointingHandCursor)
        return line
