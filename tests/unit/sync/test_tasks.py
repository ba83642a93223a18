"""Every task has an owner and a name."""

import asyncio
import gc

import pytest

from deskhand.sync.tasks import TaskScope


class Reports(list):
    def __call__(self, name: str, error: BaseException) -> None:
        self.append((name, error))


async def for_ever(started: asyncio.Event) -> None:
    started.set()
    await asyncio.Event().wait()


async def test_a_failure_nobody_awaits_is_reported_with_its_name():
    reports = Reports()
    scope = TaskScope("account", reports)

    async def fail() -> None:
        raise ValueError("oh")

    task = scope.start(fail(), name="walk")
    await asyncio.wait({task})
    await asyncio.sleep(0)
    ((name, error),) = reports
    assert (name, str(error)) == ("account/walk", "oh")


async def test_starting_a_named_task_again_replaces_the_first():
    scope, one, two = TaskScope("pane", Reports()), asyncio.Event(), asyncio.Event()
    first = scope.replace(for_ever(one), name="thread")
    await one.wait()
    second = scope.replace(for_ever(two), name="thread")
    await two.wait()
    assert first.cancelled()
    assert not second.done()
    assert scope.cancel("thread")
    assert not scope.cancel("thread")
    await scope.aclose()
    assert second.cancelled()


async def test_closing_waits_until_everything_has_stopped_even_what_starts_more():
    reports = Reports()
    scope, started, tidied = TaskScope("x", reports), asyncio.Event(), []

    async def stubborn() -> None:
        try:
            await for_ever(started)
        finally:
            scope.start(late(), name="late")
            await asyncio.sleep(0)
            tidied.append("stubborn")

    async def late() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append("late")

    scope.start(stubborn(), name="stubborn")
    await started.wait()
    await scope.aclose()
    assert set(tidied) == {"stubborn", "late"}
    assert not reports


async def test_closing_ends_beside_a_task_that_has_just_ended():
    reports = Reports()
    scope = TaskScope("x", reports)

    async def fail() -> None:
        raise ValueError("oh")

    task = scope.start(fail(), name="short")
    await asyncio.sleep(0)  # the task has ended, and nobody was told yet
    assert task.done()
    await scope.aclose()
    ((name, error),) = reports
    assert (name, str(error)) == ("x/short", "oh")


async def test_a_task_lives_as_long_as_it_runs_without_anybody_holding_it():
    scope, go = TaskScope("x", Reports()), asyncio.Event()
    ended = []

    async def work() -> None:
        await go.wait()
        ended.append(True)

    scope.start(work(), name="work")
    gc.collect()
    go.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert ended
    await scope.aclose()


@pytest.mark.parametrize("rings", [True, False])
async def test_a_sleep_ends_by_its_bell_or_by_itself_and_leaves_nothing_behind(rings):
    scope, bell, alarm = TaskScope("x", Reports()), asyncio.Event(), asyncio.Event()

    async def sleep() -> None:
        await alarm.wait()

    (bell if rings else alarm).set()
    await scope.sleep_or(bell, sleep())
    await scope.aclose()
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("x/")]


async def test_nothing_begins_after_the_end():
    reports = Reports()
    scope = TaskScope("x", reports)
    begun = []

    async def late() -> None:
        begun.append(True)

    await scope.aclose()
    task = scope.start(late(), name="late")
    await asyncio.wait({task})
    assert task.cancelled()
    assert not begun
    assert not reports
