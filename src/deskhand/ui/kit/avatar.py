"""Round avatars with initials, grey for everybody but the agent (README of the drawings: colour means something), and the vendors' square marks."""

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import fonts_for, ground_for_white, theme_of
from deskhand.ui.kit.tokens import Theme

_WHITE = "#ffffff"


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


@lru_cache(maxsize=1024)
def mark(
    letters: str,
    colour: str,
    size: int,
    ratio: float,
    font: str,
    *,
    radius: int = -1,
    ink: str = _WHITE,
    edge: str = "",
) -> QPixmap:
    """Return letters on a coloured ground as pixels.

    Args:
        colour: `#rrggbb`, darkened where white letters could not be read on it.
        ink: of the letters.
        ratio: the screen's device pixel ratio.
        font: as `QFont.toString()` gives it; the size is chosen here.
        radius: of the corners; -1 = a circle.
        edge: colour of a line around it; empty = none.
    """
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = ground_for_white(colour) if letters and ink == _WHITE else colour
        rect = QRectF(0, 0, size, size)
        corner = size / 2 if radius < 0 else radius
        painter.setPen(QColor(edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5) if edge else rect, corner, corner)
        if not letters:
            return made
        face = QFont()
        face.fromString(font)
        face.setPixelSize(max(8, round(size * (0.38 if radius < 0 else 0.46))))
        face.setWeight(QFont.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        painter.drawText(QRect(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, letters)
    return made


def person_pixmap(letters: str, size: int, ratio: float, font: str, theme: Theme) -> QPixmap:
    """Return the initials of somebody who is not the agent; the arguments are those of `mark`."""
    return mark(letters, theme.avatar, size, ratio, font, ink=theme.second, edge=theme.tint_edge)


class Avatar(QWidget):
    """A person's initials; decoration, so a screen reader passes over it."""

    def __init__(self, name: str = "", parent: QWidget | None = None, *, size: int = 30) -> None:
        super().__init__(parent)
        self._size = size
        self._letters = initials(name)
        self._colour, self._radius = "", -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str) -> None:
        """Show somebody else."""
        self._letters, self._colour, self._radius = initials(name), "", -1
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
        ratio, font = self.devicePixelRatioF(), fonts_for(self.font()).body.toString()
        if self._colour:
            made = mark(self._letters, self._colour, self._size, ratio, font, radius=self._radius)
        else:
            made = person_pixmap(self._letters, self._size, ratio, font, theme_of(self.palette()))
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, made)
