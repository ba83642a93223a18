"""An opened ticket says what is whose."""

import pytest
from tests.helpers.service_harness import ON_REQUEST
from tests.helpers.store_fixtures import ManualClock

from deskhand.domain.threads import Delivery
from deskhand.services.ticket_commands import Accepted
from deskhand.services.tickets import Tickets


@pytest.mark.parametrize("vendor", ["nexuscore", "mijnklantportaal"])
async def test_what_was_sent_from_here_is_mine_whoever_the_vendor_signs_it_as(start_services, vendor):
    harness, account = await start_services(vendor)
    key = await harness.find_ticket(account)
    await harness.wait_delivery(await harness.reply(key, "We look into it today."))
    await harness.services.engine.read(key)
    view = await harness.view(key)
    mine = [message.text for message in view.messages if message.mine]
    assert len([text for text in mine if "We look into it today." in text]) == 1
    assert all(not message.mine for message in view.messages if message.side.value == "customer")


async def test_two_notes_of_the_same_instant_are_two_notes(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    still = ManualClock()
    whole = harness.services.tickets
    reading = Tickets(harness.store, harness.services.engine, whole._vendors, still)
    for text in ("First thought", "Second thought"):
        await reading.add_local_note(key, text)
    texts = {message.text for message in (await harness.view(key)).messages}
    assert {"First thought", "Second thought"} <= texts


@pytest.mark.parametrize("vendor", ["nexuscore", "thena"])
async def test_a_change_stays_in_the_view_while_it_turns_from_pending_to_done(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST)
    for key in (await harness.ticket_keys(account))[:10]:
        change = await harness.other_state(key)
        outcome = await harness.services.commands.change(key, change)
        assert isinstance(outcome, Accepted)
        delivery = None
        while delivery is not Delivery.SENT:
            delivery = (await harness.outbox_item(outcome.command)).delivery
            assert (await harness.view(key)).ticket.state is change.state
