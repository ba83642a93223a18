"""A new ticket gets its vendor's id while the agent is at work on it: what is taken back then is still in its box."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Desk, Place, running

from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Visibility
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, MADE = "Retail EU", "Made here"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("nexuscore",)) as made:
        yield made


def notes(desk: Desk) -> list[str]:
    view = desk.shell.ticket.current()
    messages = view.messages if view is not None else ()
    return [one.text for one in messages if one.visibility is Visibility.LOCAL]


async def made_while_paused(desk: Desk) -> TicketKey:
    account = desk.house.accounts.labelled(RETAIL)
    assert account is not None
    assert account.capabilities is not None
    await desk.house.accounts.pause(account.id, paused=True)
    needed = [one for one in account.capabilities.create_form if one.required]
    form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
    made = await desk.house.desk.create(account.id, form | {"subject": MADE}, MADE)
    assert isinstance(made, Accepted)
    assert made.ticket is not None
    return made.ticket


async def go_on(desk: Desk, ticket: TicketKey) -> None:
    await desk.house.accounts.pause(ticket.account, paused=False)
    named = None
    while named is None:
        await desk.breathe()
        named = await desk.house.reading.named(ticket)


@pytest.mark.parametrize("away", [False, True])
async def test_a_note_taken_back_after_the_ticket_got_its_id_stands_in_its_box(
    box: Sandbox, tmp_path: Path, *, away: bool
) -> None:
    server = box["nexuscore"]
    other = conversations(server)[0]["subject"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, RETAIL))) as desk:
        await desk.until(lambda: desk.in_step(RETAIL))
        ticket = await made_while_paused(desk)
        desk.shell.ticket.open_wanted.emit(ticket)
        await desk.until(lambda: desk.subject == MADE)
        desk.key("M")
        desk.type("Call back")
        desk.key("Ctrl+Return")
        await desk.until(lambda: notes(desk) == ["Call back"], "the note is kept")
        if away:
            await open_ticket(desk, other)
        await go_on(desk, ticket)
        if away:
            await open_ticket(desk, MADE)
        await desk.until(
            lambda: (view := desk.shell.ticket.current()) is not None and not view.ticket.key.is_local, "it has its id"
        )
        desk.list.setFocus()
        desk.key("Z")
        await desk.until(lambda: desk.text("Note").toPlainText() == "Call back" and notes(desk) == [], "it is a draft")
        desk.type(" at nine")
        await open_ticket(desk, other)
        await open_ticket(desk, MADE)
        await desk.until(lambda: desk.text("Note").toPlainText() == "Call back at nine", "all of it is kept")
