"""What cannot be written down because the disk is full is said, whatever it was, and stays where it was typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit
from tests.helpers.disk import disk, standing_disk
from tests.helpers.errands import open_record, open_ticket, signed_in, tickets_in_work
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, LEADS = "Retail EU", "Leads"
WORDS = "All of this was typed. " * 1_000


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "routera")) as made:
        yield made


async def test_a_note_about_a_record(box: Sandbox, tmp_path: Path) -> None:
    server = box["routera"]
    record = tickets_in_work(server)[0]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LEADS))) as desk:
        await desk.until(lambda: desk.in_step(LEADS))
        await open_record(desk, record["subject"])
        line = next(one for one in desk.find_all("Note", QTextEdit) if one.isVisible())
        desk.click(line)
        await disk(desk, full=True)
        line.setPlainText(WORDS)
        await desk.until_says("The disk is full.")
        desk.shell.status.clear_message()
        desk.key("Ctrl+Return")
        await desk.until_says("The disk is full.")
        await desk.until(lambda: line.toPlainText() == WORDS, "it stands where it was typed")
        await disk(desk, full=False)


async def test_a_canned_reply(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], RETAIL))) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        desk.key("Ctrl+,")
        await desk.dialog("Settings")
        desk.press("Add…")
        await desk.dialog("New canned reply")
        desk.type_into("Title", "Sorry")
        desk.find("Text", QPlainTextEdit).setPlainText(WORDS)
        await disk(desk, full=True)
        desk.press("Save")
        await desk.until(lambda: "The disk is full." in desk.words(desk.window))
        await disk(desk, full=False)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)


async def test_settings_can_be_closed_while_a_canned_reply_is_written_down(box: Sandbox, tmp_path: Path) -> None:
    ticket = tickets_in_work(box["nexuscore"])[0]
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], RETAIL))) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        await open_ticket(desk, ticket["subject"])
        desk.key("Ctrl+,")
        await desk.dialog("Settings")
        desk.press("Add…")
        await desk.dialog("New canned reply")
        desk.type_into("Title", "Sorry")
        desk.type_into("Text", "We are sorry.")
        async with standing_disk(desk):
            desk.press("Save")
            await desk.until(lambda: desk.front().accessibleName() == "Settings")
            desk.press("Close")
            await desk.until(lambda: not desk.in_dialog)
        await desk.house.settings.set_undo_seconds(5)  # it is on disk when what is written behind it is
        await desk.breathe()
        desk.type_into("Reply", "/")
        desk.key("Return")
        await desk.until(lambda: desk.text("Reply").toPlainText() == "We are sorry.", "it is offered")
