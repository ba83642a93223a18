"""What has not left is never taken for something that may have arrived."""

import pytest
from tests.helpers.houses import LAZY

from deskhand.domain.threads import Delivery
from deskhand.vendors.http.pacing import PATIENCE


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
