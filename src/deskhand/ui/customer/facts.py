"""Rows of a name and a value, kept between updates: only what changed is set again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from deskhand.ui.kit import times
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.theme import Tone
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.rest_list import RestButton


def when_text(when: datetime) -> str:
    """Return "29 Apr 2024, 21:00": day, year and time."""
    return f"{times.short_date(times.day_of(when), date.min)}, {times.clock_time(when)}"


MOST = 60
"""Rows that are drawn: 2,000 held the window for a minute."""

_LONG = 15
"""A word of more letters may be wider than the column; it is cut in its middle instead of running out of the pane."""


class _Value(QWidget):
    """Words that wrap, or one long word (an id, an address) that is cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wrapped = label("", self, role=Role.SMALL, wrap=True, selectable=True)
        self._wrapped.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._long = ElidedLabel("", self, role=Role.SMALL, mode=Qt.TextElideMode.ElideMiddle)
        self._long.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._wrapped)
        box.addWidget(self._long)
        self._long.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._shown.text()

    def setText(self, text: str) -> None:
        """Say something else."""
        long = any(len(word) > _LONG for word in text.split())
        self._long.setVisible(long)
        self._wrapped.setVisible(not long)
        self._shown.setText(text)

    def set_accessible_text(self, spoken: str) -> None:
        """Tell a screen reader more than is written."""
        self._shown.setAccessibleName(spoken)

    @property
    def _shown(self) -> ToneLabel:
        return self._wrapped if self._long.isHidden() else self._long


class Facts(QWidget):
    """Two columns.

    Args:
        names: width of the first column.
    """

    def __init__(self, parent: QWidget, *, names: int = 92) -> None:
        super().__init__(parent)
        self._rows: list[tuple[ToneLabel, _Value]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, names)
        self._grid.setColumnStretch(1, 1)
        self._names = names
        self._all: tuple[tuple[str, str], ...] = ()
        self._more = RestButton(self.tr("All of it"), self.tr("Find a value"), self._entries, self)
        self._grid.addWidget(self._more, MOST, 0, 1, 2)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return what is shown."""
        return tuple((name.text(), value.text()) for name, value in self._rows if not name.isHidden())

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these; of very many the first, and a list of all."""
        self._all = tuple(rows)
        rows = self._all[:MOST]
        self._more.set_rest(len(self._all) - MOST)
        while len(self._rows) < len(rows):
            self._rows.append(self._made(len(self._rows)))
        for index, (name, value) in enumerate(self._rows):
            shown = index < len(rows)
            if shown:
                caption, said = rows[index]
                for part, text in ((name, caption), (value, said)):
                    if part.text() != text:
                        part.setText(text)
                value.set_accessible_text(f"{caption}: {said}")
            for part in (name, value):
                if part.isHidden() == shown:
                    part.setVisible(shown)
        self.setVisible(bool(rows))

    def _entries(self) -> Iterator[Entry]:
        return (Entry(" ".join(f"{name}: {value}".split())) for name, value in self._all)

    def _made(self, row: int) -> tuple[ToneLabel, "_Value"]:
        name = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        value = _Value(self)
        name.setMaximumWidth(self._names)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        return name, value
