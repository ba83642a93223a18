"""Every write and every read of every vendor, answered by what proves nothing: what is called done has happened, once.

A spoiling server stands between the adapter and the sandbox vendor. It answers a request itself, either in the vendor's place or after
the vendor has carried it out, as captive portals, proxies, gateways and broken connections do.
"""

import asyncio
import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.helpers.faulty_proxy import LOGIN_PAGE, REFUSALS, UNPROVEN, UNUSUAL, ResponseFaults, faulty_proxy
from tests.helpers.narrowing import not_none
from tests.helpers.raw_servers import FakeClock, reply, sign_in

from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.commands import PushRecord
from deskhand.domain.ids import AccountId, BlobId, TicketKey, new_command_id
from deskhand.domain.ports import Connection, LoadedFile, NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import (
    AppliedDifferently,
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
)
from deskhand.domain.threads import OutgoingFile, RemoteThread
from deskhand.domain.tickets import Person, Ticket
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer

Call = Callable[[], Awaitable[object]]


def older(good: bytes) -> bytes:
    """Right in form, and an answer to something before."""
    return reply("200 OK", good)


@dataclass
class FaultyVendor:
    """One vendor with a spoiling server in front, and the adapter that talks to it."""

    server: VendorServer
    faults: ResponseFaults
    address: str
    connection: Connection
    capabilities: Capabilities = field(default_factory=Capabilities)
    ticket: Ticket = field(default_factory=lambda: Ticket(TicketKey(AccountId("acc"), "")))
    same_group: list[Ticket] = field(default_factory=list)
    """Tickets of the same group, this one among them."""
    attempt: int = 0

    async def reconnect(self) -> None:
        """Connect anew: no earlier refusal and no wait holds it back."""
        await self.connection.aclose()
        self.connection = connect(self.server, self.address)
        await self.connection.check()

    def choose(self, choices: list[Any]) -> Any:
        """Return another of these each time, and the first one only at the first: its answer comes again."""
        rest = choices[1:] or choices
        return choices[0] if self.attempt == 1 else rest[self.attempt % len(rest)]


SETTINGS = {"routera": {"custom_fields": "last_note = Last note"}}


def connect(server: VendorServer, address: str) -> Connection:
    adapter = import_module(f"deskhand.vendors.{server.vendor}.adapter")
    given = sign_in(server, base_url=address)
    connection: Connection = adapter.connect(
        replace(given, settings={**given.settings, **SETTINGS.get(server.vendor, {})}), FakeClock()
    )
    return connection


Make = Callable[[FaultyVendor], Awaitable[Call]]
Value = Callable[[FaultyVendor, Ticket], Any]


@dataclass(frozen=True)
class Write:
    """A write.

    Attributes:
        name: the action that the agent takes, or one part of it; a field by its vendor's name.
        request: its method and path, as an expression.
        make: prepares it; each time with another value.
        once: it carries no key, so that it leaves once only.
        step: it is a part of a write that ends with another request.
        effects: how much has happened where it counts as done.
    """

    vendor: str
    name: str
    request: str
    make: Make
    once: bool = False
    step: bool = False
    effects: int = 1

    def matches(self, method: str, path: str) -> bool:
        return re.fullmatch(self.request, f"{method} {path.partition('?')[0]}") is not None


def edit(**change: Value) -> Make:
    """Return how a change is made, to a value that the ticket does not have."""

    async def make(faulty_vendor: FaultyVendor) -> Call:
        assert faulty_vendor.connection.edits is not None
        edits, reader, ticket = faulty_vendor.connection.edits, faulty_vendor.connection.tickets, faulty_vendor.ticket
        faulty_vendor.attempt += 1
        if reader is not None:
            ticket = (await reader.ticket(ticket.key.remote)).ticket
        wanted = TicketEdit(ticket, **{name: value(faulty_vendor, ticket) for name, value in change.items()})
        return lambda: edits.edit(wanted)

    return make


