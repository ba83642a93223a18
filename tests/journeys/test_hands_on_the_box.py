"""Where the keyboard is after a message was sent, a ticket was closed, another one was opened: never in a box that changed hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from tests.helpers.children import child
from tests.helpers.errands import arrived, conversations, open_ticket, signed_in, state_held
from tests.helpers.running import Desk, Place, running

from deskhand.ui.kit.focus_ring import FocusRing
from deskhand_sandbox.sandbox import Sandbox, serving

ACCOUNT = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore",)) as made:
        yield made


async def at_a_ticket(desk: Desk, subject: str) -> None:
    await desk.until(lambda: desk.in_step(ACCOUNT))
    await open_ticket(desk, subject)
    await desk.until(lambda: desk.find_all("Reply"))


async def by_palette(desk: Desk, words: str, line: str) -> None:
    desk.key("Ctrl+K")
    await desk.dialog("Commands")
    desk.type(words)
    await desk.until_says(line)
    desk.key("Return")
    await desk.until(lambda: not desk.in_dialog)


@pytest.mark.parametrize("by_button", [False, True])
async def test_behind_a_sent_message_letters_are_commands_and_begin_no_draft(
    box: Sandbox, tmp_path: Path, *, by_button: bool
) -> None:
    server = box["nexuscore"]
    ticket = conversations(server)[0]
    async with running(Place(tmp_path / "profile"), undo_seconds=1, before=signed_in((server, ACCOUNT))) as desk:
        await at_a_ticket(desk, ticket["subject"])
        desk.key("R")
        desk.type("It is on its way")
        if by_button:
            desk.click(desk.find("Send", QAbstractButton))
        else:
            desk.key("Ctrl+Return")
        assert desk.focused == "Conversation"
        assert child(desk.find("Conversation"), FocusRing).isVisible()
        desk.key("J")
        await desk.until(lambda: desk.subject not in ("", ticket["subject"]), "the next ticket is open")
        await desk.until(lambda: arrived(server, "It is on its way"))
        assert [draft for _key, draft in await desk.house.drafts.all() if not draft.is_empty] == []
        assert desk.text("Reply").toPlainText() == ""


@pytest.mark.parametrize(
    "way", ["Z", "Ctrl+Z", "R, Ctrl+Z", "/, Ctrl+Z", "copies, Ctrl+Z", "typed and deleted, Ctrl+Z"]
)
async def test_undo_right_after_sending_takes_the_message_back(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    async with running(Place(tmp_path / "profile"), undo_seconds=60, before=signed_in((server, ACCOUNT))) as desk:
        await at_a_ticket(desk, conversations(server)[0]["subject"])
        desk.key("R")
        desk.type("Too early")
        desk.key("Ctrl+Return")
        await desk.until_says("Sending in")
        if way.startswith("typed"):
            desk.key("R")
            desk.type("x")
            desk.key("Backspace", "Ctrl+Z")
        elif way.startswith("copies"):
            desk.click(desk.find("Cc", QLineEdit))
            desk.key("Ctrl+Z")
        else:
            desk.key(*way.split(", "))
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Too early", "it is a draft again")
        assert desk.focused == "Reply"
        assert not [item for item in await desk.house.desk.outbox() if item.delivery.is_open]
    assert not arrived(server, "Too early")


async def test_undo_in_a_text_undoes_typing_while_there_is_some(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    async with running(Place(tmp_path / "profile"), undo_seconds=60, before=signed_in((server, ACCOUNT))) as desk:
        await at_a_ticket(desk, conversations(server)[0]["subject"])
        desk.key("R")
        desk.type("Sent")
        desk.key("Ctrl+Return")
        await desk.until_says("Sending in")
        desk.key("R")
        desk.type("More")
        desk.key("Ctrl+Z")
        await desk.breathe()
        assert desk.text("Reply").toPlainText() == ""
        assert [item.delivery.is_open for item in await desk.house.desk.outbox()] == [True]


@pytest.mark.parametrize("way", ["palette", "E in the list"])
async def test_closing_leaves_what_is_being_written_in_front(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in conversations(server) if state_held(server, one["id"]) == "open")
    async with running(Place(tmp_path / "profile"), before=signed_in((server, ACCOUNT))) as desk:
        await at_a_ticket(desk, ticket["subject"])
        desk.key("R")
        desk.type("One more th")
        if way == "palette":
            await by_palette(desk, "Close the ticket", "Close the ticket")
            assert desk.focused == "Reply"
        else:
            desk.list.setFocus()
            desk.key("E")
        await desk.until(lambda: state_held(server, ticket["id"]) == "resolved", "it is done at the vendor")
        assert desk.subject == ticket["subject"]
        if desk.focused != "Reply":
            desk.key("R")
        desk.type("ing")
        assert desk.text("Reply").toPlainText() == "One more thing"


async def test_opening_another_ticket_takes_the_keyboard_out_of_the_box(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = conversations(server)[:2]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, ACCOUNT))) as desk:
        await at_a_ticket(desk, first["subject"])
        desk.key("R")
        desk.type("For the first")
        await by_palette(desk, second["subject"], f"Ticket: {second['subject']}")
        await desk.until(lambda: desk.subject == second["subject"])
        assert desk.focused == "Conversation"
        assert desk.text("Reply").toPlainText() == ""
