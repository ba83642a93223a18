"""The accounts pane, its dialogs, and the status line."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain import wording
from deskhand.domain.accounts import Account, Health, Secret
from deskhand.domain.capabilities import Feature
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import Clock
from deskhand.domain.problems import DeskProblem
from deskhand.domain.queries import Overview
from deskhand.services.accounts import AccountForm, Added, NotAdded
from deskhand.services.reach import Reach
from deskhand.services.reply_targets import options
from deskhand.services.services import Services
from deskhand.services.undo_steps import pause_step
from deskhand.sync.tasks import TaskScope
from deskhand.ui.accounts.accounts_pane import AccountsPane, PaneAccount
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.notifications.status_line import StatusLine

if TYPE_CHECKING:
    from deskhand.services.importing import ImportPreview
    from deskhand.ui.accounts.account_dialog import AccountDialog

AGES_MS = 5_000
"""How often "synced 8 s ago" is said anew: idle means idle."""


class AccountsPresenter(QObject):
    """Drives the left pane.

    Attributes:
        accounts_changed: an account was added or removed (first start ends, or begins again).
        counted: the `Overview` that is shown, whenever it is.
        did: an account was paused, or goes on, as a step that can be undone (Step).
    """

    accounts_changed = Signal()
    counted = Signal(object)
    did = Signal(object)

    def __init__(
        self, pane: AccountsPane, status: StatusLine, services: Services, scope: TaskScope, window: QWidget
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._status = status
        self._services = services
        self._scope = scope
        self._window = window
        self._dialog: AccountDialog | None = None
        self._shown: tuple[AccountId, ...] | None = None
        self._reach = Reach()
        self._reload = Throttle(self._do_reload, scope, "accounts again", self)
        pane.set_views(services.view_list.built_in())
        self._connect()
        self._age_timer = QTimer(self)
        self._age_timer.setInterval(AGES_MS)
        self._age_timer.timeout.connect(self._age)
        self._age_timer.start()

    def _connect(self) -> None:
        pane = self._pane
        pane.add_requested.connect(self.add)
        pane.fix_requested.connect(self._fix)
        self._status.stop_requested.connect(self.stop)

    @property
    def _clock(self) -> Clock:
        return self._services.clock

    # --- showing ---

    def show(self) -> None:
        """Show everything as it is now."""
        self._show(self._services.lists.overview())

    def _show(self, overview: Overview) -> None:
        accounts = self._services.accounts
        shown = [
            PaneAccount(
                account=account,
                vendor=accounts.vendor(account),
                status=accounts.status(account.id),
                can_import=_can(account, Feature.IMPORT),
                can_push=_can(account, Feature.RECORDS),
            )
            for account in accounts.all()
        ]
        self._pane.set_accounts(shown, self._clock.now())
        self._pane.set_overview(overview)
        self._status.set_outbox(overview.outbox_open, overview.outbox_decisions)
        self._show_status(shown, overview)
        self.counted.emit(overview)
        ids = tuple(one.account.id for one in shown)
        if ids != self._shown:
            self._shown = ids
            self.accounts_changed.emit()

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched."""
        if changes:
            self._reload.request()

    async def _do_reload(self) -> None:
        self._show(await self._services.lists.read_overview())

    def _age(self) -> None:
        self._pane.set_now(self._clock.now())

    def _show_status(self, shown: list[PaneAccount], overview: Overview) -> None:
        active = [one for one in shown if not one.account.paused]
        reached = self._reach.count(one.status for one in active)
        self._status.set_accounts_online(
            reached.online,
            len(shown),
            paused=len(shown) - len(active),
            needing=reached.needing,
            connecting=reached.connecting,
        )
        busy = next((one for one in active if one.status.progress is not None), None)
        if busy is None or busy.status.progress is None:
            if overview.reprojection is None:
                self._status.clear_progress()
            else:
                self._status.set_progress(self.tr("Updating the list after an upgrade"), *overview.reprojection)
            return
        progress = busy.status.progress
        what = (
            self.tr("Syncing {account}")
            if progress.what == "tickets"
            else self.tr("Reading conversations of {account}")
        )
        self._status.set_progress(
            what.format(account=busy.account.label), progress.done, progress.total, busy.account.id
        )

    # --- doing ---

    def add(self) -> None:
        """Open the dialog for a new account."""
        self._open_dialog(None)

    def _fix(self, account: str) -> None:
        """Mend what only the agent can: the sign-in in its form; what else there is stands on the page of the accounts' health."""
        if self._services.accounts.status(AccountId(account)).health is Health.SIGN_IN:
            self.edit(account)
        else:
            self._status.health_requested.emit()

    def edit(self, account: str) -> None:
        """Open the dialog for an account."""
        self._open_dialog(self._services.accounts.get(AccountId(account)))

    def _open_dialog(self, editing: Account | None) -> None:
        from deskhand.ui.accounts.account_dialog import AccountDialog

        accounts = self._services.accounts
        known_me = next((a.me for a in accounts.all() if a.me), "")
        vendors = [replace(vendor, options=options(vendor)) for vendor in accounts.vendors()]
        dialog = AccountDialog(
            vendors,
            accounts.vault_name,
            editing=editing,
            known_me=known_me,
            marks={vendor.id: accounts.free_mark(vendor) for vendor in accounts.vendors()},
            parent=self._window,
        )
        self._dialog = dialog

        def submit(form: AccountForm, secret: str) -> None:
            dialog.show_working(True)
            self._scope.replace(self._submit(dialog, form, secret, editing), name="account")

        dialog.submitted.connect(submit)
        dialog.cancelled_work.connect(lambda: self._scope.cancel("account"))
        dialog.open()

    async def _submit(self, dialog: "AccountDialog", form: AccountForm, secret: str, editing: Account | None) -> None:
        accounts = self._services.accounts
        if editing is None:
            outcome = await accounts.add(form, Secret(secret))
        else:
            outcome = await accounts.edit(editing.id, form, Secret(secret) if secret else None)
        dialog.show_working(False)
        match outcome:
            case Added(account=account, report=report):
                dialog.accept()
                said = report.note or self.tr("{account} is connected.").format(account=account.label)
                self._status.show_message(said)
                self.show()
            case NotAdded(message=message, field=field):
                dialog.show_problem(message, field)

    def check(self, account: str) -> None:
        """Prove the credentials now and say what was found."""
        self._scope.replace(self._check(AccountId(account)), name="check")

    async def _check(self, account: AccountId) -> None:
        found = self._services.accounts.get(account)
        if found is None:
            return
        vendor = self._services.accounts.vendor(found).name
        try:
            report = await self._services.accounts.check(account)
        except DeskProblem as problem:
            self._status.show_message(wording.problem(problem, vendor, goes_on=False))
        else:
            works = self.tr("{account}: the credentials work.").format(account=found.label)
            self._status.show_message(report.note or works)

    def pause(self, account: str, paused: bool) -> None:
        """Pause an account, or go on."""
        self._start(lambda: self._pause(AccountId(account), paused=paused))

    async def _pause(self, account: AccountId, *, paused: bool) -> None:
        found = self._services.accounts.get(account)
        if found is not None and found.paused != paused:
            await self._services.accounts.pause(account, paused=paused)
            self.did.emit(pause_step(account, found.label, paused=paused))

    def sync(self, account: str = "") -> None:
        """Look now."""
        self._services.engine.nudge(AccountId(account) if account else None, full=bool(account))

    def stop(self, account: str) -> None:
        """End a long sync; what was read is kept."""
        self._services.engine.stop_list_sync(AccountId(account))

    def remove(self, account: str) -> None:
        """Say what goes, then remove."""
        self._scope.replace(self._ask_removal(AccountId(account)), name="removal")

    async def _ask_removal(self, account: AccountId) -> None:
        from deskhand.ui.accounts.remove_dialog import RemoveDialog

        removal = await self._services.accounts.removal(account)
        if removal is None:
            return
        dialog = RemoveDialog(removal, self._window)

        def confirmed(give_up: bool) -> None:
            self._scope.replace(self._remove(account, give_up=give_up), name="removal")

        dialog.confirmed.connect(confirmed)
        dialog.open()

    async def _remove(self, account: AccountId, *, give_up: bool) -> None:
        outcome = await self._services.accounts.remove(account, give_up_unsent=give_up)
        if isinstance(outcome, NotAdded):
            self._status.show_message(outcome.message)
        else:
            self._status.show_message(self.tr("{account} was removed.").format(account=outcome.account.label))
        self.show()

    def import_tickets(self, account: str) -> None:
        """Choose a file and take its tickets over."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self._window, self.tr("Import tickets"))
        dialog.setNameFilters([self.tr("Tickets (*.csv *.json)"), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(
            lambda path: self._scope.replace(self._import(AccountId(account), Path(path)), name="import")
        )
        dialog.open()

    async def _import(self, account: AccountId, path: Path) -> None:
        """Show what the file holds, and take it over once the agent wants that."""
        from deskhand.ui.accounts.import_dialog import ImportDialog
        from deskhand.ui.kit.text_dialog import TextDialog

        try:
            preview = await self._services.records.preview_file(account, path)
        except (DeskProblem, OSError) as problem:
            TextDialog(self.tr("Nothing was imported"), str(problem), self._window).open()
            return
        dialog = ImportDialog(preview.lines(), len(preview.tickets), self._window)
        dialog.confirmed.connect(lambda: self._scope.replace(self._import_preview(account, preview), name="import"))
        dialog.open()

    async def _import_preview(self, account: AccountId, preview: "ImportPreview") -> None:
        try:
            count = await self._services.records.import_previewed(account, preview)
        except DeskProblem as problem:
            self._status.show_message(wording.problem(problem, "Deskhand"))
            return
        self._status.show_message(counted(count, self.tr("Imported 1 ticket."), self.tr("Imported {count} tickets.")))

    def _start(self, work: Callable[[], object]) -> None:
        self._scope.start(work(), name="account action")  # type: ignore[arg-type]


def _can(account: Account, feature: Feature) -> bool:
    return account.capabilities is not None and feature in account.capabilities
