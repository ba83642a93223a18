"""The button over a list that says how much is new, and lets it in."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons


class NewsButton(QPushButton):
    """Lies over the list beside it, not in it: a table tells a screen reader of its cells and of no other child.

    Signals:
        left: the pointer or the keyboard is on it no more.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "primary")
        self.setIcon(icons.icon("arrow-up", self.palette().ColorRole.HighlightedText))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pointed = False
        self.hide()

    @property
    def is_in_use(self) -> bool:
        """Whether the pointer or the keyboard is on it: it must not go away under them."""
        return self.isVisible() and (self.hasFocus() or self._pointed)

    def set_count(self, count: int) -> None:
        """Say how many are new; with none it goes."""
        if count > 0:
            self.setText(self.tr("%n new", None, count).replace("%n", str(count)))
            self.adjustSize()
        self.setVisible(count > 0)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._pointed = True
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = False
        super().leaveEvent(event)
        self.left.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pointed = False
        super().hideEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
