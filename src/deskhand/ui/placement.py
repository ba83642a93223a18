"""Where a window stands: on a screen that there is, and no larger than it."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect, QSize

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


def _room(screen: QRect, frame: QMargins) -> QRect:
    return screen.marginsRemoved(frame)


def _shared(screen: QRect, wanted: QRect) -> int:
    both = screen.intersected(wanted)
    return max(both.width(), 0) * max(both.height(), 0)
