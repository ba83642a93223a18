"""What cannot be written down because the disk is full is said, whatever it was, and stays where it was typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_plain_tickets, open_record, open_ticket, with_accounts
from tests.helpers.store_faults import limit_disk, stalled_disk

from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, LEADS = "Retail EU", "Leads"
WORDS = "All of this was typed. " * 1_000


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "routera")) as made:
        yield made


async def test_a_note_about_a_record(box: Sandbox, tmp_path: Path) -> None:
    server = box["routera"]
    record = open_plain_tickets(server)[0]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LEADS))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LEADS))
        await open_record(driver, record["subject"])
        line = next(one for one in driver.find_all("Note", QTextEdit) if one.isVisible())
        driver.click(line)
        await limit_disk(driver, full=True)
        line.setPlainText(WORDS)
        await driver.wait_for_text("The disk is full.")
        driver.shell.status.clear_message()
        driver.key("Ctrl+Return")
        await driver.wait_for_text("The disk is full.")
        await driver.wait_until(lambda: line.toPlainText() == WORDS, "it stands where it was typed")
        await limit_disk(driver, full=False)


async def test_a_canned_reply(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], RETAIL))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        driver.key("Ctrl+,")
        await driver.wait_for_dialog("Settings")
        driver.press("Add…")
        await driver.wait_for_dialog("New canned reply")
        driver.type_into("Title", "Sorry")
        driver.find("Text", QPlainTextEdit).setPlainText(WORDS)
        await limit_disk(driver, full=True)
        driver.press("Save")
        await driver.wait_until(lambda: "The disk is full." in driver.visible_text(driver.window))
        await limit_disk(driver, full=False)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)


async def test_settings_can_be_closed_while_a_canned_reply_is_written_down(box: Sandbox, tmp_path: Path) -> None:
    ticket = open_plain_tickets(box["nexuscore"])[0]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], RETAIL))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.key("Ctrl+,")
        await driver.wait_for_dialog("Settings")
        driver.press("Add…")
        await driver.wait_for_dialog("New canned reply")
        driver.type_into("Title", "Sorry")
        driver.type_into("Text", "We are sorry.")
        async with stalled_disk(driver):
            driver.press("Save")
            await driver.wait_until(lambda: driver.active_surface().accessibleName() == "Settings")
            driver.press("Close")
            await driver.wait_until(lambda: not driver.in_dialog)
        await driver.services.settings.set_undo_seconds(5)  # it is on disk when what is written behind it is
        await driver.process_events()
        driver.type_into("Reply", "/")
        driver.key("Return")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "We are sorry.", "it is offered")
