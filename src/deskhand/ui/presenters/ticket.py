"""The open ticket: header, conversation, customer pane. Whatever answers late is read for what is open now."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhand.content.links import inspect
from deskhand.content.names import is_dangerous, safe_file_name
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature, PriorityChoice, StateChoice
from deskhand.domain.changes import ChangeSet
from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    DispatchTicket,
    EditField,
    EditTags,
    Resolution,
)
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.problems import DeskProblem, Gone
from deskhand.domain.threads import Attachment, Visibility
from deskhand.domain.tickets import FieldValue, Person
from deskhand.services.desk import NOTE, REPLY, Refused
from deskhand.services.house import House
from deskhand.services.reading import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.dialogs.confirm import ConfirmDialog
from deskhand.ui.dialogs.link_dialog import LinkDialog
from deskhand.ui.models.thread import ThreadView
from deskhand.ui.panes.status_line import StatusLine
from deskhand.ui.panes.ticket_pane import TicketPane
from deskhand.ui.presenters.composing import ComposePresenter
from deskhand.ui.presenters.pacing import Paced
from deskhand.ui.presenters.pictures import Pictures
from deskhand.ui.theme import Tone

READ_AFTER_MS = 1500
"""A ticket counts as read when it was on screen this long (U24: opening alone is not reading)."""

REFRESH_MS = 15_000
"""The conversation on screen is read again this often; the rest waits for its account's pace."""


