"""What each account's pane says: one status per account, kept over restarts as far as it stays true."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deskhand.domain.accounts import AccountStatus, Health
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import AccountStore
from deskhand.domain.problems import (
    DeskProblem,
    NotAllowed,
    NotInPlan,
    Offline,
    SignInNeeded,
    UnexpectedResponse,
    VaultUnavailable,
)


class StatusBoard:
    """Holds the statuses, tells the change bus of every change, and stores those that a restart should know."""

    def __init__(self, accounts: AccountStore, changes: ChangeBus) -> None:
        self._accounts = accounts
        self._changes = changes
        self._now: dict[AccountId, AccountStatus] = {}

    async def load(self) -> None:
        """Take over what was true last time: when each account was last in step."""
        for account, stored in (await self._accounts.statuses()).items():
            self._now[account] = AccountStatus(account, Health.NEW, synced_at=stored.synced_at)

    def all(self) -> Mapping[AccountId, AccountStatus]:
        """Return every status."""
        return dict(self._now)

    def of(self, account: AccountId) -> AccountStatus:
        """Return one status; NEW where nothing is known."""
        return self._now.get(account, AccountStatus(account, Health.NEW))

    def show(self, account: AccountId, **changed: Any) -> None:
        """Change some fields and tell it, without storing (progress comes several times a second)."""
        before = self.of(account)
        after = replace(before, **changed)
        if after != before or account not in self._now:
            self._now[account] = after
            self._changes.publish(ChangeSet(accounts=frozenset({account})))

    async def save(self, account: AccountId, **changed: Any) -> None:
        """Change some fields, tell it, and store the result."""
        self.show(account, **changed)
        await self._accounts.put_status(self.of(account))

    def remove(self, account: AccountId) -> None:
        """The account is gone."""
        self._now.pop(account, None)


def health_after(problem: DeskProblem) -> Health:
    """Return how an account is that a problem has just stopped."""
    match problem:
        case Offline():
            return Health.OFFLINE
        case SignInNeeded() | VaultUnavailable():
            return Health.SIGN_IN
        case NotAllowed() | NotInPlan() | UnexpectedResponse():
            return Health.BLOCKED
        case _:
            return Health.WAITING
