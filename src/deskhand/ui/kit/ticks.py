"""Check boxes and radio buttons that are seen on a dark ground too, where Fusion outlines them darker than the ground itself."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.theme import RADIUS_CHIP, theme_of

_SIDE, _GAP, _EDGE = 16, 8, 3


class TickBox(QCheckBox):
    """Ticked or not."""

    @override
    def sizeHint(self) -> QSize:
        return _room(self)

    @override
    def hitButton(self, pos: QPoint, /) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            square = _begin(self, painter)
            painter.drawRoundedRect(square, RADIUS_CHIP, RADIUS_CHIP)
            if self.isChecked():
                place = square.toRect().adjusted(2, 2, 0, 0)
                place.setSize(QSize(_SIDE - 4, _SIDE - 4))
                icons.paint(painter, place, "check", theme.on_accent)
            _write(self, painter)


class RadioChoice(QRadioButton):
    """One of several."""

    @override
    def sizeHint(self) -> QSize:
        return _room(self)

    @override
    def hitButton(self, pos: QPoint, /) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            circle = _begin(self, painter)
            painter.drawEllipse(circle)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.on_accent))
                painter.drawEllipse(circle.adjusted(5, 5, -5, -5))
            _write(self, painter)


def _room(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    text_width = metrics.horizontalAdvance(button.text())
    return QSize(_EDGE + _SIDE + _GAP + text_width + 2 * _EDGE, max(_SIDE, metrics.height()) + 2 * _EDGE)


def _begin(button: QAbstractButton, painter: QPainter) -> QRectF:
    """Set pen and brush for the mark, and return its place."""
    theme = theme_of(button.palette())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = button.isChecked()
    painter.setPen(QPen(QColor(theme.accent if on or button.hasFocus() else theme.quiet), 1))
    painter.setBrush(QColor(theme.accent if on else theme.background))
    left = button.width() - _EDGE - _SIDE if button.isRightToLeft() else _EDGE
    return QRectF(left, (button.height() - _SIDE) // 2, _SIDE, _SIDE).adjusted(0.5, 0.5, -0.5, -0.5)


def _write(button: QAbstractButton, painter: QPainter) -> None:
    theme = theme_of(button.palette())
    taken = _EDGE + _SIDE + _GAP
    room = QRect(button.rect()).adjusted(taken - _EDGE, 1, -1, -1)
    if button.isRightToLeft():
        room = QRect(button.rect()).adjusted(1, 1, _EDGE - taken, -1)
    if button.hasFocus():
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(room).adjusted(-0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
    painter.setPen(QColor(theme.text if button.isEnabled() else theme.quiet))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    side = Qt.AlignmentFlag.AlignRight if button.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room.adjusted(_EDGE, 0, -_EDGE, 0), flags | side, button.text())
