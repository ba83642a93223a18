"""Links, attachments and long texts of the conversation: opened with care, never by themselves."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhand.content.links import inspect
from deskhand.content.names import judge, safe_file_name
from deskhand.domain import wording
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Attachment, Message
from deskhand.services.services import Services
from deskhand.services.tickets import TicketView
from deskhand.sync.tasks import TaskScope
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.link_dialog import LinkDialog
from deskhand.ui.ticket.message_text import save_only_reason
from deskhand.ui.ticket.save_file import save

_TEXT = "message.txt"

Use = Callable[[bytes], Awaitable[None]]
"""What to do with a file that was fetched; may raise OSError."""


class Files(QObject):
    """Opens links and long texts, opens and saves attachments.

    Args:
        current: the ticket on screen, None while none is.
    """

    def __init__(
        self,
        current: Callable[[], TicketView | None],
        conversation: Conversation,
        status: StatusLine,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(conversation)
        self._current = current
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        conversation.link_activated.connect(self._link)
        conversation.text_requested.connect(self._open_text)
        conversation.attachment_open_requested.connect(self._open_attachment)
        conversation.attachment_save_requested.connect(self._save_attachment)

    def _link(self, url: str, shown: str) -> None:
        link = inspect(url, shown)
        if link.asks:
            LinkDialog(link, self._window).open()
        else:
            QDesktopServices.openUrl(QUrl(link.url))

    def _open_text(self, message: str) -> None:
        """Show a long text in the system's own editor: a million characters in one line take Qt's a minute and a half."""
        if (found := self._message(message)) is not None:
            text = found.text.encode("utf-8", "replace")
            self._scope.start(self._use(_TEXT, text, lambda data: self._open(_TEXT, data)), name="open text")

    def _message(self, message: str) -> Message | None:
        view = self._current()
        return next((m for m in view.messages if m.id == message), None) if view is not None else None

    def _attachment(self, message: str, attachment: str) -> Attachment | None:
        found = self._message(message)
        return next((a for a in found.attachments if a.id == attachment), None) if found else None

    def _save_attachment(self, message: str, attachment: str) -> None:
        if (found := self._attachment(message, attachment)) is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, self.tr("Save attachment"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_file_name(found.name))
        dialog.fileSelected.connect(lambda path: self._fetch(found, lambda data: self._save(Path(path), data)))
        dialog.open()

    def _open_attachment(self, message: str, attachment: str) -> None:
        if (found := self._attachment(message, attachment)) is None:
            return

        async def show(data: bytes) -> None:
            verdict = judge(found.name, found.mime, data[:512])
            if not verdict.opens:
                self._status.show_message(save_only_reason(verdict.reason).format(name=verdict.shown_name))
                self._save_attachment(message, attachment)
                return
            await self._open(safe_file_name(found.name), data)

        self._fetch(found, show)

    async def _open(self, name: str, data: bytes) -> None:
        path = await asyncio.to_thread(self._services.make_temp_dir) / name
        await self._save(path, data)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _fetch(self, attachment: Attachment, use: Use) -> None:
        if (view := self._current()) is not None:
            self._scope.start(self._do_fetch(view, attachment, use), name="download")

    async def _do_fetch(self, view: TicketView, attachment: Attachment, use: Use) -> None:
        self._status.show_message(self.tr("Fetching {name}.").format(name=attachment.name))
        try:
            data = await self._services.tickets.download(view.ticket.key, attachment)
        except DeskProblem as problem:
            self._status.show_message(wording.problem(problem, view.vendor.name, goes_on=False))
            return
        await self._use(attachment.name, data, use)

    async def _use(self, name: str, data: bytes, use: Use) -> None:
        try:
            await use(data)
        except OSError as problem:
            self._status.show_message(self._show_not_saved(name, problem))

    async def _save(self, path: Path, data: bytes) -> None:
        await asyncio.to_thread(save, path, data)
        self._status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    def _show_not_saved(self, name: str, problem: OSError) -> str:
        match problem.errno:
            case errno.ENOSPC | errno.EDQUOT:
                why = self.tr("the disk is full")
            case errno.EACCES | errno.EPERM | errno.EROFS:
                why = self.tr("this folder cannot be written to")
            case _:
                why = problem.strerror or type(problem).__name__
        return self.tr("{name} was not saved: {why}.").format(name=name, why=why)
