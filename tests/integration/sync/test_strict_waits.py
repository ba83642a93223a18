"""What has not left is never taken for something that may have arrived, and what is confirmed stays on the screen."""

import asyncio

import pytest
from tests.helpers.houses import LAZY
from tests.integration.sync.test_sending import other_state

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.http.pacing import PATIENCE


@pytest.mark.parametrize("vendor", ["nexuscore", "thena"])
async def test_a_reply_that_waited_for_its_turn_when_the_program_ended_has_not_left(begin, vendor):
    desk, account = await begin(vendor, pace=LAZY, settle=0.2, run=False)
    await desk.house.engine.once()
    key = await desk.ticket(account)
    command = await desk.reply(key, "We look into it")
    # Told to wait for less than a call sits out by itself, just before the reply would leave.
    methods = ("POST",)
    where = "/messages" if vendor == "nexuscore" else "/comment" if vendor == "thena" else key.remote
    desk.server(account).faults.status(429, retry_after=int(PATIENCE) - 7, times=1, path=where, methods=methods)
    await desk.house.engine.drain(0.5)
    assert (await desk.item(command)).delivery is Delivery.QUEUED
    desk.clock.pass_time(PATIENCE)  # the item is due; the key is still told to wait, by the real time
    await desk.house.engine.drain(0.5)
    await desk.house.engine.drop(account.id)
    item = await desk.item(command)
    assert (item.delivery, item.first_sent) == (Delivery.QUEUED, None)
    assert desk.received(account) == []
    waits = await desk.house.desk.waiting([item])
    assert waits[command].what
    await desk.house.engine.replace(account)
    await desk.house.engine.drain(20)
    assert (await desk.item(command)).delivery is Delivery.SENT
    assert len(desk.received(account)) == 1


@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal", "routera"])
async def test_a_page_that_was_asked_for_before_a_change_does_not_put_the_old_state_back(begin, vendor):
    desk, account = await begin(vendor, pace=LAZY, run=False)
    await desk.house.engine.once()
    key = await desk.ticket(account, Feature.STATE)
    change = await other_state(desk, key)
    faults = desk.server(account).faults
    faults.slow_body(4, times=1, path="/tickets", methods=("GET",))
    walk = asyncio.ensure_future(desk.house.engine.once())  # noqa: TID251 - beside what the test does
    await desk.until(lambda: not faults.rules())  # the page is made now, and comes slowly
    outcome = await desk.house.desk.change(key, change)
    await desk.house.engine.drain(3)
    assert (await desk.item(outcome.command)).delivery is Delivery.SENT
    assert not walk.done()
    await walk
    assert (await desk.view(key)).ticket.state_id == change.to
    await desk.house.engine.once()
    assert (await desk.view(key)).ticket.state_id == change.to
