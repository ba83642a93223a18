"""The choices of the sandbox's organisation: teams with their own statuses, priorities, types, sentiments, members, custom fields.

Statuses and priorities belong to a team and have ids of their own in each. One team has sub-statuses in its own terms, another
keeps the vendor's names and shows Dutch labels.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from deskhand_sandbox.seed_data import Person, SeedData

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

PRIORITIES = ("Low", "Medium", "High", "Urgent")
TYPES = ("Bug", "Feature Request", "Question", "Task")
SENTIMENTS = ("Positive", "Neutral", "Negative")
BOT = Person("agent-bot", "Routing bot", "bot@apps.example.com")


def opaque_id(seed: int, *parts: str, length: int = 28) -> str:
    """An upper-case id that says nothing and is the same for the same seed and parts."""
    digest = hashlib.blake2b("/".join((str(seed), *parts)).encode(), digest_size=length).digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with milliseconds and `Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Choice:
    """A priority, type or sentiment: the id and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Status:
    """A status of one team. `family` (open, progress, hold, closed) and `parent` are never answered: the documented item has neither."""

    id: str
    name: str
    label: str
    family: str
    parent: str | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that the organisation added to tickets."""

    id: str
    name: str
    type: str
    options: tuple[str, ...] = ()
    needed_to_close: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """A team and everything that belongs to it."""

    id: str
    name: str
    identifier: str
    color: str
    statuses: tuple[Status, ...]
    priorities: tuple[Choice, ...]
    members: tuple[Person, ...]
    fields: tuple[CustomField, ...]
    form: str

    def status(self, uid: str | None, name: str | None) -> Status | None:
        """The status with this id, or (without one) with this name; the id wins."""
        if uid is not None:
            return next((status for status in self.statuses if status.id == uid), None)
        return next((status for status in self.statuses if name and status.name.casefold() == name.casefold()), None)

    def priority(self, uid: str | None, name: str | None) -> Choice | None:
        """The priority with this id, or (without one) with this name; the id wins."""
        if uid is not None:
            return next((choice for choice in self.priorities if choice.id == uid), None)
        return next((choice for choice in self.priorities if name and choice.name.casefold() == name.casefold()), None)

    def in_family(self, family: str) -> tuple[Status, ...]:
        """The statuses of a family, the parent first."""
        return tuple(status for status in self.statuses if status.family == family)


_PLAIN = (("Open", "open"), ("In progress", "progress"), ("On hold", "hold"), ("Closed", "closed"))
_DUTCH = {"Open": "Nieuw", "In progress": "Bezig", "On hold": "Wacht op klant", "Closed": "Afgehandeld"}
_SUBSTATUSES = {
    "open": ("Needs triage",),
    "progress": ("In review",),
    "hold": ("Waiting for release", "Waiting for customer"),
    "closed": ("Won't fix",),
}


class Vocabulary:
    """Every choice of the organisation, with ids that follow from the seed."""

    def __init__(self, seed_data: SeedData) -> None:
        self._seed = seed_data.seed
        self.organization = self.id("organization", length=10, prefix="E")
        self.types = self._choices("type", TYPES)
        self.sentiments = self._choices("sentiment", SENTIMENTS)
        agents = seed_data.agents
        self.users = {self.user_id(person): person for person in (*agents, BOT)}
        self.teams = (
            self._team("Support", "SUP", "#3b82f6", agents),
            self._team("Platform", "PLT", "#8b5cf6", agents[:2] + agents[3:], subs=_SUBSTATUSES),
            self._team("Klantenservice", "KLS", "#f59e0b", agents[:-1], labels=_DUTCH),
        )

    def id(self, *parts: str, length: int = 28, prefix: str = "") -> str:
        """The id of something known by its name."""
        return prefix + opaque_id(self._seed, *parts, length=length - len(prefix))

    def user_id(self, person: Person) -> str:
        """The user id of an agent."""
        return self.id("user", person.id, length=10, prefix="U")

    def team(self, uid: str) -> Team | None:
        """The team with this id."""
        return next((team for team in self.teams if team.id == uid), None)

    def user(self, uid: str | None, email: str | None) -> Person | None:
        """The user with this id, or (without one) with this e-mail address; the id wins."""
        if uid is not None:
            return self.users.get(uid)
        return next((user for user in self.users.values() if email and user.email.casefold() == email.casefold()), None)

    def _choices(self, kind: str, names: Iterable[str]) -> tuple[Choice, ...]:
        return tuple(Choice(self.id(kind, name), name) for name in names)

    def _team(
        self,
        name: str,
        identifier: str,
        color: str,
        members: tuple[Person, ...],
        *,
        labels: dict[str, str] | None = None,
        subs: dict[str, tuple[str, ...]] | None = None,
    ) -> Team:
        statuses: list[Status] = []
        for choice, family in _PLAIN:
            parent = self.id(identifier, "status", choice)
            statuses.append(Status(parent, choice, (labels or {}).get(choice, choice), family, None, choice == "Open"))
            statuses += [
                Status(self.id(identifier, "status", sub), sub, sub, family, parent)
                for sub in (subs or {}).get(family, ())
            ]
        fields = (
            CustomField(self.id(identifier, "field", "Order number"), "Order number", "single_line"),
            CustomField(
                self.id(identifier, "field", "Root cause"),
                "Root cause",
                "dropdown",
                ("Our mistake", "Supplier", "Customer"),
                needed_to_close=True,
            ),
        )
        return Team(
            id=self.id("team", name, length=10, prefix="T"),
            name=name,
            identifier=identifier,
            color=color,
            statuses=tuple(statuses),
            priorities=tuple(Choice(self.id(identifier, "priority", choice), choice) for choice in PRIORITIES),
            members=members,
            fields=fields,
            form=self.id("form", name, length=11, prefix="FO"),
        )


def status_item(status: Status, team: Team, organization: str, at: str | None) -> dict[str, Any]:
    """A status as the status list gives it."""
    return {
        "id": status.id,
        "name": status.name,
        "displayName": status.label,
        "description": f"{status.label} ({team.name})",
        "isDefault": status.is_default,
        "teamId": team.id,
        "organizationId": organization,
        "createdAt": at,
        "updatedAt": at,
    }


def field_item(field: CustomField, team: Team, organization: str, at: str | None) -> dict[str, Any]:
    """A custom field as the custom-field list gives it."""
    return {
        "name": field.name,
        "uid": field.id,
        "slug": field.name.lower().replace(" ", "_"),
        "organizationId": organization,
        "source": "ticket",
        "fieldType": field.type,
        "options": [{"value": option} for option in field.options],
        "metadata": {},
        "createdAt": at,
        "updatedAt": at,
        "isActive": True,
        "teamId": team.id,
        "autoAddToAllForms": True,
        "hintText": None,
        "placeholderText": None,
        "mandatoryOnCreation": False,
        "mandatoryOnClose": field.needed_to_close,
        "visibleToCustomer": False,
        "editableByCustomer": False,
        "defaultValue": None,
    }


def form_item(team: Team, fields: Iterable[CustomField]) -> dict[str, Any]:
    """A team's form as the form list gives it."""
    return {
        "id": team.form,
        "name": f"{team.name} default form",
        "description": None,
        "fields": [
            {
                "field": field.id,
                "defaultValue": None,
                "mandatoryOnCreation": False,
                "mandatoryOnClose": field.needed_to_close,
                "visibleToCustomer": False,
                "editableByCustomer": False,
            }
            for field in fields
        ],
        "conditions": [],
        "version": 1,
        "isActive": True,
        "default": True,
        "channels": [],
        "order": 0,
    }


def member_item(vocabulary: Vocabulary, person: Person, team: Team, at: str | None) -> dict[str, Any]:
    """A member as the member list gives it; `id` is the user id."""
    return {
        "id": vocabulary.user_id(person),
        "name": person.name,
        "email": person.email,
        "teamId": team.id,
        "teamName": team.name,
        "isActive": True,
        "role": "ADMIN" if person is team.members[0] else "MEMBER",
        "userType": "BOT_USER" if person is BOT else "USER",
        "isOwner": person is team.members[0],
        "avatarUrl": None,
        "joinedAt": at,
        "createdAt": at,
        "metadata": {},
        "invitedBy": None,
    }


def team_item(team: Team, owner: str, at: str | None) -> dict[str, Any]:
    """A team with the fields that creating one answers with."""
    return {
        "id": team.id,
        "name": team.name,
        "icon": None,
        "color": team.color,
        "parentTeamId": None,
        "parentTeamName": None,
        "teamId": team.id,
        "identifier": team.identifier,
        "description": None,
        "teamOwner": team.members[0].name,
        "teamOwnerId": owner,
        "fallbackSubTeam": None,
        "createdAt": at,
        "isActive": True,
        "isPrivate": False,
        "archivedAt": None,
        "updatedAt": at,
    }
