"""Check boxes and radio buttons that are seen on a dark ground too, where Fusion outlines them darker than the ground itself."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.one_line import paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton, paint_ground
from deskhand.ui.kit.theme import RADIUS_CHIP
from deskhand.ui.kit.tokens import Theme

SIDE = 16
"""Of the mark, in Qt's pixels."""
_GAP, _EDGE = 8, 3
MARK_WIDTH = SIDE + 2 * _EDGE
"""How much of the line the mark takes with the room around it."""
_TEXT = SIDE + _GAP
"""Where the focus ring around the text begins."""


class TickBox(PaintedButton):
    """A text with a mark before it, ticked or not; Enter is left to the dialog.

    Args:
        one_of_several: a radio button: ticking it unticks those beside it, and the arrows go from one to the next.
    """

    radius = RADIUS_CHIP
    enter_presses = False

    def __init__(self, text: str = "", parent: QWidget | None = None, *, one_of_several: bool = False) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(one_of_several)
        self.unsetCursor()
        kind = QSizePolicy.ControlType.RadioButton if one_of_several else QSizePolicy.ControlType.CheckBox
        self.setSizePolicy(QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed, kind))

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        text_width = metrics.horizontalAdvance(self.text())
        return QSize(_EDGE + _TEXT + text_width + 2 * _EDGE, max(SIDE, metrics.height()) + 2 * _EDGE)

    @override
    def ground_rect(self) -> QRectF:
        """Return the place of the text."""
        if self.isRightToLeft():
            return self.rect().adjusted(0, 1, -_TEXT, -1).toRectF()
        return self.rect().adjusted(_TEXT - 1, 1, -1, -1).toRectF()

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground()

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        self._paint_mark(painter, theme)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.quiet))
        room = self.ground_rect().toRect().adjusted(_EDGE + 1, 0, -_EDGE, 0)
        paint_line(painter, room, self.text(), mirrored=self.isRightToLeft())

    def _paint_mark(self, painter: QPainter, theme: Theme) -> None:
        left = self.width() - _EDGE - SIDE if self.isRightToLeft() else _EDGE
        place = QRectF(left, (self.height() - SIDE) // 2, SIDE, SIDE)
        paint_mark(painter, place, theme, ticked=self.isChecked(), one_of_several=self.autoExclusive())


def paint_mark(
    painter: QPainter, place: QRectF, theme: Theme, *, ticked: bool, one_of_several: bool = False, enabled: bool = True
) -> None:
    """Paint the mark of a box into a square of `SIDE`, also in a list.

    Args:
        enabled: whether it can be changed; else it is quiet.
    """
    ink = theme.accent if enabled else theme.disabled
    radius = (SIDE - 1) / 2 if one_of_several else RADIUS_CHIP
    paint_ground(painter, place, ink if ticked else theme.page, ink if ticked else theme.edge, radius)
    if ticked and one_of_several:
        paint_ground(painter, place.adjusted(5, 5, -5, -5), theme.on_accent, "", SIDE)
    elif ticked:
        icons.paint(painter, place.toRect().adjusted(2, 2, -2, -2), "check", theme.on_accent)
