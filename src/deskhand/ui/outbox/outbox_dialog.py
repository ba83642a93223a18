"""What is on its way, what needs the agent, and what was sent lately, with the vendor's confirmation."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import Option, Resolution
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.labels import label, literal_tip
from deskhand.ui.kit.line_delegate import LineDelegate
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP_SMALL, Tone

_ROWS_HIGH = 320

_ORDER = (Resolution.DISCARD, Resolution.WAS_SENT, Resolution.DRAFT, Resolution.AGAIN)
"""Left to right: what gives most up stands farthest from the others."""


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One item.

    Attributes:
        what: kind and content in a few words ("reply: We look into it").
        status: its delivery in words.
        details: the problem, or how it is known that it arrived.
        options: what the agent may decide about it.
        can_undo: it has not left yet.
    """

    command: CommandId
    what: str
    where: str
    status: str
    when: str
    details: str = ""
    ticket: TicketKey | None = None
    options: tuple[Option, ...] = ()
    can_undo: bool = False
    needs_agent: bool = False


class OutboxDialog(Sheet):
    """A table of items and what can be done about the chosen one.

    Signals:
        resolved: a command and the agent's `Resolution`.
        undo_requested: a command.
        open_requested: the item's ticket (TicketKey).
        results_requested: the id of a change of several tickets whose results were not read yet.
    """

    resolved = Signal(str, object)
    undo_requested = Signal(str)
    open_requested = Signal(object)
    results_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Outbox"), parent, width=760)
        self._lines: tuple[OutboxLine, ...] = ()
        self._is_known = False
        self._table = QTableWidget(0, 4, self)
        self._table.setItemDelegate(LineDelegate(self._table))
        self._table.setAccessibleName(self.tr("Outbox items"))
        self._table.setHorizontalHeaderLabels([self.tr("What"), self.tr("Where"), self.tr("How far"), self.tr("When")])
        self._table.verticalHeader().hide()
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (0, 1):  # the words of neither may crowd the other out
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._more = label("", self, tone=Tone.PLAIN, wrap=True)
        self._more.hide()
        self._details = label("", self, tone=Tone.PLAIN, wrap=True, selectable=True)
        self._runs: tuple[tuple[str, str], ...] = ()
        self._run_buttons = QFrame()
        self._run_buttons.setProperty("kind", "raised")
        self._run_column = QVBoxLayout(self._run_buttons)
        self._run_column.setContentsMargins(GAP_SMALL, 4, GAP_SMALL, 4)
        self._run_buttons.hide()
        self.body.addWidget(self._run_buttons)
        self.add_scrolling(self._table, _ROWS_HIGH)
        self.body.addWidget(self._more)
        self.body.addWidget(self._details)
        self._open = self.add_button(self.tr("Open ticket"), self._open_ticket)
        self._undo = self.add_button(self.tr("Take back"), self._undo_chosen)
        self._decisions = {how: self._decision(how) for how in _ORDER}
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)
        self._table.itemSelectionChanged.connect(self._show_choice)
        self._table.doubleClicked.connect(lambda _index: self._open_ticket())
        self._show_choice()

    def _decision(self, how: Resolution) -> QPushButton:
        return self.add_button("", lambda: self._resolve(how))

    def set_lines(self, lines: Sequence[OutboxLine], *, more: int = 0) -> None:
        """Show these; the chosen one stays chosen.

        Args:
            more: how many more wait for their turn.
        """
        self._more.setText(
            counted(more, self.tr("One more waits for its turn."), self.tr("{count} more wait for their turn."))
        )
        self._more.setVisible(more > 0)
        if tuple(lines) == self._lines and self._is_known:
            return
        self._is_known = True
        chosen = self._chosen()
        self._lines = tuple(lines)
        self._table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            for column, text in enumerate((line.what, line.where, line.status, line.when)):
                cell = QTableWidgetItem(on_one_line(text))
                cell.setToolTip(literal_tip(text))
                if line.needs_agent:
                    font = cell.font()
                    font.setBold(True)
                    cell.setFont(font)
                self._table.setItem(row, column, cell)
        same = next((i for i, line in enumerate(self._lines) if chosen and line.command == chosen.command), 0)
        if self._lines:
            self._table.selectRow(same)
        self._show_choice()

    def set_runs(self, runs: Sequence[tuple[str, str]]) -> None:
        """Offer the results of changes of several tickets: id and what is written on the button."""
        if tuple(runs) == self._runs:
            return
        self._runs = tuple(runs)
        while (old := self._run_column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for name, text in self._runs:
            button = PushButton(text)
            button.setProperty("kind", "link")
            set_enter_presses(button, presses=True)
            button.clicked.connect(lambda _checked=False, name=name: self._show_results(name))
            self._run_column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._run_buttons.setVisible(bool(self._runs))
        self.refit()

    def _show_results(self, name: str) -> None:
        self.results_requested.emit(name)
        self.accept()

    @property
    def lines(self) -> tuple[OutboxLine, ...]:
        """What is shown."""
        return self._lines

    def button(self, how: Resolution) -> QPushButton:
        """Return the button of a decision."""
        return self._decisions[how]

    @property
    def more(self) -> str:
        """What is said of those that are not shown; empty where all are."""
        return self._more.text() if self._more.isVisibleTo(self) else ""

    @property
    def details(self) -> str:
        """What is said of the chosen item."""
        return self._details.text()

    def choose(self, command: CommandId) -> None:
        """Choose an item."""
        for row, line in enumerate(self._lines):
            if line.command == command:
                self._table.selectRow(row)

    def _chosen(self) -> OutboxLine | None:
        rows = self._table.selectionModel().selectedRows()
        return self._lines[rows[0].row()] if rows and rows[0].row() < len(self._lines) else None

    def _show_choice(self) -> None:
        line = self._chosen()
        none_yet = self.tr("Nothing was sent yet. What you send or change stands here until it has arrived.")
        is_empty = self._is_known and not self._lines
        self._details.setText(line.details if line else none_yet if is_empty else "")
        self._table.setHidden(is_empty)
        self._open.setVisible(line is not None and line.ticket is not None)
        self._undo.setVisible(line is not None and line.can_undo)
        labels = {option.how: option.label for option in line.options} if line is not None else {}
        for how, button in self._decisions.items():
            button.setText(labels.get(how, ""))
            button.setVisible(how in labels)
        self.refit()

    def _resolve(self, how: Resolution) -> None:
        if (line := self._chosen()) is not None:
            self.resolved.emit(line.command, how)

    def _undo_chosen(self) -> None:
        if (line := self._chosen()) is not None:
            self.undo_requested.emit(line.command)

    def _open_ticket(self) -> None:
        line = self._chosen()
        if line is not None and line.ticket is not None:
            self.open_requested.emit(line.ticket)
            self.accept()
