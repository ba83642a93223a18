"""What NexusCore holds: brands, tickets in its own words, attachments."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.world import Matter, Utterance, World

STATUSES = ("open", "pending", "resolved", "snoozed")
PRIORITIES = ("low", "normal", "high", "urgent")
ORIGINS = ("email", "web", "api")
PAGE = 50

TICKETS = Ids("tick_01h")
MESSAGES = Ids("msg_")
ROOM = 100_000
"""Message numbers set aside for each ticket."""

Said = tuple[str, Utterance, list[str]]
"""A message: its id, the utterance, who had a copy."""

_WORDS = {"on_hold": "pending", "solved": "resolved", "closed": "resolved"}


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
    """What NexusCore keeps of a ticket beside the world's matter."""

    brand: str | None = None
    audit: list[dict[str, Any]] = field(default_factory=list)
    cc: dict[int, list[str]] = field(default_factory=dict)


class Desk:
    """The tickets of a world as NexusCore words them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.uploads: dict[str, Upload] = {}
        self._extras: dict[int, Extras] = {}

    def extras(self, matter: Matter) -> Extras:
        """The extras of a ticket."""
        return self._extras.setdefault(matter.number, Extras())

    def brand_of(self, matter: Matter) -> Brand:
        """The brand a ticket belongs to; of the seeded ones every tenth is the paused brand's."""
        chosen = self._extras.get(matter.number)
        if chosen is not None and chosen.brand is not None:
            return next(brand for brand in BRANDS if brand.id == chosen.brand)
        return BRANDS[2] if matter.number % 10 == 0 else BRANDS[matter.number % 2]

    def find(self, ticket_id: str) -> Matter | None:
        """The ticket with that id."""
        number = TICKETS.number(ticket_id)
        return None if number is None else self.world.matters.numbered(number)

    def newest_first(self, below: int | None = None) -> Iterator[Matter]:
        """Tickets from the newest on, or from the one before number `below`."""
        first = len(self.world.matters) if below is None else below - 1
        for number in range(first, 0, -1):
            yield self.world.matters[number - 1]

    def item(self, matter: Matter) -> dict[str, Any]:
        """The six fields of a list item."""
        return {
            "id": TICKETS.of(matter.number),
            "subject": matter.subject,
            "status": status_of(matter),
            "brand_id": self.brand_of(matter).id,
            "priority": None if matter.priority == "none" else matter.priority,
            "created_at": stamp(matter.created_at),
        }

    def conversation(self, matter: Matter) -> list[Said]:
        """The public messages: id, utterance, cc."""
        copies = self.extras(matter).cc
        return [
            (MESSAGES.of(matter.number * ROOM + position), said, copies.get(position, []))
            for position, said in enumerate(matter.utterances)
            if not said.internal
        ]

    def say(self, matter: Matter, said: Utterance, cc: list[str]) -> Said:
        """Append a message; a customer's one opens the ticket again."""
        position = len(matter.utterances)
        matter.say(said)
        self.extras(matter).cc[position] = cc
        if said.by_customer and status_of(matter) in STATUSES:
            matter.state = "open"
        return MESSAGES.of(matter.number * ROOM + position), said, cc

    def note_change(self, matter: Matter, actor: str, changes: dict[str, Any], at: datetime) -> None:
        """Write a change into the ticket's audit trail."""
        audit = self.extras(matter).audit
        audit.append({"id": f"aud_{matter.number}_{len(audit)}", "actor": actor, "changes": changes, "at": at})
        matter.updated_at = max(matter.updated_at, at)


def status_of(matter: Matter) -> str:
    """NexusCore's word for a state; a word that nobody knows stays as it is."""
    return _WORDS.get(matter.state, matter.state)


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
