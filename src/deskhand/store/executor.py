"""One thread that runs jobs in order and returns each result to the loop that asked."""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from deskhand.domain.loops import tell

T = TypeVar("T")

Job = Callable[[], None]


class SerialExecutor:
    """A daemon thread with a queue. Jobs run one after the other; a job whose awaiting task was cancelled still runs."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._closed = False
        self._thread.start()

    async def run(self, work: Callable[[], T], *, on_done: Callable[[T], None] | None = None) -> T:
        """Run `work` on the thread.

        Args:
            afterwards: called with the result on the loop's thread before the awaiting task goes on, also when that task was
                cancelled meanwhile.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            result: Any = None
            error: BaseException | None = None
            try:
                result = work()
            except BaseException as caught:
                error = caught
            tell(loop, lambda: _finish(future, result, error, on_done))

        self._jobs.put(job)
        return await future

    async def aclose(self) -> None:
        """Finish every job that was put in, and end the thread."""
        if self._closed:
            return
        self._closed = True
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        self._jobs.put(lambda: tell(loop, lambda: _set_done(ended)))
        self._jobs.put(None)
        await ended
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _set_done(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _finish(
    future: "asyncio.Future[T]", result: T, error: BaseException | None, on_done: Callable[[T], None] | None
) -> None:
    try:
        if error is None and on_done is not None:
            on_done(result)
    finally:  # whatever a listener does: what was written is written, and its writer goes on
        if future.cancelled():
            pass
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)