async def edit_three_at_once(faulty_vendor: FaultyVendor) -> Call:
    """Give three tickets an equal state: the first leaves alone, and the others come along with one another."""
    assert faulty_vendor.connection.edits is not None
    assert faulty_vendor.connection.tickets is not None
    edits, reader = faulty_vendor.connection.edits, faulty_vendor.connection.tickets
    faulty_vendor.attempt += 1
    tickets = [(await reader.ticket(one.key.remote)).ticket for one in faulty_vendor.same_group[:3]]
    now = {one.state_id for one in tickets}
    to = faulty_vendor.choose(
        [one.id for one in faulty_vendor.capabilities.states_for(not_none(tickets[0].group).id) if one.id not in now]
    )
    wanted = [TicketEdit(one, state_id=to) for one in tickets]

    async def call() -> None:
        done = await asyncio.gather(*(edits.edit(one) for one in wanted), return_exceptions=True)
        for problem in done:
            if isinstance(problem, BaseException):
                raise problem

    return call


async def close(faulty_vendor: FaultyVendor) -> Call:
    """Close a ticket that a reply has opened again."""
    await (await send("replies")(faulty_vendor))()
    return await edit(state_id=closed)(faulty_vendor)


def state(faulty_vendor: FaultyVendor, ticket: Ticket) -> str:
    group = ticket.group.id if ticket.group else None
    return faulty_vendor.choose(
        [one.id for one in faulty_vendor.capabilities.states_for(group) if one.id != ticket.state_id]
    )


def priority(faulty_vendor: FaultyVendor, ticket: Ticket) -> str:
    labels = [one.id for one in faulty_vendor.capabilities.priorities]
    labels = labels if len(labels) > 1 else ["high", "low", "normal"]
    return faulty_vendor.choose([label for label in labels if label != ticket.priority_id])


def somebody(faulty_vendor: FaultyVendor, ticket: Ticket) -> Person:
    people = faulty_vendor.capabilities.agents or (Person(email="kenji@example.com"), Person(email="jane@example.com"))
    return faulty_vendor.choose([one for one in people if one.email and not one.is_same(ticket.assignee)])


def agent(faulty_vendor: FaultyVendor, _ticket: Ticket) -> Person:
    return Person(f"Agent {faulty_vendor.attempt}", id=f"AGT-{faulty_vendor.attempt}")


def yes(_faulty_vendor: FaultyVendor, _ticket: Ticket) -> bool:
    return True


def closed(_faulty_vendor: FaultyVendor, _ticket: Ticket) -> str:
    return "closed"


def tags(faulty_vendor: FaultyVendor, _ticket: Ticket) -> tuple[str, ...]:
    return (f"tag-{faulty_vendor.attempt}", "vip")


def text(name: str) -> Value:
    return lambda faulty_vendor, _ticket: {name: f"Changed {faulty_vendor.attempt}"}


def listed(name: str) -> Value:
    """Another of the choices that the account's form offers for a field."""

    def value(faulty_vendor: FaultyVendor, ticket: Ticket) -> dict[str, str]:
        field = next(one for one in faulty_vendor.capabilities.custom_fields if one.name == name)
        now = ticket.fields.get(name)
        return {name: faulty_vendor.choose([choice for choice, _ in field.choices if choice != now])}

    return value


def pipeline(faulty_vendor: FaultyVendor, ticket: Ticket) -> dict[str, str]:
    return {
        "pipeline": faulty_vendor.choose([one.id for one in faulty_vendor.capabilities.groups if one != ticket.group])
    }


def its_stage(faulty_vendor: FaultyVendor, ticket: Ticket) -> str:
    """A stage of the pipeline that the ticket is put into, which is asked for beside it."""
    return faulty_vendor.capabilities.states_for(pipeline(faulty_vendor, ticket)["pipeline"])[0].id


def toggled(name: str) -> Value:
    return lambda _faulty_vendor, ticket: {name: not ticket.fields.get(name)}


