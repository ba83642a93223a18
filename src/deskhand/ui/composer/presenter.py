"""Drafts, files, sending, undo: nothing typed is ever lost, and nothing goes out twice or to another ticket.

The box belongs to one ticket at every moment: it changes hands in one step without an await. What is written down is taken from
it in one step too, with its ticket; `draft_saver` writes it in its turn.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import undo_wording, wording
from deskhand.domain.capabilities import Feature, StateChoice
from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Draft, joined
from deskhand.services.services import Services
from deskhand.services.settings import Snippet
from deskhand.services.snippets import filled
from deskhand.services.ticket_actions import is_final, set_state
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted, Refused
from deskhand.services.tickets import TicketView
from deskhand.services.undo_steps import DraftPart, NotePart, message_step, step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.attaching import Attaching
from deskhand.ui.composer.box_state import box_state
from deskhand.ui.composer.composer import Composer
from deskhand.ui.composer.composer_state import ComposerState
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.draft_saver import SAVE_DELAY_MS
from deskhand.ui.composer.reply_boxes import ReplyBoxes
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.record_card import RecordCard


class ComposePresenter(QObject):
    """Drives the reply box of the open ticket, or the line for notes of a record.

    Attributes:
        sent: a message went into the outbox (Step), to be undone with Z.
        note_added: a note was kept on this computer, or a draft was discarded (Step), to be undone with Z.
        replied: a reply to this ticket (TicketKey) went into the outbox; with what comes after it for once (GoOn), None = as set.
        came_back: a text was put back into this box.
        run_send: runs what ends with `sent`; a key that undoes, pressed meanwhile, is to wait for it.
        sending: the text of a ticket (TicketKey) is being sent, from this moment on; `replied` follows once it is stored.
        about_to_send: the box is about to be emptied, because its text is being sent: the keyboard is not needed there any more.
    """

    sent = Signal(object)
    note_added = Signal(object)
    replied = Signal(object, object)
    came_back = Signal()
    sending = Signal(object)
    about_to_send = Signal()

    def __init__(
        self,
        composer: Composer,
        card: RecordCard,
        status: StatusLine,
        boxes: ReplyBoxes,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._card = card
        self._status = status
        self._services = services
        self._scope = scope
        self.run_send: Callable[..., object] = scope.start
        self._window = window
        self._view: TicketView | None = None
        self._unsaved: set[str] = set()
        self._boxes, self._saver = boxes, boxes.saver
        self._saver.failed.connect(self._on_failed)
        self._saver.saved.connect(self._on_saved)
        self._attaching = Attaching(composer, status, boxes, self, scope, lambda: self._view)
        self._undoable: CommandId | None = None
        self._undoable_until = 0.0
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_DELAY_MS)
        self._save_timer.timeout.connect(self._start_saving)
        composer.draft_changed.connect(self._typed)
        card.draft_changed.connect(self._typed)
        card.note_requested.connect(lambda: self._clear_and_send(NOTE, None, None))
        composer.send_requested.connect(self._send)
        composer.discard_requested.connect(self._discard)
        composer.snippet_requested.connect(self._insert_snippet)
        self.go_on: Callable[[], GoOn] = lambda: services.settings.after(Done.SENT)
        boxes.add(self)

    @property
    def key(self) -> TicketKey | None:
        """The ticket that is written to."""
        return self._view.ticket.key if self._view else None

    @property
    def has_text(self) -> bool:
        """Whether something is typed for the open ticket that is not sent."""
        return self._view is not None and any(not self._box.draft(kind).is_empty for kind in (REPLY, NOTE))

    @property
    def can_undo_send(self) -> bool:
        """Whether the message that was sent last has not left yet: the time to take it back is running."""
        return self._undoable is not None and self._services.clock.monotonic() < self._undoable_until

    @property
    def _box(self) -> Composer | RecordCard:
        """Where the open ticket is written about: a record has a line for notes in its card."""
        return self._composer if self._view is None or self._view.has_conversation else self._card

    async def open(self, view: TicketView, still_wanted: Callable[[], bool]) -> None:
        """Take another ticket up, unless the agent has gone on meanwhile: what was typed for the one before is kept."""
        key = view.ticket.key
        if key == self.key:
            self.update(view)
            return
        before = self.key
        if before is not None and await self._services.tickets.vendor_key(before) == key and before == self.key:
            self._view = view  # the same ticket under its vendor's id: who is typing goes on
            self.update(view)
            return
        finish_composition()
        self._start_saving()
        drafts = await self._saver.get(key, REPLY, NOTE)
        if key == self.key:
            self.update(view)
            return
        if not still_wanted():
            return
        # Until here the box held the other ticket; what was typed into it meanwhile goes with it.
        finish_composition()
        self._start_saving()
        self._view = None
        for box in (self._composer, self._card):
            box.begin()
        self._view = view
        self._composer.set_state(self._box_state(view))
        self._composer.set_snippets(self._services.settings.snippets())
        for draft in drafts:
            self._box.set_draft(draft.kind, self._blank(draft.kind) if draft.is_untouched else draft)
        self._composer.show_written()
        self._show_saved()
        self._attaching.show_copies()

    def update(self, view: TicketView) -> None:
        """The same ticket is known better now; what is typed stays untouched."""
        if view.ticket.key == self.key:
            copies = self._view.copies if self._view else ()
            self._view = view
            self._composer.set_state(self._box_state(view))
            if view.copies != copies:
                reply = self._box.draft(REPLY)
                if reply.is_untouched and reply.cc == copies and not self._composer.is_composed(REPLY):
                    self._box.set_draft(REPLY, self._blank(REPLY))

    def _blank(self, kind: str) -> Draft:
        """Return what stands in the box before anything is typed: a reply goes to everybody whom the newest message reached."""
        return Draft(kind, "", cc=self._view.copies if self._view is not None and kind == REPLY else ())

    def _box_state(self, view: TicketView) -> ComposerState:
        return replace(box_state(view), go_on=self.go_on())

    def show_go_on(self) -> None:
        """Say on the button what comes after sending, as it is set now."""
        if self._view is not None:
            self._composer.set_state(self._box_state(self._view))

    def end(self) -> None:
        """The window is closed."""
        self.close()
        self._boxes.remove(self)

    def close(self) -> None:
        """No ticket is open any more."""
        finish_composition()
        self._start_saving()
        self._view = None
        for box in (self._composer, self._card):
            box.begin()

    async def save(self) -> Sequence[object]:
        """Put everything unsaved on disk now; return what it did not take, which is tried again."""
        finish_composition()
        await asyncio.shield(self._start_saving())
        return self._saver.unsaved

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer other canned replies."""
        self._composer.set_snippets(snippets)

    def write(self, kind: str) -> None:
        """Give the keyboard to the reply or the note."""
        if self._box is self._composer:
            self._composer.choose(kind)
        self._box.focus_text()

    def insert(self, snippet: Snippet) -> None:
        """Put a canned reply into the reply, and give it the keyboard."""
        self.write(REPLY)
        self._insert_snippet(snippet, REPLY)

    # --- what the box tells ---

    def _typed(self, kind: str) -> None:
        self._unsaved.add(kind)
        self._composer.set_saved(())
        if not self._save_timer.isActive():
            self._save_timer.start()

    def _start_saving(self) -> "asyncio.Task[None]":
        self.collect()
        return self._saver.save()

    def collect(self) -> None:
        """Hand what is unsaved to the saver, as it is now."""
        self._save_timer.stop()
        if (view := self._view) is not None:
            for kind in sorted(self._unsaved):
                self._saver.queue(view.ticket.key, replace(self._box.draft(kind), seen=view.newest))
        self._unsaved.clear()

    def _on_failed(self, problem: DeskProblem) -> None:
        self._status.show_message(wording.problem(problem, "Deskhand"))

    def _on_saved(self) -> None:
        if not self._unsaved and not self._saver.unsaved:
            self._show_saved()

    def _show_saved(self) -> None:
        """Say that a draft is on disk, of each kind by itself: an empty reply beside a note has none."""
        self._composer.set_saved(kind for kind in (REPLY, NOTE) if not self._box.draft(kind).is_empty)

    def _send(self, kind: str, then: StateChoice | None, go_on: GoOn | None) -> None:
        """Send, unless what comes behind it has no way back and the agent gave it no time to be taken back: then ask first."""
        view = self._view
        if view is None:
            return
        if then is None or self._services.settings.undo_seconds or not self._is_final(view, then):
            self._clear_and_send(kind, then, go_on)
            return
        detail = self.tr("{vendor}: it is set to “{state}” behind your message. {why}").format(
            vendor=view.vendor.name, state=then.label, why=wording.NO_WAY_BACK
        )
        dialog = ConfirmDialog(self.tr("Send and close?"), detail, self.tr("Send and close"), self._window, danger=True)
        dialog.confirmed.connect(lambda: self._send_confirmed(view.ticket.key, kind, then, go_on))
        dialog.open()

    def _send_confirmed(self, key: TicketKey, kind: str, then: StateChoice, go_on: GoOn | None) -> None:
        """Send what the question was about: a link may have opened another ticket behind it, whose box holds another text."""
        if key == self.key:
            self._clear_and_send(kind, then, go_on)
        else:
            self._status.show_message(
                self.tr("Nothing was sent: another ticket was opened. Your text is kept as a draft.")
            )

    @staticmethod
    def _is_final(view: TicketView, then: StateChoice) -> bool:
        return is_final(set_state(view, then), view.ticket, view.capabilities)

    def _clear_and_send(self, kind: str, then: StateChoice | None, go_on: GoOn | None) -> None:
        """Empty the box in the same step: pressing twice sends once."""
        view = self._view
        if view is None:
            return
        draft = replace(self._box.draft(kind), seen=view.newest)
        if draft.is_empty:
            return
        self._unsaved.discard(kind)
        self._saver.begin_sending(view.ticket.key, kind)
        self.sending.emit(view.ticket.key)
        # Before the box is emptied, which turns its button off: the keyboard would go who knows where.
        if self._box is self._composer:
            self.about_to_send.emit()
        self._box.set_draft(kind, self._blank(kind))
        self._on_saved()
        self.run_send(self._send_draft(view, draft, then, go_on), name="send")

    async def _send_draft(self, view: TicketView, draft: Draft, then: StateChoice | None, go_on: GoOn | None) -> None:
        key = view.ticket.key
        async with self._saver.sending(key, draft):
            try:
                refused = await self._submit(view, draft, then)
            except DeskProblem as problem:
                refused = problem.detail or self.tr("This could not be kept; your text is still here.")
            if refused:
                self._status.show_message(refused)
                self._boxes.restore(await self._boxes.current_key(key), draft)
                return
        if draft.kind == REPLY and self.key is not None:
            self.replied.emit(await self._boxes.current_key(key), go_on)

    def put_back(self, draft: Draft) -> None:
        """Put a text of the open ticket before what was typed since, and give it the keyboard."""
        view, kind = self._view, draft.kind
        if view is None:
            return
        finish_composition()
        self._unsaved.discard(kind)
        draft = joined(draft, self._box.draft(kind))
        self._box.set_draft(kind, draft)
        self._saver.queue(view.ticket.key, draft)
        self.came_back.emit()
        self.write(kind)

    def taken_out(self, command: CommandId) -> None:
        """A message is on its way back: it can not be taken back once more."""
        if command == self._undoable:
            self._undoable = None

    async def _submit(self, view: TicketView, draft: Draft, then: StateChoice | None) -> str:
        """Put a message into the outbox; return why it was refused, or nothing."""
        key = view.ticket.key
        if draft.kind == NOTE and view.obstacle(Feature.NOTE) is not None:
            await self._add_note(view, draft)
            await self._services.drafts.save(key, Draft(NOTE, ""))
            return ""
        action = set_state(view, then) if then is not None else None
        outcome = await self._services.commands.send(key, draft, then=action)
        if isinstance(outcome, Refused):
            return outcome.message
        self._boxes.remember_sent(outcome.command, draft)
        self._show_sent(view, outcome, is_note=draft.kind == NOTE)
        return ""

    async def _add_note(self, view: TicketView, draft: Draft) -> None:
        key = view.ticket.key
        note = await self._services.tickets.add_local_note(key, draft.text)
        what = undo_wording.kept_note(view.ticket.subject, view.account.label)
        self.note_added.emit(step(what, (NotePart(key, note, draft),)))

    def _discard(self, kind: str) -> None:
        """Empty the box; Undo brings the text back."""
        view, draft = self._view, self._box.draft(kind)
        if view is None or draft.is_empty:
            return
        self._box.set_draft(kind, self._blank(kind))
        self._typed(kind)
        what = undo_wording.discarded(view.ticket.subject, view.account.label, is_note=kind == NOTE)
        self.note_added.emit(step(what, (DraftPart(view.ticket.key, draft),)))

    def _show_sent(self, view: TicketView, outcome: Accepted, *, is_note: bool) -> None:
        seconds = self._services.settings.undo_seconds
        if seconds:
            self._undoable = outcome.command
            self._undoable_until = self._services.clock.monotonic() + seconds
        self.sent.emit(message_step(view, outcome.command, is_note=is_note))

    def _insert_snippet(self, snippet: Snippet, kind: str) -> None:
        """Fill a canned reply in when it is inserted; what cannot be filled stays and stops the send with a question (U17)."""
        self._composer.insert_text(kind, filled(snippet.text, self._view.ticket) if self._view else snippet.text)

    def undo(self, command: CommandId) -> None:
        """Take a message or a change back."""
        self._scope.start(self._undo(command), name="undo")

    async def _undo(self, command: CommandId) -> None:
        if not await self._boxes.take_back(command):
            self._status.show_message(self.tr("It is too late to take this back."))

    @property
    def is_typed_into(self) -> bool:
        """Whether the keyboard is in a text of this box that holds something."""
        focus: QWidget | None = self._window.focusWidget()
        return self.has_text and focus is not None and self._box.isAncestorOf(focus)
