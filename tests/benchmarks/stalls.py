"""How long the window's thread is away: gaps of a precise 5 ms timer, idle and while three accounts sync flat out.

`own` is the part of a gap that the program itself makes, which other programs do not change: the CPU time of the window's thread, and
that of all other threads as far as the window's thread could have run meanwhile. It needs Linux.
"""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from tests.benchmarks import syncing
from tests.benchmarks.figures import summary
from tests.benchmarks.frames import settled
from tests.benchmarks.profiles import long_ticket

from deskhand.domain.accounts import Health
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.shell import Shell

_THREADS = Path("/proc/self/task")

WAITING = (Health.NEW, Health.SYNCING)


class ThreadTimes:
    """CPU time and waiting for a CPU of every thread of this process, in seconds, as the kernel counts them."""

    def __init__(self) -> None:
        self._files: dict[str, int] = {}
        self._main = str(os.getpid())
        self._last = self._read()

    def own_share(self, gap: float) -> float:
        """Return which part of a gap that ends now the program itself has made."""
        last, self._last = self._last, self._read()
        passed = {
            thread: (ran - last.get(thread, (0.0, 0.0))[0], waited - last.get(thread, (0.0, 0.0))[1])
            for thread, (ran, waited) in self._last.items()
        }
        ran, waited = passed.pop(self._main, (gap, 0.0))
        return ran + min(sum(other for other, _ in passed.values()), max(0.0, gap - waited - ran))

    def _read(self) -> dict[str, tuple[float, float]]:
        found = {}
        for thread in [each.name for each in _THREADS.iterdir()] if _THREADS.is_dir() else ():
            try:
                if thread not in self._files:
                    self._files[thread] = os.open(_THREADS / thread / "schedstat", os.O_RDONLY)
                os.lseek(self._files[thread], 0, os.SEEK_SET)
                ran, waited, _ = os.read(self._files[thread], 100).split()
            except OSError:  # it has ended
                if thread in self._files:
                    os.close(self._files.pop(thread))
                continue
            found[thread] = (int(ran) / 1e9, int(waited) / 1e9)
        return found


class Gaps(QObject):
    """Counts from its making on."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._own: list[float] = []
        self._times = ThreadTimes()
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._last)
        self._own.append(self._times.own_share(self.seconds[-1]))
        self._last = now

    def end(self) -> dict[str, float]:
        """Stop and tell, with how many gaps were longer than a frame, and what of them is the program's own."""
        self._timer.stop()
        own = {f"own {name}": value for name, value in summary(self._own).items()}
        return {**summary(self.seconds), **own, "over16": sum(gap > 0.016 for gap in self.seconds)}


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
