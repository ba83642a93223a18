"""Mijn Klantportaal's adapter and answers that its documents allow or do not rule out."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from tests.helpers.narrowing import instance
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, read_request, reply, sign_in

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TicketEdit, TicketPage
from deskhand.domain.problems import Invalid, Throttled, UnexpectedResponse
from deskhand.domain.tickets import Ticket
from deskhand.vendors.mijnklantportaal.adapter import Connection, connect
from deskhand_sandbox.mijnklantportaal import Server
from deskhand_sandbox.sandbox import serving

CLOSING = TicketEdit(Ticket(TicketKey(AccountId("acc"), "tic_1"), state_id="open"), state_id="closed")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(only=["mijnklantportaal"], tickets=3) as box:
        yield instance(box["mijnklantportaal"], Server)


def said(data: object, status: str = "200 OK", **headers: str) -> bytes:
    return reply(status, json.dumps(data).encode(), **headers)


def page(*names: str, more: bool = False) -> bytes:
    items = [{"id": name, "customerId": "cst_1", "title": "x", "source": "email", "status": "open"} for name in names]
    return said({"current_page": 1, "data": items, "next_page_url": "https://x.example?page=2," if more else None})


@asynccontextmanager
async def at(server: Server, address: str) -> AsyncIterator[Connection]:
    connection = connect(sign_in(server, base_url=address), FakeClock())
    try:
        yield connection
    finally:
        await connection.aclose()


async def list_tickets(portal: Connection) -> list[TicketPage]:
    return [step async for step in portal.lister.iter_pages("", full=True)]


async def test_a_ticket_that_cannot_be_closed_is_not_called_closed(server):
    still_open = said({"id": "tic_1", "status": "open", "messages": []})
    refused = said({"code": 422, "message": "A live chat cannot be closed."}, "422 Unprocessable Content")
    handler, _ = canned_answers(refused, still_open)
    async with raw_server(handler) as address, at(server, address) as portal:
        with pytest.raises(Invalid) as told:
            await portal.edits.edit(CLOSING)
        assert told.value.detail == "A live chat cannot be closed."


async def test_a_ticket_that_was_closed_already_counts_as_closed_whatever_the_case_of_its_status(server):
    closed = said({"id": "tic_1", "status": "Closed", "messages": []})
    handler, _ = canned_answers(said({"code": 422, "message": "Already closed."}, "422 Unprocessable Content"), closed)
    async with raw_server(handler) as address, at(server, address) as portal:
        told = await portal.edits.edit(CLOSING)
        assert told is not None
        assert told.ticket.state.is_done


async def test_a_portal_that_answers_every_page_with_the_first_does_not_keep_us_for_ever(server):
    async def handle(reader, writer):
        while True:
            first, _, _ = await read_request(reader)
            items = page("tic_1", "tic_2", more=True) if "/tickets" in first else said({"data": []})
            writer.write(items)
            await writer.drain()

    async with raw_server(handle) as address, at(server, address) as portal:
        with pytest.raises(UnexpectedResponse):
            await list_tickets(portal)


async def test_a_page_of_tickets_is_not_lost_where_the_budget_ends_with_it(server):
    async def handle(reader, writer):
        while True:
            first, _, _ = await read_request(reader)
            if "/customers" in first:
                writer.write(
                    said({"code": 429, "message": "Too many requests."}, "429 Too Many Requests", retry_after="50")
                )
            elif "page=" in first:
                writer.write(page("tic_1", more="page=1" in first))
            else:
                writer.write(said({"id": "tic_1", "customerId": "cst_1", "status": "open", "messages": []}))
            await writer.drain()

    async with raw_server(handle) as address, at(server, address) as portal:
        pages = aiter(portal.lister.iter_pages("", full=True))
        first_page = await anext(pages)
        assert [remote.ticket.key.remote for remote in first_page.tickets] == ["tic_1"]
        assert "requester" not in (first_page.tickets[0].known or ())
        with pytest.raises(Throttled):
            await anext(pages)
    async with raw_server(handle) as address, at(server, address) as portal:
        assert (await portal.threads.thread("tic_1")).complete


@pytest.mark.parametrize("status", ["404 Not Found", "426 Upgrade Required", "403 Forbidden"])
async def test_customers_that_cannot_be_read_cost_no_tickets(server, status):
    async def handle(reader, writer):
        while True:
            first, _, _ = await read_request(reader)
            writer.write(said({"code": 1, "message": "no"}, status) if "/customers" in first else page("tic_1"))
            await writer.drain()

    async with raw_server(handle) as address, at(server, address) as portal:
        assert [remote.ticket.key.remote for step in await list_tickets(portal) for remote in step.tickets] == ["tic_1"]
