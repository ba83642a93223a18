"""One suite for all vendors: every adapter against its sandbox server, over real HTTP on loopback."""

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import get_args

import pytest
from tests.contract.vendor_cases import CASES
from tests.helpers.raw_servers import START, FakeClock, sign_in
from tests.helpers.vendor_writes import tickets_in_all

from deskhand.domain import plain
from deskhand.domain.accounts import SignIn
from deskhand.domain.capabilities import Capabilities, Feature, FieldKind, SendGuarantee
from deskhand.domain.commands import TicketOperation, feature_of
from deskhand.domain.ids import VendorId, new_command_id
from deskhand.domain.ports import Connection, NewTicket, OutgoingMessage, Receipt, TicketPage
from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotFound,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)
from deskhand.domain.threads import Visibility
from deskhand.domain.tickets import FieldValue, RemoteTicket
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

WRITING = ("POST", "PUT", "PATCH", "DELETE")

FACETS: dict[str, tuple[Feature, ...]] = {
    "lister": (Feature.LIST,),
    "threads": (Feature.THREAD,),
    "replies": (Feature.REPLY,),
    "notes": (Feature.NOTE,),
    "edits": (Feature.STATE, Feature.PRIORITY, Feature.ASSIGN, Feature.TAGS, Feature.SUBJECT, Feature.FIELDS),
    "creator": (Feature.CREATE,),
    "search": (Feature.SEARCH,),
    "downloads": (Feature.DOWNLOAD,),
    "records": (Feature.RECORDS,),
}
"""A facet is there exactly where one of its features is."""


@dataclass(frozen=True)
class ConnectedVendor:
    """A connection to a vendor, with the server behind it."""

    connection: Connection
    server: VendorServer
    capabilities: Capabilities

    async def pages(self, *, full: bool = True, cursor: str = "") -> list[TicketPage]:
        assert self.connection.lister is not None
        return [page async for page in self.connection.lister.iter_pages(cursor, full=full)]

    async def tickets(self) -> list[RemoteTicket]:
        return [remote for page in await self.pages() for remote in page.tickets]

    async def write(self) -> Callable[[], Awaitable[Receipt]]:
        """Return a write that is ready to go: an answer to a customer where tickets can be read, else a new ticket."""
        replies, creator = self.connection.replies, self.connection.creator
        if replies is not None and self.connection.lister is not None:
            free = [remote for remote in await self.tickets() if Feature.REPLY not in remote.ticket.blocked]
            assert free, f"no ticket of {self.server.vendor} takes a reply: set its VendorCase.tickets higher"
            remote = free[0]
            message = OutgoingMessage(remote.ticket, new_command_id(), "Thank you for asking.", written_at=START)
            return lambda: replies.send(message)
        assert creator is not None
        new = NewTicket(new_command_id(), filled(self.capabilities), START)
        return lambda: creator.create(new)


def filled(capabilities: Capabilities) -> dict[str, FieldValue]:
    """Fill the required fields of a new ticket as an agent would: a stage that belongs to the chosen pipeline."""
    samples = {FieldKind.EMAIL: "casey@example.com", FieldKind.NUMBER: "1", FieldKind.DATE: "2026-12-01"}
    values: dict[str, FieldValue] = {}
    groups = {group.id for group in capabilities.groups if group.parent is None}
    group: str | None = None
    for field in capabilities.create_form:
        if not field.required:
            continue
        choices = [choice for choice, _ in field.choices]
        states = [choice.id for choice in capabilities.states_for(group) if choice.id in choices]
        values[field.name] = (states or choices or [samples.get(field.kind, "A ticket made by a test")])[0]
        if values[field.name] in groups:
            group = str(values[field.name])
    return values


@pytest.fixture(scope="module", params=list(CASES))
def server(request: pytest.FixtureRequest) -> Iterator[VendorServer]:
    case = CASES[request.param]
    with serving(only=[case.vendor], tickets=tickets_in_all(case.vendor, case.tickets)) as box:
        yield box[request.param]


@pytest.fixture(autouse=True)
def no_faults_left(server: VendorServer) -> Iterator[None]:
    yield
    server.faults.clear()


def connect(server: VendorServer, given: SignIn | None = None) -> Connection:
    adapter = import_module(f"deskhand.vendors.{server.vendor}.adapter")
    connection: Connection = adapter.connect(given or sign_in(server), FakeClock())
    return connection


