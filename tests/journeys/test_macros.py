"""Macros in the window: made, recorded, run by key, menu, palette and bar, over several vendors, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QListView
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    state_at_vendor,
    with_accounts,
)
from tests.helpers.narrowing import not_none

from deskhand.domain.commands import kind_of
from deskhand.services.macro_steps import MacroStep, StepKind
from deskhand.ui.actions.own_actions import OWN
from deskhand.ui.bulk.bulk_bar import BulkBar
from deskhand.ui.macros.macro_form import MacroForm
from deskhand.ui.macros.macro_popup import MacroPopup
from deskhand.ui.settings.key_capture import KeyCapture
from deskhand_sandbox.sandbox import Sandbox, serving

THANKS = (
    MacroStep(StepKind.REPLY, "Thank you, we close this now."),
    MacroStep(StepKind.STATE, "closed"),
    MacroStep(StepKind.ADD_TAGS, "thanked"),
)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "routera")) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


async def opened(driver: AppDriver, box: Sandbox) -> str:
    """Open a ticket of the customer's and return its id."""
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    ticket = open_tickets_with_messages(box["nexuscore"])[0]
    await open_ticket(driver, ticket["subject"])
    await driver.wait_until(lambda: (view := driver.shell.ticket.current()) is not None and bool(view.messages))
    return str(ticket["id"])


