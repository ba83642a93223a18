"""Several tickets open at a time, in tabs: opened, gone through, closed, opened again; what is typed stays with its ticket."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, received_with_text, with_accounts
from tests.helpers.narrowing import instance
from tests.helpers.pointer import move_pointer

from deskhand.ui.tabs.tab_bar import TabBar
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving


def bar(driver: AppDriver) -> TabBar:
    return driver.shell.tabs.bar


def titles(driver: AppDriver) -> list[str]:
    """Return what the tabs behind the list's say."""
    return [face.title for face in bar(driver).faces[1:]] if bar(driver).isVisible() else []


async def select_row(driver: AppDriver, subject: str) -> None:
    await open_ticket(driver, subject)
    driver.list.setFocus()


async def has_tab(driver: AppDriver, subject: str) -> None:
    await driver.wait_until(lambda: subject in titles(driver), "it has a tab")


async def is_open(driver: AppDriver, subject: str) -> None:
    await driver.wait_until(lambda: driver.subject == subject, f"{subject} is open")


async def test_by_keyboard_tabs_are_opened_gone_through_closed_and_opened_again(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two, three = [ticket["subject"] for ticket in open_tickets_with_messages(server)[:3]]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        for subject in (one, two):
            await select_row(driver, subject)
            driver.key("Ctrl+Return")
            await has_tab(driver, subject)
        await is_open(driver, two)
        driver.key("R")
        await driver.wait_until(lambda: driver.focused == "Reply", "the box has the keyboard")
        driver.type("For the second")
        driver.key("Ctrl+Shift+Tab")
        await is_open(driver, one)
        assert driver.text_edit("Reply").toPlainText() == ""
        await driver.wait_until(lambda: [face.has_draft for face in bar(driver).faces[1:]] == [False, True], "a mark")
        await select_row(driver, three)
        assert bar(driver).currentIndex() == 0, "the list's ticket is in the first tab"
        driver.key("Ctrl+Tab", "Ctrl+Tab")
        await is_open(driver, two)
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == "For the second", "the draft is there"
        )
        driver.key("Ctrl+W")
        await is_open(driver, one)
        assert titles(driver) == [one]
        driver.key("Ctrl+Shift+T")
        await is_open(driver, two)
        assert titles(driver) == [one, two]
        driver.key("Ctrl+Tab")
        await is_open(driver, three)


async def test_by_mouse_tabs_are_opened_ordered_and_closed(server: Server, profile_setup: ProfileSetup) -> None:
    one, two, three = [ticket["subject"] for ticket in open_tickets_with_messages(server)[:3]]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, three)
        for subject in (one, two):
            middle_click(driver, subject)
        assert driver.subject == three, "the middle button opens behind"
        assert titles(driver) == [one, two]
        tabs = bar(driver)
        drag(tabs, tabs.tabRect(2).center(), tabs.tabRect(1).center())
        assert titles(driver) == [two, one]
        drag(tabs, tabs.tabRect(1).center(), tabs.tabRect(2).center())
        assert titles(driver) == [one, two]
        drag(tabs, tabs.tabRect(0).center(), tabs.tabRect(2).center())
        assert titles(driver) == [one, two], "the list's tab stays the first"
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center() - QPoint(20, 0))
        await is_open(driver, two)
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.cross_of(2).center())
        await is_open(driver, one)
        tabs.menu_requested.emit(1, tabs.mapToGlobal(tabs.tabRect(1).center()))
        driver.choose_from_menu("Close the tab")
        await is_open(driver, three)
        assert not tabs.isVisible()


async def test_a_ticket_that_has_a_tab_is_opened_there_and_a_reply_from_it_goes_out_once(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two = [ticket["subject"] for ticket in open_tickets_with_messages(server)[:2]]
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await select_row(driver, one)
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: titles(driver) == [one], "it has a tab")
        await open_ticket(driver, two)
        assert bar(driver).currentIndex() == 0
        await open_ticket(driver, one)
        assert bar(driver).currentIndex() == 1, "not a second time"
        driver.type_into("Reply", "Once only.")
        driver.key("Ctrl+Return", "Ctrl+Return")
        await driver.wait_until(lambda: received_with_text(server, "Once only."), "it arrived")
        await driver.services.engine.drain(30)
        assert len(received_with_text(server, "Once only.")) == 1


async def test_each_tab_has_a_way_back_of_its_own(server: Server, profile_setup: ProfileSetup) -> None:
    one, two, three = [ticket["subject"] for ticket in open_tickets_with_messages(server)[:3]]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await select_row(driver, one)
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: titles(driver) == [one], "it has a tab")
        await open_ticket(driver, two)
        await open_ticket(driver, three)
        driver.key("Ctrl+Tab")
        await is_open(driver, one)
        key = next(
            row.key for row in driver.services.lists.first_page(driver.shell.lists.query, 60) if row.subject == two
        )
        driver.shell.ticket.open_requested.emit(key)  # "also from this customer"
        await is_open(driver, two)
        assert titles(driver) == [two]
        driver.key("Alt+Left")
        await is_open(driver, one)
        driver.key("Alt+Right")
        await is_open(driver, two)
        driver.key("Ctrl+Tab")
        await is_open(driver, three)


async def test_a_hundred_tabs_hold_no_widgets_and_stay_quick(profile_setup: ProfileSetup) -> None:
    """The ticket in front alone has widgets; a step to the next tab is done within the turn of the loop."""

    with serving(tickets=420, only=("nexuscore",)) as box:
        server = instance(box["nexuscore"], Server)
        async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail"))
            driver.press("All tickets")
            await driver.wait_until(lambda: len(driver.row_texts()) > 100, "a hundred tickets")
            before = len(driver.window.findChildren(type(driver.shell.ticket._pane)))
            model = driver.shell.lists.tickets.model
            for row in range(100):
                found = model.row(row)
                assert found is not None
                driver.shell.tabs.open_in_tab(found.key, behind=True)
            assert len(driver.shell.tabs.tabs.own) == 100
            assert len(driver.window.findChildren(type(driver.shell.ticket._pane))) == before
            last = model.row(99)
            assert last is not None
            driver.shell.tabs.go_to(driver.shell.tabs.tabs.place_of(last.key) or 0)
            await driver.wait_until(
                lambda: (view := driver.shell.ticket.current()) and view.ticket.key == last.key, "it is open"
            )


def middle_click(driver: AppDriver, subject: str) -> None:
    said = driver.row_texts()
    index = driver.list.model().index(next(i for i, one in enumerate(said) if subject in one), 0)
    driver.list.scrollTo(index)
    driver.list.viewport().repaint()
    QTest.mouseClick(driver.list.viewport(), Qt.MouseButton.MiddleButton, pos=driver.list.visualRect(index).center())


def drag(tabs: TabBar, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=start)
    move_pointer(tabs, start + QPoint(12, 0), Qt.MouseButton.LeftButton)
    move_pointer(tabs, end, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=end)
