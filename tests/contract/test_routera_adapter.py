"""Routera's adapter against the sandbox: what only Routera does."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.helpers.raw_servers import canned_answers, raw_server, reply, sign_in
from tests.helpers.vendor_writes import operation

from deskhand.domain.accounts import SignIn
from deskhand.domain.capabilities import Feature, FieldKind
from deskhand.domain.commands import ArchiveTicket, DispatchTicket
from deskhand.domain.ids import new_command_id
from deskhand.domain.ports import NewTicket, TicketEdit
from deskhand.domain.problems import Invalid, NotFound, OutcomeUnknown, SignInNeeded, Stale
from deskhand.domain.tickets import Person, RemoteTicket, State
from deskhand.http.clock import SystemClock
from deskhand.vendors.routera.adapter import Connection, connect
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

OPTIONS = {"custom_fields": "due_date = Due date, seats, escalated", "closed_stages": "live, rejected, done, closed"}


@pytest.fixture(scope="module")
def shared() -> Iterator[VendorServer]:
    with serving(only=["routera"], tickets=1400) as box:
        yield box["routera"]


@pytest.fixture
def server(shared: VendorServer) -> Iterator[VendorServer]:
    yield shared
    shared.faults.clear()
    shared.set_switches(
        {"account_context": True, "stage_by_default": False, "count_is_total": False, "account_state": None}
    )


def signed(server: VendorServer, **options: str) -> SignIn:
    given = sign_in(server)
    return replace(given, settings={**given.settings, **OPTIONS, **options})


@pytest.fixture
async def routera(server: VendorServer) -> AsyncIterator[Connection]:
    connection = connect(signed(server), SystemClock())
    yield connection
    await connection.aclose()


async def everything(routera: Connection, *, full: bool = True) -> list[RemoteTicket]:
    return [remote async for page in routera.lister.iter_pages("", full=full) for remote in page.tickets]


def new(pipeline: str = "default", stage: str = "new", **fields: str) -> NewTicket:
    values = {"ticket_name": "Made by a test", "pipeline": pipeline, "ticket_stage": stage, **fields}
    return NewTicket(new_command_id(), values, datetime.now(UTC))


async def made(routera: Connection, **fields: str) -> RemoteTicket:
    receipt = await routera.creator.create(new(**fields))
    assert receipt.ticket is not None
    return receipt.ticket


@pytest.mark.parametrize("token_by", ["form", "basic"])
async def test_the_client_travels_in_the_form_or_in_a_header(server, token_by):
    routera = connect(signed(server, token_by=token_by), SystemClock())
    assert (await routera.check()).verified
    await routera.aclose()


def test_a_missing_client_id_is_said_by_field(server):
    with pytest.raises(Invalid) as refused:
        connect(signed(server, client_id=""), SystemClock())
    assert "client_id" in refused.value.fields


async def test_a_client_without_an_account_needs_another_sign_in(server, routera):
    server.set_switches({"account_context": False})
    with pytest.raises(SignInNeeded, match="missing account context"):
        await routera.check()


@pytest.mark.parametrize("total", [True, False])
async def test_the_whole_list_is_read_whatever_count_means(server, routera, total):
    server.set_switches({"count_is_total": total})
    list_tickets = await everything(routera)
    assert {remote.ticket.key.remote for remote in list_tickets} == {ticket["id"] for ticket in server.tickets()}
    assert len(list_tickets) > 100


async def test_stage_and_custom_fields_are_asked_for_and_stored(server, routera):
    for remote in await everything(routera):
        held = server.ticket(remote.ticket.key.remote)
        assert held is not None
        assert remote.ticket.stage == remote.ticket.vendor_state == held["ticket_stage"]
        assert {name: remote.ticket.fields[name] for name in ("due_date", "seats", "escalated")} == {
            name: held[name] for name in ("due_date", "seats", "escalated")
        }


async def test_the_settings_decide_what_is_closed(routera):
    meanings = {remote.ticket.stage: remote.ticket.state for remote in await everything(routera)}
    assert meanings["rejected"] is State.CLOSED
    assert meanings["new"] is State.OPEN
    assert meanings["parked"] is State.OTHER


async def test_one_unknown_custom_field_costs_neither_the_list_nor_the_other_fields(server):
    routera = connect(signed(server, custom_fields="due_date, renamed_meanwhile, seats"), SystemClock())
    report = await routera.check()
    assert report.verified
    assert "renamed_meanwhile" in report.note
    assert "due_date" not in report.note
    list_tickets = await everything(routera)
    assert len(list_tickets) > 100
    assert all({"due_date", "seats"} <= remote.ticket.fields.keys() for remote in list_tickets)
    await routera.aclose()


async def test_a_change_is_not_refused_because_a_field_that_it_does_not_touch_was_renamed(server, routera):
    remote = await made(routera)
    fresh = connect(signed(server, custom_fields="due_date, renamed_meanwhile"), SystemClock())
    told = await fresh.edits.edit(TicketEdit(remote.ticket, fields={"subject": "Another name"}))
    assert told is not None
    assert told.ticket.subject == "Another name"
    with pytest.raises(Invalid):
        await fresh.edits.edit(TicketEdit(remote.ticket, fields={"renamed_meanwhile": "x"}))
    await fresh.aclose()


async def test_the_probe_learns_from_records_and_routers(server, routera):
    await everything(routera)
    found = await routera.probe()
    assert {group.id for group in found.groups} == {"default", "billing", "onboarding"}
    assert {choice.id for choice in found.states_for("billing")} >= {"received", "rejected"}
    assert "kick_off" not in {choice.id for choice in found.states_for("billing")}
    assert found.routers
    kinds = {field.name: field.kind for field in found.custom_fields}
    assert kinds["seats"] is FieldKind.NUMBER
    assert kinds["pipeline"] is FieldKind.CHOICE
    again = connect(replace(signed(server), known=found), SystemClock())
    assert {choice.id for choice in (await again.probe()).states} >= {choice.id for choice in found.states}
    await again.aclose()


async def test_changes_are_written_in_the_fields_types_and_told_back(server, routera):
    remote = await made(routera)
    await everything(routera)
    edit = TicketEdit(
        remote.ticket,
        state_id="in_progress",
        assign=True,
        assignee=Person(email="jane@example.com"),
        fields={"subject": "Another name", "seats": "12", "escalated": "yes"},
    )
    told = await routera.edits.edit(edit)
    assert told is not None
    ticket = told.ticket
    assert (ticket.stage, ticket.subject, ticket.fields["seats"], ticket.fields["escalated"]) == (
        "in_progress",
        "Another name",
        12,
        True,
    )
    assert ticket.assignee is not None
    assert ticket.assignee.email == "jane@example.com"


async def test_a_record_is_made_once_and_found_by_its_external_id(server, routera):
    wanted = new()
    server.faults.accept_and_drop(methods=("POST",), path="/tickets")
    with pytest.raises(OutcomeUnknown):
        await routera.creator.create(wanted)
    receipt = await routera.creator.create(wanted)
    entries = [entry for entry in server.received() if entry["kind"] == "ticket" and entry["key"] == wanted.key]
    assert [entry["ticket"] for entry in entries] == [receipt.remote_id]
    assert receipt.ticket is not None
    assert receipt.ticket.ticket.number == wanted.key
    assert receipt.ticket.ticket.stage == "new"


async def test_a_made_record_that_was_archived_meanwhile_is_still_found(routera):
    wanted = new()
    receipt = await routera.creator.create(wanted)
    archived = await operation(routera, receipt.remote_id, ArchiveTicket())()
    assert archived.ticket is not None
    assert archived.ticket.ticket.archived
    found = await routera.creator.find(wanted, wanted.written_at)
    assert found is not None
    assert found.remote_id == receipt.remote_id
    assert found.ticket is not None
    assert found.ticket.ticket.archived
    assert await routera.creator.find(new(), wanted.written_at) is None


async def test_archiving_twice_is_fine_and_a_change_afterwards_is_stale(routera):
    remote = await made(routera)
    name = remote.ticket.key.remote
    await operation(routera, name, ArchiveTicket())()
    again = await operation(routera, name, ArchiveTicket())()
    assert again.ticket is not None
    assert again.ticket.ticket.archived
    assert Feature.STATE in again.ticket.ticket.blocked
    with pytest.raises(Stale, match="archived"):
        await routera.edits.edit(TicketEdit(remote.ticket, state_id="done"))


async def test_archived_records_show_in_a_full_list_sync_only(routera):
    remote = await made(routera)
    name = remote.ticket.key.remote
    await operation(routera, name, ArchiveTicket())()
    full = {each.ticket.key.remote: each.ticket for each in await everything(routera)}
    short = {each.ticket.key.remote for each in await everything(routera, full=False)}
    assert full[name].archived
    assert name not in short


async def test_a_router_says_whom_it_chose(server, routera):
    routers = dict((await routera.probe()).routers)
    outcomes = {}
    for router, name in routers.items():
        remote = await made(routera)
        receipt = await operation(routera, remote.ticket.key.remote, DispatchTicket(router, ""))()
        outcomes[name] = receipt
    chosen = [receipt for receipt in outcomes.values() if not receipt.message_for_agent.startswith("Not assigned")]
    assert chosen
    for receipt in chosen:
        assert receipt.ticket is not None
        assert receipt.ticket.ticket.assignee is not None
        assert receipt.ticket.ticket.assignee.email in receipt.message_for_agent


async def test_two_hundred_without_success_is_said_in_routeras_message(server, routera):
    router = (await routera.probe()).routers[0][0]
    remote = await made(routera)
    server.set_switches({"account_state": "Account is not active"})
    receipt = await operation(routera, remote.ticket.key.remote, DispatchTicket(router, ""))()
    assert receipt.message_for_agent == "Not assigned. Routera says: Account is not active."
    receipt = await operation(
        routera, remote.ticket.key.remote, DispatchTicket("00000000-0000-4000-8000-000000000000", "")
    )()
    assert receipt.message_for_agent.startswith("Not assigned. Routera says: ")


async def test_a_dispatch_that_says_nothing_is_unknown(server):
    token = reply("200 OK", b'{"access_token":"t","expires_in":3600,"token_type":"Bearer"}')
    handler, _ = canned_answers(token, reply("200 OK", b"{}"))
    async with raw_server(handler) as address:
        routera = connect(replace(signed(server), base_url=address), SystemClock())
        with pytest.raises(OutcomeUnknown):
            await operation(routera, "R1", DispatchTicket("router", ""))()
        await routera.aclose()


async def test_a_record_that_nobody_knows_is_gone(routera):
    with pytest.raises(NotFound):
        await routera.tickets.ticket("00000000-0000-4000-8000-000000000000")


async def test_the_vendors_refusal_of_a_field_is_said_in_its_message(routera):
    with pytest.raises(Invalid) as refused:
        await routera.creator.create(new(stage="no such stage"))
    assert refused.value.detail
