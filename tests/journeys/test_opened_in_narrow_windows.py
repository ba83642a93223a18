"""A ticket that is opened by its name, in a window so narrow that list and conversation take turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.errands import signed_in
from tests.helpers.running import Place, running

from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.app import WindowOptions
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def test_a_ticket_that_another_list_holds_is_seen_when_it_is_opened(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    closed = next(one for one in server.tickets() if one["state"] in ("closed", "resolved"))
    options = WindowOptions(theme="light", size=(720, 600))
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Retail EU")), options=options) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        desk.shell.open_named(f"Retail EU/{closed['id']}")
        await desk.until(lambda: desk.find("All tickets", ViewRow).is_shown, "the list of all holds it")
        await desk.until(lambda: desk.subject == closed["subject"], "it is read")
        assert desk.find_all("Conversation")
        assert not desk.find_all("Tickets")
