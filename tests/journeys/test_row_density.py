"""Rows are as dense as the agent wants them in each view, by key, by mouse and for all views at once, also after a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.narrowing import not_none

from deskhand.domain.queries import Scope, Sort
from deskhand.domain.tickets import State
from deskhand.ui.list.columns import COLUMNS, ColumnName
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.ticket.ticket_pane import TicketPane
from deskhand.ui.window import LOOK_WIDTH
from deskhand_sandbox.sandbox import Sandbox, serving

LABEL = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore",)) as made:
        yield made


def height(driver: AppDriver) -> int:
    return driver.list.rowHeight(0)


async def test_a_view_keeps_its_density_and_the_others_theirs(box: Sandbox, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((box["nexuscore"], LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        driver.shell.lists.choose(Scope.ALL)
        await driver.wait_until(lambda: len(driver.row_texts()) > 5)
        comfortable = height(driver)
        driver.list.setFocus()
        driver.key("J", "J", "J", "Ctrl+Shift+2")
        await driver.wait_until(lambda: height(driver) < comfortable * 0.75, "the rows are compact")
        compact = height(driver)
        assert driver.list.currentIndex().row() == 2
        driver.shell.lists.choose(Scope.UNASSIGNED)
        assert height(driver) == comfortable
        driver.press("Compact rows")
        await driver.wait_until(lambda: height(driver) == compact, "the mouse makes them compact too")
        driver.key("Ctrl+Shift+1")
        await driver.wait_until(lambda: height(driver) == comfortable, "and the key comfortable again")
    async with run_on_profile(setup) as driver:
        driver.shell.lists.choose(Scope.ALL)
        await driver.wait_until(lambda: height(driver) == compact, "it is kept")
        driver.shell.lists.choose(Scope.MINE_OPEN)
        assert height(driver) == comfortable
        driver.shell.density.choose_usual(Density.COMPACT)
        await driver.wait_until(lambda: height(driver) == compact, "a view without one of its own follows the default")


async def test_a_table_takes_all_the_room_and_a_ticket_opens_in_its_place(box: Sandbox, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((box["nexuscore"], LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        driver.shell.lists.choose(Scope.ALL)
        await driver.wait_until(lambda: len(driver.row_texts()) > 5)
        driver.list.setFocus()
        driver.key("Ctrl+Shift+3")
        table = driver.shell.lists.tickets.table
        await driver.wait_until(lambda: table.density is Density.COLUMNS, "the list is a table")
        ticket, rows = not_none(driver.window.findChild(TicketPane)), driver.list
        assert not ticket.isVisible()
        driver.key("J", "J")
        assert not ticket.isVisible(), "a step chooses a row and opens nothing"
        row = driver.list.currentIndex().row()
        driver.key("Return")
        await driver.wait_until(ticket.isVisible, "Enter opens the ticket")
        assert not rows.isVisible()
        driver.key("Escape")
        await driver.wait_until(rows.isVisible, "Esc comes back")
        assert (driver.list.currentIndex().row(), driver.list.hasFocus()) == (row, True)
        header = table.header
        header.moveSection(header.visualIndex(len(COLUMNS) - 1), 0)
        header.sectionClicked.emit(len(COLUMNS) - 1)
        await driver.wait_until(lambda: driver.shell.lists.query.sort is Sort.OLDEST)
        assert header.places()[0][0].name is ColumnName.UPDATED
    async with run_on_profile(setup) as driver:
        driver.shell.lists.choose(Scope.ALL)
        table = driver.shell.lists.tickets.table
        assert table.density is Density.COLUMNS
        assert table.header.places()[0][0].name is ColumnName.UPDATED, "moved columns are kept"
        driver.list.setFocus()
        driver.key("Ctrl+Shift+1")
        await driver.wait_until(
            not_none(driver.window.findChild(TicketPane)).isVisible, "list and conversation stand beside each other"
        )


async def test_a_table_is_sorted_twice_looked_into_and_arranged_by_key_and_mouse(box: Sandbox, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((box["nexuscore"], LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        driver.shell.lists.choose(Scope.ALL)
        await driver.wait_until(lambda: len(driver.row_texts()) > 5)
        driver.list.setFocus()
        driver.key("Ctrl+Shift+3")
        tickets = driver.shell.lists.tickets
        await driver.wait_until(lambda: tickets.table.density is Density.COLUMNS, "the list is a table")
        header, ticket = tickets.table.header, not_none(driver.window.findChild(TicketPane))
        places = {column.name: QPoint(x + 20, 15) for column, x, _ in header.places()}
        assert {ColumnName.WAITS, ColumnName.ASSIGNEE} <= set(places)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=places[ColumnName.STATE])
        await driver.wait_until(lambda: driver.shell.lists.query.sort is Sort.STATE)
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, shift, places[ColumnName.UPDATED])
        await driver.wait_until(lambda: driver.shell.lists.query.then is Sort.NEWEST, "Shift gives a second order")

        def ranks() -> list[int]:
            rows = [tickets.model.row(at) for at in range(tickets.model.rowCount())]
            return [list(State).index(row.state) for row in rows if row is not None]

        await driver.wait_until(lambda: len(ranks()) > 5 and ranks() == sorted(ranks()), "the states stand together")
        driver.list.setFocus()
        driver.key("J", "Space")
        await driver.wait_until(ticket.isVisible, "Space looks in")
        assert driver.list.isVisible()
        assert driver.list.hasFocus()
        assert abs(ticket.width() - LOOK_WIDTH) < 20
        first = tickets.current
        driver.key("J")
        assert tickets.current != first
        assert ticket.isVisible(), "it follows the keyboard"
        driver.key("Escape")
        await driver.wait_until(lambda: not ticket.isVisible(), "Esc closes it")
        assert driver.list.hasFocus()
    async with run_on_profile(setup) as driver:
        driver.shell.lists.choose(Scope.ALL)
        query = driver.shell.lists.query
        assert (query.sort, query.then) == (Sort.STATE, Sort.NEWEST), "both orders are kept for the view"
