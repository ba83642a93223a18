"""Where a window stands: on a screen that there is, and no larger than it."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FRAME = QMargins(4, 36, 4, 4)
"""What a window manager puts around a window, in Qt's pixels, while it has not said so: it does only for a window that is shown."""


def placed(wanted: QRect, screens: Sequence[QRect], frame: QMargins = FRAME) -> QRect:
    """Return the rectangle nearest to the wanted one that lies on one screen with its frame.

    Args:
        wanted: of the window without its frame; it may be from screens that are gone.
        screens: what each leaves for windows (`QScreen.availableGeometry`), the main one first; not empty.
        frame: around the window.
    """
    room = _room(max(screens, key=lambda screen: _shared(screen, wanted)), frame)
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def fitting(wanted: QSize, screen: QRect, frame: QMargins = FRAME) -> QSize:
    """Return the largest size up to the wanted one that a screen has room for."""
    return wanted.boundedTo(_room(screen, frame).size())


def fit_window(window: QWidget, least: QSize) -> None:
    """Let a window stand on a screen that there is, no larger than it; what fills a screen is its window manager's to place.

    Args:
        least: its smallest size, in Qt's pixels; smaller only where the screen is.
    """
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not screens:
        return  # the last one is gone, and Qt makes a stand-in
    window.setMinimumSize(fitting(least, screens[0]))
    filled = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized
    if window.windowState() & filled:
        return
    inner, outer = window.geometry(), window.frameGeometry()
    frame = QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )
    wanted = placed(inner, screens, FRAME if frame.isNull() else frame)
    if wanted != inner:
        window.setGeometry(wanted)


def _room(screen: QRect, frame: QMargins) -> QRect:
    return screen.marginsRemoved(frame)


def _shared(screen: QRect, wanted: QRect) -> int:
    both = screen.intersected(wanted)
    return max(both.width(), 0) * max(both.height(), 0)
