"""A ticket in a window of its own beside the main window: opened, gone to, closed; what is typed and sent stays with its ticket."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, received_with_text, with_accounts

from deskhand.domain.ids import TicketKey
from deskhand.ui.tabs.tab_bar import TabBar
from deskhand.ui.ticket.ticket_menu import TicketMenu
from deskhand.ui.ticket_windows.ticket_desk import TicketDesk
from deskhand_sandbox.nexuscore.server import Server


def subjects(server: Server, count: int) -> list[str]:
    return [ticket["subject"] for ticket in open_tickets_with_messages(server)[:count]]


def key_of(driver: AppDriver, subject: str) -> TicketKey:
    rows = driver.services.lists.first_page(driver.shell.lists.query, 60)
    return next(row.key for row in rows if row.subject == subject)


class OwnDriver(AppDriver):
    """Drives a ticket's own window as `AppDriver` does the main one."""

    def __init__(self, driver: AppDriver, desk: TicketDesk) -> None:
        super().__init__(driver.shell, driver.exit_report)
        self.desk = desk

    @property
    def window(self) -> QWidget:
        return self.desk.window


async def open_own(driver: AppDriver, subject: str) -> OwnDriver:
    """Open a ticket in its own window, by the key in the list."""
    await open_ticket(driver, subject)
    driver.window.activateWindow()
    driver.list.setFocus()
    await driver.wait_until(
        lambda: driver.list.hasFocus() and driver.list.currentIndex().isValid(), "the list has the keyboard"
    )
    driver.key("Shift+Return")
    return await own_of(driver, subject)


async def own_of(driver: AppDriver, subject: str, *, in_front: bool = True) -> OwnDriver:
    def found() -> list[TicketDesk]:
        desks = driver.shell.own_windows.desks
        return [one for one in desks if one.window.windowTitle().startswith(subject) and one.ticket.current()]

    await driver.wait_until(found, f"{subject} has a window")
    (desk,) = found()
    own = OwnDriver(driver, desk)
    if in_front:
        await own.wait_until(desk.window.isActiveWindow, "it is in front")
    return own


async def to_front(driver: AppDriver) -> None:
    driver.window.activateWindow()
    await driver.wait_until(driver.window.isActiveWindow, "the window is in front")


async def test_by_keyboard_a_ticket_gets_its_own_window_and_each_text_goes_to_its_own_customer(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two = subjects(server, 2)
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        own = await open_own(driver, one)
        assert own.subject == one
        await driver.wait_for_text("Open in a window of its own")
        await to_front(driver)
        await open_ticket(driver, two)
        driver.key("R")
        await driver.wait_until(lambda: driver.focused == "Reply", "the box has the keyboard")
        driver.type("For the second")
        own.desk.window.activateWindow()
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.desk.ticket.keys.focus_conversation()
        own.key("R")
        await own.wait_until(lambda: own.text_edit("Reply").hasFocus(), "its box has the keyboard")
        own.type("For the first")
        own.key("Ctrl+Return")
        await driver.wait_until(lambda: received_with_text(server, "For the first"), "it arrived")
        await to_front(driver)
        driver.text_edit("Reply").setFocus()
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: received_with_text(server, "For the second"), "it arrived")
        await driver.services.engine.drain(30)
        for text, subject in (("For the first", one), ("For the second", two)):
            (sent,) = received_with_text(server, text)
            ticket = next(ticket for ticket in open_tickets_with_messages(server) if ticket["subject"] == subject)
            assert str(ticket["id"]) in str(sent), f"“{text}” is for “{subject}”"


async def test_the_window_of_a_ticket_goes_with_its_account(server: Server, profile_setup: ProfileSetup) -> None:
    (one,) = subjects(server, 1)
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        own = await open_own(driver, one)
        own.type_into("Reply", "Begun")
        await driver.services.accounts.remove(own.desk.key.account, give_up_unsent=True)
        await driver.wait_until(lambda: not driver.shell.own_windows.desks, "its window is closed")
        await driver.wait_until(driver.window.isActiveWindow, "the main window is in front")
    async with run_on_profile(profile_setup) as driver:
        assert await driver.services.drafts.all() == (), "what was typed went with the account"


async def test_a_ticket_is_open_in_one_place_and_who_opens_it_again_goes_there(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two = subjects(server, 2)
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, one)
        driver.type_into("Reply", "Begun in the list")
        own = await open_own(driver, one)
        await own.wait_until(lambda: own.text_edit("Reply").toPlainText() == "Begun in the list", "the text came along")
        assert driver.text_edit("Reply").toPlainText() == ""
        key = own.desk.key
        for ask in (
            lambda: driver.shell.lists.open(key),
            lambda: driver.shell.tabs.open_in_tab(key),
            lambda: driver.key("Return"),
            lambda: driver.press("Go to its window"),
        ):
            await to_front(driver)
            driver.list.setFocus()
            ask()
            await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        assert len(driver.shell.own_windows.desks) == 1
        await to_front(driver)
        await open_ticket(driver, two)
        own.desk.window.activateWindow()
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.text_edit("Reply").setFocus()
        own.type(" and gone on")
        own.key("Ctrl+W")
        await driver.wait_until(lambda: not driver.shell.own_windows.desks, "it is closed")
        assert driver.subject == two
        await to_front(driver)
        await open_ticket(driver, one)
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == "Begun in the list and gone on", "nothing is lost"
        )


