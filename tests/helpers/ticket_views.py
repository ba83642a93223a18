"""Ticket views for the tests of the window, without a store: values only."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from deskhand.domain.accounts import Account, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature, PriorityChoice, StateChoice
from deskhand.domain.commands import Action, Command, OutboxItem
from deskhand.domain.ids import AccountId, CommandId, TicketKey, VendorId
from deskhand.domain.threads import Delivery, HistoryEntry
from deskhand.domain.tickets import Person, Priority, State, Ticket
from deskhand.services.tickets import TicketView

NOW = datetime(2026, 5, 28, 12, 0, tzinfo=UTC)
KEY = TicketKey(AccountId("a1"), "tic_abc12345def678")
EVERYTHING = frozenset(Feature)
STATES = (
    StateChoice("open", "Open", State.OPEN),
    StateChoice("pending", "Waiting on customer", State.PENDING),
    StateChoice("closed", "Closed", State.CLOSED),
)
PRIORITIES = (PriorityChoice("urgent", "Urgent", Priority.URGENT), PriorityChoice("low", "Low", Priority.LOW))
JANE, BOB = Person("Jane Doe", "jane@example.com", "u1"), Person("Bob Builder", "bob@example.com", "u2")
VENDOR = VendorInfo(VendorId("nexuscore"), "NexusCore", "Nx", "#5b5bd6", "", "", ())
TICKET = Ticket(
    KEY,
    "10021",
    "Refund for order 10021",
    State.OPEN,
    "Open",
    "open",
    requester=Person("Casey Customer", "casey@example.com", "cst_1"),
    tags=("refund",),
    source="portal",
    created_at=datetime(2026, 4, 29, 19, 0, tzinfo=UTC),
)


def capable(can: frozenset[Feature] = EVERYTHING, **more: Any) -> Capabilities:
    """Return what an account can do; everything unless told otherwise."""
    values: dict[str, Any] = {"states": STATES, "priorities": PRIORITIES, "agents": (JANE, BOB), **more}
    return Capabilities(can=can, **values)


def view_of(
    ticket: Ticket = TICKET,
    capabilities: Capabilities | None = None,
    *,
    pending: Sequence[OutboxItem] = (),
    history: Sequence[HistoryEntry] = (),
    vendor: VendorInfo = VENDOR,
) -> TicketView:
    """Return a ticket as the window gets it."""
    account = Account(
        AccountId("a1"), vendor.id, "Retail EU", "", me="jane@example.com", capabilities=capabilities or capable()
    )
    return TicketView(account, vendor, ticket, ticket, (), tuple(history), tuple(pending), None)


def waiting(action: Action, delivery: Delivery = Delivery.QUEUED, *, id: str = "c1", problem: str = "") -> OutboxItem:  # noqa: A002
    """Return an outbox item."""
    return OutboxItem(Command(CommandId(id), KEY.account, KEY, action, NOW), delivery, problem=problem)
