"""What is typed into a form, or done to its dialog, while its ticket is being written down."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.store_faults import limit_disk, stalled_disk
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand_sandbox.sandbox import Sandbox, serving

PLATFORM, REPAIRS = "Platform", "Field repairs"
TITLE = "Title, needed"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("thena", "thalamus")) as made:
        yield made


async def fill_in(driver: AppDriver, title: str) -> None:
    driver.press("New ticket")
    await driver.wait_for_dialog("New ticket")
    team = driver.combo_box("Team, needed")
    driver.choose("Team, needed", team.itemText(1))
    driver.type_into("Customer's e-mail, needed", "someone@example.com")
    driver.type_into(TITLE, title)


@asynccontextmanager
async def refusing(box: Sandbox, tmp_path: Path) -> AsyncIterator[AppDriver]:
    """Run the program with a form that is filled in, and a disk that has no room for it."""
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], PLATFORM))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        await fill_in(driver, "Too much")
        driver.find("Description", QPlainTextEdit).setPlainText("All of this was typed. " * 1_000)
        await limit_disk(driver, full=True)
        yield driver


async def test_a_form_that_is_closed_while_its_ticket_is_made_lets_it_be_made_and_opened(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, PLATFORM))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        await fill_in(driver, "Closed too early")
        async with stalled_disk(driver):
            driver.key("Return", "Esc")
            await driver.wait_until(lambda: not driver.in_dialog)
        await driver.wait_until(lambda: driver.subject == "Closed too early", "the new ticket is open")


async def test_a_form_that_is_opened_again_while_its_ticket_is_made_does_not_make_it_twice(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, PLATFORM))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        await fill_in(driver, "Only once")
        async with stalled_disk(driver):
            driver.key("Return", "Esc")
            await driver.wait_until(lambda: not driver.in_dialog)
            driver.press("New ticket")
            await driver.process_events()
            if driver.in_dialog:
                driver.key("Return")
                await driver.process_events()
        await driver.wait_until(lambda: driver.subject == "Only once", "the new ticket is open")
        assert len(await driver.services.outbox.recent(200)) == 1
        await driver.wait_for_dialog("New ticket")
        assert driver.find(TITLE, QLineEdit).text() == ""
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)


async def test_why_no_ticket_was_made_is_said_behind_a_form_that_was_closed(box: Sandbox, tmp_path: Path) -> None:
    async with refusing(box, tmp_path) as driver:
        driver.key("Return", "Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        await driver.wait_for_text("The disk is full.")
        await limit_disk(driver, full=False)
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        assert driver.find(TITLE, QLineEdit).text() == "Too much"
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)


async def test_nothing_can_be_typed_into_a_form_whose_ticket_is_being_made(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, PLATFORM))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        await fill_in(driver, "Sent off")
        async with stalled_disk(driver):
            driver.key("Return")
            await driver.process_events()
            driver.type(" and more")
            assert driver.find(TITLE, QLineEdit).text() == "Sent off"
            assert driver.in_dialog
        await driver.wait_until(lambda: driver.subject == "Sent off", "the new ticket is open")


async def test_a_form_that_was_refused_has_the_keyboard_where_it_was(box: Sandbox, tmp_path: Path) -> None:
    async with refusing(box, tmp_path) as driver:
        driver.key("Return")
        await driver.wait_for_text("The disk is full.")
        await driver.process_events()
        driver.type("!")
        assert driver.find(TITLE, QLineEdit).text() == "Too much!"
        await limit_disk(driver, full=False)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)


async def test_enter_takes_what_an_input_method_has_not_ended_into_the_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, PLATFORM))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        await fill_in(driver, "Kaputt")
        QApplication.sendEvent(driver.find(TITLE, QLineEdit), QInputMethodEvent("안녕", []))
        driver.key("Return")
        await driver.wait_until(lambda: driver.subject == "Kaputt안녕", "the new ticket has all of it")


async def test_a_record_can_be_closed_while_it_is_pushed(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thalamus"], REPAIRS))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(REPAIRS))
        driver.press(f"More about {REPAIRS}")
        await driver.process_events()
        driver.choose_from_menu("Push a record…")
        await driver.wait_for_dialog(f"Push a record to {REPAIRS}")
        driver.type_into("Contact id, needed", "C-7")
        async with stalled_disk(driver):
            driver.key("Return", "Esc")
            await driver.wait_until(lambda: not driver.in_dialog)
        async with asyncio.timeout(WAIT_SECONDS):
            while len(await driver.services.outbox.recent(200)) != 1:
                await driver.process_events()
        await driver.wait_for_text("Pushed the record C-7 to")
