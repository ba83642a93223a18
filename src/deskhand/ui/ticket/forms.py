"""The forms that belong to no ticket: a new one, and a record that can only be written."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import undo_wording, wording
from deskhand.domain.commands import CreateTicket, PushRecord
from deskhand.domain.ids import AccountId
from deskhand.domain.problems import DeskProblem
from deskhand.domain.tickets import FieldValue
from deskhand.services.services import Services
from deskhand.services.ticket_commands import Accepted, Refused
from deskhand.services.undo_steps import NewTicketPart, Step, record_step, step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.ticket.form_saver import FormSaver

if TYPE_CHECKING:
    from deskhand.ui.ticket.new_ticket_dialog import NewTicketDialog
    from deskhand.ui.ticket.record_dialog import RecordDialog

_TICKET = "form"
_RECORD = "form/"


class Forms(QObject):
    """Opens them with what was typed before, and gives it up only once it is in the outbox.

    Signals:
        made: the key of a new ticket.
        did: that a ticket was made, or a record pushed, as a step that can be undone (Step).
        refused: why nothing was made, where its form was closed before that was known.
    """

    made = Signal(object)
    did = Signal(object)
    refused = Signal(str)

    def __init__(self, services: Services, scope: TaskScope, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._scope = scope
        self._window = window
        self._saver = FormSaver(services.settings, scope, self)
        self._dialog: NewTicketDialog | RecordDialog | None = None
        self._making: asyncio.Task[None] | None = None

    def accounts_changed(self) -> None:
        """An account was added or removed."""
        self._saver.retain_accounts(account.id for account in self._services.accounts.all())

    async def save(self) -> Sequence[object]:
        """Put what is typed on disk; return what is not there."""
        return await self._saver.save()

    # --- a new ticket ---

    def new_ticket(self, chosen: AccountId | None) -> None:
        """Open the form of a new ticket; what was typed and not sent is still in it."""
        if self._waits(lambda: self.new_ticket(chosen)):
            return
        from deskhand.ui.ticket.new_ticket_dialog import NewTicketDialog

        accounts = self._services.accounts
        dialog = NewTicketDialog(
            [(account, accounts.vendor(account)) for account in accounts.all()],
            chosen=chosen,
            texts={account.id: self._saver.unsent_values(account.id, _TICKET) for account in accounts.all()},
            parent=self._window,
        )

        def submit(account: str, subject: str, values: Mapping[str, FieldValue]) -> None:
            self._make(self._create(dialog, AccountId(account), subject, values), name="create")

        dialog.draft_changed.connect(lambda account, values: self._saver.update(AccountId(account), _TICKET, values))
        dialog.submitted.connect(submit)
        self._open(dialog)

    async def _create(
        self, dialog: "NewTicketDialog", account: AccountId, subject: str, values: Mapping[str, FieldValue]
    ) -> None:
        try:
            outcome = await self._services.commands.create(account, values, subject)
        except DeskProblem as problem:
            self._refuse(dialog, wording.problem(problem, "Deskhand"))
            return
        match outcome:
            case Accepted(command=command, ticket=key):
                await self._saver.delete(account, _TICKET)
                self._end(dialog)
                if key is not None:
                    self.made.emit(key)
                    self.did.emit(self._step(NewTicketPart(key, CreateTicket(subject, values), command)))
            case Refused(message=message):
                self._refuse(dialog, message)

    def _step(self, part: NewTicketPart) -> Step:
        account = self._services.accounts.get(part.ticket.account)
        vendor = self._services.accounts.vendor(account).name if account is not None else ""
        what = undo_wording.did(part.action, part.action.subject, account.label if account is not None else "")
        return step(what, (part,), undo_wording.cannot_delete(vendor))

    # --- a record ---

    def push_record(self, account: str) -> None:
        """Open the form of the records that this account can only write."""
        if self._waits(lambda: self.push_record(account)):
            return
        from deskhand.ui.ticket.record_dialog import RecordDialog

        found = self._services.accounts.get(AccountId(account))
        if found is None or found.capabilities is None:
            return
        records = found.capabilities.records
        typed = {record.kind: self._saver.unsent_values(found.id, _RECORD + record.kind) for record in records}
        dialog = RecordDialog(records, found.label, typed=typed, parent=self._window)

        def submit(kind: str, external_id: str, fields: Mapping[str, FieldValue]) -> None:
            self._make(self._push(dialog, found.id, kind, external_id, fields), name="push record")

        dialog.draft_changed.connect(lambda kind, values: self._saver.update(found.id, _RECORD + kind, values))
        dialog.submitted.connect(submit)
        self._open(dialog)

    async def _push(
        self,
        dialog: "RecordDialog",
        account: AccountId,
        kind: str,
        external_id: str,
        fields: Mapping[str, FieldValue],
    ) -> None:
        try:
            command = await self._services.records.push(account, kind, external_id, fields)
        except DeskProblem as problem:
            self._refuse(dialog, wording.problem(problem, "Deskhand"))
            return
        await self._saver.delete(account, _RECORD + kind)
        self._end(dialog)
        found = self._services.accounts.get(account)
        item = await self._services.outbox.get(command)
        if found is not None and item is not None and isinstance(item.command.action, PushRecord):
            vendor = self._services.accounts.vendor(found).name
            self.did.emit(record_step(account, found.label, vendor, item.command.action, command))

    # --- a dialog that the agent may have closed while its ticket was made ---

    def _make(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        self._making = self._scope.start(work, name=name)

    def _waits(self, open_form: Callable[[], None]) -> bool:
        """Open a form only once it is known what became of the last one, whose text would else be in it and be sent twice."""
        if (making := self._making) is None or making.done():
            return False

        async def wait() -> None:
            await asyncio.wait({making})
            open_form()

        self._scope.replace(wait(), name="open form")
        return True

    def _open(self, dialog: "NewTicketDialog | RecordDialog") -> None:
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None

    def _end(self, dialog: "NewTicketDialog | RecordDialog") -> None:
        if self._dialog is dialog:
            dialog.accept()

    def _refuse(self, dialog: "NewTicketDialog | RecordDialog", message: str) -> None:
        """Say why nothing was made; what was typed is kept."""
        if self._dialog is dialog:
            dialog.show_problem(message)
        else:
            self.refused.emit(message)
