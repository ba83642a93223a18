"""What an input method has begun in the reply box outlives what happens to the box from elsewhere."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Desk, Place, running

from deskhand.domain.threads import Visibility
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL = "Retail EU"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("nexuscore",)) as made:
        yield made


@asynccontextmanager
async def writing(box: Sandbox, tmp_path: Path) -> AsyncIterator[Desk]:
    server = box["nexuscore"]
    before = signed_in((server, RETAIL))
    async with running(Place(tmp_path / "profile"), before=before, undo_seconds=30) as made:
        await made.until(lambda: made.in_step(RETAIL))
        await open_ticket(made, conversations(server)[0]["subject"])
        yield made


def compose(desk: Desk, words: str) -> None:
    assert QApplication.focusWidget() is desk.text("Reply")
    QApplication.sendEvent(desk.text("Reply"), QInputMethodEvent(words, []))


async def send(desk: Desk, words: str) -> None:
    desk.type_into("Reply", words)
    desk.key("Ctrl+Return")
    await desk.until_says("Sending in")
    desk.key("R")


async def test_a_message_that_is_taken_back_takes_nothing_that_is_composed(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as desk:
        await send(desk, "First.")
        compose(desk, "안녕")
        desk.find("Undo", QAbstractButton, within=desk.find("Status")).click()
        await desk.until(lambda: desk.text("Reply").toPlainText() == "First.\n\n안녕", "both are there")


async def test_undo_while_something_is_composed_takes_no_message_back(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as desk:
        await send(desk, "First.")
        compose(desk, "안녕")
        desk.key("Ctrl+Z")
        await desk.breathe()
        await desk.house.settings.set_undo_seconds(20)  # what was asked before is done when this is written
        await desk.breathe()
        (item,) = await desk.house.desk.outbox()
        assert item.delivery.is_open
        assert "First." not in desk.text("Reply").toPlainText()


async def test_other_copies_of_a_newer_message_end_no_composition(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as desk:
        await desk.until(lambda: (shown := desk.shell.ticket.current()) is not None and shown.messages)
        desk.click(desk.text("Reply"))
        compose(desk, "안녕")
        view = desk.shell.ticket.current()
        assert view is not None
        newest = replace(view.messages[-1], id="newer", visibility=Visibility.PUBLIC, cc=("someone.else@example.com",))
        newer = replace(view, messages=(*view.messages, newest))
        assert newer.copies != view.copies
        desk.shell.ticket.compose.update(newer)
        desk.text("Reply").clearFocus()
        assert desk.text("Reply").toPlainText() == "안녕"
