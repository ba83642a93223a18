"""How long a key takes while three accounts sync flat out and the open tickets of one of them (500 at most) are being closed.

Keys go to the window as a person's do. What each changes is painted before the clock stops, except a conversation that has to be read
from the file: that is measured by `threads`.
"""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QWidget
from tests.benchmarks import syncing
from tests.benchmarks.figures import summary
from tests.benchmarks.frames import outside, settled
from tests.benchmarks.profiles import long_ticket
from tests.benchmarks.stalls import WAITING

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.ticket_actions import CLOSE
from deskhand.ui.shell import Shell

CHANGED = 500
BETWEEN = 0.04
"""Seconds between two keys: 25 a second, as held down."""


class Timed:
    """Steps of one kind: wall and window thread's CPU seconds of each."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.own: list[float] = []

    async def do(self, press: Callable[[], object], seen: QWidget) -> None:
        """Press, paint, note how long it took, and let the program go on."""

        def run() -> None:
            began, worked = time.perf_counter(), time.thread_time()
            press()
            seen.repaint()
            self.wall.append(time.perf_counter() - began)
            self.own.append(time.thread_time() - worked)

        await outside(run)
        await asyncio.sleep(BETWEEN)

    def told(self) -> dict[str, dict[str, float]]:
        return {"wall": summary(self.wall), "own": summary(self.own)}


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    """Sync one account, change its tickets while two more come in, and press keys until all of it has ended."""
    syncing.unpaced()
    services, view = shell.services, shell.lists.tickets.view
    first, *others = job["addresses"]
    account = (await syncing.add_account(services, first, job["key"], "Bench 0")).id
    await settled(lambda: services.accounts.status(account).health not in WAITING, seconds=600, pause=0.05)
    shell.lists.show(TicketQuery(Scope.ALL))
    shell.ticket.open(long_ticket(job["tickets"]))
    await settled(lambda: shell.ticket.current() is not None)
    ids = [account]
    for number, base in enumerate(others, 1):
        ids.append((await syncing.add_account(services, base, job["key"], f"Bench {number}")).id)
    chosen = await services.lists.select(TicketQuery(Scope.OPEN, account=account), CHANGED)
    plan = await services.bulk.plan(chosen, CLOSE.decide)
    run = await services.bulk.execute(plan, "Close many")
    commands = [change.command for change in run.changes]
    box = await _reply_box(shell)
    kinds = {name: Timed() for name in ("letter", "next", "wheel", "view")}
    ends, sent = time.perf_counter() + job["seconds"], 0
    while time.perf_counter() < ends and not _all_ended(shell, ids, len(commands) - sent):
        box.setFocus()
        for letter in "We looked into it. ":
            await kinds["letter"].do(partial(QTest.keyClicks, box, letter), box.viewport())
        view.setFocus()
        for _ in range(8):
            await kinds["next"].do(partial(QTest.keyClick, view, Qt.Key.Key_Down), view.viewport())
        for step in range(8):
            await kinds["wheel"].do(partial(view.verticalScrollBar().setValue, 60 * step), view.viewport())
        for scope in (Scope.MINE_OPEN, Scope.ALL):
            await kinds["view"].do(partial(shell.lists.show, TicketQuery(scope)), view.viewport())
        items = await services.outbox.get_all(tuple(commands))
        sent = sum(not item.delivery.is_open for item in items.values())
    return {"keys": {name: kind.told() for name, kind in kinds.items()}, "sent": sent, "of": len(commands)}


def _all_ended(shell: Shell, accounts: list[Any], left: int) -> bool:
    waits = any(shell.services.accounts.status(one).health in WAITING for one in accounts)
    return not waits and not left


async def _reply_box(shell: Shell) -> QTextEdit:
    """Open the reply box of the ticket that is shown."""
    shell.ticket.keys.start_reply()

    def found() -> list[QTextEdit]:
        boxes = shell.window.findChildren(QTextEdit)
        return [one for one in boxes if one.isVisible() and one.accessibleName() == "Reply"]

    await settled(lambda: bool(found()))
    return found()[0]
