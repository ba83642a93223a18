"""A key means all that is selected, or says why not; and many, or what has no way back, is asked about first."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.errands import open_ticket, signed_in, state_held
from tests.helpers.patience import PATIENCE
from tests.helpers.running import Desk, Place, running

from deskhand.domain.commands import kind_of
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import Person
from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.server import VendorServer

FREE = frozenset(
    [
        *("palette", "search", "find", "next", "previous", "open", "pick", "extend down", "extend up", "select all"),
        *("undo", "quotes", "next message", "previous message", "new", "add account", "sync", "next pane"),
        *("previous pane", "mine", "unassigned", "waiting", "drafts", "outbox", "snoozed", "all", "outbox items"),
        *("back", "forward"),
        *("light", "dark", "system theme", "settings", "keys", "quit", *(f"account {n}" for n in range(1, 10))),
    ]
)
"""Commands that are about no ticket, or about what is read: a selection changes nothing in them."""

TO_ALL = frozenset(
    [
        *("close", "reopen", "state", "priority", "assign", "assign me", "unread"),
        *("copy number", "copy deskhand link"),
    ]
)
TO_ONE = {"reply": "A reply goes to one ticket", "note": "A note belongs to one ticket", "tags": "one ticket at a time"}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("thena", "mijnklantportaal")) as made:
        yield made


async def picked(desk: Desk, label: str, count: int = 3) -> list[TicketKey]:
    """Pick tickets of one account, every other one, and return their keys; another one is open."""
    await desk.until(lambda: desk.in_step(label))
    account = desk.house.accounts.labelled(label)
    assert account is not None
    desk.shell.lists.choose_account(account.id)
    await desk.until(lambda: len(desk.rows()) >= 2 * count)
    desk.list.setFocus()
    desk.key("J", "X", *(["J", "J", "X"] * (count - 1)), "J")
    await desk.until_says(f"{count} of")
    return desk.shell.lists.tickets.selected()


async def asked(desk: Desk) -> str:
    """Wait for a question that has the keyboard, and return what it says."""
    await desk.until(lambda: desk.in_dialog and desk.front().isActiveWindow(), "a question")
    return desk.words()


async def changed(desk: Desk) -> dict[TicketKey | None, str]:
    """What is in the outbox: by ticket, the kind of change."""
    return {item.command.ticket: kind_of(item.command.action) for item in await desk.house.desk.outbox()}


async def test_every_command_is_done_to_all_that_is_selected_or_says_why_not(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thena"], "Platform"))) as desk:
        commands = {one.name: one for one in desk.shell.commands.all()}
        assert set(commands) == FREE | TO_ALL | set(TO_ONE), "a new command: is it for all that is selected?"
        await picked(desk, "Platform")
        for name, words in TO_ONE.items():
            said = commands[name].obstacle()
            assert words in said, name
            assert "3 are selected" in said
            desk.key(commands[name].keys[0])
            await desk.until_says(said)
            assert desk.focused == "Tickets"
        for name in TO_ALL:
            assert not commands[name].obstacle(), name
        assert not await changed(desk)


@pytest.mark.parametrize(("key", "words", "kind"), [("S", "Closed", "state"), ("Y", "High", "priority")])
async def test_a_state_and_a_priority_are_chosen_for_all_that_is_selected(
    box: Sandbox, tmp_path: Path, key: str, words: str, kind: str
) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thena"], "Platform"))) as desk:
        chosen = await picked(desk, "Platform")
        passed = desk.shell.lists.tickets.current
        assert passed not in chosen
        desk.key(key)
        await desk.until(lambda: QApplication.activePopupWidget() is not None)
        desk.menu(words)
        await desk.until_says("changed")
        so_already = {key for key in chosen if key not in await changed(desk)}
        assert {key: kind for key in chosen if key not in so_already} == await changed(desk)
        assert len(so_already) < len(chosen)
        for one in chosen:
            view = await desk.house.reading.view(one)
            assert view is not None
            shown = view.ticket.state if kind == "state" else view.ticket.priority
            assert shown.value == words.casefold()


async def assigned(desk: Desk, key: TicketKey, person: Person) -> bool:
    view = await desk.house.reading.view(key)
    return view is not None and view.ticket.assignee is not None and view.ticket.assignee.is_same(person)


async def test_somebody_is_chosen_for_all_that_is_selected(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thena"], "Platform"))) as desk:
        chosen = await picked(desk, "Platform")
        view = await desk.house.reading.view(chosen[0])
        assert view is not None
        person = next(one for one in view.capabilities.agents if one.email and one.email != view.account.me)
        desk.key("A")
        await desk.until(lambda: desk.focused == "Name or e-mail")
        desk.type(person.email)
        desk.key("Return")
        await desk.until_says("changed")
        for one in chosen:
            # A page of the list that was asked for before the change may tell the old one until the next is read.
            async with asyncio.timeout(PATIENCE):
                while not await assigned(desk, one, person):
                    await desk.breathe()


async def test_links_of_all_that_are_selected_are_copied(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["thena"], "Platform"))) as desk:
        chosen = await picked(desk, "Platform")
        next(one for one in desk.shell.commands.all() if one.name == "copy deskhand link").run()
        lines = QApplication.clipboard().text().splitlines()
        assert len(lines) == 3
        assert all(any(key.remote in line for line in lines) for key in chosen)


async def test_more_than_a_few_are_closed_only_after_a_question_that_names_each_vendor(
    box: Sandbox, tmp_path: Path
) -> None:
    both = signed_in((box["thena"], "Platform"), (box["mijnklantportaal"], "Klantenservice"))
    async with running(Place(tmp_path / "profile"), before=both) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Klantenservice"))
        desk.key("Alt+6")
        await desk.until(lambda: len(desk.rows()) >= 20)
        desk.list.setFocus()
        desk.key("Ctrl+A", "E")
        words = await asked(desk)
        assert "Thena: " in words
        assert "Mijn Klantportaal: " in words
        assert "There is no way back but a reply to the customer." in words
        desk.key("Return")  # Cancel: something in it has no way back
        await desk.until(lambda: not desk.in_dialog)
        assert not await changed(desk)
        desk.key("E")
        await asked(desk)
        desk.press("Close")
        await desk.until_says("for good")
        assert set((await changed(desk)).values()) == {"state"}


async def test_one_ticket_without_a_way_back_is_closed_after_a_question_and_no_undo_is_offered(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["mijnklantportaal"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Klantenservice"))) as desk:
        await desk.until(lambda: desk.in_step("Klantenservice"))
        subjects = [one["subject"] for one in server.tickets()]
        ticket = next(one for one in server.tickets() if one["state"] == "open" and subjects.count(one["subject"]) == 1)
        await open_ticket(desk, ticket["subject"])
        desk.list.setFocus()
        desk.key("E")
        assert "There is no way back but a reply to the customer." in await asked(desk)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        assert not await changed(desk)
        desk.choose("State", "closed")
        await asked(desk)
        desk.press("Close")
        await desk.until_says("State set to closed.")
        assert not desk.find_all("Undo", QAbstractButton)
        await desk.until(lambda: state_held(server, ticket["id"]) == "closed", "it is closed at the vendor")


async def test_send_and_close_asks_only_where_nothing_can_be_taken_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["mijnklantportaal"]
    before = signed_in((server, "Klantenservice"))
    async with running(Place(tmp_path / "profile"), undo_seconds=0, before=before) as desk:
        await desk.until(lambda: desk.in_step("Klantenservice"))
        subjects = [one["subject"] for one in server.tickets()]
        ticket = next(
            one
            for one in server.tickets()
            if one["state"] == "open" and subjects.count(one["subject"]) == 1 and desk_can_reply(server, one["id"])
        )
        await open_ticket(desk, ticket["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.key("R")
        desk.type("Done and dusted")
        desk.key("Ctrl+Shift+Return")
        assert "There is no way back but a reply to the customer." in await asked(desk)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        assert desk.text("Reply").toPlainText() == "Done and dusted"
        desk.key("Ctrl+Shift+Return")
        await asked(desk)
        desk.press("Send and close")
        await desk.until(lambda: state_held(server, ticket["id"]) == "closed", "it is closed at the vendor")


async def test_a_message_that_is_asked_about_is_never_that_of_a_ticket_opened_behind_the_question(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["mijnklantportaal"]
    before = signed_in((server, "Klantenservice"))
    async with running(Place(tmp_path / "profile"), undo_seconds=0, before=before) as desk:
        await desk.until(lambda: desk.in_step("Klantenservice"))
        here, there = [
            one["id"] for one in server.tickets() if one["state"] == "open" and desk_can_reply(server, one["id"])
        ][:2]
        for ticket, words in ((there, "A draft for somebody else"), (here, "Done and dusted")):
            await at_ticket(desk, ticket)
            await desk.until(lambda: desk.find_all("Reply"))
            desk.key("R")
            desk.type(words)
        desk.key("Ctrl+Shift+Return")
        await asked(desk)
        await at_ticket(desk, there)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "A draft for somebody else")
        desk.press("Send and close")
        await desk.until_says("Nothing was sent")
        assert await desk.house.desk.outbox() == ()
        assert {state_held(server, one) for one in (here, there)} == {"open"}
        await at_ticket(desk, here)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Done and dusted")


async def at_ticket(desk: Desk, ticket: str) -> None:
    """Open a ticket from outside, as a link does."""
    desk.shell.open_named(f"Klantenservice/{ticket}")
    await desk.until(lambda: (view := desk.shell.ticket.current()) is not None and view.ticket.key.remote == ticket)


def desk_can_reply(server: VendorServer, ticket: str) -> bool:
    held = server.ticket(ticket)
    return bool(held and held["messages"]) and "chat" not in str(held)
