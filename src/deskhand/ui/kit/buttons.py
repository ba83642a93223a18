"""The buttons that Qt paints: Enter presses the one that has the keyboard, as Space does, in a dialog and in the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton
from typing_extensions import override

from deskhand.ui.kit.enter_key import is_enter

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


def pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if a key is Enter alone, and tell whether it is; a key that is held down presses once."""
    if not is_enter(event) or event.modifiers() & _HELD:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class PushButton(QPushButton):
    """A button with a word. Qt alone gives Enter to the dialog's filled button, also from another one that has the keyboard."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A small button with a picture."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)
