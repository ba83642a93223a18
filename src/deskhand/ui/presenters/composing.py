"""Drafts, files, sending, undo: nothing typed is ever lost."""

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.capabilities import Feature, Reason, StateChoice
from deskhand.domain.commands import ChangeState
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Draft
from deskhand.services.desk import NOTE, REPLY, Accepted, Refused
from deskhand.services.house import House
from deskhand.services.reading import TicketView
from deskhand.services.settings import Snippet
from deskhand.sync.tasks import TaskScope
from deskhand.ui.panes.composer import Composer
from deskhand.ui.panes.composer_state import ComposerState, NoteKind
from deskhand.ui.panes.status_line import StatusLine

SAVE_MS = 400
"""A draft is on disk this long after the last key: a kill loses less than a second (U1)."""


class ComposePresenter(QObject):
    """Drives the reply box of the open ticket.

    Attributes:
        sent: a message went into the outbox (CommandId), to be undone with Z.
    """

    sent = Signal(object)

    def __init__(self, composer: Composer, status: StatusLine, house: House, scope: TaskScope, window: QWidget) -> None:
        super().__init__(composer)
        self._composer = composer
        self._status = status
        self._house = house
        self._scope = scope
        self._window = window
        self._view: TicketView | None = None
        self._unsaved: set[str] = set()
        self._offered: CommandId | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self._save_soon)
        composer.draft_changed.connect(self._typed)
        composer.send_wanted.connect(self._send)
        composer.attach_files.connect(self._attach_files)
        composer.attach_data.connect(self._attach_data)
        composer.snippet_wanted.connect(self._insert_snippet)
        status.acted.connect(self._undo_offered)

    @property
    def key(self) -> TicketKey | None:
        """The ticket that is written to."""
        return self._view.ticket.key if self._view else None

    async def open(self, view: TicketView) -> None:
        """Take another ticket up: what was typed for the one before is kept first."""
        await self.keep()
        key = view.ticket.key
        drafts = [await self._house.drafts.get(key, kind) for kind in (REPLY, NOTE)]
        self._view = view
        self._composer.set_state(self._state(view))
        self._composer.set_snippets(self._house.settings.snippets())
        for draft in drafts:
            self._composer.set_draft(draft.kind, draft)
        self._composer.set_saved(any(not draft.is_empty for draft in drafts))

    def update(self, view: TicketView) -> None:
        """The same ticket is known better now; what is typed stays untouched."""
        self._view = view
        self._composer.set_state(self._state(view))

    def close(self) -> None:
        """No ticket is open any more; call `keep` before."""
        self._view = None

    async def keep(self) -> None:
        """Put everything unsaved on disk now."""
        self._timer.stop()
        view = self._view
        if view is None:
            return
        for kind in tuple(self._unsaved):
            self._unsaved.discard(kind)
            await self._house.drafts.keep(view.ticket.key, replace(self._composer.draft(kind), seen=view.newest))
        self._composer.set_saved(True)

    async def bring_back(self, key: TicketKey, kind: str) -> None:
        """Show the draft that an undo put back, if its ticket is still open."""
        if self.key == key:
            self._unsaved.discard(kind)
            self._composer.set_draft(kind, await self._house.drafts.get(key, kind))
            self.write(kind)

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer other canned replies."""
        self._composer.set_snippets(snippets)

    def write(self, kind: str) -> None:
        """Give the keyboard to the reply or the note."""
        self._composer.choose(kind)
        self._composer.focus_text()

    # --- what the box tells ---

    def _typed(self, kind: str) -> None:
        self._unsaved.add(kind)
        self._composer.set_saved(False)
        if not self._timer.isActive():
            self._timer.start()

    def _save_soon(self) -> None:
        self._scope.start(self.keep(), name="keep draft")

    def _send(self, kind: str, then: StateChoice | None) -> None:
        self._scope.start(self._send_draft(kind, then), name="send")

    async def _send_draft(self, kind: str, then: StateChoice | None) -> None:
        view = self._view
        if view is None:
            return
        key = view.ticket.key
        draft = replace(self._composer.draft(kind), seen=view.newest)
        await self.keep()
        try:
            if kind == NOTE and view.obstacle(Feature.NOTE) is not None:
                await self._house.reading.add_local_note(key, draft.text)
                await self._house.drafts.keep(key, Draft(NOTE, ""))
            else:
                action = None
                if then is not None:
                    action = ChangeState(view.ticket.state_id, then.id, then.word, then.meaning)
                outcome = await self._house.desk.send(key, draft, then=action)
                if isinstance(outcome, Refused):
                    self._status.show_message(outcome.words)
                    return
                self._say_sent(outcome)
        except DeskProblem as problem:
            self._status.show_message(problem.detail or self.tr("This could not be kept; your text is still here."))
            return
        if self.key == key and self._composer.draft(kind).text == draft.text:
            self._unsaved.discard(kind)
            self._composer.set_draft(kind, Draft(kind, ""))

    def _say_sent(self, outcome: Accepted) -> None:
        self.sent.emit(outcome.command)
        seconds = self._house.settings.undo_seconds
        if seconds:
            said = self.tr("Sending in {seconds} s.").format(seconds=seconds)
            self._offered = outcome.command
            self._status.show_message(said, self.tr("Undo"), seconds)

    def _undo_offered(self) -> None:
        if self._offered is not None:
            self.undo(self._offered)

    def _insert_snippet(self, snippet: Snippet, kind: str) -> None:
        """Fill a canned reply in when it is inserted; what cannot be filled stays and stops the send with a question (U17)."""
        text = snippet.text
        if (view := self._view) is not None:
            who = view.ticket.requester
            known = {
                "{name}": who.name.partition(" ")[0] if who else "",
                "{full name}": who.name if who else "",
                "{number}": view.ticket.number or view.ticket.key.remote,
                "{subject}": view.ticket.subject,
            }
            for place, value in known.items():
                text = text.replace(place, value) if value else text
        self._composer.insert_text(kind, text)

    def undo(self, command: CommandId) -> None:
        """Take a message or a change back."""
        self._scope.start(self._undo(command), name="undo")

    async def _undo(self, command: CommandId) -> None:
        undone = await self._house.desk.undo(command)
        if undone is None:
            self._status.show_message(self.tr("It is too late to take this back."))
        elif undone.ticket is not None and undone.draft is not None:
            await self.bring_back(undone.ticket, undone.draft.kind)

    def _attach_files(self, paths: Sequence[str], kind: str) -> None:
        self._scope.start(self._attach([Path(path) for path in paths], kind), name="attach")

    def _attach_data(self, name: str, mime: str, data: bytes, kind: str) -> None:
        self._scope.start(self._attach_bytes(name, mime, data, kind), name="attach")

    async def _attach(self, paths: Sequence[Path], kind: str) -> None:
        for path in paths:
            mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            try:
                file = await self._house.drafts.attach_path(path, mime)
            except (OSError, DeskProblem) as problem:
                said = self.tr("{name} cannot be attached: {why}").format(name=path.name, why=str(problem))
                self._status.show_message(said)
                continue
            self._composer.add_file(kind, file)

    async def _attach_bytes(self, name: str, mime: str, data: bytes, kind: str) -> None:
        try:
            self._composer.add_file(kind, await self._house.drafts.attach(name, mime, data))
        except DeskProblem as problem:
            self._status.show_message(problem.detail)

    # --- what the box shows ---

    def _state(self, view: TicketView) -> ComposerState:
        capabilities, account, ticket = view.capabilities, view.account, view.ticket
        remote_note = view.obstacle(Feature.NOTE) is None
        notice = ""
        if view.reply_reopens:
            notice = self.tr("This ticket is closed; a reply opens it again.")
        elif view.obstacle(Feature.REPLY) is None and capabilities.reason(Feature.LIST) is Reason.WRITE_ONLY:
            notice = self.tr("{vendor} can only be written to: whether the customer is told is up to it.").format(
                vendor=view.vendor.name
            )
        states = capabilities.states_for(ticket.shelf.id if ticket.shelf else None)
        who = ticket.requester
        to = f"{who.name} <{who.email}>" if who and who.name and who.email else who.shown if who else ""
        return ComposerState(
            account_label=account.label,
            vendor=view.vendor.name,
            colour=view.vendor.colour,
            can_reply=view.obstacle(Feature.REPLY) is None,
            reply_reason=view.why_not(Feature.REPLY),
            note_kind=NoteKind.REMOTE if remote_note else NoteKind.LOCAL,
            can_cc=view.obstacle(Feature.CC) is None,
            cc_reason=view.why_not(Feature.CC),
            can_attach=view.obstacle(Feature.ATTACH) is None,
            attach_reason=view.why_not(Feature.ATTACH),
            format=capabilities.reply_format,
            note_format=capabilities.note_format,
            states=tuple(s for s in states if s.id != ticket.state_id) if view.obstacle(Feature.STATE) is None else (),
            to=to,
            notice=notice,
            max_chars=capabilities.limits.message_chars,
        )
