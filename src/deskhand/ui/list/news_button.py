"""The button over a list that says how much is new, and lets it in."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.theme import fonts_for


class NewsButton(PushButton):
    """Lies over the list beside it, not in it: a table tells a screen reader of its cells and of no other child.

    Signals:
        left: the pointer or the keyboard is on it no more.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "primary")
        self.setFont(fonts_for(self.font()).small_medium)
        self.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 20px; }")
        self.setIcon(icons.icon("arrow-up", self.palette().ColorRole.HighlightedText))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_enter_presses(self, presses=True)
        self._pointed = self._is_short = False
        self._count = 0
        self.hide()

    @property
    def is_in_use(self) -> bool:
        """Whether the pointer or the keyboard is on it: it must not go away under them."""
        return self.isVisible() and (self.hasFocus() or self._pointed)

    def set_count(self, count: int) -> None:
        """Say how many are new; with none it goes."""
        self._count = count
        if count > 0:
            self._say()
        self.setVisible(count > 0)

    def width_for(self, *, is_short: bool) -> int:
        """Return how wide it is with or without its word."""
        metrics = self.fontMetrics()
        said = figure(self._count) if is_short else self.accessibleName()
        return self.sizeHint().width() - metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(said)

    def set_short(self, is_short: bool) -> None:
        """Show the number alone, where there is no room for the word."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self._say()

    def _say(self) -> None:
        said = self.tr("%n new", None, self._count).replace("%n", str(self._count))
        self.setText(figure(self._count) if self._is_short else said)
        self.setAccessibleName(said)
        self.setToolTip(said if self._is_short else "")
        self.adjustSize()

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
