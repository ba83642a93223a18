"""How a value of the ticket header looks: a borderless word with its glyph; the ground comes with the pointer or the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from deskhand.ui.kit.one_line import elided, on_one_line, paint_line
from deskhand.ui.kit.painted_button import Ground
from deskhand.ui.kit.tokens import Theme

_PAD, _GAP, _AROUND = 7, 6, 5
_WIDEST = 220

Glyph = Callable[[QPainter, QRect, Theme], None]
"""Paints a picture into a square."""


class FieldLook:
    """Measures and paints a value for any widget.

    Attributes:
        value: the words.
        worded: whether they are shown where there is a glyph; they are the widget's name and tooltip in any case.
        more: what stands behind them, quieter.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self.value = ""
        self.more = ""
        self.worded = True
        self.glyph: Glyph | None = None
        self.is_quiet = False

    @property
    def _side(self) -> int:
        return self._widget.fontMetrics().height()

    @property
    def _said(self) -> str:
        return self.value if self.worded or self.glyph is None else ""

    def size(self) -> QSize:
        """Return what it needs as it is shown now."""
        return QSize(self.width_of(self._said, self.more), self._side + 2 * _AROUND + 2)

    def width_of(self, said: str, more: str = "") -> int:
        """Return how wide it is with these words."""
        metrics = self._widget.fontMetrics()
        wide = 2 * _PAD
        if self.glyph is not None:
            wide += self._side + (_GAP if said else 0)
        wide += metrics.horizontalAdvance(on_one_line(said))
        if more:
            wide += _GAP + metrics.horizontalAdvance(more)
        return min(wide + 2, max(_WIDEST, 12 * self._side))

    def least(self) -> QSize:
        """Return how small it may become."""
        return QSize(min(self.size().width(), 2 * _PAD + 3 * self._side), self.size().height())

    def ground(self, theme: Theme) -> Ground:
        """Return what it stands on: nothing until it is pointed at."""
        return Ground(lit=theme.hover)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it over the whole widget, in the direction of the window."""
        widget, side = self._widget, self._side
        metrics = widget.fontMetrics()
        mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        whole = widget.rect()
        at = _PAD
        painter.setFont(widget.font())

        def place(wide: int) -> QRect:
            made = QRect(at, 0, wide, whole.height())
            if mirrored:
                made.moveLeft(whole.width() - at - wide)
            return made

        if self.glyph is not None:
            square = place(side)
            square.setTop((whole.height() - side) // 2)
            square.setHeight(side)
            self.glyph(painter, square, theme)
            at += side + _GAP
        room = whole.width() - at - _PAD + 2
        if self.more:
            room -= _GAP + metrics.horizontalAdvance(self.more)
        if self._said:
            painter.setPen(QColor(theme.quiet if self.is_quiet or not widget.isEnabled() else theme.text))
            text = elided(self._said, metrics, room)
            wide = min(room, metrics.horizontalAdvance(text) + 1)
            paint_line(painter, place(wide), text, mirrored=mirrored)
            at += wide + _GAP
        if self.more:
            painter.setPen(QColor(theme.quiet))
            more = place(metrics.horizontalAdvance(self.more) + 2)
            paint_line(painter, more, self.more, mirrored=mirrored)
