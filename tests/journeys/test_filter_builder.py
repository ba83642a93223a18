"""The builder and the search box are one filter: a filter is put together by mouse or by keyboard, and each shows what the other says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from tests.helpers.app_driver import AppDriver
from tests.helpers.journey_steps import filter_list
from tests.helpers.narrowing import not_none
from tests.journeys.test_search_box import running

from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.search.line_offers import LineOffers
from deskhand.ui.views.view_sheet import ViewSheet
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore", "thena")) as made:
        yield made


def rows(driver: AppDriver) -> list[str]:
    """What each row of the builder says."""
    return [row.row.text for group in driver.shell.building.builder.rows for row in group]


def values(driver: AppDriver) -> list[ChoiceBox]:
    builder = driver.shell.building.builder
    return [one for one in builder.findChildren(ChoiceBox) if one.isVisible() and one.objectName() == "Value"]


def popup() -> QWidget:
    """The list that is open below a line: keys go to it, and it passes on what is typed."""
    return not_none(QApplication.activePopupWidget())


def choose(driver: AppDriver, box: ChoiceBox, words: str) -> None:
    """Choose the line that begins so, as the list of a box does it."""
    at = next(n for n in range(box.count()) if box.itemText(n).startswith(words))
    box.setCurrentIndex(at)
    box.activated.emit(at)


async def test_a_filter_is_built_by_mouse_and_stands_in_the_box(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.press("Search all tickets")
        driver.press("Filter")
        await driver.wait_until(lambda: driver.shell.building.is_open)
        await driver.wait_until(lambda: "is:waiting" in driver.shell.search.text)  # what the view showed
        assert rows(driver) == ["is:waiting"]
        driver.press("+ And")
        await driver.wait_until(lambda: len(values(driver)) == 2 and values(driver)[1].count() > 3)
        choose(driver, values(driver)[1], "pending")
        assert driver.shell.search.text == "is:waiting state:pending"
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        driver.press("+ Or, a second group")
        choose(driver, values(driver)[2], "open")
        assert driver.shell.search.text == "is:waiting state:pending or state:open"
        driver.click(driver.shell.building.builder.rows[0][0].remove_button)
        assert driver.shell.search.text == "state:pending or state:open"


async def test_tab_goes_through_the_builder_as_it_stands_and_f6_comes_to_it(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.key("Ctrl+Shift+F")
        await driver.wait_until(lambda: rows(driver) == ["is:waiting"])
        await driver.wait_until(lambda: QApplication.focusWidget() is values(driver)[0], "the value has the keyboard")
        for name in ("Remove this condition", "+ And"):
            driver.key("Tab")
            assert driver.focused == name
        driver.key("Return")
        await driver.wait_until(
            lambda: QApplication.focusWidget() is values(driver)[1], "the new value has the keyboard"
        )
        for name in ("Remove this condition", "+ And", "+ Or, a second group", "All operators"):
            driver.key("Tab")
            assert driver.focused == name
        builder, met = driver.shell.building.builder, []
        for _ in range(8):
            driver.key("F6")
            met.append(builder.isAncestorOf(not_none(QApplication.focusWidget())))
        assert any(met)
        assert not all(met)


async def test_what_is_typed_shows_in_the_rows_and_nothing_of_it_is_lost(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.key("Ctrl+Shift+F")
        await driver.wait_until(lambda: driver.shell.building.is_open)
        driver.type_into("Search tickets", "from:chloe (is:open or tag:a) refund")
        assert rows(driver) == ["from:chloe", "(is:open or tag:a)", "refund"]
        lines = [
            one
            for one in driver.shell.building.builder.findChildren(QLineEdit)
            if one.isVisible() and one.text() == "refund"
        ]
        driver.click(lines[0])
        driver.type("s")
        assert driver.shell.search.text == "from:chloe (is:open or tag:a) refunds"
        driver.key("Esc")
        assert not driver.shell.building.is_open
        assert driver.focused == "Search tickets"
        assert driver.shell.search.text == "from:chloe (is:open or tag:a) refunds"


async def test_the_buttons_above_the_list_and_the_text_say_the_same(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        filter_list(driver, "Unread only")
        driver.key("Ctrl+Shift+F")
        await driver.wait_until(lambda: driver.shell.search.text == "is:waiting is:unread")
        await driver.wait_until(lambda: driver.shell.search.count is not None)
        filter_list(driver, "Unread only")
        await driver.wait_until(lambda: driver.shell.search.text == "is:waiting")
        filter_list(driver, "Unread only")
        await driver.wait_until(lambda: rows(driver) == ["is:waiting", "is:unread"])


async def test_every_operator_is_shown_and_an_example_goes_into_the_box(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.key("/")
        driver.press("All operators")
        await driver.wait_for_dialog("Search: all operators")
        driver.press("waiting>4h")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert driver.shell.search.text == "waiting>4h"


async def test_a_narrow_window_shows_the_builder_as_a_sheet(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.window.resize(720, 480)
        driver.key("/")
        driver.type("is:open")
        driver.key("Ctrl+Shift+F")
        await driver.wait_for_dialog("Filter")
        assert rows(driver) == ["is:open"]
        driver.press("Show the tickets")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert driver.shell.search.text == "is:open"


async def test_a_customer_is_picked_from_those_who_are_known_here(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        found = [one for letter in "acemst" for one in await driver.shell.services.lists.customers(letter, 3)]
        known = next(one for one in found if one.email)
        driver.key("Ctrl+Shift+F")
        await driver.wait_until(lambda: driver.shell.building.is_open)
        driver.type_into("Search tickets", "from:x")
        line = next(one for one in driver.shell.building.builder.findChildren(QLineEdit) if one.text() == "x")
        driver.click(line)
        line.selectAll()
        driver.type(known.email[:4])
        offers = line.findChild(LineOffers)
        assert offers is not None
        await driver.wait_until(
            lambda: any(known.email in label for label in offers.labels), "who begins so is offered"
        )
        at = next(n for n, label in enumerate(offers.labels) if known.email in label)
        for _ in range(at + 1):
            QTest.keyClick(popup(), Qt.Key.Key_Down)
        QTest.keyClick(popup(), Qt.Key.Key_Return)
        assert line.text() == known.email
        assert rows(driver) == [f"from:{known.email}"]
        assert driver.shell.search.text == f"from:{known.email}"


async def test_the_form_of_a_view_completes_its_filter(box: Sandbox, tmp_path: Path) -> None:
    async with running(box, tmp_path) as driver:
        driver.press("New view", within="Accounts")
        await driver.wait_for_dialog("New view")
        sheet = driver.window.findChild(ViewSheet)
        assert sheet is not None
        driver.type_into("Filter", "is:open pri")
        await driver.wait_until(lambda: sheet.offers.labels == ["priority"], "a field is offered")
        QTest.keyClick(popup(), Qt.Key.Key_Down)
        QTest.keyClick(popup(), Qt.Key.Key_Return)
        assert sheet.view.query == "is:open priority:"
        driver.type("u")
        await driver.wait_until(lambda: bool(sheet.offers.labels), "and its values")
        QTest.keyClick(popup(), Qt.Key.Key_Escape)
        assert sheet.isVisible(), "Esc takes the list away, not the form"
