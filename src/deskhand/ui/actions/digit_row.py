"""Which key of the row of digits was pressed: French, Belgian and Czech keyboards type digits only with Shift.

Alt+1 is then Alt+& to Qt, and no shortcut. The key is known by where it lies, whatever the layout writes on it.
"""

import sys

from PySide6.QtGui import QKeyEvent

_KEYCODES = {code: digit for digit, code in enumerate(range(10, 19), start=1)}
"""X11's; Qt gives the same under Wayland."""

_SCAN_CODES = {code: digit for digit, code in enumerate(range(2, 11), start=1)}
"""Of Windows."""

_VIRTUAL_KEYS = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9}
"""Of macOS, which has no scan codes: ANSI 1 to 9."""


def digit_of(event: QKeyEvent, platform: str = sys.platform) -> int | None:
    """Return the digit of the key that was pressed, 1 to 9; None for all other keys."""
    if platform == "darwin":
        return _VIRTUAL_KEYS.get(event.nativeVirtualKey())
    return (_SCAN_CODES if platform == "win32" else _KEYCODES).get(event.nativeScanCode())
