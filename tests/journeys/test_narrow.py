"""A window so narrow that list and conversation take turns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

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
    first, second = open_tickets_with_messages(server)[:2]
    options = WindowOptions(theme="light", size=(790, 600))
    ready = with_accounts((server, "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready, options=options) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await open_ticket(driver, first["subject"])
        assert not driver.find_all("Tickets")
        assert driver.focused == "Conversation"
        driver.press("All tickets")
        assert any(first["subject"] in row for row in driver.row_texts())
        driver.open_row(first["subject"])
        await driver.wait_until(lambda: driver.subject == first["subject"])
        driver.key("/")
        driver.type(second["subject"])
        await driver.wait_until(lambda: any(second["subject"] in row for row in driver.row_texts()[:1]), "it is found")
        driver.key("Return")
        assert driver.focused == "Tickets"
        await driver.wait_until(lambda: driver.list.currentIndex().isValid(), "the first hit is marked")
        driver.key("Return")
        await driver.wait_until(lambda: driver.subject == second["subject"], "it is read")


async def test_back_and_esc_lead_to_the_row_that_was_read(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    options = WindowOptions(theme="light", size=(790, 600))
    ready = with_accounts((server, "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready, options=options) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await open_ticket(driver, open_tickets_with_messages(server)[-1]["subject"])
        for leave in (lambda: driver.key("Escape"), lambda: driver.press("Back to the list")):
            read = driver.subject
            leave()
            assert driver.focused == "Tickets"
            current = driver.list.currentIndex()
            assert read in driver.row_texts()[current.row()]
            assert driver.list.viewport().rect().contains(driver.list.visualRect(current))
            driver.key("Return")
            await driver.wait_until(lambda: driver.focused == "Conversation", "it is read again")
