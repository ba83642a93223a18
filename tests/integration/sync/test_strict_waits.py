"""What has not left is never taken for something that may have arrived, and what is confirmed stays on the screen."""

import asyncio

import pytest
from tests.helpers.service_harness import ON_REQUEST

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.http.pacing import MAX_WAIT_SECONDS


@pytest.mark.parametrize("vendor", ["nexuscore", "thena"])
async def test_a_reply_that_waited_for_its_turn_when_the_program_ended_has_not_left(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST, settle=0.2, run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account)
    command = await harness.reply(key, "We look into it")
    # Told to wait for less than a call sits out by itself, just before the reply would leave.
    methods = ("POST",)
    where = "/messages" if vendor == "nexuscore" else "/comment" if vendor == "thena" else key.remote
    harness.server(account).faults.status(
        429, retry_after=int(MAX_WAIT_SECONDS) - 7, times=1, path=where, methods=methods
    )
    await harness.services.engine.drain(0.5)
    assert (await harness.outbox_item(command)).delivery is Delivery.QUEUED
    harness.clock.advance(MAX_WAIT_SECONDS)  # the item is due; the key is still told to wait, by the real time
    await harness.services.engine.drain(0.5)
    await harness.services.engine.drop(account.id)
    item = await harness.outbox_item(command)
    assert (item.delivery, item.first_sent) == (Delivery.QUEUED, None)
    assert harness.received(account) == []
    waits = await harness.services.commands.waiting([item])
    assert waits[command].what
    await harness.services.engine.replace(account)
    await harness.services.engine.drain(20)
    assert (await harness.outbox_item(command)).delivery is Delivery.SENT
    assert len(harness.received(account)) == 1


@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal", "routera"])
async def test_a_page_that_was_asked_for_before_a_change_does_not_put_the_old_state_back(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST, run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account, Feature.STATE)
    change = await harness.other_state(key)
    faults = harness.server(account).faults
    faults.slow_body(4, times=1, path="/tickets", methods=("GET",))
    syncing = asyncio.ensure_future(harness.services.engine.once())  # noqa: TID251 - beside what the test does
    await harness.wait_until(lambda: not faults.rules())  # the page is made now, and comes slowly
    outcome = await harness.services.commands.change(key, change)
    await harness.services.engine.drain(3)
    assert (await harness.outbox_item(outcome.command)).delivery is Delivery.SENT
    assert not syncing.done()
    await syncing
    assert (await harness.view(key)).ticket.state_id == change.to
    await harness.services.engine.once()
    assert (await harness.view(key)).ticket.state_id == change.to
