"""Closes the window, or the program with it: only once what was typed is on disk."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from deskhand.sync.tasks import TaskScope
from deskhand.ui.notifications.status_line import StatusLine


class WindowClosing(QObject):
    """Ends the program, unless the disk does not take what was typed.

    Args:
        save: puts what is typed on disk; returns what is not there.
        closed: set when the program may end.
    """

    def __init__(
        self,
        save: Callable[[], Awaitable[Sequence[object]]],
        closed: asyncio.Event,
        status: StatusLine,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._save = save
        self._closed = closed
        self._status = status
        self._scope = scope
        self._window = window
        self._warned: Sequence[object] = []

    def quit(self) -> None:
        """End the program, whatever closing the window does."""
        self._scope.replace(self._save_and_close(), name="close")

    def close_window(self, *, stays: bool) -> None:
        """Close the window; with `stays` the program goes on without it."""
        if stays:
            self._scope.replace(self._save_all(), name="close")
            self._window.hide()
        else:
            self.quit()

    def rest(self) -> None:
        """Hide the window, and let nothing in it happen by itself any more: what it would read is closed next."""
        self._window.hide()
        for timer in self._window.findChildren(QTimer):
            timer.stop()

    async def _save_all(self) -> None:
        await self._save()

    async def _save_and_close(self) -> None:
        """End; where the disk refuses, only when the agent, told so, closes once more."""
        lost = await self._save()
        if lost:  # perhaps only what was typed while the rest was written
            lost = await self._save()
        if lost and lost != self._warned:
            self._warned = lost
            said = self.tr("What you typed could not be put on disk. Make room there, or close again and lose it.")
            self._status.show_message(said, seconds=60)
            return
        self._closed.set()
