"""Several tickets at once, by keys alone: selected, changed, taken back together; and letters that are switched off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, state_at_vendor, with_accounts

from deskhand.domain.changes import ChangeSet
from deskhand.ui.list import selection
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


def marked(driver: AppDriver) -> str:
    """What the palette would do, as a screen reader says it."""
    view = driver.find("Commands and tickets", QListView)
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")


def selected(driver: AppDriver) -> list[str]:
    """The remote ids of what is selected."""
    return [key.remote for key in driver.shell.lists.tickets.selected()]


async def three_picked(driver: AppDriver) -> list[str]:
    """Pick every other ticket of the list by X, and return their ids."""
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    driver.key("Alt+8")
    await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
    driver.list.setFocus()
    driver.key("J", "X", "J", "J", "X", "J", "J", "X")
    await driver.wait_for_text("3 selected")
    chosen = selected(driver)
    assert len(chosen) == 3
    return chosen


async def test_e_closes_all_that_are_selected_and_one_z_opens_them_again(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        chosen = await three_picked(driver)
        before = {one: state_at_vendor(server, one) for one in chosen}
        others = {one["id"]: state_at_vendor(server, one["id"]) for one in server.tickets() if one["id"] not in before}
        driver.key("J")
        passed = driver.shell.lists.tickets.current
        assert passed is not None
        assert passed.remote not in chosen
        driver.key("E")
        await driver.wait_until(lambda: driver.shell.ticket.undo.line.message.startswith("Closed "))
        await driver.wait_until(lambda: all(state_at_vendor(server, one) in ("resolved", "closed") for one in chosen))
        assert {one: state_at_vendor(server, one) for one in others} == others
        driver.key("Z")
        await driver.wait_until(
            lambda: {one: state_at_vendor(server, one) for one in chosen} == before, "they are as before"
        )
        driver.key("Z")
        await driver.wait_for_text("There is nothing to undo.")


async def test_numbers_are_copied_of_all_that_are_selected(box: Sandbox, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await three_picked(driver)
        driver.key(".")
        await driver.wait_for_text("3 numbers copied.")
        lines = QApplication.clipboard().text().splitlines()
        assert len(lines) == len(set(lines)) == 3


async def test_all_in_the_view_are_selected_and_a_key_for_one_ticket_says_so(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        subject = open_tickets_with_messages(server)[0]["subject"]
        await open_ticket(driver, subject)
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        driver.list.setFocus()
        driver.key("Ctrl+A")
        count = len(driver.row_texts())
        await driver.wait_for_text(f"{count} selected")
        driver.key("R")
        await driver.wait_for_text(f"A reply goes to one ticket; {count} are selected.")
        assert driver.focused == "Tickets"
        driver.key("Esc")
        assert driver.subject == subject
        driver.key("R")
        assert driver.focused == "Reply"


async def test_more_than_can_be_changed_at_once_is_said_and_nothing_is_changed(
    box: Sandbox, profile_setup: ProfileSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MAX_TICKETS", 10)
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        driver.list.setFocus()
        driver.key("Ctrl+A", "E")
        await driver.wait_for_text("at most 10 can be changed at once")
        assert not await driver.services.outbox.recent(200)


async def test_o_goes_on_to_the_conversation_of_the_selected_ticket(box: Sandbox, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_ticket(driver, open_tickets_with_messages(box["nexuscore"])[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        driver.list.setFocus()
        driver.key("O")
        await driver.wait_until(lambda: driver.focused == "Conversation")


async def test_a_digit_leads_to_a_view_even_while_something_is_typed(box: Sandbox, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_ticket(driver, open_tickets_with_messages(box["nexuscore"])[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        driver.key("R")
        driver.type("Half a sentence")
        driver.key("Alt+6")
        await driver.wait_until(lambda: driver.shell.lists.query.scope.value == "drafts")
        assert driver.text_edit("Reply").toPlainText() == "Half a sentence"
        driver.key("Alt+3")
        assert driver.shell.lists.query.scope.value == "unassigned"


async def test_letters_switched_off_do_nothing_and_stay_off(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        driver.key("Ctrl+,")
        await driver.wait_for_dialog("Settings")
        driver.click(driver.find("Single-letter keys", QAbstractButton))
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.list.setFocus()
        subject = driver.subject
        driver.key("J", "R", "E", "X", "G", "I")
        await driver.process_events()
        assert driver.subject == subject
        assert driver.focused == "Tickets"
        assert driver.shell.lists.query.scope.value == "all"
        driver.key("F1")
        await driver.wait_for_dialog("Keys")
        words = driver.visible_text()
        assert "Single letters are switched off" in words
        assert "Ctrl+M" in words
        assert "Reply\n" not in words
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.key("Ctrl+M")
        assert driver.focused == "Note"
    async with run_on_profile(profile_setup) as driver:
        assert not driver.services.settings.letter_keys
        driver.key("Esc", "G", "Q")
        await driver.process_events()
        assert driver.shell.lists.query.scope.value == "all", "the view that was shown last"
        driver.key("Alt+1")
        assert driver.shell.lists.query.scope.value == "waiting_for_us"


async def test_tickets_are_found_in_the_palette_and_opened(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        subject = open_tickets_with_messages(server)[0]["subject"]
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type(subject)
        await driver.wait_until(lambda: marked(driver).startswith(f"Tickets: {subject}"))
        driver.key("Return")
        await driver.wait_until(lambda: driver.subject == subject)


async def test_a_screen_reader_hears_each_number_of_selected_tickets_once(
    box: Sandbox, profile_setup: ProfileSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        driver.list.setFocus()
        monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
        driver.key("J", "X", "J", "X")
        assert [one for one in heard if "selected" in one] == ["1 selected", "2 selected"]
        assert "X adds or removes a ticket" in driver.visible_text()
        driver.key("Shift+J", "Shift+J")
        assert len(selected(driver)) > 2
        assert "2 selected." not in driver.visible_text(), "nothing says what is not so any more"
        driver.key("Esc")
        assert "selected" not in driver.visible_text()
        heard.clear()
        driver.shell.lists.changed(ChangeSet(bulk=frozenset({driver.services.accounts.all()[0].id})))
        await driver.process_events()
        driver.shell.selection.select_all()
        assert [one for one in heard if "selected" in one] == [f"{len(selected(driver))} selected"]
        monkeypatch.undo()
