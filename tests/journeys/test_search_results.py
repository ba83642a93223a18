"""What a search shows: where each hit is, in every density, said to a screen reader too."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_plain_tickets, with_accounts

from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.server import VendorServer


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "thena", "mijnklantportaal")) as made:
        yield made


async def search(driver: AppDriver, text: str) -> None:
    driver.key("/")
    driver.type_into("Search tickets", text)


async def test_rows_say_where_the_hit_is_and_scrolling_reads_more(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await search(driver, "refund")
        await driver.wait_until(lambda: any("Found in" in text and "refund" in text for text in driver.row_texts()))
        for density in ("Ctrl+Shift+2", "Ctrl+Shift+3", "Ctrl+Shift+1"):
            driver.key(density)
            await driver.wait_until(lambda: any("Found in" in text for text in driver.row_texts()))
        driver.click(driver.find_all("Clear the search", QAbstractButton)[-1])
        await driver.wait_until(lambda: driver.row_texts() and not any("Found in" in t for t in driver.row_texts()))


@asynccontextmanager
async def not_read_yet(box: Sandbox, tmp_path: Path) -> AsyncIterator[tuple[AppDriver, VendorServer]]:
    """Run with an account whose list cannot be read, so that no ticket is on this computer, and one that has no search."""
    server = box["nexuscore"]
    server.faults.status(500, times=None, path="/v1/tickets", whole=True, methods=("GET",))
    accounts = with_accounts((server, "Retail EU"), (box["mijnklantportaal"], "Klantenservice"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Klantenservice"))
        yield driver, server


def at_vendors(driver: AppDriver) -> str:
    """What stands beneath the hits."""
    found = driver.find_all("At the vendors")
    return driver.visible_text(found[0]) if found else ""


async def test_what_the_vendors_found_is_listed_beneath_and_read_in_when_it_is_opened(
    box: Sandbox, tmp_path: Path
) -> None:
    async with not_read_yet(box, tmp_path) as (driver, _server):
        await search(driver, "refund")
        await driver.wait_until(lambda: "more, not on this computer" in at_vendors(driver), at_vendors(driver))
        assert "NexusCore, Retail EU" in at_vendors(driver)
        assert "Mijn Klantportaal has no search of its own." in at_vendors(driver)
        found = driver.shell.search_results.vendors.results.tickets
        assert found
        subjects = [one.ticket.subject for one in found[:2]]
        driver.click(found[0])
        await driver.wait_until(lambda: driver.subject == subjects[0])
        driver.shell.search_results.vendors.focus_results()
        driver.key("Return")
        await driver.wait_until(lambda: driver.subject == subjects[1])


async def test_a_vendor_that_fails_says_so_and_can_be_asked_again(box: Sandbox, tmp_path: Path) -> None:
    async with not_read_yet(box, tmp_path) as (driver, server):
        server.faults.status(403, times=None, path="/v1/tickets/search")
        await search(driver, "refund")
        driver.key("Return")
        await driver.wait_until(lambda: "Ask again" in at_vendors(driver), at_vendors(driver))
        assert "more, not on this computer" not in at_vendors(driver)
        server.faults.clear()
        driver.press("Ask the vendors again")
        await driver.wait_until(lambda: "not on this computer" in at_vendors(driver), at_vendors(driver))


async def test_an_id_that_is_not_here_is_asked_for_and_said_where_there_is_none(box: Sandbox, tmp_path: Path) -> None:
    async with not_read_yet(box, tmp_path) as (driver, server):
        ticket = open_plain_tickets(server)[0]
        await search(driver, "tick_00none99")
        await driver.wait_until(lambda: "No ticket of this id at" in at_vendors(driver), at_vendors(driver))
        driver.key("Ctrl+A")
        driver.type_into("Search tickets", str(ticket["id"]))
        await driver.wait_until(lambda: driver.subject == str(ticket["subject"]), at_vendors(driver))


async def test_a_search_looks_in_the_view_the_account_or_everywhere(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"),
        before=with_accounts((box["nexuscore"], "Retail EU"), (box["mijnklantportaal"], "Klantenservice")),
    ) as driver:
        await driver.wait_until(lambda: all(map(driver.wait_synced, ("Retail EU", "Klantenservice"))))
        driver.press("Klantenservice")
        await driver.wait_until(
            lambda: driver.row_texts() and all("Klantenservice" in one for one in driver.row_texts())
        )
        await search(driver, "refund")
        await driver.wait_until(lambda: any("Retail EU" in one for one in driver.row_texts()))
        everywhere = len(driver.row_texts())
        driver.press("All of Klantenservice", within="Where is looked")
        await driver.wait_until(lambda: len(driver.row_texts()) < everywhere)
        assert not any("Retail EU" in one for one in driver.row_texts())
        wider = driver.shell.search_results.scopes.line.wider
        await driver.wait_until(wider.isVisible)
        driver.click(wider)
        await driver.wait_until(lambda: len(driver.row_texts()) == everywhere)
        driver.key("Ctrl+Shift+E")
        await driver.wait_until(lambda: len(driver.row_texts()) < everywhere)
        driver.key("Ctrl+Shift+E", "Ctrl+Shift+E")
        await driver.wait_until(lambda: len(driver.row_texts()) == everywhere)


async def test_a_ticket_opens_at_its_hit_and_people_lead_to_all_of_theirs(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await search(driver, "refund")
        await driver.wait_until(lambda: any("Found in" in text for text in driver.row_texts()))
        driver.open_row(next(text for text in driver.row_texts() if "Found in" in text))
        await driver.wait_until(lambda: "hit " in driver.shell._ticket_pane.hits.text)
        bar = driver.shell._ticket_pane.hits
        await driver.wait_until(bar.isVisible)
        if not bar.text.endswith("of 1"):
            before = bar.text
            driver.key("F3")
            assert bar.text != before
            driver.press("Previous hit in this conversation")
            assert bar.text == before
        rows = driver.services.lists.first_page(driver.shell.lists.query, 20)
        name = next(row.who for row in rows if row.who).split()[-1]
        driver.press("Back to: Waiting for us")
        await search(driver, name)
        line = driver.shell.search_results.scopes.line
        await driver.wait_until(lambda: line.people)
        said = line.people[0].text()
        assert said.endswith("show all")
        driver.click(line.people[0])
        await driver.wait_until(lambda: "Tickets of" in driver.shell._list_pane.title[0])
