"""Three ways to print one ticket: the documents show none, so a client must be ready for any."""

from typing import Any, Literal

from deskhand_sandbox.nexuscore.desk import BRANDS, Desk, Said, stamp
from deskhand_sandbox.world import Matter, Person, Utterance

Shape = Literal["nested", "bare", "parted"]


def ticket(desk: Desk, matter: Matter, shape: Shape, origin: str) -> dict[str, Any]:
    """One ticket with its conversation, participants and audit trail."""
    said = [message(item, shape, origin) for item in desk.conversation(matter)]
    fields = summary(desk, matter)
    people = _people(matter)
    audit = desk.extras(matter).audit
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


def summary(desk: Desk, matter: Matter) -> dict[str, Any]:
    """A ticket without its conversation, as a change answers it."""
    customer = matter.requester
    return {
        **desk.item(matter),
        "updated_at": stamp(matter.updated_at),
        "assigned_to": matter.assignee.email if matter.assignee else None,
        "customer": {"email": customer.email, "name": customer.name} if customer else None,
        "tags": list(matter.tags),
        "origin": matter.source if matter.source in {"email", "web", "api"} else "web",
    }


def message(said: Said, shape: Shape, origin: str) -> dict[str, Any]:
    """One message of a conversation."""
    remote, utterance, cc = said
    side = "customer" if utterance.by_customer else "agent"
    author = utterance.author
    match shape:
        case "nested":
            return {
                "id": remote,
                "author": _author(author, utterance.by_customer),
                "body": utterance.text,
                "body_html": utterance.html,
                "cc": cc,
                "created_at": stamp(utterance.at),
                "attachments": [
                    {
                        "id": file.id,
                        "file_name": file.name,
                        "content_type": file.mime,
                        "size": len(file.data),
                        "url": url,
                    }
                    for file, url in _files(utterance, origin)
                ],
            }
        case "bare":
            return {
                "message_id": remote,
                "author_type": side,
                "author_name": author.name,
                "author_email": author.email,
                "body": utterance.text if utterance.html is None else utterance.html,
                "content_type": "text/plain" if utterance.html is None else "text/html",
                "sent_at": stamp(utterance.at),
                "files": [
                    {
                        "attachment_id": file.id,
                        "name": file.name,
                        "mime_type": file.mime,
                        "size_bytes": len(file.data),
                        "download_url": url,
                    }
                    for file, url in _files(utterance, origin)
                ],
            }
        case "parted":
            return {
                "id": remote,
                "sender": {"role": side, "display_name": author.name, "address": author.email},
                "text": utterance.text,
                "html": utterance.html,
                "timestamp": int(utterance.at.timestamp()),
                "attachments": [
                    {"id": file.id, "filename": file.name, "type": file.mime, "bytes": len(file.data), "href": url}
                    for file, url in _files(utterance, origin)
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


def _people(matter: Matter) -> list[tuple[Person, bool]]:
    found = {said.author.email: (said.author, said.by_customer) for said in matter.utterances if not said.internal}
    return list(found.values())


def _files(utterance: Utterance, origin: str) -> list[tuple[Any, str]]:
    return [(file, f"{origin}/storage/{file.id}?signature=read") for file in utterance.files]
