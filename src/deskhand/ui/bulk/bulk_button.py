"""A button for several tickets: what it does, its key, and how many of the selected tickets it reaches."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.theme import GAP_SMALL, Fonts, fonts_for
from deskhand.ui.kit.tokens import Theme

_EDGE, _ICON, _BETWEEN = 9, 16, 2


class BulkButton(PaintedButton):
    """Two lines: name and key, and below them the reach.

    Args:
        icon: file name of an icon.
        title: what it does, in one word.
    """

    opacity_off = 0.55

    def __init__(self, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._icon = icon
        self._key = ""
        self._reach = ""
        self.setText(title)
        self.setAccessibleName(title)

    def set_reach(self, reach: str, reason: str) -> None:
        """Say how many it reaches.

        Args:
            reason: why it reaches none; empty where it can be pressed.
        """
        self.setEnabled(not reason)
        self.setAccessibleDescription(reason or reach)
        self.setToolTip(literal_tip(reason))
        if reach != self._reach:
            self._reach = reach
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Show what does the same; empty = no key does."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    @property
    def key(self) -> str:
        """The key that it shows."""
        return self._key

    @property
    def reach(self) -> str:
        """How many it says it reaches."""
        return self._reach

    @property
    def _fonts(self) -> Fonts:
        return fonts_for(self.font())

    @property
    def _key_size(self) -> QSize:
        return keycap_size(self._key, self._fonts.tiny) if self._key else QSize(0, 0)

    @override
    def sizeHint(self) -> QSize:
        fonts = self._fonts
        self.ensurePolished()
        medium, small = _metrics(self, fonts.medium), _metrics(self, fonts.small)
        key = self._key_size
        first = medium.horizontalAdvance(self.text()) + (key.width() + GAP_SMALL if self._key else 0)
        width = max(first, small.horizontalAdvance(self._reach))
        top = max(medium.height(), key.height())
        return QSize(_EDGE * 2 + _ICON + GAP_SMALL + width, 10 + top + _BETWEEN + small.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.side, on=theme.selected)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        fonts, key = self._fonts, self._key_size
        medium, small = _metrics(self, fonts.medium), _metrics(self, fonts.small)
        top = max(medium.height(), key.height())

        def place(rect: QRect) -> QRect:
            return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

        icons.paint(painter, place(QRect(_EDGE, 5 + (top - _ICON) // 2, _ICON, _ICON)), self._icon, theme.text)
        left = _EDGE + _ICON + GAP_SMALL
        painter.setPen(QColor(theme.text))
        painter.setFont(fonts.medium)
        title = QRect(left, 5, medium.horizontalAdvance(self.text()) + 1, top)
        paint_line(painter, place(title), self.text(), mirrored=self.isRightToLeft())
        if self._key:
            at = QPoint(left + title.width() + GAP_SMALL - 1, 5 + (top - key.height()) // 2)
            paint_keycap(painter, place(QRect(at, key)), self._key, fonts.tiny, theme)
        painter.setPen(QColor(theme.quiet))
        painter.setFont(fonts.small)
        below = QRect(left, 5 + top + _BETWEEN, self.width() - left - 2, small.height())
        paint_line(painter, place(below), self._reach, mirrored=self.isRightToLeft())


def _metrics(widget: QWidget, font: QFont) -> QFontMetrics:
    return QFontMetrics(font, widget)
