"""The open ticket: header, conversation, customer pane. Whatever answers late is read for what is open now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.changes import ChangeSet
from deskhand.domain.going_on import Done
from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem, NotFound
from deskhand.domain.threads import Resolution
from deskhand.services.decisions import DecideAction
from deskhand.services.services import Services
from deskhand.services.ticket_actions import (
    change_field,
    change_subject,
    choose_assignee,
    choose_priority,
    choose_state,
    edit_tags,
)
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.ticket_keys import TicketKeys
from deskhand.ui.composer.presenter import ComposePresenter
from deskhand.ui.composer.reply_boxes import ReplyBoxes
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.kit.theme import Tone
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.also import AlsoFromCustomer
from deskhand.ui.ticket.changes import Changes
from deskhand.ui.ticket.empty_texts import empty_texts
from deskhand.ui.ticket.files import Files
from deskhand.ui.ticket.pictures import Pictures
from deskhand.ui.ticket.read_mark import ReadMark
from deskhand.ui.ticket.thread_model import thread_view
from deskhand.ui.ticket.ticket_pane import TicketPane
from deskhand.ui.ticket.value_saver import ValueSaver
from deskhand.ui.undo.presenter import UndoPresenter

GO_BACK_SECONDS = 30
"""So long the status line offers to go back to a text that another list has put away; Alt+Left does it later too."""

REFRESH_MS = 15_000
"""The conversation on screen is read again this often; the rest waits for its account's pace."""


