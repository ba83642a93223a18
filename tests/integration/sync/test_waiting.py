"""Nothing waits in the outbox without a word, whatever a vendor answers; and what can be read back is settled at once."""

from datetime import timedelta

import pytest
from tests.contract.test_every_vendor import filled
from tests.helpers.narrowing import not_none
from tests.helpers.service_harness import ON_REQUEST, ServiceHarness

from deskhand.cli import json_output
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import ArchiveTicket, OutboxItem
from deskhand.domain.threads import Delivery, Resolution
from deskhand.services.ticket_commands import Accepted
from deskhand.vendors.registry import REGISTRY

WRITING = ("POST", "PUT", "PATCH", "DELETE")

ANSWERS = {
    "401": lambda faults, **where: faults.status(401, times=None, **where),
    "403": lambda faults, **where: faults.status(403, times=None, **where),
    "426": lambda faults, **where: faults.status(426, times=None, **where),
    "502 before": lambda faults, **where: faults.status(502, times=None, **where),
    "502 after": lambda faults, **where: faults.accept_and_status(502, times=None, **where),
    "nothing": lambda faults, **where: faults.drop_before(times=None, **where),
    "a page": lambda faults, **where: faults.html_instead(times=None, **where),
    # The last one: the key stays told to wait, for whoever uses it next.
    "429": lambda faults, **where: faults.status(429, retry_after=40, times=None, **where),
}

LOST = {
    "reset": lambda faults, **where: faults.accept_and_drop(**where),
    "short body": lambda faults, **where: faults.cut_body(**where),
    "500": lambda faults, **where: faults.accept_and_status(500, **where),
    "504": lambda faults, **where: faults.accept_and_status(504, **where),
}


async def something_to_send(harness: ServiceHarness, account: Account, number: int) -> OutboxItem:
    """Put a reply into the outbox, or a new ticket where nothing can be replied to."""
    capabilities = not_none(not_none(harness.services.accounts.get(account.id)).capabilities)
    if Feature.REPLY in capabilities and Feature.LIST in capabilities:
        command = await harness.reply(await harness.find_ticket(account, skip=number), f"Hello {number}")
    else:
        outcome = await harness.services.commands.create(account.id, filled(capabilities), f"New {number}")
        assert isinstance(outcome, Accepted)
        command = outcome.command
    return await harness.outbox_item(command)


@pytest.mark.parametrize("vendor", list(REGISTRY))
@pytest.mark.parametrize("everything", [True, False])
async def test_whatever_waits_says_what_for_and_since_when(start_services, vendor, everything):
    harness, account = await start_services(vendor, tickets=300, pace=ON_REQUEST, run=False)
    await harness.services.engine.once()
    where = {} if everything else {"methods": WRITING}
    silent = []
    for number, (name, answer) in enumerate(ANSWERS.items()):
        item = await something_to_send(harness, account, number)
        answer(harness.server(account).faults, **where)
        await harness.services.engine.drain(0.6)
        # As the next command does it: the program has ended in between, and another one looks at the outbox.
        await harness.services.engine.drop(account.id)
        await harness.services.engine.replace(account)
        item = await harness.outbox_item(item.command.id)
        shown = json_output.item(item, "", (await harness.services.commands.waiting([item])).get(item.command.id))
        if item.delivery.is_open and not (shown["problem"] and shown["waiting"]["for"] and shown["waiting"]["since"]):
            silent.append((name, shown))
        harness.server(account).faults.clear()
        if item.delivery.is_open:
            await harness.store.outbox.withdraw(item.command.id, None)
    assert silent == []


async def test_what_waits_for_a_paused_account_says_so_and_says_it_no_more_after(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await harness.services.accounts.pause(account.id, paused=True)
    command = await harness.reply(key, "Hello")
    shown = (await harness.view(key)).messages[-1]
    assert "paused" in shown.waiting.problem
    assert "paused" in (await harness.view(key)).pending[0].problem
    await harness.services.accounts.pause(account.id, paused=False)
    await harness.wait_delivery(command)
    assert (await harness.outbox_item(command)).problem == ""


async def test_what_was_in_the_way_is_forgotten_when_it_is_gone(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST, run=False)
    await harness.services.engine.once()
    item = await something_to_send(harness, account, 0)
    harness.server(account).faults.status(401, times=None)
    await harness.services.engine.once()
    item = await harness.outbox_item(item.command.id)
    assert "refused these credentials" in item.problem
    assert item.waits_since is not None
    harness.server(account).faults.clear()
    await harness.services.engine.once()
    item = await harness.outbox_item(item.command.id)
    assert (item.delivery, item.problem, item.waits_since) == (Delivery.QUEUED, "", None)


@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal", "routera"])
@pytest.mark.parametrize("lost", LOST)
async def test_a_change_whose_answer_was_lost_is_settled_by_reading_at_once(start_services, vendor, lost):
    harness, account = await start_services(vendor, pace=ON_REQUEST, settle=600, run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account, Feature.STATE)
    outcome = await harness.services.commands.change(key, await harness.other_state(key))
    LOST[lost](harness.server(account).faults, methods=WRITING)
    assert await harness.services.engine.drain(10) == ()
    item = await harness.outbox_item(outcome.command)
    assert (item.confirmation, item.attempts) == ("found", 1)


@pytest.mark.parametrize("lost", LOST)
async def test_an_archiving_whose_answer_was_lost_is_settled_by_reading_at_once(start_services, lost):
    harness, account = await start_services("routera", pace=ON_REQUEST, settle=600, run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account, Feature.ARCHIVE)
    outcome = await harness.services.commands.change(key, ArchiveTicket())
    LOST[lost](harness.server(account).faults, methods=WRITING)
    assert await harness.services.engine.drain(10) == ()
    item = await harness.outbox_item(outcome.command)
    assert (item.confirmation, item.attempts) == ("found", 1)
    assert (await harness.stored_ticket(key)).archived


@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "routera"])
async def test_equal_new_tickets_whose_answers_were_lost_are_each_found(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST, settle=600, run=False)
    await harness.services.engine.once()
    made = []
    for lost in LOST.values():
        outcome = await harness.services.commands.create(account.id, filled(account.capabilities), "New")
        lost(harness.server(account).faults, methods=WRITING)
        assert await harness.services.engine.drain(20) == ()
        made.append((await harness.outbox_item(outcome.command)).remote_id)
    assert len(set(made)) == len(LOST)


async def test_what_cannot_be_settled_says_until_when_it_is_looked_for(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST, settle=600, run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account)
    harness.server(account).faults.drop_before(methods=WRITING)
    command = await harness.reply(key, "Is it there?")
    (left,) = await harness.services.engine.drain(1)
    wait = (await harness.services.commands.waiting([left]))[command]
    assert left.delivery is Delivery.UNKNOWN
    assert wait.until == left.last_sent + timedelta(seconds=600)
    assert "gave no clear answer" in wait.problem
    refused = await harness.services.commands.resolve(command, Resolution.AGAIN)
    assert "does not need a decision" in refused.message
