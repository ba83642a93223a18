"""The search box speaks the filter language: results while typing, suggestions in a strip, mistakes at their place, and nothing typed is lost."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts

from deskhand.ui.search.offer_chip import OfferChip
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "thena")) as made:
        yield made


@asynccontextmanager
async def running(box: Sandbox, tmp_path: Path) -> AsyncIterator[AppDriver]:
    """Run the program with two accounts that have synced."""
    accounts = with_accounts((box["nexuscore"], "Retail EU"), (box["thena"], "Platform"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
        await driver.wait_until(lambda: all(driver.wait_synced(label) for label in ("Retail EU", "Platform")))
        yield driver


def offered(driver: AppDriver) -> list[str]:
    """What the strip offers, as far as it is in sight."""
    strip = driver.shell.search.bar.strip
    return [one.offer.label for one in strip.findChildren(OfferChip) if one.isVisible()]


def chip(driver: AppDriver, label: str) -> OfferChip:
    strip = driver.shell.search.bar.strip
    return next(one for one in strip.findChildren(OfferChip) if one.isVisible() and one.offer.label == label)


async def search(driver: AppDriver, text: str) -> None:
    driver.key("/")
    driver.type(text)


async def listed(driver: AppDriver, title: str) -> None:
    await driver.wait_until(lambda: title in driver.shell._list_pane.title[0], title)


async def test_a_condition_lists_what_fits_while_it_is_typed_and_says_how_many(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "account:platform is:open")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        count = int(driver.shell.search.bar.count_text.split()[0])
        assert count == driver.list.model().rowCount() > 0
        assert all("Platform" in row for row in driver.row_texts())
        assert "ms" in driver.shell.search.bar.count_text


async def test_tab_takes_what_is_marked_and_a_click_takes_another(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "prio")
        await driver.wait_until(lambda: "priority:" in offered(driver))
        driver.key("Tab")
        assert driver.shell.search.text == "priority:"
        await driver.wait_until(lambda: "high" in offered(driver))
        driver.click(chip(driver, "high"))
        assert driver.shell.search.text == "priority:high "
        assert driver.focused == "Search tickets"
        await driver.wait_until(lambda: driver.shell.search.count is not None)


async def test_a_second_tab_pressed_at_once_takes_what_fits_the_text_of_then(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "prio")
        await driver.wait_until(lambda: "priority:" in offered(driver))
        driver.key("Tab", "Tab")
        assert driver.shell.search.text == "priority:", "what was offered for “prio” is not put in twice"
        await driver.wait_until(lambda: driver.shell.search.text.endswith(" "), "a priority was taken")
        assert driver.shell.search.text.startswith("priority:")


async def test_the_strip_is_walked_by_arrow_keys_and_read_out_with_its_counts(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "is:")
        await driver.wait_until(lambda: "unread" in offered(driver))
        driver.key("Alt+Down")
        first = driver.focused
        assert first == "unread"
        assert "ticket" in chip(driver, "unread").accessibleDescription()
        driver.key("Right")
        assert driver.focused != first
        driver.key("Left")
        driver.key("Return")
        assert driver.shell.search.text == "is:unread "
        driver.key("Alt+Down")
        driver.type("x")  # a letter goes into the text
        assert driver.shell.search.text == "is:unread x"


async def test_escape_goes_back_by_steps_and_the_text_is_there_again(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await listed(driver, "Waiting for us")
        await search(driver, "priority:urg")
        await driver.wait_until(lambda: "urgent" in offered(driver))
        driver.key("Esc")
        assert not offered(driver)
        assert driver.shell.search.text == "priority:urg"
        driver.key("Esc")
        assert driver.shell.search.text == ""
        assert driver.focused == "Search tickets"
        driver.key("Esc")
        await listed(driver, "Waiting for us")
        assert not driver.shell.search.is_open
        driver.key("/")
        assert driver.shell.search.text == "priority:urg"


async def test_the_way_back_and_forth_brings_text_and_results_again(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "tag:refund or is:open")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        driver.key("Down")
        await driver.wait_until(lambda: driver.subject)
        driver.click(driver.find("All tickets"))
        await listed(driver, "All tickets")
        assert not driver.shell.search.is_open
        await driver.wait_until(lambda: not driver.shell.lists.why_not_go(-1))
        driver.key("Alt+Left")
        await driver.wait_until(lambda: driver.shell.search.text == "tag:refund or is:open")
        driver.key("Alt+Right")
        await listed(driver, "All tickets")
        assert not driver.shell.search.is_open


async def test_a_mistake_is_said_at_its_place_and_one_press_mends_it(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "is:open")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        rows = driver.row_texts()
        driver.type(" has:attachmant x")
        await driver.wait_until(lambda: "has:attachment" in driver.shell.search.bar.strip.mistake[0])
        assert driver.row_texts() == rows
        mistake = driver.shell.search.bar.edit.mistake
        assert driver.shell.search.text[mistake.begin : mistake.end] == "attachmant"
        driver.click(driver.shell.search.bar.strip.fix_button)
        assert driver.shell.search.text == "is:open has:attachment x"
        assert driver.shell.search.bar.strip.mistake == ("", "")


async def test_recent_searches_are_offered_taken_and_forgotten(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        for text in ("is:open", "priority:high"):
            await search(driver, text)
            driver.key("Return")
            await listed(driver, text)
            driver.click(driver.find("All tickets"))
            await listed(driver, "All tickets")
        driver.key("/")
        await driver.wait_until(lambda: offered(driver) == ["priority:high", "is:open"], str(offered(driver)))
        driver.key("Down", "Right")
        assert driver.focused == "is:open"
        driver.key("Delete")
        await driver.wait_until(lambda: offered(driver) == ["priority:high"])
        driver.key("Tab")
        assert driver.shell.search.text == "priority:high"
        driver.press("Clear the text")
        await driver.wait_until(lambda: offered(driver) == ["priority:high"])
        driver.press("Forget all recent searches")
        await driver.wait_until(lambda: "priority:high" not in offered(driver))


async def test_the_box_opens_by_mouse_and_leads_back_by_mouse(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.press("Search all tickets")
        assert driver.focused == "Search tickets"
        driver.type("is:closed")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        driver.press("Back to: Waiting for us")
        await listed(driver, "Waiting for us")
        assert not driver.shell.search.is_open


async def test_one_letter_leaves_what_was_found_until_the_typing_pauses(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        await search(driver, "account:platform is:open")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        found, before = driver.row_texts(), driver.shell.lists.before_search.scope
        driver.key("Ctrl+A")
        driver.type("q")
        assert driver.row_texts() == found
        assert driver.shell.search.bar.count_text == ""
        await driver.wait_until(lambda: driver.shell.lists.typed is None, "the list before")
        assert driver.shell.lists.query.scope is before
        driver.key("Ctrl+A")
        driver.type("account:platform is:open")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        driver.key("Ctrl+A")
        driver.type("q")
        driver.key("Return")
        assert driver.shell.lists.typed is None, "Enter leads into the list that the letter means"
