"""Every task has an owner and a name."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

Report = Callable[[str, BaseException], None]
"""Told about a task that ended with an error nobody awaited: its name and the error."""


class TaskScope:
    """Owns tasks: names them, reports their failures, cancels them on close.

    asyncio and qasync keep no strong reference to a task of their own; the scope does.
    """

    def __init__(self, name: str, report: Report) -> None:
        self._name = name
        self._report = report
        self._running: set[asyncio.Task[Any]] = set()
        self._latest: dict[str, asyncio.Task[Any]] = {}
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing begins any more."""
        return self._closed

    def start(self, work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run `work` alongside the others; once the scope is closed it is cancelled before its first step."""
        task = asyncio.create_task(work, name=f"{self._name}/{name}")  # noqa: TID251 - the one place
        self._running.add(task)
        task.add_done_callback(self._finished)
        if self._closed:  # a timer or a signal that came late: what it would need is being taken down
            task.cancel()
        return task

    def replace(self, work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
        """Run `work` and cancel the previous task of the same name."""
        if (previous := self._latest.get(name)) is not None:
            previous.cancel()
        task = self._latest[name] = self.start(work, name=name)
        return task

    def cancel(self, name: str) -> bool:
        """Cancel the task that `replace` started under this name; False where none runs."""
        task = self._latest.pop(name, None)
        return task is not None and task.cancel()

    def child(self, name: str) -> "TaskScope":
        """Return a scope of its own, in which names stand by themselves; it is closed by itself, and failures are reported as here."""
        return TaskScope(name, self._report)

    async def finish(self) -> None:
        """Wait until everything that was begun has ended, and let nothing begin any more."""
        while self._running:
            await asyncio.wait(tuple(self._running))
        self._closed = True

    async def sleep_or(self, bell: asyncio.Event, sleep: Coroutine[Any, Any, None]) -> None:
        """Return when `sleep` ends or `bell` rings, whichever is first."""
        alarm = self.start(sleep, name="alarm")
        ringing = self.start(bell.wait(), name="bell")
        try:
            await asyncio.wait({alarm, ringing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.cancel()
            ringing.cancel()

    async def aclose(self) -> None:
        """Cancel what is still running, wait until it has stopped, and let nothing begin any more."""
        while self._running:
            waiting = tuple(self._running)
            for task in waiting:
                task.cancel()
            # Not `gather`: where all of them have ended it returns at once (since Python 3.12), and none would ever be taken out.
            await asyncio.wait(waiting)
        self._closed = True

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        name = task.get_name().removeprefix(f"{self._name}/")
        if self._latest.get(name) is task:
            del self._latest[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(task.get_name(), error)
