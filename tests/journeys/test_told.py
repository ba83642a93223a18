"""Being told: a notification in a real notification service, the title, the tray's menu, the pages, by keyboard and by mouse."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.session_bus import program_on_bus, session_bus
from tests.helpers.x_server import x_server

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.notifications.autostart import NAME
from deskhand_sandbox.faults import FaultKind, FaultRule

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A session bus with dunst on a screen of its own; yields what dunst is asked with."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with x_server() as display, session_bus(tmp_path / "bus") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        environment = {**os.environ, "DISPLAY": display}
        (tmp_path / "dunstrc").write_text("[global]\ndmenu = /usr/bin/env grep Later\n", encoding="utf-8")
        with program_on_bus(["dunst", "-conf", str(tmp_path / "dunstrc")], environment):
            yield lambda *typed: subprocess.run(
                ["dunstctl", *typed], env=environment, capture_output=True, text=True, check=False
            ).stdout.strip()


def shown(dunstctl) -> list[str]:
    """What was shown and is closed now."""
    dunstctl("close-all")
    found = json.loads(dunstctl("history") or '{"data": [[]]}')["data"][0]
    return [f"{one['summary']['data']}\n{one['body']['data']}" for one in found]


def displayed(dunstctl) -> int:
    return int(dunstctl("count", "displayed") or 0)


async def run_command(driver, title: str) -> None:
    """Run an action by its title, from the palette."""
    driver.key("Ctrl+K")
    await driver.wait_for_dialog("Commands")
    driver.type(title)
    await driver.wait_for_text(title)
    driver.key("Return")


async def quiet_account(driver) -> None:
    """Wait until everything of the first import was read."""
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"), "the account is in step")
    account = driver.services.accounts.labelled("Retail EU")
    status = driver.services.accounts.status
    await driver.wait_until(lambda: status(account.id).progress is None, "conversations are read")


def unopened(driver):
    """Return an open ticket that is not on screen."""
    rows = driver.services.lists.first_page(TicketQuery(Scope.OPEN), 40)
    current = driver.shell.ticket.current()
    return next(row for row in rows if current is None or row.key != current.ticket.key)


@pytest.mark.xvfb
async def test_a_customer_who_writes_while_another_ticket_is_read_is_told_and_a_press_opens_that_ticket(
    profile_setup: ProfileSetup, server, desktop
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        assert shown(desktop) == []  # nothing of the first import
        row = unopened(driver)
        server.add_customer_message(row.key.remote, "Is anybody there?")
        await driver.wait_until(lambda: displayed(desktop) == 1, "a notification is there")
        desktop("action")
        await driver.wait_until(lambda: driver.subject == row.subject, "the press opened it")
        assert "Is anybody there?" in driver.visible_text()
        (said,) = shown(desktop)
        assert row.who in said
        assert "Is anybody there?" in said


@pytest.mark.xvfb
async def test_later_on_a_notification_puts_the_ticket_away_for_an_hour(
    profile_setup: ProfileSetup, server, desktop
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        row = unopened(driver)
        server.add_customer_message(row.key.remote, "Is anybody there?")
        await driver.wait_until(lambda: displayed(desktop) == 1, "a notification is there")
        desktop("context")  # the menu of its buttons; `desktop` chooses Later there
        await driver.wait_until(lambda: driver.services.lists.rows([row.key])[0].is_away, "it is put away")
        assert driver.subject != row.subject


@pytest.mark.xvfb
@pytest.mark.parametrize("press", ["action", "context"])  # `desktop` chooses Later in the menu of its buttons
async def test_a_press_on_a_notification_whose_account_was_removed_says_so_and_leaves_nothing_behind(
    profile_setup: ProfileSetup, server, desktop, press: str
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        server.add_customer_message(unopened(driver).key.remote, "Is anybody there?")
        await driver.wait_until(lambda: displayed(desktop) == 1, "a notification is there")
        account = not_none(driver.services.accounts.labelled("Retail EU"))
        await driver.services.accounts.remove(account.id, give_up_unsent=True)
        desktop(press)
        await driver.wait_for_text("The ticket of this notification is not here any more.")
        assert await driver.services.later.entries() == ()


@pytest.mark.xvfb
async def test_what_is_open_in_the_window_in_front_is_not_told(profile_setup: ProfileSetup, server, desktop) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        rows = driver.services.lists.first_page(TicketQuery(Scope.MINE_OPEN), 40)
        first, second = rows[0], rows[1]
        await open_ticket(driver, first.subject)
        key = not_none(driver.shell.ticket.current()).ticket.key
        other = second if second.key != key else first
        server.add_customer_message(key.remote, "You are looking at me")
        await driver.wait_until(lambda: "You are looking at me" in driver.visible_text(), "it is on screen")
        server.add_customer_message(other.key.remote, "And I am elsewhere")
        await driver.wait_until(lambda: displayed(desktop) == 1, "the other one is told")
        (said,) = shown(desktop)
        assert "And I am elsewhere" in said


@pytest.mark.xvfb
async def test_why_did_nothing_show_names_the_link_and_mends_it(profile_setup: ProfileSetup, server, desktop) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        desktop("set-paused", "true")
        await run_command(driver, "Notifications")
        await driver.wait_until(lambda: "Why did nothing show?" in driver.visible_text(), "the page is open")
        driver.press("Notify me")
        driver.press("Send a test")
        await driver.wait_until(lambda: "Notifications are switched off." in driver.visible_text(), "the broken link")
        assert "“do not disturb” is on" in driver.visible_text()
        assert "answers (dunst" in driver.visible_text()
        desktop("set-paused", "false")
        driver.press("Switch on")
        await driver.wait_until(lambda: "Notifications are switched on." in driver.visible_text(), "it is mended")
        assert "“do not disturb” is off" in driver.visible_text()
        driver.press("Send a test")
        await driver.wait_until(lambda: displayed(desktop) >= 1, "the test is there")
        driver.press("Start")
        assert (Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / f"{NAME}.desktop").is_file()
        driver.press("Close")


async def test_the_title_has_the_number_of_the_chosen_view_and_says_which_account_needs_the_agent(
    profile_setup: ProfileSetup, server
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        notifications = driver.shell.notifications

        def title(view: Scope, name: str) -> str:
            count = driver.services.lists.overview().scopes[view]
            return f"({count}) {name} · Deskhand" if count else "Deskhand"

        await driver.wait_until(
            lambda: driver.window.windowTitle() == title(Scope.WAITING_FOR_US, "Waiting for us"),
            "the count of the first view",
        )
        notifications.open_choices()
        box = not_none(driver.active_surface().findChild(QComboBox, "counted"))
        box.setCurrentIndex(box.findText("All tickets"))
        driver.press("Close")
        await driver.wait_until(
            lambda: driver.window.windowTitle() == title(Scope.ALL, "All tickets"), "the count of the chosen one"
        )
        entry = next(each for each in notifications.tray.menu.actions() if each.text().startswith("All tickets"))
        driver.press("Outbox")
        entry.trigger()
        await driver.wait_until(
            lambda: "All tickets" in driver.visible_text() and driver.row_texts(), "the view is shown"
        )
        assert driver.focused == "Tickets"
        server.faults.add(FaultRule(FaultKind.STATUS, status=401))
        driver.services.engine.nudge()
        await driver.wait_until(
            lambda: driver.window.windowTitle() == "(!) Retail EU needs you · Deskhand", "the account comes first"
        )
        driver.press("How the accounts are", within="Status")
        await driver.wait_until(lambda: driver.in_dialog and "Sign-in needed" in driver.visible_text(), "its page")
        server.faults.clear()
        driver.press("Retail EU: Sign in")
        await driver.wait_until(lambda: "Edit Retail EU" in driver.visible_text(), "the sign-in form")
        driver.key("Escape")


async def test_an_account_that_is_paused_by_a_person_says_so_and_goes_on_from_the_page(
    profile_setup: ProfileSetup, server
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        account = not_none(driver.services.accounts.labelled("Retail EU"))
        driver.shell.accounts.pause(account.id, True)
        await run_command(driver, "How the accounts are")
        await driver.wait_until(lambda: driver.in_dialog and "Paused by you" in driver.visible_text(), "its page")
        driver.press("Retail EU: Resume")
        await driver.wait_until(lambda: "Up to date as of" in driver.visible_text(), "it goes on")
        assert "24 h" in driver.visible_text()
        driver.press("Close")
        assert [one.what for one in driver.services.undo.done] == ["Let Retail EU go on", "Paused Retail EU"]


async def test_a_pause_of_notifications_is_chosen_by_key_and_said(profile_setup: ProfileSetup, server) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await quiet_account(driver)
        await run_command(driver, "Pause notifications for 1 hour")
        await driver.wait_until(lambda: "Notifications are paused." in driver.visible_text(), "it is said")
        entries = [action.text() for action in driver.shell.notifications.tray.menu.actions()]
        assert "Resume notifications" in entries
