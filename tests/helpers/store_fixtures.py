"""A real store in a folder of the test, and short ways to say what is in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from deskhand.domain.accounts import Account, Secret
from deskhand.domain.capabilities import BodyFormat, Capabilities, Feature
from deskhand.domain.changes import ChangeBus
from deskhand.domain.commands import Action, Command
from deskhand.domain.ids import AccountId, TicketKey, VendorId, new_command_id
from deskhand.domain.ports import Clock, TicketPage
from deskhand.domain.threads import Message, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Person, Priority, RemoteTicket, State, Ticket
from deskhand.store import DeskStore, open_store

KEY = Secret("5a" * 32)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = AccountId("acme")
ME = "me@example.test"
CUSTOMER = Person("Ada Byron", "ada@customer.test", "c1")
COLLEAGUE = Person("Grace", "grace@example.test", "a2")
MYSELF = Person("Me", ME, "a1")
READABLE = Capabilities(
    can=frozenset(
        {Feature.LIST, Feature.THREAD, Feature.REPLY, Feature.NOTE, Feature.ASSIGN, Feature.STATE, Feature.CREATE}
    ),
    agents=(MYSELF, COLLEAGUE),
)
WRITE_ONLY = Capabilities(can=frozenset({Feature.REPLY, Feature.CREATE, Feature.IMPORT, Feature.RECORDS}))


@dataclass
class ManualClock:
    """A clock that a test moves by hand."""

    time: datetime = START
    ticks: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.ticks

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds=seconds)

    def advance(self, **amount: float) -> None:
        step = timedelta(**amount)
        self.time += step
        self.ticks += step.total_seconds()


@asynccontextmanager
async def a_store(
    folder: Path, *, clock: Clock | None = None, change_bus: ChangeBus | None = None, key: Secret = KEY
) -> AsyncIterator[DeskStore]:
    """Open the store in `folder`, and close it at the end."""
    store = open_store(folder, key, clock or ManualClock(), change_bus or ChangeBus())
    try:
        yield store
    finally:
        await store.aclose()


def an_account(account: AccountId = ACCOUNT, **values: Any) -> Account:
    """Return an account of a vendor that can be read, where "I" am `ME`."""
    given: dict[str, Any] = {
        "vendor": VendorId("nexuscore"),
        "label": str(account).title(),
        "base_url": "http://127.0.0.1:9",
        "me": ME,
        "capabilities": READABLE,
    }
    return Account(account, **{**given, **values})


def a_ticket(remote: str = "1", *, account: AccountId = ACCOUNT, **values: Any) -> Ticket:
    """Return an open ticket of a customer that nobody has taken."""
    given: dict[str, Any] = {
        "number": f"#{remote}",
        "subject": f"Ticket {remote}",
        "state": State.OPEN,
        "vendor_state": "Open",
        "state_id": "open",
        "priority": Priority.NORMAL,
        "requester": CUSTOMER,
        "created_at": START - timedelta(days=2),
        "updated_at": START - timedelta(days=1, hours=1),
    }
    return Ticket(TicketKey(account, remote), **{**given, **values})


def remote_ticket(ticket: Ticket, **values: Any) -> RemoteTicket:
    """Return the ticket as a vendor's answer told it."""
    return RemoteTicket(ticket, **values)


def a_page(*tickets: Ticket, cursor: str = "end", last: bool = True) -> TicketPage:
    """Return a page of a vendor's list."""
    return TicketPage(tuple(remote_ticket(ticket) for ticket in tickets), cursor, last=last)


def a_message(remote: str = "m1", text: str = "Where is my order?", **values: Any) -> Message:
    """Return a customer's public message, ready to show."""
    given: dict[str, Any] = {
        "author": CUSTOMER,
        "side": Side.CUSTOMER,
        "visibility": Visibility.PUBLIC,
        "created_at": START - timedelta(days=1),
    }
    return Message(remote, text=text, **{**given, **values})


def remote_message(message: Message) -> RemoteMessage:
    """Return the message as the vendor sent it."""
    return RemoteMessage(
        message.id, message.author, message.side, message.visibility, message.text, BodyFormat.PLAIN, message.created_at,
        message.attachments,
    )  # fmt: skip


def a_thread(*messages: Message, **values: Any) -> tuple[tuple[Message, ...], RemoteThread]:
    """Return what `threads.apply` takes."""
    return messages, RemoteThread(tuple(remote_message(message) for message in messages), **values)


def a_command(action: Action, key: TicketKey | None = None, **values: Any) -> Command:
    """Return a command for ticket 1 of the account."""
    ticket = TicketKey(ACCOUNT, "1") if key is None else key
    given: dict[str, Any] = {"id": new_command_id(), "account": ticket.account, "ticket": ticket, "created_at": START}
    return Command(action=action, **{**given, **values})


def updated(ticket: Ticket, **values: Any) -> Ticket:
    """Return the ticket with other values, changed an hour later."""
    later = (ticket.updated_at or START) + timedelta(hours=1)
    return replace(ticket, **{"updated_at": later, **values})
