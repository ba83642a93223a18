"""A line over a conversation that was opened from a search: which of its messages that hold the terms is shown, and the way to the others."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.window_actions import NEXT_HIT, PREVIOUS_HIT
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import GAP_LARGE, GAP_SMALL, Tone, theme_of

_SIDE = 26


class HitBar(QWidget):
    """Hidden until there is a hit.

    Signals:
        step: on to the next (1) or the previous (-1) one.
        ended: mark nothing any more.
    """

    step = Signal(int)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._previous = IconButton("chevron-up", PREVIOUS_HIT.title, self, side=_SIDE)
        self._next = IconButton("chevron-down", NEXT_HIT.title, self, side=_SIDE)
        self._close = IconButton("x", self.tr("Mark nothing any more"), self, side=_SIDE)
        self._previous.clicked.connect(lambda: self.step.emit(-1))
        self._next.clicked.connect(lambda: self.step.emit(1))
        self._close.clicked.connect(self.ended)
        show_keys(self, self._show_keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 2, GAP_LARGE, 2)
        row.setSpacing(GAP_SMALL)
        row.addStretch(1)
        for part in (self._count, self._previous, self._next, self._close):
            row.addWidget(part)
        self.hide()

    def _show_keys(self) -> None:
        for button, action in ((self._previous, PREVIOUS_HIT), (self._next, NEXT_HIT)):
            name_and_keys(button, action.title, IN_FORCE.first_key(action))

    def show_hits(self, count: int, number: int) -> None:
        """Say which of the messages with a hit is shown; none at all hides the line."""
        self.setVisible(count > 0)
        self._count.setText(self.tr("hit {number} of {count}").format(number=number, count=count))
        for button in (self._previous, self._next):
            button.setEnabled(count > 1)

    @property
    def text(self) -> str:
        """What it says."""
        return self._count.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self.palette())
            painter.fillRect(self.rect(), QColor(theme.side))
            painter.setPen(QColor(theme.hair))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
