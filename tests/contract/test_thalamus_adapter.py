"""Thalamus' adapter against the sandbox: nothing can be read back, so the server is asked what arrived."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.helpers.raw_servers import canned_answers, raw_server, reply, sign_in

from deskhand.domain.accounts import Secret, SignIn
from deskhand.domain.commands import PushRecord
from deskhand.domain.ids import AccountId, TicketKey, new_command_id
from deskhand.domain.ports import NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import AppliedDifferently, Invalid, NotFound, NotPossible, OutcomeUnknown, SignInNeeded
from deskhand.domain.threads import Visibility
from deskhand.domain.tickets import Person, State, Ticket
from deskhand.http.clock import SystemClock
from deskhand.vendors.thalamus.adapter import Connection, connect
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
SEEDED = "328099"
OPTIONS = {"agent_id": "AGT-42", "agents": "AGT-42 = Jane Smith, AGT-43 = Omar", "groups": "GRP-100 = Field repairs"}


@pytest.fixture(scope="module")
def shared() -> Iterator[VendorServer]:
    with serving(only=["thalamus"], tickets=60) as box:
        yield box["thalamus"]


@pytest.fixture
def server(shared: VendorServer) -> Iterator[VendorServer]:
    yield shared
    shared.faults.clear()


def signed(server: VendorServer, *, base_url: str = "") -> SignIn:
    given = sign_in(server, base_url=base_url)
    return replace(given, settings={**given.settings, **OPTIONS})


@pytest.fixture
async def thalamus(server: VendorServer) -> AsyncIterator[Connection]:
    connection = connect(signed(server), SystemClock())
    yield connection
    await connection.aclose()


def ticket(remote: str = SEEDED, **values: Any) -> Ticket:
    return replace(Ticket(TicketKey(AccountId("acc"), remote)), **values)


def outgoing(text: str = "Hello", html: str = "", remote: str = SEEDED) -> OutgoingMessage:
    return OutgoingMessage(ticket(remote), new_command_id(), text, html, written_at=datetime.now(UTC))


def commented(sent: OutgoingMessage, visibility: str) -> bytes:
    """Return the documented answer to a comment."""
    said = {"uuid": UUID, "external_id": sent.key, "external_ticket_id": SEEDED, "visibility": visibility}
    return reply("200 OK", json.dumps({"success": True, "data": said}).encode())


def new(**fields: str) -> NewTicket:
    return NewTicket(new_command_id(), {"title": "Made by a test", **fields}, datetime.now(UTC))


async def test_signing_in_says_that_nothing_was_tried_and_asks_the_server_nothing(server, thalamus):
    before = server.counts()
    report = await thalamus.check()
    assert not report.verified
    assert "has not been tried" in report.note
    assert server.counts() == before


@pytest.mark.parametrize("key", ["", "  ", "two words", "nerds_live_…", "nerds_live_a\nb"])
async def test_what_cannot_be_a_key_is_refused(server, key):
    connection = connect(replace(signed(server), secret=Secret(key)), SystemClock())
    with pytest.raises(SignInNeeded):
        await connection.check()
    await connection.aclose()


async def test_a_key_of_another_form_than_documented_is_taken_with_a_remark(server):
    connection = connect(replace(signed(server), secret=Secret("pk_4711")), SystemClock())
    assert "does not begin with nerds_live_" in (await connection.check()).note
    await connection.aclose()


async def test_a_wrong_key_shows_at_the_first_push(server):
    connection = connect(replace(signed(server), secret=Secret("nerds_live_wrong")), SystemClock())
    with pytest.raises(SignInNeeded):
        await connection.replies.send(outgoing())
    await connection.aclose()


async def test_a_reply_is_public_and_proven_by_the_uuid(server, thalamus):
    message = outgoing("Thank you & see you <soon>")
    receipt = await thalamus.replies.send(message)
    entry = server.received()[-1]
    assert (entry["kind"], entry["ticket"], entry["remote"], entry["key"]) == (
        "message",
        SEEDED,
        receipt.remote_id,
        message.key,
    )
    assert receipt.message is not None
    assert receipt.message.id == receipt.remote_id
    assert receipt.message.author == Person("Jane Smith", sign_in(server).me, "AGT-42")
    assert receipt.message.body == "<p>Thank you &amp; see you &lt;soon&gt;</p>"


async def test_a_note_is_internal(server, thalamus):
    receipt = await thalamus.notes.send(outgoing("Between us"))
    held = server.ticket(SEEDED)
    assert held is not None
    assert held["messages"][-1]["internal"]
    assert receipt.message is not None
    assert receipt.message.visibility is Visibility.INTERNAL


@pytest.mark.parametrize("kind", ["replies", "notes"])
async def test_the_same_message_again_changes_nothing(server, thalamus, kind):
    message = outgoing(f"Once, {kind}")
    server.faults.accept_and_drop(methods=("POST",))
    sender = getattr(thalamus, kind)
    with pytest.raises(OutcomeUnknown):
        await sender.send(message)
    await sender.send(message)
    held = server.ticket(SEEDED)
    assert held is not None
    assert [said["text"] for said in held["messages"]].count(message.text) == 1


async def test_a_ticket_is_made_with_its_first_text_under_an_id_of_ours(server, thalamus):
    wanted = new(status="pending", priority="high", external_group_id="GRP-100", comment="It broke.")
    receipt = await thalamus.creator.create(wanted)
    held = server.ticket(receipt.remote_id)
    assert held is not None
    assert (held["subject"], held["state"]) == ("Made by a test", "pending")
    assert [(said["text"], said["internal"]) for said in held["messages"]] == [("It broke.", False)]
    assert receipt.ticket is not None
    made = receipt.ticket.ticket
    assert made.key.remote == made.number == receipt.remote_id
    assert made.fields["uuid"]
    assert made.group is not None
    assert made.group.name == "Field repairs"
    assert receipt.thread is not None
    assert [said.body for said in receipt.thread.messages] == ["It broke."]


async def test_a_ticket_whose_answer_was_lost_is_made_once(server, thalamus):
    wanted = new(comment="It broke.")
    server.faults.accept_and_drop(methods=("POST",), path="/comment")
    with pytest.raises(OutcomeUnknown):
        await thalamus.creator.create(wanted)
    receipt = await thalamus.creator.create(wanted)
    made = [each for each in server.tickets() if each["id"] == receipt.remote_id]
    held = server.ticket(receipt.remote_id)
    assert len(made) == 1
    assert held is not None
    assert len(held["messages"]) == 1


async def test_a_refused_first_text_names_the_ticket_that_is_there(server, thalamus):
    server.faults.status(422, path="/comment", body='{"success":false,"message":"body is too long"}')
    with pytest.raises(AppliedDifferently, match="body is too long") as refused:
        await thalamus.creator.create(new(external_id="T-4711", comment="Long"))
    assert "T-4711" in refused.value.detail
    assert server.ticket("T-4711") is not None


async def test_a_change_sends_the_changed_fields_only(server, thalamus):
    edit = TicketEdit(
        ticket(requester=Person("Ada", "ada@x.nl")),
        state_id="solved",
        priority_id="low",
        assign=True,
        assignee=Person(id="AGT-43"),
        fields={"subject": "Renamed", "category": "technical"},
    )
    told = await thalamus.edits.edit(edit)
    assert server.received()[-1]["fields"] == {
        "status": "solved",
        "priority": "low",
        "external_agent_id": "AGT-43",
        "title": "Renamed",
        "category": "technical",
    }
    assert told is not None
    assert (told.ticket.state, told.ticket.subject) == (State.SOLVED, "Renamed")
    assert told.ticket.assignee == Person("Omar", id="AGT-43")
    assert told.known is not None
    assert "requester" not in told.known


async def test_a_status_that_thalamus_does_not_know_is_refused_until_it_is_pushed(server, thalamus):
    with pytest.raises(Invalid):
        await thalamus.edits.edit(TicketEdit(ticket(), state_id="parked"))
    variant = PushRecord("status", "parked", {"label": "Parked", "mapped_status": "hold"})
    assert (await thalamus.records.push(variant, new_command_id())).remote_id
    found = await thalamus.probe()
    assert {choice.id: (choice.label, choice.state) for choice in found.states}["parked"] == ("Parked", State.ON_HOLD)
    told = await thalamus.edits.edit(TicketEdit(ticket(), state_id="parked"))
    assert told is not None
    assert told.ticket.state is State.ON_HOLD
    later = connect(replace(signed(server), known=found), SystemClock())
    told = await later.edits.edit(TicketEdit(ticket(), state_id="parked"))
    assert told is not None
    assert told.ticket.state is State.ON_HOLD
    await later.aclose()


@pytest.mark.parametrize(
    "record",
    [
        PushRecord("contact", "C-1", {"name": "Ada", "email": "ada@example.com", "country": "NL", "zip": "1015 AA"}),
        PushRecord("organization", "ORG-1", {"name": "Lovelace", "city": "Amsterdam"}),
        PushRecord("status", "later", {"label": "Later", "mapped_status": "pending", "source_system": "freshdesk"}),
        PushRecord("category", "CAT-1", {"value": "tv", "label": "TV", "type_value": "support", "sort_order": 3}),
        PushRecord("agent", "AGT-50", {"name": "Nia", "group_external_ids": ("GRP-100", "GRP-200")}),
        PushRecord(
            "queue",
            "Callback for Ada",
            {"type": "callback", "phone": "+31612345678", "campaign_uuid": UUID, "skill_uuid": UUID, "email": "a@x.nl"},
        ),
    ],
    ids=lambda record: record.kind,
)
async def test_every_kind_of_record_is_taken_twice_without_harm(server, thalamus, record):
    first = await thalamus.records.push(record, new_command_id())
    again = await thalamus.records.push(record, new_command_id())
    assert first.remote_id == again.remote_id == server.received()[-1]["remote"]


async def test_a_reply_to_a_ticket_that_thalamus_never_saw_is_gone(thalamus):
    with pytest.raises(NotFound):
        await thalamus.replies.send(outgoing(remote="never-pushed"))


@pytest.mark.parametrize(
    "body",
    [
        b'{"success":true,"data":{},"message":"Comment updated"}',
        b'{"success":true,"data":{"uuid":"1"},"message":"Comment updated"}',
        b'{"success":false,"data":{"uuid":"3c90c3cc-0d44-4b50-8888-8dd25736052a"}}',
        b'{"success":true,"data":null}',
        b"[]",
        b"",
    ],
)
async def test_an_answer_without_a_valid_uuid_proves_nothing(server, body):
    handler, asked = canned_answers(reply("200 OK", body))
    async with raw_server(handler) as address:
        thalamus = connect(signed(server, base_url=address), SystemClock())
        with pytest.raises(OutcomeUnknown):
            await thalamus.replies.send(outgoing())
        assert len(asked) == 1
        await thalamus.aclose()


async def test_a_visibility_is_what_it_says_in_any_case(server):
    sent = outgoing()
    handler, _ = canned_answers(commented(sent, "Public"))
    async with raw_server(handler) as address:
        thalamus = connect(signed(server, base_url=address), SystemClock())
        assert (await thalamus.replies.send(sent)).remote_id == UUID
        await thalamus.aclose()


async def test_a_note_that_comes_back_public_is_told_and_no_second_one_leaves(server):
    sent = outgoing()
    handler, asked = canned_answers(commented(sent, "public"))
    async with raw_server(handler) as address:
        thalamus = connect(signed(server, base_url=address), SystemClock())
        with pytest.raises(AppliedDifferently, match="made this note public"):
            await thalamus.notes.send(sent)
        with pytest.raises(NotPossible, match="Nothing has left this computer"):
            await thalamus.notes.send(outgoing())
        assert len(asked) == 1
        await thalamus.aclose()
