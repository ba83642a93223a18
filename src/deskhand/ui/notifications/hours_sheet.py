"""Asks for the hours in which an account notifies."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from deskhand.services.notification_choices import WorkingHours
from deskhand.ui.kit.hours_editor import HoursEditor, clock_text
from deskhand.ui.kit.labels import label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone

_MONDAY_TO_FRIDAY = frozenset(range(5))


class HoursSheet(Sheet):
    """Days and times; the end may lie on the next day.

    Signals:
        chosen: the `WorkingHours`.
    """

    chosen = Signal(object)

    def __init__(self, account: str, hours: WorkingHours, parent: QWidget) -> None:
        super().__init__("", parent, width=500)
        self.set_title(self.tr("Hours of {account}").format(account=account))
        self._editor = HoursEditor(account, over_midnight=True)
        self._editor.set_hours(hours.days, hours.begin, hours.end)
        self._editor.changed.connect(self._check)
        self.body.addWidget(self._editor)
        self.body.addWidget(
            label(self.tr("An end before the beginning lies on the next day."), tone=Tone.PLAIN, wrap=True)
        )
        self.add_button(self.tr("Cancel"), self.reject)
        self._use = self.add_button(self.tr("Use these hours"), self._choose, kind="primary", default=True)
        self._check()

    def _check(self) -> None:
        is_some = bool(self._editor.days) and self._editor.begin != self._editor.end
        self._use.setEnabled(is_some)
        self._use.setToolTip("" if is_some else self.tr("No hour is chosen."))

    def _choose(self) -> None:
        self.chosen.emit(WorkingHours(self._editor.begin, self._editor.end, self._editor.days))
        self.accept()


def hours_text(hours: WorkingHours) -> str:
    """Return "9:00-18:00", with the days in front where they are others than Monday to Friday."""
    times = f"{clock_text(hours.begin)}-{clock_text(hours.end)}"
    if hours.days == _MONDAY_TO_FRIDAY:
        return times
    names = (QLocale().dayName(day + 1, QLocale.FormatType.NarrowFormat) for day in sorted(hours.days))
    return f"{' '.join(names)} {times}"
