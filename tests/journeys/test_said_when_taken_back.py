"""What is taken back may be of a ticket that is not on screen: which one is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, state_at_vendor, with_accounts

from deskhand.domain.undo_wording import quoted
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL = "Retail EU"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def test_a_message_of_another_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    here, other = [one["subject"] for one in open_tickets_with_messages(server)[:2]]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL)), undo_seconds=60
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, here)
        driver.type_into("Reply", "Too fast")
        driver.key("Ctrl+Return")
        await driver.wait_for_text(" leaves in ")
        await open_ticket(driver, other)
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_for_text(f"It was taken back, and is a draft of “{here}”.")
        line = driver.shell.ticket.undo.line
        await driver.wait_until(lambda: " leaves in " not in line.message, "it does not leave any more")
        assert line.message == "", "it is said once"
        assert driver.text_edit("Reply").toPlainText() == ""


async def test_a_state_of_another_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    other = next(one for one in open_tickets_with_messages(server) if one["id"] != ticket["id"])
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Resolved")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it is done at the vendor")
        await open_ticket(driver, other["subject"])
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_for_text(f"Undone: closed {quoted(ticket['subject'])} at {RETAIL}")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open", "it is open at the vendor")
