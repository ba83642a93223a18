"""Forms of new tickets that were filled in and not sent: kept as drafts are, a kill loses less than a second."""

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from deskhand.domain.ids import AccountId
from deskhand.domain.tickets import FieldValue
from deskhand.services.settings import Settings
from deskhand.sync.tasks import TaskScope

_FORM = "form."
SAVE_MS = 400


class Forms(QObject):
    """What is typed into the form of a new ticket, by account."""

    def __init__(self, settings: Settings, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._scope = scope
        self._unsaved: dict[AccountId, Mapping[str, FieldValue]] = {}
        self._timer = QTimer(self, interval=SAVE_MS, singleShot=True)
        self._timer.timeout.connect(lambda: scope.start(self.keep(), name="keep form"))

    def texts(self, accounts: Sequence[AccountId]) -> Mapping[AccountId, Mapping[str, FieldValue]]:
        """Return what was typed for these accounts and not sent."""
        return {account: values for account in accounts if (values := self._of(account))}

    def typed(self, account: AccountId, values: Mapping[str, FieldValue]) -> None:
        """Something in a form was changed."""
        self._unsaved[account] = dict(values)
        if not self._timer.isActive():
            self._timer.start()

    async def forget(self, account: AccountId) -> None:
        """The ticket is made."""
        self._unsaved.pop(account, None)
        await self._settings.put(_FORM + account, None)

    async def keep(self) -> None:
        """Put everything unsaved on disk now."""
        self._timer.stop()
        unsaved, self._unsaved = self._unsaved, {}
        for account, values in unsaved.items():
            filled = {name: value for name, value in values.items() if value not in (None, "", ())}
            await self._settings.put(_FORM + account, json.dumps(filled, ensure_ascii=False) if filled else None)

    def _of(self, account: AccountId) -> Mapping[str, FieldValue]:
        if account in self._unsaved:
            return self._unsaved[account]
        kept = json.loads(self._settings.text(_FORM + account, "{}"))
        return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
