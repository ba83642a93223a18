"""A change is taken back by the button that is offered, and by the key, whether it has arrived already or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, state_at_vendor, with_accounts

from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


@pytest.mark.parametrize("by_key", [False, True])
async def test_a_closed_ticket_is_open_again_after_undo(box: Sandbox, tmp_path: Path, *, by_key: bool) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Retail EU"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Resolved")
        await driver.wait_for_text("Closed “")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it is done at the vendor")
        if by_key:
            driver.find("Conversation").setFocus()
            driver.key("Ctrl+Z")
        else:
            driver.press("Undo", within="What you did")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open", "it is open at the vendor")
        driver.find("Conversation").setFocus()
        driver.key("Z")
        await driver.wait_for_text("There is nothing to undo.")
