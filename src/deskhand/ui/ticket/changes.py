"""Changes of the open ticket: chosen in the header, on the card or by a key; sent by the outbox; undone together with what they came with."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.commands import Action, OutboxItem, goes_back_to_draft, holds_text
from deskhand.domain.ids import CommandId
from deskhand.domain.threads import Resolution
from deskhand.services.decisions import AlreadySet, DecideAction, NotPossible
from deskhand.services.services import Services
from deskhand.services.ticket_actions import CLOSE, question_before
from deskhand.services.ticket_commands import Refused
from deskhand.services.tickets import TicketView
from deskhand.services.undo_steps import Step, change_step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.presenter import ComposePresenter
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.undo.presenter import UndoPresenter


def nothing() -> None:
    """Do nothing more."""


class Changes(QObject):
    """Changes the ticket that is on screen.

    Args:
        current: the ticket on screen, None while none is.

    Attributes:
        closed: the agent is done with the ticket (TicketKey).
    """

    closed = Signal(object)

    def __init__(
        self,
        current: Callable[[], TicketView | None],
        compose: ComposePresenter,
        undo: UndoPresenter,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._current = current
        self._compose = compose
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self._undo = undo
        compose.sent.connect(self._on_sent)
        compose.note_added.connect(undo.did)
        compose.run_send = undo.start

    def apply(self, decide: DecideAction, then: Callable[[], None] = nothing) -> None:
        """Make a change of the open ticket, or say why there is none to make; where no way leads back, after a question.

        Args:
            decide: what the change is (`services.ticket_actions`).
            then: called once it is made, if the ticket is still on screen.
        """
        if (view := self._current()) is None:
            return
        match decide(view):
            case AlreadySet(message=message) | NotPossible(reason=message):
                if message:
                    self._status.show_message(message)
            case action:
                self._ask_first(view, action, then)

    def _ask_first(self, view: TicketView, action: Action, then: Callable[[], None]) -> None:
        """Change a ticket; the question, where there is one, is about this ticket, whichever is open when it is answered."""

        def change() -> None:
            self._undo.start(self._do_change(view, action), name="change")
            shown = self._current()
            if shown is not None and shown.ticket.key == view.ticket.key:
                then()

        question = question_before(action, view)
        if question is None:
            change()
            return
        dialog = ConfirmDialog(question.title, question.detail, question.verb, self._window, danger=True)
        dialog.confirmed.connect(change)
        dialog.open()

    async def _do_change(self, view: TicketView, action: Action) -> None:
        ticket = view.ticket
        outcome = await self._services.commands.change(ticket.key, action)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.message)
            return
        self._undo.did(change_step(view, action, outcome.command))

    def _on_sent(self, step: Step) -> None:
        self._undo.sent(step, self._services.settings.undo_seconds)

    def undo(self, command: str) -> None:
        """Take one thing back; text that has no draft to go back to is not lost without a question."""
        self._scope.start(self._do_undo(CommandId(command)), name="take back")

    async def _do_undo(self, command: CommandId) -> None:
        item = await self._services.outbox.get(command)
        if item is not None and holds_text(item.command.action) and not goes_back_to_draft(item.command.action):
            self._ask_to_discard(item, lambda: self._compose.undo(command))
        else:
            self._compose.undo(command)

    def resolve(self, command: str, how: Resolution) -> None:
        """Carry out what the agent decided about something that asks or failed."""
        if how is Resolution.DRAFT:
            self._compose.undo(CommandId(command))
        elif how is Resolution.DISCARD:
            self._scope.start(self._discard(CommandId(command)), name="discard")
        else:
            self._start_resolving(CommandId(command), how)

    def _start_resolving(self, command: CommandId, how: Resolution) -> None:
        self._scope.start(self._do_resolve(command, how), name="resolve")

    async def _discard(self, command: CommandId) -> None:
        item = await self._services.outbox.get(command)
        if item is None:
            return
        if holds_text(item.command.action):
            self._ask_to_discard(item, lambda: self._start_resolving(command, Resolution.DISCARD))
        else:
            self._start_resolving(command, Resolution.DISCARD)

    def _ask_to_discard(self, item: OutboxItem, confirmed: Callable[[], None]) -> None:
        question = self.tr("Discard this {what}?").format(what=wording.item(item))
        detail = self.tr("It is not sent, and what was typed is deleted: {text}").format(text=wording.content(item))
        dialog = ConfirmDialog(question, detail, self.tr("Discard"), self._window, danger=True)
        dialog.confirmed.connect(confirmed)
        dialog.open()

    async def _do_resolve(self, command: CommandId, how: Resolution) -> None:
        outcome = await self._services.commands.resolve(command, how)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.message)

    def close_ticket(self) -> None:
        """Close the ticket, and go on."""
        if (view := self._current()) is not None:
            self.apply(CLOSE.decide, lambda: self.closed.emit(view.ticket.key))
