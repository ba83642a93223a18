"""What a vendor tells twice, or not at all, and what is said about it."""

import json

import pytest
from tests.helpers.service_harness import ON_REQUEST

from deskhand.domain.accounts import Health
from deskhand.services.search import VendorAnswer, VendorQuestion

READABLE = ("nexuscore", "thena", "mijnklantportaal")


def where(vendor, key) -> str:
    """Return part of the address that a conversation is read from; Thena's tells the ticket in its query only."""
    return "/v1/comments" if vendor == "thena" else f"/{key.remote}"


def doubled(values) -> list:
    return [value for value in values if list(values).count(value) > 1]


@pytest.mark.parametrize("vendor", [*READABLE, "routera"])
async def test_entries_that_are_told_twice_in_any_list_are_one(start_services, vendor):
    harness, account = await start_services(vendor, pace=ON_REQUEST, run=False)
    server = harness.server(account)
    server.faults.repeat_entries(times=None, methods=("GET", "POST"))
    assert await harness.services.engine.once() == {account.id: None}
    keys = await harness.ticket_keys(account)
    assert len(set(keys)) == len(keys) > 5
    for key in keys[:15]:
        await harness.services.engine.read(key)
        view = await harness.view(key)
        assert not doubled([message.id for message in view.messages])
        named = [m for m in view.messages if not m.id.startswith("~")]  # without an id, two equal ones may be two
        assert not doubled([(m.author.email, m.text, m.created_at) for m in named])
        assert all(not doubled([file.id for file in m.attachments]) for m in view.messages)
        assert not doubled(view.history)
        assert not doubled(view.ticket.tags)
    capabilities = harness.services.accounts.get(account.id).capabilities
    assert not doubled([(choice.id, choice.group) for choice in capabilities.states])
    assert not doubled([choice.id for choice in capabilities.priorities])
    assert not doubled(capabilities.agents)
    assert not doubled(capabilities.groups)
    assert not doubled([field.name for field in capabilities.create_form])
    told: list[VendorAnswer] = []
    await harness.services.search.ask(VendorQuestion("order"), told.append)
    assert all(not doubled([ticket.ticket.key.remote for ticket in answer.tickets]) for answer in told)


@pytest.mark.parametrize("vendor", READABLE)
@pytest.mark.parametrize("status", [404, 410])
async def test_a_conversation_that_is_not_there_is_said_in_its_ticket_and_in_the_result(start_services, vendor, status):
    harness, account = await start_services(vendor, pace=ON_REQUEST, run=False)
    server = harness.server(account)
    key = await first_ticket(harness, account)
    server.faults.status(status, times=None, path=where(vendor, key), methods=("GET",))
    assert await harness.services.engine.once() == {account.id: None}
    assert harness.services.accounts.status(account.id).unread_threads >= 1
    assert f"does not have this any more ({status})" in (await harness.view(key)).gap
    server.faults.clear()
    await harness.services.engine.read(key)
    assert (await harness.view(key)).gap == ""
    assert (await harness.view(key)).messages


BROKEN = {
    "html": lambda faults, **where: faults.html_instead(times=None, **where),
    "cut": lambda faults, **where: faults.cut_body(times=None, **where),
    "no json": lambda faults, **where: faults.status(200, body="<", times=None, **where),
    "empty object": lambda faults, **where: faults.status(200, body="{}", times=None, **where),
    "null": lambda faults, **where: faults.status(200, body="null", times=None, **where),
    "list of nothing": lambda faults, **where: faults.status(200, body=json.dumps([None, 7]), times=None, **where),
    "no body": lambda faults, **where: faults.status(200, body="", times=None, **where),
    "forbidden": lambda faults, **where: faults.status(403, times=None, **where),
    "not in the plan": lambda faults, **where: faults.status(426, times=None, **where),
    "of its own": lambda faults, **where: faults.status(500, times=None, **where),
}


@pytest.mark.parametrize("vendor", READABLE)
@pytest.mark.parametrize("broken", BROKEN)
async def test_a_conversation_that_cannot_be_read_is_said_in_its_ticket_and_in_the_result(
    start_services, vendor, broken
):
    harness, account = await start_services(vendor, pace=ON_REQUEST, run=False)
    server = harness.server(account)
    key = await first_ticket(harness, account)
    BROKEN[broken](server.faults, path=where(vendor, key), methods=("GET",))
    await harness.services.engine.once()
    status = harness.services.accounts.status(account.id)
    assert status.unread_threads >= 1 or status.health is not Health.FINE
    assert (await harness.view(key)).gap
    server.faults.clear()
    await harness.services.engine.read(key)
    assert (await harness.view(key)).gap == ""


async def first_ticket(harness, account):
    """Return the ticket whose conversation a round reads first, known and not read yet."""
    connection = await harness.services.engine.connection(account.id)
    pages = [page async for page in connection.lister.iter_pages("", full=True)]
    for page in pages:
        await harness.store.tickets.apply(account.id, page)
    (key,) = await harness.store.tickets.stale_threads(account.id, 1)
    return key
