"""Parts side by side that go on in the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import GAP_SMALL


class FlowLayout(QLayout):
    """Lays out like words of a sentence, from the side where the language begins, each line's parts centred on one another."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = GAP_SMALL, line_gap: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = gap if line_gap is None else line_gap
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)
        self.update()  # a part that was shown before asks for no place by itself

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.update()
        return self._items.pop(index)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        edge = self.contentsMargins()
        inner = QRect(0, 0, width - edge.left() - edge.right(), 0)
        return self._place(inner, move=False) + edge.top() + edge.bottom()

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self._gap * max(0, len(hints) - 1)
        size = QSize(sum(h.width() for h in hints) + gaps, max((h.height() for h in hints), default=0))
        return size.grownBy(self.contentsMargins())

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 16_777_215))
            if size.width() < item.sizeHint().width() and item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))  # it goes on in lines of its own
            if lines[-1] and used + self._gap + size.width() > width:
                lines.append([])
                used = 0
            used += size.width() + (self._gap if lines[-1] else 0)
            lines[-1].append((item, size))
        return [line for line in lines if line]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines out in a rectangle, and return the height that they take."""
        host = self.parentWidget()
        direction = host.layoutDirection() if host is not None else Qt.LayoutDirection.LeftToRight
        y = rect.y()
        lines = self._lines(rect.width())
        for line in lines:
            tall = max(size.height() for _, size in line)
            x = rect.x()
            for item, size in line:
                if move:
                    place = QRect(QPoint(x, y + (tall - size.height()) // 2), size)
                    item.setGeometry(QStyle.visualRect(direction, rect, place))
                x += size.width() + self._gap
            y += tall + self._line_gap
        return y - self._line_gap - rect.y() if lines else 0
