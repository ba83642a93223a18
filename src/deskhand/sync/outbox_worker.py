"""The outbox worker: takes what is due and has the processor move it one step, tickets in parallel, a ticket's items in order."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import Clock, OutboxStore
from deskhand.domain.problems import DeskProblem, SignInNeeded, VaultUnavailable
from deskhand.domain.threads import Delivery

from .item_processor import OutboxItemProcessor
from .queueing import due_items
from .schedule import wait_after
from .tasks import Report, TaskScope

PARALLEL = 4
"""Sends of one account at a time: more only meets the vendor's burst limit."""

IDLE_SECONDS = 30.0
"""Seconds after which the queue is looked at without being told, in case a wall clock jumped."""

BUG_WAIT_SECONDS = 30.0
"""Seconds that a ticket's items rest after a mistake of ours ended a step."""

MAX_FAILURES = 3
"""Failures in a row after which a program that does not stay waits no longer."""


class OutboxWorker:
    """Sends what one account's agent asked for, for as long as its connection lasts.

    A problem of the whole account (offline, throttled, sign-in) stops all its sends for a while, so that a queue of a hundred
    replies does not knock a hundred times.
    """

    def __init__(
        self,
        account: AccountId,
        processor: OutboxItemProcessor,
        outbox: OutboxStore,
        clock: Clock,
        scope: TaskScope,
        on_problem: Callable[[DeskProblem, float], Awaitable[None]],
        report: Report,
    ) -> None:
        self._account = account
        self._processor = processor
        self._outbox = outbox
        self._clock = clock
        self._scope = scope
        self._on_problem = on_problem
        self._report = report
        self._wake = asyncio.Event()
        self._steps: dict[TicketKey | CommandId, asyncio.Task[Any]] = {}
        self._resting: dict[TicketKey | CommandId, float] = {}
        self._failures = 0
        self._blocked_until = 0.0
        self.refused: DeskProblem | None = None
        """What only the agent can mend: the credentials were refused, or are out of reach."""

    @property
    def is_stuck(self) -> bool:
        """Whether only the agent, or much patience, would get this account's items any further."""
        return self.refused is not None or self._failures >= MAX_FAILURES

    def wake(self) -> None:
        """Something was submitted, or may go on."""
        self._wake.set()

    def resume(self) -> None:
        """The vendor answers again: send now what waited for that."""
        if self._failures:
            self._failures, self._blocked_until, self.refused = 0, 0.0, None
            self._wake.set()

    async def run(self) -> None:
        """Process items until cancelled."""
        while True:
            self._wake.clear()
            wait = await self._begin_due()
            await self._scope.sleep_or(self._wake, self._clock.sleep(max(0.02, min(wait, IDLE_SECONDS))))

    async def finish(self, seconds: float) -> None:
        """Give the sends that are on their way so long to end; call it after `run` was cancelled."""
        if self._steps:
            await asyncio.wait(tuple(self._steps.values()), timeout=seconds)

    async def store_interrupted(self, reason: str) -> None:
        """Store what became of the sends that did not end in time, see `Departures`.

        Args:
            reason: why one waits that had not left.
        """
        for item in await self._outbox.open_items(self._account):
            if item.delivery is Delivery.SENDING:
                now = self._clock.now()
                await self._outbox.update(self._processor.departures.interrupted(item, reason, now))

    async def _begin_due(self) -> float:
        """Begin what is due; returns seconds until something else may be."""
        ticks = self._clock.monotonic()
        if (barred := self._blocked_until - ticks) > 0:
            return barred
        items = await self._outbox.open_items(self._account)
        self._resting = {priority: until for priority, until in self._resting.items() if until > ticks}
        busy = self._steps.keys() | self._resting.keys()
        now = self._clock.now()
        chosen = due_items(items, now, busy, await self._predecessors(items))
        for item in chosen.due[: max(0, PARALLEL - len(self._steps))]:
            priority = item.command.ticket or item.command.id
            self._steps[priority] = self._scope.start(self._step(priority, item), name=f"send {item.command.id}")
        waits = [until - ticks for until in self._resting.values()]
        if chosen.next_at is not None:
            waits.append((chosen.next_at - now).total_seconds())
        return min(waits, default=IDLE_SECONDS)

    async def _predecessors(self, items: tuple[OutboxItem, ...]) -> dict[CommandId, Delivery]:
        known = {item.command.id: item.delivery for item in items}
        missing = [after for item in items if (after := item.command.after) is not None and after not in known]
        if missing:
            found = await self._outbox.get_all(missing)
            known |= {command: item.delivery for command, item in found.items()}
        return known

    async def _step(self, lane: TicketKey | CommandId, item: OutboxItem) -> None:
        try:
            problem = await self._processor.step(item)
            await self._note(problem)
        except DeskProblem as problem:  # the store could not take the outcome: what was SENDING there is unknown
            self._resting[lane] = self._clock.monotonic() + BUG_WAIT_SECONDS
            await self._note(problem)
        except Exception as mistake:
            self._resting[lane] = self._clock.monotonic() + BUG_WAIT_SECONDS
            self._report(f"send {item.command.id}", mistake)
            with suppress(DeskProblem):
                await self._processor.defer(item, mistake, timedelta(seconds=BUG_WAIT_SECONDS))
        finally:
            del self._steps[lane]
            self._wake.set()

    async def _note(self, problem: DeskProblem | None) -> None:
        if problem is None:
            self._failures, self.refused = 0, None
            return
        self._failures += 1
        self.refused = problem if isinstance(problem, SignInNeeded | VaultUnavailable) else None
        wait = wait_after(problem, self._failures, self._processor.random)
        self._blocked_until = self._clock.monotonic() + wait
        await self._on_problem(problem, wait)
