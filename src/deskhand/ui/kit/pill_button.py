"""A round filter button: off it has a border, on it is tinted."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.theme import fonts_for, theme_of

_ARROW = 12


class PillButton(QAbstractButton):
    """A checkable pill, or one that opens a menu.

    Args:
        arrow: show that a menu opens.
    """

    def __init__(
        self, text: str, parent: QWidget | None = None, *, checkable: bool = True, arrow: bool = False
    ) -> None:
        super().__init__(parent)
        self._arrow = arrow
        self.setText(text)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(fonts_for(self.font()).small)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        arrow = _ARROW + 2 if self._arrow else 0
        return QSize(metrics.horizontalAdvance(self.text()) + 20 + arrow, metrics.height() + 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            on = self.isChecked() or self.isDown()
            ring = theme.accent if self.hasFocus() else theme.soft if on else theme.line
            ground = theme.soft if on else theme.raised if self.underMouse() else theme.background
            painter.setPen(QColor(ring))
            painter.setBrush(QColor(ground))
            half = (self.height() - 1) / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half, half)
            colour = theme.link if on else theme.quiet
            painter.setPen(QColor(colour))
            painter.setFont(fonts_for(self.window().font()).small_medium if on else self.font())
            text_rect = self.rect().adjusted(0, 0, -_ARROW - 2 if self._arrow else 0, 0)
            painter.drawText(text_rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
            if self._arrow:
                place = self.rect().adjusted(self.width() - _ARROW - 8, (self.height() - _ARROW) // 2, 0, 0)
                place.setSize(QSize(_ARROW, _ARROW))
                icons.paint(painter, place, "chevron-down", colour)
