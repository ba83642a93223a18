"""A profile's disk with its moods, and a clipboard."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import apsw
from PySide6.QtWidgets import QApplication
from tests.helpers.narrowing import instance
from tests.helpers.running import Desk

from deskhand.store import DeskStore


async def disk(desk: Desk, *, full: bool) -> None:
    """Let the files of the profile grow, or not."""

    def limit(db: apsw.Connection) -> None:
        db.pragma("max_page_count", db.pragma("page_count") if full else 1_000_000)

    await instance(desk.house.drafts._store, DeskStore)._database.maintain(limit)


def paste(desk: Desk, words: str) -> None:
    QApplication.clipboard().setText(words)
    desk.click(desk.text("Reply"))
    desk.key("Ctrl+V")


@asynccontextmanager
async def standing_disk(desk: Desk) -> AsyncIterator[None]:
    """Let nothing be written until the block ends."""
    goes_on, stands = threading.Event(), threading.Event()

    def stand(_db: apsw.Connection) -> None:
        stands.set()
        goes_on.wait(60)

    async with asyncio.TaskGroup() as group:
        group.create_task(instance(desk.house.drafts._store, DeskStore)._database.maintain(stand))
        try:
            await desk.until(stands.is_set)
            yield
        finally:
            goes_on.set()
