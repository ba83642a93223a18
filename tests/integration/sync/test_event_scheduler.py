"""What is due happens at its time, once, whatever the clock, the program and the handlers do."""

import asyncio
import itertools
import random
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.helpers.stepped_clock import SteppedClock, asleep
from tests.helpers.store_fixtures import ACCOUNT, KEY, START
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.changes import ChangeBus
from deskhand.domain.ports import TimedEvent
from deskhand.domain.problems import DiskFull
from deskhand.store import DeskStore, open_store
from deskhand.store.timed_events import put_event, take_event
from deskhand.sync.event_scheduler import (
    BATCH,
    CLOCK_CHECK_SECONDS,
    FIRST_RETRY_SECONDS,
    LONGEST_RETRY_SECONDS,
    PAUSE_SECONDS,
    EventScheduler,
    Handler,
)

REMINDER, BACK, DAILY, NEVER = "reminder", "back", "daily", "never"
FAR_OFF = START + timedelta(days=99_999)
FRAME_SECONDS = 0.016


@dataclass
class Scene:
    """A store with a scheduler over it, and what was handed to whom."""

    store: DeskStore
    clock: SteppedClock
    scheduler: EventScheduler
    reports: list[tuple[str, BaseException]] = field(default_factory=list)
    handed: asyncio.Queue[tuple[TimedEvent, ...]] = field(default_factory=asyncio.Queue)

    async def plan(self, kind: str, subject: str = "1", due: datetime = START, payload: str = "") -> None:
        await self.store.timed_events.put(TimedEvent(kind, due, ACCOUNT, subject, payload))

    async def take_down(self, events: Sequence[TimedEvent]) -> None:
        """Handle events: write down what came."""
        self.handed.put_nowait(tuple(events))

    async def next(self) -> list[str]:
        """Return the subjects that are handed over next."""
        async with asyncio.timeout(WAIT_SECONDS):
            return [event.subject for event in await self.handed.get()]

    async def asleep(self) -> float:
        """Wait until everything is done that is due; returns how long the timer sleeps then."""
        return await asleep(self.scheduler, self.clock)

    async def planned(self, *kinds: str) -> list[str]:
        found: list[str] = []
        for kind in kinds:
            events = await self.store.timed_events.due(kind, FAR_OFF, 10_000, without=())
            found += [event.subject for event in events]
        return found


@asynccontextmanager
async def scene(folder: Path, clock: SteppedClock | None = None, **handlers: Handler | None) -> AsyncIterator[Scene]:
    """Open a store and start a scheduler; a handler of None writes down what comes. Something is planned that is never due."""
    clock = clock or SteppedClock(short=PAUSE_SECONDS)
    store = open_store(folder, KEY, clock, ChangeBus())
    reports: list[tuple[str, BaseException]] = []
    scheduler = EventScheduler(store.timed_events, clock, store.changes, lambda *told: reports.append(told))
    at = Scene(store, clock, scheduler, reports)
    await at.plan(NEVER, due=FAR_OFF)
    for kind, handler in {NEVER: None, **handlers}.items():
        scheduler.register(kind, handler or at.take_down)
    scheduler.start()
    try:
        yield at
    finally:
        await scheduler.aclose()
        await store.aclose()


async def test_an_event_is_handed_over_at_its_time_and_taken_out(tmp_path):
    async with scene(tmp_path, reminder=None) as at:
        await at.plan(REMINDER, due=START + timedelta(seconds=30))
        assert await at.asleep() == 30
        at.clock.advance(29)
        assert at.handed.empty()
        at.clock.advance(1)
        assert await at.next() == ["1"]
        await at.asleep()
        assert await at.planned(REMINDER) == []


async def test_an_event_written_while_the_timer_sleeps_is_not_late(tmp_path):
    async with scene(tmp_path, reminder=None) as at:
        await at.plan(REMINDER, "late", START + timedelta(seconds=50))
        assert await at.asleep() == 50
        await at.plan(REMINDER, "soon", START + timedelta(seconds=10))
        assert await at.asleep() == 10
        await at.plan(REMINDER, "now")
        assert await at.next() == ["now"]


