"""The window with a long conversation open and nothing to do: what it holds and how often it wakes, told by the parent."""

import asyncio
import time
from typing import Any

from tests.benchmarks import processes
from tests.benchmarks.frames import settled
from tests.benchmarks.profiles import long_ticket

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.shell import Shell


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    shell.lists.show(TicketQuery(Scope.ALL))
    shell.ticket.open(long_ticket(job["tickets"]))
    await settled(lambda: shell.lists.tickets.model.rowCount() >= job["tickets"] and shell.ticket._view is not None)
    await asyncio.sleep(job["settle"])
    processes.print_figures({"idle": time.monotonic()})
    await asyncio.sleep(job["seconds"] + job["settle"] / 2)
    return {}
