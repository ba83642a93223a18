"""Tab and Shift+Tab in the list: to the next pinned view and back, as long as another one is pinned."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TabKeys(QObject):
    """Watches the list.

    Args:
        step: goes to another view and tells whether there is one; where there is none, the key means what it always does.
    """

    def __init__(self, watched: QWidget, step: Callable[[int], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._step = step
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        by = _STEPS.get(Qt.Key(event.key()))
        return by is not None and not event.modifiers() & _HELD and self._step(by)
