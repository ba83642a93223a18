"""A number to type or to step with the arrow keys, framed as every other field.

A style sheet that frames a spin box leaves its text one pixel of room when it has no buttons (Qt 6.11), so its place is set here.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override

_EDGE = 9


class NumberBox(QSpinBox):
    """Tells a number when it is complete, not at every digit."""

    def __init__(self, lowest: int, highest: int, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.lineEdit().setStyleSheet("border: none; padding: 0; background: transparent;")

    @override
    def event(self, event: QEvent, /) -> bool:
        handled = super().event(event)
        place = self.rect().adjusted(_EDGE, 1, -_EDGE, -1)
        if self.lineEdit().geometry() != place:
            self.lineEdit().setGeometry(place)
        return handled

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what stands in it.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