async def test_nothing_is_read_while_nothing_is_due(tmp_path):
    async with scene(tmp_path, reminder=None) as at:
        await at.plan(REMINDER, due=START + timedelta(days=3))
        assert await at.asleep() == CLOCK_CHECK_SECONDS
        at.store.timed_events._database = None  # type: ignore[assignment]  # whoever reads fails
        for _ in range(20):
            at.clock.advance(CLOCK_CHECK_SECONDS)
            assert await at.asleep() == CLOCK_CHECK_SECONDS
        assert at.reports == []


async def test_what_fell_due_while_the_program_was_closed_happens_at_the_start(tmp_path):
    async with scene(tmp_path) as at:
        await at.plan(REMINDER, "1", START + timedelta(hours=1))
        await at.plan(BACK, "2", START + timedelta(hours=2))
    async with scene(tmp_path, SteppedClock(START + timedelta(days=9), short=1), reminder=None) as at:
        assert await at.next() == ["1"]
        await at.asleep()
        assert await at.planned(REMINDER, BACK) == ["2"]  # nobody deals with this kind yet
        at.scheduler.register(BACK, at.take_down)
        assert await at.next() == ["2"]


async def test_a_handler_that_fails_gets_the_event_again_later_and_later_and_holds_no_other_up(tmp_path):
    tries: list[float] = []

    async def fail_one(events: Sequence[TimedEvent]) -> None:
        if any(event.subject == "bad" for event in events):
            if len(events) == 1:
                tries.append(at.clock.monotonic())
            raise DiskFull
        await at.take_down(events)

    async with scene(tmp_path, reminder=fail_one, back=None) as at:
        for subject in ("a", "bad", "b", "c"):
            await at.plan(BACK if subject == "c" else REMINDER, subject)
        await at.asleep()
        assert await at.planned(REMINDER, BACK) == ["bad"]
        assert {subject for _ in range(at.handed.qsize()) for subject in await at.next()} == {"a", "b", "c"}
        while len(tries) < 10:
            at.clock.advance(await at.asleep())
        waits = [round(later - earlier) for earlier, later in itertools.pairwise(tries)]
        assert waits[:3] == [FIRST_RETRY_SECONDS, 2 * FIRST_RETRY_SECONDS, 4 * FIRST_RETRY_SECONDS]
        assert waits[-1] == LONGEST_RETRY_SECONDS
        assert at.reports == []  # a full disk is no mistake of ours


async def test_a_mistake_in_a_handler_is_reported_and_mended_by_the_next_try(tmp_path):
    broken = [ValueError("oh")]

    async def handle(events: Sequence[TimedEvent]) -> None:
        if broken:
            raise broken.pop()
        await at.take_down(events)

    async with scene(tmp_path, reminder=handle) as at:
        await at.plan(REMINDER)
        await at.asleep()
        assert await at.planned(REMINDER) == ["1"]
        at.clock.advance(FIRST_RETRY_SECONDS)
        assert await at.next() == ["1"]
        assert [(name, str(mistake)) for name, mistake in at.reports] == [("timed event reminder", "oh")]


async def test_a_store_that_cannot_be_read_is_asked_again(tmp_path):
    async with scene(tmp_path, reminder=None) as at:
        await at.asleep()
        events, refusals = at.store.timed_events, [DiskFull(), DiskFull()]
        next_due = events.next_due

        async def refuse(*args, **kwargs):
            if refusals:
                raise refusals.pop()
            return await next_due(*args, **kwargs)

        events.next_due = refuse  # type: ignore[method-assign]
        await at.plan(REMINDER)
        assert await at.asleep() == FIRST_RETRY_SECONDS
        at.clock.advance(FIRST_RETRY_SECONDS)
        assert await at.asleep() == FIRST_RETRY_SECONDS
        at.clock.advance(FIRST_RETRY_SECONDS)
        assert await at.next() == ["1"]


async def test_a_long_handler_holds_no_other_kind_up(tmp_path):
    async def take_long(_events: Sequence[TimedEvent]) -> None:
        await asyncio.Event().wait()

    async with scene(tmp_path, reminder=None, daily=take_long) as at:
        await at.plan(DAILY)
        for n in range(3):
            await at.plan(REMINDER, str(n))
            assert await at.next() == [str(n)]
        assert await at.planned(DAILY) == ["1"]


