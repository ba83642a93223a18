"""A conversation of 1,000 messages in the real window: from the click to the first paint, and scrolling through it."""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from PySide6.QtWidgets import QScrollBar
from tests.benchmarks.figures import percentile, summary
from tests.benchmarks.frames import settled, timed
from tests.benchmarks.profiles import long_ticket

from deskhand.ui.shell import Shell
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.thread_model import ThreadView


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    conversation = shell._ticket_pane.conversation
    key = long_ticket(job["tickets"])
    shown: list[float] = []
    whole: list[float] = []
    gui: list[float] = []
    _watch(conversation, gui, shown)
    for _ in range(job["rounds"]):
        shell.ticket.open(None)
        await settled(lambda: shell.ticket._view is None)
        shown.clear()
        began = time.perf_counter()
        shell.ticket.open(key)
        await settled(lambda: bool(shown))
        whole.append(shown[0] - began)
    found: dict[str, Any] = {"click": summary(whole), "window": summary(gui)}
    bar = conversation.verticalScrollBar()
    for name, steps in (("wheel", _wheel), ("page", _page), ("thumb", _thumb)):
        wall, cpu = await timed(steps(bar, conversation.viewport().height(), job["frames"]))
        found[name] = {**summary(wall), "cpu99": percentile([value * 1000 for value in cpu], 0.99)}
    return found


def _watch(conversation: Conversation, gui: list[float], shown: list[float]) -> None:
    """Note how long the window's thread takes to show a conversation and paint it, and when that is done."""
    show = conversation.set_thread

    def set_thread(view: ThreadView | None) -> None:
        began = time.perf_counter()
        show(view)
        if view is not None and view.messages:
            conversation.viewport().repaint()
            gui.append(time.perf_counter() - began)
            shown.append(time.perf_counter())

    patch.object(conversation, "set_thread", set_thread).start()


def _wheel(bar: QScrollBar, _page_height: int, count: int) -> Iterator[Callable[[], object]]:
    for _ in range(count):
        yield lambda: bar.setValue(bar.value() - 60)


def _page(bar: QScrollBar, page: int, count: int) -> Iterator[Callable[[], object]]:
    for _ in range(count // 4):
        yield lambda: bar.setValue(bar.value() - page)


def _thumb(bar: QScrollBar, _page_height: int, count: int) -> Iterator[Callable[[], object]]:
    rng = random.Random(4)  # noqa: S311 - repeatable, not secret
    for _ in range(count // 4):
        yield lambda: bar.setValue(rng.randrange(max(1, bar.maximum())))
