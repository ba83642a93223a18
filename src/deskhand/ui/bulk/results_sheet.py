"""What became of each ticket of a change of several, while it goes on and afterwards."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.bulk.outcome_bar import OutcomeBar
from deskhand.ui.kit import icons
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.labels import label, literal_tip
from deskhand.ui.kit.line_delegate import LineDelegate
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone, tone_text

_ROWS_HIGH = 300


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One ticket.

    Attributes:
        what: customer and subject.
        said: how far it is, or why nothing was done, in a sentence.
        command: what can still be taken back; None = nothing can.
    """

    ticket: TicketKey
    what: str
    outcome: BulkOutcome
    said: str
    command: CommandId | None = None


class ResultsSheet(Sheet):
    """A bar, a row for each ticket, and what can be done about what has not left; it does not keep the window from working.

    Args:
        aside: it comes by itself, and leaves the keyboard where it is.

    Signals:
        pause_requested: True = let nothing more leave, False = go on.
        stop_requested: take back what has not left: these commands (tuple of CommandId), all for none.
        open_requested: a ticket (TicketKey).
        read: the agent has seen the results of all.
    """

    pause_requested = Signal(bool)
    stop_requested = Signal(tuple)
    open_requested = Signal(object)
    read = Signal()

    def __init__(self, title: str, parent: QWidget, *, aside: bool) -> None:
        super().__init__(title, parent, width=620)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, aside)
        self._lines: tuple[ResultLine, ...] = ()
        self._counts = label(tone=Tone.PLAIN, wrap=True)
        self._bar = OutcomeBar()
        self._table = QTableWidget(0, 2, self)
        self._table.setItemDelegate(LineDelegate(self._table))
        self._table.setAccessibleName(self.tr("Result for each ticket"))
        self._table.setHorizontalHeaderLabels([self.tr("Ticket"), self.tr("Result")])
        self._table.verticalHeader().hide()
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._details = label("", self, tone=Tone.PLAIN, wrap=True, selectable=True)
        self.body.addWidget(self._counts)
        self.body.addWidget(self._bar)
        self.add_scrolling(self._table, _ROWS_HIGH)
        self.body.addWidget(self._details)
        self._open = self.add_button(self.tr("Open ticket"), self._open_chosen)
        self._skip = self.add_button(self.tr("Skip this one"), self._skip_chosen)
        self._pause = self.add_button(self.tr("Pause"), lambda: self.pause_requested.emit(not self._is_paused))
        self._stop = self.add_button(self.tr("Stop"), lambda: self.stop_requested.emit(()))
        self._hide = self.add_button(self.tr("Hide"), self.accept, kind="primary", default=True)
        self._table.itemSelectionChanged.connect(self._show_choice)
        self.finished.connect(lambda _result: self._tell_read())
        self._table.doubleClicked.connect(lambda _index: self._open_chosen())

    def set_lines(self, lines: Sequence[ResultLine]) -> None:
        """Show how far each ticket is; the chosen one stays chosen."""
        before, self._lines = self._lines, tuple(lines)
        if self._lines == before:
            return
        self._table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            if row < len(before) and before[row] == line:
                continue
            for column, text in enumerate((line.what, line.said)):
                cell = QTableWidgetItem(on_one_line(text))
                cell.setToolTip(literal_tip(text))
                if column:
                    cell.setIcon(_sign(line.outcome))
                self._table.setItem(row, column, cell)
        if self._lines and not self._table.selectionModel().hasSelection():
            self._table.selectRow(0)
        self._show_counts()
        self._show_choice()

    @property
    def lines(self) -> tuple[ResultLine, ...]:
        """What is shown."""
        return self._lines

    @property
    def counts(self) -> str:
        """How many are how far."""
        return self._counts.text()

    @property
    def _is_paused(self) -> bool:
        return any(line.outcome is BulkOutcome.PAUSED for line in self._lines)

    @property
    def _is_over(self) -> bool:
        return all(line.outcome.is_over for line in self._lines)

    def _show_counts(self) -> None:
        count = Counter(line.outcome for line in self._lines)
        names = {
            BulkOutcome.DONE: (self.tr("1 done"), self.tr("{count} done")),
            BulkOutcome.UNDERWAY: (self.tr("1 on the way"), self.tr("{count} on the way")),
            BulkOutcome.PAUSED: (self.tr("1 paused"), self.tr("{count} paused")),
            BulkOutcome.NEEDS_YOU: (self.tr("1 needs you"), self.tr("{count} need you")),
            BulkOutcome.LEFT: (self.tr("1 left as it is"), self.tr("{count} left as they are")),
            BulkOutcome.SKIPPED: (self.tr("1 skipped"), self.tr("{count} skipped")),
        }
        said = [counted(count[outcome], *name) for outcome, name in names.items() if count[outcome]]
        self._counts.setText(" · ".join(said))
        self._bar.set_counts(count)
        over = self._is_over
        self._pause.setVisible(not over)
        self._pause.setText(self.tr("Go on") if self._is_paused else self.tr("Pause"))
        self._stop.setVisible(not over)
        self._hide.setText(self.tr("Close") if over else self.tr("Hide"))

    def _chosen(self) -> ResultLine | None:
        rows = self._table.selectionModel().selectedRows()
        return self._lines[rows[0].row()] if rows and rows[0].row() < len(self._lines) else None

    def _show_choice(self) -> None:
        line = self._chosen()
        self._details.setText(line.said if line is not None and len(line.said) > 60 else self._what_next())
        self._details.setVisible(bool(self._details.text()))
        self._open.setEnabled(line is not None)
        self._skip.setVisible(line is not None and line.command is not None)
        self.refit()

    def _what_next(self) -> str:
        if self._is_over:
            return ""
        if self._is_paused:
            return self.tr("Nothing more leaves until you go on. You can close this; it stays in the Outbox meanwhile.")
        return self.tr("You can close this; it goes on, and stays in the Outbox until you have read it.")

    def _open_chosen(self) -> None:
        if (line := self._chosen()) is not None:
            self.open_requested.emit(line.ticket)

    def _skip_chosen(self) -> None:
        if (line := self._chosen()) is not None and line.command is not None:
            self.stop_requested.emit((line.command,))

    def _tell_read(self) -> None:
        if self._lines and self._is_over:
            self.read.emit()


def _sign(outcome: BulkOutcome) -> QIcon:
    name, tone = {
        BulkOutcome.DONE: ("circle-check", Tone.GOOD),
        BulkOutcome.UNDERWAY: ("clock", Tone.PLAIN),
        BulkOutcome.PAUSED: ("pause", Tone.WAITING),
        BulkOutcome.NEEDS_YOU: ("circle-alert", Tone.WRONG),
        BulkOutcome.LEFT: ("ban", Tone.PLAIN),
        BulkOutcome.SKIPPED: ("undo-2", Tone.PLAIN),
    }[outcome]
    return icons.icon(name, ink=lambda theme: tone_text(theme, tone))
