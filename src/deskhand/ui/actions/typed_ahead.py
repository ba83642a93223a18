"""Keys that are pressed before the text is there that they are meant for.

J and R in quick succession: the ticket is still being read when R comes, and what is typed next would run commands, one letter
after the other. The command waits until the ticket is on screen, and the letters with it; then they are typed. Where the command
is refused there is no text, and what is typed in one go with it runs nothing either.
"""

from collections.abc import Callable, Container

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deskhand.ui.kit.text_focus import is_typing, takes_text

LONGEST_MS = 5_000
"""A ticket that is not there by then keeps no keys any longer."""

BEGINNING_MS, PAUSE_MS = 1_500, 500
"""So soon after a refused command somebody begins to type who did not see that it was; a longer pause ends what was typed so."""

_NOT_TYPED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


def _has_keyboard() -> QWidget | None:
    """Return what keys are for; a dialog that was just opened gets them from the system a moment later."""
    dialog = QApplication.activeModalWidget()
    return dialog.focusWidget() if dialog is not None else QApplication.focusWidget()


class TypedAhead(QObject):
    """Holds one command, and what is typed after it, or keeps it from running anything; Esc, a click or another window ends both."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._letters: Container[int] = ()
        self._run: Callable[[], None] | None = None
        self._keys: list[QKeyEvent] = []
        self._window: QWidget | None = None
        self._say: Callable[[], object] | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self.give_up)

    def hold(self, run: Callable[[], None]) -> None:
        """Let a command that leads into a text wait."""
        self.give_up()
        self._run = run
        self._watch(LONGEST_MS)

    def refuse(self, say: Callable[[], object], letters: Container[int]) -> None:
        """Let what is typed in one go with a refused command run nothing.

        Args:
            say: tells the reason once more, for what is typed all the same.
            letters: keys that mean another command when one of them comes first, without Shift: most texts begin with a capital.
        """
        self.give_up()
        self._say, self._letters = say, letters
        self._watch(BEGINNING_MS)

    def _watch(self, longest: int) -> None:
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._window = QApplication.activeWindow()
        self._limit.start(longest)

    def give_up(self) -> None:
        """Forget the command and the keys: from now on every key is what it is."""
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._run, self._say, self._keys = None, None, []
        self._limit.stop()

    def go_on(self) -> None:
        """Run the command, and type the keys where it led into a text."""
        run, keys = self._run, self._keys
        is_there = QApplication.activeWindow() is self._window
        self.give_up()
        if run is None or not is_there:  # who went to another window since types for what is there
            return
        run()
        for key in keys:
            text = _has_keyboard()
            if text is None or not takes_text(text):
                return
            QCoreApplication.sendEvent(text, key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress:
            self.give_up()
        if not isinstance(event, QKeyEvent) or event.type() is QEvent.Type.KeyRelease:
            return False
        if QApplication.activeWindow() is not self._window:
            self.give_up()
            return False
        if self._say is not None and self._ends_refusal(event):
            self.give_up()
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return True
        if not self._is_typed(event):
            return False
        if event.type() is QEvent.Type.KeyPress:
            if self._say is not None:
                self._limit.start(PAUSE_MS)
                if not self._keys:
                    self._say()
            self._keys.append(event.clone())
        event.accept()
        return True

    def _ends_refusal(self, event: QKeyEvent) -> bool:
        if is_typing() or event.key() == Qt.Key.Key_Escape:
            return True
        is_command = not event.modifiers() and event.key() in self._letters
        return (
            not self._keys
            and bool(event.text())
            and (is_command or event.text().isspace() or not event.text().isprintable())
        )

    def _is_typed(self, event: QKeyEvent) -> bool:
        """Tell whether a key would become text, or take some of it away; AltGr is Ctrl and Alt on Windows."""
        held = event.modifiers()
        if held & _NOT_TYPED and not held & Qt.KeyboardModifier.AltModifier:
            return False
        return bool(event.text())
