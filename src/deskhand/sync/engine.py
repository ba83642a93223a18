"""One runner per account, started, paused and stopped together; what services ask of sync."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NoReturn

from deskhand.domain.accounts import Account, AccountStatus, Health
from deskhand.domain.changes import ChangeSet
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.domain.ports import Connection, VendorSpec
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import RemoteThread

from .runner import Runner, World


class Engine:
    """Runs the accounts. Lives on the loop's thread."""

    def __init__(self, world: World, vendors: Mapping[VendorId, VendorSpec]) -> None:
        self._world = world
        self._vendors = vendors
        self._runners: dict[AccountId, Runner] = {}
        self._running = False
        self._unsubscribe = world.store.feed.subscribe(self._look)

    async def start(self) -> int:
        """Recover the outbox and begin with every account; returns how many sends have an unknown outcome."""
        unknown = await self._world.store.outbox.recover()
        await self._world.board.load()
        self._running = True
        for account in await self._world.store.accounts.all():
            self._begin(account)
        return unknown

    async def open_without_running(self) -> None:
        """For one-off calls: know the accounts and connect on demand, without polling or sending by itself."""
        await self._world.board.load()
        for account in await self._world.store.accounts.all():
            self._begin(account)

    async def replace(self, account: Account) -> None:
        """Take an added or edited account up, with a new connection."""
        await self.drop(account.id)
        self._begin(account)

    async def drop(self, account: AccountId) -> None:
        """Stop an account; its data stays."""
        runner = self._runners.pop(account, None)
        if runner is not None:
            await runner.aclose()

    async def pause(self, account: AccountId, *, paused: bool) -> None:
        """Pause or go on; kept over restarts."""
        runner = self._runners[account]
        changed = replace(runner.account, paused=paused)
        await self._world.store.accounts.put(changed)
        await self.replace(changed)

    def nudge(self, account: AccountId | None = None, *, full: bool = False) -> None:
        """Look now, at one account or at all."""
        for runner in self._some(account):
            runner.nudge(full=full)

    def stop_walk(self, account: AccountId) -> None:
        """End the running walk of an account and rest until nudged."""
        self._runners[account].stop_walk()

    def wake_outbox(self, account: AccountId | None = None) -> None:
        """Something was submitted, or may go on."""
        for runner in self._some(account):
            runner.wake_outbox()

    async def read(self, key: TicketKey) -> RemoteThread | None:
        """Read one conversation now, ahead of the background. Raises a problem where that fails."""
        return await self._runners[key.account].read(key)

    async def connection(self, account: AccountId) -> Connection:
        """Return an account's connection, for a search, a download or a check."""
        return await self._runners[account].connection()

    def account(self, account: AccountId) -> Account | None:
        """Return an account as it is now."""
        runner = self._runners.get(account)
        return runner.account if runner else None

    def accounts(self) -> tuple[Account, ...]:
        """Return every account, in the agent's order."""
        found = (runner.account for runner in self._runners.values())
        return tuple(sorted(found, key=lambda account: (account.position, account.label)))

    def status(self, account: AccountId) -> AccountStatus:
        """Return what an account's pane says."""
        return self._world.board.of(account)

    async def once(self, account: AccountId | None = None) -> Mapping[AccountId, DeskProblem | None]:
        """One round of one account or of all, for a program that does not stay: what is left is read when it is asked for."""
        runners = self._some(account)
        found = await asyncio.gather(*(runner.once() for runner in runners))
        return {runner.account.id: problem for runner, problem in zip(runners, found, strict=True)}

    async def drain(self, seconds: float) -> tuple[OutboxItem, ...]:
        """Send what is due until nothing moves by itself any more, or the time is up; returns what is still open."""
        outbox = self._world.store.outbox
        if not self._running:
            await outbox.recover()
            for runner in self._some(None):
                await runner.send_only()
        moved = asyncio.Event()
        unsubscribe = self._world.store.feed.subscribe(lambda _changes: moved.set())
        try:
            async with asyncio.timeout(seconds):
                while any(not item.delivery.needs_agent for item in await outbox.open_items()):
                    await moved.wait()
                    moved.clear()
        except TimeoutError:
            pass
        finally:
            unsubscribe()
        return await outbox.open_items()

    async def forever(self) -> NoReturn:
        """Stay until cancelled."""
        while True:
            await self._world.clock.sleep(3600)

    async def in_step(self, account: AccountId | None = None) -> None:
        """Wait until each account (or this one) has ended a round: fine, or with a problem shown."""
        await self._until(
            lambda: all(
                self.status(runner.account.id).health not in (Health.NEW, Health.SYNCING)
                for runner in self._some(account)
            )
        )

    async def aclose(self) -> None:
        """Stop everything."""
        self._unsubscribe()
        runners = tuple(self._runners.values())
        self._runners.clear()
        await asyncio.gather(*(runner.aclose() for runner in runners))

    def _begin(self, account: Account) -> None:
        runner = Runner(account, self._vendors[account.vendor], self._world)
        self._runners[account.id] = runner
        if self._running:
            runner.start()

    def _some(self, account: AccountId | None) -> tuple[Runner, ...]:
        if account is None:
            return tuple(self._runners.values())
        runner = self._runners.get(account)
        return (runner,) if runner else ()

    def _look(self, changes: ChangeSet) -> None:
        """An outbox that changed may have something due."""
        if changes.outbox:
            self.wake_outbox()

    async def _until(self, condition: Callable[[], bool]) -> None:
        changed = asyncio.Event()
        unsubscribe = self._world.store.feed.subscribe(lambda _changes: changed.set())
        try:
            while not condition():
                changed.clear()
                await changed.wait()
        finally:
            unsubscribe()
