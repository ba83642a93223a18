"""A round spot in a tone's colour: it stands beside a word that says the same, never alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import Tone, theme_of, tone_dot

_SIZE = 8


class Dot(QWidget):
    """Decoration for the eye; its word goes to the screen reader as well.

    Args:
        tone: its colour.
    """

    def __init__(self, parent: QWidget | None = None, tone: Tone = Tone.PLAIN) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def tone(self) -> Tone:
        """What its colour says."""
        return self._tone

    def set_tone(self, tone: Tone, label: str) -> None:
        """Take a colour and the word for it."""
        if tone is not self._tone:
            self._tone = tone
            self.update()
        if label != self.accessibleName():
            self.setAccessibleName(label)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIZE, _SIZE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone_dot(theme_of(self.palette()), self._tone)))
            side = min(self.width(), self.height())
            place = QRectF(0, 0, side, side)
            place.moveCenter(QRectF(self.rect()).center())
            painter.drawEllipse(place)
