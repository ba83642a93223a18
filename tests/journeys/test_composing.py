"""What an input method has begun in the reply box outlives what happens to the box from elsewhere."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.domain.going_on import GoOn
from deskhand.domain.threads import Visibility
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL = "Retail EU"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("nexuscore",)) as made:
        yield made


@asynccontextmanager
async def writing(box: Sandbox, tmp_path: Path) -> AsyncIterator[AppDriver]:
    server = box["nexuscore"]
    before = with_accounts((server, RETAIL))
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=before, undo_seconds=30, after_sending=GoOn.STAY
    ) as made:
        await made.wait_until(lambda: made.wait_synced(RETAIL))
        await open_ticket(made, open_tickets_with_messages(server)[0]["subject"])
        yield made


def compose(driver: AppDriver, text: str) -> None:
    assert QApplication.focusWidget() is driver.text_edit("Reply")
    QApplication.sendEvent(driver.text_edit("Reply"), QInputMethodEvent(text, []))


async def send(driver: AppDriver, text: str) -> None:
    driver.type_into("Reply", text)
    driver.key("Ctrl+Return")
    await driver.wait_for_text(" leaves in ")
    driver.key("R")


async def test_a_message_that_is_taken_back_takes_nothing_that_is_composed(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as driver:
        await send(driver, "First.")
        compose(driver, "안녕")
        driver.find("Undo", QAbstractButton, within=driver.find("What you did")).click()
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "First.\n\n안녕", "both are there")


async def test_undo_while_something_is_composed_takes_no_message_back(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as driver:
        await send(driver, "First.")
        compose(driver, "안녕")
        driver.key("Ctrl+Z")
        await driver.process_events()
        await driver.services.settings.set_undo_seconds(20)  # what was asked before is done when this is written
        await driver.process_events()
        (item,) = await driver.services.outbox.recent(200)
        assert item.delivery.is_open
        assert "First." not in driver.text_edit("Reply").toPlainText()


async def test_other_copies_of_a_newer_message_end_no_composition(box: Sandbox, tmp_path: Path) -> None:
    async with writing(box, tmp_path) as driver:
        await driver.wait_until(lambda: (shown := driver.shell.ticket.current()) is not None and shown.messages)
        driver.click(driver.text_edit("Reply"))
        compose(driver, "안녕")
        view = driver.shell.ticket.current()
        assert view is not None
        newest = replace(view.messages[-1], id="newer", visibility=Visibility.PUBLIC, cc=("someone.else@example.com",))
        newer = replace(view, messages=(*view.messages, newest))
        assert newer.copies != view.copies
        driver.shell.ticket.compose.update(newer)
        driver.text_edit("Reply").clearFocus()
        assert driver.text_edit("Reply").toPlainText() == "안녕"
