"""How long a key in the search box takes until its text is painted, while the list shows what was found for the keys before."""

import asyncio
import time
from itertools import cycle
from typing import Any

from PySide6.QtTest import QTest
from tests.benchmarks.figures import summary

from deskhand.ui.shell import Shell

TYPED = ("is:open priority>=high refund", "from:customer waiting>4h", "tag:refund or state:pending", "has:attachmant x")
"""What is typed, letter by letter: conditions, words, alternatives, a mistake."""


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    """Open the box again and again and type into it."""
    search = shell.search
    keys: list[float] = []
    own: list[float] = []
    found: list[float] = []
    for _, text in zip(range(job["rounds"]), cycle(TYPED), strict=False):
        search.open()
        search.bar.edit.selectAll()
        for letter in text:
            began, worked = time.perf_counter(), time.thread_time()
            QTest.keyClicks(search.bar.edit, letter)
            search.bar.edit.viewport().repaint()
            keys.append(time.perf_counter() - began)
            own.append(time.thread_time() - worked)
            await asyncio.sleep(0.03)
        began = time.perf_counter()
        while search.count is None and time.perf_counter() - began < 2:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.001)
        if search.count is not None:
            found.append(time.perf_counter() - began)
        search.end()
        await asyncio.sleep(0.01)
    return {"key": summary(keys), "own": summary(own), "found": summary(found or [2.0])}
