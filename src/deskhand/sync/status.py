"""What each account's pane says: one status per account, kept over restarts as far as it stays true."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

from deskhand.domain.accounts import AccountStatus, Health
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId
from deskhand.domain.ports import AccountStore, Clock
from deskhand.domain.problems import (
    DeskProblem,
    NotAllowed,
    NotInPlan,
    Offline,
    SignInNeeded,
    UnexpectedResponse,
    VaultUnavailable,
)
from deskhand.domain.status_quarters import StatusQuarter

from .status_history import NOTE_SECONDS, StatusHistory


class StatusBoard:
    """Holds the statuses, tells the change bus of every change, and stores those that a restart should know.

    That an account begins to need the agent is an event; it is none again where it needed the agent before a restart as well.
    """

    def __init__(self, accounts: AccountStore, changes: ChangeBus, clock: Clock) -> None:
        self._accounts = accounts
        self._changes = changes
        self._clock = clock
        self._now: dict[AccountId, AccountStatus] = {}
        self._settled: dict[AccountId, AccountStatus] = {}
        self._stored: dict[AccountId, AccountStatus] = {}
        self._history = StatusHistory(clock)

    async def load(self) -> None:
        """Take over what was true last time: when each account was last in step, and how it was."""
        for account, stored in (await self._accounts.statuses()).items():
            self._now[account] = AccountStatus(account, Health.NEW, synced_at=stored.synced_at, since=stored.since)
            self._settled[account] = self._stored[account] = stored
        self._history.load(await self._accounts.status_quarters())

    def all(self) -> Mapping[AccountId, AccountStatus]:
        """Return every status."""
        return dict(self._now)

    def of(self, account: AccountId) -> AccountStatus:
        """Return one status; NEW where nothing is known."""
        return self._now.get(account, AccountStatus(account, Health.NEW))

    def quarters(self, account: AccountId) -> tuple[StatusQuarter, ...]:
        """Return how an account was in the last 24 hours, until now."""
        return self._history.of(account)

    def show(self, account: AccountId, **changed: Any) -> None:
        """Change some fields and tell it, without storing (progress comes several times a second)."""
        before = self.of(account)
        after = replace(before, **changed)
        events = frozenset[Event]()
        if after.health.is_settled:
            last = self._settled.get(account)
            if last is None or last.health is not after.health:
                after = replace(after, since=self._clock.now())
                if after.health.needs_agent and not (last is not None and last.health.needs_agent):
                    events = frozenset({Event(EventKind.ACCOUNT, account, detail=after.problem)})
            self._settled[account] = after
        self._history.note(account, after.health)
        if after != before or account not in self._now:
            self._now[account] = after
            self._changes.publish(ChangeSet(accounts=frozenset({account}), events=events))

    async def save(self, account: AccountId, **changed: Any) -> None:
        """Change some fields, tell it, and store the result."""
        self.show(account, **changed)
        self._stored[account] = self.of(account)
        quarters = self._history.changed()
        await self._accounts.put_status(self.of(account), quarters)
        self._history.stored(quarters)

    async def keep(self, account: AccountId) -> None:
        """Store how an account is, where that is another health than the stored one."""
        now, stored = self.of(account), self._stored.get(account)
        if now.health.is_settled and (stored is None or stored.health is not now.health):
            await self.save(account)

    async def save_history(self) -> None:
        """Store how the accounts were until now. Raises a problem where that fails; it is stored the next time then."""
        if quarters := self._history.changed():
            await self._accounts.put_status_quarters(quarters)
            self._history.stored(quarters)

    async def keep_history(self) -> NoReturn:
        """Store it every few minutes, also of accounts that nothing is asked of."""
        while True:
            await self._clock.sleep(NOTE_SECONDS)
            with suppress(DeskProblem):  # a full disk: the next time
                await self.save_history()

    def remove(self, account: AccountId) -> None:
        """The account is gone."""
        for statuses in (self._now, self._settled, self._stored):
            statuses.pop(account, None)
        self._history.remove(account)


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
