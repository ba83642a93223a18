"""NexusCore's adapter and answers that its documents allow or do not rule out; and whose a ticket is, which no list says."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from tests.helpers.narrowing import instance, not_none
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, reply, sign_in

from deskhand.domain.ids import AccountId, BlobId, TicketKey, new_command_id
from deskhand.domain.ports import LoadedFile, OutgoingMessage, SearchQuestion, TicketEdit
from deskhand.domain.problems import Invalid, NotAllowed, OutcomeUnknown, UnexpectedResponse
from deskhand.domain.threads import OutgoingFile
from deskhand.domain.tickets import RemoteTicket, Ticket
from deskhand.vendors.nexuscore.adapter import Connection, connect
from deskhand_sandbox.nexuscore import Server
from deskhand_sandbox.sandbox import serving

Asked = list[tuple[str, dict[str, str], bytes]]
TICKET = Ticket(TicketKey(AccountId("acc"), "tick_1"))
FILE = LoadedFile(OutgoingFile(BlobId("b1"), "photo.png", 3, "image/png", "sha"), b"png")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(only=["nexuscore"], tickets=300) as box:
        yield instance(box["nexuscore"], Server)


def said(data: object, status: str = "200 OK") -> bytes:
    return reply(status, json.dumps(data).encode())


@asynccontextmanager
async def told(server: Server, *answers: bytes, me: str = "") -> AsyncIterator[tuple[Connection, Asked]]:
    handler, asked = canned_answers(*answers)
    async with raw_server(handler) as address:
        connection = connect(replace(sign_in(server, kind="key", base_url=address), me=me), FakeClock())
        try:
            yield connection, asked
        finally:
            await connection.aclose()


async def list_tickets(connection: Connection, *, full: bool) -> list[RemoteTicket]:
    return [remote async for page in not_none(connection.lister).iter_pages("", full=full) for remote in page.tickets]


async def test_a_full_list_sync_tells_which_tickets_are_the_agents_own(server):
    connection = connect(sign_in(server), FakeClock())
    try:
        pages = await list_tickets(connection, full=True)
    finally:
        await connection.aclose()
    own = {ticket["id"] for ticket in server.tickets() if server.ticket(ticket["id"])["assignee"] == "jane@example.com"}
    unsolved = {ticket["id"] for ticket in server.tickets() if ticket["state"] in ("open", "pending", "snoozed")}
    found = {remote.ticket.key.remote for remote in pages if "assignee" in (remote.known or ())}
    assert found == own & unsolved
    assert found
    assert all(not_none(r.ticket.assignee).email == "jane@example.com" for r in pages if r.ticket.key.remote in found)
    assert len({remote.ticket.key.remote for remote in pages}) == len(pages) == len(server.tickets())


async def test_an_agent_whom_the_workspace_does_not_know_costs_no_list_sync(server):
    connection = connect(replace(sign_in(server), me="nobody@elsewhere.example"), FakeClock())
    try:
        assert len(await list_tickets(connection, full=True)) == len(server.tickets())
    finally:
        await connection.aclose()


async def test_an_account_of_one_brand_lists_searches_and_offers_that_brand_alone(server):
    given = sign_in(server)
    everywhere = connect(given, FakeClock())
    brands = {not_none(remote.ticket.group).id for remote in await list_tickets(everywhere, full=True)}
    await everywhere.aclose()
    brand = min(brands)
    assert len(brands) > 1
    connection = connect(replace(given, settings={**given.settings, "brand": f" {brand} "}), FakeClock())
    try:
        assert (await connection.check()).verified
        pages = await list_tickets(connection, full=True)
        assert {not_none(remote.ticket.group).id for remote in pages} == {brand}
        term = pages[0].ticket.subject.split()[0]
        found = await not_none(connection.search).search(SearchQuestion(term), 50)
        assert {not_none(remote.ticket.group).id for remote in found.tickets} <= {brand}
        form = {field.name: field for field in (await connection.probe()).create_form}
        assert [choice for choice, _ in form["brand_id"].choices] in ([brand], [])
    finally:
        await connection.aclose()


async def test_a_brand_that_does_not_exist_is_told_at_its_field(server):
    given = sign_in(server)
    connection = connect(replace(given, settings={**given.settings, "brand": "brand_nowhere"}), FakeClock())
    try:
        with pytest.raises(Invalid) as told_:
            await connection.check()
        assert "brand" in told_.value.fields
    finally:
        await connection.aclose()


@pytest.mark.parametrize("status", ["400 Bad Request", "404 Not Found", "422 Unprocessable Content"])
async def test_a_refused_question_for_the_agents_own_costs_no_list_sync(server, status):
    refused = [said({"error": {"message": "no such agent"}}, status)] * 3
    ticket = {"id": "tick_1", "subject": "Shipping", "status": "open"}
    listed = said({"data": [ticket], "next_cursor": None})
    async with told(server, said({"data": []}), *refused, listed, me="jane@x.example") as (connection, asked):
        assert [remote.ticket.key.remote for remote in await list_tickets(connection, full=True)] == ["tick_1"]
        assert "assigned_to=jane" in asked[1][0]
        assert all("assigned_to" not in first for first, _, _ in asked[4:])


async def test_a_cursor_that_comes_as_a_number_leads_to_the_next_page(server):
    pages = [
        said({"data": [{"id": "tick_1", "status": "open"}], "next_cursor": 2}),
        said({"data": [{"id": "tick_2", "status": "open"}], "next_cursor": None}),
    ]
    async with told(server, said({"data": []}), *pages, said({"data": []})) as (connection, asked):
        found = await list_tickets(connection, full=False)
        assert [remote.ticket.key.remote for remote in found] == ["tick_1", "tick_2"]
        assert "after=2" in asked[2][0]


async def test_an_error_in_a_200_is_no_empty_list_and_no_empty_conversation(server):
    async with told(server, said({"data": [], "error": {"message": "index offline"}})) as (connection, _):
        with pytest.raises(UnexpectedResponse):
            await list_tickets(connection, full=False)
        with pytest.raises(UnexpectedResponse):
            await not_none(connection.threads).thread("tick_1")


@pytest.mark.parametrize("edit", [TicketEdit(TICKET, state_id="open"), TicketEdit(TICKET, tags=("a",))])
async def test_an_error_in_a_200_proves_no_change(server, edit):
    async with told(server, said({"error": {"message": "try later"}})) as (connection, _):
        with pytest.raises(OutcomeUnknown):
            await not_none(connection.edits).edit(edit)


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "att_1", "upload_url": "/put"},
        {"data": {"attachment": {"id": "att_1", "file_name": "photo.png"}, "upload_url": "/put"}},
        {"id": "req_9", "attachment": {"id": "att_1"}, "upload": {"url": "/put", "method": "PUT"}},
        {"attachment_id": "att_1", "upload": {"id": "up_1", "url": "/put"}},
        {"data": {"id": "att_1", "put_url": "/put", "expires_in": 300}},
    ],
)
async def test_the_address_and_id_of_an_upload_are_found_in_every_shape(server, answer):
    sent = said({"data": {"id": "msg_1", "body": "See"}})
    async with told(server, said(answer), said({}), sent) as (connection, asked):
        await not_none(connection.replies).send(OutgoingMessage(TICKET, new_command_id(), "See", files=(FILE,)))
        assert asked[1][0].split()[:2] == ["PUT", "/put"]
        assert json.loads(asked[2][2])["attachment_ids"] == ["att_1"]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ([said({"data": {"id": "att_1"}})], Invalid),
        ([said({"attachment_id": "att_1", "upload_url": "http://10.0.0.1/put"})], Invalid),
        ([said({"id": "att_1", "upload_url": "/put"}), reply("307 Temporary Redirect", b"", location="/x")], Invalid),
        ([said({"id": "att_1", "upload_url": "/put"}), reply("401 Unauthorized", b"")], NotAllowed),
    ],
)
async def test_an_upload_that_can_never_work_is_told_and_is_not_tried_for_ever(server, answers, problem):
    async with told(server, *answers) as (connection, asked):
        with pytest.raises(problem):
            await not_none(connection.replies).send(OutgoingMessage(TICKET, new_command_id(), "See", files=(FILE,)))
        assert not any("/messages" in first for first, _, _ in asked)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "426 Upgrade Required"])
async def test_brands_that_cannot_be_read_do_not_make_a_ticket_gone(server, status):
    whole = said({"data": {"id": "tick_1", "subject": "Shipping", "brand_id": "brand_1", "messages": []}})
    async with told(server, said({"error": "no"}, status), whole) as (connection, _):
        thread = await not_none(connection.threads).thread("tick_1")
        assert thread.complete
        assert not_none(not_none(thread.ticket).ticket.group).name == "brand_1"
