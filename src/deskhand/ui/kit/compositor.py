"""Whether windows may have parts that can be seen through. On X11 only where a compositing manager runs: without one they are black."""

import ctypes
import logging
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

_OWNER = b"_NET_WM_CM_S%d"
_ANSWER = 12
"""In the two answers that are read here, a number of four bytes begins at the 8th byte."""


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def is_composited() -> bool:
    """Tell whether a popup may be transparent at its edge, and fade in. On X11 it is asked once."""
    return QGuiApplication.platformName() != "xcb" or _x11_has_compositor()


def can_fade() -> bool:
    """Tell whether a window may become visible little by little. Wayland has no such wish, and Qt would complain."""
    return QGuiApplication.platformName() in ("xcb", "windows", "cocoa") and is_composited()


def can_move() -> bool:
    """Tell whether a popup may be moved once it is shown; on Wayland it stays where it was put."""
    return not QGuiApplication.platformName().startswith("wayland")


@lru_cache(maxsize=1)
def _x11_has_compositor() -> bool:
    try:
        return bool(_owner_of_the_screen())
    except (OSError, AttributeError) as problem:
        log.info("nobody knows whether windows can be transparent: %s", problem)
        return False


def _owner_of_the_screen() -> int:
    """Return the X11 window of the compositing manager of the default screen; 0 = none runs."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    screen = ctypes.c_int(0)
    connection = ctypes.c_void_p(xcb.xcb_connect(None, ctypes.byref(screen)))
    try:
        if xcb.xcb_connection_has_error(connection):
            return 0
        name = _OWNER % screen.value
        xcb.xcb_intern_atom.restype = xcb.xcb_get_selection_owner.restype = _Cookie
        asked = xcb.xcb_intern_atom(connection, ctypes.c_uint8(1), ctypes.c_uint16(len(name)), name)
        atom = _number(xcb.xcb_intern_atom_reply, connection, asked)
        if not atom:
            return 0
        asked = xcb.xcb_get_selection_owner(connection, ctypes.c_uint32(atom))
        return _number(xcb.xcb_get_selection_owner_reply, connection, asked)
    finally:
        xcb.xcb_disconnect(connection)


def _number(reply: Any, connection: ctypes.c_void_p, asked: _Cookie) -> int:
    reply.restype = ctypes.c_void_p
    answer = reply(connection, asked, None)
    if not answer:
        return 0
    found = int.from_bytes(ctypes.string_at(answer, _ANSWER)[8:], "little")
    free = ctypes.CDLL(None).free
    free(ctypes.c_void_p(answer))
    return found