@asynccontextmanager
async def connected_to(server: VendorServer) -> AsyncIterator[ConnectedVendor]:
    """Sign in and find out what can be done, so that later calls need no new token."""
    connection = connect(server)
    try:
        await connection.check()
        yield ConnectedVendor(connection, server, await connection.probe())
    finally:
        await connection.aclose()


def has_no_key(connected: ConnectedVendor) -> bool:
    return connected.capabilities.guarantee is SendGuarantee.RECONCILABLE


async def problem_of(call: Callable[[], Awaitable[object]], server: VendorServer) -> DeskProblem:
    with pytest.raises(DeskProblem) as caught:
        await call()
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caught.value.detail
    for secret in server.credentials.values():
        assert len(secret) < 8 or secret not in told
    assert "not-the-secret" not in told
    return caught.value


async def reading(connected: ConnectedVendor) -> Callable[[], Awaitable[object]]:
    """Return the cheapest read of a ticket list."""
    lister = connected.connection.lister
    if lister is None:
        pytest.skip("nothing can be read from this vendor")

    async def first_page() -> TicketPage:
        return await anext(aiter(lister.iter_pages("", full=True)))

    return first_page


def test_every_registered_vendor_has_a_row():
    assert list(CASES) == list(REGISTRY)


async def test_an_account_with_all_scopes_can_do_what_the_documents_offer(server):
    info = REGISTRY[server.vendor].info
    async with connected_to(server) as connected:
        assert connected.capabilities.can == info.can
        assert connected.capabilities.cannot == info.cannot
        assert connected.capabilities.guarantee is info.guarantee


async def test_each_facet_is_there_exactly_where_its_feature_is(server):
    async with connected_to(server) as connected:
        for facet, features in FACETS.items():
            offered = any(feature in connected.capabilities for feature in features)
            assert (getattr(connected.connection, facet) is not None) == offered, facet
        operations = {feature_of(action) for action in get_args(TicketOperation)}
        carried_out = [feature_of(operator.kind) for operator in connected.connection.operators]
        assert sorted(carried_out) == sorted(operations & connected.capabilities.can)
        after = connected.capabilities.limits.files_after_message
        assert (connected.connection.files is not None) == (after and Feature.ATTACH in connected.capabilities)


async def test_what_is_not_offered_has_a_reason(server):
    async with connected_to(server) as connected:
        for feature in Feature:
            assert (connected.capabilities.reason(feature) is None) == (feature in connected.capabilities.can), feature
        assert not connected.capabilities.can & connected.capabilities.cannot.keys()


async def test_a_form_is_there_exactly_where_tickets_can_be_made(server):
    async with connected_to(server) as connected:
        assert bool(connected.capabilities.create_form) == (Feature.CREATE in connected.capabilities)
        assert not connected.capabilities.create_form or filled(connected.capabilities)


async def test_capabilities_survive_being_stored(server):
    async with connected_to(server) as connected:
        assert plain.loads(Capabilities, plain.dumps(connected.capabilities)) == connected.capabilities


async def test_the_right_credentials_are_verified_or_it_is_said_that_none_can_be(server):
    connection = connect(server)
    try:
        report = await connection.check()
        assert report.verified == REGISTRY[server.vendor].info.checks
        assert report.verified or report.note
    finally:
        await connection.aclose()


async def test_wrong_credentials_mean_that_the_agent_has_to_sign_in(server):
    info = REGISTRY[server.vendor].info
    if not info.checks:
        pytest.skip("no harmless call exists here")
    for kind in info.kinds:
        connection = connect(server, sign_in(server, kind=kind.id, wrong=True))
        try:
            assert type(await problem_of(connection.check, server)) is SignInNeeded
        finally:
            await connection.aclose()


@pytest.mark.parametrize(
    "address", ["", "http://api.example.com", "https://user:word@api.example.com", "not an address"]
)
def test_an_address_that_cannot_be_used_is_refused_at_its_field(server, address):
    given = replace(sign_in(server), base_url=address or " ")
    with pytest.raises(Invalid) as caught:
        connect(server, given)
    assert "base_url" in caught.value.fields


async def test_a_server_that_is_not_there_is_offline_for_reads_and_writes(server):
    async with connected_to(server) as connected:
        write = await connected.write()
        gone = connect(server, replace(sign_in(server), base_url="http://127.0.0.1:9"))
        try:
            lost = replace(connected, connection=gone)
            if gone.lister is not None:
                assert type(await problem_of(lost.pages, server)) is Offline
            else:
                new = NewTicket(new_command_id(), filled(connected.capabilities), START)
                assert gone.creator is not None
                creator = gone.creator
                assert type(await problem_of(lambda: creator.create(new), server)) is Offline
        finally:
            await gone.aclose()
        assert (await write()).remote_id


