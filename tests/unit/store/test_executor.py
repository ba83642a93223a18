import asyncio
import threading

import pytest

from deskhand.store.executor import SerialExecutor
from deskhand.sync.tasks import TaskScope


async def test_a_job_that_is_to_be_first_runs_before_those_that_wait_but_not_before_another_such():
    executor, begun, go_on = SerialExecutor("test"), asyncio.Event(), threading.Event()
    scope = TaskScope("test", lambda name, error: None)
    loop = asyncio.get_running_loop()
    order: list[str] = []

    def hold() -> None:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait()

    async def put_in(name: str, *, first: bool) -> None:
        await executor.run(lambda: order.append(name), first=first)

    holding = scope.start(executor.run(hold), name="hold")
    await begun.wait()
    named = (("a", False), ("b", False), ("typed", True), ("typed next", True))
    waiting = [scope.start(put_in(name, first=first), name=name) for name, first in named]
    await asyncio.sleep(0)  # each is in the queue now
    go_on.set()
    await asyncio.gather(holding, *waiting)
    assert order == ["typed", "typed next", "a", "b"]
    await executor.aclose()
    await scope.aclose()


async def test_closing_runs_what_was_put_in_and_takes_nothing_more():
    executor = SerialExecutor("test")
    scope = TaskScope("test", lambda name, error: None)
    order: list[int] = []

    async def put_in(number: int) -> None:
        await executor.run(lambda: order.append(number), first=number % 2 == 0)

    waiting = [scope.start(put_in(number), name=str(number)) for number in range(10)]
    await asyncio.sleep(0)
    await executor.aclose()
    await asyncio.gather(*waiting)
    assert sorted(order) == list(range(10))
    with pytest.raises(RuntimeError):
        await executor.run(lambda: None)
    await scope.aclose()
