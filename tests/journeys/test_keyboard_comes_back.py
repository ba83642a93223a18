"""What a key opens gives the keyboard back to where it was: after Esc, and after something was chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import back_in, open_ticket, open_tickets_with_messages, with_accounts

from deskhand_sandbox.nexuscore.server import Server


@pytest.mark.parametrize("key", ["S", "Y", "A", "T", "H", "L"])
async def test_esc_in_what_a_key_of_the_list_opened_leads_back_to_the_list(
    server: Server, profile_setup: ProfileSetup, key: str
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.list.setFocus()
        driver.key(key)
        await driver.wait_until(lambda: QApplication.focusWidget() is not driver.list, "it asks")
        asked = QApplication.focusWidget()
        assert asked is not None
        QTest.keyClick(asked, Qt.Key.Key_Escape)
        await driver.wait_until(lambda: driver.focused == "Tickets", "the keyboard is in the list")


async def test_after_a_state_and_a_tag_the_keys_of_the_list_go_on(server: Server, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.list.setFocus()
        driver.key("S")
        states = driver.combo_box("State").view()
        QTest.keyClick(states, Qt.Key.Key_Down)
        QTest.keyClick(states, Qt.Key.Key_Return)
        await driver.wait_until(lambda: driver.focused == "Tickets", "the keyboard is in the list")
        driver.key("T")
        assert driver.focused == "New tag"
        driver.type("late")
        driver.key("Return")
        assert driver.focused == "Add a tag"
        driver.key("Esc")
        assert driver.focused == "Tickets"


async def test_the_pages_that_the_settings_lead_to_lie_over_them(server: Server, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.list.setFocus()
        driver.key("Ctrl+,")
        await driver.wait_for_dialog("Settings")
        for button, page in (("Change keys…", "Keys"), ("Notifications…", "Notifications")):
            driver.find(button).setFocus()
            driver.key("Return")
            await driver.wait_for_dialog(page)
            driver.key("Esc")
            await back_in(driver, "Settings")
            assert driver.focused == button
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog, "the settings are gone")
