"""Shows that something works: a turning arc that stands still where the system wants no animation."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import theme_of

_TICK_MS = 80


class Spinner(QWidget):
    """Turns while it is shown; costs nothing while hidden."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 16) -> None:
        super().__init__(parent)
        self._size = size
        self._angle = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Working"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0:
            self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle - 30) % 360
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painter.setPen(QPen(QColor(theme.idle), 2))
            painter.drawEllipse(ring)
            pen = QPen(QColor(theme.accent), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, self._angle * 16, 100 * 16)
