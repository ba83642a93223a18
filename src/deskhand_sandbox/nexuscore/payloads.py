"""Three ways to print one ticket: the documents show none, so a client must be ready for any."""

from typing import Any, Literal

from deskhand_sandbox.nexuscore.vendor_data import BRANDS, MessageEntry, VendorData, stamp
from deskhand_sandbox.seed_data import Person, SeedMessage, SeedTicket

Shape = Literal["nested", "bare", "parted"]


def ticket(vendor_data: VendorData, seed_ticket: SeedTicket, shape: Shape, origin: str) -> dict[str, Any]:
    """One ticket with its conversation, participants and audit trail."""
    said = [message(item, shape, origin) for item in vendor_data.conversation(seed_ticket)]
    fields = summary(vendor_data, seed_ticket)
    people = _people(seed_ticket)
    audit = vendor_data.extras(seed_ticket).audit
    match shape:
        case "nested":
            trail = [{**entry, "event": "ticket.updated", "at": stamp(entry["at"])} for entry in audit]
            return {
                "data": {
                    **fields,
                    "conversation": said,
                    "participants": [_author(person, customer) for person, customer in people],
                    "audit_trail": trail,
                }
            }
        case "bare":
            return {
                **fields,
                "messages": said,
                "participants": [person.email for person, _customer in people],
                "audit": [{**entry, "at": stamp(entry["at"])} for entry in audit],
            }
        case "parted":
            entries = [{**entry, "at": int(entry["at"].timestamp())} for entry in audit]
            return {
                "ticket": fields,
                "conversation": {"items": said},
                "participants": {"data": [_author(person, customer) for person, customer in people]},
                "audit_log": {"entries": entries},
            }


def summary(vendor_data: VendorData, seed_ticket: SeedTicket) -> dict[str, Any]:
    """A ticket without its conversation, as a change answers it."""
    customer = seed_ticket.requester
    return {
        **vendor_data.item(seed_ticket),
        "updated_at": stamp(seed_ticket.updated_at),
        "assigned_to": seed_ticket.assignee.email if seed_ticket.assignee else None,
        "customer": {"email": customer.email, "name": customer.name} if customer else None,
        "tags": list(seed_ticket.tags),
        "origin": seed_ticket.source if seed_ticket.source in {"email", "web", "api"} else "web",
    }


def message(said: MessageEntry, shape: Shape, origin: str) -> dict[str, Any]:
    """One message of a conversation."""
    remote, seed_message, cc = said
    side = "customer" if seed_message.by_customer else "agent"
    author = seed_message.author
    match shape:
        case "nested":
            return {
                "id": remote,
                "author": _author(author, seed_message.by_customer),
                "body": seed_message.text,
                "body_html": seed_message.html,
                "cc": cc,
                "created_at": stamp(seed_message.at),
                "attachments": [
                    {
                        "id": file.id,
                        "file_name": file.name,
                        "content_type": file.mime,
                        "size": len(file.data),
                        "url": url,
                    }
                    for file, url in _files(seed_message, origin)
                ],
            }
        case "bare":
            return {
                "message_id": remote,
                "author_type": side,
                "author_name": author.name,
                "author_email": author.email,
                "body": seed_message.text if seed_message.html is None else seed_message.html,
                "content_type": "text/plain" if seed_message.html is None else "text/html",
                "sent_at": stamp(seed_message.at),
                "files": [
                    {
                        "attachment_id": file.id,
                        "name": file.name,
                        "mime_type": file.mime,
                        "size_bytes": len(file.data),
                        "download_url": url,
                    }
                    for file, url in _files(seed_message, origin)
                ],
            }
        case "parted":
            return {
                "id": remote,
                "sender": {"role": side, "display_name": author.name, "address": author.email},
                "text": seed_message.text,
                "html": seed_message.html,
                "timestamp": int(seed_message.at.timestamp()),
                "attachments": [
                    {"id": file.id, "filename": file.name, "type": file.mime, "bytes": len(file.data), "href": url}
                    for file, url in _files(seed_message, origin)
                ],
            }


def upload(attachment_id: str, url: str, shape: Shape) -> dict[str, Any]:
    """The answer to step 1 of an attachment."""
    if shape == "bare":
        return {"attachment_id": attachment_id, "url": url}
    return {"data": {"id": attachment_id, "upload_url": url}}


def wrapped(content: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """An object as a write answers it."""
    return content if shape == "bare" else {"data": content}


def brand(brand_id: str) -> dict[str, Any]:
    """One brand with its flags and policies."""
    found = next(item for item in BRANDS if item.id == brand_id)
    return {
        **listed_brand(brand_id),
        "default_language": found.language,
        "allowed_channels": ["email", "web"],
        "sla_policies": [{"name": "Standard", "response_minutes": 240, "resolution_minutes": 2880}],
        "flags": {"ai_drafts": False},
        "created_at": "2024-02-01T09:00:00Z",
    }


def listed_brand(brand_id: str) -> dict[str, Any]:
    """One brand in the list: four fields."""
    found = next(item for item in BRANDS if item.id == brand_id)
    return {"id": found.id, "name": found.name, "timezone": found.timezone, "status": found.status}


def _author(person: Person, customer: bool) -> dict[str, Any]:  # noqa: FBT001 - the pair says it
    return {"type": "customer" if customer else "agent", "name": person.name, "email": person.email}


def _people(seed_ticket: SeedTicket) -> list[tuple[Person, bool]]:
    found = {said.author.email: (said.author, said.by_customer) for said in seed_ticket.messages if not said.internal}
    return list(found.values())


def _files(seed_message: SeedMessage, origin: str) -> list[tuple[Any, str]]:
    return [(file, f"{origin}/storage/{file.id}?signature=read") for file in seed_message.files]
