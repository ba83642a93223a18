"""A button of the list's header: an icon with a word beside it, the icon alone where there is no room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.one_line import paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.theme import RADIUS_CHIP, fonts_for
from deskhand.ui.kit.tokens import Theme

_SIDE, _ICON, _GAP, _EDGE = 26, 16, 5, 5


class HeaderButton(PaintedButton):
    """Its words are its text; a subclass opens its menu.

    Args:
        icon: file name of an icon.
    """

    radius = RADIUS_CHIP

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._icon = icon
        self._is_wordless = False
        self.setFont(fonts_for(self.font()).small)

    def set_wordless(self, is_wordless: bool) -> None:
        """Show the icon alone, or its words beside it."""
        if is_wordless != self._is_wordless:
            self._is_wordless = is_wordless
            self.updateGeometry()
            self.update()

    def width_for(self, *, is_wordless: bool) -> int:
        """Return how wide it is with or without its words."""
        words = "" if is_wordless else self.text()
        return 2 * _EDGE + _ICON + (_GAP + self.fontMetrics().horizontalAdvance(words) if words else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width_for(is_wordless=self._is_wordless), max(_SIDE, self.fontMetrics().height() + 8))

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.hover, on=theme.selected)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        colour = theme.link if self.is_on else theme.text if self.is_lit else theme.second
        place = QRect(_EDGE, (self.height() - _ICON) // 2, _ICON, _ICON)
        icons.paint(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), place), self._icon, colour)
        if self.text() and not self._is_wordless:
            words = self.rect().adjusted(_EDGE + _ICON + _GAP, 0, -_EDGE, 0)
            painter.setPen(QColor(colour))
            painter.setFont(self.font())
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), words)
            paint_line(painter, place, self.text(), mirrored=self.isRightToLeft())
