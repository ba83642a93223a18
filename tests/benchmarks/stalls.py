"""How long the window's thread is away: gaps of a precise 5 ms timer, idle and while three accounts sync flat out."""

import asyncio
import time
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from tests.benchmarks import syncing
from tests.benchmarks.figures import summary
from tests.benchmarks.frames import settled
from tests.benchmarks.profiles import long_ticket

from deskhand.domain.accounts import Health
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.shell import Shell

WAITING = (Health.NEW, Health.SYNCING)


class Gaps(QObject):
    """Counts from its making on."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._last)
        self._last = now

    def end(self) -> dict[str, float]:
        """Stop and tell, with how many gaps were longer than a frame."""
        self._timer.stop()
        return {**summary(self.seconds), "over16": sum(gap > 0.016 for gap in self.seconds)}


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    syncing.unpaced()
    shell.lists.show(TicketQuery(Scope.ALL))
    if job["thread"]:
        shell.ticket.open(long_ticket(job["tickets"]))
    await asyncio.sleep(job["settle"])
    idle = Gaps()
    await asyncio.sleep(job["seconds"])
    found: dict[str, Any] = {"idle": idle.end()}
    services = shell.services
    gaps, began = Gaps(), time.perf_counter()
    adding = enumerate(job["addresses"])
    ids = [(await syncing.add_account(services, base, job["key"], f"Bench {number}")).id for number, base in adding]
    await settled(
        lambda: not any(services.accounts.status(one).health in WAITING for one in ids), seconds=600, pause=0.05
    )
    took = time.perf_counter() - began
    found["syncing"] = gaps.end()
    counted = [await services.engine._context.store.tickets.counted(one) for one in ids]
    found["tickets"] = {"per second": sum(counted) / took, "count": sum(counted)}
    return found
