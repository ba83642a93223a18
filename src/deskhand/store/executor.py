"""One thread that runs jobs in order and returns each result to the loop that asked."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from deskhand.domain.loops import tell

T = TypeVar("T")

Job = Callable[[], None]


class SerialExecutor:
    """A daemon thread with a queue. Jobs run one after the other; a job whose awaiting task was cancelled still runs.

    Jobs that are to be first have a queue of their own, which is emptied before the other one goes on.
    """

    def __init__(self, name: str) -> None:
        self._jobs: deque[Job] = deque()
        self._first_jobs: deque[Job] = deque()
        self._waiting: SimpleQueue[bool] = SimpleQueue()
        """True for each job that was put in, then False at the end."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._closed = False
        self._thread.start()

    async def run(self, work: Callable[[], T], *, on_done: Callable[[T], None] | None = None, first: bool = False) -> T:
        """Run `work` on the thread.

        Args:
            on_done: called with the result on the loop's thread before the awaiting task goes on, also when that task was
                cancelled meanwhile.
            first: before every job that waits and is not to be first.
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

        (self._first_jobs if first else self._jobs).append(job)
        self._waiting.put(True)
        return await future

    async def aclose(self) -> None:
        """Finish every job that was put in, and end the thread."""
        if self._closed:
            return
        self._closed = True
        loop = asyncio.get_running_loop()
        ended = loop.create_future()
        self._jobs.append(lambda: tell(loop, lambda: _set_done(ended)))
        self._waiting.put(True)
        self._waiting.put(False)
        await ended
        self._thread.join()

    def _run(self) -> None:
        while self._waiting.get():
            (self._first_jobs or self._jobs).popleft()()


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
