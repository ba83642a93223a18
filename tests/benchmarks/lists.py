"""The real window's list: opening, filters, orders, and scrolling by wheel, page and thumb."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

from PySide6.QtWidgets import QApplication
from tests.benchmarks.figures import percentile, summary
from tests.benchmarks.frames import outside, settled, timed

from deskhand.domain.queries import PageIndex, Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority, State
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.shell import Shell

QUERIES = {
    "all": TicketQuery(Scope.ALL),
    "my open": TicketQuery(Scope.MINE_OPEN),
    "all, most urgent first": TicketQuery(Scope.ALL, sort=Sort.PRIORITY),
    "all, oldest first": TicketQuery(Scope.ALL, sort=Sort.OLDEST),
    "open only": TicketQuery(Scope.ALL, states=(State.OPEN,)),
    "urgent only": TicketQuery(Scope.ALL, priorities=(Priority.URGENT,)),
    "tag": TicketQuery(Scope.ALL, tag="vip"),
}


class OutlineWatch:
    """Notes when the list got its outline."""

    def __init__(self, tickets: TicketList) -> None:
        self.at = 0.0
        self._set = tickets.set_outline
        patch.object(tickets, "set_outline", self._note).start()

    def _note(self, outline: PageIndex) -> None:
        self._set(outline)
        self.at = time.perf_counter()


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    tickets = shell.lists.tickets
    watch = OutlineWatch(tickets)
    await settled(lambda: tickets.model.rowCount() > 0)
    first, whole = [], []
    for _ in range(job["rounds"]):
        for query in QUERIES.values():
            painted = await _show(shell, query)
            began = time.perf_counter()
            watch.at = 0.0
            await settled(lambda: watch.at > 0)
            first.append(painted)
            whole.append(painted + watch.at - began)
    found: dict[str, Any] = {"open": summary(first), "complete": summary(whole)}
    watch.at = 0.0
    await _show(shell, QUERIES["all"])
    await settled(lambda: watch.at > 0)
    for name, steps in (("wheel", _wheel), ("page", _page), ("thumb", _thumb), ("keys", _keys)):
        wall, cpu = await timed(steps(tickets, job["frames"]))
        found[name] = {**summary(wall), "cpu99": percentile([value * 1000 for value in cpu], 0.99)}
    return found


async def _show(shell: Shell, query: TicketQuery) -> float:
    took = 0.0

    def run() -> None:
        nonlocal took
        began = time.perf_counter()
        shell.lists.show(query)
        shell.lists.tickets.view.viewport().repaint()
        took = time.perf_counter() - began

    await outside(run)
    return took


def _wheel(tickets: TicketList, count: int) -> Iterator[Callable[[], object]]:
    bar = tickets.view.verticalScrollBar()
    bar.setValue(0)

    def scroll(number: int) -> None:
        bar.setValue((number + 1) * 60 % max(1, bar.maximum()))

    for number in range(count):
        yield partial(scroll, number)


def _page(tickets: TicketList, count: int) -> Iterator[Callable[[], object]]:
    bar = tickets.view.verticalScrollBar()
    page = tickets.view.viewport().height()
    bar.setValue(0)

    def scroll(number: int) -> None:
        bar.setValue((number + 1) * page % max(1, bar.maximum()))

    for number in range(count):
        yield partial(scroll, number)


def _thumb(tickets: TicketList, count: int) -> Iterator[Callable[[], object]]:
    rng = random.Random(2)  # noqa: S311 - repeatable, not secret
    bar = tickets.view.verticalScrollBar()
    for _ in range(count):
        yield lambda: bar.setValue(rng.randrange(max(1, bar.maximum())))


def _keys(tickets: TicketList, count: int) -> Iterator[Callable[[], object]]:
    tickets.view.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    tickets.blockSignals(True)  # the list alone: what opens beside it is measured by `threads`
    for _ in range(count):
        yield lambda: tickets.step(1)
    tickets.blockSignals(False)
