"""The highlighted row is the open ticket, whatever opened it; another list closes what it does not hold; and there is a way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, state_at_vendor, with_accounts
from tests.helpers.narrowing import not_none

from deskhand.domain.ids import TicketKey
from deskhand.ui.search.filter_edit import FilterEdit
from deskhand_sandbox.sandbox import Sandbox, serving

LABEL = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


def highlighted(driver: AppDriver) -> TicketKey | None:
    """The ticket of the row that is marked, seen at the view itself; None while nothing is listed yet."""
    if not driver.row_texts():
        return None
    view = driver.list
    rows = view.selectionModel().selectedRows()
    row = driver.shell.lists.tickets.model.row(rows[0].row()) if len(rows) == 1 else None
    return row.key if row is not None else None


def opened(driver: AppDriver) -> TicketKey | None:
    view = driver.shell.ticket.current()
    return view.ticket.key if view is not None else None


async def until_one(driver: AppDriver, remote: str) -> None:
    """Wait until this ticket is open, and the highlighted one."""
    await driver.wait_until(lambda: (k := opened(driver)) is not None and k.remote == remote, f"{remote} is open")
    await driver.wait_until(lambda: highlighted(driver) == opened(driver), "the highlighted row is the open ticket")


def key_of(driver: AppDriver, remote: str) -> TicketKey:
    account = driver.services.accounts.labelled(LABEL)
    assert account is not None
    return TicketKey(account.id, remote)


async def test_a_ticket_opened_from_elsewhere_takes_the_list_along_and_back_leads_to_where_one_was(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    done = next(one for one in server.tickets() if state_at_vendor(server, one["id"]) == "resolved")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        await driver.wait_until(lambda: len(driver.row_texts()) > 1)
        driver.list.setFocus()
        driver.key("J", "J")
        await driver.wait_until(lambda: opened(driver) is not None)
        before, scope = opened(driver), driver.shell.lists.query.scope
        driver.shell.lists.open(key_of(driver, done["id"]))
        await until_one(driver, done["id"])
        assert driver.shell.lists.query.scope is not scope
        driver.key("Alt+Left")
        await until_one(driver, not_none(before).remote)
        assert driver.shell.lists.query.scope is scope
        driver.key("Alt+Right")
        await until_one(driver, done["id"])


@pytest.mark.parametrize("way", ["named", "linked"])
async def test_a_ticket_named_at_the_start_is_the_highlighted_one(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    done = next(one for one in server.tickets() if state_at_vendor(server, one["id"]) == "resolved")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABEL))) as driver:
        link = f"deskhand:nexuscore/{done['id']}"
        driver.shell.open_named(f"{LABEL}/{done['id']}" if way == "named" else link)
        await until_one(driver, done["id"])


async def test_another_list_closes_what_it_does_not_hold_and_what_was_typed_is_a_step_back(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in open_tickets_with_messages(server) if state_at_vendor(server, one["id"]) == "open")
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        await open_ticket(driver, ticket["subject"])
        await driver.wait_until(lambda: driver.find_all("Reply box"))
        driver.key("R")
        driver.type("Half a sentence")
        driver.shell.lists.choose(driver.shell.lists.query.scope.SNOOZED)
        await driver.wait_until(
            lambda: opened(driver) is None and not driver.find_all("Reply box"), "the box is put away"
        )
        assert highlighted(driver) is None if driver.row_texts() else True
        await driver.wait_for_text("is kept as a draft.")
        driver.click(driver.find("Go back", QAbstractButton))
        await until_one(driver, ticket["id"])
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Half a sentence")
        driver.key("Alt+6")
        await until_one(driver, ticket["id"])
        assert driver.text_edit("Reply").toPlainText() == "Half a sentence"
        driver.key("Alt+8")
        await until_one(driver, ticket["id"])


async def test_a_search_closes_what_it_does_not_find_and_its_end_opens_it_again(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        await open_ticket(driver, first["subject"])
        await driver.wait_until(lambda: driver.find_all("Reply box"))
        driver.key("R")
        driver.type("For the first")
        driver.press("Search all tickets")
        driver.type(second["subject"])
        await driver.wait_until(
            lambda: [second["subject"] in row for row in driver.row_texts()] == [True], "it alone is found"
        )
        await driver.wait_until(lambda: opened(driver) is None, "what was not found is put away")
        assert driver.focused == "Search tickets"
        await driver.wait_for_text("Choose a ticket")
        await driver.wait_for_text("is kept as a draft.")
        for _ in ("what is offered", "the text", "the search"):
            if driver.find_all("Search tickets"):
                driver.key("Esc")
        assert not driver.find_all("Search tickets")
        await until_one(driver, first["id"])
        assert "is kept as a draft." not in driver.visible_text()
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "For the first")


async def test_a_found_ticket_and_the_words_it_was_found_by_come_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        await open_ticket(driver, first["subject"])
        driver.key("/")
        driver.type(second["subject"])
        await driver.wait_until(
            lambda: [second["subject"] in row for row in driver.row_texts()] == [True], "it alone is found"
        )
        driver.open_row(second["subject"])
        await until_one(driver, second["id"])
        driver.key("Alt+Left")
        await until_one(driver, first["id"])
        assert not driver.find_all("Search tickets"), "the search is left, with its words"
        driver.key("Alt+Right")
        await until_one(driver, second["id"])
        assert driver.find("Search tickets", FilterEdit).toPlainText() == second["subject"]
        driver.key("Alt+Right")
        await driver.wait_for_text("No ticket was opened after this one")
