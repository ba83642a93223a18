"""What NexusCore holds: brands, tickets in its own terms, attachments."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.seed_data import SeedData, SeedMessage, SeedTicket

STATUSES = ("open", "pending", "resolved", "snoozed")
PRIORITIES = ("low", "normal", "high", "urgent")
ORIGINS = ("email", "web", "api")
PAGE = 50

TICKETS = Ids("tick_01h")
MESSAGES = Ids("msg_")
MESSAGE_NUMBERS = 100_000
"""Message numbers set aside for each ticket."""

MessageEntry = tuple[str, SeedMessage, list[str]]
"""A message: its id, the message, who had a copy."""

_STATUS_NAMES = {"on_hold": "pending", "solved": "resolved", "closed": "resolved"}


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand of the workspace."""

    id: str
    name: str
    timezone: str
    status: str
    language: str


BRANDS = (
    Brand("brand_nord", "Nordlicht Living", "Europe/Amsterdam", "active", "nl"),
    Brand("brand_hearth", "Hearth & Oak", "Europe/London", "active", "en"),
    Brand("brand_atelier", "Atelier Sept", "Europe/Paris", "paused", "fr"),
)


@dataclass(slots=True)
class Upload:
    """An attachment on its way: asked for, then uploaded (`data`), then used by a reply."""

    id: str
    name: str
    mime: str
    asked_at: datetime
    data: bytes | None = None
    used: bool = False


@dataclass(slots=True)
class Extras:
    """What NexusCore stores of a ticket beside its seed data."""

    brand: str | None = None
    audit: list[dict[str, Any]] = field(default_factory=list)
    cc: dict[int, list[str]] = field(default_factory=dict)


class VendorData:
    """The tickets of the seed data as NexusCore has them."""

    def __init__(self, seed_data: SeedData) -> None:
        self.seed_data = seed_data
        self.uploads: dict[str, Upload] = {}
        self._extras: dict[int, Extras] = {}

    def extras(self, seed_ticket: SeedTicket) -> Extras:
        """The extras of a ticket."""
        return self._extras.setdefault(seed_ticket.number, Extras())

    def brand_of(self, seed_ticket: SeedTicket) -> Brand:
        """The brand a ticket belongs to; of the seeded ones every tenth is the paused brand's."""
        chosen = self._extras.get(seed_ticket.number)
        if chosen is not None and chosen.brand is not None:
            return next(brand for brand in BRANDS if brand.id == chosen.brand)
        return BRANDS[2] if seed_ticket.number % 10 == 0 else BRANDS[seed_ticket.number % 2]

    def find(self, ticket_id: str) -> SeedTicket | None:
        """The ticket with that id."""
        number = TICKETS.number(ticket_id)
        return None if number is None else self.seed_data.tickets.numbered(number)

    def newest_first(self, below: int | None = None) -> Iterator[SeedTicket]:
        """Tickets from the newest on, or from the one before number `below`."""
        first = len(self.seed_data.tickets) if below is None else below - 1
        for number in range(first, 0, -1):
            yield self.seed_data.tickets[number - 1]

    def item(self, seed_ticket: SeedTicket) -> dict[str, Any]:
        """The six fields of a list item."""
        return {
            "id": TICKETS.of(seed_ticket.number),
            "subject": seed_ticket.subject,
            "status": status_of(seed_ticket),
            "brand_id": self.brand_of(seed_ticket).id,
            "priority": None if seed_ticket.priority == "none" else seed_ticket.priority,
            "created_at": stamp(seed_ticket.created_at),
        }

    def conversation(self, seed_ticket: SeedTicket) -> list[MessageEntry]:
        """The public messages: id, message, cc."""
        copies = self.extras(seed_ticket).cc
        return [
            (MESSAGES.of(seed_ticket.number * MESSAGE_NUMBERS + position), said, copies.get(position, []))
            for position, said in enumerate(seed_ticket.messages)
            if not said.internal
        ]

    def add_message(self, seed_ticket: SeedTicket, said: SeedMessage, cc: list[str]) -> MessageEntry:
        """Append a message; a customer's one opens the ticket again."""
        position = len(seed_ticket.messages)
        seed_ticket.add_message(said)
        self.extras(seed_ticket).cc[position] = cc
        if said.by_customer and status_of(seed_ticket) in STATUSES:
            seed_ticket.state = "open"
        return MESSAGES.of(seed_ticket.number * MESSAGE_NUMBERS + position), said, cc

    def add_audit_entry(self, seed_ticket: SeedTicket, actor: str, changes: dict[str, Any], at: datetime) -> None:
        """Write a change into the ticket's audit trail."""
        audit = self.extras(seed_ticket).audit
        audit.append({"id": f"aud_{seed_ticket.number}_{len(audit)}", "actor": actor, "changes": changes, "at": at})
        seed_ticket.updated_at = max(seed_ticket.updated_at, at)


def status_of(seed_ticket: SeedTicket) -> str:
    """NexusCore's value for a state; a value that nobody knows stays as it is."""
    return _STATUS_NAMES.get(seed_ticket.state, seed_ticket.state)


def stamp(at: datetime) -> str:
    """A time as the documents print it: UTC, whole seconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cursor(page: int, below: int) -> str:
    """The cursor of a page that starts under ticket number `below`."""
    said = json.dumps({"page": page, "below": below}, separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[int, int]:
    """Page and number of a cursor; anything else raises ValueError."""
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return int(said["page"]), int(said["below"])
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError("Not a cursor") from problem
