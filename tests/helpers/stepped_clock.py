"""A clock that stands still until a test moves it, with its sleepers."""

import asyncio
from datetime import datetime, timedelta

from tests.helpers.store_fixtures import START
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.sync.event_scheduler import EventScheduler


class SteppedClock:
    """Time that passes only by `advance`. The wall clock can be set without it, as by a person or a time server.

    Args:
        short: whoever sleeps no longer than this does not wait: time passes for it.
    """

    def __init__(self, now: datetime = START, *, short: float = 0.0) -> None:
        self._now = now
        self._short = short
        self._ticks = 0.0
        self._sleepers: dict[asyncio.Future[None], float] = {}
        self.fell_asleep = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._ticks

    async def sleep(self, seconds: float) -> None:
        if seconds <= self._short:
            await asyncio.sleep(0)
            self.advance(max(0.0, seconds))
            return
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[alarm] = self._ticks + seconds
        self.fell_asleep.set()
        try:
            await alarm
        finally:
            del self._sleepers[alarm]

    def advance(self, seconds: float) -> None:
        """Let time pass and wake whoever sleeps no longer than that."""
        self._ticks += seconds
        self._now += timedelta(seconds=seconds)
        for alarm, until in self._sleepers.items():
            if until <= self._ticks + 1e-6 and not alarm.done():
                alarm.set_result(None)

    def set_wall_clock(self, now: datetime) -> None:
        """Set the wall clock; nobody who sleeps notices."""
        self._now = now

    @property
    def alarms(self) -> list[float]:
        """How long everybody who is asleep sleeps yet."""
        return [until - self._ticks for alarm, until in self._sleepers.items() if not alarm.done()]


async def asleep(scheduler: EventScheduler, clock: SteppedClock) -> float:
    """Wait until a scheduler has done everything that is due and sleeps; returns how long. Something must be planned."""
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            clock.fell_asleep.clear()
            if not scheduler._busy and not scheduler._wake.is_set() and clock.alarms:
                return min(clock.alarms)
            await clock.fell_asleep.wait()