class TicketPresenter(QObject):
    """Drives the right half.

    Attributes:
        open_wanted: another ticket (TicketKey), from "also from this customer".
        next_wanted: go on in the list by so many.
        back_wanted: back to the list, in a narrow window.
    """

    open_wanted = Signal(object)
    next_wanted = Signal(int)
    back_wanted = Signal()

    def __init__(self, pane: TicketPane, status: StatusLine, house: House, scope: TaskScope, window: QWidget) -> None:
        super().__init__(pane)
        self._pane = pane
        self._status = status
        self._house = house
        self._scope = scope
        self._window = window
        self._key: TicketKey | None = None
        self._view: TicketView | None = None
        self._last: list[tuple[CommandId, ...]] = []
        self.compose = ComposePresenter(pane.composer, pane.card, status, house, scope, window)
        self.pictures = Pictures(pane.conversation, house, scope)
        self._read_timer = QTimer(self)
        self._read_timer.setSingleShot(True)
        self._read_timer.setInterval(READ_AFTER_MS)
        self._read_timer.timeout.connect(self._mark_read)
        self._again = Paced(self._read_again, scope, "reread", self)
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
        self._pane.back_wanted.connect(self.back_wanted)
        self.compose.sent.connect(lambda command: self.remember([command]))
        header.state_chosen.connect(self.choose_state)
        header.priority_chosen.connect(self.choose_priority)
        header.assignee_chosen.connect(self.choose_assignee)
        header.tags_edited.connect(lambda add, remove: self._change(EditTags(tuple(add), tuple(remove))))
        header.subject_edited.connect(self._edit_subject)
        header.refresh_wanted.connect(self.refresh)
        header.unread_wanted.connect(self.mark_unread)
        header.archive_wanted.connect(self.archive)
        header.dispatch_wanted.connect(self.dispatch)
        header.undo_wanted.connect(self._undo)
        header.resolved.connect(lambda command, how: self._resolve(command, Resolution(how)))
        header.copied.connect(lambda _text: self._status.show_message(self.tr("Copied.")))
        card.state_chosen.connect(self.choose_state)
        card.assignee_chosen.connect(self.choose_assignee)
        card.field_edited.connect(self.edit_field)
        card.note_wanted.connect(self._local_note)
        card.dispatch_wanted.connect(self.dispatch)
        card.undo_wanted.connect(self._undo)
        card.resolved.connect(lambda command, how: self._resolve(command, Resolution(how)))
        card.refresh_wanted.connect(self.refresh)
        card.unread_wanted.connect(self.mark_unread)
        card.archive_wanted.connect(self.archive)
        card.copy_number_wanted.connect(self.copy_number)
        card.copy_link_wanted.connect(self.copy_link)
        customer.open_wanted.connect(self.open_wanted)
        customer.field_edited.connect(self.edit_field)
        conversation.link_activated.connect(self._link)
        conversation.attachment_open_wanted.connect(self._open_attachment)
        conversation.attachment_save_wanted.connect(self._save_attachment)
        conversation.undo_wanted.connect(self._undo)
        conversation.edit_wanted.connect(lambda c: self._resolve(c, Resolution.DRAFT))
        conversation.retry_wanted.connect(lambda c: self._resolve(c, Resolution.AGAIN))
        conversation.resolved.connect(self._resolve)

    # --- opening and reading again ---

    def open(self, key: TicketKey | None) -> None:
        """Show another ticket: from the store at once, from its vendor as soon as it answers."""
        if key == self._key:
            return
        self._key, self._view = key, None  # nothing is done to a ticket that is not on screen yet
        self._read_timer.stop()
        self._refresh_timer.stop()
        self._scope.cancel("reread")
        self._scope.replace(self._open(key), name="open ticket")

    async def _open(self, key: TicketKey | None) -> None:
        await self.compose.keep()
        view = await self._house.reading.view(key) if key is not None else None
        if key != self._key:
            return
        if view is None:
            self.compose.close()
            self._pane.show_nothing()
            return
        await self.compose.open(view, lambda: key == self._key)
        if self._view is None:
            self._view = view
            self._show(view, opening=True)
        self._read_timer.start()
        if not view.ticket.key.is_local:
            self._refresh_timer.start()
            await self._refresh(view)

    def changed(self, changes: ChangeSet) -> None:
        """Read the open ticket again where a commit touched it."""
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
            self._again.again()

    def _account_changed(self, key: TicketKey) -> bool:
        """Tell whether an account is another one now: its status alone, which moves at every page of a sync, is not shown here."""
        return self._view is None or self._house.accounts.get(key.account) != self._view.account

    async def _read_again(self) -> None:
        if self._key is not None:
            await self._reread(self._key)

    async def _reread(self, key: TicketKey) -> None:
        view = await self._house.reading.view(key)
        if key != self._key:
            return
        if view is None:
            await self._follow(key)
            return
        opening = self._view is None
        await self.compose.open(view, lambda: key == self._key)
        if key == self._key:
            self._view = view
            self._show(view, opening=opening)

    async def _follow(self, key: TicketKey) -> None:
        """A new ticket got its vendor's id: stay with it."""
        if (
            key.is_local
            and self._view is not None
            and (named := await self._house.reading.named(self._view)) is not None
        ):
            self.open_wanted.emit(named)

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
            await self._house.reading.refresh(key)
        except DeskProblem as problem:
            if key == self._key and (aloud or isinstance(problem, Gone) or view.read_at is None):
                self._pane.banner.show_notice(wording.problem(problem, view.vendor.name), Tone.WAITING)
            return
        if key == self._key:
            self._pane.banner.clear()

    def _show(self, view: TicketView, *, opening: bool) -> None:
        self._pane.show_parts(conversation=view.has_conversation)
        self._pane.header.set_view(view)
        self._pane.customer.set_view(view)
        if view.has_conversation:
            who = view.ticket.requester
            rows = self._house.views.rows([view.ticket.key]) if opening else ()
            self._pane.conversation.set_thread(
                ThreadView(
                    key=view.ticket.key,
                    messages=view.messages,
                    history=view.history,
                    vendor=view.vendor.name,
                    customer=who.shown if who else "",
                    source=view.ticket.source,
                    first_unread=_first_unread(view) if rows and rows[0].unread else None,
                    closed_way=view.why_not(Feature.DOWNLOAD),
                )
            )
            self._say_empty(view)
        else:
            self._pane.card.set_view(view)
        self._scope.replace(self._also(view), name="also")

    def _say_empty(self, view: TicketView) -> None:
        if view.read_at is None and view.obstacle(Feature.THREAD) is None:
            words = (self.tr("Reading the conversation"), self.tr("It appears here as soon as the vendor answers."))
        elif (why := view.why_not(Feature.THREAD)) != "":
            words = (self.tr("Nothing to read here"), why + " " + self.tr("What you send appears here."))
        else:
            words = (self.tr("No messages"), self.tr("This ticket has none yet."))
        self._pane.conversation.set_empty(*words)

    async def _also(self, view: TicketView) -> None:
        rows = await self._house.reading.also_from(view)
        if self._key != view.ticket.key:
            return
        shown = []
        for row in rows:
            account = self._house.accounts.get(row.key.account)
            if account is not None:
                shown.append((row, account.label, self._house.accounts.vendor(account).name))
        self._pane.customer.set_also(shown)

    def _mark_read(self) -> None:
        if self._key is not None:
            self._scope.start(self._house.reading.set_read([self._key]), name="read")

    async def aclose(self) -> None:
        """Look and mark no more, and put what is typed on disk."""
        self._read_timer.stop()
        self._refresh_timer.stop()
        await self.compose.keep()

    # --- changing ---

    def choose_state(self, choice: StateChoice) -> None:
        """Put the ticket into a state."""
        if (view := self._view) is not None and choice.id != view.ticket.state_id:
            self._change(ChangeState(view.confirmed.state_id, choice.id, choice.word, choice.meaning))

    def choose_priority(self, choice: PriorityChoice) -> None:
        """Give the ticket a priority."""
        if (view := self._view) is not None and choice.id != view.ticket.priority_id:
            self._change(ChangePriority(view.confirmed.priority_id, choice.id, choice.word, choice.meaning))

    def choose_assignee(self, person: Person | None) -> None:
        """Give the ticket to somebody."""
        if (view := self._view) is not None:
            before = view.confirmed.assignee
            self._change(Assign((before.email or before.id or before.name) if before else "", person))

    def edit_field(self, name: str, value: FieldValue) -> None:
        """Give a custom field another value."""
        if (view := self._view) is None:
            return
        label = next((f.label for f in view.capabilities.custom_fields if f.name == name), name)
        self._change(EditField(name, label, view.confirmed.fields.get(name), value))

    def _edit_subject(self, text: str) -> None:
        if (view := self._view) is not None and text != view.ticket.subject:
            self._change(EditField("subject", self.tr("Subject"), view.confirmed.subject, text))

    def archive(self) -> None:
        """Archive for good, after a question."""
        if (view := self._view) is None:
            return
        detail = self.tr("“{subject}” is archived at {vendor}, which offers no way back.").format(
            subject=view.ticket.subject, vendor=view.vendor.name
        )
        dialog = ConfirmDialog(self.tr("Archive this record?"), detail, self.tr("Archive"), self._window, danger=True)
        dialog.confirmed.connect(lambda: self._change(ArchiveTicket()))
        dialog.open()

    def dispatch(self, router: str) -> None:
        """Let a router choose the owner."""
        if (view := self._view) is not None:
            name = next((name for known, name in view.capabilities.routers if known == router), router)
            self._change(DispatchTicket(router, name))

    def _change(self, action: Action) -> None:
        if self._key is not None:
            self._scope.start(self._do_change(self._key, action), name="change")

    async def _do_change(self, key: TicketKey, action: Action) -> None:
        outcome = await self._house.desk.change(key, action)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.words)
        else:
            self.remember([outcome.command])

    def _local_note(self, text: str) -> None:
        if self._key is not None:
            self._scope.start(self._house.reading.add_local_note(self._key, text), name="note")

    def _undo(self, command: str) -> None:
        self.compose.undo(CommandId(command))

    def _resolve(self, command: str, how: Resolution) -> None:
        self._scope.start(self._do_resolve(CommandId(command), how), name="resolve")

    async def _do_resolve(self, command: CommandId, how: Resolution) -> None:
        await self.compose.keep()
        outcome = await self._house.desk.resolve(command, how)
        if isinstance(outcome, Refused):
            self._status.show_message(outcome.words)
        elif how is Resolution.DRAFT and outcome.ticket is not None:
            for kind in (REPLY, NOTE):
                await self.compose.bring_back(outcome.ticket, kind)

    # --- files and links ---

    def _link(self, url: str, shown: str) -> None:
        link = inspect(url, shown)
        if link.refused or link.warnings:
            LinkDialog(link, self._window).open()
        else:
            QDesktopServices.openUrl(QUrl(link.url))

    def _attachment(self, message: str, attachment: str) -> Attachment | None:
        if self._view is None:
            return None
        found = next((m for m in self._view.messages if m.id == message), None)
        return next((a for a in found.attachments if a.id == attachment), None) if found else None

    def _save_attachment(self, message: str, attachment: str) -> None:
        if (found := self._attachment(message, attachment)) is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, self.tr("Save attachment"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_file_name(found.name))
        dialog.fileSelected.connect(lambda path: self._fetch(found, lambda data: self._write(Path(path), data)))
        dialog.open()

    def _open_attachment(self, message: str, attachment: str) -> None:
        if (found := self._attachment(message, attachment)) is None:
            return

        def show(data: bytes) -> None:
            if is_dangerous(found.name, found.mime, data[:512]):
                words = self.tr("{name} could do harm when it is opened, so it can only be saved.").format(
                    name=found.name
                )
                self._status.show_message(words)
                self._save_attachment(message, attachment)
                return
            path = self._house.opening_place() / safe_file_name(found.name)
            self._write(path, data)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._fetch(found, show)

    def _fetch(self, attachment: Attachment, use: Callable[[bytes], None]) -> None:
        if self._key is not None:
            self._scope.start(self._do_fetch(self._key, attachment, use), name="download")

    async def _do_fetch(self, key: TicketKey, attachment: Attachment, use: Callable[[bytes], None]) -> None:
        self._status.show_message(self.tr("Fetching {name}.").format(name=attachment.name))
        try:
            use(await self._house.reading.download(key, attachment))
        except (DeskProblem, OSError) as problem:
            vendor = self._view.vendor.name if self._view else ""
            words = wording.problem(problem, vendor) if isinstance(problem, DeskProblem) else str(problem)
            self._status.show_message(words)

    def _write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self._status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    # --- commands from the keyboard ---

    def start_reply(self) -> None:
        """Write to the customer."""
        self.compose.write(REPLY)

    def start_note(self) -> None:
        """Write a note."""
        self.compose.write(NOTE)

    def focus_conversation(self) -> None:
        """Give the keyboard to what is read."""
        (self._pane.conversation if self._view and self._view.has_conversation else self._pane.card).setFocus()

    @property
    def _is_record(self) -> bool:
        return self._view is not None and not self._view.has_conversation

    def focus_state(self) -> None:
        """Choose a state."""
        if self._is_record:
            self._pane.card.focus_state()
        else:
            self._pane.header.open_state()

    def focus_priority(self) -> None:
        """Choose a priority."""
        self._pane.header.open_priority()

    def focus_assignee(self) -> None:
        """Choose an assignee."""
        if self._is_record:
            self._pane.card.focus_assignee()
        else:
            self._pane.header.open_assignee()

    def focus_tags(self) -> None:
        """Edit tags."""
        self._pane.header.edit_tags()

    def assign_to_me(self) -> None:
        """Take the ticket."""
        if self._view is not None and self._view.account.me and not self.why_no_assign():
            me = self._view.account.me
            known = next((a for a in self._view.capabilities.agents if a.email.casefold() == me.casefold()), None)
            self.choose_assignee(known or Person(email=me))

    def close_ticket(self) -> None:
        """Put the ticket into the first state that means done, and go on."""
        if (choice := self._done_choice()) is not None:
            self.choose_state(choice)
            self.next_wanted.emit(1)

    def reopen_ticket(self) -> None:
        """Put the ticket back into the first open state."""
        choice = next((c for c in self._choices() if c.meaning.value == "open"), None)
        if choice is not None:
            self.choose_state(choice)

    def undo_last(self) -> None:
        """Take back the newest send or change that has not left."""
        if self._last:
            for command in self._last.pop():
                self.compose.undo(command)
        else:
            self._status.show_message(self.tr("There is nothing to undo."))

    def remember(self, commands: Sequence[CommandId]) -> None:
        """What was done together is undone together."""
        if commands:
            self._last.append(tuple(commands))

    def mark_unread(self) -> None:
        """New for me again."""
        if self._key is not None:
            self._read_timer.stop()
            self._scope.start(self._house.reading.set_read([self._key], unread=True), name="unread")

    def toggle_quotes(self) -> None:
        """Fold or unfold quoted text in all messages."""
        self._pane.conversation.toggle_quotes()

    def step_message(self, by: int) -> None:
        """Go to the next or the previous message."""
        self._pane.conversation.step(by)

    def copy_number(self) -> None:
        """Copy the ticket's number."""
        if self._view is not None:
            self._pane.header.copy_number()

    def copy_link(self) -> None:
        """Copy the ticket's address at its vendor."""
        if self._view is not None:
            self._pane.header.copy_link()

    def _choices(self) -> tuple[StateChoice, ...]:
        if self._view is None or self._view.obstacle(Feature.STATE) is not None:
            return ()
        shelf = self._view.ticket.shelf
        return self._view.capabilities.states_for(shelf.id if shelf else None)

    def _done_choice(self) -> StateChoice | None:
        return next((choice for choice in self._choices() if choice.meaning.is_done), None)

    # --- why not, for the palette ---

    def why_no_ticket(self) -> str:
        """Return why nothing can be done to a ticket; empty where one is open."""
        return "" if self._view is not None else self.tr("No ticket is open.")

    def why_no_reply(self) -> str:
        """Return why there is no reply."""
        return self._why_not(Feature.REPLY)

    def why_no_state(self) -> str:
        """Return why the state cannot be changed."""
        return self._why_not(Feature.STATE)

    def why_no_close(self) -> str:
        """Return why the ticket cannot be closed."""
        return self._why_not(Feature.STATE) or ("" if self._done_choice() else self.tr("No state here means done."))

    def why_no_priority(self) -> str:
        """Return why the priority cannot be changed."""
        return self._why_not(Feature.PRIORITY)

    def why_no_assign(self) -> str:
        """Return why nobody can be assigned."""
        return self._why_not(Feature.ASSIGN)

    def why_no_tags(self) -> str:
        """Return why tags cannot be edited."""
        return self._why_not(Feature.TAGS)

    def _why_not(self, feature: Feature) -> str:
        return self._view.why_not(feature) if self._view is not None else self.why_no_ticket()


def _first_unread(view: TicketView) -> str | None:
    """Return where a new conversation is opened: at the first of the customer's messages after the last of ours."""
    newest = None
    for message in reversed(view.messages):
        if message.visibility is Visibility.PUBLIC and message.side.value == "customer":
            newest = message.id
        elif message.side.value == "agent":
            break
    return newest
