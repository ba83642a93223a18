"""Where the customer stands: beside the conversation, or over its end where there is no room for both."""

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QWidget
from typing_extensions import override

from deskhand.ui.kit.motion import MOTION

CUSTOMER_WIDTH = 272
_LEFT_FREE = 48
"""So much of the conversation a panel over it leaves free: a click there leads back."""


class CustomerPlace(QWidget):
    """Places the two.

    Signals:
        shown_changed: the customer is shown from now on (True), or not.
        left: the panel was closed while it had the keyboard.
    """

    shown_changed = Signal(bool)
    left = Signal()

    def __init__(self, conversation: QWidget, customer: QWidget) -> None:
        super().__init__()
        self._customer = customer
        self._has_ticket = self._is_open = False
        self._beside = self._wanted = True
        self._state = QByteArray()
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(conversation)
        split.addWidget(customer)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([532, CUSTOMER_WIDTH])
        self._frame = QFrame(self)
        self._frame.setProperty("kind", "panel")
        self._inside = QHBoxLayout(self._frame)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._frame.hide()
        self._slide = MOTION.animation(self._frame, b"pos")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    @property
    def is_shown(self) -> bool:
        """Whether the customer can be seen."""
        return self._has_ticket and (self._wanted if self._beside else self._is_open)

    @property
    def is_over(self) -> bool:
        """Whether the customer lies over the conversation now."""
        return not self._beside and self.is_shown

    @property
    def wanted(self) -> bool:
        """Whether the agent wants the customer beside the conversation, where there is room."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Take up again what the agent chose."""
        self._wanted = wanted
        self._fit()

    def set_has_ticket(self, has: bool) -> None:
        """Say whether there is a customer to show."""
        self._has_ticket = has
        self._fit()

    def set_beside(self, beside: bool) -> None:
        """Say whether there is room for both."""
        if beside == self._beside:
            return
        if not beside:
            self._state = self._split.saveState()
        self._beside, self._is_open = beside, False
        if beside:
            self._frame.hide()
            self._split.addWidget(self._customer)
            self._split.restoreState(self._state)
        else:
            self._inside.addWidget(self._customer)
        self._fit()

    def toggle(self) -> None:
        """Show the customer, or not any more."""
        if self._beside:
            self._wanted = not self._wanted
        else:
            self._is_open = not self._is_open
        self._fit()

    def close_panel(self) -> bool:
        """Take the customer from over the conversation; tell whether one was there."""
        if not self.is_over:
            return False
        self._is_open = False
        self._fit()
        return True

    def save_state(self) -> QByteArray:
        """Return where the splitter stands."""
        return self._split.saveState() if self._beside else self._state

    def restore_state(self, state: QByteArray) -> None:
        """Take that up again."""
        if self._beside:
            self._split.restoreState(state)
        else:
            self._state = state

    def _fit(self) -> None:
        shown = self.is_shown
        focus: QWidget | None = self.window().focusWidget()
        leaves = not shown and focus is not None and self._customer.isAncestorOf(focus)
        self._customer.setVisible(shown)
        if not self._beside and self._frame.isHidden() is shown:
            self._slide.stop()
            self._frame.setVisible(shown)
            self._place_frame()
            if shown:
                self._frame.raise_()
                self._slide_in()
        if leaves:
            self.left.emit()
        self.shown_changed.emit(shown)

    def _place(self) -> QRect:
        wide = min(max(CUSTOMER_WIDTH, self._customer.minimumSizeHint().width()), self.width() - _LEFT_FREE)
        at_end = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        return QRect(self.width() - wide if at_end else 0, 0, wide, self.height())

    def _place_frame(self) -> None:
        self._frame.setGeometry(self._place())

    def _slide_in(self) -> None:
        if not (milliseconds := MOTION.milliseconds()) or not self.isVisible():
            return
        place = self._place()
        outside = self.width() if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -place.width()
        self._slide.setDuration(milliseconds)
        self._slide.setStartValue(QPoint(outside, 0))
        self._slide.setEndValue(place.topLeft())
        self._slide.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._frame.isHidden():
            self._slide.stop()
            self._place_frame()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.close_panel():
            event.accept()
        else:
            super().keyPressEvent(event)