async def test_an_event_planned_anew_while_its_handler_runs_comes_again(tmp_path):
    async def put_off_once(events: Sequence[TimedEvent]) -> None:
        if events[0].payload == "first":
            await at.plan(REMINDER, "1", at.clock.now() + timedelta(seconds=20), "second")
        await at.take_down(events)

    async with scene(tmp_path, reminder=put_off_once) as at:
        await at.plan(REMINDER, "1", START, "first")
        assert await at.next() == ["1"]
        assert 19 < await at.asleep() <= 20
        at.clock.advance(20)
        assert await at.next() == ["1"]


async def test_closing_cancels_a_handler_and_the_event_comes_again(tmp_path):
    started = asyncio.Event()

    async def never_end(_events: Sequence[TimedEvent]) -> None:
        started.set()
        await asyncio.Event().wait()

    async with scene(tmp_path, reminder=never_end) as at:
        await at.plan(REMINDER)
        await started.wait()
    async with scene(tmp_path, reminder=None) as at:
        assert await at.next() == ["1"]


async def test_a_periodic_event_comes_at_once_then_so_long_after_each_time_also_over_a_restart(tmp_path):
    every = timedelta(seconds=40)
    async with scene(tmp_path) as at:
        at.scheduler.register(DAILY, at.take_down, every=every)
        assert await at.next() == [""]
        for _ in range(3):
            assert 39 < await at.asleep() <= 40
            at.clock.advance(40)
            assert await at.next() == [""]
        await at.asleep()
        now = at.clock.now()
    async with scene(tmp_path, SteppedClock(now + timedelta(seconds=15), short=1)) as at:
        at.scheduler.register(DAILY, at.take_down, every=every)
        assert 24 < await at.asleep() <= 25
        assert at.handed.empty()


async def test_a_computer_that_slept_or_a_clock_set_forward_is_noticed_within_a_minute(tmp_path):
    async with scene(tmp_path, reminder=None) as at:
        await at.plan(REMINDER, due=START + timedelta(hours=8))
        assert await at.asleep() == CLOCK_CHECK_SECONDS
        at.clock.set_wall_clock(START + timedelta(hours=9))
        at.clock.advance(CLOCK_CHECK_SECONDS)
        assert await at.next() == ["1"]


async def test_a_clock_set_back_puts_off_what_was_planned_by_it(tmp_path):
    due = START + timedelta(seconds=50)
    async with scene(tmp_path, reminder=None) as at:
        await at.plan(REMINDER, due=due)
        assert await at.asleep() == 50
        at.clock.set_wall_clock(START - timedelta(seconds=100))
        while await at.asleep() and at.clock.now() + timedelta(seconds=1) < due:
            assert at.handed.empty()
            at.clock.advance(min(await at.asleep(), 5))
        at.clock.advance(1)
        assert await at.next() == ["1"]


@pytest.mark.parametrize("is_running", [True, False])
async def test_a_periodic_event_planned_while_the_clock_was_years_ahead_comes_all_the_same(tmp_path, is_running):
    every, clock = timedelta(hours=1), SteppedClock(START + timedelta(days=4000), short=1)
    async with scene(tmp_path, clock) as at:
        at.scheduler.register(DAILY, at.take_down, every=every)
        assert await at.next() == [""]
        await at.asleep()
        clock.set_wall_clock(START)
        for _ in range(63 if is_running else 0):
            clock.advance(await at.asleep())
        if is_running:
            assert await at.next() == [""]
    async with scene(tmp_path, clock) as at:
        at.scheduler.register(DAILY, at.take_down, every=every)
        for _ in range(63):
            clock.advance(await at.asleep())
        assert await at.next() == [""]


def count_effect(store: DeskStore) -> Handler:
    """Return a handler whose effect, a figure in the settings, is in the transaction that takes the event out."""

    async def handle(events: Sequence[TimedEvent]) -> None:
        def effect(work):
            for event in events:
                if take_event(work, event):
                    work.db.execute(
                        "INSERT INTO settings(key, value) VALUES(?, '1') ON CONFLICT DO UPDATE SET value = value + 1",
                        (f"effect.{event.subject}.{event.payload}",),
                    )

        await store._database.write(effect)

    return handle


async def effects(store: DeskStore) -> dict[str, str]:
    """Return how often each event had its effect, by subject and payload."""
    found = await store.settings.with_prefix("effect.")
    return {key.removeprefix("effect."): count for key, count in found.items()}


