"""A field that takes keys instead of text: what is pressed is what it holds."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget
from typing_extensions import override

from deskhand.ui.actions.foreign_layout import latin_letter
from deskhand.ui.actions.keymap import MOST_PRESSED, is_letter, normalized
from deskhand.ui.kit.enter_key import ENTER_KEYS, is_enter

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyCapture(QKeySequenceEdit):
    """Takes a key, or two letters after one another: Enter or a second of waiting ends those.

    Signals:
        captured: keys, as they are stored.
        cancelled: Esc was pressed.
    """

    captured = Signal(str)
    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(MOST_PRESSED)
        self.setFinishingKeyCombinations(
            [QKeyCombination(key) for key in (Qt.Key.Key_Tab, *ENTER_KEYS)]
            + [QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Backtab)]
        )
        self.setAccessibleName(name)
        self._say()
        self.editingFinished.connect(self._finish)

    @override
    def event(self, event: QEvent, /) -> bool:
        # The dialog would close by Esc and press its button by Enter.
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._say()
            self.cancelled.emit()
            return
        if event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier or event.key() == Qt.Key.Key_AltGr:
            return  # it types a letter on this keyboard
        if is_enter(event) and not event.modifiers() and self.keySequence().isEmpty():
            return
        letter = latin_letter(event)
        if letter is not None:
            event = QKeyEvent(event.type(), letter, event.modifiers(), chr(letter))
        super().keyPressEvent(event)
        if event.key() not in _MODIFIERS and (keys := self._keys) and not is_letter(keys):
            self._finish()  # nothing is waited for behind a key with Ctrl or Alt

    def _say(self) -> None:
        # Qt writes its own words again whenever it begins anew.
        line = self.findChild(QLineEdit)
        if line is not None:
            line.setMinimumHeight(30)
            line.setPlaceholderText(self.tr("press a key"))

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self._say()

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._say()

    @property
    def _keys(self) -> str:
        return normalized(self.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _finish(self) -> None:
        if keys := self._keys:
            self.clear()
            self._say()
            self.captured.emit(keys)
