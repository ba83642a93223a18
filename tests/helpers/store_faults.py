"""A profile's disk that is full or blocks, and the clipboard."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import apsw
from PySide6.QtWidgets import QApplication
from tests.helpers.app_driver import AppDriver
from tests.helpers.narrowing import instance

from deskhand.store import DeskStore


async def limit_disk(driver: AppDriver, *, full: bool) -> None:
    """Let the files of the profile grow, or not."""

    def limit(db: apsw.Connection) -> None:
        db.pragma("max_page_count", db.pragma("page_count") if full else 1_000_000)

    await instance(driver.services.drafts._store, DeskStore)._database.maintain(limit)


def paste(driver: AppDriver, text: str) -> None:
    QApplication.clipboard().setText(text)
    driver.click(driver.text_edit("Reply"))
    driver.key("Ctrl+V")


@asynccontextmanager
async def stalled_disk(driver: AppDriver) -> AsyncIterator[None]:
    """Let nothing be written until the block ends."""
    resume, blocked = threading.Event(), threading.Event()

    def stand(_db: apsw.Connection) -> None:
        blocked.set()
        resume.wait(60)

    async with asyncio.TaskGroup() as group:
        group.create_task(instance(driver.services.drafts._store, DeskStore)._database.maintain(stand))
        try:
            await driver.wait_until(blocked.is_set)
            yield
        finally:
            resume.set()


@asynccontextmanager
async def stalled_outlines(driver: AppDriver) -> AsyncIterator[None]:
    """Let no list be counted, and nothing be looked for, until the block ends."""
    resume, blocked = threading.Event(), threading.Event()

    def stand(_db: apsw.Connection) -> None:
        blocked.set()
        resume.wait(60)

    async with asyncio.TaskGroup() as group:
        group.create_task(instance(driver.services.drafts._store, DeskStore)._database.scan(stand))
        try:
            await driver.wait_until(blocked.is_set)
            yield
        finally:
            resume.set()
