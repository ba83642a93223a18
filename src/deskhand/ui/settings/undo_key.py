"""Ctrl+Z in a window whose choices hold at once."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QDialog
from typing_extensions import override


class _NotItsOwn(QObject):
    """Keeps a number from taking the key for its digits: it holds at once, so there is nothing else to take back."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Undo)
        return False


def add_undo_key(dialog: QDialog, run: Callable[[], None]) -> None:
    """Let Ctrl+Z in a dialog undo the last change of a setting; where a text is typed it is the text's own."""
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), dialog)
    shortcut.activated.connect(run)
    passing = _NotItsOwn(dialog)
    for box in dialog.findChildren(QAbstractSpinBox):
        box.installEventFilter(passing)
