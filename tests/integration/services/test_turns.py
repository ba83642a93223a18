"""Whose turn it is, at every vendor over HTTP: the customer speaks, we answer, a colleague answers, a program answers, it is closed."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.journey_steps import open_tickets_with_messages
from tests.helpers.service_harness import ON_REQUEST, service_harness

from deskhand.domain.capabilities import Feature
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.threads import Draft
from deskhand.domain.tickets import State, Turn
from deskhand.services.ticket_actions import closing_state, set_state
from deskhand.services.ticket_commands import NOTE, Accepted

AWAY = "Thank you for your e-mail. I am out of the office until Monday. I will reply to your message when I return."
TALKS = ("nexuscore", "thena", "mijnklantportaal")


def row_of(harness, key):
    (row,) = harness.services.lists.rows([key])
    return row


def waiting_for_us(harness):
    return [
        row.key for row in harness.services.lists.first_page(TicketQuery(Scope.WAITING_FOR_US, sort=Sort.WAITING), 500)
    ]


async def hear(harness, key, text):
    """Let the customer write, and read it."""
    harness.server(account_of(harness, key)).add_customer_message(key.remote, text)
    await harness.services.engine.read(key)


def account_of(harness, key):
    account = harness.services.accounts.get(key.account)
    assert account is not None
    return account


@pytest.mark.parametrize("vendor", TALKS)
async def test_the_turn_follows_the_conversation_until_it_is_closed_and_when_it_is_opened_again(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await harness.wait_delivery(await harness.reply(key, "We look into it."))
    assert (row_of(harness, key).turn, row_of(harness, key).answered) == (Turn.THEM, True)
    assert key not in waiting_for_us(harness)

    began = datetime.now(UTC) - timedelta(minutes=1)
    await hear(harness, key, "Any news? It is still broken.")
    first = row_of(harness, key)
    assert first.turn is Turn.US
    assert first.waiting_since is not None
    assert first.waiting_since >= began
    await hear(harness, key, "Hello?")
    assert row_of(harness, key).waiting_since == first.waiting_since  # the first one without an answer counts
    assert key in waiting_for_us(harness)

    if account.capabilities is not None and Feature.NOTE in account.capabilities:
        noted = await harness.services.commands.send(key, Draft(NOTE, "Ask the warehouse."), hold=False)
        assert isinstance(noted, Accepted)
        await harness.wait_delivery(noted.command)
        await harness.services.engine.read(key)
        assert row_of(harness, key).turn is Turn.US

    await harness.wait_delivery(await harness.reply(key, "It is mended."))
    await harness.services.engine.read(key)
    assert row_of(harness, key).turn is Turn.THEM
    await hear(harness, key, AWAY)
    assert row_of(harness, key).turn is Turn.THEM
    await hear(harness, key, "I am back from my holiday, and it is broken again.")
    assert row_of(harness, key).turn is Turn.US

    view = await harness.view(key)
    choice = closing_state(view.ticket, view.capabilities)
    assert choice is not None
    closed = await harness.services.commands.change(key, set_state(view, choice))
    assert isinstance(closed, Accepted)
    assert row_of(harness, key).turn is Turn.NOBODY  # at once, before it has left
    await harness.wait_delivery(closed.command)
    await harness.services.engine.read(key)
    assert (row_of(harness, key).turn, row_of(harness, key).waiting_since) == (Turn.NOBODY, None)

    await hear(harness, key, "No, it is not solved.")
    if row_of(harness, key).state.is_done:  # a vendor whose documents do not say that a reply opens it again
        view = await harness.view(key)
        states = view.capabilities.states_for(view.ticket.group.id if view.ticket.group else None)
        opened = next((one for one in states if one.state is State.OPEN), None)
        if vendor == "mijnklantportaal" or opened is None:
            await harness.wait_delivery(await harness.reply(key, "We look again."))
            await harness.services.engine.read(key)
            assert row_of(harness, key).turn is Turn.THEM
            return
        again = await harness.services.commands.change(key, set_state(view, opened))
        assert isinstance(again, Accepted)
    assert row_of(harness, key).turn is Turn.US
    assert key in waiting_for_us(harness)


@pytest.mark.parametrize("vendor", TALKS)
async def test_a_colleagues_answer_ends_the_wait(start_services, tmp_path, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await hear(harness, key, "Any news?")
    assert row_of(harness, key).turn is Turn.US
    async with service_harness(tmp_path / "colleague", harness.box, pace=ON_REQUEST) as colleague:
        theirs = await colleague.add(vendor)
        await colleague.services.engine.start()
        await colleague.services.engine.wait_synced()
        same = next(one for one in await colleague.ticket_keys(theirs) if one.remote == key.remote)
        await colleague.services.engine.read(same)
        await colleague.wait_delivery(await colleague.reply(same, "It is on its way."))
    await harness.services.engine.read(key)
    assert row_of(harness, key).turn is Turn.THEM


@pytest.mark.parametrize("vendor", TALKS)
async def test_offline_a_queued_reply_turns_it_and_taking_it_back_turns_it_again(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await hear(harness, key, "Any news?")
    since = row_of(harness, key).waiting_since
    await harness.services.accounts.pause(account.id, paused=True)
    command = await harness.reply(key, "Here is what we know.")
    assert row_of(harness, key).turn is Turn.THEM
    assert key not in waiting_for_us(harness)
    await harness.services.commands.undo(command)
    assert (row_of(harness, key).turn, row_of(harness, key).waiting_since) == (Turn.US, since)


async def test_thenas_list_tells_who_waits_before_its_conversations_are_read(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST, run=False)
    asked = open_tickets_with_messages(harness.server(account))[0]
    harness.server(account).add_customer_message(asked["id"], "Any news?")
    await harness.services.engine.start()
    await harness.services.engine.wait_synced()
    rows = harness.services.lists.first_page(TicketQuery(Scope.ALL, account.id), 500)
    told = {row.key.remote: row.turn for row in rows}
    assert told[asked["id"]] is Turn.US
    for row in rows:
        if not row.state.is_done and await harness.store.threads.read_at(row.key) is None:
            assert row.turn in (Turn.US, Turn.UNKNOWN)


@pytest.mark.parametrize("vendor", ["routera", "thalamus"])
async def test_where_nothing_that_is_said_can_be_read_nobody_is_said_to_wait_or_not_to(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    rows = harness.services.lists.first_page(TicketQuery(Scope.ALL, account.id), 500)
    assert {row.turn for row in rows if not row.state.is_done} <= {Turn.UNKNOWN}
    assert {row.turn for row in rows if row.state.is_done} <= {Turn.NOBODY}
    assert not waiting_for_us(harness)
    if vendor == "routera":
        assert [row for row in rows if row.turn is Turn.UNKNOWN]
