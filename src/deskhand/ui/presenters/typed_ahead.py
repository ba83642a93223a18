"""Keys that are pressed before the text is there that they are meant for.

J and R in quick succession: the ticket is still being read when R comes, and what is typed next would run commands, one letter
after the other. The command waits until the ticket is on screen, and the letters with it; then they are typed.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from deskhand.ui.widgets.text_focus import is_typing

LONGEST_MS = 5_000
"""A ticket that is not there by then keeps no keys any longer."""

_NOT_TYPED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class TypedAhead(QObject):
    """Holds one command, and what is typed after it; Esc or a click gives both up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._run: Callable[[], None] | None = None
        self._keys: list[QKeyEvent] = []
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LONGEST_MS)
        self._limit.timeout.connect(self.give_up)

    def hold(self, run: Callable[[], None]) -> None:
        """Let a command that leads into a text wait."""
        self._keys = []
        if self._run is None:
            QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._run = run
        self._limit.start()

    def give_up(self) -> None:
        """Forget the command and the keys."""
        if self._run is not None:
            QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._run, self._keys = None, []
        self._limit.stop()

    def go_on(self) -> None:
        """Run the command, and type the keys where it led into a text."""
        run, keys = self._run, self._keys
        self.give_up()
        if run is None:
            return
        run()
        for key in keys:
            text = QApplication.focusWidget()
            if text is None or not is_typing():
                return
            QCoreApplication.sendEvent(text, key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress:
            self.give_up()
        if not isinstance(event, QKeyEvent) or self._run is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return True
        if not self._is_typed(event):
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._keys.append(event.clone())
        event.accept()
        return True

    def _is_typed(self, event: QKeyEvent) -> bool:
        """Tell whether a key would become text, or take some of it away; AltGr is Ctrl and Alt on Windows."""
        held = event.modifiers()
        if held & _NOT_TYPED and not held & Qt.KeyboardModifier.AltModifier:
            return False
        return bool(event.text())
