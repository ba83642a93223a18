"""A priority as three bars, of which the higher ones are filled the more urgent it is; Urgent is a sign on a ground."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from deskhand.domain.tickets import Priority
from deskhand.ui.kit.avatar import mark
from deskhand.ui.kit.tokens import Theme

_BARS = {Priority.LOW: 1, Priority.NORMAL: 2, Priority.HIGH: 3}
_WIDTH, _STEP, _LOWEST, _RISE = 3, 4, 4, 3.5


@lru_cache(maxsize=128)
def priority_pixmap(priority: Priority, size: int, theme: Theme, ratio: float, font: str) -> QPixmap | None:
    """Return the glyph as pixels; None for a priority that has none (no priority, or a word that says nothing to us).

    Args:
        size: width and height in Qt's pixels, drawn for 14.
        font: the body font's name, as `QFont.toString()` gives it.
    """
    if priority is Priority.URGENT:
        return mark("!", theme.wrong, size, ratio, font, radius=4, ink=theme.page)
    if (lit := _BARS.get(priority)) is None:
        return None
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    scale = size / 14
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in range(3):
            painter.setBrush(QColor(theme.text if bar < lit else theme.edge_soft))
            height = (_LOWEST + _RISE * bar) * scale
            painter.drawRoundedRect(
                QRectF((1 + bar * _STEP) * scale, 13 * scale - height, _WIDTH * scale, height), 1, 1
            )
    return made
