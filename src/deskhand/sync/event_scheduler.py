"""Runs what is due on this computer: one timer for the timed events of every kind.

The events are stored (`ports.TimedEventStore`). The scheduler sleeps until the first of them is due, and wakes when one is written
before that. What fell due while the program was closed, or the computer slept, is run as soon as its kind has a handler; an event
of a kind without one stays as it is. Each kind has a task of its own, so that a long or failing one does not hold another up.

An event is taken out after its handler has returned: a program that is killed in between runs it again. A handler therefore either
does what is right to do twice, or has its effect in the transaction that takes the event out (`store.timed_events.take_event`), which
then does nothing the second time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from deskhand.domain.changes import ChangeBus, ChangeSet, Unsubscribe
from deskhand.domain.ports import Clock, TimedEvent, TimedEventStore
from deskhand.domain.problems import DeskProblem

from .tasks import Report, TaskScope

log = logging.getLogger(__name__)

Handler = Callable[[Sequence[TimedEvent]], Awaitable[object]]
"""Does what events of one kind are about, all of which are due; raises where it could not."""

BATCH = 50
"""Events that a handler is given at a time, so that a transaction stays short however many are due."""

PAUSE_SECONDS = 0.05
"""Seconds between two batches, so that whatever an agent does goes first."""

CLOCK_CHECK_SECONDS = 60.0
"""Seconds after which a sleeping scheduler compares the wall clock: a timer does not see that it was set, or that the computer slept.
Nothing is read for it."""

FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 60.0, 3600.0
"""How long an event rests whose handler failed: doubled with each failure."""


class _Kind(NamedTuple):
    handler: Handler
    every: timedelta | None


class _Rest(NamedTuple):
    kind: str
    failures: int
    until: float


class EventScheduler:
    """Hands each timed event to the handler of its kind when it is due."""

    def __init__(self, events: TimedEventStore, clock: Clock, changes: ChangeBus, report: Report) -> None:
        self._events = events
        self._clock = clock
        self._changes = changes
        self._report = report
        self._kinds: dict[str, _Kind] = {}
        self._busy: set[str] = set()
        self._rests: dict[int, _Rest] = {}
        self._wake = asyncio.Event()
        self._scope = TaskScope("timed events", report)
        self._unsubscribe: Unsubscribe = lambda: None

    def register(self, kind: str, handler: Handler, *, every: timedelta | None = None) -> None:
        """Say who deals with a kind of events.

        Args:
            every: there is one event of this kind always: the first is due at once, each next one so long after the one before.
        """
        self._kinds[kind] = _Kind(handler, every)
        self._wake.set()

    def start(self) -> None:
        """Begin to run what is due."""
        self._unsubscribe()
        self._unsubscribe = self._changes.subscribe(self._look)
        self._scope.replace(self._run(), name="timer")

    async def aclose(self) -> None:
        """Stop. A handler that runs is cancelled; its events are run again after the next start."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        await self._scope.aclose()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                due, ticks = await self._begin_due()
            except (DeskProblem, OSError) as problem:
                log.warning("the timed events could not be read: %s", type(problem).__name__)
                due, ticks = None, self._clock.monotonic() + FIRST_RETRY_SECONDS
            await self._sleep(due, ticks)

    async def _begin_due(self) -> tuple[datetime | None, float | None]:
        """Begin with every kind of which something is due; return when the next event is due, and when the next rest ends."""
        resting = self._resting()
        idle = self._kinds.keys() - self._busy
        planned = dict(await self._events.next_due(idle, without=resting))
        now = self._clock.now()
        for kind in idle - {rest.kind for rest in resting.values()}:
            if (every := self._kinds[kind].every) is None:
                continue
            # A later time was planned while the clock was ahead.
            if kind not in planned or planned[kind] > now + every:
                planned[kind] = now if kind not in planned else now + every
                await self._events.put(TimedEvent(kind, planned[kind]))
        for kind in [kind for kind, due in planned.items() if due <= now]:
            del planned[kind]
            self._busy.add(kind)
            self._scope.start(self._work_off(kind), name=kind)
        return min(planned.values(), default=None), min((rest.until for rest in resting.values()), default=None)

    async def _sleep(self, due: datetime | None, ticks: float | None) -> None:
        """Return when either time has come, when something was written, or when the clock was set back."""
        now = self._clock.now()
        while not self._wake.is_set():
            before, now = now, self._clock.now()
            waits = [] if due is None else [(due - now).total_seconds(), CLOCK_CHECK_SECONDS]
            waits += [] if ticks is None else [ticks - self._clock.monotonic()]
            if now < before or min(waits, default=1.0) <= 0:
                return
            if waits:
                await self._scope.sleep_or(self._wake, self._clock.sleep(min(waits)))
            else:
                await self._wake.wait()

    async def _work_off(self, kind: str) -> None:
        """Hand over what is due of a kind until nothing is, in batches; after a failure one by one, to find the one that fails."""
        limit = BATCH
        try:
            while batch := await self._events.due(kind, self._clock.now(), limit, without=self._resting()):
                if await self._is_done(kind, batch):
                    limit = min(2 * limit, BATCH)
                elif len(batch) == 1:
                    self._rest(batch[0])
                else:
                    limit = 1
                await self._clock.sleep(PAUSE_SECONDS)
        except (DeskProblem, OSError) as problem:
            log.warning("timed events (%s) could not be read: %s", kind, type(problem).__name__)
            await self._clock.sleep(FIRST_RETRY_SECONDS)
        finally:
            self._busy.discard(kind)
            self._wake.set()

    async def _is_done(self, kind: str, batch: Sequence[TimedEvent]) -> bool:
        handler, every = self._kinds[kind]
        try:
            await handler(batch)
            await self._events.finish(batch, again_at=None if every is None else self._clock.now() + every)
        except (DeskProblem, OSError) as problem:
            log.warning("%d timed events (%s) failed: %s", len(batch), kind, type(problem).__name__)
            return False
        except Exception as mistake:
            self._report(f"timed event {kind}", mistake)
            return False
        for event in batch:
            self._rests.pop(event.id, None)
        return True

    def _rest(self, event: TimedEvent) -> None:
        failures = self._rests[event.id].failures + 1 if event.id in self._rests else 1
        seconds = min(FIRST_RETRY_SECONDS * 2 ** min(failures - 1, 10), LONGEST_RETRY_SECONDS)
        self._rests[event.id] = _Rest(event.kind, failures, self._clock.monotonic() + seconds)

    def _resting(self) -> dict[int, _Rest]:
        ticks = self._clock.monotonic()
        return {event_id: rest for event_id, rest in self._rests.items() if rest.until > ticks}

    def _look(self, changes: ChangeSet) -> None:
        """What was written may be due before what is waited for."""
        if changes.timed_events & self._kinds.keys() - self._busy:
            self._wake.set()
