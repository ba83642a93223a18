"""Thena's adapter and answers that its documents allow or do not rule out."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, read_request, reply, sign_in

from deskhand.domain.capabilities import Capabilities, FormField
from deskhand.domain.ids import AccountId, TicketKey, new_command_id
from deskhand.domain.ports import OutgoingMessage, TicketEdit
from deskhand.domain.problems import NotFound, NotPossible, OutcomeUnknown, UnexpectedResponse
from deskhand.domain.tickets import Group, Ticket
from deskhand.http.clock import SystemClock
from deskhand.vendors.thena.adapter import Thena, connect
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

TICKET = Ticket(TicketKey(AccountId("acc"), "T1"), group=Group("TEAM", "Team"))


@pytest.fixture(scope="module")
def server() -> Iterator[VendorServer]:
    with serving(only=["thena"], tickets=3) as box:
        yield box["thena"]


def said(data: object, **envelope: object) -> bytes:
    return reply("200 OK", json.dumps({"status": True, "data": data} | envelope).encode())


@asynccontextmanager
async def told(
    server: VendorServer, *answers: bytes
) -> AsyncIterator[tuple[Thena, list[tuple[str, dict[str, str], bytes]]]]:
    handler, asked = canned_answers(*answers)
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        try:
            yield thena, asked
        finally:
            await thena.aclose()


async def test_an_envelope_that_says_it_failed_is_no_empty_list_of_tickets(server):
    async with told(server, said([], status=False, message="Index is being rebuilt")) as (thena, _):
        with pytest.raises(UnexpectedResponse):
            [page async for page in thena.lister.iter_pages("", full=True)]


async def test_an_envelope_that_says_it_failed_proves_no_reply(server):
    async with told(server, said({"id": "C1", "content": "Hello"}, status=False)) as (thena, _):
        with pytest.raises(OutcomeUnknown):
            await thena.replies.send(OutgoingMessage(TICKET, new_command_id(), "Hello"))


async def test_statuses_that_all_belong_to_another_team_leave_those_seen_in_tickets(server):
    ticket = {"id": "T1", "teamId": "TEAM", "status": "Open", "statusId": "S1"}
    others = {"id": "S9", "name": "Elsewhere", "teamId": "OTHER"}
    answers = (said([ticket]), said([{"id": "TEAM", "name": "Team"}]), said([others]), said([]))
    async with told(server, *answers) as (thena, _):
        found = await thena.probe()
        assert [choice.id for choice in found.states_for("TEAM")] == ["S1"]


async def test_a_status_that_tickets_name_without_an_id_is_written_by_its_name(server):
    ticket = {"id": "T1", "teamId": "TEAM", "status": "Ripe"}
    async with told(server, said([]), said([ticket]), said(ticket)) as (thena, asked):
        [page async for page in thena.lister.iter_pages("", full=True)]
        await thena.edits.edit(TicketEdit(TICKET, state_id="Ripe"))
        assert json.loads(asked[-1][2]) == {"statusName": "Ripe"}


async def test_custom_fields_that_are_down_do_not_take_the_tickets_with_them(server):
    async def handle(reader, writer):
        while True:
            first, _, _ = await read_request(reader)
            ticket = {"id": "T1", "customFieldValues": [{"fieldId": "F1", "value": "x"}]}
            writer.write(reply("500 Oops", b"{}") if "/custom-field" in first else said([ticket]))
            await writer.drain()

    known = Capabilities(create_form=(FormField("F1", "Serial number"),))
    async with raw_server(handle) as address:
        thena = connect(replace(sign_in(server, base_url=address), known=known), FakeClock())
        list_tickets = [remote async for page in thena.lister.iter_pages("", full=True) for remote in page.tickets]
        await thena.aclose()
    assert [remote.ticket.fields for remote in list_tickets] == [{"Serial number": "x"}]


async def test_a_change_of_tags_is_never_called_done(server):
    async with told(server, said([])) as (thena, asked):
        with pytest.raises(NotPossible):
            await thena.edits.edit(TicketEdit(TICKET, state_id="S1", tags=("a",)))
        assert not asked


@pytest.mark.parametrize("refusal", ["403 Forbidden", "400 Bad Request", "200 OK"])
async def test_a_ticket_that_no_search_tells_is_not_gone_while_the_list_has_it(server, refusal):
    nothing = {"result": {"hits": [], "found": 0}} if refusal == "200 OK" else {"message": "no"}

    async def handle(reader, writer):
        while True:
            first, _, _ = await read_request(reader)
            path = first.split()[1].partition("?")[0]
            if path == "/v1/tickets":
                writer.write(said([{"id": "T0"}, {"id": "T1", "status": "Open", "statusId": "S1"}]))
            elif path.startswith("/v1/tickets/"):
                writer.write(reply("404 Not Found", b'{"statusCode":404,"message":"Cannot GET"}'))
            elif path.startswith("/v1/search"):
                writer.write(reply(refusal, json.dumps(nothing).encode()))
            else:
                writer.write(said([]))
            await writer.drain()

    async with raw_server(handle) as address:
        thena = connect(sign_in(server, base_url=address), FakeClock())
        assert (await thena.tickets.ticket("T1")).ticket.state_id == "S1"
        with pytest.raises(NotFound):
            await thena.tickets.ticket("T2")
        await thena.aclose()
