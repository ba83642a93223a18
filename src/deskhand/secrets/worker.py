"""One daemon thread that runs one call at a time, and may be left behind when a call never returns."""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from deskhand.domain.loops import tell

T = TypeVar("T")
Translate = Callable[[Exception], Exception]


def _unchanged(problem: Exception) -> Exception:
    return problem


class _Job:
    def __init__(self, call: Callable[[], Any], translate: Translate) -> None:
        self.call = call
        self.translate = translate
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.abandoned = threading.Event()

    def run(self) -> None:
        if self.abandoned.is_set():
            return
        result, problem = None, None
        try:
            result = self.call()
        except Exception as found:
            # One of the few places that catch everything: keyring's backends raise D-Bus, COM and file errors that are no
            # KeyringError (platform reference 5), and whatever it is belongs to the caller, not to this thread.
            problem = self.translate(found)
        tell(self.loop, lambda: self._finish(result, problem))

    def _finish(self, result: object, problem: Exception | None) -> None:
        if self.future.done():
            return
        if problem is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(problem)


class Worker:
    """Runs blocking calls in order, off the calling thread.

    Args:
        name: of the thread, for diagnostics.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T], seconds: float | None = None, translate: Translate = _unchanged) -> T:
        """Return what the call returns.

        A call that is given up before it began is not made; one that began runs on unseen, and later calls wait behind it.

        Args:
            call: blocking, run in the thread.
            seconds: how long to wait, the time behind earlier calls included; None waits until cancelled.
            translate: turns what the call raises into what the caller shall see; runs in the thread.

        Raises:
            TimeoutError: it took longer.
        """
        if self._thread is None:
            # A daemon, because a hung call must not keep the process alive.
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        job = _Job(call, translate)
        self._jobs.put(job)
        try:
            async with asyncio.timeout(seconds):
                result: T = await job.future
                return result
        finally:
            job.abandoned.set()

    def close(self) -> None:
        """Let the thread end after the calls that wait. Does not wait for it."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()
