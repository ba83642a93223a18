"""Whether there is a screen, and what is said where Qt finds none: Qt itself ends the process then, with an abort and no window.

Qt's own words are the only full account of why (it tries several plugins, each with libraries of its own), so they are heard, and
said again as one sentence, before the abort.
"""

import logging
import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from deskhand.domain.problems import NoDisplay

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

log = logging.getLogger(__name__)

T = TypeVar("T")
SYSTEM: str = sys.platform
FAILED = 1
_PLUGINS = re.compile(r"Available platform plugins are: ([^\n]+?)\.?\s*$")
_UNKNOWN = re.compile(r'Could not find the Qt platform plugin "([^"]*)"')
_SCALES = {"QT_SCALE_FACTOR": (0.5, 8.0), "QT_SCREEN_SCALE_FACTORS": (0.5, 8.0), "QT_FONT_DPI": (48.0, 768.0)}
"""Settings that make everything larger or smaller, and what of them is believed."""
_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object")


def has_display(platform: str | None) -> bool:
    """Tell whether a window can be seen. On Windows and macOS there always is a place for one.

    Args:
        platform: the Qt platform that was asked for on the command line.
    """
    if platform:
        return not platform.startswith(("offscreen", "minimal"))
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if SYSTEM in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def drop_unusable_scales() -> tuple[str, ...]:
    """Keep from Qt the sizes in the environment that no window fits: it would draw for ever, or nothing. Returns their names."""
    odd = tuple(name for name in _SCALES if (value := os.environ.get(name)) and not _is_usable(name, value))
    for name in odd:
        del os.environ[name]
    return odd


def use_offscreen() -> None:
    """Have Qt draw into memory only, and look for nothing of the user's session."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    drop_platform_theme()
    drop_unusable_scales()


def drop_platform_theme() -> None:
    """Keep from Qt the desktop's look where it draws into memory: GTK's ends the process where it finds no display."""
    if not has_display(None):
        os.environ.pop("QT_QPA_PLATFORMTHEME", None)


def _is_usable(name: str, value: str) -> bool:
    least, most = _SCALES[name]
    try:
        # One for all screens, or one for each, with its name before it or not.
        numbers = [float(part.rpartition("=")[2]) for part in value.split(";") if part]
    except ValueError:
        return False
    return bool(numbers) and all(least <= number <= most for number in numbers)


def report_fatal_qt_messages(make: Callable[[], T], on_fatal: Callable[[NoDisplay], None]) -> T:
    """Return what `make` makes: the QApplication.

    Where Qt cannot go on, `ended` is told why, and the process ends with exit code 1: nothing can be returned from there.
    """
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: "QtMsgType", _context: "QMessageLogContext", message: str) -> None:
        said.append(message)
        if kind is QtMsgType.QtFatalMsg:
            on_fatal(NoDisplay(explain(said)))
            os._exit(FAILED)

    drop_platform_theme()
    for name in drop_unusable_scales():
        log.warning("%s is ignored: its value fits no screen", name)
    before = qInstallMessageHandler(hear)
    try:
        made = make()
    finally:
        qInstallMessageHandler(before)
    for message in said:
        log.warning("Qt: %s", " ".join(message.split()))
    return made


def explain(messages: list[str]) -> str:
    """Return in sentences why Qt could not start, from what it said before it gave up."""
    all_of_it = "\n".join(messages)
    if unknown := _UNKNOWN.search(all_of_it):
        there = _PLUGINS.search(all_of_it)
        if there is None:
            return f"Qt finds none of its plugins for a window system: “{unknown[1]}”. {_settings()}"
        return f"Qt has no plugin “{unknown[1]}” for a window system. It has: {there[1]}. {_settings()}"
    if library := _LIBRARY.search(all_of_it):
        return f"A library that Qt needs for the window is missing: {library[1]}. Install it, and start again."
    display, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    if "could not connect to display" in all_of_it or "wl_display" in all_of_it:
        if not display and not wayland:
            return (
                "There is no screen for a window: neither DISPLAY nor WAYLAND_DISPLAY is set. Start Deskhand in a desktop session; its "
                "commands (deskhand --help) work without a screen."
            )
        names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        named = ", ".join(f"{name} is “{os.environ[name]}”" for name in names if os.environ.get(name))
        return (
            f"The screen cannot be reached ({named}). It may have ended, or not admit this user. Start Deskhand from a terminal of the "
            "desktop session."
        )
    if "xcb-cursor0" in all_of_it:
        return "Qt's plugin for X11 cannot be loaded. Install the system's package libxcb-cursor0 (xcb-util-cursor), and start again."
    return f"Qt cannot open a window: {' '.join(messages[-1].split())[:300] if messages else 'it does not say why'}"


def _settings() -> str:
    names = ("QT_QPA_PLATFORM", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH")
    found = [f"{name}={os.environ[name]}" for name in names if os.environ.get(name)]
    return f"Look at {', '.join(found)}, or remove it." if found else "Install Deskhand again."


def check_fonts() -> None:
    """Look whether there is any font, with a QApplication made. Raises NoDisplay: nothing could be read."""
    from PySide6.QtGui import QFontInfo, QGuiApplication

    # Not `QFontDatabase.families`: fontconfig names three of its own where there is no file behind any.
    if not QFontInfo(QGuiApplication.font()).family():
        raise NoDisplay(
            "There is no font on this computer, so no word could be shown. Install one (Debian's fonts-dejavu-core), or look at "
            "FONTCONFIG_FILE, and start again."
        )
