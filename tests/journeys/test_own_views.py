"""Views of the agent's own: made from what is shown, changed, ordered, pinned, gone to by key, taken along."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import filter_list, with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.pointer import move_pointer

from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority
from deskhand.services.own_views import OwnView
from deskhand.services.services import Services
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.views.own_views_part import OwnViewsPart
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


def of_sandbox(box: Sandbox, tmp_path: Path) -> tuple[ProfileSetup, Callable[[Services], Awaitable[None]]]:
    return ProfileSetup(tmp_path / "profile"), with_accounts((box["nexuscore"], "Retail EU"))


async def synced(driver: AppDriver) -> None:
    """Wait until the account was read, and stand in the list of all tickets."""
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    driver.press("All tickets", within="Accounts")
    await driver.wait_until(lambda: title(driver) == "All tickets" and driver.row_texts())
    driver.list.setFocus()


async def in_palette(driver: AppDriver, text: str) -> None:
    """Open the palette and type."""
    driver.key("Ctrl+K")
    await driver.wait_until(lambda: driver.in_dialog and driver.active_surface().isActiveWindow())
    driver.type(text)


def names(driver: AppDriver) -> list[str]:
    """Return the agent's own views as the sidebar shows them; they may be kept before they are drawn."""
    part = not_none(driver.window.findChild(OwnViewsPart))
    return [line.accessibleName().split(",")[0] for line in part.lines()]


def row(driver: AppDriver, name: str) -> ViewRow:
    return driver.find(name, ViewRow)


def order(driver: AppDriver) -> Sort:
    return driver.shell.lists.query.sort


def title(driver: AppDriver) -> str:
    return driver.shell._list_pane.title[0]  # what stands above the list


async def make(driver: AppDriver, *views: tuple[str, str]) -> list[OwnView]:
    made = [await driver.services.views.create(name, query) for name, query in views]
    await driver.wait_until(lambda: all(driver.find_all(name, ViewRow) for name, _ in views), "the views are listed")
    return made


def sheet_field(driver: AppDriver, name: str) -> QLineEdit:
    return driver.find(name, QLineEdit)


