"""What is typed into a form, or done to its dialog, while its ticket is being written down."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from tests.helpers.disk import disk, standing_disk
from tests.helpers.errands import signed_in
from tests.helpers.patience import PATIENCE
from tests.helpers.running import Desk, Place, running

from deskhand_sandbox.sandbox import Sandbox, serving

PLATFORM, REPAIRS = "Platform", "Field repairs"
TITLE = "Title, needed"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("thena", "thalamus")) as made:
        yield made


async def fill_in(desk: Desk, title: str) -> None:
    desk.press("New ticket")
    await desk.dialog("New ticket")
    team = desk.box("Team, needed")
    desk.choose("Team, needed", team.itemText(1))
    desk.type_into("Customer's e-mail, needed", "someone@example.com")
    desk.type_into(TITLE, title)


@asynccontextmanager
async def refusing(box: Sandbox, tmp_path: Path) -> AsyncIterator[Desk]:
    """Run the program with a form that is filled in, and a disk that has no room for it."""
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thena"], PLATFORM))) as desk:
        await desk.until(lambda: desk.in_step(PLATFORM))
        await fill_in(desk, "Too much")
        desk.find("Description", QPlainTextEdit).setPlainText("All of this was typed. " * 1_000)
        await disk(desk, full=True)
        yield desk


async def test_a_form_that_is_closed_while_its_ticket_is_made_lets_it_be_made_and_opened(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, PLATFORM))) as desk:
        await desk.until(lambda: desk.in_step(PLATFORM))
        await fill_in(desk, "Closed too early")
        async with standing_disk(desk):
            desk.key("Return", "Esc")
            await desk.until(lambda: not desk.in_dialog)
        await desk.until(lambda: desk.subject == "Closed too early", "the new ticket is open")


async def test_why_no_ticket_was_made_is_said_behind_a_form_that_was_closed(box: Sandbox, tmp_path: Path) -> None:
    async with refusing(box, tmp_path) as desk:
        desk.key("Return", "Esc")
        await desk.until(lambda: not desk.in_dialog)
        await desk.until_says("The disk is full.")
        await disk(desk, full=False)
        desk.press("New ticket")
        await desk.dialog("New ticket")
        assert desk.find(TITLE, QLineEdit).text() == "Too much"
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)


async def test_nothing_can_be_typed_into_a_form_whose_ticket_is_being_made(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, PLATFORM))) as desk:
        await desk.until(lambda: desk.in_step(PLATFORM))
        await fill_in(desk, "Sent off")
        async with standing_disk(desk):
            desk.key("Return")
            await desk.breathe()
            desk.type(" and more")
            assert desk.find(TITLE, QLineEdit).text() == "Sent off"
            assert desk.in_dialog
        await desk.until(lambda: desk.subject == "Sent off", "the new ticket is open")


async def test_a_form_that_was_refused_has_the_keyboard_where_it_was(box: Sandbox, tmp_path: Path) -> None:
    async with refusing(box, tmp_path) as desk:
        desk.key("Return")
        await desk.until_says("The disk is full.")
        await desk.breathe()
        desk.type("!")
        assert desk.find(TITLE, QLineEdit).text() == "Too much!"
        await disk(desk, full=False)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)


async def test_enter_takes_what_an_input_method_has_not_ended_into_the_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, PLATFORM))) as desk:
        await desk.until(lambda: desk.in_step(PLATFORM))
        await fill_in(desk, "Kaputt")
        QApplication.sendEvent(desk.find(TITLE, QLineEdit), QInputMethodEvent("안녕", []))
        desk.key("Return")
        await desk.until(lambda: desk.subject == "Kaputt안녕", "the new ticket has all of it")


async def test_a_record_can_be_closed_while_it_is_pushed(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thalamus"], REPAIRS))) as desk:
        await desk.until(lambda: desk.in_step(REPAIRS))
        desk.press(f"More about {REPAIRS}")
        await desk.breathe()
        desk.menu("Push a record…")
        await desk.dialog(f"Push a record to {REPAIRS}")
        desk.type_into("Contact id, needed", "C-7")
        async with standing_disk(desk):
            desk.key("Return", "Esc")
            await desk.until(lambda: not desk.in_dialog)
        async with asyncio.timeout(PATIENCE):
            while len(await desk.house.desk.outbox()) != 1:
                await desk.breathe()
