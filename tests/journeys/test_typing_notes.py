"""A note on this computer is taken back as a message is: Undo means what was done last, never what came before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QTextEdit
from tests.helpers.errands import arrived, conversations, open_record, open_ticket, signed_in, tickets_in_work
from tests.helpers.running import Desk, Place, running

from deskhand.domain.threads import Visibility
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, LEADS = "Retail EU", "Leads"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "routera")) as made:
        yield made


def notes(desk: Desk) -> list[str]:
    view = desk.shell.ticket.current()
    assert view is not None
    return [one.text for one in view.messages if one.visibility is Visibility.LOCAL]


async def kept(desk: Desk, text: str) -> None:
    await desk.until(lambda: notes(desk) == [text], "the note is kept")


@pytest.mark.parametrize("way", ["Z", "Ctrl+Z in the empty box", "button"])
async def test_undo_after_a_note_brings_the_note_back_and_leaves_the_message_before_it(
    box: Sandbox, tmp_path: Path, way: str
) -> None:
    server = box["nexuscore"]
    ticket = conversations(server)[0]
    said = f"This goes out ({way})."
    async with running(Place(tmp_path / "profile"), before=signed_in((server, RETAIL)), undo_seconds=30) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        await open_ticket(desk, ticket["subject"])
        desk.key("R")
        desk.type(said)
        desk.key("Ctrl+Return")
        desk.key("M")
        desk.type("Call back")
        desk.key("Ctrl+Return")
        await kept(desk, "Call back")
        assert "Note kept on this computer." in desk.words()
        if way == "Z":
            desk.key("Z")
        elif way == "button":
            desk.click(desk.find("Undo", QAbstractButton, within=desk.find("Status")))
        else:
            desk.key("M", "Ctrl+Z")
        await desk.until(lambda: desk.text("Note").toPlainText() == "Call back" and notes(desk) == [], "it is a draft")
        (item,) = await desk.house.desk.outbox()
        assert item.delivery.is_open, "the message goes out all the same"
        await desk.house.desk.send_now(item.command.id)
        await desk.until(lambda: arrived(server, said))
        assert desk.text("Note").toPlainText() == "Call back"


async def test_a_note_of_another_ticket_becomes_its_draft_before_what_was_typed_since(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    here, other = conversations(server)[1:3]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, RETAIL))) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        await open_ticket(desk, here["subject"])
        desk.key("M")
        desk.type("Call back")
        desk.key("Ctrl+Return")
        await kept(desk, "Call back")
        desk.key("M")
        desk.type("on Monday")
        await open_ticket(desk, other["subject"])
        desk.list.setFocus()
        desk.key("Z")
        await desk.breathe()
        assert desk.text("Note").toPlainText() == ""
        await open_ticket(desk, here["subject"])
        await desk.until(lambda: notes(desk) == [])
        assert desk.text("Note").toPlainText() == "Call back\n\non Monday"


async def test_a_note_of_a_record_is_taken_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["routera"]
    record = tickets_in_work(server)[0]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LEADS))) as desk:
        await desk.until(lambda: desk.in_step(LEADS))
        await open_record(desk, record["subject"])
        note = desk.find("Note", QTextEdit)
        desk.click(note)
        desk.type("Call back")
        desk.key("Ctrl+Return")
        await kept(desk, "Call back")
        await desk.until(lambda: note.toPlainText() == "", "the line is empty")
        desk.key("Ctrl+Z")
        await desk.until(lambda: notes(desk) == [] and note.toPlainText() == "Call back", "it is being written again")


async def test_a_note_of_a_record_is_kept_once_however_often_the_key_is_pressed_and_takes_nothing_typed_behind_it(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["routera"]
    record = tickets_in_work(server)[1]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LEADS))) as desk:
        await desk.until(lambda: desk.in_step(LEADS))
        await open_record(desk, record["subject"])
        note = desk.find("Note", QTextEdit)
        desk.click(note)
        desk.type("ok")
        desk.key("Ctrl+Return", "Ctrl+Return")
        desk.type("ok")
        await desk.until(lambda: notes(desk), "the note is kept")
        await desk.breathe()
        assert notes(desk) == ["ok"]
        assert note.toPlainText() == "ok"
