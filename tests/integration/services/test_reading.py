"""An opened ticket says what is whose."""

import pytest
from tests.helpers.houses import LAZY
from tests.helpers.stores import HandClock

from deskhand.services.tickets import Reading


@pytest.mark.parametrize("vendor", ["nexuscore", "mijnklantportaal"])
async def test_what_was_sent_from_here_is_mine_whoever_the_vendor_signs_it_as(begin, vendor):
    desk, account = await begin(vendor)
    key = await desk.ticket(account)
    await desk.delivered(await desk.reply(key, "We look into it today."))
    await desk.house.reading.refresh(key)
    view = await desk.view(key)
    mine = [message.text for message in view.messages if message.mine]
    assert len([text for text in mine if "We look into it today." in text]) == 1
    assert all(not message.mine for message in view.messages if message.side.value == "customer")


async def test_two_notes_of_the_same_instant_are_two_notes(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    still = HandClock()
    whole = desk.house.reading
    reading = Reading(desk.store, desk.house.engine, whole._vendors, still, whole._pictures)
    for text in ("First thought", "Second thought"):
        await reading.add_local_note(key, text)
    texts = {message.text for message in (await desk.view(key)).messages}
    assert {"First thought", "Second thought"} <= texts
