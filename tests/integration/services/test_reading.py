"""An opened ticket says what is whose."""

import pytest


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
