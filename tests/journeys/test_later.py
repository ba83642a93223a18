"""H at every vendor: a time is typed or clicked, the ticket leaves its lists, comes back with its reason, and Z takes it back."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QListView, QTableView
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_tickets_with_messages, with_accounts
from tests.helpers.narrowing import instance, not_none

from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.tickets import TicketRow
from deskhand.services.later import LaterPlan
from deskhand.services.services import Services
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.later.popup import LaterPopup
from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.server import VendorServer

VENDORS = ("nexuscore", "thena", "mijnklantportaal", "routera", "thalamus")


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("nexuscore",)) as made:
        yield made


def ready(server: VendorServer) -> Callable[[Services], Awaitable[None]]:
    """An account with tickets; at a vendor that cannot be read they are imported."""

    async def prepare(services: Services) -> None:
        await with_accounts((server, "Desk"))(services)
        account = services.accounts.all()[0]
        if account.vendor == "thalamus":
            rows = "external_id,title\n" + "".join(f"T-{n},Question {n}\n" for n in range(6))
            preview = await services.records.preview_import(account.id, rows.encode())
            assert await services.records.import_previewed(account.id, preview) == 6

    return prepare


async def first_opened(driver: AppDriver) -> TicketKey:
    """Go to all that is open of the account by key, and read its first ticket."""
    await driver.wait_until(lambda: driver.wait_synced("Desk"), "the account is in step")
    driver.key("Ctrl+1")
    await driver.wait_until(lambda: len(driver.row_texts()) >= 2, "two rows at least")
    driver.list.setFocus()
    driver.key("J")
    await driver.wait_until(lambda: driver.shell.ticket.current() is not None, "a ticket is open")
    return not_none(driver.shell.ticket.current()).ticket.key


def open_key(driver: AppDriver) -> TicketKey | None:
    view = driver.shell.ticket.current()
    return None if view is None else view.ticket.key


def popup() -> LaterPopup:
    return instance(QApplication.activePopupWidget(), LaterPopup)


def row(driver: AppDriver, key: TicketKey) -> TicketRow:
    return driver.services.lists.rows([key])[0]


async def listed(driver: AppDriver, scope: Scope) -> list[TicketKey]:
    return list(await driver.services.lists.select(TicketQuery(scope), 999))


async def make_due(driver: AppDriver, key: TicketKey) -> None:
    """Let what was put away be due now, as if its time had come."""
    marks = {entry.key: entry.mark for entry in await driver.services.later.entries()}
    past = driver.services.clock.now() - timedelta(minutes=1)
    await driver.services.later.restore({key: LaterMark(past, marks[key].reason, keep=marks[key].keep)})


@pytest.mark.parametrize("vendor", VENDORS)
async def test_by_keyboard_it_goes_comes_back_with_its_reason_and_is_taken_back(
    vendor: str, profile_setup: ProfileSetup
) -> None:
    with serving(tickets=60, only=(vendor,)) as box:
        async with run_on_profile(profile_setup, before=ready(box[vendor])) as driver:
            key = await first_opened(driver)
            received = len(box[vendor].received())
            before = driver.services.lists.overview()
            driver.key("H")
            await driver.wait_until(lambda: QApplication.activePopupWidget() is not None, "the popup is there")
            driver.type("over 3 dagen 10:15")
            assert "10:15" in popup().shown()[0]
            assert driver.visible_text(popup()).count("Away until") == 1
            driver.key("Tab")
            driver.type("Has the warehouse moved it?")
            driver.key("Enter")
            await driver.wait_for_text("Away until")
            await driver.wait_until(lambda: row(driver, key).is_away, "it is away")
            assert key not in await listed(driver, Scope.OPEN)
            assert driver.services.lists.overview().accounts[key.account] == before.accounts[key.account] - 1
            await driver.wait_until(lambda: open_key(driver) not in (None, key), "the next is open")
            driver.key("G", "H")
            await driver.wait_until(lambda: len(driver.row_texts()) == 1, "one stands in Later")
            assert "Has the warehouse moved it?" in driver.row_texts()[0]
            await make_due(driver, key)
            await driver.wait_until(lambda: row(driver, key).is_back, "it is back")
            await driver.wait_until(lambda: "back since" in driver.row_texts()[0], "its row says so")
            assert key in await listed(driver, Scope.OPEN)
            driver.list.setFocus()
            driver.key("J")
            await driver.wait_for_text("You wrote: “Has the warehouse moved it?”")
            driver.key("H")
            await driver.wait_until(lambda: QApplication.activePopupWidget() is not None, "the popup is there")
            reasons = [line.text() for line in popup().findChildren(QLineEdit)]
            assert "Has the warehouse moved it?" in reasons
            driver.key("Esc")
            await driver.wait_until(lambda: QApplication.activePopupWidget() is None, "it is gone")
            driver.key("Shift+H")
            await driver.wait_until(lambda: row(driver, key).is_away, "it is away again")
            assert row(driver, key).later_reason == "Has the warehouse moved it?"
            await driver.process_events()
            driver.key("Z")
            await driver.wait_until(lambda: row(driver, key).is_back, "it is back as before")
            assert len(box[vendor].received()) == received


@pytest.mark.parametrize("vendor", VENDORS)
async def test_by_mouse_it_is_put_away_and_taken_out_again(vendor: str, profile_setup: ProfileSetup) -> None:
    with serving(tickets=60, only=(vendor,)) as box:
        async with run_on_profile(profile_setup, before=ready(box[vendor])) as driver:
            key = await first_opened(driver)
            choose_in_menu(driver, key, "Later …")
            await driver.wait_until(lambda: QApplication.activePopupWidget() is not None, "the popup is there")
            driver.click(driver.find("Keep it away even if they reply", TickBox, within=popup()))
            click_entry(popup(), "Tomorrow")
            await driver.wait_until(lambda: row(driver, key).is_away, "it is away")
            assert (await driver.services.later.entries())[0].mark.keep
            driver.press("Later")
            await driver.wait_until(lambda: len(driver.row_texts()) == 1, "one stands in Later")
            driver.open_row(driver.row_texts()[0][:12])
            await driver.wait_until(lambda: driver.find_all("Take out of Later"), "the ticket says that it is away")
            driver.press("Take out of Later")
            await driver.wait_until(lambda: not row(driver, key).is_away, "it is in its lists again")
            assert key in await listed(driver, Scope.OPEN)


@pytest.mark.parametrize("way", ["keyboard", "mouse"])
async def test_another_day_is_chosen_in_a_calendar(box: Sandbox, profile_setup: ProfileSetup, way: str) -> None:
    by_mouse = way == "mouse"
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        key = await first_opened(driver)
        driver.key("H")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None, "the popup is there")
        popup().findChildren(QLineEdit)[1].setText("Ask the carrier")
        later, titles = driver.services.later, popup().shown()
        wanted = later.at_day(later.today() + timedelta(days=1 if by_mouse else 8))
        if by_mouse:
            click_entry(popup(), "Another day…")
        else:
            driver.key(*["Down"] * titles.index("Another day…"), "Return")
        calendar = instance(
            not_none(QApplication.activePopupWidget()).findChildren(QCalendarWidget)[0], QCalendarWidget
        )
        if by_mouse:
            days = calendar.findChildren(QTableView)[0]
            place = days.visualRect(days.currentIndex()).center()
            QTest.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=place)
        else:
            driver.key("Down", "Return")
        await driver.wait_until(lambda: row(driver, key).is_away, "it is away")
        mark = (await later.entries())[0].mark
        assert (mark.until, mark.reason) == (wanted, "Ask the carrier")


def click_entry(shown: LaterPopup, title: str) -> None:
    view = shown.findChildren(QListView)[0]
    at = next(n for n, one in enumerate(shown.shown()) if one.startswith(title))
    place = view.visualRect(view.model().index(at, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose_in_menu(driver: AppDriver, key: TicketKey, title: str) -> None:
    """Click an entry of the menu of what is selected in the list."""
    menu = driver.shell.selection.menu_for([key])
    menu.popup(driver.list.mapToGlobal(driver.list.rect().center()))
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == title)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


async def test_typed_text_wins_and_what_has_passed_or_is_unclear_is_said_and_nothing_is_done(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        key = await first_opened(driver)
        driver.key("H")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        driver.type("gisteren 9")
        assert "has passed." in driver.visible_text(popup())
        driver.key("Enter")
        assert QApplication.activePopupWidget() is not None
        line = popup().findChildren(QLineEdit)[0]
        line.clear()
        driver.type("tomorrow 3")
        assert "two ways" in driver.visible_text(popup())
        assert len(popup().shown()) == 2
        driver.key("Enter")
        assert not row(driver, key).is_away
        driver.key("Down", "Down", "Enter")
        await driver.wait_until(lambda: row(driver, key).is_away)
        assert "15:00" in driver.services.later.in_full(not_none(row(driver, key).later_until))
        driver.key("H", "Esc")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is None)


async def test_a_reply_brings_back_what_waits_for_it_and_is_counted_at_what_is_kept_away(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=ready(server)) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Desk"))
        account = driver.services.accounts.all()[0]
        waits, kept = (TicketKey(account.id, one["id"]) for one in open_tickets_with_messages(server)[:2])
        for key in (waits, kept):
            await driver.services.engine.read(key)
        later = driver.services.later
        plan = later.read("in 2 weeks").only
        await later.put_away([waits], LaterPlan(None))
        await later.put_away([kept], LaterPlan(not_none(plan).when, "Ask again", keep=True))
        for key in (waits, kept):
            server.add_customer_message(key.remote, "Any news?")
        await driver.wait_until(lambda: row(driver, waits).is_back, "the reply brought it back")
        await driver.wait_until(lambda: row(driver, kept).later_replies == 1, "the reply was counted")
        assert row(driver, kept).is_away
        driver.press("Later")
        await driver.wait_until(lambda: any("1 reply came" in one for one in driver.row_texts()), "its row says so")


async def test_several_go_together_until_one_time_and_come_back_together(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        await first_opened(driver)
        driver.key("X", "J", "X", "J", "X")
        chosen = driver.shell.lists.tickets.selected()
        assert len(chosen) == 3
        driver.key("H")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        driver.type("volgende week")
        driver.key("Enter")
        await driver.wait_until(lambda: all(row(driver, key).is_away for key in chosen))
        assert len({row(driver, key).later_until for key in chosen}) == 1
        await driver.wait_for_text("3 tickets. Away until")
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_until(lambda: not any(row(driver, key).is_away for key in chosen))


async def test_the_vendors_own_snoozed_state_stands_beside_as_what_it_is(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        key = await first_opened(driver)
        driver.key("H")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        assert "no vendor is told" in driver.visible_text(popup())
        click_entry(popup(), "“Snoozed” at NexusCore")
        await driver.wait_until(lambda: row(driver, key).state.value == "snoozed")
        assert not row(driver, key).is_away


async def test_a_reminder_keeps_the_ticket_in_its_lists_and_a_pin_marks_it(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        key = await first_opened(driver)
        for title in ("Remind me", "Pin the ticket"):
            driver.key("Ctrl+K")
            await driver.wait_until(lambda: driver.focused == "Search commands and tickets", "the palette is open")
            driver.type(title)
            driver.key("Enter")
            if title.startswith("Remind"):
                assert popup().shown()
                driver.type("in 3h")
                driver.key("Enter")
                await driver.wait_until(lambda: row(driver, key).later_until is not None)
        await driver.wait_until(lambda: row(driver, key).is_pinned)
        assert not row(driver, key).is_away
        assert key in await listed(driver, Scope.OPEN)


async def test_it_is_away_after_a_restart_and_back_where_its_time_passed_meanwhile(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=ready(box["nexuscore"])) as driver:
        key = await first_opened(driver)
        driver.key("H")
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        driver.type("tomorrow")
        driver.key("Enter")
        await driver.wait_until(lambda: row(driver, key).is_away)
    returned: list[TicketKey] = []

    async def still_away(services: Services) -> None:
        assert services.lists.rows([key])[0].is_away
        past = services.clock.now() - timedelta(hours=1)
        await services.later.restore({key: LaterMark(past)})
        services.changes.subscribe(lambda changes: returned.extend(changes.returned))

    async with run_on_profile(profile_setup, before=still_away) as driver:
        await driver.wait_until(lambda: row(driver, key).is_back, "what was overdue came back at the start")
        await driver.wait_until(lambda: returned == [key], "its return was told")
        driver.shell.lists.open(key)
        await driver.wait_until(lambda: driver.find_all("Tomorrow"), "the bar offers the next day")
        driver.press("Tomorrow")
        await driver.wait_until(lambda: row(driver, key).is_away, "it is away again")
        later = driver.services.later
        marks = await later.before([key])
        assert not_none(marks[key]).until == later.at_day(later.today() + timedelta(days=1))
