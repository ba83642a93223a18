"""A small button that is only a picture; its words go to the screen reader and into the tooltip."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import RADIUS_CHIP, theme_of

_FADED, _OFF = 0.55, 0.35


class IconButton(QAbstractButton):
    """Named, reachable by keyboard, pressed by Space or Enter.

    Args:
        icon: file name of an icon.
        name: what it does.
        side: width and height in Qt's pixels; the icon takes what is left by 3 px on each side.
        keys: what does the same, for the tooltip and the description.
        faded: dim until the mouse is over it or it has the focus.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = 20,
        keys: str = "",
        faded: bool = False,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._side = side
        self._faded = faded
        self.setText(name)
        name_and_keys(self, name, keys)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, name: str) -> None:
        """Do something else from now on."""
        if (icon, name) != (self._icon, self.text()):
            self._icon = icon
            self.setText(name)
            name_and_keys(self, name, "")
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        alive = self.isEnabled() and (self.underMouse() or self.hasFocus() or self.isDown())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if alive:
                painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.line))
                painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
            if not self.isEnabled():
                painter.setOpacity(_OFF)
            elif not alive and self._faded:
                painter.setOpacity(_FADED)
            size = self._side - 6
            place = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
            icons.paint(painter, place, self._icon, theme.text if alive else theme.quiet)
