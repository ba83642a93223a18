"""Mijn Klantportaal's adapter against its sandbox server; what holds for every vendor is in test_every_vendor.py."""

from collections.abc import AsyncIterator, Iterator

import pytest
from tests.helpers.narrowing import instance, not_none
from tests.helpers.raw_servers import FakeClock, sign_in

from deskhand.domain.capabilities import BodyFormat, Feature, Reason
from deskhand.domain.ids import BlobId, new_command_id
from deskhand.domain.ports import LoadedFile, OutgoingMessage, TicketEdit
from deskhand.domain.problems import Invalid, NotAllowed, NotInPlan, OutcomeUnknown, Throttled
from deskhand.domain.threads import OutgoingFile, Side
from deskhand.domain.tickets import State, Ticket
from deskhand.vendors.mijnklantportaal.adapter import MijnKlantportaal, connect
from deskhand_sandbox.mijnklantportaal import Server
from deskhand_sandbox.sandbox import serving

DEFAULTS = {
    "licensed": True,
    "scopes": "tickets.read tickets.write customers.read customers.write",
    "stray_comma": True,
    "rewriting": "as_sent",
    "rate_limits": False,
}


@pytest.fixture(scope="module")
def box() -> Iterator[Server]:
    with serving(only=["mijnklantportaal"], tickets=900) as sandbox:
        yield instance(sandbox["mijnklantportaal"], Server)


@pytest.fixture
def server(box: Server) -> Iterator[Server]:
    yield box
    box.faults.clear()
    box.set_switches(DEFAULTS)


@pytest.fixture
async def portal(server: Server) -> AsyncIterator[MijnKlantportaal]:
    connection = connect(sign_in(server), FakeClock())
    yield connection
    await connection.aclose()


async def tickets(portal: MijnKlantportaal) -> list[Ticket]:
    return [remote.ticket async for page in portal.lister.iter_pages("", full=True) for remote in page.tickets]


async def one(portal: MijnKlantportaal, state: str = "open", *, chat: bool = False) -> Ticket:
    return next(t for t in await tickets(portal) if t.state_id == state and (t.source == "chat") is chat)


def reply(ticket: Ticket, text: str = "We will look into it.", html: str = "") -> OutgoingMessage:
    return OutgoingMessage(ticket, new_command_id(), text, html)


def file(name: str = "scan.pdf") -> LoadedFile:
    return LoadedFile(OutgoingFile(BlobId("b1"), name, 9, "application/pdf", "sha"), b"%PDF scan")


def calls(server: Server, path: str) -> int:
    return sum(number for call, answers in server.counts().items() if path in call for number in answers.values())


@pytest.mark.parametrize("stray_comma", [True, False])
async def test_the_stray_comma_in_the_next_address_leads_nowhere(server, portal, stray_comma):
    server.set_switches({"stray_comma": stray_comma})
    assert len(await tickets(portal)) == len(server.tickets())


async def test_a_portal_without_the_licence_is_told_so(server, portal):
    server.set_switches({"licensed": False})
    with pytest.raises(NotInPlan):
        await portal.check()


async def test_a_key_without_the_scope_for_tickets_is_told_so(server, portal):
    server.set_switches({"scopes": "customers.read"})
    with pytest.raises(NotAllowed):
        await portal.check()


async def test_tickets_carry_their_customers_names(portal):
    found = await tickets(portal)
    named = [ticket for ticket in found if ticket.requester is not None]
    assert len(named) > len(found) * 0.8
    assert sum(bool(not_none(ticket.requester).name) for ticket in named) > len(named) * 0.9
    assert all(not_none(ticket.requester).id for ticket in named)


async def test_without_the_scope_for_customers_the_conversation_names_the_requester(server, portal):
    server.set_switches({"scopes": "tickets.read tickets.write"})
    found = await tickets(portal)
    assert all(ticket.requester is None for ticket in found)
    thread = await portal.threads.thread(found[0].key.remote)
    asker = next(said.author for said in thread.messages if said.side is Side.CUSTOMER)
    assert thread.ticket.ticket.requester.name == asker.name


async def test_each_name_is_asked_for_once(server, portal):
    await tickets(portal)
    before = calls(server, "/customers")
    await tickets(portal)
    assert calls(server, "/customers") == before