def test_the_sandbox_keeps_from_a_command_line_what_the_account_keeps_in_the_vault(server):
    kinds = REGISTRY[VendorId(server.vendor)].info.kinds
    assert server.secrets == {kind.secret.name for kind in kinds} & server.credentials.keys()


async def test_two_list_syncs_give_every_ticket_once(server):
    async with connected_to(server) as connected:
        if connected.connection.lister is None:
            pytest.skip("nothing can be read from this vendor")
        held = sorted(ticket["id"] for ticket in server.tickets())
        for _ in range(2):
            pages = await connected.pages()
            assert sorted(remote.ticket.key.remote for page in pages for remote in page.tickets) == held
            assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
            assert not any(page.left_out for page in pages)


async def test_a_list_sync_that_was_stopped_goes_on_where_it_stopped(server):
    async with connected_to(server) as connected:
        if connected.connection.lister is None:
            pytest.skip("nothing can be read from this vendor")
        case = CASES[VendorId(server.vendor)]
        if not case.pages_list:
            pytest.skip("this vendor gives all in one page")
        pages = await connected.pages()
        half = len(pages) // 2
        assert half, f"{case.tickets} tickets make one page: set VendorCase.tickets of {case.vendor} higher"
        rest = await connected.pages(cursor=pages[half - 1].cursor)
        first = {remote.ticket.key.remote for page in pages[:half] for remote in page.tickets}
        second = {remote.ticket.key.remote for page in rest for remote in page.tickets}
        assert first | second == {ticket["id"] for ticket in server.tickets()}
        assert len(rest) <= len(pages) - half + 1


async def test_the_vendors_own_message_is_shown(server):
    async with connected_to(server) as connected:
        if connected.connection.lister is None:
            pytest.skip("nothing can be read from this vendor")
        held = {ticket["id"]: ticket["subject"] for ticket in server.tickets()}
        for remote in await connected.tickets():
            ticket = remote.ticket
            assert ticket.subject == held[ticket.key.remote]
            assert ticket.vendor_state
            assert ticket.vendor_state in remote.raw


async def test_conversations_are_read_as_they_are_held(server):
    async with connected_to(server) as connected:
        if connected.connection.threads is None or connected.connection.lister is None:
            pytest.skip("no conversations can be read from this vendor")
        for remote in (await connected.tickets())[:40]:
            thread = await connected.connection.threads.thread(remote.ticket.key.remote)
            held = server.ticket(remote.ticket.key.remote)
            assert held is not None
            public = [said for said in thread.messages if said.visibility is Visibility.PUBLIC]
            # Thena's description of a ticket stands before its comments, and has no id at the vendor.
            suffix = CASES[VendorId(server.vendor)].message_suffix
            ours = [said.id for said in public if not (suffix and said.id.endswith(suffix))]
            assert ours == [said["id"] for said in held["messages"] if not said["internal"]]
            assert len({said.id for said in thread.messages}) == len(thread.messages)
            assert thread.complete
            assert thread.ticket is None or thread.ticket.ticket.key == remote.ticket.key


async def test_a_ticket_that_is_not_there_is_gone(server):
    async with connected_to(server) as connected:
        readers = [
            reader for reader in (connected.connection.threads, connected.connection.tickets) if reader is not None
        ]
        if not readers:
            pytest.skip("nothing can be read from this vendor")
        for reader in readers:
            read = reader.thread if hasattr(reader, "thread") else reader.ticket
            for remote in ("no-such-ticket", "..", "a/b?c"):
                assert type(await problem_of(partial(read, remote), server)) is NotFound


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda faults: faults.status(500, times=None), VendorDown),
        (lambda faults: faults.status(503, times=None), VendorDown),
        (lambda faults: faults.drop_before(times=None), VendorDown),
        (lambda faults: faults.cut_body(times=None), VendorDown),
        (lambda faults: faults.html_instead(times=None), UnexpectedResponse),
        (lambda faults: faults.status(418, times=None), UnexpectedResponse),
    ],
)
async def test_a_failed_read_says_what_has_to_happen_next(server, fault, expected):
    async with connected_to(server) as connected:
        read = await reading(connected)
        await read()
        fault(server.faults)
        assert type(await problem_of(read, server)) is expected


