"""A small word on a coloured ground: a state, a priority, a tag."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.content.characters import strip_direction
from deskhand.ui.kit.theme import RADIUS_CHIP, Tone, fonts_for, theme_of, tint
from deskhand.ui.kit.tokens import Tint

PADDING = 6
_LONGEST = 24


def shortened(text: str) -> str:
    """Return a vendor's label in one line of bearable length."""
    line = " ".join(strip_direction(text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def chip_size(text: str, font: QFont) -> QSize:
    """Return the room that a chip takes."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text) + 2 * PADDING, metrics.height() + 4)


def paint_chip(painter: QPainter, rect: QRect, text: str, font: QFont, colours: Tint) -> None:
    """Paint a chip; the painter's antialiasing is left on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colours.border) if colours.border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    off = 0.5 if colours.border else 0
    painter.drawRoundedRect(rect.toRectF().adjusted(off, off, -off, -off), RADIUS_CHIP, RADIUS_CHIP)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)


class Chip(QWidget):
    """A chip as a widget, named by its text."""

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text, tone)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, tone: Tone) -> None:
        """Show something else; an empty text takes no room."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        if not self._text:
            return QSize(0, 0)
        return chip_size(shortened(self._text), fonts_for(self.font()).tiny)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        with QPainter(self) as painter:
            colours = tint(theme_of(self.palette()), self._tone)
            paint_chip(painter, self.rect(), shortened(self._text), fonts_for(self.font()).tiny, colours)
