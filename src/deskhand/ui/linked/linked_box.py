"""The part "Linked": each ticket that the open one is linked with; pressed it opens, its cross takes the link away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskhand.domain.accounts import AccountMark
from deskhand.services.linked_tickets import LinkedTicket
from deskhand.ui.customer.ticket_line import TicketLine
from deskhand.ui.kit import times
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.list.row_text import state_label, wait_text


def show_end(line: TicketLine, end: LinkedTicket) -> None:
    """Show the ticket at the other end of a link: subject, account, state, wait and how they belong together.

    One that is not on this computer can be parted, and not opened.
    """
    row, account = end.row, end.account
    state = state_label(row) if row is not None else ""
    wait = wait_text(row, times.now_utc()) if row is not None else ""
    parts = (account.label if account is not None else "", state, wait, end.said)
    line.setEnabled(row is not None)
    line.show_ticket(
        end.key,
        row.subject if row is not None else end.key.remote,
        " · ".join(part for part in parts if part),
        account.shown_mark if account is not None else AccountMark(),
    )


class _Line(QWidget):
    """A row and the cross behind it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.end: LinkedTicket | None = None
        self.row = TicketLine(self)
        self.cross = IconButton("x", self.tr("Take the link away"), self, side=18, faded=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.row, 1)
        line.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignVCenter)


class LinkedBox(QWidget):
    """Hidden while there is no link.

    Signals:
        open_requested: the `TicketKey` of a ticket.
        part_requested: the `LinkedTicket` whose link is to go.
    """

    open_requested = Signal(object)
    part_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Linked"))
        self._lines: list[_Line] = []
        title = label(self.tr("Linked"), self, role=Role.SMALL)
        bold = title.font()
        bold.setWeight(bold.Weight.DemiBold)
        title.setFont(bold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(title)
        self.hide()

    def set_ends(self, ends: Sequence[LinkedTicket]) -> None:
        """Show what the open ticket is linked with."""
        while len(self._lines) < len(ends):
            self._lines.append(self._new_line())
        for index, line in enumerate(self._lines):
            line.setVisible(index < len(ends))
            if index < len(ends):
                line.end = ends[index]
                show_end(line.row, ends[index])
        self.setVisible(bool(ends))

    def _new_line(self) -> _Line:
        line = _Line(self)
        line.row.clicked.connect(lambda: self.open_requested.emit(line.end.key if line.end is not None else None))
        line.cross.clicked.connect(lambda: self.part_requested.emit(line.end))
        self._column.addWidget(line)
        return line

    @property
    def rows(self) -> tuple[TicketLine, ...]:
        """What is shown."""
        return tuple(line.row for line in self._lines if not line.isHidden())