@pytest.mark.parametrize(
    "fault",
    [
        lambda faults: faults.status(500),
        lambda faults: faults.drop_before(),
        lambda faults: faults.cut_body(),
        lambda faults: faults.status(429, retry_after=3),
    ],
)
async def test_a_read_that_fails_once_is_not_noticed(server, fault):
    async with connected_to(server) as connected:
        read = await reading(connected)
        fault(server.faults)
        assert await read()


@pytest.mark.parametrize("status", [429, 503])
async def test_an_ordered_wait_is_respected(server, status):
    async with connected_to(server) as connected:
        read = await reading(connected)
        await read()
        server.faults.status(status, retry_after=90)
        problem = await problem_of(read, server)
        assert isinstance(problem, Throttled)
        assert problem.retry_after == timedelta(seconds=90)
        before = server.counts()
        assert isinstance(await problem_of(read, server), Throttled)
        assert server.counts() == before


@pytest.mark.parametrize(
    ("fault", "happened"),
    [
        (lambda faults: faults.accept_and_drop(methods=WRITING), True),
        (lambda faults: faults.accept_and_status(500, methods=WRITING), True),
        (lambda faults: faults.accept_and_status(504, methods=WRITING), True),
        (lambda faults: faults.drop_before(methods=WRITING), False),
        (lambda faults: faults.cut_body(methods=WRITING), True),
        (lambda faults: faults.html_instead(methods=WRITING), False),
        (lambda faults: faults.status(500, methods=WRITING), False),
        (lambda faults: faults.status(502, methods=WRITING), False),
        (lambda faults: faults.status(503, methods=WRITING), False),
    ],
)
async def test_a_write_without_proof_has_an_unknown_outcome_and_is_not_repeated(server, fault, happened):
    async with connected_to(server) as connected:
        write = await connected.write()
        before = len(server.received())
        fault(server.faults)
        assert type(await problem_of(write, server)) is OutcomeUnknown
        assert len(server.received()) == before + happened


async def test_a_write_that_was_asked_to_wait_surely_did_nothing(server):
    async with connected_to(server) as connected:
        write = await connected.write()
        before = len(server.received())
        server.faults.status(429, retry_after=90, methods=WRITING)
        problem = await problem_of(write, server)
        assert isinstance(problem, Throttled)
        assert problem.retry_after == timedelta(seconds=90)
        assert len(server.received()) == before


async def test_an_overloaded_gateway_proves_nothing_of_what_must_not_happen_twice(server):
    async with connected_to(server) as connected:
        write = await connected.write()
        server.faults.accept_and_status(503, retry_after=90, methods=WRITING)
        problem = await problem_of(write, server)
        assert type(problem) is (OutcomeUnknown if has_no_key(connected) else Throttled)
        assert isinstance(await problem_of(write, server), Throttled), "the wait is respected all the same"


async def test_a_write_is_proven_by_the_vendors_id_of_what_it_made(server):
    async with connected_to(server) as connected:
        receipt = await (await connected.write())()
        arrived = server.received()[-1]
        assert receipt.remote_id in (arrived["remote"], arrived["ticket"], arrived["key"])


async def test_a_token_that_ended_early_is_renewed_without_a_message(server):
    async with connected_to(server) as connected:
        read = await reading(connected)
        server.faults.expire_tokens()
        assert await read()
        write = await connected.write()
        before = len(server.received())
        assert (await write()).remote_id
        assert len(server.received()) == before + 1


async def test_a_token_that_ends_under_way_never_makes_a_write_without_a_key_happen_twice(server):
    async with connected_to(server) as connected:
        write = await connected.write()
        before = len(server.received())
        server.faults.accept_and_status(401, methods=WRITING)
        if has_no_key(connected):
            assert type(await problem_of(write, server)) is OutcomeUnknown
            assert len(server.received()) == before + 1
        elif CASES[VendorId(server.vendor)].renews_tokens:
            assert (await write()).remote_id
            assert len({each["key"] for each in server.received()[before:]}) == 1
        else:
            assert type(await problem_of(write, server)) is SignInNeeded


async def test_a_closed_connection_sends_nothing(server):
    async with connected_to(server) as connected:
        write = await connected.write()
        await connected.connection.aclose()
        before = server.counts()
        assert type(await problem_of(write, server)) is Offline
        assert server.counts() == before
