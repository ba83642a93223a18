"""One outline set (Lucide), tinted from the palette when it is painted and drawn from SVG at the screen's own resolution."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from deskhand.domain.problems import InstallationIncomplete

from . import resources
from .theme import theme_of
from .tokens import Theme


class UnknownIcon(InstallationIncomplete):
    """The name is not among the files of `resources/icons`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the icon {name} is missing")


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = resources.folder() / "icons" / f"{name}.svg"
    if not path.is_file():
        raise UnknownIcon(name)
    return path.read_text(encoding="utf-8")


_DIRECTED = frozenset(
    {"arrow-left", "chevron-left", "chevron-right", "log-in", "panel-left", "panel-right", "reply", "send"}
)
"""Icons that point along the line: they are mirrored where the window is read from the right. Clocks, ticks and media are not."""


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return an icon as pixels, mirrored where it points along the line and the program is read from the right.

    It is nothing where a button that is being resized leaves no room for it.

    Args:
        name: file name without `.svg`.
        size: width and height in Qt's pixels.
        colour: `#rrggbb`.
        ratio: the screen's device pixel ratio; the result is that much finer.
    """
    mirrored = name in _DIRECTED and QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _drawn(name, size, colour, ratio, mirrored)


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, ratio: float, mirrored: bool) -> QPixmap:
    if (side := round(size * ratio)) < 1:
        return QPixmap()
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    with QPainter(made) as painter:
        if mirrored:
            painter.translate(made.width(), 0)
            painter.scale(-1, 1)
        renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    made.setDevicePixelRatio(ratio)
    return made


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(resources.folder() / "deskhand.svg"))


def paint(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Paint an icon into a square."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), pixmap(name, rect.width(), colour, ratio))


class _Engine(QIconEngine):
    """Answers Qt's buttons, lists and menus with pixels of the moment, so that what is open follows a change of theme."""

    def __init__(self, draw: "_Draw") -> None:
        super().__init__()
        self._draw = draw

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        painter.drawPixmap(square.topLeft(), self._draw(side, mode, painter.device().devicePixelRatio()))

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self._draw(min(size.width(), size.height()), mode, scale)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._draw(min(size.width(), size.height()), mode, 1.0)

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._draw)


_Draw = Callable[[int, QIcon.Mode, float], QPixmap]
"""Makes an icon's pixels of its side in Qt's pixels, its mode and the screen's device pixel ratio."""


def icon(
    name: str,
    role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText,
    *,
    ink: Callable[[Theme], str] | None = None,
) -> QIcon:
    """Return an icon for a button or a menu.

    Args:
        name: file name without `.svg`.
        role: the palette's colour to tint it with, looked up whenever it is painted.
        ink: returns a theme's colour to tint it with in place of the palette's, asked whenever it is painted.

    Raises:
        UnknownIcon: no such file.
    """
    _source(name)

    def draw(side: int, mode: QIcon.Mode, ratio: float) -> QPixmap:
        palette, off = QApplication.palette(), mode is QIcon.Mode.Disabled
        if ink is not None and not off:
            return pixmap(name, side, ink(theme_of(palette)), ratio)
        group = QPalette.ColorGroup.Disabled if off else QPalette.ColorGroup.Active
        return pixmap(name, side, palette.color(group, role).name(), ratio)

    return QIcon(_Engine(draw))


def drawn_icon(draw: Callable[[int, Theme, float], QPixmap]) -> QIcon:
    """Return an icon whose pixels are asked for whenever it is painted.

    Args:
        draw: makes them of the side in Qt's pixels, the theme and the screen's device pixel ratio.
    """
    return QIcon(_Engine(lambda side, _mode, ratio: draw(side, theme_of(QApplication.palette()), ratio)))
