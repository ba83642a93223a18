"""A new ticket gets its vendor's id while the agent is at work on it: what is taken back then is still in its box."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.domain.going_on import GoOn
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Visibility
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, MADE = "Retail EU", "Made here"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=20, only=("nexuscore",)) as made:
        yield made


def notes(driver: AppDriver) -> list[str]:
    view = driver.shell.ticket.current()
    messages = view.messages if view is not None else ()
    return [one.text for one in messages if one.visibility is Visibility.LOCAL]


async def made_while_paused(driver: AppDriver) -> TicketKey:
    account = driver.services.accounts.labelled(RETAIL)
    assert account is not None
    assert account.capabilities is not None
    await driver.services.accounts.pause(account.id, paused=True)
    needed = [one for one in account.capabilities.create_form if one.required]
    form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
    made = await driver.services.commands.create(account.id, form | {"subject": MADE}, MADE)
    assert isinstance(made, Accepted)
    assert made.ticket is not None
    return made.ticket


async def go_on(driver: AppDriver, ticket: TicketKey) -> None:
    await driver.services.accounts.pause(ticket.account, paused=False)
    named = None
    while named is None:
        await driver.process_events()
        named = await driver.services.tickets.vendor_key(ticket)


@pytest.mark.parametrize("away", [False, True])
async def test_a_note_taken_back_after_the_ticket_got_its_id_stands_in_its_box(
    box: Sandbox, tmp_path: Path, *, away: bool
) -> None:
    server = box["nexuscore"]
    other = open_tickets_with_messages(server)[0]["subject"]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), after_sending=GoOn.STAY, before=with_accounts((server, RETAIL))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(RETAIL))
        ticket = await made_while_paused(driver)
        driver.shell.ticket.open_requested.emit(ticket)
        await driver.wait_until(lambda: driver.subject == MADE)
        driver.key("M")
        driver.type("Call back")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: notes(driver) == ["Call back"], "the note is kept")
        if away:
            await open_ticket(driver, other)
        await go_on(driver, ticket)
        if away:
            await open_ticket(driver, MADE)
        await driver.wait_until(
            lambda: (view := driver.shell.ticket.current()) is not None and not view.ticket.key.is_local,
            "it has its id",
        )
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_until(
            lambda: driver.text_edit("Note").toPlainText() == "Call back" and notes(driver) == [], "it is a draft"
        )
        driver.type(" at nine")
        await open_ticket(driver, other)
        await open_ticket(driver, MADE)
        await driver.wait_until(
            lambda: driver.text_edit("Note").toPlainText() == "Call back at nine", "all of it is kept"
        )
