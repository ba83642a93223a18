"""Round avatars with initials in a stable colour, and the vendors' square marks."""

import unicodedata
from functools import lru_cache
from zlib import crc32

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import fonts_for, ground_for_white

_COLOURS = (
    "#b14f6b", "#3f7d58", "#5563b5", "#96701f", "#2e7d9e", "#7d5ba6", "#53606e", "#9a5f4a", "#2b7f78", "#a04f8c", "#6a7422", "#3d6fb0",
)  # fmt: skip


@lru_cache(maxsize=1024)
def initials(name: str) -> str:
    """Return one or two letters for a person: first and last word, or the start of an address."""
    words = [
        w
        for w in name.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ").split()
        if w[0].isalnum()
    ]
    if not words:
        return "?"
    if len(words) == 1:
        return unicodedata.normalize("NFC", words[0])[:2].upper()
    return (words[0][0] + words[-1][0]).upper()


def colour_of(name: str) -> str:
    """Return the colour that this name always has."""
    return _COLOURS[(crc32(name.casefold().encode("utf-8", "replace")) >> 9) % len(_COLOURS)]


@lru_cache(maxsize=1024)
def mark(letters: str, colour: str, size: int, ratio: float, font: str, *, radius: int = -1) -> QPixmap:
    """Return letters on a coloured ground as pixels.

    Args:
        colour: `#rrggbb`, darkened where white letters could not be read on it.
        ratio: the screen's device pixel ratio.
        font: as `QFont.toString()` gives it; the size is chosen here.
        radius: of the corners; -1 = a circle.
    """
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground_for_white(colour) if letters else colour))
        corner = size / 2 if radius < 0 else radius
        painter.drawRoundedRect(0, 0, size, size, corner, corner)
        if not letters:
            return made
        face = QFont()
        face.fromString(font)
        face.setPixelSize(max(8, round(size * (0.38 if radius < 0 else 0.46))))
        face.setWeight(QFont.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(QRect(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, letters)
    return made


class Avatar(QWidget):
    """A person's initials; decoration, so a screen reader passes over it."""

    def __init__(self, name: str = "", parent: QWidget | None = None, *, size: int = 30, colour: str = "") -> None:
        super().__init__(parent)
        self._size = size
        self._letters = initials(name)
        self._colour = colour or colour_of(name)
        self._radius = -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, colour: str = "") -> None:
        """Show somebody else."""
        self._letters = initials(name)
        self._colour = colour or colour_of(name)
        self.update()

    def set_mark(self, letters: str, colour: str, radius: int = 5) -> None:
        """Show a vendor's mark instead: letters in a rounded square."""
        self._letters, self._colour, self._radius = letters, colour, radius
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            font = fonts_for(self.font()).body.toString()
            painter.drawPixmap(
                0, 0, mark(self._letters, self._colour, self._size, self.devicePixelRatioF(), font, radius=self._radius)
            )
