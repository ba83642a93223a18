"""Drafts that are typed and not on disk yet: saved in order, retried after a failure, never over something newer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QObject, QTimer, Signal

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import Draft
from deskhand.services.drafts import Drafts
from deskhand.sync.tasks import TaskScope

SAVE_DELAY_MS = 400
"""What is typed is on its way to the disk this long after the last key: a kill loses less than a second (U1)."""

RETRY_MS = 5_000
"""Until the disk is tried again that did not take something."""


class DraftSaver(QObject):
    """Writes the drafts of the reply box to the store.

    One thing is done at a time, in the order in which it was asked for: a write, a send, an undo. A draft that is being sent is not
    written meanwhile, because the send ends by clearing it: what was typed since waits until then.

    Signals:
        failed: the disk did not take a draft (DeskProblem); it is tried again.
        saved: something that waited is on disk.
    """

    failed = Signal(object)
    saved = Signal()

    def __init__(self, drafts: Drafts, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._scope = scope
        self._lock = asyncio.Lock()
        self._queue: dict[tuple[TicketKey, str], Draft] = {}
        self._being_sent: Counter[tuple[TicketKey, str]] = Counter()
        self._revision = 0
        self._retry_timer = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._retry_timer.timeout.connect(self.save)

    @property
    def unsaved(self) -> list[tuple[TicketKey, Draft]]:
        """What waits, with its ticket."""
        return [(key, draft) for (key, _), draft in self._queue.items()]

    async def get(self, key: TicketKey, *kinds: str) -> list[Draft]:
        """Return drafts as they were taken last, all as of one moment; what is being sent is none. Waits for no write."""
        while True:
            revision = self._revision
            found = [
                self._queue.get((key, kind))
                or (Draft(kind, "") if self._being_sent[key, kind] else await self._drafts.get(key, kind))
                for kind in kinds
            ]
            if revision == self._revision:
                return found

    def queue(self, key: TicketKey, draft: Draft) -> None:
        """Take a draft as it is now; `save` or the end of `exclusive` puts it on disk."""
        self._queue[key, draft.kind] = draft
        self._revision += 1

    def save(self) -> "asyncio.Task[None]":
        """Put what waits on disk, in its turn."""
        return self._scope.start(self._save(), name="save draft")

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """Do something while nothing is written; what waits before it and behind it is on disk at its end."""
        async with self._lock:
            await self._flush()
            try:
                yield
            finally:
                self._revision += 1  # what is done in a turn may change drafts in the store itself, as an undo does
                await self._flush()

    def begin_sending(self, key: TicketKey, kind: str) -> None:
        """Write nothing of this draft until `sending` is through; call it in the step that empties the box."""
        self._being_sent[key, kind] += 1
        self._revision += 1
        self._queue.pop((key, kind), None)

    @asynccontextmanager
    async def sending(self, key: TicketKey, draft: Draft) -> AsyncIterator[None]:
        """Put the draft on disk, let it be sent, and write what was typed since."""
        slot = (key, draft.kind)
        async with self._lock:
            try:
                await self._save_draft(key, draft)
                yield
            finally:
                self._being_sent -= Counter([slot])
                self._revision += 1
                await self._flush()

    def queued(self, key: TicketKey, kind: str) -> Draft | None:
        """Return what was taken and is not on disk yet."""
        return self._queue.get((key, kind))

    def will_be_overwritten(self, key: TicketKey, kind: str) -> bool:
        """Whether what is in the store will not stay: something newer waits, or the end of a send clears it."""
        return (key, kind) in self._queue or self._being_sent[key, kind] > 0

    async def _save(self) -> None:
        async with self._lock:
            await self._flush()

    async def _flush(self) -> None:
        any_saved = False
        for (key, kind), draft in list(self._queue.items()):
            if self._being_sent[key, kind] or not await self._save_draft(key, draft):
                continue
            any_saved = True
            if self._queue.get((key, kind)) is draft:  # nothing newer was taken meanwhile
                del self._queue[key, kind]
                self._revision += 1
        if any_saved:
            self.saved.emit()

    async def _save_draft(self, key: TicketKey, draft: Draft) -> bool:
        try:
            await self._drafts.save(key, draft)
        except DeskProblem as problem:
            self._retry_timer.start()
            self.failed.emit(problem)
            return False
        return True
