"""Routera's four object types: which fields each has, which it answers with, what it asks for and what must be unique.

Source: docs.routera.io, introduction and the object pages. The custom fields of tickets stand for what an administrator
of the sandbox's account made; their names and options are ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, assert_never

PIPELINES: dict[str, tuple[str, ...]] = {
    "default": ("new", "in_progress", "waiting_on_customer", "parked", "done", "closed"),
    "billing": ("received", "checking", "waiting_on_bank", "refunded", "rejected"),
    "onboarding": ("kick_off", "set_up", "training", "live"),
}
"""Pipelines and the stages that each allows, by internal name."""

SEVERITIES = ("cosmetic", "hindering", "blocking")
LONGEST_TEXT = 5000

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class FieldType(Enum):
    """The vendor's five field types (names as its HubSpot page shows them) and its checkbox."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    ENUMERATION = "enumeration"
    USER = "user"
    CHECKBOX = "checkbox"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object type, known by its internal name."""

    name: str
    type: FieldType = FieldType.STRING
    options: tuple[str, ...] = ()

    def complaint(self, value: object, users: frozenset[str]) -> str | None:
        """What is wrong with `value`, or None; null clears a field of any type."""
        if value is None:
            return None
        match self.type:
            case FieldType.STRING:
                fits = isinstance(value, str) and len(value) <= LONGEST_TEXT
            case FieldType.NUMBER:
                fits = isinstance(value, int | float) and not isinstance(value, bool)
            case FieldType.DATETIME:
                fits = isinstance(value, str) and _is_date(value)
            case FieldType.ENUMERATION:
                fits = value in self.options
            case FieldType.USER:
                fits = isinstance(value, str) and value in users
            case FieldType.CHECKBOX:
                fits = isinstance(value, bool)
            case _:
                assert_never(self.type)
        return None if fits else f"Invalid value for {self.type.value} field: {self.name}"


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One of the four object types.

    Attributes:
        path: the path segment, in the plural.
        defaults: what every answer holds (`created_at` and `updated_at` apart).
        all_of: what a create must give.
        any_of: of which a create must give at least one.
        unique: what no two active records may share.
    """

    path: str
    fields: tuple[Field, ...]
    defaults: tuple[str, ...]
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    unique: tuple[str, ...] = ("external_id",)

    @property
    def owner_field(self) -> str:
        """The internal name of the field that holds the owner's e-mail address."""
        return next(field.name for field in self.fields if field.type is FieldType.USER)

    def readable(self, name: str) -> bool:
        """Whether `properties` may ask for `name`."""
        return name in _ALWAYS or any(field.name == name for field in self.fields)

    def complaint(self, given: Mapping[str, Any], users: frozenset[str]) -> str | None:
        """The first thing that is wrong with the `fields` of a request, or None."""
        known = {field.name: field for field in self.fields}
        for name, value in given.items():
            if name in _ALWAYS:
                return f"Field can not be set: {name}"
            if name not in known:
                return f"Unknown field: {name}"
            complaint = known[name].complaint(value, users)
            if complaint is not None:
                return complaint
        if given.get("email") is not None and _EMAIL.fullmatch(str(given["email"])) is None:
            return "Invalid e-mail address: email"
        return None

    def missing(self, given: Mapping[str, Any]) -> str | None:
        """What a create leaves out that it must give, or None."""
        lacking = [name for name in self.all_of if given.get(name) in {None, ""}]
        if lacking:
            return f"Missing required fields: {', '.join(lacking)}"
        if self.any_of and not any(given.get(name) for name in self.any_of):
            return f"At least one of these fields is required: {', '.join(self.any_of)}"
        return None


_ALWAYS = frozenset({"id", "created_at", "updated_at", "archived", "archived_by"})
"""System fields: the vendor sets them, nobody may write them."""

TICKETS = ObjectType(
    path="tickets",
    fields=(
        Field("external_id"),
        Field("ticket_name"),
        Field("pipeline", FieldType.ENUMERATION, tuple(PIPELINES)),
        Field("ticket_stage", FieldType.ENUMERATION, tuple(stage for stages in PIPELINES.values() for stage in stages)),
        Field("ticket_owner", FieldType.USER),
        Field("customer_email"),
        Field("last_note"),
        Field("due_date", FieldType.DATETIME),
        Field("severity", FieldType.ENUMERATION, SEVERITIES),
        Field("seats", FieldType.NUMBER),
        Field("escalated", FieldType.CHECKBOX),
    ),
    defaults=("id", "ticket_name", "pipeline", "ticket_owner", "external_id", "archived"),
    all_of=("ticket_name", "ticket_stage", "pipeline"),
)
CONTACTS = ObjectType(
    path="contacts",
    fields=(
        Field("external_id"),
        Field("first_name"),
        Field("last_name"),
        Field("email"),
        Field("phone"),
        Field("contact_owner", FieldType.USER),
    ),
    defaults=("id", "first_name", "last_name", "email", "contact_owner", "external_id", "archived"),
    any_of=("email", "first_name", "last_name"),
    unique=("email", "external_id"),
)
COMPANIES = ObjectType(
    path="companies",
    fields=(
        Field("external_id"),
        Field("company_name"),
        Field("description"),
        Field("industry"),
        Field("website_url"),
        Field("company_owner", FieldType.USER),
    ),
    defaults=("id", "company_name", "description", "industry", "company_owner", "external_id", "archived"),
    any_of=("company_name", "website_url"),
    unique=("website_url", "external_id"),
)
DEALS = ObjectType(
    path="deals",
    fields=(
        Field("external_id"),
        Field("deal_name"),
        Field("pipeline", FieldType.ENUMERATION, ("sales",)),
        Field("deal_stage", FieldType.ENUMERATION, ("open", "qualified", "won", "lost")),
        Field("deal_owner", FieldType.USER),
    ),
    defaults=("id", "deal_name", "pipeline", "deal_stage", "deal_owner", "external_id", "archived"),
    all_of=("deal_name", "deal_stage", "pipeline"),
)
OBJECT_TYPES = {kind.path: kind for kind in (TICKETS, CONTACTS, COMPANIES, DEALS)}
