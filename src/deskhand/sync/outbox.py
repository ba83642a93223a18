"""The pump: takes what is due and has the courier move it one step, tickets in parallel, a ticket's items in order."""

import asyncio
from collections.abc import Callable

from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import Clock, OutboxStore
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Delivery

from .delivery import Courier
from .queueing import plan
from .tasks import TaskScope

PARALLEL = 4
"""Sends of one account at a time: more only meets the vendor's burst limit."""

IDLE_LOOK = 30.0
"""Seconds after which the queue is looked at without being told, in case a wall clock jumped."""


class Pump:
    """Sends what one account's agent asked for, for as long as its connection lasts."""

    def __init__(
        self,
        account: AccountId,
        courier: Courier,
        outbox: OutboxStore,
        clock: Clock,
        scope: TaskScope,
        on_problem: Callable[[DeskProblem], None],
    ) -> None:
        self._account = account
        self._courier = courier
        self._outbox = outbox
        self._clock = clock
        self._scope = scope
        self._on_problem = on_problem
        self._wake = asyncio.Event()
        self._busy: set[TicketKey | CommandId] = set()

    def wake(self) -> None:
        """Something was submitted, or may go on."""
        self._wake.set()

    async def run(self) -> None:
        """Pump until cancelled."""
        while True:
            self._wake.clear()
            items = await self._outbox.open_items(self._account)
            chosen = plan(items, self._clock.now(), self._busy, await self._predecessors(items))
            for item in chosen.due[: max(0, PARALLEL - len(self._busy))]:
                lane = item.command.ticket or item.command.id
                self._busy.add(lane)
                self._scope.start(self._step(lane, item), name=f"send {item.command.id}")
            wait = IDLE_LOOK
            if chosen.next_at is not None:
                wait = min(wait, max(0.02, (chosen.next_at - self._clock.now()).total_seconds()))
            await self._scope.sleep_or(self._wake, self._clock.sleep(wait))

    async def _predecessors(self, items: tuple[OutboxItem, ...]) -> dict[CommandId, Delivery]:
        known = {item.command.id: item.delivery for item in items}
        for item in items:
            after = item.command.after
            if after is not None and after not in known and (found := await self._outbox.get(after)) is not None:
                known[after] = found.delivery
        return known

    async def _step(self, lane: TicketKey | CommandId, item: OutboxItem) -> None:
        try:
            problem = await self._courier.step(item)
        finally:
            self._busy.discard(lane)
            self._wake.set()
        if problem is not None:
            self._on_problem(problem)
