"""Undo and do again in the window: by key, by the line and by the palette, over several tickets and views, one step after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, state_at_vendor, with_accounts

from deskhand.domain.undo_wording import quoted
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


def line(driver: AppDriver) -> str:
    """What the strip at the foot of the list says."""
    return driver.shell.ticket.undo.line.message


async def test_steps_of_several_tickets_are_undone_and_done_again_by_keys(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    ticket, other = [one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open"][
        :2
    ]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Resolved")
        await driver.wait_until(lambda: line(driver) == f"Closed {quoted(ticket['subject'])} at {RETAIL}")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it has arrived")
        await open_ticket(driver, other["subject"])
        driver.list.setFocus()
        key = driver.shell.lists.tickets.current
        assert key is not None
        await driver.wait_until(lambda: not driver.services.lists.rows([key])[0].unread, "it counts as read")
        driver.find("Conversation").setFocus()
        driver.key("U")
        await driver.wait_until(lambda: line(driver) == "Marked 1 ticket as unread")
        driver.key("Z", "Z")  # the second is pressed before the first is done
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open", "both are undone")
        assert not driver.services.lists.rows([key])[0].unread
        await driver.wait_until(lambda: line(driver) == f"Undone: closed {quoted(ticket['subject'])} at {RETAIL}")
        driver.key("Shift+Z", "Ctrl+Shift+Z")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "it is closed again")
        await driver.wait_until(lambda: driver.services.lists.rows([key])[0].unread, "it is unread again")
        driver.key("Z", "Z", "Z")
        await driver.wait_for_text("There is nothing to undo.")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open")


async def test_the_line_undoes_and_does_again_by_mouse_and_another_message_does_not_take_it_away(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Resolved")
        await driver.wait_until(lambda: line(driver).startswith("Closed “"))
        driver.shell.status.show_message("Something else was said.")
        assert line(driver).startswith("Closed “")
        driver.click(driver.find("Undo", QAbstractButton, within=driver.find("What you did")))
        await driver.wait_until(lambda: line(driver).startswith("Undone: closed “"))
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open")
        driver.click(driver.find("Do again", QAbstractButton, within=driver.find("What you did")))
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved")
        await driver.wait_until(lambda: line(driver).startswith("Done again: closed “"))


async def test_the_palette_names_the_last_steps_and_undoes_one_of_them(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Resolved")
        await driver.wait_until(lambda: line(driver).startswith("Closed “"))
        key = driver.shell.lists.tickets.current
        assert key is not None
        await driver.wait_until(lambda: not driver.services.lists.rows([key])[0].unread, "it counts as read")
        driver.find("Conversation").setFocus()
        driver.key("U")
        await driver.wait_until(lambda: line(driver).startswith("Marked "))
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved")
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("undo closed")
        await driver.wait_for_text(f"Undo: closed {quoted(ticket['subject'])}")
        driver.key("Return")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "open", "the older one is undone")
        assert driver.services.undo.done[0].what == "Marked 1 ticket as unread"


async def test_what_changed_meanwhile_is_asked_about(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.choose("State", "Pending")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "pending")
        (older,) = driver.services.undo.done
        driver.choose("State", "Resolved")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved")
        driver.shell.ticket.undo.undo(older)
        await driver.wait_until(lambda: driver.in_dialog, "a question")
        assert "is “resolved” now, and would be “open”" in driver.visible_text()
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert state_at_vendor(server, ticket["id"]) == "resolved"


@pytest.mark.parametrize("way", ["Z", "button"])
async def test_a_discarded_draft_comes_back(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, RETAIL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        await open_ticket(driver, ticket["subject"])
        driver.key("R")
        driver.type("Dear Casey")
        driver.key("Ctrl+D")
        await driver.wait_until(lambda: line(driver).startswith("Discarded the draft of “"))
        assert driver.text_edit("Reply").toPlainText() == ""
        if way == "Z":
            driver.key("Ctrl+Z")
        else:
            driver.click(driver.find("Undo", QAbstractButton, within=driver.find("What you did")))
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Dear Casey")
