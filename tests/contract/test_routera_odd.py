"""Routera's adapter and answers that its documents allow or do not rule out."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from tests.helpers.raw_servers import canned_answers, raw_server, reply, sign_in
from tests.helpers.vendor_writes import operation

from deskhand.domain.commands import DispatchTicket
from deskhand.domain.problems import OutcomeUnknown, UnexpectedResponse
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.clock import SystemClock
from deskhand.vendors.routera.adapter import Connection, connect
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

TOKEN = reply("200 OK", b'{"access_token":"abc","expires_in":3600,"token_type":"Bearer"}')


@pytest.fixture(scope="module")
def server() -> Iterator[VendorServer]:
    with serving(only=["routera"], tickets=3) as box:
        yield box["routera"]


def said(data: object) -> bytes:
    return reply("200 OK", json.dumps(data).encode())


def listed(*items: object, limit: object = 100) -> bytes:
    return said({"data": list(items), "pagination": {"limit": limit, "offset": 0, "count": len(items)}})


def record(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"R{number}",
        "ticket_name": "x",
        "pipeline": "default",
        "ticket_stage": "new",
        "archived": False,
    } | more


@asynccontextmanager
async def told(
    server: VendorServer, *answers: bytes
) -> AsyncIterator[tuple[Connection, list[tuple[str, dict[str, str], bytes]]]]:
    handler, asked = canned_answers(TOKEN, *answers)
    async with raw_server(handler) as address:
        routera = connect(sign_in(server, base_url=address), SystemClock())
        try:
            yield routera, asked
        finally:
            await routera.aclose()


async def list_tickets(routera: Connection) -> list[RemoteTicket]:
    return [remote async for page in routera.lister.iter_pages("", full=True) for remote in page.tickets]


async def test_a_page_size_that_comes_as_text_is_no_end_of_the_list(server):
    pages = [listed(*(record(n) for n in range(10)), limit="10"), listed(record(10), limit="10")]
    async with told(server, *pages) as (routera, asked):
        assert len(await list_tickets(routera)) == 11
        assert "offset=10" in asked[2][0]


async def test_an_error_in_a_200_is_no_empty_list(server):
    async with told(server, said({"data": [], "message": "Internal server error", "error": True})) as (routera, _):
        with pytest.raises(UnexpectedResponse):
            await list_tickets(routera)


async def test_only_a_time_says_that_a_record_is_archived(server):
    archived = [False, None, "false", "2026-05-28T12:00:00.000Z", True]
    async with told(server, listed(*(record(n, archived=value) for n, value in enumerate(archived)))) as (routera, _):
        assert [remote.ticket.archived for remote in await list_tickets(routera)] == [False, False, False, True, True]


async def test_an_odd_user_of_a_router_does_not_lose_the_router(server):
    router = {"id": "RT1", "name": "Round robin", "object_type": "tickets", "is_published": True, "archived": False}
    routers = listed(
        router | {"users": [None, "lee@x.example", {"email": "bo@x.example"}, {"email": None}]},
        router | {"id": "RT2", "name": "Odd", "is_published": "perhaps", "users": "nobody"},
    )
    async with told(server, listed(), routers) as (routera, _):
        found = await routera.probe()
        assert found.routers == (("RT1", "Round robin"),)
        assert {person.email for person in found.agents} == {"lee@x.example", "bo@x.example"}


async def test_a_dispatch_that_failed_in_a_200_is_not_called_not_assigned(server):
    async with told(server, said({"message": "Internal server error", "error": True})) as (routera, _):
        with pytest.raises(OutcomeUnknown):
            await operation(routera, "R1", DispatchTicket("RT1", ""))()
