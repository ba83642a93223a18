"""How many requests fit into a stretch of time."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand_sandbox.tokens import Clock


@dataclass(frozen=True, slots=True)
class Spent:
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

    def take(self) -> Spent:
        """Count one request, allowed or not."""
        now = self._clock()
        window = int(now.timestamp()) // self._seconds
        if window != self._window:
            self._window, self._used = window, 0
        self._used += 1
        reset = datetime.fromtimestamp((window + 1) * self._seconds, now.tzinfo)
        return Spent(
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
        self._stretch = timedelta(seconds=seconds)
        self._clock = clock
        self._taken: deque[datetime] = deque()

    def look(self) -> Spent:
        """What `take` would say, without counting."""
        now = self._clock()
        while self._taken and now - self._taken[0] >= self._stretch:
            self._taken.popleft()
        reset = (self._taken[0] if self._taken else now) + self._stretch
        left = self.limit - len(self._taken)
        return Spent(
            allowed=left > 0,
            limit=self.limit,
            remaining=max(0, left - 1),
            reset_at=reset,
            wait=max(1, math.ceil((reset - now).total_seconds())),
        )

    def take(self) -> Spent:
        """Count one request if it is allowed."""
        spent = self.look()
        if spent.allowed:
            self._taken.append(self._clock())
        return spent