async def test_keys_and_menus_of_the_window_in_front_are_done_to_its_ticket(
    server: Server, profile_setup: ProfileSetup
) -> None:
    """Also where the main window has something selected, or is opening something."""
    one, two, three = subjects(server, 3)
    async with run_on_profile(profile_setup, undo_seconds=0, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        driver.press("All tickets")
        await driver.wait_until(lambda: any(three in row for row in driver.row_texts()), "the list of all")
        keys = {subject: key_of(driver, subject) for subject in (one, two, three)}
        own = await open_own(driver, one)
        await to_front(driver)
        await open_ticket(driver, two)
        driver.list.setFocus()
        driver.key("X")
        driver.open_row(three)
        own.desk.window.activateWindow()  # while the third is being opened
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.desk.ticket.keys.focus_conversation()
        own.key("E")
        await own.wait_until(lambda: "Closed “" in own.desk.ticket.undo.line.message, "it is said here")
        assert own.desk.ticket.undo.line.message.count(one) == 1
        assert own.desk.window.isVisible(), "it stays: there is no next one here"
        await driver.services.engine.drain(30)
        for subject, is_done in ((one, True), (two, False), (three, False)):
            view = await driver.services.tickets.view(keys[subject])
            assert view is not None
            assert view.ticket.state.is_done is is_done, subject
        menu = own.desk.pane.header.findChild(TicketMenu)
        assert menu is not None
        offered = [one.text() for one in menu.fill().actions()]
        assert "Open in a tab" in offered
        assert "Open in a window of its own" not in offered
        next(one for one in menu.fill().actions() if one.text() == "Pin the ticket, or not").trigger()
        await own.wait_for_text("Pinned")
        row = driver.services.lists.rows([own.desk.key])[0]
        assert row.is_pinned
        await to_front(driver)
        driver.list.setFocus()
        driver.shell.ticket.undo.line.clear()
        own.desk.window.activateWindow()
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.desk.ticket.keys.focus_conversation()
        own.key("Z")
        await own.wait_until(lambda: not driver.services.lists.rows([own.desk.key])[0].is_pinned, "it is undone")


async def test_undo_in_a_window_takes_back_what_was_done_to_its_ticket(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two = subjects(server, 2)
    async with run_on_profile(profile_setup, undo_seconds=60, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        own = await open_own(driver, one)
        own.type_into("Reply", "Of the first")
        own.key("Ctrl+Return")
        await own.wait_until(lambda: "leaves in" in own.desk.ticket.undo.line.message, "it counts down here")
        await to_front(driver)
        await open_ticket(driver, two)
        driver.type_into("Reply", "Of the second")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: "leaves in" in driver.shell.ticket.undo.line.message, "it counts down there")
        own.desk.window.activateWindow()
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.key("Ctrl+Z")
        await own.wait_until(lambda: own.text_edit("Reply").toPlainText() == "Of the first", "its own text is back")
        assert not driver.text_edit("Reply").toPlainText()
        await to_front(driver)
        driver.key("Ctrl+Z")
        await driver.wait_until(lambda: "Of the second" in drafts(driver), "the other one too")
        assert own.text_edit("Reply").toPlainText() == "Of the first"


def drafts(driver: AppDriver) -> str:
    return driver.text_edit("Reply").toPlainText()


async def test_a_tab_is_dragged_out_and_back(server: Server, profile_setup: ProfileSetup) -> None:
    one, two = subjects(server, 2)
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, two)
        await open_ticket(driver, one)
        driver.list.setFocus()
        driver.key("Ctrl+Return")
        bar = driver.shell.tabs.bar
        await driver.wait_until(bar.isVisible, "it has a tab")
        driver.type_into("Reply", "Carried along")
        drag(bar, bar.tabRect(1).center(), bar.tabRect(1).center() + QPoint(0, 300))
        own = await own_of(driver, one)
        assert not bar.isVisible()
        await own.wait_until(lambda: own.text_edit("Reply").toPlainText() == "Carried along", "with its text")
        lone = own.desk.bar
        assert lone.accessibleTabName(0).startswith(one)
        driver.window.move(0, 0)
        own.desk.window.move(1500, 0)
        inside = driver.window.mapToGlobal(driver.window.rect().center())
        drag(lone, lone.tabRect(0).center(), lone.mapFromGlobal(inside))
        await driver.wait_until(lambda: not driver.shell.own_windows.desks, "the window is gone")
        await driver.wait_until(lambda: driver.subject == one, "its tab is in front")
        assert [face.title for face in bar.faces[1:]] == [one]
        await driver.wait_until(lambda: drafts(driver) == "Carried along", "with its text")


async def test_a_new_message_shows_in_the_window_and_the_title_says_whose_ticket_it_is(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        own = await open_own(driver, ticket["subject"])
        assert own.desk.window.windowTitle() == f"{ticket['subject']} · Retail · Deskhand"
        assert own.desk.window.accessibleName() == own.desk.window.windowTitle()
        server.add_customer_message(ticket["id"], "Any news of it?")
        await own.wait_for_text("Any news of it?")


async def test_windows_that_are_open_when_the_program_ends_keep_what_was_typed(
    server: Server, profile_setup: ProfileSetup
) -> None:
    one, two = subjects(server, 2)
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        own = await open_own(driver, one)
        await to_front(driver)
        await open_ticket(driver, two)
        driver.type_into("Reply", "Neither is this")
        own.desk.window.activateWindow()
        await own.wait_until(own.desk.window.isActiveWindow, "it is in front")
        own.type_into("Reply", "Not sent yet")
    async with run_on_profile(profile_setup) as driver:
        own = await own_of(driver, one, in_front=False)
        await driver.wait_until(lambda: own.text_edit("Reply").toPlainText() == "Not sent yet", "it is there again")
        await driver.wait_until(lambda: drafts(driver) == "Neither is this", "and the other")
        assert driver.subject == two


def drag(bar: TabBar, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(bar, start + QPoint(12, 0))
    QTest.mouseMove(bar, end)
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)