async def test_a_kill_between_the_effect_and_its_end_has_no_second_effect(tmp_path):
    async def handle(events: Sequence[TimedEvent]) -> None:
        await count_effect(at.store)(events)
        shutil.copytree(tmp_path / "running", tmp_path / "killed")

    async with scene(tmp_path / "running") as at:
        for n in range(5):
            await at.plan(REMINDER, str(n))
        at.scheduler.register(REMINDER, handle)
        await at.asleep()
    async with scene(tmp_path / "killed") as at:
        at.scheduler.register(REMINDER, count_effect(at.store))
        await at.asleep()
        assert await effects(at.store) == {f"{n}.": "1" for n in range(5)}
        assert await at.planned(REMINDER) == []


async def test_a_kill_before_the_end_of_a_handler_runs_it_again(tmp_path):
    async def handle(events: Sequence[TimedEvent]) -> None:
        await at.take_down(events)
        shutil.copytree(tmp_path / "running", tmp_path / "killed")

    async with scene(tmp_path / "running", reminder=handle) as at:
        await at.plan(REMINDER)
        assert await at.next() == ["1"]
        await at.asleep()
        assert await at.planned(REMINDER) == []
    async with scene(tmp_path / "killed", reminder=None) as at:
        assert await at.next() == ["1"]


async def test_thousands_due_at_once_come_in_small_batches_and_leave_every_frame_free(tmp_path):
    count = 5000
    sizes: list[int] = []

    async def handle(events: Sequence[TimedEvent]) -> None:
        await count_effect(at.store)(events)
        sizes.append(len(events))

    def plan(work):
        for n in range(count):
            put_event(work, TimedEvent(REMINDER, START, ACCOUNT, str(n)))

    async with scene(tmp_path) as at:
        await at.store._database.write(plan)
        frames: list[float] = []

        async def draw_frames() -> None:
            """Note how long this thread works between two turns of the loop; the time that others take does not count."""
            while sum(sizes) < count:
                worked = time.thread_time()
                await asyncio.sleep(0)
                frames.append(time.thread_time() - worked)

        at.scheduler.register(REMINDER, handle)
        async with asyncio.timeout(WAIT_SECONDS):
            await draw_frames()
        await at.asleep()
        assert max(frames) < FRAME_SECONDS
        assert max(sizes) == BATCH
        found = await effects(at.store)
        assert (len(found), set(found.values())) == (count, {"1"})


@pytest.mark.parametrize("seed", range(10))
async def test_every_plan_has_its_effect_once_and_never_early_through_kills_failures_and_clocks(tmp_path, seed):
    """A random day: plans made and changed, failing handlers, a wall clock that is set, programs closed and killed."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    clock, numbers = SteppedClock(short=PAUSE_SECONDS), itertools.count()
    current: dict[str, str] = {}
    folder = tmp_path / "0"
    early: list[str] = []
    killed: list[tuple[Path, dict[str, str]]] = []

    async def handle(events: Sequence[TimedEvent]) -> None:
        early.extend(event.subject for event in events if event.due > clock.now())
        if dice.random() < 0.2:
            raise DiskFull
        await count_effect(at.store)(events)
        if dice.random() < 0.2:  # what a copy of the files holds now is what a kill leaves
            killed.append((tmp_path / str(next(numbers) + 1), dict(current)))
            shutil.copytree(folder, killed[-1][0])
        if dice.random() < 0.2:
            raise ValueError("after the effect")

    for _ in range(8):
        async with scene(folder, clock, reminder=handle) as at:
            for _ in range(12):
                await at.asleep()
                if killed:
                    break
                match dice.randrange(5):
                    case 0 | 1:
                        subject, plan = str(dice.randrange(6)), str(next(numbers))
                        current[subject] = plan
                        await at.plan(REMINDER, subject, clock.now() + timedelta(seconds=dice.randrange(-5, 300)), plan)
                    case 2:
                        clock.set_wall_clock(clock.now() + timedelta(seconds=dice.randrange(-400, 400)))
                    case _:
                        clock.advance(dice.randrange(1, 90))
        if killed:
            folder, current = killed.pop()
            killed.clear()
    async with scene(folder, clock) as at:
        at.scheduler.register(REMINDER, count_effect(at.store))
        while await at.asleep() and await at.planned(REMINDER):
            clock.advance(await at.asleep())
        found = await effects(at.store)
        assert {f"{subject}.{plan}" for subject, plan in current.items()} <= found.keys()
        assert set(found.values()) <= {"1"}
        assert early == []
