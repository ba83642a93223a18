"""Days of the week and the hours of those days, to be chosen."""

from collections.abc import Iterable

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.labels import label, name_choice
from deskhand.ui.kit.theme import GAP_SMALL
from deskhand.ui.kit.tick_box import TickBox

_STEP = 30
_DAY = 24 * 60


class HoursEditor(QWidget):
    """Seven days to tick, and from when to when.

    Signals:
        changed: something else is chosen.

    Args:
        name: what the hours are for, in front of each accessible name.
        over_midnight: whether the end may lie before the beginning, on the next day; else the end moves behind the beginning.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, over_midnight: bool = False) -> None:
        super().__init__(parent)
        self._over_midnight = over_midnight
        self._days = [TickBox(QLocale().dayName(day, QLocale.FormatType.ShortFormat)) for day in range(1, 8)]
        days = QWidget()
        flow = FlowLayout(days)
        for day, tick in enumerate(self._days, 1):
            tick.setAccessibleName(f"{name}: {QLocale().dayName(day)}")
            tick.toggled.connect(self.changed)
            flow.addWidget(tick)
        self._begin = self._time_box(f"{name}: {self.tr('from')}", range(0, _DAY, _STEP))
        self._end = self._time_box(f"{name}: {self.tr('to')}", range(0 if over_midnight else _STEP, _DAY + 1, _STEP))
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        line.addWidget(label(self.tr("from")))
        line.addWidget(self._begin)
        line.addWidget(label(self.tr("to")))
        line.addWidget(self._end)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(days)
        column.addLayout(line)
        self._begin.currentIndexChanged.connect(self._keep_order)
        self._begin.currentIndexChanged.connect(self.changed)
        self._end.currentIndexChanged.connect(self._keep_order)
        self._end.currentIndexChanged.connect(self.changed)

    @property
    def days(self) -> frozenset[int]:
        """The days that are ticked, Monday is 0."""
        return frozenset(day for day, box in enumerate(self._days) if box.isChecked())

    @property
    def begin(self) -> int:
        """Minutes since midnight."""
        return int(self._begin.currentData())

    @property
    def end(self) -> int:
        """Minutes since midnight, at most 1440."""
        return int(self._end.currentData())

    def set_hours(self, days: Iterable[int], begin: int, end: int) -> None:
        """Show these hours, without telling of a change. A time between two that are offered is offered too."""
        blocked = self.blockSignals(True)
        ticked = frozenset(days)
        for day, tick in enumerate(self._days):
            tick.setChecked(day in ticked)
        for box, minute in ((self._end, end), (self._begin, begin)):
            at = box.findData(minute)
            if at < 0:
                at = next((n for n in range(box.count()) if box.itemData(n) > minute), box.count())
                box.insertItem(at, clock_text(minute), minute)
            box.setCurrentIndex(at)
        self.blockSignals(blocked)

    def _time_box(self, name: str, minutes: Iterable[int]) -> ChoiceBox:
        box = ChoiceBox()
        for minute in minutes:
            box.addItem(clock_text(minute), minute)
        name_choice(box, name)
        return box

    def _keep_order(self) -> None:
        if self._over_midnight or self.begin < self.end or self.signalsBlocked():
            return
        later = next(n for n in range(self._end.count()) if self._end.itemData(n) > self.begin)
        if self.sender() is self._end:
            earlier = max(n for n in range(self._begin.count()) if self._begin.itemData(n) < self.end)
            self._begin.setCurrentIndex(earlier)
        else:
            self._end.setCurrentIndex(later)


def clock_text(minute: int) -> str:
    """Return "9:30" for minutes since midnight; the end of the day is "24:00"."""
    return f"{minute // 60}:{minute % 60:02}"
