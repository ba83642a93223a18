"""One runner per account, started, paused and stopped together; what services ask of sync."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NoReturn

from deskhand.domain.account_marks import with_marks
from deskhand.domain.accounts import Account, AccountStatus, Health
from deskhand.domain.changes import ChangeSet
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.domain.later import RETURN
from deskhand.domain.ports import Connection, VendorSpec
from deskhand.domain.problems import DeskProblem, NotFound
from deskhand.domain.status_quarters import StatusQuarter
from deskhand.domain.threads import RemoteThread

from .context import SyncContext
from .event_scheduler import EventScheduler
from .queueing import moving
from .runner import Runner
from .tasks import TaskScope
from .upkeep import Upkeep


class Engine:
    """Runs the accounts. Lives on the loop's thread."""

    def __init__(self, context: SyncContext, vendors: Mapping[VendorId, VendorSpec]) -> None:
        self._context = context
        self._vendors = vendors
        self._runners: dict[AccountId, Runner] = {}
        self._running = False
        self._changing = asyncio.Lock()
        """Two runners of one account would send twice: accounts come, change and go one after the other."""
        self._scope = TaskScope("accounts", self._report)
        self._scheduler = EventScheduler(
            context.store.timed_events, context.clock, context.store.changes, context.report
        )
        self._unsubscribe = context.store.changes.subscribe(self._look)

    @property
    def outbox_lock(self) -> asyncio.Lock:
        """Hold it between looking at an outbox item and storing a decision about it: meanwhile nothing leaves."""
        return self._context.outbox_lock

    @property
    def settle_seconds(self) -> float:
        """How long an unknown outcome is looked for after its last try, before the agent is asked."""
        return self._context.reconcile.settle_seconds

    @property
    def is_running(self) -> bool:
        """Whether accounts poll and send by themselves."""
        return self._running

    async def start(self) -> int:
        """Recover the outbox and begin with every account; returns how many sends have an unknown outcome."""
        async with self._changing:
            if self._running:
                return 0
            unknown = await self._context.store.outbox.recover()
            await self._load_accounts()
            self._running = True
            for runner in self._runners.values():
                runner.start()
            self._scheduler.register(RETURN, self._context.store.later.bring_back)
            self._scheduler.start()
            upkeep = Upkeep(self._context.store, self._context.clock)
            self._scope.replace(upkeep.take_part(self._scheduler), name="upkeep")
            self._scope.replace(self._context.board.keep_history(), name="status history")
            return unknown

    async def open_without_running(self) -> None:
        """For one-off calls: know the accounts and connect on demand, without polling or sending by itself."""
        async with self._changing:
            await self._load_accounts()

    async def replace(self, account: Account) -> None:
        """Store an added or edited account and take it up, with a new connection."""
        await self._shielded(self._replace_alone(account), f"replace {account.label}")

    async def _replace_alone(self, account: Account) -> None:
        async with self._changing:
            await self._replace(account)

    async def drop(self, account: AccountId) -> None:
        """Stop an account; its data stays."""
        await self._shielded(self._drop_alone(account), "drop an account")

    async def _drop_alone(self, account: AccountId) -> None:
        async with self._changing:
            runner = self._runners.pop(account, None)
            if runner is not None:
                await runner.aclose()
            self._context.board.remove(account)

    async def pause(self, account: AccountId, *, paused: bool) -> None:
        """Pause or go on; kept over restarts."""
        await self._shielded(self._pause_alone(account, paused=paused), "pause an account")

    async def _pause_alone(self, account: AccountId, *, paused: bool) -> None:
        async with self._changing:
            await self._replace(replace(self._runner(account).account, paused=paused))
            await self._context.board.keep(account)

    def nudge(self, account: AccountId | None = None, *, full: bool = False) -> None:
        """Look now, at one account or at all."""
        for runner in self._some(account):
            runner.nudge(full=full)

    def stop_list_sync(self, account: AccountId) -> None:
        """End the running list sync of an account and rest until nudged."""
        self._runner(account).stop_list_sync()

    def wake_outbox(self, account: AccountId | None = None) -> None:
        """Something was submitted, or may go on."""
        for runner in self._some(account):
            runner.wake_outbox()

    async def read(self, key: TicketKey) -> RemoteThread | None:
        """Read one conversation now, ahead of the background. Raises a problem where that fails."""
        return await self._runner(key.account).read(key)

    async def connection(self, account: AccountId) -> Connection:
        """Return an account's connection, for a search, a download or a check."""
        return await self._runner(account).connection()

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
        return self._context.board.of(account)

    def status_quarters(self, account: AccountId) -> tuple[StatusQuarter, ...]:
        """Return how an account was in the last 24 hours, until now."""
        return self._context.board.quarters(account)

    async def once(self, account: AccountId | None = None) -> Mapping[AccountId, Exception | None]:
        """One round of one account or of all, for a program that does not stay: what is left is read when it is asked for.

        Returns:
            What went wrong with each account, its status says it too; what ends one account's round never ends another's.
        """
        runners = self._some(account)
        found = await asyncio.gather(*(runner.once() for runner in runners))
        return {runner.account.id: problem for runner, problem in zip(runners, found, strict=True)}

    async def drain(self, seconds: float) -> tuple[OutboxItem, ...]:
        """Send what is due until nothing moves by itself any more, or the time is up; returns what is still open.

        What waits for an account that is paused, not signed in or out of reach does not move.
        """
        outbox = self._context.store.outbox
        moved = asyncio.Event()
        unsubscribe = self._context.store.changes.subscribe(lambda _changes: moved.set())
        try:
            async with asyncio.timeout(seconds):
                if not self._running:
                    await outbox.recover()
                    await asyncio.gather(*(runner.send_only() for runner in self._some(None)))
                while any(self._goes_on(item) for item in moving(await outbox.open_items())):
                    await moved.wait()
                    moved.clear()
        except TimeoutError:
            await asyncio.gather(*(runner.say_unanswered() for runner in self._some(None) if not runner.account.paused))
        finally:
            unsubscribe()
        return await outbox.open_items()

    async def forever(self) -> NoReturn:
        """Stay until cancelled."""
        while True:
            await self._context.clock.sleep(3600)

    async def wait_synced(self, account: AccountId | None = None) -> None:
        """Wait until each account (or this one) has ended a round: fine, or with a problem shown."""
        await self._until(
            lambda: all(
                self.status(runner.account.id).health not in (Health.NEW, Health.SYNCING)
                for runner in self._some(account)
            )
        )

    async def aclose(self) -> None:
        """Stop everything."""
        async with self._changing:
            self._running = False
            self._unsubscribe()
            self._unsubscribe = lambda: None
            runners = tuple(self._runners.values())
            self._runners.clear()
            self._scope.cancel("upkeep")
            self._scope.cancel("status history")
            await asyncio.gather(self._scheduler.aclose(), *(runner.aclose() for runner in runners))
            with suppress(DeskProblem):  # a full disk: the last minutes are not known then
                await self._context.board.save_history()
        await self._scope.aclose()

    async def _shielded(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Carry a change of an account out also where nobody waits for it any more: half of it is an account that stands still."""
        await asyncio.shield(self._scope.start(work, name=name))

    async def _load_accounts(self) -> None:
        await self._context.board.load()
        vendors = {vendor: spec.info for vendor, spec in self._vendors.items()}
        for account in with_marks(await self._context.store.accounts.all(), vendors):
            if account.id not in self._runners:
                self._begin(account)

    async def _replace(self, account: Account) -> None:
        before = self._runners.get(account.id)
        if before is None:
            await self._context.store.accounts.put(account)
            self._begin(account)
            return
        try:
            await before.aclose()  # first: until then it may store what it learnt
            await self._context.store.accounts.put(account)
        except DeskProblem:  # a full disk: the account goes on as it was, never not at all
            self._begin(before.account)
            raise
        self._begin(account)

    def _begin(self, account: Account) -> None:
        runner = Runner(account, self._vendors[account.vendor], self._context)
        self._runners[account.id] = runner
        runner.show_health()
        if self._running:
            runner.start()

    def _runner(self, account: AccountId) -> Runner:
        runner = self._runners.get(account)
        if runner is None:
            raise NotFound("There is no such account any more.")
        return runner

    def _report(self, name: str, error: BaseException) -> None:
        if not isinstance(error, DeskProblem):  # a problem is its asker's to tell
            self._context.report(name, error)

    def _goes_on(self, item: OutboxItem) -> bool:
        runner = self._runners.get(item.command.account)
        return runner is not None and not runner.is_stuck

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
        unsubscribe = self._context.store.changes.subscribe(lambda _changes: changed.set())
        try:
            while not condition():
                changed.clear()
                await changed.wait()
        finally:
            unsubscribe()
