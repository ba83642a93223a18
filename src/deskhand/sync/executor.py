"""The one call that an outbox item is about, with everything that it needs already read.

`prepare` reads and decides; the returned call writes once. What it raises before that call proves that nothing was sent.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeGuard, TypeVar, assert_never

from deskhand.domain import wording
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, Reason
from deskhand.domain.commands import (
    Action,
    AddNote,
    CreateTicket,
    DecisionReason,
    EditField,
    FieldChange,
    OutboxItem,
    PushRecord,
    SendReply,
    TicketOperation,
    UploadFile,
)
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import (
    Clock,
    Connection,
    LoadedFile,
    NewTicket,
    OutgoingMessage,
    Receipt,
    Store,
    TicketEdit,
    call_for,
)
from deskhand.domain.problems import DeskProblem, Invalid, NotFound
from deskhand.domain.threads import Delivery, OutgoingFile
from deskhand.domain.tickets import Ticket

from .merging import Conflict, Done, merge
from .puller import Puller

RECENT = 200
"""How far back an own change is looked for, in commands."""

SHOWN_WITHIN = timedelta(seconds=2)
"""How much later than its commit a confirmed change stands in the window, at most: until then the next one is made on the value before."""

F = TypeVar("F")
Call = Callable[[], Awaitable[Receipt]]


class Postponed(Exception):
    """Something had to be read first and could not be; nothing was sent."""

    def __init__(self, problem: DeskProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class NeedsDecision(Exception):
    """Only the agent can decide.

    Args:
        detail: what belongs to the question, as the colleague's value.
    """

    def __init__(self, why: DecisionReason, detail: str = "") -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail


class AlreadyApplied(Exception):
    """The vendor has it so already; nothing needs to be sent."""


@dataclass(frozen=True, slots=True)
class CommandExecutor:
    """Makes the calls of one account.

    Attributes:
        outbox_lock: held while an item goes from "can be taken back" to "may have left", and while an agent's decision is stored:
            never both at once.
    """

    current: Callable[[], Account]
    vendor: str
    connection: Connection
    store: Store
    puller: Puller
    clock: Clock
    outbox_lock: asyncio.Lock

    @property
    def account(self) -> Account:
        """The account as it is now: its capabilities grow while it is connected."""
        return self.current()

    @property
    def capabilities(self) -> Capabilities:
        """What the account was last known to offer."""
        return self.account.capabilities or Capabilities()

    async def prepare(self, item: OutboxItem) -> Call:
        """Return the call to make.

        Raises:
            Postponed, NeedsDecision, AlreadyApplied, DeskProblem: nothing was sent, and why.
        """
        action = item.command.action
        connection = self.connection
        match action:
            case SendReply() | AddNote():
                sender = self._facet(connection.replies if isinstance(action, SendReply) else connection.notes)
                message = await self._message(item, action)
                return lambda: sender.send(message)
            case CreateTicket():
                creator = self._facet(connection.creator)
                made = item.command.created_at
                new = NewTicket(item.command.id, action.fields, made, since=made + connection.clock_lead)
                return lambda: creator.create(new)
            case UploadFile():
                return await self._upload(item, action)
            case PushRecord():
                pusher = self._facet(connection.records)
                return lambda: pusher.push(action, item.command.id)
            case _ if isinstance(action, FieldChange):
                return await self._edit(item, action)
            case _ if isinstance(action, TicketOperation):
                return self._facet(call_for(connection.operators, ticket_of(item).remote, action))
            case _:
                assert_never(action)

    def _facet(self, facet: F | None) -> F:
        if facet is None:
            raise Invalid(wording.reason(Reason.NOT_IN_API, self.vendor))
        return facet

    async def _message(self, item: OutboxItem, action: SendReply | AddNote) -> OutgoingMessage:
        after_message = self.capabilities.limits.files_after_message
        return OutgoingMessage(
            ticket=await self._ticket(ticket_of(item)),
            key=item.command.id,
            text=action.text,
            html=action.html,
            cc=action.cc if isinstance(action, SendReply) else (),
            files=() if after_message else tuple([await self._load(file) for file in action.files]),
            written_at=item.command.created_at,
            since=item.command.created_at + self.connection.clock_lead,
        )

    async def _edit(self, item: OutboxItem, action: FieldChange) -> Call:
        editor = self._facet(self.connection.edits)
        key = ticket_of(item)
        now = await self._fresh(key)
        merged = merge(action, now, forced=item.forced)
        if isinstance(merged, Conflict) and await self._is_our_doing(item, action, now):
            merged = merge(action, now, forced=True)
        if isinstance(merged, Done):
            raise AlreadyApplied
        if isinstance(merged, Conflict):
            raise NeedsDecision(DecisionReason.CHANGED_BY_OTHERS, merged.theirs)
        edit: TicketEdit = merged

        async def write() -> Receipt:
            return Receipt(key.remote, ticket=await editor.edit(edit))

        return write

    async def _is_our_doing(self, item: OutboxItem, action: FieldChange, now: Ticket) -> bool:
        """Tell whether the field has its value by an earlier change of ours that was not confirmed here when this one was made."""
        for other in await self.store.outbox.recent(RECENT):
            before = other.command
            if (
                other.delivery is Delivery.SENT
                and before.ticket == item.command.ticket
                and before.created_at <= item.command.created_at
                and (known_at := other.confirmed_at or other.last_sent) is not None
                and known_at + SHOWN_WITHIN >= item.command.created_at
                and _is_same_field(before.action, action)
                and isinstance(merge(before.action, now, forced=False), Done)
            ):
                return True
        return False

    async def _upload(self, item: OutboxItem, action: UploadFile) -> Call:
        attacher = self._facet(self.connection.files)
        remote = ticket_of(item).remote
        message, until = action.message, action.until
        if item.command.after and not message:
            parent = await self.store.outbox.get(item.command.after)
            message = parent.remote_id if parent else ""
            window = self.capabilities.limits.file_window_seconds
            if parent and parent.last_sent and window:
                until = parent.last_sent + timedelta(seconds=window)
        if not message or (until and self.clock.now() >= until):
            raise NeedsDecision(DecisionReason.WINDOW_PASSED)
        loaded = await self._load(action.file)

        async def attach() -> Receipt:
            return Receipt(action.file.blob, thread=await attacher.attach(remote, message, loaded))

        return attach

    async def _fresh(self, key: TicketKey) -> Ticket:
        """Return the ticket as the vendor has it now; where it cannot be read, as it was last confirmed."""
        try:
            if (reader := self.connection.tickets) is not None:
                await self.store.tickets.put(await reader.ticket(key.remote))
            elif self.connection.threads is not None:
                await self.puller.read(key)
        except NotFound:
            raise
        except DeskProblem as problem:
            raise Postponed(problem) from problem
        return await self._ticket(key)

    async def is_archived(self, key: TicketKey) -> bool:
        """Tell whether the vendor has it archived now. Raises Postponed where it cannot be read."""
        try:
            return (await self._fresh(key)).archived
        except NotFound:  # its own answer to the archiving tells more
            return False

    async def _ticket(self, key: TicketKey) -> Ticket:
        ticket = await self.store.tickets.get(key)
        if ticket is None:
            raise NotFound
        return ticket

    async def _load(self, file: OutgoingFile) -> LoadedFile:
        data = await self.store.blobs.get(file.blob)
        if data is None:
            raise Invalid(f"The file {file.name} is missing from this computer. Attach it again.")
        return LoadedFile(file, data)


def _is_same_field(one: Action, other: FieldChange) -> TypeGuard[FieldChange]:
    if isinstance(one, EditField) and isinstance(other, EditField):
        return one.name == other.name
    return type(one) is type(other)


def ticket_of(item: OutboxItem) -> TicketKey:
    """Return the ticket of an item that has one by its nature."""
    if item.command.ticket is None:
        raise Invalid("This belongs to no ticket.")
    return item.command.ticket
