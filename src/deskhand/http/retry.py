"""Reads are tried again here; writes never are: whether a write may be repeated is the outbox's decision."""

import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from deskhand.domain.ports import Clock
from deskhand.domain.problems import Throttled, VendorDown

from .pacing import MAX_WAIT_SECONDS

T = TypeVar("T")

MAX_TRIES = 4
_LONGEST_PAUSE = 60.0
_BUDGET_SHARE = 0.1
_BUDGET_START = 10.0


class ReadRetry:
    """Up to four tries with full jitter; a vendor's Retry-After wins.

    A budget of a tenth of the account's traffic keeps a long outage from multiplying the load (reference: case H09).
    """

    def __init__(self, clock: Clock, random_pause: Callable[[float, float], float] = random.uniform) -> None:
        self._clock = clock
        self._random_pause = random_pause
        self._budget = _BUDGET_START

    async def run(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Return what `attempt` returns, trying again after VendorDown and short Throttled."""
        for tried in range(1, MAX_TRIES + 1):
            try:
                result = await attempt()
            except Throttled as problem:
                pause = problem.retry_after.total_seconds()
                if tried == MAX_TRIES or pause > MAX_WAIT_SECONDS or not self._acquire():
                    raise
            except VendorDown:
                if tried == MAX_TRIES or not self._acquire():
                    raise
                pause = self._random_pause(0.0, min(_LONGEST_PAUSE, 2.0 ** (tried - 1)))
            else:
                self._budget = min(_BUDGET_START, self._budget + _BUDGET_SHARE)
                return result
            await self._clock.sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    def _acquire(self) -> bool:
        if self._budget < 1.0:
            return False
        self._budget -= 1.0
        return True
