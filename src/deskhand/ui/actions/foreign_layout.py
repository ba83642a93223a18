"""Keys of a layout without Latin letters (Cyrillic, Greek, Hebrew, Arabic, Georgian …): what they mean by where they lie.

Qt finds the Latin letter of a key only where a Latin layout is set up beside the other one. With a Russian layout alone no letter, and no
Ctrl with a letter, would run anything. The key is then taken for the letter that lies there on a US keyboard. Layouts with Latin letters
are left alone: there the letter lies somewhere.
"""

import sys
import unicodedata
from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_KEYCODES = {
    code: letter for start, row in zip((24, 38, 52), _ROWS, strict=True) for code, letter in enumerate(row, start)
}
"""X11's; Qt gives the same under Wayland."""

_SCAN_CODES = {
    code: letter for start, row in zip((16, 30, 44), _ROWS, strict=True) for code, letter in enumerate(row, start)
}
"""Of Windows."""

_VIRTUAL_KEYS = dict(
    zip(
        (12, 13, 14, 15, 17, 16, 32, 34, 31, 35, 0, 1, 2, 3, 5, 4, 38, 40, 37, 6, 7, 8, 9, 11, 45, 46),
        "".join(_ROWS),
        strict=True,
    )
)
"""Of macOS, which has no scan codes."""

_LATIN_1 = 0xFF
_NO_LETTERS = 0x01000000
"""From here on Qt's keys are no characters."""


def latin_letter(event: QKeyEvent, platform: str = sys.platform) -> Qt.Key | None:
    """Return the letter that lies where a letter of another script was pressed; None for every other key."""
    key = int(event.key())
    if not _LATIN_1 < key < _NO_LETTERS or not chr(key).isalpha() or unicodedata.name(chr(key), "").startswith("LATIN"):
        return None
    if platform == "darwin":
        letter = _VIRTUAL_KEYS.get(event.nativeVirtualKey())
    else:
        letter = (_SCAN_CODES if platform == "win32" else _KEYCODES).get(event.nativeScanCode())
    return Qt.Key(ord(letter)) if letter is not None else None


class ForeignLayout:
    """Finds what keys without Latin letters are to run, also two after one another."""

    def __init__(self) -> None:
        self._runners: Mapping[tuple[QKeyCombination, ...], Callable[[], None]] = {}
        self._begun: tuple[QKeyCombination, ...] = ()

    def set_runners(self, runners: Mapping[tuple[QKeyCombination, ...], Callable[[], None]]) -> None:
        """Take what each key runs; what was begun before is forgotten."""
        self._runners, self._begun = runners, ()

    def meant(self, event: QKeyEvent, *, letters: bool) -> Callable[[], None] | None:
        """Return what a key that was pressed completes; None where it completes nothing.

        Args:
            letters: whether letters without Ctrl or Alt act now.
        """
        letter = latin_letter(event)
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
        is_plain = not held & ~Qt.KeyboardModifier.ShiftModifier
        if letter is None or (is_plain and not letters) or event.isAutoRepeat():
            self._begun = ()
            return None
        one = QKeyCombination(held, letter)
        for wanted in ((*self._begun, one), (one,)):
            if (run := self._runners.get(wanted)) is not None:
                self._begun = ()
                return run
            if any(keys[: len(wanted)] == wanted for keys in self._runners):
                self._begun = wanted
                return None
        self._begun = ()
        return None
