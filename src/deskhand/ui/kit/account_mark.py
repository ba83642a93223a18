"""An account's mark: its icon in its colour on its tint. It stands wherever something of the account is shown."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountColour, AccountMark
from deskhand.ui.kit import icons
from deskhand.ui.kit.theme import theme_of
from deskhand.ui.kit.tokens import Theme

_INSIDE = 0.66
"""How much of the square the icon takes: 18 of 28, 12 of 18."""


@lru_cache(maxsize=512)
def account_pixmap(mark: AccountMark, size: int, theme: Theme, ratio: float) -> QPixmap:
    """Return a mark as pixels.

    Args:
        size: width and height in Qt's pixels.
        ratio: the screen's device pixel ratio; the result is that much finer.
    """
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    tint = theme.accounts[mark.colour]
    inside = round(size * _INSIDE)
    at = (size - inside) / 2
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tint.text), 1) if theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.ground))
        edge = 0.5 if theme.is_high_contrast else 0
        painter.drawRoundedRect(QRectF(edge, edge, size - 2 * edge, size - 2 * edge), size / 3.5, size / 3.5)
        image = icons.pixmap(mark.icon, inside, tint.text, ratio)
        painter.drawPixmap(QRectF(at, at, inside, inside), image, QRectF(image.rect()))
    return made


def account_icon(mark: AccountMark) -> QIcon:
    """Return a mark for a list of choices, in the colours of the moment."""
    return icons.drawn_icon(lambda side, theme, ratio: account_pixmap(mark, side, theme, ratio))


def account_outline(icon: str, colour: AccountColour) -> QIcon:
    """Return an icon without a ground in a colour of the accounts, for a list of choices."""
    return icons.icon(icon, ink=lambda theme: theme.accounts[colour].text)


class AccountMarkView(QWidget):
    """A mark as a widget; the account's name stands beside it, so a screen reader passes over it."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 18) -> None:
        super().__init__(parent)
        self._size = size
        self._mark = AccountMark()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, mark: AccountMark) -> None:
        """Show this account's."""
        if mark != self._mark:
            self._mark = mark
            self.update()

    @property
    def mark(self) -> AccountMark:
        """Which one is shown."""
        return self._mark

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self.palette())
            painter.drawPixmap(0, 0, account_pixmap(self._mark, self._size, theme, self.devicePixelRatioF()))
