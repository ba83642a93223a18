"""A small word on a coloured ground: a state, a priority, a tag."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.content.characters import strip_direction
from deskhand.ui.kit.theme import RADIUS_CHIP, Tone, fonts_for, theme_of, tint
from deskhand.ui.kit.tokens import Tint

PADDING = 6
_LONGEST = 24


def shortened(word: str) -> str:
    """Return a vendor's word in one line of bearable length."""
    line = " ".join(strip_direction(word).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def chip_size(word: str, font: QFont) -> QSize:
    """Return the room that a chip takes."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(word) + 2 * PADDING, metrics.height() + 4)


def paint_chip(painter: QPainter, rect: QRect, word: str, font: QFont, colours: Tint) -> None:
    """Paint a chip; the painter's antialiasing is left on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    painter.drawRoundedRect(rect, RADIUS_CHIP, RADIUS_CHIP)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, word)


@lru_cache(maxsize=1024)
def chip_pixmap(word: str, size: tuple[int, int], font: str, colours: Tint, ratio: float) -> QPixmap:
    """Return a chip as pixels: the same few words stand in a million rows, and a pixmap is drawn in a tenth of the time.

    Args:
        size: width and height in Qt's pixels.
        font: as `QFont.toString()` gives it.
        ratio: the screen's device pixel ratio.
    """
    width, height = size
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    face = QFont()
    face.fromString(font)
    with QPainter(made) as painter:
        paint_chip(painter, QRect(0, 0, width, height), word, face, colours)
    return made


class Chip(QWidget):
    """A chip as a widget, named by its word."""

    def __init__(self, word: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_word(word, tone)

    @property
    def word(self) -> str:
        """What it says."""
        return self._word

    def set_word(self, word: str, tone: Tone) -> None:
        """Say something else; an empty word takes no room."""
        self._word, self._tone = word, tone
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        if not self._word:
            return QSize(0, 0)
        return chip_size(shortened(self._word), fonts_for(self.font()).tiny)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._word:
            return
        with QPainter(self) as painter:
            colours = tint(theme_of(self.palette()), self._tone)
            paint_chip(painter, self.rect(), shortened(self._word), fonts_for(self.font()).tiny, colours)
