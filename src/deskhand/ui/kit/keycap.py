"""A key as it stands on a keyboard: a letter in a small frame."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from deskhand.ui.kit.theme import RADIUS_CHIP
from deskhand.ui.kit.tokens import Theme


def keycap_size(key: str, font: QFont) -> QSize:
    """Return the room that a key takes."""
    metrics = QFontMetrics(font)
    tall = metrics.height() + 2
    return QSize(max(metrics.horizontalAdvance(key) + 9, tall - 3), tall)


def paint_keycap(painter: QPainter, rect: QRect, key: str, font: QFont, theme: Theme) -> None:
    """Paint a key into a rectangle of `keycap_size`."""
    painter.setPen(QColor(theme.edge_soft))
    painter.setBrush(QColor(theme.page))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
    painter.setFont(font)
    painter.setPen(QColor(theme.quiet))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, key)
