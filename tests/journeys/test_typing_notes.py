"""A note on this computer is taken back as a message is: Undo means what was done last, never what came before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_record,
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    with_accounts,
)

from deskhand.domain.going_on import GoOn
from deskhand.domain.threads import Visibility
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, LEADS = "Retail EU", "Leads"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "routera")) as made:
        yield made


def notes(driver: AppDriver) -> list[str]:
    view = driver.shell.ticket.current()
    assert view is not None
    return [one.text for one in view.messages if one.visibility is Visibility.LOCAL]


async def kept(driver: AppDriver, text: str) -> None:
    await driver.wait_until(lambda: notes(driver) == [text], "the note is kept")


@pytest.mark.parametrize("way", ["Z", "Ctrl+Z in the empty box", "button"])
async def test_undo_after_a_note_brings_the_note_back_and_leaves_the_message_before_it(
    box: Sandbox, tmp_path: Path, way: str
) -> None:
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    said = f"This goes out ({way})."
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"),
        before=with_accounts((server, RETAIL)),
        undo_seconds=30,
        after_sending=GoOn.STAY,
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.key("R")
        driver.type(said)
        driver.key("Ctrl+Return")
        driver.key("M")
        driver.type("Call back")
        driver.key("Ctrl+Return")
        await kept(driver, "Call back")
        await driver.wait_for_text("Note on this computer to “")
        if way == "Z":
            driver.key("Z")
        elif way == "button":
            driver.click(driver.find("Undo", QAbstractButton, within=driver.find("What you did")))
        else:
            driver.key("M", "Ctrl+Z")
        await driver.wait_until(
            lambda: driver.text_edit("Note").toPlainText() == "Call back" and notes(driver) == [], "it is a draft"
        )
        (item,) = await driver.services.outbox.recent(200)
        assert item.delivery.is_open, "the message goes out all the same"
        await driver.services.commands.send_now(item.command.id)
        await driver.wait_until(lambda: received_with_text(server, said))
        assert driver.text_edit("Note").toPlainText() == "Call back"


async def test_a_note_of_another_ticket_becomes_its_draft_before_what_was_typed_since(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    here, other = open_tickets_with_messages(server)[1:3]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, here["subject"])
        driver.key("M")
        driver.type("Call back")
        driver.key("Ctrl+Return")
        await kept(driver, "Call back")
        driver.key("M")
        driver.type("on Monday")
        await open_ticket(driver, other["subject"])
        driver.list.setFocus()
        driver.key("Z")
        await driver.process_events()
        assert driver.text_edit("Note").toPlainText() == ""
        await open_ticket(driver, here["subject"])
        await driver.wait_until(lambda: notes(driver) == [])
        assert driver.text_edit("Note").toPlainText() == "Call back\n\non Monday"


async def test_a_note_of_a_record_is_taken_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["routera"]
    record = open_plain_tickets(server)[0]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LEADS))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LEADS))
        await open_record(driver, record["subject"])
        note = driver.find("Note", QTextEdit)
        driver.click(note)
        driver.type("Call back")
        driver.key("Ctrl+Return")
        await kept(driver, "Call back")
        await driver.wait_until(lambda: note.toPlainText() == "", "the line is empty")
        driver.key("Ctrl+Z")
        await driver.wait_until(
            lambda: notes(driver) == [] and note.toPlainText() == "Call back", "it is being written again"
        )


async def test_a_note_of_a_record_is_kept_once_however_often_the_key_is_pressed_and_takes_nothing_typed_behind_it(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["routera"]
    record = open_plain_tickets(server)[1]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LEADS))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LEADS))
        await open_record(driver, record["subject"])
        note = driver.find("Note", QTextEdit)
        driver.click(note)
        driver.type("ok")
        driver.key("Ctrl+Return", "Ctrl+Return")
        driver.type("ok")
        await driver.wait_until(lambda: notes(driver), "the note is kept")
        await driver.process_events()
        assert notes(driver) == ["ok"]
        assert note.toPlainText() == "ok"
