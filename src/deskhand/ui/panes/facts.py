"""Rows of a name and a value, kept between updates: only what changed is set again."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from deskhand.ui.models import times
from deskhand.ui.theme import Tone
from deskhand.ui.widgets.labels import Role, ToneLabel, label


def when_words(when: datetime) -> str:
    """Return "29 Apr 2024, 21:00": day, year and time."""
    return f"{times.short_date(times.day_of(when), date.min)}, {times.clock_time(when)}"


class Facts(QWidget):
    """Two columns.

    Args:
        names: width of the first column.
    """

    def __init__(self, parent: QWidget, *, names: int = 92) -> None:
        super().__init__(parent)
        self._rows: list[tuple[ToneLabel, ToneLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, names)
        self._grid.setColumnStretch(1, 1)
        self._names = names

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return what is shown."""
        return tuple((name.text(), value.text()) for name, value in self._rows if not name.isHidden())

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        while len(self._rows) < len(rows):
            self._rows.append(self._made(len(self._rows)))
        for index, (name, value) in enumerate(self._rows):
            shown = index < len(rows)
            if shown:
                words, said = rows[index]
                for part, text in ((name, words), (value, said)):
                    if part.text() != text:
                        part.setText(text)
                value.setAccessibleName(f"{words}: {said}")
            for part in (name, value):
                if part.isHidden() == shown:
                    part.setVisible(shown)
        self.setVisible(bool(rows))

    def _made(self, row: int) -> tuple[ToneLabel, ToneLabel]:
        name = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        value = label("", self, role=Role.SMALL, wrap=True, selectable=True)
        value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        name.setMaximumWidth(self._names)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        return name, value
