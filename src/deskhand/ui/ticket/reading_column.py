"""The conversation and below it the reply box: one line until it is used, then as high as its text needs, up to half of both."""

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.composer.composer import Composer
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.theme import theme_of

_LOW = 430
"""Below this height what is read and what is written take turns."""
_LEAST_READ = 60


class _Edge(QWidget):
    """The line between the two, with a few pixels to take hold of.

    Signals:
        dragged: by how much, in Qt's pixels, downwards.
    """

    dragged = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._from: QPoint | None = None
        self.setFixedHeight(5)
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.globalPosition().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            now = event.globalPosition().toPoint()
            self.dragged.emit(now.y() - self._from.y())
            self._from = now

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, QColor(theme_of(self.palette()).hair))


class ReadingColumn(QWidget):
    """Places the two, and keeps the last line that is read where it is above the reply box."""

    def __init__(self, conversation: QAbstractScrollArea, composer: Composer) -> None:
        super().__init__()
        self._conversation, self._composer = conversation, composer
        self._wish = 0
        self._edge = _Edge(self)
        self._edge.dragged.connect(self._drag)
        self._change = QVariantAnimation(self)
        self._change.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._change.valueChanged.connect(lambda height: self._set_height(int(height)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(conversation, 1)
        column.addWidget(self._edge)
        column.addWidget(composer)
        composer.height_wanted.connect(self._fit_slowly)
        composer.installEventFilter(self)

    @property
    def wish(self) -> int:
        """How high the agent made the open reply box; 0 = as it is drawn."""
        return self._wish

    def set_wish(self, height: int) -> None:
        """Take that up again."""
        self._wish = max(0, height)
        self._fit()

    def _target(self) -> int:
        composer = self._composer
        if composer.is_folded:
            return composer.folded_height
        least = composer.minimumSizeHint().height()
        most = max(least, self.height() // 2, self._wish)
        wanted = max(composer.wanted_height(), self._wish)
        return max(least, min(wanted, most, self.height() - _LEAST_READ))

    def _fit(self) -> None:
        self._change.stop()
        self._set_height(self._target())

    def _fit_slowly(self) -> None:
        target, now = self._target(), self._composer.height()
        milliseconds = MOTION.milliseconds() if self.isVisible() and self._composer.isVisible() else 0
        if milliseconds and abs(target - now) > 2 * self.fontMetrics().height():
            self._change.stop()
            self._change.setDuration(milliseconds)
            self._change.setStartValue(now)
            self._change.setEndValue(target)
            self._change.start()
        else:
            self._fit()

    def _set_height(self, height: int) -> None:
        composer = self._composer
        before = composer.height()
        if composer.minimumHeight() == height == composer.maximumHeight():
            return
        composer.setFixedHeight(height)
        self._edge.setEnabled(not composer.is_folded)
        if self.isVisible() and (layout := self.layout()) is not None:
            bar = self._conversation.verticalScrollBar()
            at = bar.value() + height - before
            layout.activate()
            bar.setValue(at)

    def _drag(self, by: int) -> None:
        if not self._composer.is_folded:
            self._wish = max(0, min(self._composer.height() - by, self.height() - _LEAST_READ))
            self._fit()

    @override
    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._edge.setVisible(not self._composer.isHidden())
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._composer.set_low(self.height() < _LOW)
        self._fit()
