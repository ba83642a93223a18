"""Changes of the open ticket: chosen in the header, on the card or by a key; sent by the outbox; undone together with what they came with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, PriorityChoice, StateChoice
from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    ChangePriority,
    DispatchTicket,
    EditField,
    OutboxItem,
    goes_back_to_draft,
    holds_text,
)
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.threads import Resolution
from deskhand.domain.tickets import FieldValue, Person, State
from deskhand.services.services import Services
from deskhand.services.ticket_actions import (
    AlreadySet,
    Decision,
    Irreversible,
    NotPossible,
    assign_to_me,
    choice_for_state,
    inverse,
    is_already,
    is_final,
    set_assignee,
    set_state,
)
from deskhand.services.ticket_commands import Refused
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.undo import LocalNote, Part, Step, done_message
from deskhand.ui.composer.presenter import ComposePresenter
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.figures import counted
from deskhand.ui.notifications.status_line import StatusLine

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
        self._last: list[Step] = []
        compose.sent.connect(lambda command: self.remember([Part(command)]))
        compose.note_added.connect(self._on_note_added)

    def choose_state(self, choice: StateChoice) -> None:
        """Put the ticket into a state; where no way leads back, after a question."""
        self._set_state(choice, lambda: None)

    def _set_state(self, choice: StateChoice, then: Callable[[], None]) -> None:
        view = self._current()
        if view is None or choice.id == view.ticket.state_id:
            return
        action = set_state(view, choice)

        def act() -> None:
            self._scope.start(self._do_change(view, action), name="change")
            if self._current() is not None and self._key == view.ticket.key:
                then()

        if is_final(action, view.ticket, view.capabilities):
            detail = self.tr("{vendor}: {what}. {why}").format(
                vendor=view.vendor.name, what=wording.done_to(action), why=wording.NO_WAY_BACK
            )
            dialog = ConfirmDialog(self.tr("Close this ticket?"), detail, self.tr("Close"), self._window, danger=True)
            dialog.confirmed.connect(act)
            dialog.open()
        else:
            act()

    @property
    def _key(self) -> TicketKey | None:
        view = self._current()
        return view.ticket.key if view is not None else None

    def choose_priority(self, choice: PriorityChoice) -> None:
        """Give the ticket a priority."""
        if (view := self._current()) is not None and choice.id != view.ticket.priority_id:
            self.change(ChangePriority(view.confirmed.priority_id, choice.id, choice.label, choice.priority))

    def choose_assignee(self, person: Person | None) -> None:
        """Give the ticket to somebody."""
        if (view := self._current()) is not None:
            self._apply(set_assignee(view, person))

    def _apply(self, decision: Decision) -> None:
        """Make the change, or say why there is none to make."""
        match decision:
            case AlreadySet(message=words) | NotPossible(reason=words):
                self._status.show_message(words)
            case action:
                self.change(action)

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
        # The question is about this ticket, whichever is open when it is answered.
        dialog.confirmed.connect(lambda: self._scope.start(self._do_change(view, ArchiveTicket()), name="change"))
        dialog.open()

    def dispatch(self, router: str) -> None:
        """Let a router choose the owner."""
        if (view := self._current()) is not None:
            name = next((name for known, name in view.capabilities.routers if known == router), router)
            self.change(DispatchTicket(router, name))

    def change(self, action: Action) -> None:
        """Put a change of the open ticket into the outbox."""
        if (view := self._current()) is not None:
            self._scope.start(self._do_change(view, action), name="change")

    async def _do_change(self, view: TicketView, action: Action) -> None:
        ticket = view.ticket
        outcome = await self._services.commands.change(ticket.key, action)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.message)
            return
        back = inverse(action, ticket, view.capabilities)
        undo = self.remember([Part(outcome.command, ticket.key, back)])
        if not isinstance(back, Irreversible):
            self._status.show_message(done_message(action), self.tr("Undo"), UNDO_SECONDS, run=undo)
        elif words := done_message(action):
            self._status.show_message(words)

    def _on_note_added(self, note: LocalNote) -> None:
        undo = self._remember(Step((), note))
        self._status.show_message(self.tr("Note kept on this computer."), self.tr("Undo"), UNDO_SECONDS, run=undo)

    def undo(self, command: str) -> None:
        """Take one thing back; words that have no draft to go back to are not lost without a question."""
        self._scope.start(self._do_undo(CommandId(command)), name="take back")

    async def _do_undo(self, command: CommandId) -> None:
        item = await self._services.commands.item(command)
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
        item = await self._services.commands.item(command)
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

    def assign_to_me(self) -> None:
        """Take the ticket."""
        if (view := self._current()) is not None and view.obstacle(Feature.ASSIGN) is None:
            self._apply(assign_to_me(view))

    def close_ticket(self) -> None:
        """Close the ticket (`services.ticket_actions`), and go on."""
        self._set_state_meaning(State.CLOSED, self.closed.emit)

    def reopen_ticket(self) -> None:
        """Open the ticket again."""
        self._set_state_meaning(State.OPEN, lambda: None)

    def _set_state_meaning(self, meaning: State, then: Callable[[], None]) -> None:
        view, choice = self._current(), self._choice_of(meaning)
        if view is None or choice is None:
            return
        if is_already(view.ticket, choice):
            self._status.show_message(self.tr("This ticket is “{word}” already.").format(word=view.ticket.vendor_state))
        else:
            self._set_state(choice, then)

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
        if step.note is not None:
            self._compose.undo_note(step.note)
        elif step.is_reversible:
            self._scope.start(self._change_back(step), name="change back")
        else:
            for part in step.parts:
                self._compose.undo(part.command)

    async def _change_back(self, step: Step) -> None:
        """Take changes back before they leave, or do the opposite; what cannot be undone is said, each reason once."""
        reasons: dict[str, None] = {}
        for part in step.parts:
            if await self._services.commands.undo(part.command) is not None:
                continue
            if part.ticket is None or isinstance(part.inverse, Irreversible):
                reasons[self.tr("It is too late to take this back.")] = None
                continue
            outcome = await self._services.commands.change(part.ticket, part.inverse)
            if isinstance(outcome, Refused):
                reasons[outcome.message] = None
        self._status.show_message(" ".join(reasons) or self._undone_message([p.ticket for p in step.parts if p.ticket]))

    def _undone_message(self, keys: Sequence[TicketKey]) -> str:
        """Return the words for a change that was taken back: it may be of a ticket that is not on screen."""
        named = self._services.views.rows(keys) if len(keys) == 1 else ()
        if named:
            return self.tr("Taken back in “{subject}”.").format(subject=named[0].subject)
        return counted(len(keys), self.tr("Taken back."), self.tr("Taken back in {count} tickets."))

    def remember(self, parts: Sequence[Part]) -> Callable[[], None]:
        """Let what was done together be undone together; return what undoes it, once."""
        return self._remember(Step(tuple(parts)))

    def _remember(self, step: Step) -> Callable[[], None]:
        if step.parts or step.note is not None:
            self._last.append(step)
        return lambda: self._undo_step(step)

    def _choice_of(self, meaning: State) -> StateChoice | None:
        """Return the state that puts the ticket into a meaning, where there is one and it can be chosen."""
        view = self._current()
        if view is None or view.obstacle(Feature.STATE) is not None:
            return None
        return choice_for_state(view.ticket, view.capabilities, meaning)
