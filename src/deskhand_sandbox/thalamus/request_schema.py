"""The bodies that Thalamus' eight calls take, field by field, and the check of a body against them.

Source: docs.developers.nerds.nl, one page per call: names, nullability, enums, lengths and formats are the vendor's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, assert_never
from uuid import UUID

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

CATEGORIES = ("new", "open", "pending", "hold", "solved", "closed")
"""The six internal categories that a status variant maps to."""


class ValueType(Enum):
    """What a value has to be."""

    TEXT = "a string"
    EMAIL = "an e-mail address"
    UUID = "a UUID"
    MOMENT = "an RFC 3339 date-time"
    INTEGER = "an integer"
    TEXTS = "a list of strings"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request body."""

    name: str
    kind: ValueType = ValueType.TEXT
    required: bool = False
    nullable: bool = True
    values: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    def complaint(self, value: object) -> str | None:
        """What is wrong with `value`, or None."""
        if value is None:
            return None if self.nullable else f"{self.name} may not be null"
        if not _fits(self.kind, value):
            return f"{self.name} must be {self.kind.value}"
        if self.values and value not in self.values:
            return f"{self.name} must be one of {', '.join(self.values)}"
        if isinstance(value, str) and len(value) < self.least:
            return f"{self.name} must have at least {self.least} character"
        if isinstance(value, str) and self.most is not None and len(value) > self.most:
            return f"{self.name} may have at most {self.most} characters"
        return None


def _fits(kind: ValueType, value: object) -> bool:
    match kind:
        case ValueType.TEXT:
            return isinstance(value, str)
        case ValueType.EMAIL:
            return isinstance(value, str) and _EMAIL.fullmatch(value) is not None
        case ValueType.UUID:
            return isinstance(value, str) and _UUID.fullmatch(value) is not None and bool(UUID(value))
        case ValueType.MOMENT:
            return isinstance(value, str) and _is_moment(value)
        case ValueType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ValueType.TEXTS:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case _:
            assert_never(kind)


def _is_moment(value: str) -> bool:
    if _RFC3339.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def complaints(shape: tuple[Field, ...], body: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with `body`, in the order of the documented fields; unknown fields are ignored."""
    found: list[str] = []
    for field in shape:
        if field.name not in body:
            if field.required:
                found.append(f"{field.name} is required")
            continue
        complaint = field.complaint(body[field.name])
        if complaint is not None:
            found.append(complaint)
    return found


def supplied(shape: tuple[Field, ...], body: Mapping[str, Any]) -> dict[str, Any]:
    """The documented part of `body`."""
    return {field.name: body[field.name] for field in shape if field.name in body}


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


_TIMES = (Field("created_at", ValueType.MOMENT), Field("updated_at", ValueType.MOMENT))
_ADDRESS = (
    *_texts("name", "email", "phone", "address", "zip", "city"),
    Field("country", least=2, most=2),
    *_texts("comment"),
    Field("status", nullable=False),
    *_TIMES,
)

TICKET = (
    *_texts("organization_external_id", "contact_external_id", "external_group_id", "external_agent_id", "title"),
    *_texts("status", "priority", "type", "category", "subcategory"),
    *_TIMES,
)
COMMENT = (
    Field("body", required=True, nullable=False),
    *_texts("external_id", "external_contact_id", "external_agent_id"),
    Field("visibility", nullable=False, values=("public", "internal", "private")),
    Field("created_at", ValueType.MOMENT),
)
CONTACT = (Field("external_organization_id", nullable=False), *_ADDRESS)
ORGANIZATION = _ADDRESS
STATUS = (
    Field("id", required=True, nullable=False, least=1, most=256),
    Field("label", required=True, nullable=False, least=1, most=128),
    Field("mapped_status", required=True, nullable=False, values=CATEGORIES),
    Field("source_system", most=256),
    Field("status", nullable=False, values=("active", "inactive")),
)
CATEGORY = (
    Field("external_id", required=True, nullable=False),
    Field("value", required=True, nullable=False),
    Field("label", required=True, nullable=False),
    Field("type_value", required=True, nullable=False),
    Field("sort_order", ValueType.INTEGER),
)
AGENT = (
    Field("external_id", required=True, nullable=False),
    Field("name", required=True, nullable=False),
    Field("group_external_ids", ValueType.TEXTS, nullable=False),
)
QUEUE = (
    Field("type", required=True, nullable=False, values=("callback", "appointment", "ticket", "chat", "abandoned")),
    Field("phone", required=True, nullable=False),
    Field("campaign_uuid", ValueType.UUID, required=True, nullable=False),
    Field("skill_uuid", ValueType.UUID, required=True, nullable=False),
    Field("name"),
    Field("email", ValueType.EMAIL),
    Field("reference"),
    Field("agent_uuid", ValueType.UUID),
    Field("comment"),
    Field("datetime_start", ValueType.MOMENT),
)

ANSWERED = {
    "ticket": (
        "external_id",
        "title",
        "status",
        "priority",
        "type",
        "category",
        "subcategory",
        "organization_external_id",
        "contact_external_id",
        "external_group_id",
        "external_agent_id",
        "created_at",
        "updated_at",
    ),
    "comment": ("external_id", "external_ticket_id", "body", "visibility", "created_at"),
    "contact": (
        "external_id",
        "name",
        "email",
        "phone",
        "external_organization_id",
        "status",
        "created_at",
        "updated_at",
    ),
    "organization": ("external_id", "name", "email", "phone", "status", "created_at", "updated_at"),
    "status": ("id", "label", "mapped_status", "status"),
    "category": ("external_id", "value", "label"),
    "agent": ("external_id", "value", "label"),
    "queue": (
        "id",
        "type",
        "phone",
        "name",
        "email",
        "status",
        "campaign_uuid",
        "reference",
        "datetime_start",
        "created_at",
    ),
}
"""The key set of `data` in each answer, `uuid` apart: nothing else is echoed."""
