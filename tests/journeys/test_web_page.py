"""B opens a ticket at its vendor's web page: after the address was asked for once, and its host was shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.ui_driver import visible

from deskhand_sandbox.sandbox import serving

VENDORS = ("nexuscore", "thena", "routera")


class Browser(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "open")  # type: ignore[arg-type]  # the stubs say bytes, PySide takes only str
    yield made
    QDesktopServices.unsetUrlHandler("https")


async def open_first(driver: AppDriver) -> str:
    """Open the first ticket and return its id at the vendor."""
    driver.press("All tickets")
    await driver.wait_until(driver.row_texts, "tickets are listed")
    driver.list.setFocus()
    driver.key("J")
    await driver.wait_until(lambda: driver.shell.ticket.current() is not None, "a ticket is open")
    view = driver.shell.ticket.current()
    assert view is not None
    return view.ticket.key.remote


@pytest.mark.parametrize("vendor", VENDORS)
async def test_by_keyboard_the_address_is_asked_for_once_and_then_b_opens(
    profile_setup: ProfileSetup, browser: Browser, vendor: str
) -> None:
    with serving(tickets=20, only=(vendor,)) as box:
        async with run_on_profile(profile_setup, before=with_accounts((box[vendor], "Desk"))) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Desk"))
            remote = await open_first(driver)
            driver.key("B")
            dialog = await driver.wait_for_dialog("Where the tickets of Desk stand on the web")
            go = driver.find("Open in browser", QAbstractButton)
            assert not go.isEnabled()
            driver.type("http://desk.example/{id}")
            await driver.wait_for_text("It begins with https://")
            driver.key("Ctrl+A")
            driver.type("https://desk.example/{id}")
            await driver.wait_until(go.isEnabled, "it is an address")
            host = next(one for one in visible(dialog, QLabel) if one.objectName() == "host")
            assert host.text() == "desk.example"
            assert not browser.opened, "nothing opens before"
            driver.key("Return")
            await driver.wait_until(lambda: len(browser.opened) == 1, "the page opens")
            assert QUrl(browser.opened[0]).path(QUrl.ComponentFormattingOption.FullyDecoded) == f"/{remote}"
            await driver.wait_until(lambda: not driver.in_dialog, "the dialog is gone")
            await driver.wait_until(
                lambda: driver.services.settings.json_value(
                    f"account/{driver.services.accounts.all()[0].id}/web/hosts"
                ),
                "the host is known",
            )
            driver.list.setFocus()
            driver.key("B")
            await driver.wait_until(lambda: len(browser.opened) == 2, "it opens without a question")
        async with run_on_profile(profile_setup) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Desk"))
            await open_first(driver)
            driver.key("B")
            await driver.wait_until(lambda: len(browser.opened) == 3, "it opens after a restart too")


async def test_by_mouse_the_ticket_menu_opens_it_and_the_accounts_menu_changes_the_address(
    profile_setup: ProfileSetup, browser: Browser
) -> None:
    with serving(tickets=20, only=("nexuscore",)) as box:
        async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Desk"))) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Desk"))
            await open_first(driver)
            driver.press("More actions", within="Ticket")
            driver.choose_from_menu("Open in the browser")
            await driver.wait_for_dialog("Where the tickets of Desk stand on the web")
            driver.type_into("Address", "https://old.example/{id}")
            driver.press("Open in browser")
            await driver.wait_until(lambda: len(browser.opened) == 1, "the page opens")
            await driver.wait_until(lambda: not driver.in_dialog, "the dialog is gone")
            driver.shell.web_page.edit(driver.services.accounts.all()[0].id)
            await driver.wait_for_dialog("Where the tickets of Desk stand on the web")
            driver.type_into("Address", "https://new.example/{id}")
            driver.press("Save")
            await driver.wait_until(lambda: not driver.in_dialog, "the dialog is gone")
            driver.list.setFocus()
            driver.key("B")
            await driver.wait_for_dialog("Where the tickets of Desk stand on the web")
            assert len(browser.opened) == 1, "the new host is shown first"
            driver.press("Open in browser")
            await driver.wait_until(lambda: len(browser.opened) == 2, "the page opens")
            assert browser.opened[1].startswith("https://new.example/")
            assert QApplication.activeModalWidget() is None
            assert driver.services.undo.done[0].what == "Changed the addresses of the web pages of Desk"
