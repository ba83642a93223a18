"""The outbox as a whole: every item, of tickets and of pushed records, with what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.content.plain import snippet
from deskhand.domain import resolutions, wording
from deskhand.domain.changes import ChangeSet
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Delivery, Waiting
from deskhand.domain.tickets import TicketRow
from deskhand.domain.waiting import foremost
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit import times
from deskhand.ui.kit.figures import counted
from deskhand.ui.list import row_text
from deskhand.ui.outbox import wait_reason
from deskhand.ui.ticket.changes import Changes

if TYPE_CHECKING:
    from deskhand.ui.outbox.outbox_dialog import OutboxDialog, OutboxLine

MOST = 200
"""Lines that are drawn, at every change; more only where more need a decision."""


class OutboxPresenter(QObject):
    """Opens the outbox and keeps it true while it is open.

    Attributes:
        open_requested: a ticket (TicketKey) from its list.
        results_requested: a change of several tickets, by the id of its run.
    """

    open_requested = Signal(object)
    results_requested = Signal(str)

    def __init__(self, changes: Changes, services: Services, scope: TaskScope, window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._services = services
        self._scope = scope
        self._window = window
        self._dialog: OutboxDialog | None = None

    def open(self) -> None:
        """Show the outbox."""
        from deskhand.ui.outbox.outbox_dialog import OutboxDialog

        dialog = self._dialog = OutboxDialog(self._window)
        dialog.resolved.connect(self._changes.resolve)
        dialog.undo_requested.connect(self._changes.undo)
        dialog.open_requested.connect(self.open_requested)
        dialog.results_requested.connect(self.results_requested)
        dialog.finished.connect(self._closed)
        dialog.open()
        self._show()

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit moved."""
        if (changes.outbox or changes.accounts) and self._dialog is not None:
            self._show()

    def _closed(self) -> None:
        self._dialog = None

    def _show(self) -> None:
        self._scope.replace(self._read(), name="outbox")

    async def _read(self) -> None:
        everything = await self._services.outbox.recent(MOST)
        items = foremost(everything, MOST)
        more = sum(item.delivery.is_open for item in everything) - sum(item.delivery.is_open for item in items)
        keys = {item.command.ticket: None for item in items if item.command.ticket is not None}
        rows: dict[TicketKey | None, TicketRow] = {row.key: row for row in self._services.lists.rows(tuple(keys))}
        waiting = await self._services.commands.waiting(items)
        lines = [self._line(item, rows.get(item.command.ticket), waiting.get(item.command.id)) for item in items]
        runs = await self._services.bulk_results.runs()
        if self._dialog is not None:
            self._dialog.set_lines(lines, more=more)
            self._dialog.set_runs([(run.id, self.tr("Results: {title}").format(title=run.title)) for run in runs])

    def _line(self, item: OutboxItem, row: TicketRow | None, wait: Waiting | None) -> "OutboxLine":
        from deskhand.ui.outbox.outbox_dialog import OutboxLine

        account = self._services.accounts.get(item.command.account)
        ticket = item.command.ticket
        whose = row_text.who(row) if row is not None else ""
        label = account.label if account else "?"
        return OutboxLine(
            command=item.command.id,
            what=": ".join(filter(None, (wording.item(item), snippet(wording.content(item), wording.SHORT + 1)))),
            where=f"{label} · {whose}" if whose else label,
            status=wording.delivery(item.delivery),
            when=times.age(item.command.created_at, self._services.clock.now()),
            details=wait_reason.sentence(wait, self._services.clock.now()) or self._details(item),
            ticket=ticket,
            options=resolutions.options(item),
            can_undo=item.delivery in (Delivery.HELD, Delivery.QUEUED),
            needs_agent=item.delivery.needs_agent,
        )

    def _details(self, item: OutboxItem) -> str:
        if item.problem:
            return item.problem
        match item.confirmation:
            case "answer":
                said = self.tr("Confirmed by the vendor")
            case "found":
                said = self.tr("Found at the vendor")
            case "agent":
                said = self.tr("You said that it was sent")
            case _:
                return (
                    counted(item.attempts, self.tr("Tried once."), self.tr("Tried {count} times."))
                    if item.attempts
                    else ""
                )
        return f"{said}: {item.remote_id}" if item.remote_id else f"{said}."
