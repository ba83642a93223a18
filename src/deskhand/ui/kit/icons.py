"""One outline set (Lucide), tinted from the palette when it is painted and drawn from SVG at the screen's own resolution."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from deskhand.domain.problems import InstallationIncomplete

from . import resources


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


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return an icon as pixels; nothing where a button that is being resized leaves no room for it.

    Args:
        name: file name without `.svg`.
        size: width and height in Qt's pixels.
        colour: `#rrggbb`.
        ratio: the screen's device pixel ratio; the result is that much finer.
    """
    if (side := round(size * ratio)) < 1:
        return QPixmap()
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    with QPainter(made) as painter:
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
    """Answers Qt's buttons and menus with the palette's colour of the moment."""

    def __init__(self, name: str, role: QPalette.ColorRole, colour: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._colour = colour

    def _tint(self, mode: QIcon.Mode) -> str:
        if self._colour and mode is not QIcon.Mode.Disabled:
            return self._colour
        group = QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        return QApplication.palette().color(group, self._role).name()

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        paint(painter, square, self._name, self._tint(mode))

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), self._tint(mode), scale)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), self._tint(mode))

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role, self._colour)


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText, *, colour: str = "") -> QIcon:
    """Return an icon for a button or a menu.

    Args:
        name: file name without `.svg`.
        role: the palette's colour to tint it with, looked up whenever it is painted.
        colour: `#rrggbb` that does not follow the palette, for a button with a coloured ground.

    Raises:
        UnknownIcon: no such file.
    """
    _source(name)
    return QIcon(_Engine(name, role, colour))