async def test_a_macro_made_with_the_mouse_is_run_by_its_key_and_taken_back(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        ticket = await opened(driver, box)
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("macros")
        await driver.wait_until(lambda: driver.find("Commands and tickets", QListView).currentIndex().isValid())
        driver.key("Enter")
        sheet = await driver.wait_for_dialog("Macros")
        driver.click(driver.find("New…", QAbstractButton, within=sheet))
        form = await driver.wait_for_dialog("New macro")
        assert isinstance(form, MacroForm)
        driver.type_into("Name", "Thanks and close")
        driver.type_into("Value of step 1", "About {number}: done.")
        driver.click(driver.find("Add a step", QAbstractButton, within=form))
        await driver.process_events()
        driver.choose("Value of step 2", "Closed")
        driver.find("Key of the macro", KeyCapture).setFocus()
        await driver.wait_until(lambda: driver.focused == "Key of the macro", "a key is waited for")
        driver.key("F7")
        await driver.wait_until(lambda: form.macro.key == "F7")
        driver.key("E", "Return")
        await driver.wait_for_text("It is the key of “Close the ticket”.")
        assert form.macro.key == "F7"
        driver.click(driver.find("Save", QAbstractButton, within=form))
        await driver.wait_until(lambda: [one.name for one in driver.services.macros.all()] == ["Thanks and close"])
        sheet = await driver.wait_for_dialog("Macros")
        driver.click(driver.find("Close", QAbstractButton, within=sheet))
        await driver.wait_until(lambda: not driver.in_dialog and len(OWN.actions) == 1)
        driver.list.setFocus()
        driver.key("F7")
        await driver.wait_for_text("Ran “Thanks and close” on 1 ticket")
        items = await driver.services.outbox.recent(50)
        assert sorted(kind_of(item.command.action) for item in items) == ["reply", "state"]
        driver.key("Z")
        key = items[0].command.ticket

        async def is_taken_back() -> bool:
            return not await driver.services.outbox.items(not_none(key))

        while not await is_taken_back():
            await driver.process_events()
        assert received_with_text(server, "done.") == []
        assert state_at_vendor(server, ticket) not in ("resolved", "closed")


async def test_what_is_done_to_a_ticket_is_recorded_as_steps_by_keyboard(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await opened(driver, box)
        driver.list.setFocus()
        driver.key("Ctrl+Shift+Y")
        await driver.wait_until(lambda: not_none(driver.window.findChild(MacroPopup)).isVisible())
        driver.type("record")
        driver.key("Enter")
        await driver.wait_for_text("Recording on “")
        driver.list.setFocus()
        driver.key("I")
        await driver.wait_for_text("Assigned")
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("record a macro, or")
        await driver.wait_until(lambda: driver.find("Commands and tickets", QListView).currentIndex().isValid())
        driver.key("Enter")
        form = await driver.wait_for_dialog("New macro")
        assert isinstance(form, MacroForm)
        assert [step for step in form.macro.steps if step.kind is StepKind.ASSIGN] == [MacroStep(StepKind.ASSIGN, "me")]
        driver.type_into("Name", "Mine")
        driver.click(driver.find("Save", QAbstractButton, within=form))
        await driver.wait_until(lambda: [one.name for one in driver.services.macros.all()] == ["Mine"])
        await driver.wait_until(lambda: [action.title for action in OWN.actions] == ["Macro: Mine"])


async def test_a_macro_of_the_bar_is_run_on_many_after_a_question_that_says_what_is_left_out(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    accounts = with_accounts((server, "Retail EU"), (box["routera"], "Onboarding"))
    async with run_on_profile(profile_setup, before=accounts) as driver:
        await driver.services.macros.create("Thanks", THANKS)
        for label in ("Retail EU", "Onboarding"):
            await driver.wait_until(lambda label=label: driver.wait_synced(label))  # type: ignore[misc]
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 20)
        await driver.wait_until(lambda: OWN.actions)
        driver.list.setFocus()
        driver.key("Ctrl+A")
        bar = next(one for one in driver.window.findChildren(BulkBar) if one.isVisible())
        button = not_none(bar.button("macro"))
        await driver.wait_until(button.isEnabled)
        driver.click(button)
        await driver.wait_until(lambda: not_none(driver.window.findChild(MacroPopup)).isVisible())
        driver.key("Enter")
        await driver.wait_until(lambda: driver.in_dialog, "a question")
        said = driver.visible_text(driver.active_surface())
        assert "Retail EU" in said
        assert "Answered" in said
        assert "is left out" in said
        assert "Routera" in said
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert not await driver.services.outbox.recent(10)


async def test_the_palette_says_what_a_macro_would_do_and_the_keys_page_shows_it(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.services.macros.create("Thanks", THANKS, key="F7")
        ticket = await opened(driver, box)
        await driver.wait_until(lambda: OWN.actions)
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("macro: thanks")
        view = driver.find("Commands and tickets", QListView)
        told = Qt.ItemDataRole.AccessibleTextRole
        await driver.wait_until(lambda: "Macro: Thanks" in str(view.currentIndex().data(told)))
        assert "answered, set to" in str(view.currentIndex().data(told))
        driver.key("Enter")
        await driver.wait_for_text("Ran “Thanks” on 1 ticket")
        await driver.wait_until(lambda: received_with_text(server, "we close this now"))
        await driver.wait_until(lambda: state_at_vendor(server, ticket) in ("resolved", "closed"))
        driver.key("?")
        dialog = await driver.wait_for_dialog("Keys")
        assert "Macro: Thanks" in driver.visible_text(dialog)


async def test_everything_that_a_macro_did_is_taken_back_at_once_and_done_again(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        steps = (
            MacroStep(StepKind.STATE, "pending"),
            MacroStep(StepKind.ADD_TAGS, "parked"),
            MacroStep(StepKind.LATER, "tomorrow 9"),
        )
        await driver.services.macros.create("Park", steps, key="F7")
        await opened(driver, box)
        driver.list.setFocus()
        driver.key("F7")
        await driver.wait_for_text("Ran “Park” on 1 ticket")
        [entry] = await driver.services.later.entries()
        key = entry.key

        async def is_so(kinds: list[str], later: int) -> bool:
            items = await driver.services.outbox.items(key)
            found = sorted(kind_of(item.command.action) for item in items)
            return (found, len(await driver.services.later.entries())) == (kinds, later)

        async def wait_until_so(kinds: list[str], later: int) -> None:
            while not await is_so(kinds, later):
                await driver.process_events()

        driver.key("Z")
        await driver.wait_for_text("Undone: ran “Park” on 1 ticket")
        await wait_until_so([], 0)
        driver.key("Shift+Z")
        await driver.wait_for_text("Done again: ran “Park” on 1 ticket")
        assert len(await driver.services.later.entries()) == 1
