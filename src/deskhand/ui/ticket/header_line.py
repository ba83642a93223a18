"""The ticket's one line: parts side by side, of which some give way where there is no room for all."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP, GAP_TINY, theme_of

_LINES = 3
"""How many lines of the body font the header is high: 48 of 16 pixels."""
_LEAST = 48
_SUBJECT_SHARE = 0.4
"""So much of the line a long subject may ask for before others give way; a longer one is cut."""

_SUBJECT_FIRST = 1000
"""Stretch: it gets its words before the room behind it gets anything."""


class Step(IntEnum):
    """What gives way, one after the other; each step holds for those behind it too."""

    WHOLE = 0
    NO_NUMBER = 1
    TAGS_COUNTED = 2
    NO_PRIORITY_WORD = 3
    NO_STATE_WORD = 4
    NO_TAGS = 5
    NO_BUTTONS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A widget in the line.

    Attributes:
        width: how wide it is from a step on, while it is wanted.
        fit: tells it the step.
        gone: from which step on it is not shown; None = never.
    """

    widget: QWidget
    width: Callable[[Step], int]
    fit: Callable[[Step], object]
    gone: Step | None = None


def fixed(widget: QWidget, gone: Step | None = None) -> Part:
    """Return a part that is shown as it is, or not at all."""
    return Part(widget, lambda _step: widget.sizeHint().width(), lambda _step: None, gone)


class HeaderLine(QWidget):
    """Lays the parts out; which of them the ticket has at all is said with `set_wanted`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[Part] = []
        self._unwanted: set[QWidget] = set()
        self._wish: Callable[[], int] = lambda: 0
        self.step = Step.WHOLE
        self._row = row = QHBoxLayout(self)
        set_margins(row, GAP + 2, 0, GAP, 0)
        row.setSpacing(GAP_TINY)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def place(
        self, before: Sequence[Part], subject: QWidget, wish: Callable[[], int], beside: Part, behind: Sequence[Part]
    ) -> None:
        """Put the parts side by side.

        Args:
            subject: may become as narrow as it has to.
            wish: how wide it would like to be.
            beside: stands close to the subject, before the room that is left.
        """
        self._parts = [*before, beside, *behind]
        self._wish = wish
        for part in before:
            self._row.addWidget(part.widget)
        self._row.addWidget(subject, _SUBJECT_FIRST)
        self._row.addWidget(beside.widget)
        self._row.addStretch(1)
        for part in behind:
            self._row.addWidget(part.widget)

    def set_wanted(self, widget: QWidget, wanted: bool) -> None:
        """Say whether the ticket has a part."""
        if wanted is (widget in self._unwanted):
            self._unwanted.symmetric_difference_update((widget,))
            self.fit()

    def fit(self) -> None:
        """Let as little as possible give way."""
        self.step = next((step for step in Step if self._needed(step) <= self.width()), Step.NO_BUTTONS)
        for part in self._parts:
            part.fit(self.step)
            shown = self._is_shown(part, self.step)
            if part.widget.isHidden() is shown:
                part.widget.setVisible(shown)

    def _is_shown(self, part: Part, step: Step) -> bool:
        return part.widget not in self._unwanted and (part.gone is None or step < part.gone)

    def _needed(self, step: Step) -> int:
        edge = self._row.contentsMargins()
        widths = [part.width(step) + self._row.spacing() for part in self._parts if self._is_shown(part, step)]
        share = _SUBJECT_SHARE if step < Step.NO_TAGS else _SUBJECT_SHARE / 2
        return edge.left() + edge.right() + sum(widths) + min(self._wish(), round(self.width() * share))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(_LEAST, _LINES * self.fontMetrics().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class Rule(QWidget):
    """A short upright line between what the ticket is and what is done with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(9, self.fontMetrics().height() + 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.width() // 2, 0, 1, self.height(), QColor(theme_of(self.palette()).hair))
