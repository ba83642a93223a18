"""What is taken back may be of a ticket that is not on screen: which one is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.errands import conversations, open_ticket, signed_in, state_held
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL = "Retail EU"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def test_a_message_of_another_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    here, other = [one["subject"] for one in conversations(server)[:2]]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, RETAIL)), undo_seconds=60) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        await open_ticket(desk, here)
        desk.type_into("Reply", "Too fast")
        desk.key("Ctrl+Return")
        await desk.until_says("Sending in")
        await open_ticket(desk, other)
        desk.list.setFocus()
        desk.key("Z")
        await desk.until_says(f"It was taken back, and is a draft of “{here}”.")
        assert desk.text("Reply").toPlainText() == ""


async def test_a_state_of_another_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in conversations(server) if state_held(server, one["id"]) == "open")
    other = next(one for one in conversations(server) if one["id"] != ticket["id"])
    async with running(Place(tmp_path / "profile"), before=signed_in((server, RETAIL))) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        await open_ticket(desk, ticket["subject"])
        desk.choose("State", "resolved")
        await desk.until(lambda: state_held(server, ticket["id"]) == "resolved", "it is done at the vendor")
        await open_ticket(desk, other["subject"])
        desk.list.setFocus()
        desk.key("Z")
        await desk.until_says(f"Taken back in “{ticket['subject']}”.")
        await desk.until(lambda: state_held(server, ticket["id"]) == "open", "it is open at the vendor")
