"""A square of a view's colour, for a list of choices and for the palette."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from deskhand.domain.accounts import AccountColour
from deskhand.ui.kit import icons

_SIDE, _INSIDE = 16, 11


@lru_cache(maxsize=64)
def square_pixmap(colour: str, ratio: float) -> QPixmap:
    """Return it as pixels.

    Args:
        colour: `#rrggbb`.
        ratio: the screen's device pixel ratio; the result is that much finer.
    """
    made = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    edge = (_SIDE - _INSIDE) / 2
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(edge, edge, _INSIDE, _INSIDE), _INSIDE / 3.5, _INSIDE / 3.5)
    return made


def square_icon(colour: AccountColour) -> QIcon:
    """Return it for a list of choices, in the colours of the moment."""
    return icons.drawn_icon(lambda _side, theme, ratio: square_pixmap(theme.accounts[colour].text, ratio))