async def test_a_second_look_at_a_quiet_portal_costs_two_calls(server, portal):
    await tickets(portal)
    before = calls(server, "/tickets")
    pages = [page async for page in portal.lister.iter_pages("", full=False)]
    assert calls(server, "/tickets") - before == len(pages) == 2


async def test_an_old_ticket_that_a_customer_reopens_is_found_before_the_next_full_list_sync(server):
    clock = FakeClock()
    portal = connect(sign_in(server), clock)
    try:
        old = [ticket for ticket in await tickets(portal) if ticket.state is State.CLOSED][-1]
        server.add_customer_message(old.key.remote, "It is broken again.")
        clock.advance(60)
        pages = [page async for page in portal.lister.iter_pages("", full=False)]
        told = {remote.ticket.key.remote: remote.ticket.state for page in pages for remote in page.tickets}
        assert told[old.key.remote] is State.OPEN
    finally:
        await portal.aclose()


async def test_a_name_that_cannot_be_read_now_keeps_the_stored_one(server, portal):
    ticket = await one(portal)
    fresh = connect(sign_in(server), FakeClock())
    try:
        server.faults.status(500, times=None, path="/customers")
        thread = await fresh.threads.thread(ticket.key.remote)
        assert "requester" not in not_none(not_none(thread.ticket).known)
    finally:
        await fresh.aclose()


async def test_a_second_look_finds_what_is_new(server, portal):
    known = {ticket.key.remote for ticket in await tickets(portal)}
    remote = server.add_customer_message(text="Is there anybody?")
    made = server.add_customer_message() if remote in known else remote
    held = {ticket["id"] for ticket in server.tickets()}
    found = {r.ticket.key.remote async for page in portal.lister.iter_pages("", full=False) for r in page.tickets}
    assert held - known <= found
    assert made in held


async def test_an_interrupted_full_list_sync_goes_on_at_its_page(server, portal):
    pages = portal.lister.iter_pages("", full=True)
    first = await anext(aiter(pages))
    await pages.aclose()
    before = calls(server, "/tickets")
    rest = [page async for page in portal.lister.iter_pages(first.cursor, full=True)]
    assert calls(server, "/tickets") - before == len(rest)
    found = {remote.ticket.key.remote for page in (first, *rest) for remote in page.tickets}
    assert found == {ticket["id"] for ticket in server.tickets()}


@pytest.mark.parametrize("rewriting", ["as_sent", "wrapped", "normalised"])
async def test_a_reply_is_known_by_its_new_id_however_the_vendor_rewrites_it(server, portal, rewriting):
    server.set_switches({"rewriting": rewriting})
    ticket = await one(portal)
    text = "If a < b & c:\n\nit is <0> – “nothing” else. 😀"
    receipt = await portal.replies.send(reply(ticket, text))
    arrived = server.received()[-1]
    assert (arrived["remote"], arrived["ticket"]) == (receipt.remote_id, ticket.key.remote)
    assert receipt.message.side is Side.AGENT
    assert receipt.message.id == receipt.thread.messages[-1].id == receipt.remote_id


async def test_two_equal_replies_are_two_messages(server, portal):
    ticket = await one(portal)
    first, second = [await portal.replies.send(reply(ticket, "Thanks")) for _ in range(2)]
    assert first.remote_id != second.remote_id
    assert [entry["remote"] for entry in server.received()[-2:]] == [first.remote_id, second.remote_id]


async def test_a_customers_new_message_is_never_taken_for_ours(server, portal):
    ticket = await one(portal)
    await portal.threads.thread(ticket.key.remote)
    server.add_customer_message(ticket.key.remote, "We will look into it.")
    receipt = await portal.replies.send(reply(ticket))
    assert receipt.remote_id == server.received()[-1]["remote"]
    assert receipt.message.side is Side.AGENT


async def test_formatting_is_sent_as_html(server, portal):
    receipt = await portal.replies.send(reply(await one(portal), "bold", "<p><b>bold</b></p>"))
    assert server.received()[-1]["text"] == "<p><b>bold</b></p>"
    assert receipt.message.format is BodyFormat.HTML


async def test_a_reply_opens_a_closed_ticket_again_and_the_receipt_says_so(server, portal):
    ticket = await one(portal, "closed")
    assert ticket.blocked == {Feature.STATE: Reason.REOPENS_BY_REPLY_ONLY}
    assert (await portal.probe()).reply_reopens
    receipt = await portal.replies.send(reply(ticket))
    assert receipt.ticket.ticket.state is State.OPEN
    assert server.ticket(ticket.key.remote)["state"] == "open"