def send(facet: str, cc: tuple[str, ...] = (), *, file: bool = False) -> Make:
    async def make(faulty_vendor: FaultyVendor) -> Call:
        sender = getattr(faulty_vendor.connection, facet)
        faulty_vendor.attempt += 1
        body = f"Thank you, we look into it. ({faulty_vendor.attempt})"
        files = (photo(faulty_vendor),) if file else ()
        message = OutgoingMessage(
            faulty_vendor.ticket, new_command_id(), body, cc=cc, files=files, written_at=datetime.now(UTC)
        )
        return lambda: sender.send(message)

    return make


def photo(faulty_vendor: FaultyVendor) -> LoadedFile:
    data = b"png" * (faulty_vendor.attempt + 1)
    return LoadedFile(
        OutgoingFile(BlobId("b1"), f"photo-{faulty_vendor.attempt}.png", len(data), "image/png", "sha"), data
    )


def create(**fields: str) -> Make:
    async def make(faulty_vendor: FaultyVendor) -> Call:
        assert faulty_vendor.connection.creator is not None
        creator = faulty_vendor.connection.creator
        faulty_vendor.attempt += 1
        choices = {one.name: one.choices[0][0] for one in faulty_vendor.capabilities.create_form if one.choices}
        values = {
            name: value.replace("#", str(faulty_vendor.attempt)) or choices[name] for name, value in fields.items()
        }
        new = NewTicket(new_command_id(), values, datetime.now(UTC))
        return lambda: creator.create(new)

    return make


def push(kind: str, **fields: str) -> Make:
    async def make(faulty_vendor: FaultyVendor) -> Call:
        assert faulty_vendor.connection.records is not None
        records = faulty_vendor.connection.records
        faulty_vendor.attempt += 1
        values = {name: value.replace("#", str(faulty_vendor.attempt)) for name, value in fields.items()}
        record = PushRecord(kind, f"X-{faulty_vendor.attempt}", values)
        return lambda: records.push(record, new_command_id())

    return make


async def attach(faulty_vendor: FaultyVendor) -> Call:
    assert faulty_vendor.connection.files is not None
    files, ticket = faulty_vendor.connection.files, faulty_vendor.ticket
    sent: Any = await (await send("replies")(faulty_vendor))()
    message = sent.remote_id
    file = photo(faulty_vendor)
    return lambda: files.attach(ticket.key.remote, message, file)


NEW_RECORD = create(ticket_name="Made by a test #", pipeline="default", ticket_stage="new")


async def made(faulty_vendor: FaultyVendor) -> str:
    receipt: Any = await (await NEW_RECORD(faulty_vendor))()
    return str(receipt.remote_id)


async def archive(faulty_vendor: FaultyVendor) -> Call:
    assert faulty_vendor.connection.archiver is not None
    archiver, remote = faulty_vendor.connection.archiver, await made(faulty_vendor)
    return lambda: archiver.archive(remote)


async def dispatch(faulty_vendor: FaultyVendor) -> Call:
    assert faulty_vendor.connection.dispatcher is not None
    dispatcher, remote = faulty_vendor.connection.dispatcher, await made(faulty_vendor)
    router = faulty_vendor.capabilities.routers[0][0]
    return lambda: dispatcher.dispatch(remote, router)


NEXUSCORE_NEW = {
    "brand_id": "",
    "subject": "Made by a test #",
    "description": "It never came.",
    "customer.email": "casey@example.com",
}
THENA_NEW = {"title": "Made by a test #", "requestorEmail": "casey@example.com", "teamId": ""}
UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

