"""An icon that stands beside words, painted in the colours of the moment; a pixmap in a label would keep those it was made in."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override


class IconLabel(QLabel):
    """A screen reader hears its accessible name, and passes over it where it has none.

    Args:
        icon: nothing is painted of an empty one.
        size: width and height in Qt's pixels.
    """

    def __init__(self, icon: QIcon, parent: QWidget | None = None, *, size: int = 16) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: QIcon) -> None:
        """Show another one."""
        self._icon = icon
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._icon.paint(painter, self.rect())