class TicketPresenter(QObject):
    """Drives the right half.

    Attributes:
        open_requested: another ticket (TicketKey), from "also from this customer".
        done: the open ticket (TicketKey) was dealt with, and how (Done); with what comes after it for once (GoOn), None = as set.
        shown: a ticket (TicketView) is on screen as it is now.
        back_requested: back to the list, in a narrow window.
        return_requested: back to where the agent was before.
        settled: the ticket that was being opened is on screen, or there is none.
    """

    open_requested = Signal(object)
    done = Signal(object, object, object)
    back_requested = Signal()
    return_requested = Signal()
    action_chosen = Signal(object)
    settled = Signal()
    shown = Signal(object)

    keys: TicketKeys
    changes: Changes
    undo: UndoPresenter

    def __init__(
        self,
        pane: TicketPane,
        status: StatusLine,
        boxes: ReplyBoxes,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self._key: TicketKey | None = None
        self._view: TicketView | None = None
        self._following = self._opening = False
        self._shown_view: TicketView | None = None
        self._edited: TicketView | None = None
        self._gap = self._draft_notice = ""
        self.compose = ComposePresenter(pane.composer, pane.card, status, boxes, services, scope, window)
        self._value_saver = ValueSaver(pane, boxes.saver)
        self.pictures = Pictures(pane.conversation, services, scope)
        self.undo = UndoPresenter(boxes, status, services, scope, window)
        self.changes = Changes(self.current, self.compose, self.undo, status, services, scope, window)
        self.files = Files(self.current, pane.conversation, status, services, scope, window)
        self.keys = TicketKeys(self.current, pane, self.compose)
        self._also = AlsoFromCustomer(pane.customer, services, scope, lambda: self._key)
        self._read_mark = ReadMark(services, scope, self)
        self._reload = Throttle(self._do_reload, scope, "reread", self)
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setInterval(REFRESH_MS)
        self._refresh_timer.timeout.connect(self.refresh_quietly)
        self._connect()

    def _connect(self) -> None:
        header, conversation, card, customer = (
            self._pane.header,
            self._pane.conversation,
            self._pane.card,
            self._pane.customer,
        )
        self._pane.back_requested.connect(self.back_requested)
        changes, shown = self.changes, self.for_shown
        changes.closed.connect(lambda key: self.done.emit(key, Done.CLOSED, None))
        self.compose.replied.connect(lambda key, go_on: self.done.emit(key, Done.SENT, go_on))
        # Behind a message the next action is a command (J, E, Z), and a letter typed into the empty box would begin another one.
        self.compose.about_to_send.connect(self._pane.focus_reading)

        def change(decide: Callable[..., DecideAction]) -> Callable[..., None]:
            """Make the change that follows from what an editor tells, to the ticket that it shows."""
            return shown(lambda *values: changes.apply(decide(*values)))

        for editors in (header, card):
            editors.state_chosen.connect(change(choose_state))
            editors.assignee_chosen.connect(change(choose_assignee))
        header.priority_chosen.connect(change(choose_priority))
        header.tags_edited.connect(change(edit_tags))
        header.subject_edited.connect(change(change_subject))
        header.action_chosen.connect(self.action_chosen)
        header.undo_requested.connect(changes.undo)
        header.resolved.connect(lambda command, how: changes.resolve(command, Resolution(how)))
        header.copied.connect(lambda _text: self._status.show_message(self.tr("Copied.")))
        card.field_edited.connect(change(change_field))
        card.undo_requested.connect(changes.undo)
        card.resolved.connect(lambda command, how: changes.resolve(command, Resolution(how)))
        card.action_chosen.connect(self.action_chosen)
        customer.open_requested.connect(self.open_requested)
        customer.field_edited.connect(change(change_field))
        conversation.undo_requested.connect(changes.undo)
        conversation.resolved.connect(changes.resolve)

    def current(self) -> TicketView | None:
        """Return the ticket on screen; None while none is, or while another one is being opened."""
        return self._edited or self._view

    @property
    def is_opening(self) -> bool:
        """Whether a ticket was asked for that is not on screen yet."""
        return self._opening

    def _settle(self) -> None:
        self._opening = False
        self.settled.emit()

    def for_shown(self, act: Callable[..., None]) -> Callable[..., None]:
        """Let what an editor tells be done to the ticket that it shows: while another is being opened, still the one before."""

        def done(*values: object) -> None:
            self._edited = self._shown_view
            try:
                act(*values)
            finally:
                self._edited = None

        return done

    # --- opening and reading again ---

    def open(self, key: TicketKey | None) -> None:
        """Show another ticket: from the store at once, from its vendor as soon as it answers."""
        if key == self._key:
            return
        if key is None and self.compose.has_text and self._view is not None:
            said = self.tr("Your text for “{subject}” is kept as a draft.").format(subject=self._view.ticket.subject)
            self._status.show_message(said, self.tr("Go back"), GO_BACK_SECONDS, run=self.return_requested.emit)
            self._draft_notice = said
        elif key is not None and self._draft_notice and self._status.message == self._draft_notice:
            self._status.clear_message()  # the agent is back, or the way back leads to this ticket from now on
        if self._pane.is_typed_into and not self._following:
            self._pane.reset_editors()  # before the keyboard leaves an editor: leaving means that its value is wanted
            self._pane.focus_reading()  # a text of one ticket never hands the keyboard on to that of another
        self._key, self._view = key, None  # nothing is done to a ticket that is not on screen yet
        self._opening = key is not None
        self._pane.end_find()
        self._pane.later.clear()
        self._pane.banner.clear()  # what went wrong with the one before says nothing of this one
        self._gap = ""
        self._read_mark.stop()
        self._refresh_timer.stop()
        self._scope.cancel("reread")
        self._scope.replace(self._open(key), name="open ticket")

    def show_elsewhere(self) -> None:
        """Show that the ticket is open in a window of its own: from this moment on nothing of it can be typed or done here."""
        self._pane.reset_editors()
        self._view = None
        self.open(None)
        self._scope.cancel("open ticket")
        self.compose.close()
        self._pane.show_elsewhere()
        self._shown_view = None
        self._settle()

    @property
    def is_following(self) -> bool:
        """Whether what is requested is the same ticket, under the id that its vendor gave it."""
        return self._following

    async def _open(self, key: TicketKey | None) -> None:
        view = await self._services.tickets.view(key) if key is not None else None
        if key != self._key:
            return
        if view is None:
            if not await self._follow(key):
                self.compose.close()
                self._pane.show_nothing()
                self._shown_view = None
                self._settle()
            return
        await self._stay_with(view.ticket.key)
        half_typed = await self._value_saver.get(view.ticket.key)
        await self.compose.open(view, lambda: key == self._key)
        if key == self._key and self._view is None:  # in the step in which the box changed hands
            self._view = view
            self._show(view, half_typed)
            self._settle()
        self._read_mark.start(key)
        if not view.ticket.key.is_local:
            self._refresh_timer.start()
            await self._refresh(view)

    def changed(self, changes: ChangeSet) -> None:
        """Read the open ticket again where a commit touched it."""
        self.undo.changed(changes)
        key = self._key
        if key is None:
            return
        touched = key in changes.threads or key in changes.tickets or key.account in changes.bulk
        if (
            touched
            or changes.outbox
            or changes.drafts
            or (key.account in changes.accounts and self._account_changed(key))
        ):
            self._reload.request()

    def _account_changed(self, key: TicketKey) -> bool:
        """Tell whether an account is another one now: its status alone, which moves at every page of a sync, is not shown here."""
        return self._view is None or self._services.accounts.get(key.account) != self._view.account

    async def _do_reload(self) -> None:
        if self._key is not None:
            await self._reload_ticket(self._key)

    async def _reload_ticket(self, key: TicketKey) -> None:
        view = await self._services.tickets.view(key)
        if key != self._key:
            return
        if view is None:
            if not await self._follow(key) and self._services.accounts.get(key.account) is None:
                self._close_removed(key)
            return
        opening = self._view is None
        half_typed = await self._value_saver.get(view.ticket.key) if opening else None
        await self.compose.open(view, lambda: key == self._key)
        if key == self._key:
            self._view = view
            self._show(view, half_typed)
            if opening:
                self._settle()

    def _close_removed(self, key: TicketKey) -> None:
        """Close a ticket whose account was removed: what is typed would go nowhere, and drafts were removed with the account."""
        subject = self._shown_view.ticket.subject if self._shown_view is not None else ""
        self._key = self._view = self._shown_view = None
        self._read_mark.stop()
        self._refresh_timer.stop()
        self._pane.setFocus()
        self.compose.close()
        self._pane.show_nothing()
        self._status.show_message(self.tr("“{subject}” was removed with its account.").format(subject=subject))
        self._scope.start(self._delete_drafts(key), name="delete drafts")
        self._settle()

    async def _delete_drafts(self, key: TicketKey) -> None:
        await self.save()
        await self._services.drafts.delete_all(key)

    async def _follow(self, key: TicketKey | None) -> bool:
        """Stay with a new ticket that got its vendor's id; return whether it did."""
        named = await self._services.tickets.vendor_key(key) if key is not None else None
        if named is not None and key == self._key:
            self._following = True
            self.open_requested.emit(named)
            self._following = False
        return named is not None

    async def _stay_with(self, key: TicketKey) -> None:
        """Let who is typing into the editors of a new ticket go on where that one has got its vendor's id."""
        shown = self._shown_view
        if (
            shown is None
            or not shown.ticket.key.is_local
            or await self._services.tickets.vendor_key(shown.ticket.key) != key
        ):
            return
        if self._shown_view is shown:
            self._shown_view = replace(shown, ticket=replace(shown.ticket, key=key))
            self._value_saver.set_key(key)
            self._pane.set_key(key)

    @property
    def is_written_to(self) -> bool:
        """Whether something is being written to the open ticket."""
        return self._pane.is_typed_into or self.compose.has_text

    def refresh(self) -> None:
        """Read the ticket from its vendor now, and say what goes wrong."""
        if self._view is not None:
            self._scope.replace(self._refresh(self._view, aloud=True), name="refresh")

    def refresh_quietly(self) -> None:
        """Read the ticket from its vendor while it is on screen."""
        if self._view is not None and self._window.isVisible() and not self._window.isMinimized():
            self._scope.replace(self._refresh(self._view), name="refresh")

    async def _refresh(self, view: TicketView, *, aloud: bool = False) -> None:
        key = view.ticket.key
        if view.account.paused and not aloud:
            return
        try:
            await self._services.engine.read(key)
        except DeskProblem as problem:
            if key == self._key and (aloud or isinstance(problem, NotFound) or view.read_at is None):
                self._pane.banner.show_notice(wording.problem(problem, view.vendor.name), Tone.WAITING)
            return
        if key == self._key:
            self._pane.banner.clear()
            self._gap = ""
            self._show_gap((await self._services.tickets.view(key)) or view)

    def _show_gap(self, view: TicketView) -> None:
        """Say what of the conversation is missing; once it is there, say it no more."""
        if view.gap != self._gap and view.ticket.key == self._key:
            self._gap = view.gap
            self._pane.banner.show_notice(view.gap, Tone.WAITING) if view.gap else self._pane.banner.clear()

    def _show(self, view: TicketView, half_typed: Mapping[str, str] | None = None) -> None:
        """Show a ticket as it is now; with what stands half typed for it where it is opened."""
        opening = half_typed is not None
        half_typed = half_typed or {}
        if self._shown_view is not None and self._shown_view.ticket.key != view.ticket.key:
            self._pane.reset_editors()
        self._shown_view = view
        self._pane.show_parts(conversation=view.has_conversation)
        self._show_gap(view)
        self.shown.emit(view)
        self._pane.header.set_view(view, half_typed)
        self._pane.customer.set_view(view, half_typed)
        if view.has_conversation:
            rows = self._services.lists.rows([view.ticket.key]) if opening else ()
            self._pane.conversation.set_thread(thread_view(view, is_unread=bool(rows and rows[0].unread)))
            self._pane.conversation.set_empty(*empty_texts(view))
        else:
            self._pane.card.set_view(view, half_typed)
        self._value_saver.begin(view.ticket.key, half_typed)
        self._also.show(view)

    async def save(self) -> Sequence[object]:
        """Put what is typed on disk; return what is not there."""
        return [*await self.compose.save(), *await self._value_saver.save()]

    def end(self) -> None:
        """The window is closed: look and mark no more, and hand what is typed to the saver, in this step."""
        self._read_mark.stop()
        self._refresh_timer.stop()
        self._pane.reset_editors()
        self.compose.end()
        self._key = self._view = None
        for name in ("open ticket", "reread", "refresh", "also"):
            self._scope.cancel(name)

    async def aclose(self) -> None:
        """Look and mark no more, and put what is typed on disk."""
        self._read_mark.stop()
        self._refresh_timer.stop()
        await self.save()

    def mark_unread(self) -> None:
        """New for me again."""
        if self._key is not None:
            self._read_mark.stop()
            self.undo.mark([self._key], unread=True)