WRITES = (
    Write("nexuscore", "state", r"PATCH /v1/tickets/[^/]+", edit(state_id=state)),
    Write("nexuscore", "priority", r"PATCH /v1/tickets/[^/]+", edit(priority_id=priority)),
    Write("nexuscore", "assignee", r"PATCH /v1/tickets/[^/]+", edit(assign=yes, assignee=somebody)),
    Write("nexuscore", "tags", r"PATCH /v1/tickets/[^/]+", edit(tags=tags)),
    Write("nexuscore", "reply", r"POST /v1/tickets/[^/]+/messages", send("replies"), once=True),
    Write(
        "nexuscore",
        "reply with a copy and a file",
        r"POST /v1/tickets/[^/]+/messages",
        send("replies", ("casey@example.com",), file=True),
        once=True,
    ),
    Write("nexuscore", "file: its place", r"POST /v1/attachments", send("replies", file=True), step=True),
    Write("nexuscore", "file: its bytes", r"PUT /storage/[^/]+", send("replies", file=True), step=True),
    Write("nexuscore", "create", r"POST /v1/tickets", create(**NEXUSCORE_NEW), once=True),
    Write("thena", "state", r"PATCH /v1/tickets/[^/]+", edit(state_id=state)),
    Write("thena", "priority", r"PATCH /v1/tickets/[^/]+", edit(priority_id=priority)),
    Write("thena", "assignee", r"PATCH /v1/tickets/[^/]+", edit(assign=yes, assignee=somebody)),
    Write("thena", "subject", r"PATCH /v1/tickets/[^/]+", edit(fields=text("subject"))),
    Write("thena", "aiGeneratedSummary", r"PATCH /v1/tickets/[^/]+", edit(fields=text("aiGeneratedSummary"))),
    Write("thena", "typeId", r"PATCH /v1/tickets/[^/]+", edit(fields=listed("typeId"))),
    Write("thena", "sentimentId", r"PATCH /v1/tickets/[^/]+", edit(fields=listed("sentimentId"))),
    Write("thena", "isPrivate", r"PATCH /v1/tickets/[^/]+", edit(fields=toggled("isPrivate"))),
    Write("thena", "state of several", r"PATCH /v1/tickets/bulk", edit_three_at_once, effects=3),
    Write("thena", "reply", r"POST /v1/tickets/[^/]+/comment", send("replies")),
    Write("thena", "note", r"POST /v1/tickets/[^/]+/comment", send("notes")),
    Write("thena", "create", r"POST /v1/tickets", create(**THENA_NEW)),
    Write("mijnklantportaal", "reply", r"POST /v1/tickets/[^/]+", send("replies"), once=True),
    Write("mijnklantportaal", "state", r"PATCH /v1/tickets/[^/]+", close),
    Write("mijnklantportaal", "file", r"POST /v1/tickets/[^/]+/message/[^/]+/attachment", attach, once=True),
    Write("routera", "state", r"PATCH /tickets/[^/]+", edit(state_id=state)),
    Write("routera", "assignee", r"PATCH /tickets/[^/]+", edit(assign=yes, assignee=somebody)),
    Write("routera", "subject", r"PATCH /tickets/[^/]+", edit(fields=text("subject"))),
    Write("routera", "pipeline", r"PATCH /tickets/[^/]+", edit(fields=pipeline, state_id=its_stage)),
    Write("routera", "last_note", r"PATCH /tickets/[^/]+", edit(fields=text("last_note"))),
    Write("routera", "create", r"POST /tickets", NEW_RECORD),
    Write("routera", "archive", r"DELETE /tickets/[^/]+", archive),
    Write("routera", "dispatch", r"POST /dispatch/router", dispatch, once=True),
    Write("thalamus", "state", r"POST /api/v1/ticket/[^/]+", edit(state_id=state)),
    Write("thalamus", "priority", r"POST /api/v1/ticket/[^/]+", edit(priority_id=priority)),
    Write("thalamus", "assignee", r"POST /api/v1/ticket/[^/]+", edit(assign=yes, assignee=agent)),
    Write("thalamus", "subject", r"POST /api/v1/ticket/[^/]+", edit(fields=text("subject"))),
    *(
        Write("thalamus", name, r"POST /api/v1/ticket/[^/]+", edit(fields=text(name)))
        for name in (
            "type",
            "category",
            "subcategory",
            "organization_external_id",
            "contact_external_id",
            "external_group_id",
        )
    ),
    Write("thalamus", "reply", r"POST /api/v1/ticket/[^/]+/comment", send("replies")),
    Write("thalamus", "note", r"POST /api/v1/ticket/[^/]+/comment", send("notes")),
    Write("thalamus", "create", r"POST /api/v1/ticket/[^/]+", create(title="Made by a test #")),
    Write(
        "thalamus",
        "create: its first words",
        r"POST /api/v1/ticket/[^/]+/comment",
        create(title="Made by a test #", comment="It never came."),
        step=True,
    ),
    Write("thalamus", "contact", r"POST /api/v1/contact/[^/]+", push("contact", name="Casey #")),
    Write("thalamus", "organization", r"POST /api/v1/organization/[^/]+", push("organization", name="Acme #")),
    Write(
        "thalamus",
        "status",
        r"POST /api/v1/partner/reference/status",
        push("status", label="Waiting #", mapped_status="pending"),
    ),
    Write(
        "thalamus",
        "category",
        r"POST /api/v1/reference/category",
        push("category", value="technical", label="Technical #", type_value="support"),
    ),
    Write("thalamus", "agent", r"POST /api/v1/reference/agent", push("agent", name="Jane #")),
    Write(
        "thalamus",
        "queue",
        r"POST /api/v1/queue",
        push("queue", type="callback", phone="+3161234567#", campaign_uuid=UUID, skill_uuid=UUID),
        once=True,
    ),
)


