"""Limits the request rate of a budget and lets interactive requests go first."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock
from deskhand.domain.problems import Throttled
from deskhand.domain.request_priority import RequestPriority

from .times import parse_time

MAX_WAIT_SECONDS = 15.0
"""Seconds of an ordered wait that a call sits out by itself; a longer one is raised, so that the account's status can say it."""

MAX_RETRY_AFTER_SECONDS = 3600.0
"""Seconds: no Retry-After holds an account longer without asking again."""

_DEFAULT_WAIT = 10.0
_BACKGROUND_SHARE = 0.8
"""What the background may use of a window, so that an agent's click always finds room."""

_JITTER = 1.02
"""A window is taken for so much longer than documented: requests do not arrive as evenly as they leave."""

_RESET_MARGIN = 1.0
"""Seconds after a told reset: it is told in whole seconds, by another clock."""

_EPOCH_FROM = 1e6
"""A larger number is a moment, in seconds or milliseconds since 1970, not a wait."""

_EPOCH_NEAR_SECONDS = 30 * 86400.0
"""Seconds around now in which a number of Retry-After is taken for a moment; further away it is a very long wait."""

_MIN_RATE_FACTOR = 1 / 16
_RECOVER_AFTER = 20
_RECOVER_BY = 1.25


@dataclass(frozen=True, slots=True)
class Window:
    """At most `requests` in any `seconds`."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RequestHistory:
    """What went before: departures, and until when each path was told to wait, in seconds since 1970."""

    sent_at: list[float] = field(default_factory=list)
    blocked_until: dict[str, float] = field(default_factory=dict)


HistoryListener = Callable[[float, float, str], None]
"""Told each departure (its time, 0, "") and each ordered wait (0, its end, the path), in seconds since 1970."""


class Pacer:
    """Lets the requests of one budget go, never more than its windows allow.

    A sliding log of departures holds for a vendor's fixed and sliding windows alike. A 429 halves the pace, every 20 good answers
    raise it by a quarter; requests that were under way together and are all refused halve it once. Nothing at all is sent while a
    vendor's Retry-After runs.

    Args:
        history: what earlier processes did.
        on_event: told what happens, for later ones.
    """

    def __init__(
        self,
        windows: Sequence[Window],
        clock: Clock,
        *,
        history: RequestHistory | None = None,
        on_event: HistoryListener | None = None,
    ) -> None:
        self._windows = tuple(windows)
        self._clock = clock
        self._sent_at: deque[float] = deque(maxlen=max((window.requests for window in windows), default=1))
        self._locks = {priority: asyncio.Lock() for priority in RequestPriority}
        self._interactive_waiting = 0
        self._blocked: dict[str, float] = {}
        self._reserved_until: dict[str, float] = {}
        self._rate_factor = 1.0
        self._successes = 0
        self._refusals = 0
        self._on_event = on_event
        if history is not None:
            for at in sorted(history.sent_at):
                self._sent_at.append(self._to_monotonic(at))
            self._blocked = {scope: self._to_monotonic(until) for scope, until in history.blocked_until.items()}

    def history(self) -> RequestHistory:
        """Return what still counts."""
        now = self._clock.monotonic()
        longest = max((window.seconds for window in self._windows), default=0.0) * _JITTER
        return RequestHistory(
            [self._to_wall_clock(at) for at in self._sent_at if now - at < longest],
            {scope: self._to_wall_clock(until) for scope, until in self._blocked.items() if until > now},
        )

    def _to_monotonic(self, wall: float) -> float:
        return self._clock.monotonic() + wall - self._clock.now().timestamp()

    def _to_wall_clock(self, ticks: float) -> float:
        return self._clock.now().timestamp() + ticks - self._clock.monotonic()

    async def acquire(self, priority: RequestPriority, scope: str = "") -> None:
        """Wait until a request may leave.

        Args:
            priority: agents go before the background.
            scope: name of a limit that counts apart (Thena's are per path); "" = the whole budget.

        Raises:
            Throttled: the vendor ordered a wait longer than `MAX_WAIT_SECONDS`; nothing was sent.
        """
        waits_for_agent = priority is RequestPriority.INTERACTIVE
        self._interactive_waiting += waits_for_agent
        try:
            async with self._locks[priority]:
                while True:
                    ordered = self._remaining_block(scope)
                    if ordered > MAX_WAIT_SECONDS:
                        raise Throttled(timedelta(seconds=ordered), "the vendor asked to wait")
                    if (pause := max(ordered, self._window_wait(priority, scope))) <= 0:
                        break
                    await self._clock.sleep(pause)
                self._sent_at.append(self._clock.monotonic())
                if self._on_event is not None:
                    self._on_event(self._clock.now().timestamp(), 0.0, "")
        finally:
            self._interactive_waiting -= waits_for_agent

    def on_success(self, headers: Mapping[str, str], scope: str = "") -> None:
        """Learn from an answer that was no refusal: speed up again, and mind what the vendor says is left."""
        self._refusals = 0
        self._successes += 1
        if self._successes >= _RECOVER_AFTER:
            self._successes = 0
            self._rate_factor = min(1.0, self._rate_factor * _RECOVER_BY)
        remaining, limit = _number(headers, "x-ratelimit-remaining"), _number(headers, "x-ratelimit-limit")
        if remaining is None:
            return
        reset = reset_after(headers, self._clock)
        if remaining <= 0 and reset:
            self._block(scope, reset)
        elif limit and remaining < limit * (1 - _BACKGROUND_SHARE) / 2:
            # Someone else uses the same budget: leave what is left to the agents.
            until = self._clock.monotonic() + (reset or 5.0)
            self._reserved_until[scope] = max(self._reserved_until.get(scope, 0.0), until)

    def on_throttled(self, wait: timedelta | None, scope: str = "") -> timedelta:
        """Learn from a 429 or a 503 that orders a wait: slow down and send nothing until it is over.

        Nothing leaves while a wait runs. What is refused then left before it with others, and all of them are one refusal.

        Returns:
            How long that is; where the vendor named no time, 10 s, doubled at every further refusal.
        """
        self._successes = 0
        left = self._remaining_block(scope)
        if left > 0:
            seconds = wait.total_seconds() if wait is not None else left
        else:
            self._rate_factor = max(_MIN_RATE_FACTOR, self._rate_factor / 2)
            seconds = wait.total_seconds() if wait is not None else _DEFAULT_WAIT * 2 ** min(self._refusals, 5)
            self._refusals += 1
        seconds = min(max(seconds, 0.0), MAX_RETRY_AFTER_SECONDS)
        self._block(scope, seconds)
        return timedelta(seconds=seconds)

    def _block(self, scope: str, seconds: float) -> None:
        until = self._clock.monotonic() + min(seconds, MAX_RETRY_AFTER_SECONDS)
        if until <= self._blocked.get(scope, 0.0):
            return
        self._blocked[scope] = until
        if self._on_event is not None:
            self._on_event(0.0, self._to_wall_clock(until), scope)

    def _remaining_block(self, scope: str) -> float:
        until = max(self._blocked.get("", 0.0), self._blocked.get(scope, 0.0))
        return until - self._clock.monotonic()

    def _window_wait(self, priority: RequestPriority, scope: str) -> float:
        """Return seconds until the windows have room for this priority."""
        now = self._clock.monotonic()
        pause = 0.0
        if priority is RequestPriority.BACKGROUND:
            pause = max(self._reserved_until.get("", 0.0), self._reserved_until.get(scope, 0.0)) - now
            if self._interactive_waiting:
                pause = max(pause, 0.05)
        share = _BACKGROUND_SHARE if priority is RequestPriority.BACKGROUND else 1.0
        for window in self._windows:
            room = max(1, int(window.requests * self._rate_factor * share))
            if len(self._sent_at) >= room:
                pause = max(pause, self._sent_at[-room] + window.seconds * _JITTER - now)
        return pause


def reset_after(headers: Mapping[str, str], clock: Clock) -> float | None:
    """Return seconds until `X-RateLimit-Reset`, which vendors write as an epoch or as seconds from now."""
    reset = _number(headers, "x-ratelimit-reset")
    if reset is None:
        return None
    if reset < _EPOCH_FROM:
        return max(0.0, reset)
    moment = parse_time(reset)
    if moment is None:
        return None
    left = (moment - clock.now()).total_seconds()
    return left + _RESET_MARGIN if left > 0 else 0.0


def retry_after(headers: Mapping[str, str], clock: Clock) -> timedelta | None:
    """Return the wait of a Retry-After header, in seconds or as a date (some write an epoch).

    None where there is none that can be read, or none that is to come: a moment that is past, less than nothing.
    """
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        moment = parse_time(text)
        seconds = math.nan if moment is None else _seconds_until(moment, clock)
    else:
        epoch = parse_time(seconds) if seconds >= _EPOCH_FROM else None
        if epoch is not None and abs((epoch - clock.now()).total_seconds()) < _EPOCH_NEAR_SECONDS:
            seconds = _seconds_until(epoch, clock)
    return None if math.isnan(seconds) or seconds < 0 else timedelta(seconds=min(seconds, MAX_RETRY_AFTER_SECONDS))


def _seconds_until(moment: datetime, clock: Clock) -> float:
    left = (moment - clock.now()).total_seconds()
    return left + _RESET_MARGIN if left > 0 else math.nan


def throttle_delay(headers: Mapping[str, str], clock: Clock) -> timedelta | None:
    """Return the wait that a 429 orders: Retry-After, else X-RateLimit-Reset.

    None where neither is there, or the reset is past: then one of the two clocks is wrong, and how long to wait is not known.
    """
    if (named := retry_after(headers, clock)) is not None:
        return named
    seconds = reset_after(headers, clock)
    return timedelta(seconds=min(seconds, MAX_RETRY_AFTER_SECONDS)) if seconds else None


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        number = float(headers.get(name, ""))
    except ValueError:
        return None
    return number if abs(number) < 1e18 else None
