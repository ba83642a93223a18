"""Changes of the open ticket: chosen in the header, on the card or by a key; sent by the outbox; undone together with what they came with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, PriorityChoice, StateChoice
from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    DispatchTicket,
    EditField,
    OutboxItem,
    goes_back_to_draft,
    holds_text,
)
from deskhand.domain.ids import CommandId
from deskhand.domain.threads import Resolution
from deskhand.domain.tickets import FieldValue, Person, Ticket
from deskhand.services.desk import Refused
from deskhand.services.house import House
from deskhand.services.reading import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.dialogs.confirm import ConfirmDialog
from deskhand.ui.panes.status_line import StatusLine
from deskhand.ui.presenters.composing import ComposePresenter
from deskhand.ui.presenters.undoing import Part, Step, inverse, said

UNDO_SECONDS = 8
"""So long the status line offers to take a change back; Z does it later too."""


class Changes(QObject):
    """Changes the ticket that is on screen.

    Args:
        current: the ticket on screen, None while none is.

    Attributes:
        closed: the agent is done with the ticket: go on to the next.
    """

    closed = Signal()

    def __init__(
        self,
        current: Callable[[], TicketView | None],
        compose: ComposePresenter,
        status: StatusLine,
        house: House,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._current = current
        self._compose = compose
        self._status = status
        self._house = house
        self._scope = scope
        self._window = window
        self._last: list[Step] = []
        compose.sent.connect(lambda command: self.remember([Part(command)]))

    def choose_state(self, choice: StateChoice) -> None:
        """Put the ticket into a state."""
        if (view := self._current()) is not None and choice.id != view.ticket.state_id:
            self.change(ChangeState(view.confirmed.state_id, choice.id, choice.word, choice.meaning))

    def choose_priority(self, choice: PriorityChoice) -> None:
        """Give the ticket a priority."""
        if (view := self._current()) is not None and choice.id != view.ticket.priority_id:
            self.change(ChangePriority(view.confirmed.priority_id, choice.id, choice.word, choice.meaning))

    def choose_assignee(self, person: Person | None) -> None:
        """Give the ticket to somebody."""
        if (view := self._current()) is not None:
            before = view.confirmed.assignee
            self.change(Assign((before.email or before.id or before.name) if before else "", person))

    def edit_field(self, name: str, value: FieldValue) -> None:
        """Give a custom field another value."""
        if (view := self._current()) is None:
            return
        label = next((f.label for f in view.capabilities.custom_fields if f.name == name), name)
        self.change(EditField(name, label, view.confirmed.fields.get(name), value))

    def edit_subject(self, text: str) -> None:
        """Give the ticket another subject."""
        if (view := self._current()) is not None and text != view.ticket.subject:
            self.change(EditField("subject", self.tr("Subject"), view.confirmed.subject, text))

    def archive(self) -> None:
        """Archive for good, after a question."""
        if (view := self._current()) is None:
            return
        detail = self.tr("“{subject}” is archived at {vendor}, which offers no way back.").format(
            subject=view.ticket.subject, vendor=view.vendor.name
        )
        dialog = ConfirmDialog(self.tr("Archive this record?"), detail, self.tr("Archive"), self._window, danger=True)
        dialog.confirmed.connect(lambda: self.change(ArchiveTicket()))
        dialog.open()

    def dispatch(self, router: str) -> None:
        """Let a router choose the owner."""
        if (view := self._current()) is not None:
            name = next((name for known, name in view.capabilities.routers if known == router), router)
            self.change(DispatchTicket(router, name))

    def change(self, action: Action) -> None:
        """Put a change of the open ticket into the outbox."""
        if (view := self._current()) is not None:
            self._scope.start(self._do_change(view.ticket, action), name="change")

    async def _do_change(self, ticket: Ticket, action: Action) -> None:
        outcome = await self._house.desk.change(ticket.key, action)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.words)
            return
        part = Part(outcome.command, ticket.key, inverse(action, ticket))
        undo = self.remember([part])
        if part.back is not None:
            self._status.show_message(said(action), self.tr("Undo"), UNDO_SECONDS, run=undo)

    def add_local_note(self, text: str) -> None:
        """Keep a note on this computer."""
        if (view := self._current()) is not None:
            self._scope.start(self._house.reading.add_local_note(view.ticket.key, text), name="note")

    def undo(self, command: str) -> None:
        """Take one thing back; words that have no draft to go back to are not lost without a question."""
        self._scope.start(self._do_undo(CommandId(command)), name="take back")

    async def _do_undo(self, command: CommandId) -> None:
        item = await self._house.desk.item(command)
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
        item = await self._house.desk.item(command)
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
        outcome = await self._house.desk.resolve(command, how)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.words)

    def assign_to_me(self) -> None:
        """Take the ticket."""
        if (view := self._current()) is not None and view.account.me and view.obstacle(Feature.ASSIGN) is None:
            me = view.account.me
            known = next((a for a in view.capabilities.agents if a.email.casefold() == me.casefold()), None)
            self.choose_assignee(known or Person(email=me))

    def close_ticket(self) -> None:
        """Put the ticket into the first state that means done, and go on."""
        if (choice := self.done_choice()) is not None:
            self.choose_state(choice)
            self.closed.emit()

    def reopen_ticket(self) -> None:
        """Put the ticket back into the first open state."""
        choice = next((c for c in self._choices() if c.meaning.value == "open"), None)
        if choice is not None:
            self.choose_state(choice)

    def undo_last(self) -> None:
        """Take back the newest send or change that has not left."""
        if self._last:
            self._undo_step(self._last[-1])
        else:
            self._status.show_message(self.tr("There is nothing to undo."))

    def _undo_step(self, step: Step) -> None:
        if step not in self._last:  # it was taken back meanwhile, by the key
            return
        self._last.remove(step)
        self._status.clear_message()
        if step.has_way_back:
            self._scope.start(self._change_back(step), name="change back")
        else:
            for part in step.parts:
                self._compose.undo(part.command)

    async def _change_back(self, step: Step) -> None:
        """Take changes back before they leave, or do the opposite; what cannot be undone is said, each reason once."""
        reasons: dict[str, None] = {}
        for part in step.parts:
            if await self._house.desk.undo(part.command) is not None:
                continue
            if part.ticket is None or part.back is None:
                reasons[self.tr("It is too late to take this back.")] = None
                continue
            outcome = await self._house.desk.change(part.ticket, part.back)
            if isinstance(outcome, Refused):
                reasons[outcome.words] = None
        if reasons:
            self._status.show_message(" ".join(reasons))

    def remember(self, parts: Sequence[Part]) -> Callable[[], None]:
        """Let what was done together be undone together; return what undoes it, once."""
        step = Step(tuple(parts))
        if parts:
            self._last.append(step)
        return lambda: self._undo_step(step)

    def _choices(self) -> tuple[StateChoice, ...]:
        view = self._current()
        if view is None or view.obstacle(Feature.STATE) is not None:
            return ()
        shelf = view.ticket.shelf
        return view.capabilities.states_for(shelf.id if shelf else None)

    def done_choice(self) -> StateChoice | None:
        """Return the first state that means done, where there is one."""
        return next((choice for choice in self._choices() if choice.meaning.is_done), None)
