"""How long the palette takes to open and to answer a key: until its list is painted, and until tickets and people stand in it."""

import asyncio
import time
from itertools import cycle
from typing import Any

from PySide6.QtWidgets import QLineEdit
from tests.benchmarks.figures import summary

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.palette.command_palette import CommandPalette
from deskhand.ui.palette.entries import Section
from deskhand.ui.palette.entry_list import EntryList
from deskhand.ui.shell import Shell

TYPED = ("close", "erledigt", "assign agent", "refund", "customer 12", "@cust", "#100123", "bovu")
"""What is typed, letter by letter: actions, values, people, numbers, words."""


async def measure(shell: Shell, job: dict[str, Any]) -> dict[str, Any]:
    """Open the palette on a ticket again and again and type into it."""
    rows = shell.services.lists.first_page(TicketQuery(Scope.ALL), 1)
    shell.lists.open(rows[0].key)
    while shell.ticket.current() is None:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.01)
    opened: list[float] = []
    keys: list[float] = []
    found: list[float] = []
    for number, text in zip(range(job["rounds"]), cycle(TYPED), strict=False):
        began = time.perf_counter()
        shell.actions.open_palette()
        palette = shell.window.findChildren(CommandPalette)[-1]
        _paint(palette)
        if number:  # the first one imports
            opened.append(time.perf_counter() - began)
        line = palette.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        for end in range(1, len(text) + 1):
            began = time.perf_counter()
            line.setText(text[:end])
            _paint(palette)
            keys.append(time.perf_counter() - began)
            await asyncio.sleep(0)
        began = time.perf_counter()
        while not _is_answered(palette) and time.perf_counter() - began < 2:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.001)
        if _is_answered(palette):
            found.append(time.perf_counter() - began)
        palette.reject()
        await asyncio.sleep(0.01)
    return {"open": summary(opened), "key": summary(keys), "found": summary(found or [2.0])}


def _paint(palette: CommandPalette) -> None:
    view = palette.findChild(EntryList)
    assert isinstance(view, EntryList)
    palette.repaint()
    view.viewport().repaint()


def _is_answered(palette: CommandPalette) -> bool:
    return any(entry.section in (Section.TICKETS, Section.PEOPLE) for entry in palette.entries)
