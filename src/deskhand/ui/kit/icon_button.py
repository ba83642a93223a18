"""A small button that is only a picture; its words go to the screen reader and into the tooltip."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import RADIUS_CHIP
from deskhand.ui.kit.tokens import Theme

_FADED = 0.55


class IconButton(PaintedButton):
    """Named, reachable by keyboard.

    Args:
        icon: file name of an icon.
        name: what it does.
        side: width and height in Qt's pixels; the icon takes what is left by `around` on each side.
        keys: what does the same, for the tooltip and the description.
        faded: dim until the mouse is over it or it has the focus.
    """

    radius = RADIUS_CHIP
    opacity_off = 0.35

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = 20,
        around: int = 3,
        keys: str = "",
        faded: bool = False,
    ) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._icon = icon
        self._side = side
        self._around = around
        self._faded = faded
        self.setText(name)
        name_and_keys(self, name, keys)

    def set_icon(self, icon: str, name: str, keys: str = "") -> None:
        """Do something else from now on."""
        if (icon, name) != (self._icon, self.text()):
            self._icon = icon
            self.setText(name)
            name_and_keys(self, name, keys)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @property
    @override
    def is_lit(self) -> bool:
        return super().is_lit or (self.isEnabled() and self.hasFocus())

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.hover, on=theme.selected)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        lit = self.is_lit
        if self._faded and self.isEnabled() and not lit:
            painter.setOpacity(_FADED)
        size = self._side - 2 * self._around
        place = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        ink = theme.link if self.is_on else theme.text if lit else theme.quiet
        icons.paint(painter, place, self._icon, ink)
