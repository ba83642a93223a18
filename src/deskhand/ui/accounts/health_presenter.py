"""Drives the page that says how the accounts are."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import AccountId
from deskhand.services.health import Remedy, account_health
from deskhand.ui.accounts.health_sheet import HealthLine, HealthSheet

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


class HealthPresenter(QObject):
    """Opens the page, keeps it true while it is open, and does what its buttons say."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._sheet: HealthSheet | None = None

    def open(self) -> None:
        """Show how the accounts are."""
        self._shell.scope.replace(self._open(), name="health")

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched, while the page is open."""
        if self._sheet is not None and (changes.accounts or changes.outbox):
            self._shell.scope.replace(self._renew(), name="health again")

    async def _open(self) -> None:
        if self._sheet is not None:
            return
        lines, decisions = await self._lines(), await self._decisions()
        now = self._shell.services.clock.now()
        sheet = self._sheet = HealthSheet(lines, now, self._shell.window, decisions=decisions)
        sheet.remedy_requested.connect(self._mend)
        sheet.outbox_requested.connect(self._show_outbox)
        sheet.sync_requested.connect(self._shell.accounts.sync)
        sheet.finished.connect(self._closed)
        sheet.open()

    async def _renew(self) -> None:
        lines, decisions = await self._lines(), await self._decisions()
        if self._sheet is not None:
            self._sheet.set_lines(lines, self._shell.services.clock.now(), decisions=decisions)

    async def _decisions(self) -> int:
        return (await self._shell.services.lists.read_overview()).outbox_decisions

    def _show_outbox(self) -> None:
        if self._sheet is not None:
            self._sheet.accept()
        self._shell.outbox.open()

    async def _lines(self) -> list[HealthLine]:
        services, now = self._shell.services, self._shell.services.clock.now()
        found = []
        for account in services.accounts.all():
            vendor, status = services.accounts.vendor(account), services.accounts.status(account.id)
            unsent = len(await services.outbox.open_items(account.id))
            health = account_health(account, vendor, status, unsent=unsent)
            day = services.accounts.day(account.id, now)
            found.append(
                HealthLine(account.id, account.label, vendor.name, health, status.synced_at, day, account.shown_mark)
            )
        return found

    def _mend(self, account: str, remedy: Remedy) -> None:
        match remedy:
            case Remedy.SIGN_IN:
                if self._sheet is not None:
                    self._sheet.accept()
                self._shell.accounts.edit(account)
            case Remedy.RESUME:
                self._shell.accounts.pause(account, False)
            case _:
                self._shell.services.engine.nudge(AccountId(account))

    def _closed(self) -> None:
        self._sheet = None
