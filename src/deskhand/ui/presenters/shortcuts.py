"""The commands' keys, bound to the window: all of them, or all but the single letters.

Letters can be switched off as a whole (WCAG 2.1.4): who speaks to the computer, or trembles, runs commands by them unawares.
"""

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deskhand.ui.presenters.command import Command

_REPEATING = frozenset(["next", "previous", "extend down", "extend up"])
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def is_letter(keys: str) -> bool:
    """Tell whether any of these keys is pressed without Ctrl or Alt, and is no function key: it could be part of a text."""
    sequence = QKeySequence(keys)
    return any(_is_typed(sequence[i]) for i in range(sequence.count()))  # type: ignore[index]  # the stubs forget it


def _is_typed(pressed: QKeyCombination) -> bool:
    key, is_held = pressed.key(), bool(pressed.keyboardModifiers() & _HELD)
    return not is_held and key != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


class Shortcuts(QObject):
    """Binds keys.

    Args:
        letters: whether single letters act.
    """

    def __init__(self, commands: Sequence[Command], window: QWidget, *, letters: bool) -> None:
        super().__init__(window)
        self._letters = letters
        self._typed: list[QShortcut] = []
        for command in commands:
            for keys in command.keys:
                shortcut = QShortcut(QKeySequence(keys), window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.setAutoRepeat(command.name in _REPEATING)
                shortcut.activated.connect(command.run)
                if is_letter(keys):
                    shortcut.setEnabled(letters)
                    self._typed.append(shortcut)

    @property
    def letters(self) -> bool:
        """Whether single letters act."""
        return self._letters

    def set_letters(self, on: bool) -> None:
        """Let single letters act from now on, or not."""
        self._letters = on
        for shortcut in self._typed:
            shortcut.setEnabled(on)

    def working(self, command: Command) -> tuple[str, ...]:
        """Return the keys of a command that do something now."""
        return tuple(keys for keys in command.keys if self._letters or not is_letter(keys)) + command.also
