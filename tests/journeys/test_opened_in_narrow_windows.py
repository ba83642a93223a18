"""A ticket that is opened by its name, in a window so narrow that list and conversation take turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts

from deskhand.ui.app import WindowOptions
from deskhand.ui.sidebar.rail import RailButton
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def test_a_ticket_that_another_list_holds_is_seen_when_it_is_opened(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    closed = next(one for one in server.tickets() if one["state"] in ("closed", "resolved"))
    options = WindowOptions(theme="light", size=(720, 600))
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Retail EU")), options=options
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.shell.open_named(f"Retail EU/{closed['id']}")
        await driver.wait_until(lambda: driver.find("All tickets", RailButton).is_on, "the list of all holds it")
        await driver.wait_until(lambda: driver.subject == closed["subject"], "it is read")
        assert driver.find_all("Conversation")
        assert not driver.find_all("Tickets")
