"""A key means all that is selected, or says why not; and many, or what has no way back, is asked about first."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, state_at_vendor, with_accounts
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.commands import kind_of
from deskhand.domain.going_on import GoOn
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import Person
from deskhand.ui.actions.action import Takes
from deskhand.ui.actions.table import WINDOW
from deskhand.ui.actions.ticket_actions import COPY_DESKHAND_LINK
from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.server import VendorServer

FREE = frozenset(
    [
        *(
            "palette",
            "search",
            "filter",
            "find",
            "next hit",
            "previous hit",
            "ask vendors",
            "search elsewhere",
            "search view",
            "search account",
            "search everywhere",
            "vendor results",
            "next",
            "previous",
            "open",
            "comfortable rows",
            "compact rows",
            "columns rows",
            "choose columns",
            "look in",
            *("group by nothing", "group by turn", "group by account", "group by state", "group by day"),
            "pick",
            "extend down",
            "extend up",
            "select all",
        ),
        *("undo", "redo", "quotes", "next message", "previous message", "new", "add account", "sync", "next pane"),
        *(
            "previous pane",
            "customer",
            "sidebar",
            "mine",
            "unassigned",
            "waiting for us",
            "waiting",
            "drafts",
            "outbox",
            "snoozed",
            "all",
            "outbox items",
        ),
        *("back", "forward", "later view"),
        *("next tab", "previous tab", "close tab", "close other tabs", "reopen tab"),
        *(
            "save view",
            "new view",
            "edit view",
            "go to view",
            "next view",
            "previous view",
            "export views",
            "import views",
        ),
        *("account open", "account closed", "account all", *(f"view {n}" for n in range(1, 10))),
        *("notifications", "test notification", "pause notifications", "pause notifications until tomorrow"),
        *("resume notifications", "health"),
        *(
            "light",
            "dark",
            "system theme",
            "settings",
            "macros",
            "keys",
            "quit",
            *(f"account {n}" for n in range(1, 10)),
        ),
    ]
)
"""Commands that are about no ticket, or about what is read: a selection changes nothing in them."""

TO_ALL = frozenset(
    [
        *("close", "reopen", "state", "priority", "assign", "assign me", "unread"),
        *("copy number", "copy deskhand link", "tags"),
        *("reply all", "macro"),
        *("later", "later again", "later back", "remind", "pin"),
    ]
)
TO_ONE = {
    "open in window": "A window of its own shows one ticket",
    "reply": "A reply goes to one ticket",
    "note": "A note belongs to one ticket",
    "web page": "A web page shows one ticket",
    **dict.fromkeys(("link ticket", "link at vendor", "sub-ticket", "merge", "duplicate"), "A link joins two tickets"),
    "open in tab": "A tab shows one ticket",
    "record macro": "A macro is recorded on one ticket",
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("thena", "mijnklantportaal")) as made:
        yield made


async def picked(driver: AppDriver, label: str, count: int = 3) -> list[TicketKey]:
    """Pick tickets of one account, every other one, and return their keys; another one is open."""
    await driver.wait_until(lambda: driver.wait_synced(label))
    account = driver.services.accounts.labelled(label)
    assert account is not None
    driver.shell.lists.choose_account(account.id)
    await driver.wait_until(lambda: len(driver.row_texts()) >= 2 * count)
    driver.list.setFocus()
    driver.key("J", "X", *(["J", "J", "X"] * (count - 1)), "J")
    await driver.wait_for_text(f"{count} selected")
    return driver.shell.lists.tickets.selected()


async def asked(driver: AppDriver) -> str:
    """Wait for a question that has the keyboard, and return what it says."""
    await driver.wait_until(lambda: driver.in_dialog and driver.active_surface().isActiveWindow(), "a question")
    return driver.visible_text()


async def changed(driver: AppDriver) -> dict[TicketKey | None, str]:
    """What is in the outbox: by ticket, the kind of change."""
    return {item.command.ticket: kind_of(item.command.action) for item in await driver.services.outbox.recent(200)}


async def test_every_command_is_done_to_all_that_is_selected_or_says_why_not(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        commands = {one.id: one for one in WINDOW}
        assert set(commands) == FREE | TO_ALL | set(TO_ONE), "a new command: is it for all that is selected?"
        assert {one.id for one in WINDOW if one.takes is Takes.SEVERAL} == TO_ALL
        await picked(driver, "Platform")
        for name, words in TO_ONE.items():
            said = commands[name].reason(driver.shell.actions.selection())
            assert words in said, name
            assert "3 are selected" in said
            if not commands[name].keys:
                continue
            driver.key(commands[name].keys[0])
            await driver.wait_for_text(said)
            assert driver.focused == "Tickets"
        assert commands["tags"].reason(driver.shell.actions.selection()) == "Thena cannot edit tags"
        for name in TO_ALL - {"tags"}:
            assert not commands[name].reason(driver.shell.actions.selection()), name
        assert not await changed(driver)


@pytest.mark.parametrize(("key", "words", "kind"), [("S", "Closed", "state"), ("Y", "High", "priority")])
async def test_a_state_and_a_priority_are_chosen_for_all_that_is_selected(
    box: Sandbox, tmp_path: Path, key: str, words: str, kind: str
) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        chosen = await picked(driver, "Platform")
        passed = driver.shell.lists.tickets.current
        assert passed not in chosen
        driver.key(key)
        await driver.wait_until(lambda: QApplication.activePopupWidget() is not None)
        driver.choose_from_menu(words)
        await driver.wait_until(lambda: driver.shell.ticket.undo.line.message.startswith(("Closed ", "Gave ")))
        so_already = {key for key in chosen if key not in await changed(driver)}
        assert {key: kind for key in chosen if key not in so_already} == await changed(driver)
        assert len(so_already) < len(chosen)
        for one in chosen:
            view = await driver.services.tickets.view(one)
            assert view is not None
            shown = view.ticket.state if kind == "state" else view.ticket.priority
            assert shown.value == words.casefold()


async def assigned(driver: AppDriver, key: TicketKey, person: Person) -> bool:
    view = await driver.services.tickets.view(key)
    return view is not None and view.ticket.assignee is not None and view.ticket.assignee.is_same(person)


async def test_somebody_is_chosen_for_all_that_is_selected(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        chosen = await picked(driver, "Platform")
        view = await driver.services.tickets.view(chosen[0])
        assert view is not None
        person = next(one for one in view.capabilities.agents if one.email and one.email != view.account.me)
        driver.key("A")
        await driver.wait_until(lambda: driver.focused == "Name or e-mail")
        driver.type(person.email)
        driver.key("Return")
        await driver.wait_until(lambda: driver.shell.ticket.undo.line.message.startswith("Assigned "))
        for one in chosen:
            # A page of the list that was asked for before the change may tell the old one until the next is read.
            async with asyncio.timeout(WAIT_SECONDS):
                while not await assigned(driver, one, person):
                    await driver.process_events()


async def test_links_of_all_that_are_selected_are_copied(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        chosen = await picked(driver, "Platform")
        COPY_DESKHAND_LINK.run(driver.shell.actions.selection())
        lines = QApplication.clipboard().text().splitlines()
        assert len(lines) == 3
        assert all(any(key.remote in line for line in lines) for key in chosen)


async def test_more_than_a_few_are_closed_only_after_a_question_that_names_each_vendor(
    box: Sandbox, tmp_path: Path
) -> None:
    both = with_accounts((box["thena"], "Platform"), (box["mijnklantportaal"], "Klantenservice"))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Klantenservice"))
        driver.key("Alt+8")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 20)
        driver.list.setFocus()
        driver.key("Ctrl+A", "E")
        words = await asked(driver)
        assert " Platform" in words
        assert " Klantenservice" in words
        assert "There is no way back but a reply to the customer." in words
        assert driver.focused.startswith("Close ")
        assert " open" in driver.focused, "the safe answer has the focus"
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert not await changed(driver)
        driver.key("E")
        await asked(driver)
        driver.press(next(one for one in driver.names(QAbstractButton) if one.startswith("Close all ")))
        await driver.wait_for_text("for good")
        assert set((await changed(driver)).values()) == {"state"}


async def test_one_ticket_without_a_way_back_is_closed_after_a_question_and_no_undo_is_offered(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["mijnklantportaal"]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, "Klantenservice"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Klantenservice"))
        subjects = [one["subject"] for one in server.tickets()]
        ticket = next(one for one in server.tickets() if one["state"] == "open" and subjects.count(one["subject"]) == 1)
        await open_ticket(driver, ticket["subject"])
        driver.list.setFocus()
        driver.key("E")
        assert "There is no way back but a reply to the customer." in await asked(driver)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert not await changed(driver)
        driver.choose("State", "Closed")
        await asked(driver)
        driver.press("Close")
        await driver.wait_for_text("Closed “")
        assert not driver.find_all("Undo", QAbstractButton)
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "closed", "it is closed at the vendor")


async def test_send_and_close_asks_only_where_nothing_can_be_taken_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["mijnklantportaal"]
    before = with_accounts((server, "Klantenservice"))
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), undo_seconds=0, after_sending=GoOn.STAY, before=before
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Klantenservice"))
        subjects = [one["subject"] for one in server.tickets()]
        ticket = next(
            one
            for one in server.tickets()
            if one["state"] == "open" and subjects.count(one["subject"]) == 1 and desk_can_reply(server, one["id"])
        )
        await open_ticket(driver, ticket["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        driver.key("R")
        driver.type("Done and dusted")
        driver.key("Ctrl+Shift+Return")
        assert "There is no way back but a reply to the customer." in await asked(driver)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert driver.text_edit("Reply").toPlainText() == "Done and dusted"
        driver.key("Ctrl+Shift+Return")
        await asked(driver)
        driver.press("Send and close")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "closed", "it is closed at the vendor")


async def test_a_message_that_is_asked_about_is_never_that_of_a_ticket_opened_behind_the_question(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["mijnklantportaal"]
    before = with_accounts((server, "Klantenservice"))
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), undo_seconds=0, after_sending=GoOn.STAY, before=before
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Klantenservice"))
        here, there = [
            one["id"] for one in server.tickets() if one["state"] == "open" and desk_can_reply(server, one["id"])
        ][:2]
        for ticket, words in ((there, "A draft for somebody else"), (here, "Done and dusted")):
            await at_ticket(driver, ticket)
            await driver.wait_until(lambda: driver.find_all("Write a reply"))
            driver.key("R")
            driver.type(words)
        driver.key("Ctrl+Shift+Return")
        await asked(driver)
        await at_ticket(driver, there)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "A draft for somebody else")
        driver.press("Send and close")
        await driver.wait_for_text("Nothing was sent")
        assert await driver.services.outbox.recent(200) == ()
        assert {state_at_vendor(server, one) for one in (here, there)} == {"open"}
        await at_ticket(driver, here)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Done and dusted")


async def at_ticket(driver: AppDriver, ticket: str) -> None:
    """Open a ticket from outside, as a link does."""
    driver.shell.open_named(f"Klantenservice/{ticket}")
    await driver.wait_until(
        lambda: (view := driver.shell.ticket.current()) is not None and view.ticket.key.remote == ticket
    )


def desk_can_reply(server: VendorServer, ticket: str) -> bool:
    held = server.ticket(ticket)
    return bool(held and held["messages"]) and "chat" not in str(held)


async def test_a_menu_changes_what_was_selected_when_it_opened(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["thena"], "Platform"))
    ) as driver:
        chosen = await picked(driver, "Platform")
        menu = driver.shell.selection.menu_for(chosen)
        driver.key("Esc", "J")  # the list goes on, as it does when a sync brings or takes tickets
        assert driver.shell.lists.tickets.selected() != chosen
        next(entry for entry in menu.actions() if entry.text() == "Set to pending").trigger()
        await driver.wait_until(lambda: driver.shell.ticket.undo.line.message.startswith("Set "))
        assert set(await changed(driver)) <= set(chosen)
        assert await changed(driver)
