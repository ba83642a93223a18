"""When the results of a change of several tickets are shown, and what they say by now."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.bulk_runs import BulkOutcome, BulkRun
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.services.bulk_results import TicketResult
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.bulk.results_sheet import ResultLine, ResultsSheet
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.list import row_text
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.selection import SelectionPresenter
from deskhand.ui.outbox import wait_reason

SHOWN_AFTER_MS = 1000
"""What is over sooner shows no progress."""


class ResultsPresenter(QObject):
    """Watches runs: shows the one that takes long, and tells when one is over.

    Attributes:
        take_back: takes a message back to where it was typed; None = to the drafts in the store.
        open_requested: a ticket (TicketKey) of the results.
        ended: a run is over: the tickets of it that need the agent (tuple of TicketKey).
    """

    open_requested = Signal(object)
    ended = Signal(tuple)

    def __init__(self, services: Services, scope: TaskScope, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._scope = scope
        self._window = window
        self._watched: dict[str, BulkRun] = {}
        self._shown: BulkRun | None = None
        self._sheet: ResultsSheet | None = None
        self._names: dict[TicketKey, str] = {}
        self._again = Throttle(self._look, scope, "bulk results", self)
        self.take_back: Callable[[CommandId], Awaitable[object]] | None = None

    def serve(self, selection: SelectionPresenter, lists: ListPresenter) -> None:
        """Show what becomes of the changes of a selection; what failed stays selected, and a ticket is opened in the list."""
        selection.run_started.connect(self.watch)
        self.ended.connect(lists.tickets.keep_selected)
        self.open_requested.connect(lists.open)

    def watch(self, run: BulkRun) -> None:
        """Follow a run that was just begun."""
        self._watched[run.id] = run
        self._again.request()
        # A child of the window, unlike `singleShot`: it stops where the window closes before.
        timer = QTimer(self, interval=SHOWN_AFTER_MS, singleShot=True)
        timer.timeout.connect(lambda: self._show_if_long(run))
        timer.timeout.connect(timer.deleteLater)
        timer.start()

    def changed(self, changes: ChangeSet) -> None:
        """Look again where a commit moved something."""
        if (changes.outbox or changes.accounts) and (self._watched or self._sheet is not None):
            self._again.request()

    def open(self, run: str) -> None:
        """Show the results of a run, by its id."""
        self._scope.replace(self._open(run), name="bulk open")

    async def _open(self, name: str) -> None:
        run = next((one for one in await self._services.bulk_results.runs() if one.id == name), None)
        if run is not None:
            self._show(run, aside=False)
            await self._look()

    def _show_if_long(self, run: BulkRun) -> None:
        if run.id in self._watched and self._sheet is None:
            self._show(run, aside=True)
            self._again.request()

    def _show(self, run: BulkRun, *, aside: bool) -> None:
        if self._sheet is not None:
            self._sheet.close()
        self._shown = run
        rows = self._services.lists.rows([entry.ticket for entry in run.entries])
        self._names = {row.key: f"{row_text.who(row)} · {row.subject}" for row in rows}
        sheet = self._sheet = ResultsSheet(run.title, self._window, aside=aside)
        results = self._services.bulk_results
        sheet.pause_requested.connect(
            lambda pause: self._do(lambda: results.pause(run) if pause else results.go_on(run))
        )
        sheet.stop_requested.connect(lambda commands: self._do(lambda: results.stop(run, commands, self.take_back)))
        sheet.open_requested.connect(self.open_requested)
        sheet.read.connect(lambda: self._do(lambda: results.forget(run)))
        sheet.finished.connect(lambda _result: self._closed(sheet))
        was_active = self._window.isActiveWindow()
        sheet.show()
        if aside and was_active:  # some platforms activate it all the same
            self._window.activateWindow()

    def _do(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        self._scope.start(work(), name="bulk answer")

    def _closed(self, sheet: ResultsSheet) -> None:
        if self._sheet is sheet:
            self._sheet, self._shown = None, None

    async def _look(self) -> None:
        """Read how far the watched and the shown runs are."""
        runs = {**self._watched, **({self._shown.id: self._shown} if self._shown is not None else {})}
        for run in runs.values():
            results = await self._services.bulk_results.results(run)
            if self._shown is not None and self._shown.id == run.id and self._sheet is not None:
                self._sheet.set_lines([self._line(one) for one in results])
            if run.id in self._watched and all(one.outcome.is_over for one in results):
                del self._watched[run.id]
                self.ended.emit(_needing_agent(results))

    def _line(self, result: TicketResult) -> ResultLine:
        account = self._services.accounts.get(result.ticket.account)
        label = account.label if account is not None else "?"
        what = self._names.get(result.ticket, result.ticket.remote)
        takes_back = result.outcome in (BulkOutcome.UNDERWAY, BulkOutcome.PAUSED) and result.item is not None
        command: CommandId | None = result.item.command.id if takes_back and result.item is not None else None
        return ResultLine(result.ticket, what, result.outcome, self._said(result, label), command)

    def _said(self, result: TicketResult, label: str) -> str:
        """Return how far it is, then what was done on this computer and what was left out."""
        here = [] if result.outcome is BulkOutcome.DONE and result.item is None else [self._said_there(result, label)]
        return " ".join((*here, *(one if one.endswith(".") else f"{one}." for one in result.said)))

    def _said_there(self, result: TicketResult, label: str) -> str:
        item = result.item
        match result.outcome:
            case BulkOutcome.DONE if item is not None:
                done = ", ".join(wording.done_to(one.command.action) for one in result.done)
                return self.tr("{done} at {account}").format(done=done[:1].upper() + done[1:], account=label)
            case BulkOutcome.NEEDS_YOU if item is not None:
                return item.problem or self.tr("{account}: needs your decision").format(account=label)
            case BulkOutcome.SKIPPED:
                return self.tr("Skipped: it was taken back before it left.")
            case BulkOutcome.LEFT:
                return self.tr("Left as it is: {reason}").format(reason=result.reason)
            case _:
                wait = wait_reason.sentence(result.wait, self._services.clock.now())
                return self.tr("{account}: {why}").format(account=label, why=wait) if wait else label


def _needing_agent(results: Sequence[TicketResult]) -> tuple[TicketKey, ...]:
    return tuple(one.ticket for one in results if one.outcome is BulkOutcome.NEEDS_YOU)
