"""Every kind of write at a vendor, ready to be sent, and the server between adapter and vendor that spoils its answers."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from tests.helpers.faulty_proxy import ResponseFaults, faulty_proxy
from tests.helpers.narrowing import not_none
from tests.helpers.raw_servers import FakeClock, sign_in

from deskhand.domain.capabilities import Capabilities
from deskhand.domain.commands import ArchiveTicket, DispatchTicket, PushRecord, TicketOperation
from deskhand.domain.ids import AccountId, BlobId, TicketKey, new_command_id
from deskhand.domain.ports import Connection, LoadedFile, NewTicket, OutgoingMessage, Receipt, TicketEdit, call_for
from deskhand.domain.problems import DeskProblem
from deskhand.domain.threads import OutgoingFile
from deskhand.domain.tickets import Person, Ticket
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.shares import SHARES

Call = Callable[[], Awaitable[object]]


@dataclass
class FaultyVendor:
    """One vendor with a spoiling server in front, and the adapter that talks to it."""

    server: VendorServer
    faults: ResponseFaults
    address: str
    connection: Connection
    settings: Mapping[str, str] = field(default_factory=dict)
    capabilities: Capabilities = field(default_factory=Capabilities)
    ticket: Ticket = field(default_factory=lambda: Ticket(TicketKey(AccountId("acc"), "")))
    same_group: list[Ticket] = field(default_factory=list)
    """Tickets of the same group, this one among them."""
    attempt: int = 0

    async def reconnect(self) -> None:
        """Connect anew: no earlier refusal and no wait holds it back."""
        await self.connection.aclose()
        self.connection = connect(self.server, self.address, self.settings)
        await self.connection.check()

    def choose(self, choices: list[Any]) -> Any:
        """Return another of these each time, and the first one only at the first: its answer comes again."""
        rest = choices[1:] or choices
        return choices[0] if self.attempt == 1 else rest[self.attempt % len(rest)]


def connect(server: VendorServer, address: str, settings: Mapping[str, str]) -> Connection:
    adapter = import_module(f"deskhand.vendors.{server.vendor}.adapter")
    given = sign_in(server, base_url=address)
    connection: Connection = adapter.connect(replace(given, settings={**given.settings, **settings}), FakeClock())
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
        old_looks_new: an older answer that shows the ticket closed, or names it as changed, cannot be told from a new one.
        any_text: a router may set any field, with its own values, and no call shows which.
        looked_for: its effect is looked for by the outbox, as after a lost answer: a short wait stands between.
        unseen: no document shows how its effect is read, so that an unclear answer stays unclear.
    """

    name: str
    request: str
    make: Make
    once: bool = False
    step: bool = False
    effects: int = 1
    old_looks_new: bool = False
    any_text: bool = False
    looked_for: bool = False
    unseen: bool = False

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


def operation(connection: Connection, remote: str, wanted: TicketOperation) -> Callable[[], Awaitable[Receipt]]:
    """Return the call that carries an operation on a ticket out."""
    return not_none(call_for(connection.operators, remote, wanted))


async def archive(faulty_vendor: FaultyVendor) -> Call:
    return operation(faulty_vendor.connection, await made(faulty_vendor), ArchiveTicket())


async def dispatch(faulty_vendor: FaultyVendor) -> Call:
    router, name = faulty_vendor.capabilities.routers[0]
    return operation(faulty_vendor.connection, await made(faulty_vendor), DispatchTicket(router, name))


def join(wanted: Callable[[str, str], TicketOperation]) -> Make:
    """Return how the ticket is joined with another one of its group, each time with another."""

    async def make(faulty_vendor: FaultyVendor) -> Call:
        faulty_vendor.attempt += 1
        other = faulty_vendor.choose(faulty_vendor.same_group[1:])
        return operation(
            faulty_vendor.connection, faulty_vendor.ticket.key.remote, wanted(other.key.remote, other.subject)
        )

    return make


@asynccontextmanager
async def serve_faulty_vendor(vendor: str, settings: Mapping[str, str]) -> AsyncIterator[FaultyVendor]:
    """Run a vendor's server behind one that spoils answers; yields both, signed in.

    Args:
        settings: of the account, beside what its sign-in needs.
    """
    with serving(only=[vendor], tickets=tickets_in_all(vendor, 12)) as box:
        server = box[vendor]
        async with faulty_proxy(server.base_url) as (place, faults):
            address = place + urlsplit(server.base_url).path.rstrip("/")
            faulty_vendor = FaultyVendor(server, faults, address, connect(server, address, settings), settings)
            try:
                await faulty_vendor.connection.check()
                faulty_vendor.capabilities = await faulty_vendor.connection.probe()
                faulty_vendor.same_group = await tickets_alike(faulty_vendor)
                assert faulty_vendor.same_group, (
                    f"none of the {len(server.tickets())} tickets of {vendor} can be changed"
                )
                faulty_vendor.ticket = faulty_vendor.same_group[0]
                yield faulty_vendor
            finally:
                faults.matches = None
                await faulty_vendor.connection.aclose()


def tickets_in_all(vendor: str, held: int) -> int:
    """Return how many tickets a sandbox is asked for so that this vendor holds so many, whatever its share."""
    return round(held / SHARES[vendor])


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
