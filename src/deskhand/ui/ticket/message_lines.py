"""The lines around a message: what of it is not shown, what happened to it, history, and days."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QWidget
from typing_extensions import override

from deskhand.domain.threads import HistoryEntry
from deskhand.ui.kit import times
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.painted_button import paint_ground
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, Tone, theme_of
from deskhand.ui.ticket.message_text import MessageButton
from deskhand.ui.ticket.thread_model import DayMark


def link_button(text: str, parent: QWidget) -> QPushButton:
    """Return a button that looks like a link."""
    button = PushButton(text, parent)
    button.setProperty("kind", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class NotShownLine(QWidget):
    """Says what of a message is not shown, and offers it.

    Signals:
        requested: the agent wants to see it.
    """

    requested = Signal()

    def __init__(self, text: str, button_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        show = link_button(button_text, self)
        show.clicked.connect(self.requested)
        self._show = show
        self._label = label(text, self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)

    def lay_out(self, width: int) -> int:
        """Place words and button and return the height."""
        button = self._show.sizeHint()
        room = width - button.width() - 10 - 6 - GAP_SMALL
        height = self._label.heightForWidth(room)
        self.resize(width, max(height, button.height()) + 8)
        direction = self.layoutDirection()
        label_at = QRect(10, (self.height() - height) // 2, room, height)
        button_at = QRect(QPoint(width - 6 - button.width(), (self.height() - button.height()) // 2), button)
        self._label.setGeometry(QStyle.visualRect(direction, self.rect(), label_at))
        self._show.setGeometry(QStyle.visualRect(direction, self.rect(), button_at))
        return self.height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = theme_of(self.palette())
            paint_ground(painter, QRectF(self.rect()), theme.raised, theme.tint_edge or theme.raised, RADIUS_CONTROL)


class DeliveryLine(QWidget):
    """What went wrong with a message, and the buttons that settle it.

    Signals:
        done: the agent's decision (MessageAction or Resolution).
    """

    done = Signal(object)

    def __init__(
        self, problem: str, buttons: Sequence[MessageButton], parent: QWidget, *, tone: Tone = Tone.WRONG
    ) -> None:
        super().__init__(parent)
        self._label = label(problem, self, tone=tone, wrap=True)
        self._label.setVisible(bool(problem))
        self._buttons = []
        for number, offer in enumerate(buttons):
            button = PushButton(offer.label, self)
            button.setProperty("kind", "primary" if number == 0 else "")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, action=offer.action: self.done.emit(action))
            self._buttons.append(button)
        self._ground = ""
        self._height = 0

    @property
    def height_on_ground(self) -> int:
        """How high it is where it covers what is behind."""
        return self._height + 2 * GAP_SMALL

    def lie_on(self, ground: str) -> None:
        """Cover what is behind with a colour; empty = nothing is."""
        if ground != self._ground:
            self._ground = ground
            self.lay_out(self.width())
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground:
            with QPainter(self) as painter:
                painter.fillRect(self.rect(), QColor(self._ground))
                painter.setPen(QColor(theme_of(self.palette()).hair))
                painter.drawLine(0, 0, self.width(), 0)

    def lay_out(self, width: int) -> int:
        """Place words and buttons and return the height."""
        top = y = GAP_SMALL if self._ground else 0
        if self._label.text():
            tall = self._label.heightForWidth(width)
            self._label.setGeometry(0, top, width, tall)
            y += tall + (GAP_SMALL if self._buttons else 0)
        y += self._place_buttons(y, width)
        self._height = y - top
        self.resize(width, self.height_on_ground if self._ground else y)
        return self._height

    def _place_buttons(self, top: int, width: int) -> int:
        """Put the buttons beside each other, in as many lines as they need, and return the height."""
        x = y = below = 0
        for button in self._buttons:
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, below + GAP_SMALL
            at = QRect(x, top + y, min(size.width(), width), size.height())
            button.setGeometry(QStyle.visualRect(self.layoutDirection(), QRect(0, 0, width, 0), at))
            x += size.width() + GAP_SMALL
            below = max(below, y + size.height())
        return below


class HistoryLine(ElidedLabel):
    """A change of the ticket, quiet and inline."""

    def __init__(self, entry: HistoryEntry, parent: QWidget) -> None:
        clock = times.clock_time(entry.at) if entry.at is not None else ""
        text = "   ".join(part for part in (clock, " · ".join(filter(None, (entry.what, entry.who)))) if part)
        super().__init__(text, parent, role=Role.SMALL, tone=Tone.PLAIN)

    def lay_out(self, width: int) -> int:
        """Take the width and return the height."""
        self.setContentsMargins(0, 0, 0, 0)
        self.resize(width, self.fontMetrics().height() + 2)
        return self.height()


class DayLine(ElidedLabel):
    """A day's name between two lines."""

    def __init__(self, mark: DayMark, now: datetime, parent: QWidget) -> None:
        super().__init__(times.day_label(mark.day, now), parent, role=Role.SMALL, tone=Tone.PLAIN)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def lay_out(self, width: int) -> int:
        """Take the width and return the height."""
        self.resize(width, self.fontMetrics().height() + 4)
        return self.height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        half = self.fontMetrics().horizontalAdvance(self.text()) // 2 + 12
        middle = self.width() // 2
        with QPainter(self) as painter:
            painter.setPen(QColor(theme_of(self.palette()).hair))
            y = self.height() // 2
            painter.drawLine(0, y, middle - half, y)
            painter.drawLine(middle + half, y, self.width(), y)
