"""Reading what a client wants to write, field by field, and doing it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from starlette.exceptions import HTTPException

from deskhand_sandbox.nexuscore.vendor_data import ORIGINS, PRIORITIES, STATUSES, MessageEntry, VendorData, status_of
from deskhand_sandbox.seed_data import File, Person, SeedMessage, SeedTicket

METADATA_MOST = 4096
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_WORKSPACE = Person("workspace", "Support", "support@nexuscore.example")


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to create."""

    brand_id: str
    subject: str
    description: str
    email: str
    name: str | None
    priority: str | None
    tags: list[str]
    origin: str
    as_sent: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to post."""

    by_customer: bool
    body: str
    cc: list[str]
    attachment_ids: list[str]
    as_sent: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for."""

    query: str
    brand_id: str | None
    created_after: datetime | None


def new_ticket(body: dict[str, Any]) -> NewTicket:
    """Check the body of a create call."""
    required = ("brand_id", "subject", "description", "customer")
    _only(body, *required, "priority", "tags", "origin", "metadata")
    for name in required[:3]:
        _text(body, name)
    customer = body.get("customer")
    if not isinstance(customer, dict):
        raise _wrong("customer", "must be an object")
    _only(customer, "email", "name")
    email = _text(customer, "email")
    if not _ADDRESS.fullmatch(email):
        raise _wrong("customer.email", "must be an e-mail address")
    metadata = body.get("metadata", {})
    if not isinstance(metadata, dict) or len(json.dumps(metadata, separators=(",", ":")).encode()) > METADATA_MOST:
        raise _wrong("metadata", "must be an object of at most 4 KB")
    return NewTicket(
        brand_id=body["brand_id"],
        subject=body["subject"],
        description=body["description"],
        email=email,
        name=_text(customer, "name") if "name" in customer else None,
        priority=_one_of(body, "priority", PRIORITIES) if "priority" in body else None,
        tags=_texts(body, "tags"),
        origin=_one_of(body, "origin", ORIGINS) if "origin" in body else "api",
        as_sent=body,
    )


def create(vendor_data: VendorData, wanted: NewTicket, now: datetime) -> SeedTicket:
    """Add the ticket, its description as the customer's first message."""
    customer = vendor_data.seed_data.customer(wanted.email) or Person(
        f"new-{wanted.email}", wanted.name or wanted.email, wanted.email
    )
    seed_ticket = SeedTicket(
        number=0,
        subject=wanted.subject,
        requester=customer,
        assignee=None,
        state="open",
        priority=wanted.priority or "none",
        tags=list(wanted.tags),
        source="email" if wanted.origin == "email" else "web" if wanted.origin == "web" else "api",
        created_at=now,
        updated_at=now,
    )
    vendor_data.seed_data.tickets.append(seed_ticket)
    vendor_data.extras(seed_ticket).brand = wanted.brand_id
    vendor_data.add_message(seed_ticket, SeedMessage(customer, True, False, None, wanted.description, now), [])
    return seed_ticket


def change(body: dict[str, Any], seed_ticket: SeedTicket, agents: Sequence[Person]) -> dict[str, Any]:
    """Check the body of a change; returns it."""
    _only(body, "status", "priority", "assigned_to", "tags")
    if not body:
        raise HTTPException(422, "Nothing to change")
    if "status" in body:
        _one_of(body, "status", (*STATUSES, status_of(seed_ticket)))
    if "priority" in body:
        _one_of(body, "priority", (*PRIORITIES, seed_ticket.priority))
    if body.get("assigned_to") is not None and _agent(agents, _text(body, "assigned_to")) is None:
        raise _wrong("assigned_to", "is no agent of this workspace")
    if "tags" in body:
        _texts(body, "tags")
    return body


def apply(
    vendor_data: VendorData, seed_ticket: SeedTicket, changes: Mapping[str, Any], now: datetime, *, add_tags: bool
) -> None:
    """Do what `change` has checked."""
    if "status" in changes:
        seed_ticket.state = changes["status"]
    if "priority" in changes:
        seed_ticket.priority = changes["priority"]
    if "assigned_to" in changes:
        email = changes["assigned_to"]
        seed_ticket.assignee = None if email is None else _agent(vendor_data.seed_data.agents, email)
    if "tags" in changes:
        present = seed_ticket.tags if add_tags else []
        seed_ticket.tags = list(dict.fromkeys([*present, *changes["tags"]]))
    vendor_data.add_audit_entry(seed_ticket, _WORKSPACE.email, dict(changes), now)


def new_message(body: dict[str, Any]) -> NewMessage:
    """Check the body of a reply."""
    _only(body, "author_type", "body", "cc", "attachment_ids", "attachments")
    cc = _texts(body, "cc")
    if not all(_ADDRESS.fullmatch(address) for address in cc):
        raise _wrong("cc", "must hold e-mail addresses")
    named = body.get("attachments", body.get("attachment_ids", []))
    if not isinstance(named, list):
        raise _wrong("attachments", "must be a list")
    ids: list[str] = []
    for item in named:
        wanted = item.get("id") if isinstance(item, dict) else item
        if not isinstance(wanted, str):
            raise _wrong("attachments", "must name attachments by id")
        ids.append(wanted)
    return NewMessage(
        by_customer=_one_of(body, "author_type", ("agent", "customer")) == "customer",
        body=_text(body, "body"),
        cc=cc,
        attachment_ids=ids,
        as_sent=body,
    )


def say(
    vendor_data: VendorData, seed_ticket: SeedTicket, wanted: NewMessage, files: tuple[File, ...], now: datetime
) -> MessageEntry:
    """Post the message."""
    author = seed_ticket.requester or vendor_data.seed_data.customers[0] if wanted.by_customer else _WORKSPACE
    return vendor_data.add_message(
        seed_ticket, SeedMessage(author, wanted.by_customer, False, None, wanted.body, now, files), wanted.cc
    )


def search(body: dict[str, Any]) -> Search:
    """Check the body of a search."""
    _only(body, "query", "filters")
    filters = body.get("filters", {})
    if not isinstance(filters, dict):
        raise _wrong("filters", "must be an object")
    _only(filters, "brand_id", "created_after")
    after = None
    if "created_after" in filters:
        text = _text(filters, "created_after")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise _wrong("created_after", "must be a date")
        try:
            after = datetime.combine(date.fromisoformat(text), time(), UTC)
        except ValueError:
            raise _wrong("created_after", "must be a date") from None
    return Search(_text(body, "query"), _text(filters, "brand_id") if "brand_id" in filters else None, after)


def _agent(agents: Sequence[Person], email: str) -> Person | None:
    return next((agent for agent in agents if agent.email.casefold() == email.casefold()), None)


def _only(body: Mapping[str, Any], *names: str) -> None:
    unknown = set(body) - set(names)
    if unknown:
        raise HTTPException(422, f"Unknown field: {', '.join(sorted(unknown))}")


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(name, "is required")
    return value


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(name, "must be a list of strings")
    return value


def _one_of(body: Mapping[str, Any], name: str, allowed: Sequence[str]) -> str:
    value = body.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise _wrong(name, f"must be one of {', '.join(allowed)}")
    return value


def _wrong(name: str, why: str) -> HTTPException:
    return HTTPException(422, f"{name} {why}")
