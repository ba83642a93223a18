"""NexusCore's adapter against its sandbox server; what holds for every vendor is in test_every_vendor.py."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.narrowing import instance, not_none
from tests.helpers.raw_servers import START, FakeClock, sign_in

from deskhand.domain.capabilities import Feature, Reason
from deskhand.domain.ids import BlobId, new_command_id
from deskhand.domain.ports import LoadedFile, NewTicket, OutgoingMessage, SearchPage, SearchQuestion, TicketEdit
from deskhand.domain.problems import Invalid, NotAllowed, NotPossible, OutcomeUnknown, SignInNeeded, Throttled
from deskhand.domain.threads import OutgoingFile, Side
from deskhand.domain.tickets import FieldValue, Person, State, Ticket
from deskhand.vendors.nexuscore.adapter import Connection, connect
from deskhand_sandbox.nexuscore import Server
from deskhand_sandbox.sandbox import serving

SHAPES = ("nested", "bare", "parted")
DEFAULTS = {
    "shape": "nested",
    "scopes": "tickets:read tickets:write brands:read",
    "brand_only": None,
    "retry_after": True,
    "tags_mode": "replace",
    "rate_limits": False,
}


@pytest.fixture(scope="module")
def box() -> Iterator[Server]:
    with serving(only=["nexuscore"], tickets=400) as sandbox:
        yield instance(sandbox["nexuscore"], Server)


@pytest.fixture
def server(box: Server) -> Iterator[Server]:
    yield box
    box.faults.clear()
    box.set_switches(DEFAULTS)


@pytest.fixture
async def nexuscore(server: Server) -> AsyncIterator[Connection]:
    connection = connect(sign_in(server), FakeClock())
    yield connection
    await connection.aclose()


async def tickets(connection: Connection, *, full: bool = False) -> list[Ticket]:
    assert connection.lister is not None
    return [remote.ticket async for page in connection.lister.iter_pages("", full=full) for remote in page.tickets]


def file(name: str = "photo.png", data: bytes = b"\x89PNG bytes") -> LoadedFile:
    return LoadedFile(OutgoingFile(BlobId("b1"), name, len(data), "image/png", "sha"), data)


@pytest.mark.parametrize("kind", ["oauth", "key"])
async def test_both_ways_to_sign_in_work(server, kind):
    connection = connect(sign_in(server, kind=kind), FakeClock())
    try:
        assert (await connection.check()).verified
        assert await tickets(connection)
    finally:
        await connection.aclose()


def test_a_sign_in_without_its_client_id_names_the_field(server):
    given = sign_in(server)
    with pytest.raises(Invalid) as caught:
        connect(replace(given, settings={}), FakeClock())
    assert "client_id" in caught.value.fields


async def test_without_the_scope_for_brands_the_check_says_so_and_tickets_show_ids(server, nexuscore):
    server.set_switches({"scopes": "tickets:read tickets:write"})
    report = await nexuscore.check()
    assert report.verified
    assert "brands:read" in report.note
    assert all(not_none(ticket.group).name == not_none(ticket.group).id for ticket in await tickets(nexuscore))


async def test_without_the_scope_for_writing_everything_that_writes_is_off_with_its_reason(server, nexuscore):
    server.set_switches({"scopes": "tickets:read brands:read"})
    assert "tickets:write" in (await nexuscore.check()).note
    capabilities = await nexuscore.probe()
    assert capabilities.reason(Feature.REPLY) is Reason.SCOPE_MISSING
    assert nexuscore.replies is None
    assert nexuscore.edits is None
    assert nexuscore.creator is None
    again = connect(replace(sign_in(server), known=capabilities), FakeClock())
    assert again.replies is None
    await again.aclose()


async def test_a_credential_for_one_brand_is_told_so_at_another_brands_ticket(server, nexuscore):
    found = await tickets(nexuscore)
    server.set_switches({"brand_only": not_none(found[0].group).id})
    other = next(ticket for ticket in found if not_none(ticket.group).id != not_none(found[0].group).id)
    with pytest.raises(NotAllowed):
        await nexuscore.threads.thread(other.key.remote)


async def test_brands_are_groups_by_name(nexuscore):
    capabilities = await nexuscore.probe()
    names = {group.id: group.name for group in capabilities.groups}
    assert len(names) >= 2
    assert all(names[not_none(ticket.group).id] == not_none(ticket.group).name for ticket in await tickets(nexuscore))


async def test_a_list_sync_of_what_is_open_leaves_resolved_ones_out(server, nexuscore):
    held = {ticket["id"] for ticket in server.tickets() if ticket["state"] in ("open", "pending", "snoozed")}
    assert {ticket.key.remote for ticket in await tickets(nexuscore)} == held


async def test_a_full_list_sync_finds_tickets_whose_status_no_document_names(server, nexuscore):
    odd = [ticket for ticket in await tickets(nexuscore, full=True) if ticket.state is State.OTHER]
    assert {ticket.vendor_state for ticket in odd} == {"waiting_for_parts"}


async def test_a_cursor_that_the_vendor_forgot_begins_its_status_again(server, nexuscore):
    held = {ticket["id"] for ticket in server.tickets() if ticket["state"] in ("pending", "snoozed")}
    stale = '[false,"pending","bm90IGEgY3Vyc29y",false]'
    found = [
        remote.ticket.key.remote
        async for page in nexuscore.lister.iter_pages(stale, full=False)
        for remote in page.tickets
    ]
    assert set(found) == held


@pytest.mark.parametrize(
    "cursor", ["garbage", "[]", "7", '{"a":1}', '[true,"open","",false]', '[false,"closed","",false]']
)
async def test_a_cursor_of_another_kind_begins_again(server, nexuscore, cursor):
    held = {ticket["id"] for ticket in server.tickets() if ticket["state"] in ("open", "pending", "snoozed")}
    found = [
        remote.ticket.key.remote
        async for page in nexuscore.lister.iter_pages(cursor, full=False)
        for remote in page.tickets
    ]
    assert set(found) == held


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_conversation_is_the_same_in_every_shape(server, nexuscore, shape):
    plain = await tickets(nexuscore)
    held = [(ticket, server.ticket(ticket.key.remote)) for ticket in plain]
    ticket, told = next((ticket, told) for ticket, told in held if any(said["files"] for said in told["messages"]))
    server.set_switches({"shape": shape})
    thread = await nexuscore.threads.thread(ticket.key.remote)
    public = [said for said in told["messages"] if not said["internal"]]
    assert [said.id for said in thread.messages] == [said["id"] for said in public]
    assert [said.side is Side.CUSTOMER for said in thread.messages] == [said["by_customer"] for said in public]
    assert [[a.name for a in said.attachments] for said in thread.messages] == [said["files"] for said in public]
    assert all(said.created_at for said in thread.messages)
    assert thread.ticket.ticket.requester.email
    assert {"assignee", "tags", "requester", "updated_at"} <= thread.ticket.known
    for said in thread.messages:
        for attachment in said.attachments:
            assert len(await nexuscore.downloads.download(attachment)) == attachment.size


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_reply_with_copies_and_files_arrives_whole(server, nexuscore, shape):
    server.set_switches({"shape": shape})
    ticket = (await tickets(nexuscore))[0]
    text = "If a < b & c:\n\n  it is <0>, nothing else. 😀"
    message = OutgoingMessage(
        ticket, new_command_id(), text, cc=("finance@example.com",), files=(file(), file("b.txt"))
    )
    receipt = await nexuscore.replies.send(message)
    arrived = [entry for entry in server.received() if entry["kind"] == "message"][-1]
    assert (arrived["remote"], arrived["text"], arrived["ticket"]) == (receipt.remote_id, text, ticket.key.remote)
    held = server.ticket(ticket.key.remote)["messages"][-1]
    assert held["files"] == ["photo.png", "b.txt"]
    thread = await nexuscore.threads.thread(ticket.key.remote)
    ours = next(said for said in thread.messages if said.id == receipt.remote_id)
    assert ours.side is Side.AGENT


async def test_a_reply_taken_with_an_ended_token_counts_as_sent_perhaps_however_wrong_this_computers_clock_is(
    server, nexuscore
):
    ticket = (await tickets(nexuscore))[0]
    for number, ahead in enumerate((timedelta(0), timedelta(days=9_000))):
        message = OutgoingMessage(ticket, new_command_id(), f"Once only {number}", written_at=datetime.now(UTC) + ahead)
        before = len(server.received())
        server.faults.accept_and_status(401, methods=("POST",), path="/messages")
        with pytest.raises(OutcomeUnknown):
            await nexuscore.replies.send(message)
        assert len(server.received()) == before + 1


async def test_a_failed_upload_proves_that_nothing_was_said(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    message = OutgoingMessage(ticket, new_command_id(), "See the photo", files=(file(),))
    before = len(server.received())
    for fault, expected in (
        (lambda: server.faults.status(500, path="/attachments"), Throttled),
        (lambda: server.faults.accept_and_drop(methods=("PUT",)), Throttled),
        (lambda: server.faults.html_instead(path="/attachments"), Throttled),
        (lambda: server.faults.status(413, methods=("PUT",)), Invalid),
        (lambda: server.faults.status(404, path="/attachments"), Invalid),
        (lambda: server.faults.status(410, methods=("PUT",)), Invalid),
    ):
        fault()
        with pytest.raises(expected) as caught:
            await nexuscore.replies.send(message)
        assert type(caught.value) is expected
        assert "photo.png" in caught.value.detail
    assert not [entry for entry in server.received()[before:] if entry["kind"] == "message"]
    assert (await nexuscore.replies.send(message)).remote_id


async def test_the_name_of_the_list_of_files_is_a_setting(server):
    given = sign_in(server)
    connection = connect(replace(given, settings={**given.settings, "attachment_key": "attachments"}), FakeClock())
    try:
        ticket = (await tickets(connection))[0]
        receipt = await not_none(connection.replies).send(
            OutgoingMessage(ticket, new_command_id(), "See", files=(file(),))
        )
        assert server.ticket(ticket.key.remote)["messages"][-1]["files"] == ["photo.png"]
        assert receipt.remote_id
    finally:
        await connection.aclose()


async def test_changes_of_state_priority_and_assignee_are_written_and_told(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    told = await nexuscore.edits.edit(
        TicketEdit(
            ticket, state_id="snoozed", priority_id="high", assign=True, assignee=Person(email="kenji@example.com")
        )
    )
    assert (told.ticket.state, told.ticket.priority_id, told.ticket.assignee.email) == (
        State.SNOOZED,
        "high",
        "kenji@example.com",
    )
    held = server.ticket(ticket.key.remote)
    assert (held["state"], held["priority"], held["assignee"]) == ("snoozed", "high", "kenji@example.com")


async def test_a_ticket_is_not_left_with_nobody_because_no_document_shows_how(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    before = server.ticket(ticket.key.remote)["assignee"]
    with pytest.raises(NotPossible):
        await nexuscore.edits.edit(TicketEdit(ticket, assign=True, assignee=None))
    assert server.ticket(ticket.key.remote)["assignee"] == before
    assert not (await nexuscore.probe()).unassign


async def test_somebody_without_an_address_cannot_be_assigned(nexuscore):
    ticket = (await tickets(nexuscore))[0]
    with pytest.raises(Invalid) as caught:
        await nexuscore.edits.edit(TicketEdit(ticket, assign=True, assignee=Person(name="Kenji")))
    assert "assignee" in caught.value.fields


@pytest.mark.parametrize(("mode", "stored"), [("replace", ("new",)), ("add", ("old", "new"))])
async def test_after_a_change_of_tags_what_really_stands_there_is_told(server, nexuscore, mode, stored):
    ticket = (await tickets(nexuscore))[0]
    await nexuscore.edits.edit(TicketEdit(ticket, tags=("old",)))
    server.set_switches({"tags_mode": mode})
    told = await nexuscore.edits.edit(TicketEdit(ticket, tags=("new",)))
    assert set(stored) <= set(told.ticket.tags)
    assert ("old" in told.ticket.tags) == ("old" in stored)


async def test_a_change_of_tags_that_cannot_be_looked_at_is_not_called_done(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    server.faults.status(500, times=None, methods=("GET",))
    with pytest.raises(OutcomeUnknown):
        await nexuscore.edits.edit(TicketEdit(ticket, tags=("stored",)))
    assert server.ticket(ticket.key.remote)["tags"] == ["stored"]


async def test_a_refused_change_says_which_field(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    with pytest.raises(Invalid) as caught:
        await nexuscore.edits.edit(TicketEdit(ticket, state_id="closed"))
    assert caught.value.status == 422
    assert caught.value.detail


async def test_priorities_seen_in_data_are_offered_and_saved_for_the_next_connection(server, nexuscore):
    assert [choice.id for choice in (await nexuscore.probe()).priorities] == ["high"]
    seen = {ticket.priority_id for ticket in await tickets(nexuscore, full=True)} - {""}
    capabilities = await nexuscore.probe()
    assert {choice.id for choice in capabilities.priorities} == seen | {"high"}
    again = connect(replace(sign_in(server), known=capabilities), FakeClock())
    try:
        assert {choice.id for choice in (await again.probe()).priorities} == seen | {"high"}
    finally:
        await again.aclose()


def new_ticket(brand: str, subject: str, email: str = "casey@example.com") -> NewTicket:
    fields: dict[str, FieldValue] = {
        "brand_id": brand,
        "subject": subject,
        "description": "The parcel never came.",
        "customer.email": email,
        "customer.name": "Casey",
        "priority": "high",
        "tags": ("delivery", "vip"),
        "origin": "web",
    }
    return NewTicket(new_command_id(), fields, START)


async def test_a_new_ticket_arrives_with_all_its_fields(server, nexuscore):
    brand = (await nexuscore.probe()).create_form[0].choices[0][0]
    receipt = await nexuscore.creator.create(new_ticket(brand, "Never came"))
    held = server.ticket(receipt.remote_id)
    assert (held["subject"], held["priority"], held["tags"]) == ("Never came", "high", ["delivery", "vip"])
    assert receipt.ticket.ticket.fields["queue.name"]
    thread = await nexuscore.threads.thread(receipt.remote_id)
    assert [said.body for said in thread.messages] == ["The parcel never came."]


async def test_a_paused_brand_is_not_offered_for_new_tickets(nexuscore):
    capabilities = await nexuscore.probe()
    offered = {choice for choice, _ in capabilities.create_form[0].choices}
    assert offered < {group.id for group in capabilities.groups}


async def test_a_ticket_whose_answer_was_lost_is_found_again(server, nexuscore):
    brand = (await nexuscore.probe()).create_form[0].choices[0][0]
    since = START.now(START.tzinfo) - timedelta(minutes=1)
    new = new_ticket(brand, "Lost on the way")
    assert await nexuscore.creator.find(new, since) is None
    server.faults.accept_and_drop(methods=("POST",), path="/tickets")
    with pytest.raises(OutcomeUnknown):
        await nexuscore.creator.create(new)
    found = await nexuscore.creator.find(new, since)
    assert found.remote_id == server.received()[-1]["remote"]
    assert await nexuscore.creator.find(new_ticket(brand, "Lost on the way", "other@example.com"), since) is None
    await nexuscore.creator.create(new)
    assert await nexuscore.creator.find(new, since) is None, "two that look alike cannot be told apart"


async def test_search_finds_by_terms(server, nexuscore):
    term = server.tickets()[0]["subject"].split()[0]
    found = await nexuscore.search.search(SearchQuestion(term), 5)
    assert 0 < len(found.tickets) <= 5
    assert found.total is None
    assert await nexuscore.search.search(SearchQuestion("   "), 5) == SearchPage()


async def test_search_narrows_by_the_day_on_which_a_ticket_was_made(server, nexuscore):
    everything = await nexuscore.search.search(SearchQuestion("e o a"), 500)
    made = sorted(remote.ticket.created_at for remote in everything.tickets)
    day = made[len(made) // 2].date()
    later = await nexuscore.search.search(SearchQuestion("e o a", created_after=day), 500)
    assert all(remote.ticket.created_at.date() >= day for remote in later.tickets)
    assert len(later.tickets) > 0


async def test_a_token_whose_client_was_removed_asks_to_sign_in_again(server, nexuscore):
    await nexuscore.check()
    server.faults.expire_tokens()
    server.faults.status(401, body='{"error": "invalid_client"}', times=None, path="/oauth/token")
    with pytest.raises(SignInNeeded, match="invalid_client"):
        await tickets(nexuscore)


async def test_writing_without_a_token_desk_surely_sent_nothing(server, nexuscore):
    ticket = (await tickets(nexuscore))[0]
    server.faults.status(500, times=None, path="/oauth/token")
    before = len(server.received())
    fresh = connect(sign_in(server), FakeClock())
    with pytest.raises(Throttled):
        await not_none(fresh.replies).send(OutgoingMessage(ticket, new_command_id(), "Hello"))
    await fresh.aclose()
    assert len(server.received()) == before


async def test_a_busy_day_never_meets_the_rate_limit():
    clock = FakeClock()
    with serving(only=["nexuscore"], tickets=100, rate_limits=True, clock=clock.now) as sandbox:
        server = sandbox["nexuscore"]
        connection = connect(sign_in(server), clock)
        try:
            found = await tickets(connection)
            for number in range(1300):
                await not_none(connection.threads).thread(found[number % len(found)].key.remote)
        finally:
            await connection.aclose()
        assert "429" not in str(server.counts())
        assert clock.monotonic() < 1300 / 600 * 60 + 60
