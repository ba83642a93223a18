"""A window so narrow that list and conversation take turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Place, running

from deskhand.ui.app import WindowOptions
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=120, only=("thena",)) as made:
        yield made


async def test_another_list_and_a_search_are_seen_at_once_although_a_ticket_was_read(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    first, second = conversations(server)[:2]
    options = WindowOptions(theme="light", size=(790, 600))
    ready = signed_in((server, "Platform"))
    async with running(Place(tmp_path / "profile"), before=ready, options=options) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        await open_ticket(desk, first["subject"])
        assert not desk.find_all("Tickets")
        assert desk.focused == "Conversation"
        desk.press("All tickets")
        assert any(first["subject"] in row for row in desk.rows())
        desk.open_row(first["subject"])
        await desk.until(lambda: desk.subject == first["subject"])
        desk.key("/")
        desk.type(second["subject"])
        await desk.until(lambda: any(second["subject"] in row for row in desk.rows()[:1]), "it is found")
        desk.key("Return")
        assert desk.focused == "Tickets"
        desk.key("J")
        await desk.until(lambda: desk.subject == second["subject"], "it is read")
