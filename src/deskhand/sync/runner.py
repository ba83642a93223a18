"""An account's life: connect, probe, read the list, read conversations, wait. One failure never touches another account."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from deskhand.domain import duplicates, wording
from deskhand.domain.accounts import Account, Health, Progress
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Connection, VendorSpec
from deskhand.domain.problems import (
    DeskProblem,
    Offline,
    SignInNeeded,
    Throttled,
    UnexpectedResponse,
    VaultUnavailable,
    VendorDown,
)
from deskhand.domain.request_priority import in_background
from deskhand.domain.threads import RemoteThread

from .confirmations import Confirmations
from .context import SyncContext
from .conversations import Conversations
from .executor import CommandExecutor
from .item_processor import OutboxItemProcessor
from .observed_choices import merge_observed
from .outbox_worker import OutboxWorker
from .puller import ListSyncResult, Puller
from .schedule import wait_after
from .status import health_after
from .tasks import TaskScope

log = logging.getLogger(__name__)

GRACE_SECONDS = 1.0
"""Seconds that a send on its way gets to end before its account is stopped."""

BUG_WAIT_SECONDS = 60.0
"""Seconds until the next round after a mistake of ours ended one."""

MAX_FAILED_LIST_SYNCS = 3
"""List syncs in a row that were interrupted and cannot go on where they were: then they begin anew."""


class Runner:
    """Keeps one account in step and sends what is due in it."""

    def __init__(self, account: Account, spec: VendorSpec, context: SyncContext) -> None:
        self._account = account
        self._spec = spec
        self._context = context
        self._scope = TaskScope(f"account {account.label}", context.report)
        self._wake = asyncio.Event()
        self._connection: Connection | None = None
        self._connecting = asyncio.Lock()
        self._outbox_worker: OutboxWorker | None = None
        self._failures = 0
        self._failed_list_syncs = 0
        self._last_full_sync: float | None = None
        self._probed: float | None = None
        self._resting = False
        self._cannot_connect = False
        self._explained = False
        self._closed = asyncio.Event()
        self._conversations = Conversations(context.store, context.clock, context.pace)
        self._looking = asyncio.Lock()
        self._wants_full = False
        self._confirmations = Confirmations()

    @property
    def account(self) -> Account:
        """The account as it is now."""
        return self._account

    @property
    def is_stuck(self) -> bool:
        """Whether nothing of this account is sent by itself: paused, not signed in, or out of reach for a while."""
        return (
            self._account.paused
            or self._cannot_connect
            or (self._outbox_worker is not None and self._outbox_worker.is_stuck)
        )

    def show_health(self) -> None:
        """Tell the account's health before its first round."""
        health = Health.PAUSED if self._account.paused else Health.NEW
        self._context.board.show(self._account.id, health=health, progress=None, retry_at=None, problem="")

    def start(self) -> None:
        """Begin, unless paused."""
        if not self._account.paused:
            self._scope.replace(self._run(), name="run")

    def nudge(self, *, full: bool = False) -> None:
        """Look now: after a press of "sync now", a wake-up of the computer, a new network."""
        self._resting = False
        self._wants_full = self._wants_full or full
        self._try_again()
        self._wake.set()

    def _try_again(self) -> None:
        """The agent has acted: what was refused may be asked once more."""
        if self._connection is not None:
            self._connection.try_again()
        if self._outbox_worker is not None:
            self._outbox_worker.resume()

    def stop_list_sync(self) -> None:
        """End the running list sync behind its current page and rest until nudged; what was read is kept."""
        self._resting = True
        self._wake.set()

    def wake_outbox(self) -> None:
        """Something was submitted, or may go on."""
        if self._outbox_worker is not None:
            self._outbox_worker.wake()

    async def connection(self) -> Connection:
        """Return the signed-in connection, making it where there is none.

        Raises:
            SignInNeeded, VaultUnavailable: the secret is missing or out of reach.
            Offline: the account was paused, edited or removed meanwhile: nobody would close what is opened now.
        """
        async with self._connecting:
            if self._connection is None and not self._closed.is_set():
                sign_in = await self._context.sign_in(self._account)
                # In a thread: the first one of a vendor imports its adapter and the HTTP client (0.7 to 2 s, measured).
                made = await asyncio.to_thread(self._spec.connect, sign_in)
                if not self._closed.is_set():
                    self._connection = made
                else:
                    await made.aclose()
            if self._connection is None:
                raise Offline("its account was changed just now")
            return self._connection

    async def read(self, key: TicketKey) -> RemoteThread | None:
        """Read one conversation now, ahead of the background."""
        return await self._puller(await self.connection()).read(key)

    def _puller(self, connection: Connection) -> Puller:
        return Puller(self._account, self._spec.info.name, connection, self._context.store, self._confirmations)

    async def once(self) -> Exception | None:
        """One round without staying; returns what went wrong, which the status says too."""
        if self._account.paused:
            return None
        self._try_again()
        try:
            with in_background():
                await self._look_once(await self._connected())
        except DeskProblem as problem:
            await self._show_problem(problem)
            return problem
        except Exception as mistake:
            self._context.report(f"account {self._account.label}", mistake)
            self._show(mistake, Health.BLOCKED, BUG_WAIT_SECONDS)
            return mistake
        return None

    async def _look_once(self, connection: Connection) -> None:
        """Look; where an interrupted list sync cannot go on, begin it anew now, as nothing here lives on to count such tries."""
        try:
            await self._look(connection)
        except (VendorDown, UnexpectedResponse):
            if not self._failed_list_syncs or not await self._context.store.tickets.cursor(self._account.id):
                raise
            self._failed_list_syncs = MAX_FAILED_LIST_SYNCS
            await self._look(connection)

    async def send_only(self) -> None:
        """Send without reading lists. An account that cannot connect says so in its status."""
        if self._account.paused:
            return
        try:
            self._start_outbox_worker(await self._connected())
        except DeskProblem as problem:
            await self._show_problem(problem)

    async def say_unanswered(self) -> None:
        """Say at what was due and is still here, without a message of its own, that its vendor kept us waiting."""
        outbox, message = self._context.store.outbox, wording.unanswered(self._spec.info.name)
        await outbox.explain(self._account.id, message, None, only_silent=True)

    async def aclose(self) -> None:
        """Stop, and close the connection. A send that does not end in time has an unknown outcome, settled later."""
        self._closed.set()
        self._scope.cancel("run")
        self._scope.cancel("pump")
        if self._outbox_worker is not None:
            await self._outbox_worker.finish(GRACE_SECONDS)
        await self._scope.aclose()
        if self._outbox_worker is not None:
            await self._outbox_worker.store_interrupted(wording.unanswered(self._spec.info.name))
        if self._connection is not None:
            await self._connection.aclose()
            self._connection = None

    # --- the life ---

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                wait = await self._round()
            except DeskProblem as problem:
                wait = await self._show_problem(problem)
            except Exception as mistake:
                self._context.report(f"account {self._account.label}", mistake)
                wait = BUG_WAIT_SECONDS
                self._show(mistake, Health.BLOCKED, wait)
            await self._scope.sleep_or(self._wake, self._context.clock.sleep(wait))

    async def _round(self) -> float:
        """One look at the vendor; returns seconds until the next."""
        connection = await self._connected()
        self._start_outbox_worker(connection)
        with in_background():
            return await self._look(connection)

    async def _connected(self) -> Connection:
        try:
            connection = await self.connection()
        except DeskProblem:
            self._cannot_connect = True
            raise
        self._cannot_connect = False
        return connection

    async def _look(self, connection: Connection) -> float:
        async with self._looking:
            return await self._look_alone(connection)

    async def _look_alone(self, connection: Connection) -> float:
        board, pace, me = self._context.board, self._context.pace, self._account.id
        if connection.lister is None and self._outbox_worker is not None and self._outbox_worker.refused is not None:
            raise self._outbox_worker.refused  # this round asks nothing, so it cannot find that the credentials work again
        if not self._resting:
            board.show(me, health=Health.SYNCING, retry_at=None)
        await self._probe_if_due(connection)
        puller = self._puller(connection)
        left_out = board.of(me).left_out
        if not self._resting and connection.lister is not None:
            full = self._full_is_due()
            result = await self._sync_list(connection, puller, full=full)
            left_out = result.left_out
            if result.ended and full:
                self._last_full_sync, self._wants_full = self._context.clock.monotonic(), False
            await self._merge_observed()
        self._failures = 0
        if self._explained:
            await self._context.store.outbox.explain(me, "", None)
            self._explained = False
        if self._outbox_worker is not None:
            self._outbox_worker.resume()
        if self._resting:
            message = "Stopped by you. What was read is kept; sync now to go on."
            await board.save(me, health=Health.PAUSED, progress=None, problem=message)
            return pace.poll
        await board.save(
            me,
            health=Health.FINE,
            synced_at=self._context.clock.now(),
            retry_at=None,
            progress=None,
            problem="",
            left_out=left_out,
        )
        board.show(me, unread_threads=await self._read_threads(connection, puller))
        return pace.poll

    async def _sync_list(self, connection: Connection, puller: Puller, *, full: bool) -> ListSyncResult:
        """Read the list.

        A list sync goes on where it was interrupted, so that a page that can never be read would hide all that is new in front of it: after
        some tries in vain there it begins at the beginning, and what came until that page is worth reading.
        """
        anew = self._failed_list_syncs >= MAX_FAILED_LIST_SYNCS
        pages = 0

        def show(progress: Progress | None) -> None:
            nonlocal pages
            pages += 1
            self._show_progress(progress)

        ended, counts = False, True
        try:
            result = await puller.sync_list(full=full, stopped=lambda: self._resting, show=show, anew=anew)
            ended = True
        except (Offline, SignInNeeded, Throttled, VaultUnavailable):
            counts = False
            raise
        except (VendorDown, UnexpectedResponse):
            if pages:
                await self._read_threads(connection, puller)
            raise
        finally:
            self._failed_list_syncs = 0 if ended or pages or anew else self._failed_list_syncs + int(counts)
        return result

    def _start_outbox_worker(self, connection: Connection) -> None:
        if self._outbox_worker is not None:
            return
        world = self._context
        puller = self._puller(connection)
        executor = CommandExecutor(
            lambda: self._account, self._spec.info.name, connection, world.store, puller, world.clock, world.outbox_lock
        )
        processor = OutboxItemProcessor(executor, world.reconcile, world.random, confirmations=self._confirmations)
        self._outbox_worker = OutboxWorker(
            self._account.id,
            processor,
            world.store.outbox,
            world.clock,
            self._scope,
            self._show_problem_for,
            world.report,
        )
        self._scope.replace(self._outbox_worker.run(), name="pump")

    async def _probe_if_due(self, connection: Connection) -> None:
        now = self._context.clock.monotonic()
        if self._probed is not None and now - self._probed < self._context.pace.probe:
            return
        await self._save(duplicates.capabilities(await connection.probe()))
        self._probed = now

    async def _merge_observed(self) -> None:
        """Take choices over that the vendor does not list but its tickets show."""
        before = self._account.capabilities or Capabilities()
        after = merge_observed(before, await self._context.store.tickets.observed_terms(self._account.id))
        if after != before:
            await self._save(after)

    async def _save(self, capabilities: Capabilities) -> None:
        if capabilities != self._account.capabilities:
            self._account = replace(self._account, capabilities=capabilities)
            await self._context.store.accounts.put(self._account)

    def _full_is_due(self) -> bool:
        if self._wants_full or self._last_full_sync is None:
            return True
        return self._context.clock.monotonic() - self._last_full_sync >= self._context.pace.full

    async def _read_threads(self, connection: Connection, puller: Puller) -> int:
        """Read what is due; returns how many conversations could not be read, or not wholly."""
        if connection.threads is None:
            return 0

        def stopped() -> bool:
            return self._resting or self._wake.is_set()

        unread = await self._conversations.read(self._account, puller, stopped=stopped, show=self._show_progress)
        self._show_progress(None)
        return unread

    # --- what the pane says ---

    def _show_progress(self, progress: Progress | None) -> None:
        self._context.board.show(self._account.id, progress=progress)

    async def _show_problem(self, problem: DeskProblem) -> float:
        self._failures += 1
        wait = wait_after(problem, self._failures, self._context.random)
        await self._show_problem_for(problem, wait)
        return wait

    async def _show_problem_for(self, problem: DeskProblem, wait: float) -> None:
        log.warning("account %s: %s", self._account.id, type(problem).__name__)
        self._show(problem, health_after(problem), wait)
        self._explained = True
        status = self._context.board.of(self._account.id)
        with suppress(DeskProblem):  # a full disk: the status says it all the same
            await self._context.board.keep(self._account.id)
            await self._context.store.outbox.explain(self._account.id, status.problem, status.retry_at)

    def _show(self, problem: Exception, health: Health, wait: float) -> None:
        message = wording.problem(problem, self._spec.info.name)
        retry_at = self._context.clock.now() + timedelta(seconds=wait)
        self._context.board.show(self._account.id, health=health, retry_at=retry_at, progress=None, problem=message)