@asynccontextmanager
async def serve_faulty_vendor(vendor: str) -> AsyncIterator[FaultyVendor]:
    with serving(only=[vendor], tickets=40) as box:
        server = box[vendor]
        async with faulty_proxy(server.base_url) as (place, faults):
            address = place + urlsplit(server.base_url).path.rstrip("/")
            faulty_vendor = FaultyVendor(server, faults, address, connect(server, address))
            try:
                await faulty_vendor.connection.check()
                faulty_vendor.capabilities = await faulty_vendor.connection.probe()
                faulty_vendor.same_group = await tickets_alike(faulty_vendor)
                faulty_vendor.ticket = faulty_vendor.same_group[0]
                yield faulty_vendor
            finally:
                faults.matches = None
                await faulty_vendor.connection.aclose()


async def tickets_alike(faulty_vendor: FaultyVendor) -> list[Ticket]:
    if faulty_vendor.connection.lister is None:
        return [Ticket(TicketKey(AccountId("acc"), faulty_vendor.server.tickets()[0]["id"]))]
    pages = [page async for page in faulty_vendor.connection.lister.iter_pages("", full=False)]
    free = [one.ticket for page in pages for one in page.tickets if not one.ticket.blocked]
    return [ticket for ticket in free if ticket.group == free[0].group]


async def ended(call: Call) -> DeskProblem | None:
    """Return the problem that a call ended with, None where it counts as done."""
    try:
        await call()
    except DeskProblem as problem:
        return problem
    return None


def named(writes: tuple[Write, ...]) -> list[Any]:
    return [pytest.param(write, id=f"{write.vendor}-{write.name}") for write in writes]


UNSURE = (OutcomeUnknown, AppliedDifferently, Throttled, type(None))
"""How a write may end after an answer that proves nothing: done, where looking shows it."""


