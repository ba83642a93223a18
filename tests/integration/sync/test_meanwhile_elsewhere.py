"""A reply that waited, and a ticket that was merged or given to another customer at its vendor meanwhile."""

from datetime import timedelta

import pytest
from tests.helpers.service_harness import ON_REQUEST

from deskhand.domain.commands import DecisionReason
from deskhand.domain.threads import Delivery, Resolution


@pytest.mark.parametrize("read_before", [False, True])
async def test_a_customers_words_that_come_in_with_an_older_time_stop_a_reply(start_services, read_before):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await harness.services.accounts.pause(account.id, paused=True)
    command = await harness.reply(key, "We come at nine.")
    server = harness.server(account)
    server.add_customer_message(key.remote, "I mailed this yesterday: do not come before noon.")
    server.vendor_data.known(key.remote).thread[-1].created -= timedelta(days=400)
    if read_before:  # by the background, ahead of what waits in the outbox
        await harness.services.engine.read(key)
    await harness.services.accounts.pause(account.id, paused=False)
    item = await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.THREAD_CHANGED
    assert harness.received(account) == []
    await harness.services.commands.resolve(command, Resolution.AGAIN)
    await harness.wait_delivery(command)


async def test_what_was_sent_from_here_and_read_before_stops_nothing(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    for text in ("First.", "Second.", "Third."):
        await harness.wait_delivery(await harness.reply(key, text))
    assert [entry["text"] for entry in harness.received(account)] == ["First.", "Second.", "Third."]


@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal"])
async def test_a_reply_never_goes_to_another_customer_than_it_was_written_for(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    before = (await harness.view(key)).ticket.requester
    give_to_another(harness.server(account), vendor, key.remote)
    command = await harness.reply(key, "Your new password is in the post.")
    item = await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.OTHER_CUSTOMER
    assert harness.received(account) == []
    now = (await harness.view(key)).ticket.requester
    assert not now.is_same(before)
    shown = (await harness.view(key)).messages[-1]
    assert [option.label for option in shown.options] == ["Send anyway", "Edit", "Discard"]
    assert now.shown in shown.problem
    await harness.services.commands.resolve(command, Resolution.AGAIN)
    await harness.wait_delivery(command)


def give_to_another(server, vendor: str, remote: str) -> None:
    if vendor == "thena":
        ticket = server.vendor_data.known(remote)
        other = next(
            one
            for one in map(server.vendor_data.numbered, range(1, 40))
            if one and one.contact and one.contact.id != ticket.contact.id
        )
        ticket.contact, ticket.requestor = other.contact, other.requestor
    else:
        seed_ticket = server.vendor_data.find(remote)
        other = next(person for person in server.seed_data.customers if person.id != seed_ticket.requester.id)
        assert seed_ticket.messages  # made by now, so that those who wrote them stay who they were
        seed_ticket.requester = other
