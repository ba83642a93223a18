"""A round filter button: off it has a border, on it is tinted."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import Theme

_ARROW = 12


class PillButton(PaintedButton):
    """A checkable pill, or one that opens a menu.

    Args:
        arrow: show that a menu opens.
    """

    radius = None

    def __init__(
        self, text: str, parent: QWidget | None = None, *, checkable: bool = True, arrow: bool = False
    ) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._arrow = arrow
        self.setText(text)
        self.setCheckable(checkable)
        self.setFont(fonts_for(self.font()).small)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        arrow = _ARROW + 2 if self._arrow else 0
        return QSize(metrics.horizontalAdvance(self.text()) + 20 + arrow, metrics.height() + 6)

    @property
    @override
    def is_on(self) -> bool:
        return self.isChecked() or self.isDown()

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(
            rest=theme.page, lit=theme.hover, on=theme.selected, border=theme.edge_soft, border_on=theme.selected
        )

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        on = self.is_on
        colour = theme.link if on else theme.quiet
        painter.setPen(QColor(colour))
        painter.setFont(fonts_for(self.window().font()).small_medium if on else self.font())
        text_rect = self.rect().adjusted(0, 0, -_ARROW - 2 if self._arrow else 0, 0)
        text_rect = QStyle.visualRect(self.layoutDirection(), self.rect(), text_rect)
        painter.drawText(text_rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
        if self._arrow:
            place = self.rect().adjusted(self.width() - _ARROW - 8, (self.height() - _ARROW) // 2, 0, 0)
            place.setSize(QSize(_ARROW, _ARROW))
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
            icons.paint(painter, place, "chevron-down", colour)