@pytest.mark.parametrize("write", named(WRITES))
@pytest.mark.parametrize("forward", [False, True], ids=["before", "after"])
async def test_a_write_counts_as_done_only_where_it_has_happened(write, forward):
    # An older answer that shows the ticket closed, or names it as changed, cannot be told from a new one.
    replays = {} if not forward and write.make in (close, edit_three_at_once) else {"an older answer": older} | UNUSUAL
    answers = UNPROVEN | REFUSALS | replays
    if write.make is dispatch:
        del answers["other words"]  # a router may set any field, in its own words, and no call shows which
    async with serve_faulty_vendor(write.vendor) as faulty_vendor:
        faulty_vendor.faults.watch = write.matches
        assert await ended(await write.make(faulty_vendor)) is None, "unspoilt it works"
        assert len(faulty_vendor.faults.body) > 10 or write.step
        wrong = {}
        for name, answer in answers.items():
            call = await write.make(faulty_vendor)
            before = len(faulty_vendor.server.received())
            faulty_vendor.faults.matches, faulty_vendor.faults.forward, faulty_vendor.faults.make_response = (
                write.matches,
                forward,
                answer,
            )
            faulty_vendor.faults.count = 0
            problem = await ended(call)
            faulty_vendor.faults.matches = None
            happened = [entry["kind"] for entry in faulty_vendor.server.received()[before:]]
            effects = len(happened)
            if problem is None and effects < write.effects:
                wrong[name] = "called done, and it never happened"
            elif any(happened.count(kind) > 1 for kind in ("message", "note", "ticket", "record")):
                wrong[name] = f"happened more than once: {happened}"
            elif write.once and faulty_vendor.faults.count != 1:
                wrong[name] = f"left {faulty_vendor.faults.count} times"
            elif name not in REFUSALS and not isinstance(
                problem, (*UNSURE, *((Invalid, NotAllowed) if write.step else ()))
            ):
                wrong[name] = f"taken for {type(problem).__name__}"
            elif write.once and name not in REFUSALS and isinstance(problem, Throttled):
                wrong[name] = "would be sent again by itself"
            if not isinstance(problem, OutcomeUnknown | None) or name in REFUSALS or "503" in name:
                await faulty_vendor.reconnect()
        assert not wrong


def login_page(page: bytes, _good: bytes) -> bytes:
    """Answer with this page, whatever the vendor would have said."""
    return page


@pytest.mark.parametrize("write", named(WRITES))
async def test_a_network_that_answers_everything_with_its_login_page_proves_nothing(write):
    async with serve_faulty_vendor(write.vendor) as faulty_vendor:
        for page in (
            reply("200 OK", LOGIN_PAGE, "text/html"),
            reply("200 OK", LOGIN_PAGE),
            reply("404 Not Found", LOGIN_PAGE, "text/html"),
        ):
            call = await write.make(faulty_vendor)
            before = len(faulty_vendor.server.received())
            faulty_vendor.faults.matches, faulty_vendor.faults.make_response = (
                (lambda _method, _path: True),
                partial(login_page, page),
            )
            problem = await ended(call)
            faulty_vendor.faults.matches = None
            assert isinstance(problem, OutcomeUnknown | Throttled)
            assert not write.once or "reply" in write.name or isinstance(problem, OutcomeUnknown)
            assert len(faulty_vendor.server.received()) == before
            await faulty_vendor.reconnect()


def offered(capabilities: Capabilities) -> set[str]:
    """Name every write that an account offers: actions, and fields by the vendor's names."""
    labels = {
        Feature.REPLY: "reply",
        Feature.NOTE: "note",
        Feature.STATE: "state",
        Feature.PRIORITY: "priority",
        Feature.ASSIGN: "assignee",
        Feature.TAGS: "tags",
        Feature.SUBJECT: "subject",
        Feature.CREATE: "create",
        Feature.ARCHIVE: "archive",
        Feature.DISPATCH: "dispatch",
        Feature.ATTACH: "file",
    }
    found = {labels[feature] for feature in capabilities.can & labels.keys()}
    if Feature.FIELDS in capabilities:
        found |= {field.name for field in capabilities.custom_fields}
    if Feature.RECORDS in capabilities:
        found |= {form.kind for form in capabilities.records}
    return found


