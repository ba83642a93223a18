"""The window comes back as it was: list, filters, search, tickets, scroll positions and panes; also after a kill."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts
from tests.helpers.narrowing import instance
from tests.journeys.place_session import leave, place_of, stored

from deskhand.domain.queries import GroupBy, Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority
from deskhand.services.services import Services
from deskhand.services.window_place import KEY, read
from deskhand.ui.app import WindowOptions
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving


def kept(driver: AppDriver) -> TicketQuery:
    return read(driver.services.settings.text(KEY)).query


def titles(driver: AppDriver) -> list[str]:
    return [face.title for face in driver.shell.tabs.bar.faces[1:]]


async def test_by_keyboard_view_tickets_and_tabs_are_there_again(server: Server, profile_setup: ProfileSetup) -> None:
    one, two = [ticket["subject"] for ticket in open_tickets_with_messages(server)[:2]]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.key("Ctrl+1")
        await driver.wait_until(lambda: any(one in row for row in driver.row_texts()), "the account's list")
        driver.open_row(one)
        driver.list.setFocus()
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: titles(driver) == [one], "it has a tab")
        driver.open_row(two)
        await driver.wait_until(lambda: driver.subject == two, "it is open")
        driver.key("R")
        await driver.wait_until(lambda: driver.focused == "Reply", "the box has the keyboard")
        driver.type("Half of it")
        await driver.wait_until(lambda: kept(driver).account is not None, "it is kept while the window is open")
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.subject == two, "the ticket is open again")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Half of it", "with its draft")
        account = driver.services.accounts.labelled("Retail")
        assert account is not None
        assert driver.shell.lists.query.account == account.id
        assert titles(driver) == [one]
        driver.key("Esc", "Ctrl+Tab")
        await driver.wait_until(lambda: driver.subject == one, "the ticket of the tab")


async def test_by_mouse_filters_order_search_and_panes_are_there_again(
    server: Server, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        driver.shell._list_pane.filters.changed.emit(Sort.OLDEST, (), (Priority.HIGH,), "", False)
        query = TicketQuery(Scope.ALL, sort=Sort.OLDEST, priorities=(Priority.HIGH,))
        assert driver.shell.lists.query == query
        await driver.wait_until(lambda: kept(driver) == query, "it is kept")
        panes = driver.shell.window._split
        sizes = panes.sizes()
        panes.setSizes([sizes[0] + 30, sizes[1] + 40, sizes[2] - 70])
        panes.splitterMoved.emit(0, 0)
        sizes = panes.sizes()
        layout = driver.services.settings.text("window.layout")
        await driver.wait_until(lambda: driver.services.settings.text("window.layout") != layout, "the panes are kept")
    async with run_on_profile(profile_setup) as driver:
        assert driver.shell.lists.query == query
        assert driver.shell.window._split.sizes() == sizes
        driver.shell.lists.search_asked.emit("invoice")
        await driver.wait_until(
            lambda: read(driver.services.settings.text(KEY)).typed == "invoice", "the search is kept"
        )
    async with run_on_profile(profile_setup) as driver:
        assert driver.shell.lists.typed == "invoice"
        driver.shell.lists.end_search()
        assert driver.shell.lists.typed is None, "behind the search there is a list"


async def test_what_is_gone_is_skipped_with_a_word(server: Server, profile_setup: ProfileSetup) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.key("Ctrl+1")
        await driver.wait_until(lambda: any(ticket["subject"] in row for row in driver.row_texts()), "the list")
        driver.open_row(ticket["subject"])
        await driver.wait_until(lambda: kept(driver).account is not None, "it is kept")

    async def gone(services: Services) -> None:
        text = services.settings.text(KEY)
        account = read(text).query.account
        assert account is not None
        await services.settings.put(KEY, text.replace(account, "0" * 32))

    async with run_on_profile(profile_setup, before=gone) as driver:
        await driver.wait_for_text("not here any more")
        assert driver.shell.lists.query.scope is Scope.WAITING_FOR_US
        assert not driver.subject


async def test_a_ticket_that_is_asked_for_at_the_start_is_the_one_in_front(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, first["subject"])
        await driver.wait_until(lambda: read(driver.services.settings.text(KEY)).tabs[0].key is not None, "it is kept")
    options = WindowOptions(theme="light", size=(1440, 900), open=f"Retail/{second['id']}")
    async with run_on_profile(profile_setup, options=options) as driver:
        await driver.wait_until(lambda: driver.subject == second["subject"], "the one that was asked for")
        driver.key("Alt+Left")
        await driver.wait_until(lambda: driver.subject == first["subject"], "the one before is a step back")


@pytest.fixture
def large_server() -> Iterator[Server]:
    with serving(tickets=420, only=("nexuscore",)) as box:
        yield instance(box["nexuscore"], Server)


def long_conversations(server: Server) -> list[str]:
    """Return the subjects of three tickets whose conversations are longer than the window."""
    found = open_tickets_with_messages(server)[:3]
    for ticket in found:
        for number in range(12):
            server.add_customer_message(ticket["id"], f"Paragraph {number}.\n\n" * 6)
    return [ticket["subject"] for ticket in found]


async def is_as_it_was(driver: AppDriver, place: dict[str, object]) -> None:
    try:
        await driver.wait_until(lambda: json.loads(json.dumps(place_of(driver))) == place)
    except AssertionError as error:
        raise AssertionError(f"it was {place}, and is {place_of(driver)}") from error


async def test_list_and_conversations_are_scrolled_to_where_they_were(
    large_server: Server, profile_setup: ProfileSetup
) -> None:
    subjects = long_conversations(large_server)
    async with run_on_profile(profile_setup, before=with_accounts((large_server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        place = json.loads(json.dumps(await leave(driver, *subjects)))
    async with run_on_profile(profile_setup) as driver:
        await is_as_it_was(driver, place)
        assert driver.subject == subjects[0]
        assert titles(driver) == [subjects[1]]


async def test_who_scrolls_there_and_back_while_it_is_kept_is_where_they_are(
    large_server: Server, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((large_server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        await driver.wait_until(lambda: len(driver.row_texts()) > 100, "the list of all")
        bar, keeper = driver.list.verticalScrollBar(), driver.shell.keeper
        bar.setValue(40 * driver.list.verticalHeader().defaultSectionSize())
        stays = bar.value()
        await keeper.save()
        bar.setValue(0)
        keeper._keep()
        await asyncio.sleep(0)  # it is on its way
        bar.setValue(stays)
        keeper._keep()
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.list.verticalScrollBar().value() == stays, "it is where it was left")


async def test_a_list_with_groups_is_scrolled_to_where_it_was(
    large_server: Server, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((large_server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        driver.shell.lists.group_by(GroupBy.STATE)
        await driver.wait_until(lambda: len(driver.row_texts()) > 100, "the list of all")
        height = driver.list.verticalHeader().defaultSectionSize()
        driver.list.verticalScrollBar().setValue(60 * height + 9)
        await driver.wait_until(lambda: stored(driver).offset in (9, 9 - height), "it is on the disk")
        top = stored(driver).top
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.list.verticalScrollBar().value() == 60 * height + 9, "it is back")
        first = driver.shell.lists.tickets.model.cached_row(60) or driver.shell.lists.tickets.model.cached_row(61)
        assert first is not None
        assert first.key == top


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
async def test_after_a_kill_all_is_where_it_was(large_server: Server, profile_setup: ProfileSetup) -> None:
    subjects = long_conversations(large_server)
    async with run_on_profile(profile_setup, before=with_accounts((large_server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
    process = subprocess.Popen(  # noqa: ASYNC220 - it starts in milliseconds, and nothing else runs meanwhile
        [sys.executable, "-m", "tests.journeys.place_session", str(profile_setup.folder), *subjects],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin:
        json.dump(profile_setup.vault._items, process.stdin)
    try:
        place = json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    async with run_on_profile(profile_setup) as driver:
        await is_as_it_was(driver, place)
        assert driver.subject == subjects[0]
        assert titles(driver) == [subjects[1]]
