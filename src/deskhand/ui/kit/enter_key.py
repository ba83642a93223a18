"""Enter: which keys it is, and which button it presses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Beside the letters, and on the keypad."""


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter, beside the letters or on the keypad, whatever is held with it."""
    return event.key() in ENTER_KEYS


def is_ctrl_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter with Ctrl."""
    return is_enter(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def set_enter_presses(button: QPushButton, *, presses: bool) -> None:
    """Let Enter press a button from the lines of its dialog too, or only while the button has the keyboard.

    Left alone, the first button of a dialog would take Enter in a line from the one that the dialog fills.
    """
    button.setAutoDefault(False)
    button.setDefault(presses)
