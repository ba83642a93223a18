"""What an input method has begun in an editor and not ended yet (a composition): to the agent it is typed already."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class Composition(QObject):
    """The unfinished composition of one editor, which becomes part of its text when the editor loses the keyboard.

    Qt asks the input method to end it at such a moment; where none answers, Qt drops what was composed.

    Signals:
        changed: another text is being composed.
    """

    changed = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self._text = ""
        editor.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is composed now; empty while nothing is."""
        return self._text

    def finish(self) -> None:
        """Make what is composed part of the text."""
        if self._text:
            event = QInputMethodEvent()
            event.setCommitString(self._text)
            QApplication.sendEvent(self._editor, event)
            QGuiApplication.inputMethod().reset()

    def drop(self) -> None:
        """Forget what is composed: the text that it belonged to goes."""
        if self._text:
            QApplication.sendEvent(self._editor, QInputMethodEvent())
            QGuiApplication.inputMethod().reset()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            if event.preeditString() != self._text:
                self._text = event.preeditString()
                self.changed.emit()
        elif event.type() is QEvent.Type.FocusOut:
            self.finish()
        return super().eventFilter(watched, event)


def finish_composition() -> None:
    """Make what is composed in the editor with the keyboard part of its text: it is about to be read, or left."""
    editor = QApplication.focusWidget()
    if editor is None:
        return
    QGuiApplication.inputMethod().commit()
    if (found := _of(editor)) is not None:
        found.finish()


def composed_in(editor: QWidget) -> str:
    """Return what is composed in an editor now; empty while nothing is."""
    found = _of(editor)
    return found.text if found is not None else ""


def _of(editor: QWidget) -> Composition | None:
    found = editor.findChild(Composition, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Composition) else None
