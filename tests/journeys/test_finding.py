"""A ticket is found by what a colleague sends: its id, its number, its link; and a slip of the hand is forgiven, in box and palette alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_plain_tickets, with_accounts

from deskhand_sandbox.sandbox import Sandbox, serving

READABLE = ("nexuscore", "thena", "mijnklantportaal", "routera")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=READABLE) as made:
        yield made


async def searched(driver: AppDriver, text: str) -> None:
    driver.key("/")
    driver.type_into("Search tickets", text)


def first_line(driver: AppDriver) -> str:
    view = driver.find("Commands and tickets", QListView)
    return str(view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "")


async def found_in_both(driver: AppDriver, text: str, subject: str) -> None:
    """Look for a text in the box, then in the palette, which stays open."""
    await searched(driver, text)
    await driver.wait_until(lambda: len(driver.row_texts()) == 1 and subject in driver.row_texts()[0], text)
    driver.key("Ctrl+K")
    await driver.wait_for_dialog("Commands")
    driver.type(f"#{text}")
    await driver.wait_until(lambda: first_line(driver).startswith(f"Tickets: {subject}"), text)


async def test_an_id_and_a_link_of_every_vendor_find_the_ticket_in_box_and_palette(
    box: Sandbox, tmp_path: Path
) -> None:
    accounts = [(box[vendor], vendor) for vendor in READABLE]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts(*accounts)) as driver:
        await driver.wait_until(lambda: all(driver.wait_synced(vendor) for vendor in READABLE))
        for server, _vendor in accounts:
            ticket = open_plain_tickets(server)[0]
            identifier, subject = str(ticket["id"]), str(ticket["subject"])
            for text in (identifier, f"{server.base_url}/tickets/{identifier}"):
                await found_in_both(driver, text, subject)
                driver.key("Esc")
                await driver.wait_until(lambda: not driver.in_dialog)


async def test_a_slip_is_forgiven_and_said_in_box_and_palette(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await searched(driver, "refnud")
        await driver.wait_until(lambda: "Did you mean “refund”?" in driver.names())
        assert driver.row_texts()
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("refnud")
        await driver.wait_until(lambda: first_line(driver).startswith("Did you mean “refund”?: "))
        driver.key("Esc")
