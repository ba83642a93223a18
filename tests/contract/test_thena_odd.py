"""Thena's adapter and answers that its documents allow or do not rule out."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from tests.helpers.vendors import answering, raw_server, reply, sign_in

from deskhand.domain.ids import AccountId, TicketKey, new_command_id
from deskhand.domain.ports import OutgoingMessage, TicketEdit
from deskhand.domain.problems import Misunderstood, OutcomeUnknown
from deskhand.domain.tickets import Shelf, Ticket
from deskhand.sandbox.box import serving
from deskhand.sandbox.server import VendorServer
from deskhand.vendors.http.clock import SystemClock
from deskhand.vendors.thena.adapter import Thena, connect

TICKET = Ticket(TicketKey(AccountId("acc"), "T1"), shelf=Shelf("TEAM", "Team"))


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
    handler, asked = answering(*answers)
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        try:
            yield thena, asked
        finally:
            await thena.aclose()


async def test_an_envelope_that_says_it_failed_is_no_empty_list_of_tickets(server):
    async with told(server, said([], status=False, message="Index is being rebuilt")) as (thena, _):
        with pytest.raises(Misunderstood):
            [page async for page in thena.feed.walk("", full=True)]


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
        [page async for page in thena.feed.walk("", full=True)]
        await thena.edits.edit(TicketEdit(TICKET, state_id="Ripe"))
        assert json.loads(asked[-1][2]) == {"statusName": "Ripe"}
