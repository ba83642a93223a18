"""Drafts, files, sending, undo: nothing typed is ever lost, and nothing goes out twice or to another ticket.

The box belongs to one ticket at every moment: it changes hands in one step without an await. What is written down is taken from
it in one step too, with its ticket; `kept_drafts` writes it in its turn.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, StateChoice
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Draft, joined
from deskhand.services.services import Services
from deskhand.services.settings import Snippet
from deskhand.services.snippets import filled
from deskhand.services.ticket_actions import is_final, set_state
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted, Refused
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.undo import LocalNote
from deskhand.ui.composer.attaching import Attaching
from deskhand.ui.composer.box_state import box_state
from deskhand.ui.composer.composer import Composer
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.draft_saver import SAVE_DELAY_MS, DraftSaver
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.record_card import RecordCard

MAX_SENT_DRAFTS = 50
"""Messages whose caret is known when they are taken back."""


class ComposePresenter(QObject):
    """Drives the reply box of the open ticket, or the line for notes of a record.

    Attributes:
        sent: a message went into the outbox (CommandId), to be undone with Z.
        noted: a note was kept on this computer (LocalNote), to be undone with Z.
        sent_off: the box is about to be emptied, because its text is being sent: the keyboard is not needed there any more.
    """

    sent = Signal(object)
    note_added = Signal(object)
    about_to_send = Signal()

    def __init__(
        self,
        composer: Composer,
        card: RecordCard,
        status: StatusLine,
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
        self._window = window
        self._view: TicketView | None = None
        self._unsaved: set[str] = set()
        self._saver = DraftSaver(services.drafts, scope, self)
        self._saver.failed.connect(lambda problem: status.show_message(wording.problem(problem, "Deskhand")))
        self._saver.saved.connect(self._on_saved)
        self._attaching = Attaching(composer, status, self._saver, services.drafts, scope, lambda: self._view, self)
        self._sent_drafts: dict[CommandId, Draft] = {}
        self._undoable: CommandId | None = None
        self._undoable_until = 0.0
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_DELAY_MS)
        self._save_timer.timeout.connect(self._start_saving)
        composer.draft_changed.connect(self._typed)
        card.draft_changed.connect(self._typed)
        card.note_requested.connect(lambda: self._clear_and_send(NOTE, None))
        composer.send_requested.connect(self._send)
        composer.snippet_requested.connect(self._insert_snippet)
        status.acted.connect(self._undo_last_send)

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
        self._composer.set_state(box_state(view))
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
            self._composer.set_state(box_state(view))
            if view.copies != copies:
                reply = self._box.draft(REPLY)
                if reply.is_untouched and reply.cc == copies and not self._composer.is_composed(REPLY):
                    self._box.set_draft(REPLY, self._blank(REPLY))

    def _blank(self, kind: str) -> Draft:
        """Return what stands in the box before anything is typed: a reply goes to everybody whom the newest message reached."""
        return Draft(kind, "", cc=self._view.copies if self._view is not None and kind == REPLY else ())

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

    # --- what the box tells ---

    def _typed(self, kind: str) -> None:
        self._unsaved.add(kind)
        self._composer.set_saved(())
        if not self._save_timer.isActive():
            self._save_timer.start()

    def _start_saving(self) -> "asyncio.Task[None]":
        self._collect()
        return self._saver.save()

    def _collect(self) -> None:
        """Take what is unsaved out of the box, as it is now."""
        self._save_timer.stop()
        if (view := self._view) is not None:
            for kind in sorted(self._unsaved):
                self._saver.queue(view.ticket.key, replace(self._box.draft(kind), seen=view.newest))
        self._unsaved.clear()

    def _on_saved(self) -> None:
        if not self._unsaved and not self._saver.unsaved:
            self._show_saved()

    def _show_saved(self) -> None:
        """Say that a draft is on disk, of each kind by itself: an empty reply beside a note has none."""
        self._composer.set_saved(kind for kind in (REPLY, NOTE) if not self._box.draft(kind).is_empty)

    def _send(self, kind: str, then: StateChoice | None) -> None:
        """Send, unless what comes behind it has no way back and the agent gave it no time to be taken back: then ask first."""
        view = self._view
        if view is None:
            return
        if then is None or self._services.settings.undo_seconds or not self._is_final(view, then):
            self._clear_and_send(kind, then)
            return
        detail = self.tr("{vendor}: it is set to “{state}” behind your message. {why}").format(
            vendor=view.vendor.name, state=then.label, why=wording.NO_WAY_BACK
        )
        dialog = ConfirmDialog(self.tr("Send and close?"), detail, self.tr("Send and close"), self._window, danger=True)
        dialog.confirmed.connect(lambda: self._send_confirmed(view.ticket.key, kind, then))
        dialog.open()

    def _send_confirmed(self, key: TicketKey, kind: str, then: StateChoice) -> None:
        """Send what the question was about: a link may have opened another ticket behind it, whose box holds another text."""
        if key == self.key:
            self._clear_and_send(kind, then)
        else:
            self._status.show_message(
                self.tr("Nothing was sent: another ticket was opened. Your text is kept as a draft.")
            )

    @staticmethod
    def _is_final(view: TicketView, then: StateChoice) -> bool:
        return is_final(set_state(view, then), view.ticket, view.capabilities)

    def _clear_and_send(self, kind: str, then: StateChoice | None) -> None:
        """Empty the box in the same step: pressing twice sends once."""
        view = self._view
        if view is None:
            return
        draft = replace(self._box.draft(kind), seen=view.newest)
        if draft.is_empty:
            return
        self._unsaved.discard(kind)
        self._saver.begin_sending(view.ticket.key, kind)
        # Before the box is emptied, which turns its button off: the keyboard would go who knows where.
        if self._box is self._composer:
            self.about_to_send.emit()
        self._box.set_draft(kind, self._blank(kind))
        self._on_saved()
        self._scope.start(self._send_draft(view, draft, then), name="send")

    async def _send_draft(self, view: TicketView, draft: Draft, then: StateChoice | None) -> None:
        key = view.ticket.key
        async with self._saver.sending(key, draft):
            try:
                refused = await self._submit(view, draft, then)
            except DeskProblem as problem:
                refused = problem.detail or self.tr("This could not be kept; your text is still here.")
            if refused:
                self._status.show_message(refused)
                self._restore_draft(await self._current_key(key), draft)

    async def _current_key(self, key: TicketKey) -> TicketKey:
        """Return the key by which the box holds a ticket that may have got its vendor's id meanwhile; `key` where it is not open."""
        named = await self._services.tickets.vendor_key(key)
        return self.key if self.key is not None and self.key == named else key

    def _restore_draft(self, key: TicketKey, draft: Draft) -> None:
        """Put a draft before what was typed since, in the box where its ticket is still open."""
        kind = draft.kind
        if self.key != key:
            self._saver.queue(key, joined(draft, self._saver.queued(key, kind)))
            return
        finish_composition()
        self._unsaved.discard(kind)
        draft = joined(draft, self._box.draft(kind))
        self._box.set_draft(kind, draft)
        self._saver.queue(key, draft)
        self.write(kind)

    async def _submit(self, view: TicketView, draft: Draft, then: StateChoice | None) -> str:
        """Put a message into the outbox; return why it was refused, or nothing."""
        key = view.ticket.key
        if draft.kind == NOTE and view.obstacle(Feature.NOTE) is not None:
            await self._add_note(key, draft)
            await self._services.drafts.save(key, Draft(NOTE, ""))
            return ""
        action = set_state(view, then) if then is not None else None
        outcome = await self._services.commands.send(key, draft, then=action)
        if isinstance(outcome, Refused):
            return outcome.message
        self._sent_drafts[outcome.command] = draft
        if len(self._sent_drafts) > MAX_SENT_DRAFTS:
            del self._sent_drafts[next(iter(self._sent_drafts))]
        self._show_sent(outcome)
        return ""

    async def _add_note(self, key: TicketKey, draft: Draft) -> None:
        note = await self._services.tickets.add_local_note(key, draft.text)
        self.note_added.emit(LocalNote(key, note, draft))

    def undo_note(self, note: LocalNote) -> None:
        """Let a note on this computer be a draft again."""
        self._scope.start(self._undo_note(note), name="undo")

    async def _undo_note(self, note: LocalNote) -> None:
        """Write the draft first: a kill between the two leaves both, and loses nothing."""
        self._collect()
        async with self._saver.exclusive():
            (newer,) = await self._saver.get(note.ticket, NOTE)
            key = await self._current_key(note.ticket)
            if self.key == key:
                self._restore_draft(key, note.draft)
            else:
                self._saver.queue(key, joined(note.draft, newer))
            self._show_restored(key)
        await self._services.tickets.remove_local_note(note.ticket, note.id)

    def _show_sent(self, outcome: Accepted) -> None:
        self.sent.emit(outcome.command)
        seconds = self._services.settings.undo_seconds
        if seconds:
            self._undoable = outcome.command
            self._undoable_until = self._services.clock.monotonic() + seconds
            self._status.show_countdown(self.tr("Sending in {seconds} s."), self.tr("Undo"), seconds)

    def _undo_last_send(self) -> None:
        if self._undoable is not None:
            self.undo(self._undoable)

    def _insert_snippet(self, snippet: Snippet, kind: str) -> None:
        """Fill a canned reply in when it is inserted; what cannot be filled stays and stops the send with a question (U17)."""
        self._composer.insert_text(kind, filled(snippet.text, self._view.ticket) if self._view else snippet.text)

    def undo(self, command: CommandId) -> None:
        """Take a message or a change back."""
        if command == self._undoable:
            self._undoable = None
        self._scope.start(self._undo(command), name="undo")

    async def _undo(self, command: CommandId) -> None:
        self._collect()
        async with self._saver.exclusive():
            undone = await self._services.commands.undo(command)
            if undone is None:
                self._status.show_message(self.tr("It is too late to take this back."))
                return
            key, draft = undone.ticket, undone.draft
            if key is None or draft is None:
                return
            left = self._sent_drafts.pop(command, draft)
            if left.text == draft.text:
                draft = replace(draft, cursor=left.cursor)
            if key == self.key or self._saver.will_be_overwritten(key, draft.kind):
                self._restore_draft(key, draft)
            self._show_restored(key)

    def _show_restored(self, key: TicketKey) -> None:
        """Say where a text went that was taken back and is not on screen."""
        if key != self.key and (rows := self._services.views.rows([key])):
            said = self.tr("It was taken back, and is a draft of “{subject}”.")
            self._status.show_message(said.format(subject=rows[0].subject))
