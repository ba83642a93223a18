"""Saves forms that were filled in and not sent, as drafts are: a kill loses less than a second."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from deskhand.domain.accounts import setting_of
from deskhand.domain.ids import AccountId
from deskhand.domain.problems import DeskProblem
from deskhand.domain.tickets import FieldValue
from deskhand.services.settings import Settings
from deskhand.sync.tasks import TaskScope
from deskhand.ui.composer.draft_saver import RETRY_MS, SAVE_DELAY_MS

log = logging.getLogger(__name__)


class FormSaver(QObject):
    """What is typed, by account and form. It goes with the account, see `domain.accounts.setting_of`."""

    def __init__(self, settings: Settings, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._unsaved: dict[str, Mapping[str, FieldValue]] = {}
        self._save_timer = QTimer(self, interval=SAVE_DELAY_MS, singleShot=True)
        self._retry_timer = QTimer(self, interval=RETRY_MS, singleShot=True)
        for timer in (self._save_timer, self._retry_timer):
            timer.timeout.connect(lambda: scope.start(self.save(), name="save form"))

    def unsent_values(self, account: AccountId, form: str) -> Mapping[str, FieldValue]:
        """Return what was typed and not sent."""
        key = setting_of(account, form)
        if key in self._unsaved:
            return self._unsaved[key]
        saved = self._settings.json_value(key)
        if not isinstance(saved, dict):
            return {}
        return {name: tuple(value) if isinstance(value, list) else value for name, value in saved.items()}

    def update(self, account: AccountId, form: str, values: Mapping[str, FieldValue]) -> None:
        """Something in a form was changed."""
        self._unsaved[setting_of(account, form)] = dict(values)
        if not self._save_timer.isActive():
            self._save_timer.start()

    async def delete(self, account: AccountId, form: str) -> None:
        """It is on its way."""
        key = setting_of(account, form)
        self._unsaved.pop(key, None)
        await self._settings.put(key, None)

    def retain_accounts(self, accounts: Iterable[AccountId]) -> None:
        """The others are gone, and what was on disk of theirs too."""
        theirs = tuple(map(setting_of, accounts))
        self._unsaved = {key: values for key, values in self._unsaved.items() if key.startswith(theirs)}

    async def save(self) -> Sequence[object]:
        """Put everything unsaved on disk now; return what it did not take, which is tried again."""
        self._save_timer.stop()
        for key, values in list(self._unsaved.items()):
            filled = {name: value for name, value in values.items() if value not in (None, "", ())}
            try:
                await self._settings.put(key, json.dumps(filled, ensure_ascii=False) if filled else None)
            except DeskProblem:
                log.warning("what was typed into a form could not be saved", exc_info=True)
                self._retry_timer.start()
                return list(self._unsaved.items())
            if self._unsaved.get(key) is values:  # nothing more was typed meanwhile
                del self._unsaved[key]
        return ()
