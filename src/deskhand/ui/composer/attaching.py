"""Files of the reply box: each is copied for the draft that it was chosen for, whatever is open by then."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import OutgoingFile
from deskhand.services.ticket_commands import NOTE, REPLY
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.composer import Composer
from deskhand.ui.composer.reply_boxes import ReplyBox, ReplyBoxes
from deskhand.ui.notifications.status_line import StatusLine


class Attaching(QObject):
    """Attaches what the agent chooses, drops or pastes to the drafts of the ticket that `view` returns; None = none is open."""

    def __init__(
        self,
        composer: Composer,
        status: StatusLine,
        boxes: ReplyBoxes,
        box: ReplyBox,
        scope: TaskScope,
        view: Callable[[], TicketView | None],
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._status = status
        self._boxes = boxes
        self._box = box
        self._draft_saver = boxes.saver
        self._scope = scope
        self._view = view
        self._copies = boxes.copies
        self._copies.copied.connect(self._add)
        self._copies.failed.connect(self._not_attached)
        self._copies.changed.connect(self.show_copies)
        composer.copy_cancelled.connect(self._copies.cancel)
        composer.attach_files.connect(self._attach_files)
        composer.attach_data.connect(self._attach_data)

    def show_copies(self) -> None:
        """Show which files of the open ticket's drafts are being copied.

        Nothing is sent while a file that belongs to it may still be missing; other drafts do not wait for it.
        """
        if (view := self._view()) is not None:
            for kind in (REPLY, NOTE):
                self._composer.set_copies(kind, self._copies.of(view.ticket.key, kind))

    def _attach_files(self, paths: Sequence[str], kind: str) -> None:
        if (view := self._view()) is not None:
            self._copies.copy(view.ticket.key, kind, [Path(path) for path in paths], view.capabilities.limits)

    def _attach_data(self, name: str, mime: str, data: bytes, kind: str) -> None:
        if (view := self._view()) is not None:
            self._copies.copy_data(view.ticket.key, kind, name, mime, data, view.capabilities.limits)

    def _not_attached(self, name: str, why: str) -> None:
        self._status.show_message(self.tr("{name} cannot be attached: {why}.").format(name=name, why=why))

    def _add(self, key: TicketKey, kind: str, file: OutgoingFile) -> None:
        """Put a file that was copied to the draft that it was meant for, whatever is open by now."""
        if (view := self._view()) is not None and view.ticket.key == key:
            self._composer.add_file(kind, file)
        elif self._boxes.holder(key) is None and self._boxes.is_first(self._box):
            self._scope.start(self._add_to_draft(key, kind, file), name="attach")

    async def _add_to_draft(self, key: TicketKey, kind: str, file: OutgoingFile) -> None:
        async with self._draft_saver.exclusive():
            (draft,) = await self._draft_saver.get(key, kind)
            self._draft_saver.queue(key, replace(draft, files=(*draft.files, file)))
