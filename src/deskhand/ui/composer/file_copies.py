"""Files on their way into our own store, each for one draft: counted, given up, and never waited for by another draft."""

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from deskhand.domain.capabilities import Limits
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import OutgoingFile
from deskhand.services.drafts import Drafts
from deskhand.sync.tasks import TaskScope

MAX_PARALLEL = 4
"""Files that are read at the same time, each by a thread; a stalled one holds up a quarter, until it is given up."""


@dataclass(frozen=True, slots=True)
class _FileCopy:
    key: TicketKey
    kind: str
    name: str
    task: "asyncio.Task[None]"


class FileCopies(QObject):
    """What is being copied.

    Signals:
        copied: the draft's ticket, its kind, and the file, which is in our own store now.
        failed: a file's name, and why it is not there.
        changed: something began or ended.
    """

    copied = Signal(object, str, object)
    failed = Signal(str, str)
    changed = Signal()

    def __init__(self, drafts: Drafts, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._scope = scope
        self._running: dict[str, _FileCopy] = {}
        self._count = 0
        self._slots = asyncio.Semaphore(MAX_PARALLEL)

    def of(self, key: TicketKey, kind: str) -> Mapping[str, str]:
        """Return what is being copied for a draft: the names of the files by the names of their copies."""
        return {name: copy.name for name, copy in self._running.items() if (copy.key, copy.kind) == (key, kind)}

    def copy(self, key: TicketKey, kind: str, paths: Sequence[Path], limits: Limits) -> None:
        """Begin to copy files."""
        for path in paths:
            mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            self._begin(key, kind, path.name, partial(self._drafts.attach_path, path, mime, limits))

    def copy_data(self, key: TicketKey, kind: str, name: str, mime: str, data: bytes, limits: Limits) -> None:
        """Begin to copy bytes."""
        self._begin(key, kind, name, partial(self._drafts.attach, name, mime, data, limits))

    def cancel(self, copy: str) -> None:
        """Give one up; nothing of it is kept."""
        if (found := self._running.get(copy)) is not None:
            found.task.cancel()

    def _begin(self, key: TicketKey, kind: str, name: str, copying: Callable[[], Awaitable[OutgoingFile]]) -> None:
        self._count += 1
        copy = str(self._count)
        task = self._scope.start(self._run(key, kind, name, copying), name="attach")
        self._running[copy] = _FileCopy(key, kind, name, task)
        task.add_done_callback(lambda _task: self._ended(copy))
        self.changed.emit()

    def _ended(self, copy: str) -> None:
        del self._running[copy]
        self.changed.emit()

    async def _run(self, key: TicketKey, kind: str, name: str, copying: Callable[[], Awaitable[OutgoingFile]]) -> None:
        try:
            async with self._slots:
                file = await copying()
        except OSError as problem:
            self.failed.emit(name, problem.strerror or type(problem).__name__)
        except DeskProblem as problem:
            self.failed.emit(name, problem.detail or type(problem).__name__)
        else:
            self.copied.emit(key, kind, file)