async def test_a_chat_takes_no_reply_and_says_so(server, portal):
    ticket = await one(portal, chat=True)
    assert ticket.blocked[Feature.REPLY] is Reason.CHAT_TICKET
    with pytest.raises(Invalid, match="chat"):
        await portal.replies.send(reply(ticket))


async def test_a_lost_look_before_sending_surely_sent_nothing(server, portal):
    ticket = await one(portal)
    before = len(server.received())
    server.faults.status(500, times=None, methods=("GET",))
    with pytest.raises(Throttled):
        await portal.replies.send(reply(ticket))
    assert len(server.received()) == before


async def test_closing_is_written_and_told(server, portal):
    ticket = await one(portal)
    told = await portal.edits.edit(TicketEdit(ticket, state_id="closed"))
    assert told.ticket.state is State.CLOSED
    assert told.ticket.blocked[Feature.STATE] is Reason.REOPENS_BY_REPLY_ONLY
    assert server.ticket(ticket.key.remote)["state"] == "closed"


async def test_what_a_colleague_closed_meanwhile_counts_as_done(server, portal):
    ticket = await one(portal)
    await portal.edits.edit(TicketEdit(ticket, state_id="closed"))
    again = await portal.edits.edit(TicketEdit(ticket, state_id="closed"))
    assert again.ticket.state is State.CLOSED


async def test_a_lost_answer_to_closing_is_unknown_and_closing_again_is_harmless(server, portal):
    ticket = await one(portal)
    server.faults.accept_and_drop(methods=("PATCH",))
    with pytest.raises(OutcomeUnknown):
        await portal.edits.edit(TicketEdit(ticket, state_id="closed"))
    assert (await portal.edits.edit(TicketEdit(ticket, state_id="closed"))).ticket.state is State.CLOSED


async def test_what_the_vendor_cannot_change_is_refused_without_a_call(server, portal):
    closed, opened = await one(portal, "closed"), await one(portal)
    before = server.counts()
    for edit in (
        TicketEdit(closed, state_id="open"),
        TicketEdit(opened, priority_id="high"),
        TicketEdit(opened, tags=("a",)),
        TicketEdit(opened, assign=True),
    ):
        with pytest.raises(Invalid):
            await portal.edits.edit(edit)
    assert await portal.edits.edit(TicketEdit(opened, state_id="open")) is None
    assert server.counts() == before


async def test_files_follow_their_message_one_by_one(server, portal):
    ticket = await one(portal)
    receipt = await portal.replies.send(reply(ticket))
    names = ("scan.pdf", "rekening é.pdf")
    threads = [await portal.files.attach(ticket.key.remote, receipt.remote_id, file(name)) for name in names]
    ours = next(said for said in threads[-1].messages if said.id == receipt.remote_id)
    assert [attachment.name for attachment in ours.attachments] == ["scan.pdf", "rekening é.pdf"]
    assert ours.attachments[0].size == 9
    assert ours.attachments[0].url == ""


async def test_a_file_that_comes_too_late_is_refused(server, portal):
    found = [t for t in await tickets(portal) if t.source != "chat"]
    thread = await portal.threads.thread(found[-1].key.remote)
    with pytest.raises(Invalid):
        await portal.files.attach(found[-1].key.remote, thread.messages[0].id, file())


async def test_a_lost_answer_to_an_upload_is_unknown(server, portal):
    ticket = await one(portal)
    receipt = await portal.replies.send(reply(ticket))
    server.faults.accept_and_drop(methods=("POST",))
    with pytest.raises(OutcomeUnknown):
        await portal.files.attach(ticket.key.remote, receipt.remote_id, file())


async def test_a_day_of_polling_never_meets_the_rate_limit():
    clock = FakeClock()
    with serving(only=["mijnklantportaal"], tickets=900, rate_limits=True, clock=clock.now) as sandbox:
        server = sandbox["mijnklantportaal"]
        connection = connect(sign_in(server), clock)
        try:
            found = await tickets(connection)
            for ticket in found[:150]:
                await connection.threads.thread(ticket.key.remote)
        finally:
            await connection.aclose()
        assert "429" not in str(server.counts())
