"""Tickets of all five vendors at once: what each can is said before, done, told for each ticket, and taken back together."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTableWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import state_at_vendor, with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.ids import TicketKey
from deskhand.ui.bulk.bulk_bar import BulkBar
from deskhand.ui.bulk.bulk_panel import BulkPanel
from deskhand.ui.bulk.results_sheet import ResultsSheet
from deskhand_sandbox.sandbox import Sandbox, serving

NAMES = {
    "nexuscore": "Retail EU",
    "thena": "Platform",
    "mijnklantportaal": "Klantenservice",
    "routera": "Onboarding",
    "thalamus": "Clinics",
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=80) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


async def at_all_vendors(driver: AppDriver) -> None:
    """Wait until all five vendors are read, and show all tickets."""
    for vendor, label in NAMES.items():
        if vendor == "thalamus":
            account = not_none(driver.services.accounts.labelled(label))
            await driver.services.records.import_tickets(account.id, "external_id,title\nT-1,Lens order\nT-2,Frame\n")
        else:
            await driver.wait_until(lambda label=label: driver.wait_synced(label))  # type: ignore[misc]
    driver.key("Alt+8")
    await driver.wait_until(lambda: len(driver.row_texts()) >= 20)
    driver.list.setFocus()


def rows_of(driver: AppDriver, vendor: str, count: int) -> list[int]:
    """Rows of open tickets of a vendor."""
    model = driver.shell.lists.tickets.model
    rows = [(at, row) for at in range(model.rowCount()) if (row := model.row(at)) is not None]
    account = not_none(driver.services.accounts.labelled(NAMES[vendor]))
    found = [at for at, row in rows if row.key.account == account.id and not row.state.is_done]
    assert len(found) >= count, vendor
    return found[:count]


async def pick_by_key(driver: AppDriver, rows: Sequence[int]) -> list[TicketKey]:
    """Go from row to row by J and take each into the selection by X."""
    driver.key("Home")
    at = 0
    for row in sorted(rows):
        driver.key(*["J"] * (row - at), "X")
        at = row
    await driver.wait_until(lambda: driver.shell.lists.tickets.selected_count == len(rows))
    return driver.shell.lists.tickets.selected()


async def pick_by_mouse(driver: AppDriver, keys: Sequence[TicketKey]) -> None:
    """Click the row of the first ticket, and those of the others with Ctrl, wherever they stand by then."""
    tickets = driver.shell.lists.tickets
    for number, key in enumerate(keys):
        driver.list.scrollTo(driver.list.model().index(not_none(tickets.model.position(key)), 0))
        await driver.process_events()
        driver.list.viewport().repaint()  # a click means what is painted there
        at = driver.list.visualRect(driver.list.model().index(not_none(tickets.model.position(key)), 0)).center()
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(driver.list.viewport(), Qt.MouseButton.LeftButton, held, at)
        await driver.wait_until(lambda: set(tickets.selected()) == set(keys[: number + 1]))  # noqa: B023 - at once


def panel(driver: AppDriver) -> BulkPanel:
    return next(one for one in driver.window.findChildren(BulkPanel))


def reach(driver: AppDriver, name: str) -> str:
    return not_none(panel(driver).bar.button(name)).reach


async def five(driver: AppDriver, *, two_of: str = "nexuscore") -> list[int]:
    """A row of each vendor, two of one."""
    return sorted(row for vendor in NAMES for row in rows_of(driver, vendor, 2 if vendor == two_of else 1))


async def test_by_keys_it_is_said_what_each_vendor_can_and_done_where_it_can(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    accounts = [(box[vendor], label) for vendor, label in NAMES.items()]
    async with run_on_profile(profile_setup, before=with_accounts(*accounts)) as driver:
        await at_all_vendors(driver)
        keys = await pick_by_key(driver, await five(driver))
        await driver.wait_until(lambda: len(panel(driver).parts) == 5 and "of 6" in reach(driver, "priority"))
        assert panel(driver).title == "6 tickets, 5 vendors"
        said = {part.split(",")[0]: part for part in panel(driver).parts}
        assert "everything" in said["NexusCore"]
        assert "no tags" in said["Thena"]
        assert "no assignee, priority or tags" in said["Mijn Klantportaal"]
        assert "only by a reply to the customer" in said["Mijn Klantportaal"]
        assert not driver.find_all("Reply"), "the conversation gave way"
        driver.key("T")
        await driver.wait_until(lambda: driver.focused == "Tag to add or remove")
        driver.type("from-bulk")
        driver.key("Return")
        await driver.wait_for_text("Changed the tags of")
        items = await driver.services.outbox.recent(50)
        tagged = {item.command.ticket for item in items}
        assert tagged
        assert tagged < set(keys), "vendors without tags were left alone"
        assert driver.shell.lists.tickets.selected_count == 6, "they are still selected"
        driver.key("Esc")
        await driver.wait_until(lambda: not panel(driver).isVisible())


async def test_by_mouse_what_cannot_be_undone_is_asked_about_and_left_open(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    accounts = [(box[vendor], label) for vendor, label in NAMES.items()]
    async with run_on_profile(profile_setup, before=with_accounts(*accounts)) as driver:
        await at_all_vendors(driver)
        rows = [*rows_of(driver, "nexuscore", 1), *rows_of(driver, "thena", 1), *rows_of(driver, "mijnklantportaal", 1)]
        model = driver.shell.lists.tickets.model
        keys = [not_none(model.row(row)).key for row in rows]
        await pick_by_mouse(driver, keys)
        await driver.wait_until(lambda: reach(driver, "close") == "all 3, 1 for good")
        driver.press("Close", within="What is selected")
        await driver.wait_until(lambda: driver.in_dialog, "the question")
        said = driver.visible_text()
        assert "Close 3 tickets?" in said
        assert "Asked because one of them cannot be undone from here." in said
        assert "Retail EU" in said
        assert "for good: There is no way back but a reply to the customer." in said
        assert driver.focused == "Close 2, leave 1 open", "the safe answer has the focus"
        driver.key("Return")
        await driver.wait_for_text("Closed 2 tickets, 1 left as it is. Left open, as you chose.")
        await driver.wait_until(lambda: state_at_vendor(box["nexuscore"], keys[0].remote) in ("resolved", "closed"))
        before = await driver.services.outbox.recent(50)
        assert {item.command.ticket for item in before} == set(keys[:2])
        driver.press("Undo")
        await driver.wait_for_text("Undone: closed 2 tickets")
        await driver.wait_until(lambda: state_at_vendor(box["nexuscore"], keys[0].remote) not in ("resolved", "closed"))


async def test_progress_is_paused_goes_on_and_what_failed_stays_selected(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        await driver.services.engine.wait_synced()
        driver.list.setFocus()
        keys = await pick_by_key(driver, rows_of(driver, "nexuscore", 5))
        server.faults.status(422, times=1, methods=("PATCH",), path=keys[0].remote)
        server.faults.latency(1.2, times=None, methods=("PATCH",))
        driver.key("E")
        await driver.wait_until(lambda: driver.window.findChildren(ResultsSheet), "what takes long is shown")
        sheet = driver.window.findChildren(ResultsSheet)[0]
        await driver.wait_until(lambda: driver.focused == "Tickets", "it leaves the keyboard where it was")
        driver.click(driver.find("Pause", QAbstractButton, within=sheet))
        await driver.wait_until(lambda: "paused" in sheet.counts)
        driver.click(driver.find("Go on", QAbstractButton, within=sheet))
        server.faults.clear()
        await driver.wait_until(lambda: sheet.counts == "4 done · 1 needs you", sheet.counts)
        table = sheet.findChildren(QTableWidget)[0]
        assert table.rowCount() == 5
        await driver.wait_until(lambda: driver.shell.lists.tickets.selected() == [keys[0]], "what failed is selected")
        driver.click(driver.find("Close", QAbstractButton, within=sheet))
        async with asyncio.timeout(WAIT_SECONDS):  # they were read
            while await driver.services.bulk_results.runs():
                await driver.process_events()


async def test_a_restart_in_between_loses_nothing_and_repeats_nothing(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        driver.list.setFocus()
        account = not_none(driver.services.accounts.labelled("Retail EU"))
        keys = await pick_by_key(driver, rows_of(driver, "nexuscore", 4))
        await driver.services.accounts.pause(account.id, paused=True)
        driver.key("E")
        await driver.wait_for_text("Closed 4 tickets")
    async with run_on_profile(profile_setup) as driver:
        await driver.services.accounts.pause(account.id, paused=False)
        await driver.wait_until(
            lambda: all(state_at_vendor(server, key.remote) in ("resolved", "closed") for key in keys)
        )
        for key in keys:
            changes = [one for one in server.received() if one.get("ticket") == key.remote]
            assert len(changes) <= 1
        assert len(await driver.services.outbox.recent(50)) == 4
        driver.shell.outbox.open()
        await driver.wait_for_dialog("Outbox")
        await driver.wait_for_text("Results: Close 4 tickets")
        driver.press("Results: Close 4 tickets")
        await driver.wait_until(lambda: driver.window.findChildren(ResultsSheet))
        sheet = driver.window.findChildren(ResultsSheet)[0]
        await driver.wait_until(lambda: sheet.counts == "4 done")


async def test_where_list_and_conversation_take_turns_the_bar_is_below_the_list(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.shell.window.resize(720, 560)
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        driver.list.setFocus()
        driver.key("Ctrl+A")
        count = driver.shell.lists.tickets.selected_count
        assert not panel(driver).isVisible()
        (bar,) = [one for one in driver.window.findChildren(BulkBar) if one.isVisible()]
        await driver.wait_until(lambda: not_none(bar.button("assign")).reach == f"all {count}")
        driver.click(not_none(bar.button("assign")))
        driver.key("Return")
        await driver.wait_until(lambda: driver.in_dialog, "more than five are asked about")
        assert driver.focused.startswith("Assign ")
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.press("Clear the selection")
        await driver.wait_until(lambda: not bar.isVisible())
