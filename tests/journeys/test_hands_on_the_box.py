"""Where the keyboard is after a message was sent, a ticket was closed, another one was opened: never in a box that changed hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.child_widgets import child
from tests.helpers.journey_steps import (
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    state_at_vendor,
    with_accounts,
)

from deskhand.domain.going_on import GoOn
from deskhand.ui.kit.focus_ring import FocusRing
from deskhand_sandbox.sandbox import Sandbox, serving

ACCOUNT = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore",)) as made:
        yield made


async def at_a_ticket(driver: AppDriver, subject: str) -> None:
    await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
    await open_ticket(driver, subject)
    await driver.wait_until(lambda: driver.find_all("Write a reply"))


async def by_palette(driver: AppDriver, text: str, line: str) -> None:
    driver.key("Ctrl+K")
    await driver.wait_for_dialog("Commands")
    driver.type(text)
    await driver.wait_for_text(line)
    driver.key("Return")
    await driver.wait_until(lambda: not driver.in_dialog)


@pytest.mark.parametrize("by_button", [False, True])
async def test_behind_a_sent_message_letters_are_commands_and_begin_no_draft(
    box: Sandbox, tmp_path: Path, *, by_button: bool
) -> None:
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"),
        undo_seconds=1,
        after_sending=GoOn.STAY,
        before=with_accounts((server, ACCOUNT)),
    ) as driver:
        await at_a_ticket(driver, ticket["subject"])
        driver.key("R")
        driver.type("It is on its way")
        if by_button:
            driver.click(driver.find("Send", QAbstractButton))
        else:
            driver.key("Ctrl+Return")
        assert driver.focused == "Conversation"
        assert child(driver.find("Conversation"), FocusRing).isVisible()
        driver.key("J")
        await driver.wait_until(lambda: driver.subject not in ("", ticket["subject"]), "the next ticket is open")
        await driver.wait_until(lambda: received_with_text(server, "It is on its way"))
        assert [draft for _key, draft in await driver.services.drafts.all() if not draft.is_empty] == []
        assert driver.text_edit("Reply").toPlainText() == ""


@pytest.mark.parametrize(
    "way", ["at once", "Z", "Ctrl+Z", "R, Ctrl+Z", "/, Ctrl+Z", "copies, Ctrl+Z", "typed and deleted, Ctrl+Z"]
)
async def test_undo_right_after_sending_takes_the_message_back(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"),
        undo_seconds=60,
        after_sending=GoOn.STAY,
        before=with_accounts((server, ACCOUNT)),
    ) as driver:
        await at_a_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.key("R")
        driver.type("Too early")
        driver.key("Ctrl+Return")
        if way != "at once":  # that is before it is in the outbox
            await driver.wait_for_text(" leaves in ")
        if way.startswith("typed"):
            driver.key("R")
            driver.type("x")
            driver.key("Backspace", "Ctrl+Z")
        elif way.startswith("copies"):
            driver.open_box()
            driver.click(driver.find("Cc", QLineEdit))
            driver.key("Ctrl+Z")
        else:
            driver.key(*way.replace("at once", "Z").split(", "))
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Too early", "it is a draft again")
        assert driver.focused == "Reply"
        assert not [item for item in await driver.services.outbox.recent(200) if item.delivery.is_open]
    assert not received_with_text(server, "Too early")


async def test_undo_in_a_text_undoes_typing_while_there_is_some(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"),
        undo_seconds=60,
        after_sending=GoOn.STAY,
        before=with_accounts((server, ACCOUNT)),
    ) as driver:
        await at_a_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.key("R")
        driver.type("Sent")
        driver.key("Ctrl+Return")
        await driver.wait_for_text(" leaves in ")
        driver.key("R")
        driver.type("More")
        driver.key("Ctrl+Z")
        await driver.process_events()
        assert driver.text_edit("Reply").toPlainText() == ""
        assert [item.delivery.is_open for item in await driver.services.outbox.recent(200)] == [True]


@pytest.mark.parametrize("way", ["palette", "E in the list"])
async def test_closing_leaves_what_is_being_written_in_front(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, ACCOUNT))) as driver:
        await at_a_ticket(driver, ticket["subject"])
        driver.key("R")
        driver.type("One more th")
        if way == "palette":
            await by_palette(driver, "Close the ticket", "Close the ticket")
            assert driver.focused == "Reply"
        else:
            driver.list.setFocus()
            driver.key("E")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it is done at the vendor")
        assert driver.subject == ticket["subject"]
        if driver.focused != "Reply":
            driver.key("R")
        driver.type("ing")
        assert driver.text_edit("Reply").toPlainText() == "One more thing"


async def test_opening_another_ticket_takes_the_keyboard_out_of_the_box(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, ACCOUNT))) as driver:
        await at_a_ticket(driver, first["subject"])
        driver.key("R")
        driver.type("For the first")
        await by_palette(driver, second["subject"], second["subject"])
        await driver.wait_until(lambda: driver.subject == second["subject"])
        assert driver.focused == "Conversation"
        assert driver.text_edit("Reply").toPlainText() == ""
