"""Thena's adapter against the sandbox: what only Thena does."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, reply, sign_in

from deskhand.domain.commands import LinkTickets, MakeSubTicket
from deskhand.domain.ids import new_command_id
from deskhand.domain.ports import (
    NewTicket,
    OutgoingMessage,
    SearchPage,
    SearchQuestion,
    TicketEdit,
    TicketPage,
    call_for,
)
from deskhand.domain.problems import (
    AppliedDifferently,
    Invalid,
    NotFound,
    NotInPlan,
    NotPossible,
    OutcomeUnknown,
    Throttled,
)
from deskhand.domain.threads import Side, Visibility
from deskhand.domain.tickets import Person, Priority, RemoteTicket, State
from deskhand.http.clock import SystemClock
from deskhand.vendors.thena.adapter import Connection, connect
from deskhand_sandbox.faults import FaultKind, FaultRule
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer


@pytest.fixture(scope="module")
def shared() -> Iterator[VendorServer]:
    with serving(only=["thena"], tickets=900) as box:
        yield box["thena"]


@pytest.fixture
def server(shared: VendorServer) -> Iterator[VendorServer]:
    yield shared
    shared.faults.clear()
    shared.set_switches(
        {
            "tier_gate": False,
            "repeat_answer": "original",
            "nulls": True,
            "assumed_paths": True,
            "search_ids": "internal",
        }
    )


@pytest.fixture
async def thena(server: VendorServer) -> AsyncIterator[Connection]:
    connection = connect(sign_in(server), SystemClock())
    yield connection
    await connection.aclose()


async def pages(thena: Connection, cursor: str = "", *, full: bool = True) -> list[TicketPage]:
    return [page async for page in thena.lister.iter_pages(cursor, full=full)]


async def first(thena: Connection) -> RemoteTicket:
    return (await anext(aiter(thena.lister.iter_pages("", full=True)))).tickets[0]


def outgoing(remote: RemoteTicket, text: str = "Thank you for asking.", html: str = "") -> OutgoingMessage:
    return OutgoingMessage(remote.ticket, new_command_id(), text, html, written_at=datetime.now(UTC))


async def test_too_low_a_plan_is_said_in_thenas_own_message(server, thena):
    server.set_switches({"tier_gate": True})
    with pytest.raises(NotInPlan) as refused:
        await thena.check()
    assert refused.value.detail == "This endpoint is only available for standard and enterprise tier organizations."


async def test_the_probe_tells_teams_their_statuses_people_and_forms(thena):
    found = await thena.probe()
    assert {group.name for group in found.groups} >= {"Klantenservice"}
    for group in found.groups:
        assert State.CLOSED in {choice.state for choice in found.states_for(group.id)}
    assert "jane@example.com" in {person.email for person in found.agents}
    assert [choice.priority for choice in found.priorities[:4]] == [
        Priority.LOW,
        Priority.NORMAL,
        Priority.HIGH,
        Priority.URGENT,
    ]
    form = {field.name: field for field in found.create_form}
    assert {name for name in ("title", "requestorEmail", "teamId") if form[name].required} == {
        "title",
        "requestorEmail",
        "teamId",
    }
    assert not found.unassign


async def test_without_the_assumed_team_list_teams_come_from_tickets(server, thena):
    server.set_switches({"assumed_paths": False})
    known = await thena.probe()
    again = connect(replace(sign_in(server), known=known), SystemClock())
    assert known.groups
    assert (await again.probe()).groups == known.groups
    await again.aclose()


async def test_a_short_list_sync_finds_only_what_happened_since(server, thena):
    everything = await pages(thena)
    old = everything[-1].tickets[-1].ticket.key.remote
    server.add_customer_message(old, "Is anybody there?")
    delta = await pages(thena, everything[-1].cursor, full=False)
    came = [remote for page in delta for remote in page.tickets]
    assert old in {remote.ticket.key.remote for remote in came}
    assert len(came) < sum(len(page.tickets) for page in everything)
    moved = next(remote for remote in came if remote.ticket.key.remote == old)
    assert moved.comments_at is not None
    assert datetime.now(UTC) - moved.comments_at < timedelta(minutes=1)


async def test_absent_fields_read_like_nulls(server, thena):
    with_nulls = await pages(thena)
    server.set_switches({"nulls": False})
    without = await pages(thena)
    assert [remote.ticket for page in with_nulls for remote in page.tickets] == [
        remote.ticket for page in without for remote in page.tickets
    ]


@pytest.mark.parametrize("ids", ["internal", "api"])
async def test_a_ticket_without_an_address_of_its_own_is_found_by_search(server, thena, ids):
    remote = (await first(thena)).ticket.key.remote
    whole = await thena.tickets.ticket(remote)
    server.set_switches({"assumed_paths": False, "search_ids": ids})
    fresh = connect(sign_in(server), SystemClock())
    found = await fresh.tickets.ticket(remote)
    assert (found.ticket.key, found.ticket.subject, found.ticket.state_id) == (
        whole.ticket.key,
        whole.ticket.subject,
        whole.ticket.state_id,
    )
    thread = await fresh.threads.thread(remote)
    assert thread.messages
    await fresh.aclose()


async def test_a_reply_is_public_mailed_and_told_back(server, thena):
    remote = await first(thena)
    message = outgoing(remote, "Thank you <3", "<p>Thank you &lt;3</p>")
    receipt = await thena.replies.send(message)
    entry = server.received()[-1]
    assert (entry["kind"], entry["remote"], entry["key"]) == ("message", receipt.remote_id, message.key)
    assert entry["fields"]["commentVisibility"] == "public"
    assert entry["fields"]["shouldSendEmail"] is True
    assert receipt.message is not None
    assert (receipt.message.side, receipt.message.visibility) == (Side.AGENT, Visibility.PUBLIC)
    thread = await thena.threads.thread(remote.ticket.key.remote)
    assert thread.messages[-1].id == receipt.remote_id


async def test_a_note_stays_inside(server, thena):
    remote = await first(thena)
    receipt = await thena.notes.send(outgoing(remote, "Mind this customer."))
    assert server.received()[-1]["kind"] == "note"
    assert receipt.message is not None
    assert receipt.message.visibility is Visibility.INTERNAL
    held = server.ticket(remote.ticket.key.remote)
    assert held is not None
    assert held["messages"][-1]["internal"]


@pytest.mark.parametrize("answer", ["original", "conflict"])
@pytest.mark.parametrize("kind", ["replies", "notes"])
async def test_the_same_key_makes_one_comment_whatever_a_repeat_is_answered_with(server, thena, answer, kind):
    server.set_switches({"repeat_answer": answer})
    remote = await first(thena)
    message = outgoing(remote, f"Once only, {kind} {answer}.")
    sender = getattr(thena, kind)
    server.faults.accept_and_drop(methods=("POST",))
    with pytest.raises(OutcomeUnknown):
        await sender.send(message)
    receipt = await sender.send(message)
    entries = [entry for entry in server.received() if entry["key"] == message.key]
    assert [entry["remote"] for entry in entries] == [receipt.remote_id]


@pytest.mark.parametrize("answer", ["original", "conflict"])
async def test_the_same_key_makes_one_ticket(server, thena, answer):
    server.set_switches({"repeat_answer": answer})
    team = (await thena.probe()).groups[0]
    fields = {
        "title": f"Made once ({answer})",
        "requestorEmail": "ada@example.com",
        "teamId": team.id,
        "description": "A text.",
        "priorityName": "High",
    }
    new = NewTicket(new_command_id(), fields, datetime.now(UTC))
    server.faults.accept_and_drop(methods=("POST",))
    with pytest.raises(OutcomeUnknown):
        await thena.creator.create(new)
    receipt = await thena.creator.create(new)
    assert [entry["ticket"] for entry in server.received() if entry["key"] == new.key] == [receipt.remote_id]
    assert receipt.ticket is not None
    assert (receipt.ticket.ticket.subject, receipt.ticket.ticket.priority) == (fields["title"], Priority.HIGH)
    found = await thena.creator.find(new, new.written_at)
    assert found is not None
    assert found.remote_id == receipt.remote_id


async def test_state_priority_assignee_and_title_are_written_with_the_teams_own_labels(thena):
    found = await thena.probe()
    remote = await first(thena)
    group = remote.ticket.group
    assert group is not None
    closed = next(choice for choice in found.states_for(group.id) if choice.state is State.CLOSED)
    edit = TicketEdit(
        remote.ticket,
        state_id=closed.id,
        priority_id="Urgent",
        assign=True,
        assignee=Person(email="jane@example.com"),
        fields={"subject": "Another title", "isPrivate": True},
    )
    told = await thena.edits.edit(edit)
    assert told is not None
    assert (told.ticket.state, told.ticket.state_id, told.ticket.vendor_state) == (
        State.CLOSED,
        closed.id,
        closed.label,
    )
    assert (told.ticket.priority, told.ticket.subject) == (Priority.URGENT, "Another title")
    assert told.ticket.assignee is not None
    assert told.ticket.assignee.email == "jane@example.com"
    assert told.ticket.fields["isPrivate"] is True


async def test_a_status_of_another_team_is_refused_with_thenas_message(thena):
    found = await thena.probe()
    remote = await first(thena)
    group = remote.ticket.group
    foreign = next(choice for choice in found.states if group is None or choice.group != group.id)
    with pytest.raises(Invalid) as refused:
        await thena.edits.edit(TicketEdit(remote.ticket, state_id=foreign.id))
    assert refused.value.status == 400
    assert refused.value.detail


async def test_search_finds_tickets_under_the_ids_that_their_addresses_take(thena):
    remote = await first(thena)
    term = remote.ticket.subject.split()[0]
    hits = await thena.search.search(SearchQuestion(term), 20)
    assert hits.tickets
    assert hits.total is not None
    assert hits.total >= len(hits.tickets)
    for hit in hits.tickets:
        assert (await thena.tickets.ticket(hit.ticket.key.remote)).ticket.subject == hit.ticket.subject
    assert await thena.search.search(SearchQuestion("  "), 20) == SearchPage()


async def test_search_goes_on_page_by_page_in_the_order_that_is_asked_for(server, thena):
    term = server.tickets()[0]["subject"].split()[0]
    whole = await thena.search.search(SearchQuestion(term, newest_first=True), 250)
    made = [remote.ticket.created_at for remote in whole.tickets]
    pages, cursor = [], ""
    for _ in range(len(made) + 1):
        page = await thena.search.search(SearchQuestion(term, newest_first=True, cursor=cursor), 2)
        pages += page.tickets
        cursor = page.cursor
        if not cursor:
            break
    by_title = {remote.ticket.key for remote in whole.tickets if term.casefold() in remote.ticket.subject.casefold()}
    assert by_title <= {remote.ticket.key for remote in pages} <= {remote.ticket.key for remote in whole.tickets}
    assert not cursor


async def test_search_finds_what_was_said_in_a_comment_and_a_company_by_its_name(server, thena):
    remotes = [remote for page in await pages(thena) for remote in page.tickets]
    terms = []
    for remote in remotes:  # no more conversations than it takes: what the vendor's limit makes wait, waits here too
        thread = await thena.threads.thread(remote.ticket.key.remote)
        said = (term for message in thread.messages[1:] for term in message.body.split())
        terms += [(remote.ticket.key, term) for term in said if term.isascii() and term.isalpha() and len(term) > 7]
        if len(terms) >= 12:
            break
    for key, term in terms[:12]:
        found = await thena.search.search(SearchQuestion(term), 250)
        if key in {remote.ticket.key for remote in found.tickets}:
            break
    else:
        raise AssertionError("no word of a comment finds its ticket")
    companies = {remote.ticket.fields.get("account") for remote in remotes} - {None, ""}
    if companies:
        found = await thena.search.search(SearchQuestion(str(min(companies, key=str))), 250)
        assert found.tickets


async def test_search_takes_signs_that_an_address_would_stumble_over(thena):
    assert await thena.search.search(SearchQuestion("qqzz&&x=c#d?e%f"), 5) == SearchPage(total=0)


COMMENT = '{"status":true,"message":"Success","timestamp":"2026-01-01T00:00:00.000Z","data":%s}'


async def test_a_note_that_comes_back_public_is_told_and_no_second_one_leaves(server):
    published = COMMENT % '{"id":"C1","content":"Thank you for asking.","commentVisibility":"public"}'
    handler, asked = canned_answers(reply("201 Created", published.encode()))
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        remote = RemoteTicket(replace((await _any_ticket(server)).ticket))
        with pytest.raises(AppliedDifferently, match="made this note public"):
            await thena.notes.send(outgoing(remote))
        with pytest.raises(NotPossible, match="Nothing has left this computer"):
            await thena.notes.send(outgoing(remote))
        assert len(asked) == 1
        assert b'"commentVisibility":"private"' in asked[0][2]
        await thena.aclose()


async def test_a_reply_that_comes_back_private_is_not_called_sent(server):
    hidden = COMMENT % '{"id":"C1","content":"Thank you for asking.","commentVisibility":"private"}'
    handler, _ = canned_answers(reply("201 Created", hidden.encode()))
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        with pytest.raises(AppliedDifferently, match="the customer has not received it"):
            await thena.replies.send(outgoing(await _any_ticket(server)))
        await thena.aclose()


async def test_a_bare_answer_counts_as_much_as_an_enveloped_one(server):
    handler, _ = canned_answers(
        reply("201 Created", b'{"id":"C1","content":"Thank you for asking.","commentVisibility":"public"}')
    )
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        assert (await thena.replies.send(outgoing(await _any_ticket(server)))).remote_id == "C1"
        await thena.aclose()


async def test_a_smaller_page_than_asked_for_is_no_early_end(server):
    def page(*ids: str) -> bytes:
        items = ",".join(f'{{"id":"{each}"}}' for each in ids)
        return reply("200 OK", f'{{"status":true,"data":[{items}]}}'.encode())

    many = [f"T{number}" for number in range(25)]
    handler, asked = canned_answers(page(), page(*many), page(*(f"U{number}" for number in range(25))), page("V1"))
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        came = [remote.ticket.key.remote for one in await pages(thena) for remote in one.tickets]
        assert len(came) == 51
        assert [line.split()[1] for line, _, _ in asked][1:] == [
            "/v1/tickets?page=0&limit=100",
            "/v1/tickets?page=1&limit=25",
            "/v1/tickets?page=2&limit=25",
        ]
        await thena.aclose()


async def test_a_page_size_that_is_refused_is_made_smaller(server):
    refusal = reply("400 Bad Request", b'{"statusCode":400,"message":["limit must not be greater than 50"]}')
    handler, asked = canned_answers(reply("200 OK", b"[]"), refusal, reply("200 OK", b'{"data":[{"id":"T1"}]}'))
    async with raw_server(handler) as address:
        thena = connect(sign_in(server, base_url=address), SystemClock())
        list_tickets = await pages(thena)
        assert [remote.ticket.key.remote for page in list_tickets for remote in page.tickets] == ["T1"]
        assert asked[2][0].split()[1] == "/v1/tickets?page=0&limit=10"
        await thena.aclose()


async def test_limits_count_per_path_and_are_obeyed():
    clock = FakeClock()
    with serving(only=["thena"], tickets=60, rate_limits=True, clock=clock.now) as box:
        box["thena"].set_switches({"rate_limit": 2})
        thena = connect(sign_in(box["thena"]), clock)
        await thena.check()
        await thena.check()
        with pytest.raises(Throttled) as told:
            await thena.check()
        assert timedelta(0) < told.value.retry_after <= timedelta(seconds=61)
        assert await thena.search.search(SearchQuestion("qqzz"), 5) == SearchPage(total=0)
        clock.advance(62)
        assert (await thena.check()).verified
        statuses = {status for path in box["thena"].counts().values() for status in path}
        assert "429" not in statuses
        await thena.aclose()


async def _any_ticket(server: VendorServer) -> RemoteTicket:
    connection = connect(sign_in(server), SystemClock())
    try:
        return await first(connection)
    finally:
        await connection.aclose()


async def _closing(thena: Connection, count: int) -> list[TicketEdit]:
    """Changes that close open tickets of one team."""
    found = await thena.probe()
    remotes = [remote for page in await pages(thena) for remote in page.tickets]
    group = remotes[0].ticket.group
    assert group is not None
    closed = next(choice for choice in found.states_for(group.id) if choice.state is State.CLOSED)
    still_open = [r.ticket for r in remotes if r.ticket.group == group and not r.ticket.state.is_done]
    return [TicketEdit(ticket, state_id=closed.id) for ticket in still_open[:count]]


def _patches(server: VendorServer) -> int:
    return sum(sum(n.values()) for path, n in server.counts().items() if path.startswith("PATCH"))


async def _state_ids(thena: Connection, edits: list[TicketEdit]) -> set[str]:
    return {(await thena.tickets.ticket(edit.ticket.key.remote)).ticket.state_id for edit in edits}


async def test_equal_changes_that_wait_leave_together_and_every_ticket_has_them(server, thena):
    edits = await _closing(thena, 6)
    server.faults.add(FaultRule(FaultKind.LATENCY, seconds=0.1, methods=("PATCH",)))
    before = _patches(server)
    await asyncio.gather(*(thena.edits.edit(edit) for edit in edits))
    assert _patches(server) - before == 2
    assert await _state_ids(thena, edits) == {edits[0].state_id}


async def test_a_ticket_that_is_left_out_of_a_common_change_is_told_why_and_the_others_have_it(server, thena):
    *edits, odd = await _closing(thena, 4)
    gone = replace(odd.ticket, key=replace(odd.ticket.key, remote="TKTNOSUCH"))
    told = await asyncio.gather(
        *(thena.edits.edit(edit) for edit in (*edits, replace(odd, ticket=gone))), return_exceptions=True
    )
    assert [type(each) for each in told[1:]] == [type(None), type(None), Invalid]
    assert "not found" in str(told[-1])
    assert await _state_ids(thena, edits) == {edits[0].state_id}


async def test_where_no_common_change_is_taken_each_ticket_is_changed_by_itself(server, thena):
    edits = await _closing(thena, 4)
    server.faults.add(FaultRule(FaultKind.STATUS, status=404, path="/bulk", methods=("PATCH",)))
    await asyncio.gather(*(thena.edits.edit(edit) for edit in edits))
    assert await _state_ids(thena, edits) == {edits[0].state_id}


async def test_a_common_change_without_an_answer_leaves_every_ticket_of_it_unknown(server, thena):
    edits = await _closing(thena, 4)
    server.faults.add(FaultRule(FaultKind.ACCEPT_AND_DROP, path="/bulk", methods=("PATCH",)))
    told = await asyncio.gather(*(thena.edits.edit(edit) for edit in edits), return_exceptions=True)
    assert [type(each) for each in told[1:]] == [OutcomeUnknown] * 3
    assert await _state_ids(thena, edits) == {edits[0].state_id}


async def test_tickets_are_linked_and_made_sub_tickets_and_what_thena_refuses_is_no_success(thena, server):
    one, other = (await anext(aiter(thena.lister.iter_pages("", full=True)))).tickets[:2]
    remote, second = one.ticket.key.remote, other.ticket.key.remote
    for operation, name in ((LinkTickets(second, "B"), "linkedTicketId"), (MakeSubTicket(second, "B"), "subTicketId")):
        call = call_for(thena.operators, remote, operation)
        assert call is not None
        assert (await call()).remote_id == remote
        assert server.received()[-1]["fields"][name] == second
    itself = call_for(thena.operators, remote, LinkTickets(remote, "A"))
    missing = call_for(thena.operators, remote, LinkTickets("NOSUCH", "C"))
    assert itself is not None
    assert missing is not None
    with pytest.raises(Invalid):
        await itself()
    with pytest.raises(NotFound):
        await missing()
    server.faults.add(FaultRule(FaultKind.CUT_BODY, path="/v1/tickets/link"))
    unclear = call_for(thena.operators, remote, LinkTickets(second, "B"))
    assert unclear is not None
    with pytest.raises(OutcomeUnknown):
        await unclear()
