"""The window with a long conversation open and nothing to do: what it holds and how often it wakes, told by the parent."""

import asyncio
import time
from typing import Any

from PySide6.QtWidgets import QAbstractScrollArea
from tests.benchmarks import processes
from tests.benchmarks.frames import outside, settled
from tests.benchmarks.profiles import long_ticket

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.shell import Shell


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    shell.lists.show(TicketQuery(Scope.ALL))
    shell.ticket.open(long_ticket(job["tickets"]))
    await settled(lambda: shell.lists.tickets.model.rowCount() >= job["tickets"] and shell.ticket._view is not None)
    for area, direction in ((shell.lists.tickets.view, 1), (shell._ticket_pane.conversation, -1)):
        await _scroll(area, direction * job.get("pages", 0))
    await asyncio.sleep(job["settle"])
    processes.print_figures({"idle": time.monotonic()})
    await asyncio.sleep(job["seconds"] + job["settle"] / 2)
    return {}


async def _scroll(area: QAbstractScrollArea, pages: int) -> None:
    """Scroll so many pages, up where it is less than 0; each in a turn of the loop, so that what is deleted goes."""
    bar, step = area.verticalScrollBar(), area.viewport().height() * (1 if pages > 0 else -1)
    for _ in range(abs(pages)):
        await outside(lambda: bar.setValue(bar.value() + step))
        await asyncio.sleep(0.005)
