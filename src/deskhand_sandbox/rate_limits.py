"""How many requests fit into a stretch of time."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand_sandbox.tokens import Clock


@dataclass(frozen=True, slots=True)
class LimitResult:
    """What a window says about one request. `reset_at` is when the window has room again; `wait` the whole seconds to it."""

    allowed: bool
    limit: int
    remaining: int
    reset_at: datetime
    wait: int


class FixedWindow:
    """`limit` requests per window of `seconds`; the windows follow the clock (a 60-second one starts with each minute)."""

    def __init__(self, limit: int, seconds: int, clock: Clock) -> None:
        self.limit = limit
        self._seconds = seconds
        self._clock = clock
        self._window = -1
        self._used = 0

    def acquire(self) -> LimitResult:
        """Count one request, allowed or not."""
        now = self._clock()
        window = int(now.timestamp()) // self._seconds
        if window != self._window:
            self._window, self._used = window, 0
        self._used += 1
        reset = datetime.fromtimestamp((window + 1) * self._seconds, now.tzinfo)
        return LimitResult(
            allowed=self._used <= self.limit,
            limit=self.limit,
            remaining=max(0, self.limit - self._used),
            reset_at=reset,
            wait=max(1, math.ceil((reset - now).total_seconds())),
        )


class SlidingWindow:
    """`limit` requests in any stretch of `seconds`; a refused request does not count."""

    def __init__(self, limit: int, seconds: int, clock: Clock) -> None:
        self.limit = limit
        self._period = timedelta(seconds=seconds)
        self._clock = clock
        self._acquired: deque[datetime] = deque()

    def peek(self) -> LimitResult:
        """What `acquire` would say, without counting."""
        now = self._clock()
        while self._acquired and now - self._acquired[0] >= self._period:
            self._acquired.popleft()
        reset = (self._acquired[0] if self._acquired else now) + self._period
        left = self.limit - len(self._acquired)
        return LimitResult(
            allowed=left > 0,
            limit=self.limit,
            remaining=max(0, left - 1),
            reset_at=reset,
            wait=max(1, math.ceil((reset - now).total_seconds())),
        )

    def acquire(self) -> LimitResult:
        """Count one request if it is allowed."""
        spent = self.peek()
        if spent.allowed:
            self._acquired.append(self._clock())
        return spent
