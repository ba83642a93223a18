"""A window of 1000 pixels: the sidebar is a rail of icons, and everything is reached from there by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.child_widgets import child
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.domain.going_on import GoOn
from deskhand.ui.app import WindowOptions
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.sidebar.rail import RailButton
from deskhand_sandbox.faults import FaultKind, FaultRule
from deskhand_sandbox.sandbox import Sandbox, serving

WORDS = "The parcel left us this morning."


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=90, only=("nexuscore", "thena")) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


def at(width: int) -> WindowOptions:
    return WindowOptions(theme="light", size=(width, 700))


async def both_synced(driver: AppDriver) -> None:
    await driver.wait_until(lambda: driver.wait_synced("Retail EU") and driver.wait_synced("Platform"))


def title(driver: AppDriver) -> str:
    return child(driver.window, ListPane).title[0]


async def test_views_and_accounts_are_shown_from_the_rail_by_mouse_and_by_keys(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    ready = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    async with run_on_profile(profile_setup, before=ready, options=at(1000)) as driver:
        await both_synced(driver)
        assert driver.shell.window.sidebar.is_rail
        named = {one.accessibleName() for one in driver.shell.window.sidebar.rail.buttons()}
        assert {"Waiting for us", "Unassigned", "Outbox", "All tickets", "Retail EU", "Platform"} <= named
        driver.press("All tickets")
        await driver.wait_until(lambda: title(driver) == "All tickets", "the view is shown")
        await driver.wait_until(lambda: driver.find("All tickets", RailButton).is_on, "and marked")
        driver.press("Platform")
        await driver.wait_until(lambda: title(driver) == "Platform", "the account is shown")
        driver.find("All tickets", RailButton).setFocus()
        driver.key("Down")
        assert driver.focused == "Retail EU"
        driver.key("Return")
        await driver.wait_until(lambda: title(driver) == "Retail EU", "the account is shown by keys")
        driver.key("F6", "J")
        await driver.wait_until(lambda: driver.subject, "the keyboard went on to the list")


async def test_what_needs_the_agent_is_counted_at_its_foot_and_listed_by_a_press(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    good, bad = box["nexuscore"], box["thena"]
    ready = with_accounts((good, "Retail EU"), (bad, "Platform"))
    ticket = open_tickets_with_messages(good)[0]
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=ready, options=at(1000)
    ) as driver:
        await both_synced(driver)
        await open_ticket(driver, ticket["subject"])
        good.faults.drop_before(times=1, methods=("POST",), path=ticket["id"])
        driver.type_into("Reply", WORDS)
        driver.press("Send")
        rail = driver.shell.window.sidebar.rail
        await driver.wait_until(lambda: rail.health.counter == "1", "the message in doubt is counted")
        bad.faults.add(FaultRule(FaultKind.STATUS, status=401))
        await driver.wait_until(lambda: rail.health.counter == "2", "the account is counted too")
        by_name = {one.accessibleName(): one.counter for one in rail.buttons()}
        assert (by_name["Outbox"], by_name["Platform"]) == ("1", "!")
        driver.press("How the accounts are")
        await driver.wait_for_dialog("How the accounts are")
        assert "1 message or change needs you" in driver.visible_text()
        assert "Sign-in needed" in driver.visible_text()
        driver.press("Outbox: Show")
        await driver.wait_for_dialog("Outbox")
        driver.key("Escape")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.key("Ctrl+\\")
        await driver.wait_until(lambda: driver.focused not in ("", "How the accounts are"))
        words = driver.shell.status.accounts_button
        assert (words.isVisible(), words.text()) == (True, "2 need you")


async def test_the_whole_sidebar_comes_over_the_window_and_the_agents_choice_is_kept(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    ready = with_accounts((box["nexuscore"], "Retail EU"))
    async with run_on_profile(profile_setup, before=ready, options=at(1440)) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.key("Ctrl+\\")
        driver.press("Show the whole sidebar")
        assert driver.find_all("Add account")
        assert driver.focused == "Waiting for us"
        driver.key("Escape")
        assert not driver.find_all("Add account")
        assert driver.focused == "Waiting for us"
    async with run_on_profile(profile_setup, options=at(1440)) as driver:
        assert not driver.find_all("Add account")
        driver.window.resize(1000, 700)
        driver.key("Ctrl+\\")
        assert driver.find_all("Add account")
        driver.key("Ctrl+\\")
        assert not driver.find_all("Add account")
        driver.window.resize(1440, 700)
        driver.key("Ctrl+\\")
        assert driver.find_all("Add account")


@pytest.mark.parametrize("width", [1440, 1000, 790])
async def test_a_search_gives_the_keyboard_to_its_first_hit_at_every_width(
    box: Sandbox, profile_setup: ProfileSetup, width: int
) -> None:
    plain = (one for one in open_tickets_with_messages(box["nexuscore"]) if one["subject"].replace(" ", "").isalnum())
    wanted = next(plain)
    ready = with_accounts((box["nexuscore"], "Retail EU"))
    async with run_on_profile(profile_setup, before=ready, options=at(width)) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.press("All tickets")
        await driver.wait_until(lambda: title(driver) == "All tickets", "the view is shown")
        driver.key("/")
        driver.type(wanted["subject"])
        await driver.wait_until(lambda: wanted["subject"] in next(iter(driver.row_texts()), ""), "it is found")
        driver.key("Return")
        assert driver.focused == "Tickets"
        await driver.wait_until(lambda: driver.list.currentIndex().isValid(), "the first hit is marked")
        assert driver.focused == "Tickets"
        driver.key("Return")
        await driver.wait_until(lambda: driver.subject == wanted["subject"], "Enter reads the hit that is marked")
        await driver.wait_until(lambda: driver.focused == "Conversation", "and goes on into it")