VENDORS = tuple(dict.fromkeys(write.vendor for write in WRITES))


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_write_that_an_account_offers_is_spoilt_here(vendor):
    rows = {write.name.partition(":")[0] for write in WRITES if write.vendor == vendor}
    async with serve_faulty_vendor(vendor) as faulty_vendor:
        assert offered(faulty_vendor.capabilities) <= rows
    assert set(VENDORS) == {str(vendor) for vendor in REGISTRY}


def test_every_action_is_a_write_of_some_vendor_here():
    """A new action, or a new feature that changes something, has to be named above."""
    reading = {Feature.LIST, Feature.THREAD, Feature.SEARCH, Feature.DOWNLOAD, Feature.IMPORT}
    of_another = {
        Feature.CC,
        Feature.FIELDS,
        Feature.RECORDS,
    }  # a part of a reply; named field by field, and kind by kind
    everything = frozenset(Feature) - reading - of_another
    assert len(offered(Capabilities(can=everything))) == len(everything)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_every_call_that_writes_is_spoilt_here(vendor):
    """What leaves by `write` or `put_bytes` of the client is met by a row: each place in an adapter's `api.py` is one request."""
    source = inspect.getsource(import_module(f"deskhand.vendors.{vendor}.api"))
    places = len(re.findall(r"_client\.(?:write|put_bytes)\(", source))
    if vendor == "thalamus":  # eight endpoints, one place
        places = len(re.findall(r"return await self\._post\(", source))
    assert len({write.request for write in WRITES if write.vendor == vendor}) >= places


READS: dict[str, tuple[str, ...]] = {
    "nexuscore": ("walk", "thread", "ticket", "search", "check"),
    "thena": ("walk", "thread", "ticket", "search", "check"),
    "mijnklantportaal": ("walk", "thread", "ticket", "check"),
    "routera": ("walk", "ticket", "check"),
}


async def read(faulty_vendor: FaultyVendor, what: str) -> object:
    """Read, and return what came."""
    connection: Any = faulty_vendor.connection
    remote = faulty_vendor.ticket.key.remote
    match what:
        case "walk":
            return [page async for page in connection.lister.iter_pages("", full=True)]
        case "thread":
            return await connection.threads.thread(remote)
        case "ticket":
            return await connection.tickets.ticket(remote)
        case "search":
            return await connection.search.search("a", 10)
        case _:
            return await connection.check()


TOLERABLE: dict[str, tuple[str, ...]] = {
    "walk": ("another's", "numbers for texts"),
    "search": ("another's", "numbers for texts", "an empty list"),
}
"""Answers that a read may take for what they say: other tickets in the documented shape, and a search that found nothing."""


@pytest.mark.parametrize(("vendor", "what"), [(vendor, what) for vendor, all_of in READS.items() for what in all_of])
async def test_a_read_never_takes_a_spoilt_answer_for_an_empty_desk_or_a_ticket_that_is_gone(vendor, what):
    async with serve_faulty_vendor(vendor) as faulty_vendor:
        faulty_vendor.faults.matches = None
        whole = await read(faulty_vendor, what)
        wrong = {}
        for name, answer in (UNPROVEN | UNUSUAL).items():
            faulty_vendor.faults.matches = lambda _method, path: "token" not in path
            faulty_vendor.faults.forward, faulty_vendor.faults.make_response = True, answer
            problem, came = None, None
            try:
                came = await read(faulty_vendor, what)
            except DeskProblem as failed:
                problem = failed
            faulty_vendor.faults.matches = None
            said_so = isinstance(came, RemoteThread) and not came.complete
            tolerable = name in UNUSUAL or name in TOLERABLE.get(what, ()) or said_so
            if problem is None and not tolerable and came != whole:
                wrong[name] = f"read as {str(came)[:80]}"
            elif isinstance(problem, NotFound | SignInNeeded | Invalid):
                wrong[name] = f"taken for {type(problem).__name__}"
            await faulty_vendor.reconnect()
        assert not wrong
