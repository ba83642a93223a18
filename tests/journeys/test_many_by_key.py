"""Several tickets at once, by keys alone: selected, changed, taken back together; and letters that are switched off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.errands import conversations, open_ticket, signed_in, state_held
from tests.helpers.running import Desk, Place, running

from deskhand.domain.changes import ChangeSet
from deskhand.ui.list import selection
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "profile")


def selected(desk: Desk) -> list[str]:
    """The remote ids of what is selected."""
    return [key.remote for key in desk.shell.lists.tickets.selected()]


async def three_picked(desk: Desk) -> list[str]:
    """Pick every other ticket of the list by X, and return their ids."""
    await desk.until(lambda: desk.in_step("Retail EU"))
    desk.key("Alt+6")
    await desk.until(lambda: len(desk.rows()) >= 15)
    desk.list.setFocus()
    desk.key("J", "X", "J", "J", "X", "J", "J", "X")
    await desk.until_says("3 of")
    chosen = selected(desk)
    assert len(chosen) == 3
    return chosen


async def test_e_closes_all_that_are_selected_and_one_z_opens_them_again(box: Sandbox, place: Place) -> None:
    server = box["nexuscore"]
    async with running(place, before=signed_in((server, "Retail EU"))) as desk:
        chosen = await three_picked(desk)
        before = {one: state_held(server, one) for one in chosen}
        others = {one["id"]: state_held(server, one["id"]) for one in server.tickets() if one["id"] not in before}
        desk.key("J")
        passed = desk.shell.lists.tickets.current
        assert passed is not None
        assert passed.remote not in chosen
        desk.key("E")
        await desk.until_says("changed")
        await desk.until(lambda: all(state_held(server, one) in ("resolved", "closed") for one in chosen))
        assert {one: state_held(server, one) for one in others} == others
        desk.key("Z")
        await desk.until(lambda: {one: state_held(server, one) for one in chosen} == before, "they are as before")
        desk.key("Z")
        await desk.until_says("There is nothing to undo.")


async def test_numbers_are_copied_of_all_that_are_selected(box: Sandbox, place: Place) -> None:
    async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await three_picked(desk)
        desk.key(".")
        await desk.until_says("3 numbers copied.")
        lines = QApplication.clipboard().text().splitlines()
        assert len(lines) == len(set(lines)) == 3


async def test_all_in_the_view_are_selected_and_a_key_for_one_ticket_says_so(box: Sandbox, place: Place) -> None:
    server = box["nexuscore"]
    async with running(place, before=signed_in((server, "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        subject = conversations(server)[0]["subject"]
        await open_ticket(desk, subject)
        await desk.until(lambda: desk.find_all("Reply"))
        desk.list.setFocus()
        desk.key("Ctrl+A")
        count = len(desk.rows())
        await desk.until_says(f"{count} of {count} selected")
        desk.key("R")
        await desk.until_says(f"A reply goes to one ticket; {count} are selected.")
        assert desk.focused == "Tickets"
        assert desk.subject == subject
        desk.key("Esc", "R")
        assert desk.focused == "Reply"


async def test_more_than_can_be_changed_at_once_is_said_and_nothing_is_changed(
    box: Sandbox, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MOST", 10)
    async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        desk.key("Alt+6")
        await desk.until(lambda: len(desk.rows()) >= 15)
        desk.list.setFocus()
        desk.key("Ctrl+A", "E")
        await desk.until_says("at most 10 can be changed at once")
        assert not await desk.house.desk.outbox()


async def test_o_goes_on_to_the_conversation_of_the_selected_ticket(box: Sandbox, place: Place) -> None:
    async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        await open_ticket(desk, conversations(box["nexuscore"])[0]["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.list.setFocus()
        desk.key("O")
        await desk.until(lambda: desk.focused == "Conversation")


async def test_a_digit_leads_to_a_view_even_while_something_is_typed(box: Sandbox, place: Place) -> None:
    async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        await open_ticket(desk, conversations(box["nexuscore"])[0]["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.key("R")
        desk.type("Half a sentence")
        desk.key("Alt+4")
        await desk.until(lambda: desk.shell.lists.query.scope.value == "drafts")
        assert desk.text("Reply").toPlainText() == "Half a sentence"
        desk.key("Alt+2")
        assert desk.shell.lists.query.scope.value == "unassigned"


async def test_letters_switched_off_do_nothing_and_stay_off(box: Sandbox, place: Place) -> None:
    server = box["nexuscore"]
    async with running(place, before=signed_in((server, "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        await open_ticket(desk, conversations(server)[0]["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.key("Ctrl+,")
        await desk.dialog("Settings")
        desk.click(desk.find("Single-letter keys", QAbstractButton))
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        desk.list.setFocus()
        subject = desk.subject
        desk.key("J", "R", "E", "X", "G", "I")
        await desk.breathe()
        assert desk.subject == subject
        assert desk.focused == "Tickets"
        assert desk.shell.lists.query.scope.value == "all"
        desk.key("F1")
        await desk.dialog("Keys")
        words = desk.words()
        assert "Single letters are switched off" in words
        assert "Ctrl+M" in words
        assert "Reply\n" not in words
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        desk.key("Ctrl+M")
        assert desk.focused == "Note"
    async with running(place) as desk:
        assert not desk.house.settings.letter_keys
        desk.key("Esc", "G", "A")
        await desk.breathe()
        assert desk.shell.lists.query.scope.value == "mine_open"
        desk.key("Alt+6")
        assert desk.shell.lists.query.scope.value == "all"


async def test_tickets_are_found_in_the_palette_and_opened(box: Sandbox, place: Place) -> None:
    server = box["nexuscore"]
    async with running(place, before=signed_in((server, "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        subject = conversations(server)[0]["subject"]
        desk.key("Ctrl+K")
        await desk.dialog("Commands")
        desk.type(subject)
        await desk.until_says(f"Ticket: {subject}")
        desk.key("Return")
        await desk.until(lambda: desk.subject == subject)


async def test_a_screen_reader_hears_each_number_of_selected_tickets_once(
    box: Sandbox, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        desk.key("Alt+6")
        await desk.until(lambda: len(desk.rows()) >= 15)
        desk.list.setFocus()
        monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
        desk.key("J", "X", "J", "X")
        assert [one for one in heard if "selected" in one] == ["1 selected", "2 selected"]
        assert "X adds or removes a ticket" in desk.words()
        desk.key("Shift+J", "Shift+J")
        assert len(selected(desk)) > 2
        assert "2 selected." not in desk.words(), "nothing says what is not so any more"
        desk.key("Esc")
        assert "selected" not in desk.words()
        heard.clear()
        desk.shell.lists.changed(ChangeSet(bulk=frozenset({desk.house.accounts.all()[0].id})))
        await desk.breathe()
        desk.shell.selection.select_all()
        assert [one for one in heard if "selected" in one] == [f"{len(selected(desk))} selected"]
        monkeypatch.undo()
