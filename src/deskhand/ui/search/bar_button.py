"""A button beside the search box: an icon and a word, the icon alone where there is no room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import Theme

_HEIGHT, _ICON, _EDGE, _GAP = 34, 14, 11, 6


class BarButton(PaintedButton):
    """As high as the box beside it.

    Args:
        icon: file name of an icon.
        name: what it does.
        is_link: in the colour of what one can press.
    """

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, *, is_link: bool = False) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._icon = icon
        self._is_link = is_link
        self._is_on = self._is_wordless = False
        self.setText(name)
        self.setFont(fonts_for(self.font()).small_medium)
        name_and_keys(self, name, "")

    def set_keys(self, keys: str) -> None:
        """Say which keys do the same."""
        name_and_keys(self, self.text(), keys)

    def set_on(self, is_on: bool) -> None:
        """Stand for something that is shown, or not."""
        if is_on != self._is_on:
            self._is_on = is_on
            self.update()

    def set_wordless(self, is_wordless: bool) -> None:
        """Show the icon alone, or the word beside it."""
        if is_wordless != self._is_wordless:
            self._is_wordless = is_wordless
            self.updateGeometry()
            self.update()

    @property
    @override
    def is_on(self) -> bool:
        return self._is_on

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(
            rest=theme.page, lit=theme.hover, on=theme.selected, border=theme.edge_soft, border_on=theme.accent
        )

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        words = 0 if self._is_wordless else metrics.horizontalAdvance(self.text()) + _GAP
        return QSize(2 * _EDGE + _ICON + words, max(_HEIGHT, metrics.height() + 12))

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        colour = theme.link if self._is_link or self.is_on else theme.text
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        place = QRect(_EDGE, (self.height() - _ICON) // 2, _ICON, _ICON)
        words = self.rect().adjusted(_EDGE + _ICON + _GAP, 0, -_EDGE, 0)
        if is_mirrored:
            place.moveRight(self.width() - _EDGE - 1)
            words = self.rect().adjusted(_EDGE, 0, -_EDGE - _ICON - _GAP, 0)
        icons.paint(painter, place, self._icon, colour)
        if not self._is_wordless:
            painter.setPen(QColor(colour))
            painter.setFont(self.font())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