async def test_what_is_shown_becomes_a_view_by_mouse_and_finds_the_same_tickets(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        account = not_none(driver.services.accounts.labelled("Retail EU"))
        driver.shell.lists.choose_account(account.id)
        query = driver.shell.lists.query
        narrowed = driver.shell.lists
        narrowed._filter(Sort.OLDEST, (), (Priority.HIGH, Priority.URGENT), "", False)
        query = driver.shell.lists.query
        wanted = set(await driver.services.lists.select(query, 500))
        assert wanted
        filter_list(driver, "Save as view …")
        await driver.wait_for_dialog("Save as view")
        await driver.wait_for_text(f"{len(wanted)} tickets now")
        driver.type_into("Name", "Urgent in Retail")
        driver.press("Save view")
        await driver.wait_until(lambda: title(driver) == "Urgent in Retail")
        (view,) = driver.services.views.all()
        assert set(await driver.services.lists.select(view.ticket_query, 500)) == wanted
        assert view.sort == Sort.OLDEST
        line = row(driver, "Urgent in Retail")
        assert line.is_shown
        await driver.wait_until(lambda: line.count_text == str(len(wanted)))


async def test_a_view_is_made_by_keys_alone_and_what_is_wrong_is_said_at_its_place(
    box: Sandbox, tmp_path: Path
) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        driver.list.setFocus()
        driver.key("Shift+V")
        await driver.wait_for_dialog("Save as view")
        name, query = sheet_field(driver, "Name"), sheet_field(driver, "Filter")
        assert QApplication.focusWidget() is name
        assert query.text() == ""
        driver.type("Mine and late")
        driver.key("Tab")
        assert QApplication.focusWidget() is query
        query.selectAll()
        driver.type("is:open prio:high")
        await driver.wait_for_text("Did you mean priority?")
        assert "Character 9, “prio”" in driver.visible_text()
        driver.key("Return")
        assert (query.selectionStart(), query.selectedText()) == (8, "prio")
        driver.type("priority")
        await driver.wait_for_text("now")
        driver.key("Return")
        await driver.wait_until(lambda: title(driver) == "Mine and late")
        assert [view.query for view in driver.services.views.all()] == ["is:open priority:high"]


async def test_what_was_typed_into_the_form_is_there_again(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        driver.press("New view", within="Accounts")
        await driver.wait_for_dialog("New view")
        driver.type_into("Filter", "tag:refund waiting>4h")
        driver.key("Escape")
        await driver.wait_until(lambda: not driver.in_dialog)
    async with run_on_profile(setup) as driver:
        driver.press("New view", within="Accounts")
        await driver.wait_for_dialog("New view")
        assert sheet_field(driver, "Filter").text() == "tag:refund waiting>4h"
        driver.press("Start over")
        assert sheet_field(driver, "Filter").text() == "is:open"


async def test_views_are_put_in_order_by_keys_and_by_mouse_and_opened_by_their_place(
    box: Sandbox, tmp_path: Path
) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        await make(driver, ("One", "is:open"), ("Two", "is:closed"), ("Three", "is:unread"))
        row(driver, "Three").setFocus()
        driver.key("Alt+Up", "Alt+Up")
        await driver.wait_until(lambda: names(driver) == ["Three", "One", "Two"])
        assert driver.focused == "Three"
        driver.list.setFocus()
        driver.key("Alt+9")
        await driver.wait_until(lambda: title(driver) == "Three")
        assert [row(driver, name).keys for name in ("Three", "One")] == ["Alt+9", ""], "its tooltip tells it"
        drag(row(driver, "Three"), row(driver, "Two"))
        await driver.wait_until(lambda: names(driver) == ["One", "Two", "Three"])
        assert title(driver) == "Three", "a drag opens nothing"
        row(driver, "My open").setFocus()
        driver.key("Alt+Up")
        await driver.wait_until(lambda: driver.services.view_list.built_in()[0][0] is Scope.MINE_OPEN)
        assert row(driver, "My open").keys == "Alt+1"
        driver.key("Alt+1")
        await driver.wait_until(lambda: title(driver) == "My open")


def drag(line: QWidget, onto: QWidget) -> None:
    """Hold a line, take it below another one, and let it go there."""
    start = line.rect().center()
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=start)
    for height in (onto.height() // 2 + 1, onto.height() - 2):
        at = line.mapFromGlobal(onto.mapToGlobal(QPoint(start.x(), height)))
        move_pointer(line, at, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=line.rect().center())


async def test_tab_in_the_list_goes_through_the_pinned_views_and_f6_leaves_it(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        views = await make(driver, ("One", "is:open"), ("Two", "is:closed"))
        driver.list.setFocus()
        driver.key("Tab")
        assert driver.focused != "Tickets", "nothing is pinned, so that Tab means what it always does"
        for view in views:
            await driver.services.view_list.set_pinned(view.id, pinned=True)
        driver.list.setFocus()
        for key, wanted in (("Tab", "One"), ("Tab", "Two"), ("Tab", "One"), ("Shift+Tab", "Two")):
            driver.key(key)
            await driver.wait_until(lambda wanted=wanted: title(driver) == wanted)  # type: ignore[misc]
            assert driver.focused == "Tickets"
        driver.key("F6")
        assert driver.focused != "Tickets"


async def test_a_removed_view_comes_back_and_a_menu_does_the_rest(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        (first, _) = await make(driver, ("One", "is:open"), ("Two", "is:closed"))
        driver.click(row(driver, "One"))
        await driver.wait_until(lambda: title(driver) == "One")
        row(driver, "One").setFocus()
        driver.key("Delete")
        await driver.wait_for_text("The view “One” was removed.")
        await driver.wait_until(lambda: names(driver) == ["Two"])
        assert title(driver) == "Waiting for us"
        driver.press("Undo")
        await driver.wait_until(lambda: names(driver) == ["One", "Two"])
        await driver.wait_until(lambda: title(driver) == "One" and driver.find_all("One", ViewRow))
        await choose(driver, "One", "Hide the counter")
        await driver.wait_until(lambda: not not_none(driver.services.views.get(first.id)).counter)
        await driver.wait_until(lambda: row(driver, "One").count_text == "")
        await choose(driver, "One", "Pin: Tab in the list goes to it")
        await driver.wait_until(lambda: not_none(driver.services.views.get(first.id)).pinned)
        await choose(driver, "One", "Move down")
        await driver.wait_until(lambda: names(driver) == ["Two", "One"])
        await choose(driver, "One", "Rename …")
        await driver.wait_for_dialog("Edit view")
        driver.type("Uno")
        driver.key("Return")
        await driver.wait_until(lambda: names(driver) == ["Two", "Uno"] and not driver.in_dialog)
        await choose(driver, "Two", "Duplicate")
        await driver.wait_for_dialog("Edit view")
        assert sheet_field(driver, "Name").text() == "Two 2"
        driver.key("Escape")
        await driver.wait_until(lambda: names(driver) == ["Two", "Two 2", "Uno"])


async def choose(driver: AppDriver, view: str, text: str) -> None:
    """Choose from the menu of a view."""
    line = row(driver, view)
    line.menu_requested.emit(line.mapToGlobal(line.rect().center()))
    await driver.wait_until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu is open")
    driver.choose_from_menu(text)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


async def test_what_the_filter_bar_changes_is_said_and_saved_or_taken_back(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        (view,) = await make(driver, ("Open ones", "is:open"))
        driver.click(row(driver, "Open ones"))
        await driver.wait_until(lambda: title(driver) == "Open ones")
        assert not driver.find_all("Save the view as it is shown")
        filter_list(driver, "Unread only")
        await driver.wait_for_text("changed")
        assert title(driver) == "Open ones"
        assert row(driver, "Open ones").is_shown
        driver.press("Show the view as it is kept")
        await driver.wait_until(lambda: driver.shell.lists.query == view.ticket_query)
        filter_list(driver, "Unread only")
        driver.press("Save the view as it is shown")
        await driver.wait_until(lambda: not driver.find_all("Save the view as it is shown"))
        assert not_none(driver.services.views.get(view.id)).query == "is:open is:unread"
        await driver.wait_until(lambda: not driver.find_all("Save the view as it is shown"))


async def test_a_view_keeps_its_order_and_rows_and_the_way_back_leads_to_it(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        (view, _) = await make(driver, ("Urgent ones", "priority:urgent"), ("Low ones", "priority:low"))
        driver.click(row(driver, "Urgent ones"))
        await driver.wait_until(lambda: title(driver) == "Urgent ones" and driver.row_texts())
        driver.list.setFocus()
        driver.key("Ctrl+Shift+2")
        await driver.wait_until(lambda: not_none(driver.services.views.get(view.id)).density == "compact")
        driver.shell._list_pane.filters_changed.emit(Sort.OLDEST, (), (), "", False)
        await driver.wait_until(lambda: not_none(driver.services.views.get(view.id)).sort == "oldest")
        await driver.wait_until(driver.row_texts)
        driver.list.setFocus()
        driver.key("J")
        await driver.wait_until(lambda: driver.shell.lists.tickets.current)
        driver.click(row(driver, "Low ones"))
        await driver.wait_until(
            lambda: title(driver) == "Low ones" and driver.row_texts() and driver.shell.lists.tickets.current is None
        )
        assert order(driver) is Sort.NEWEST
        assert driver.shell.density.usual.value == "comfortable"
        driver.list.setFocus()
        driver.key("J")
        await driver.wait_until(lambda: driver.shell.lists.tickets.current and not driver.shell.lists.why_not_go(-1))
        driver.key("Alt+Left")
        await driver.wait_until(lambda: title(driver) == "Urgent ones" and driver.shell.lists.tickets.current)
        assert order(driver) is Sort.OLDEST
        assert row(driver, "Urgent ones").is_shown


async def test_closed_tickets_of_an_account_are_listed(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        driver.press("Retail EU", within="Accounts")
        await driver.wait_until(lambda: title(driver) == "Retail EU")
        driver.press("Which tickets of the account")
        driver.choose_from_menu("Closed")
        await driver.wait_until(lambda: driver.shell.lists.query.scope is Scope.DONE)
        await driver.wait_until(driver.row_texts)
        shown = driver.services.lists.first_page(driver.shell.lists.query, 500)
        assert {one.state.is_done for one in shown} == {True}
        await in_palette(driver, "retail eu all")
        await driver.wait_for_text("Retail EU: all tickets")
        driver.key("Return")
        await driver.wait_until(lambda: driver.shell.lists.query.scope is Scope.ALL)
        assert driver.shell.lists.query.account is not None


async def test_views_are_gone_to_by_name_with_their_counters(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        await make(driver, ("Refunds over 100", "is:open"))
        await driver.wait_until(lambda: row(driver, "Refunds over 100").count_text)
        driver.list.setFocus()
        await in_palette(driver, "refunds over")
        await driver.wait_for_text("Refunds over 100")
        driver.key("Return")
        await driver.wait_until(lambda: title(driver) == "Refunds over 100")
        driver.list.setFocus()
        driver.key("G", "V")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        driver.type("unassi")
        driver.key("Return")
        await driver.wait_until(lambda: title(driver) == "Unassigned")


async def test_a_view_of_an_account_that_is_gone_says_so_and_leads_to_its_form(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        await make(driver, ("Of old", "account:Gone is:open"))
        assert "There is no account “Gone” any more." in row(driver, "Of old").note
        driver.click(row(driver, "Of old"))
        await driver.wait_for_text("This view needs you")
        driver.press("Edit view")
        await driver.wait_for_dialog("Edit view")
        assert QApplication.focusWidget() is sheet_field(driver, "Filter")
        driver.type("is:open")
        driver.key("Return")
        await driver.wait_until(driver.row_texts)
        assert row(driver, "Of old").note == ""


async def test_a_view_that_no_longer_parses_is_never_an_empty_list_without_a_word(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        stored = '[{"id": "v1", "name": "From the future", "query": "mood:happy"}]'
        await driver.services.settings.put("views.own", stored)
        await driver.wait_until(lambda: driver.find_all("From the future", ViewRow))
        assert "There is no field “mood”." in row(driver, "From the future").note
        driver.click(row(driver, "From the future"))
        await driver.wait_for_text("This view needs you")
        assert driver.row_texts() == []


async def test_views_go_to_a_file_and_come_back_with_a_report(box: Sandbox, tmp_path: Path) -> None:
    setup, before = of_sandbox(box, tmp_path)
    file = tmp_path / "mine.toml"
    async with run_on_profile(setup, before=before) as driver:
        await synced(driver)
        (first, _) = await make(driver, ("One", "is:open"), ("Two", "is:closed"))
        await driver.shell.views.exchange._export(file, {first.id})
        assert "One" in file.read_text()
        assert "Two" not in file.read_text()
        with file.open("a") as more:
            more.write('\n[[view]]\nname = "Two"\nquery = "is:unread"\n\n[[view]]\nname = "Bad"\nquery = "mood:x"\n')
            more.write('\n[[view]]\nname = "New"\nquery = "is:new"\n')
        driver.shell.scope.start(driver.shell.views.exchange._take(file), name="import")
        await driver.wait_for_dialog("2 views were imported")
        said = driver.find("2 views were imported", QPlainTextEdit).toPlainText()
        assert "Taken: New" in said
        assert "Renamed: “Two” is called “Two 2” here" in said
        assert "Here already: One" in said
        assert "Refused: Bad." in said
        driver.key("Escape")
        assert names(driver) == ["One", "Two", "Two 2", "New"]
        (step, *_) = driver.services.undo.done
        assert step.what == "Imported a file of views"
        (row_key,) = await driver.services.lists.select(TicketQuery(Scope.ALL), 1)
        await driver.services.later.set_pinned([row_key], pinned=True)
        driver.shell.views.exchange.export()
        await driver.wait_for_dialog("Export views")
        await driver.wait_for_text("On this computer: 1 pin.")
        driver.key("Escape")
