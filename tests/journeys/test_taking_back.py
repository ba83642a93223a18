"""A change is taken back by the button that is offered, and by the key, whether it has arrived already or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.errands import conversations, open_ticket, signed_in, state_held
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


@pytest.mark.parametrize("by_key", [False, True])
async def test_a_closed_ticket_is_open_again_after_undo(box: Sandbox, tmp_path: Path, *, by_key: bool) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in conversations(server) if state_held(server, one["id"]) == "open")
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        await open_ticket(desk, ticket["subject"])
        desk.choose("State", "resolved")
        await desk.until_says("State set to resolved.")
        await desk.until(lambda: state_held(server, ticket["id"]) == "resolved", "it is done at the vendor")
        if by_key:
            desk.find("Conversation").setFocus()
            desk.key("Ctrl+Z")
        else:
            desk.press("Undo", within="Status")
        await desk.until(lambda: state_held(server, ticket["id"]) == "open", "it is open at the vendor")
        desk.find("Conversation").setFocus()
        desk.key("Z")
        await desk.until_says("There is nothing to undo.")
