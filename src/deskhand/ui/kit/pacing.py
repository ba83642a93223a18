"""Reading again after changes, without falling behind them."""

import asyncio
from collections.abc import Callable, Coroutine

from PySide6.QtCore import QObject, QTimer

from deskhand.sync.tasks import TaskScope

PAUSE_MS = 250
"""Between two readings: a sync commits twenty times a second, and nobody reads that fast."""


class Throttle(QObject):
    """Runs a coroutine again after changes: at once after a quiet time, never twice at a time, with a pause in between.

    Starting it anew at every change instead would cancel what takes longer than changes take to come, for as long as they come.

    Args:
        name: of its task in the scope; cancelling that ends the running turn only.
    """

    def __init__(
        self, work: Callable[[], Coroutine[object, object, None]], scope: TaskScope, name: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._scope = scope
        self._name = name
        self._requested = False
        self._running = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._pause_over)

    def request(self) -> None:
        """Something changed."""
        self._requested = True
        if not self._running:
            self._start()

    def _start(self) -> None:
        if self._scope.is_closed:
            return
        self._requested, self._running = False, True
        self._scope.replace(self._work(), name=self._name).add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled():
            self._pause.start()
            return
        # The window may be gone with its timers by now. Where it is not, something else is read at once, and this may be as well.
        self._running = False
        if self._requested:
            self._start()

    def _pause_over(self) -> None:
        self._running = False
        if self._requested:
            self._start()
