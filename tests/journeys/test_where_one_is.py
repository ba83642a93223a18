"""The highlighted row is the open ticket, whatever opened it; another list closes what it does not hold; and there is a way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from tests.helpers.errands import conversations, open_ticket, signed_in, state_held
from tests.helpers.narrowing import present
from tests.helpers.running import Desk, Place, running

from deskhand.domain.ids import TicketKey
from deskhand_sandbox.sandbox import Sandbox, serving

LABEL = "Retail EU"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


def highlighted(desk: Desk) -> TicketKey | None:
    """The ticket of the row that is marked, seen at the view itself; None while nothing is listed yet."""
    if not desk.rows():
        return None
    view = desk.list
    rows = view.selectionModel().selectedRows()
    row = desk.shell.lists.tickets.model.row(rows[0].row()) if len(rows) == 1 else None
    return row.key if row is not None else None


def opened(desk: Desk) -> TicketKey | None:
    view = desk.shell.ticket.current()
    return view.ticket.key if view is not None else None


async def until_one(desk: Desk, remote: str) -> None:
    """Wait until this ticket is open, and the highlighted one."""
    await desk.until(lambda: (k := opened(desk)) is not None and k.remote == remote, f"{remote} is open")
    await desk.until(lambda: highlighted(desk) == opened(desk), "the highlighted row is the open ticket")


def key_of(desk: Desk, remote: str) -> TicketKey:
    account = desk.house.accounts.labelled(LABEL)
    assert account is not None
    return TicketKey(account.id, remote)


async def test_a_ticket_opened_from_elsewhere_takes_the_list_along_and_back_leads_to_where_one_was(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    done = next(one for one in server.tickets() if state_held(server, one["id"]) == "resolved")
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABEL))) as desk:
        await desk.until(lambda: desk.in_step(LABEL))
        await desk.until(lambda: len(desk.rows()) > 1)
        desk.list.setFocus()
        desk.key("J", "J")
        await desk.until(lambda: opened(desk) is not None)
        before, scope = opened(desk), desk.shell.lists.query.scope
        desk.shell.lists.open(key_of(desk, done["id"]))
        await until_one(desk, done["id"])
        assert desk.shell.lists.query.scope is not scope
        desk.key("Alt+Left")
        await until_one(desk, present(before).remote)
        assert desk.shell.lists.query.scope is scope
        desk.key("Alt+Right")
        await until_one(desk, done["id"])


@pytest.mark.parametrize("way", ["named", "linked"])
async def test_a_ticket_named_at_the_start_is_the_highlighted_one(box: Sandbox, tmp_path: Path, way: str) -> None:
    server = box["nexuscore"]
    done = next(one for one in server.tickets() if state_held(server, one["id"]) == "resolved")
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABEL))) as desk:
        link = f"deskhand:nexuscore/{done['id']}"
        desk.shell.open_named(f"{LABEL}/{done['id']}" if way == "named" else link)
        await until_one(desk, done["id"])


async def test_another_list_closes_what_it_does_not_hold_and_what_was_typed_is_a_step_back(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    ticket = next(one for one in conversations(server) if state_held(server, one["id"]) == "open")
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABEL))) as desk:
        await desk.until(lambda: desk.in_step(LABEL))
        await open_ticket(desk, ticket["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.key("R")
        desk.type("Half a sentence")
        desk.shell.lists.choose(desk.shell.lists.query.scope.SNOOZED)
        await desk.until(lambda: opened(desk) is None and not desk.find_all("Reply"), "the box is put away")
        assert highlighted(desk) is None if desk.rows() else True
        await desk.until_says("is kept as a draft.")
        desk.click(desk.find("Go back", QAbstractButton))
        await until_one(desk, ticket["id"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Half a sentence")
        desk.key("Alt+4")
        await until_one(desk, ticket["id"])
        assert desk.text("Reply").toPlainText() == "Half a sentence"
        desk.key("Alt+6")
        await until_one(desk, ticket["id"])


async def test_a_search_closes_what_it_does_not_find_and_its_end_opens_it_again(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = conversations(server)[:2]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABEL))) as desk:
        await desk.until(lambda: desk.in_step(LABEL))
        await open_ticket(desk, first["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        desk.key("R")
        desk.type("For the first")
        desk.type_into("Search tickets", second["subject"])
        await desk.until(lambda: [second["subject"] in row for row in desk.rows()] == [True], "it alone is found")
        await desk.until(lambda: opened(desk) is None, "what was not found is put away")
        assert desk.focused == "Search tickets"
        await desk.until_says("Choose a ticket")
        await desk.until_says("is kept as a draft.")
        desk.key("Esc")
        await until_one(desk, first["id"])
        assert "is kept as a draft." not in desk.words()
        await desk.until(lambda: desk.text("Reply").toPlainText() == "For the first")


async def test_a_found_ticket_and_the_words_it_was_found_by_come_back(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    first, second = conversations(server)[:2]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABEL))) as desk:
        await desk.until(lambda: desk.in_step(LABEL))
        await open_ticket(desk, first["subject"])
        desk.type_into("Search tickets", second["subject"])
        await desk.until(lambda: [second["subject"] in row for row in desk.rows()] == [True], "it alone is found")
        desk.open_row(second["subject"])
        await until_one(desk, second["id"])
        desk.key("Alt+Left")
        await until_one(desk, first["id"])
        assert desk.find("Search tickets", QLineEdit).text() == ""
        desk.key("Alt+Right")
        await until_one(desk, second["id"])
        assert desk.find("Search tickets", QLineEdit).text() == second["subject"]
        desk.key("Alt+Right")
        await desk.until_says("No ticket was opened after this one")
