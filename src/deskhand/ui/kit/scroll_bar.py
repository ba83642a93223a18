"""A thin scroll bar that is drawn while its pane is scrolled or pointed at; with high contrast always."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QStyle, QStyleOptionSlider
from typing_extensions import override

from deskhand.ui.kit.theme import theme_of

_THUMB, _MARGIN = 5, 3
_STAYS_MS = 1000
"""So long after the last movement it is seen."""


class ScrollBar(QScrollBar):
    """Takes the room that every bar takes, so that nothing moves when it is seen."""

    def __init__(self, orientation: Qt.Orientation, area: QAbstractScrollArea) -> None:
        super().__init__(orientation, area)
        self._area = area
        self._is_pointed = False
        self._moved = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._moved.timeout.connect(self.update)
        self.valueChanged.connect(lambda _value: self._moved.start())
        area.installEventFilter(self)

    @property
    def is_seen(self) -> bool:
        """Whether the thumb is drawn now."""
        is_used = self._is_pointed or self.isSliderDown() or self._moved.isActive()
        return is_used or theme_of(QApplication.palette()).is_high_contrast

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave) and watched is self._area:
            self._is_pointed = event.type() is QEvent.Type.Enter
            self.update()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_seen or self.minimum() == self.maximum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        place = QRectF(self.style().subControlRect(control, option, part, self))
        beside = _MARGIN if self.isRightToLeft() else self.width() - _MARGIN - _THUMB
        if self.orientation() is Qt.Orientation.Vertical:
            thumb = QRectF(beside, place.top() + _MARGIN, _THUMB, place.height() - 2 * _MARGIN)
        else:
            low = self.height() - _MARGIN - _THUMB
            thumb = QRectF(place.left() + _MARGIN, low, place.width() - 2 * _MARGIN, _THUMB)
        theme = theme_of(QApplication.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.quiet if self.underMouse() or self.isSliderDown() else theme.thumb))
            painter.drawRoundedRect(thumb, _THUMB / 2, _THUMB / 2)


def use_thin_bars(area: QAbstractScrollArea) -> None:
    """Give a pane bars that are seen while they are of use."""
    area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
    area.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, area))
