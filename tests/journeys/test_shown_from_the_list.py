"""A window so narrow that list and conversation take turns: keys for the ticket bring it to the front."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.ui.app import WindowOptions
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=120, only=("nexuscore",)) as made:
        yield made


def at_the_list(driver: AppDriver) -> None:
    while not driver.find_all("Tickets"):
        driver.key("Escape")
    assert not driver.find_all("Conversation")
    assert driver.focused == "Tickets"


async def test_keys_for_the_ticket_pressed_in_the_list_show_it_and_what_is_typed_then_is_no_command(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    options = WindowOptions(theme="light", size=(720, 480))
    ready = with_accounts((server, "Shop"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready, options=options) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Shop"))
        await open_ticket(driver, ticket["subject"])
        for key, words in (("R", "reply"), ("M", "inner")):
            at_the_list(driver)
            driver.key(key)
            assert driver.find_all("Conversation")
            driver.type(words)
            assert words in driver.visible_text()
        for key in ("S", "Y", "A"):
            at_the_list(driver)
            driver.key(key)
            popup = QApplication.activePopupWidget()
            assert popup is not None, f"{key} shows no choices"
            assert driver.find_all("Conversation")
            assert driver.window.frameGeometry().contains(popup.geometry().topLeft()), f"{key} opens them elsewhere"
            popup.close()
            await driver.process_events()
        for key in ("T", "N"):
            at_the_list(driver)
            driver.key(key)
            assert driver.find_all("Conversation")
            assert driver.focused not in ("", "Tickets")
    assert not [one for one in box["nexuscore"].received() if "state" in str(one)]
