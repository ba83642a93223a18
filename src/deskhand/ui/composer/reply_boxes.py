"""The reply boxes of all windows: one draft saver for all of them, and a text that is taken back finds the box where its ticket is open."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.threads import Draft, joined
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.draft_saver import DraftSaver
from deskhand.ui.composer.file_copies import FileCopies

MAX_SENT_DRAFTS = 50
"""Messages whose caret is known when they are taken back."""


class ReplyBox(Protocol):
    """One of them: a ticket is open in one window, so one box at most holds its text."""

    @property
    def key(self) -> TicketKey | None:
        """The ticket that is written to."""

    def collect(self) -> None:
        """Hand what is unsaved to the saver, as it is now."""

    def put_back(self, draft: Draft) -> None:
        """Put a text of the open ticket before what was typed since."""

    def taken_out(self, command: CommandId) -> None:
        """A message is on its way back: it can not be taken back once more."""


class ReplyBoxes(QObject):
    """What all reply boxes of the program share; where a text goes that is taken back (`services.undo_turns.Texts`).

    Attributes:
        saver: writes the drafts.
        copies: files on their way into drafts.

    Signals:
        taken_back: a message is a draft again, of a ticket (TicketKey) that is open in no box; with its kind.
    """

    taken_back = Signal(object, str)

    def __init__(self, services: Services, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self.saver = DraftSaver(services.drafts, scope, self)
        self.copies = FileCopies(services.drafts, scope, self)
        self._boxes: list[ReplyBox] = []
        self._sent: dict[CommandId, Draft] = {}

    def add(self, box: ReplyBox) -> None:
        """There is one more."""
        self._boxes.append(box)

    def remove(self, box: ReplyBox) -> None:
        """Its window is closed."""
        self._boxes.remove(box)

    def holder(self, key: TicketKey) -> ReplyBox | None:
        """Return the box in which a ticket is open; None where it is in none."""
        return next((box for box in self._boxes if box.key == key), None)

    def is_first(self, box: ReplyBox) -> bool:
        """Tell whether it is the first of all: what no box is about is told to one only."""
        return self._boxes[:1] == [box]

    def remember_sent(self, command: CommandId, draft: Draft) -> None:
        """Remember a draft as it was sent, with its caret."""
        self._sent[command] = draft
        if len(self._sent) > MAX_SENT_DRAFTS:
            del self._sent[next(iter(self._sent))]

    async def current_key(self, key: TicketKey) -> TicketKey:
        """Return the key by which a box holds a ticket that may have got its vendor's id meanwhile; `key` where it is open in none."""
        named = await self._services.tickets.vendor_key(key)
        return named if named is not None and self.holder(named) is not None else key

    def restore(self, key: TicketKey, draft: Draft) -> None:
        """Put a draft before what was typed since: in the box where its ticket is open, else on the disk."""
        if (box := self.holder(key)) is not None:
            box.put_back(draft)
        else:
            self.saver.queue(key, joined(draft, self.saver.queued(key, draft.kind)))

    # --- undo ---

    async def bring_back(self, ticket: TicketKey, draft: Draft, *, leads: bool = True) -> None:
        """Let a text be a draft again, before what was typed since.

        Args:
            leads: the window goes to the ticket where it is open in no box.
        """
        self._collect()
        async with self.saver.exclusive():
            (newer,) = await self.saver.get(ticket, draft.kind)
            key = await self.current_key(ticket)
            if (box := self.holder(key)) is not None:
                box.put_back(draft)
            else:
                self.saver.queue(key, joined(draft, newer))
                if leads:
                    self.taken_back.emit(key, draft.kind)

    async def take_back(self, command: CommandId, *, leads: bool = True) -> bool:
        """Take a message or a change back; its text is in its box again. False where it has left; `leads` as in `bring_back`."""
        for box in self._boxes:
            box.taken_out(command)
        self._collect()
        async with self.saver.exclusive():
            undone = await self._services.commands.undo(command)
            if undone is None:
                return False
            key, draft = undone.ticket, undone.draft
            if key is None or draft is None:
                return True
            left = self._sent.pop(command, draft)
            if left.text == draft.text:
                draft = replace(draft, cursor=left.cursor)
            is_open = self.holder(key) is not None
            if is_open or self.saver.will_be_overwritten(key, draft.kind):
                self.restore(key, draft)
            if leads and not is_open:
                self.taken_back.emit(key, draft.kind)
        return True

    def _collect(self) -> None:
        for box in self._boxes:
            box.collect()
