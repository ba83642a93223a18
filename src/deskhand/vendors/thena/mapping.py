"""Maps Thena's values to the domain's. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from deskhand.content.plain import normalise_for_matching
from deskhand.domain.capabilities import BodyFormat, StateChoice
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import NotPossible
from deskhand.domain.threads import Attachment, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import FieldValue, Group, Person, RemoteTicket, Ticket
from deskhand.http.times import to_rfc3339
from deskhand.http.wire import Item, Items, read_items
from deskhand.vendors.bodies import body_format
from deskhand.vendors.values import as_datetime, as_flag, field_value, first_value, is_filled, priority_of, state_of

from . import wire

CREATE_FIELDS = frozenset(
    (
        "title",
        "requestorEmail",
        "teamId",
        "description",
        "priorityName",
        "assignedAgentEmail",
        "dueDate",
        "isPrivate",
        "formId",
    )
)
"""Names of the documented body of a new ticket that our form asks for."""

EDITABLE = ("typeId", "sentimentId", "isPrivate", "aiGeneratedSummary")
"""Fields that a PATCH takes and that have no place of their own in a ticket."""

SKEW = timedelta(minutes=5)
"""How far the vendor's clock and ours may be apart."""

_RANGES = (("1d", 1), ("2d", 2), ("1w", 7), ("2w", 14), ("3w", 21), ("4w", 28), ("3m", 89))
"""Values of `dateRange` with the days that they reach back at the least."""

_CONTENTS = ("content", "contentHtml", "contentMarkdown")

_SYSTEM_TYPES = frozenset(("status_update", "assignment"))

_VISIBILITIES = {"public": Visibility.PUBLIC, "private": Visibility.INTERNAL, "internal": Visibility.INTERNAL}

_SEARCHED = {
    "number": ("ticketIdentifier", "ticketId"),
    "subject": ("title",),
    "priority": ("priority", "priorityName"),
    "vendor_priority": ("priority", "priorityName"),
    "priority_id": ("priority", "priorityName"),
    "requester": ("customerContactId", "customerContactEmail", "requestorEmail"),
    "assignee": ("assignedAgent", "assignedAgentId", "assignedAgentEmail"),
    "group": ("teamId", "teamUid"),
    "source": ("source",),
    "created_at": ("createdAt",),
    "updated_at": ("updatedAt",),
    "sentiment": ("sentiment",),
    "archived": ("archivedAt",),
    "customer_spoke_at": ("lastCustomerComment",),
    "agent_spoke_at": ("lastVendorComment",),
}
"""Which part of a ticket stands in which fields of a search document."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What this organisation calls things.

    Attributes:
        field_names: name of each custom field by its id.
        states: each status by its id: its parent may decide what it means.
    """

    field_names: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, StateChoice] = field(default_factory=dict)


def ticket(item: Item[wire.Ticket], account: AccountId, lookups: Lookups) -> RemoteTicket:
    """Map a ticket of a list, a PATCH or a POST: such an answer speaks of everything, what it leaves out is unset."""
    said = item.model
    moments = (said.last_comment, said.last_customer_comment, said.last_vendor_comment, said.updated_at)
    state_id = said.status_id or said.status
    state = lookups.states.get(state_id) or StateChoice(state_id, said.status, state_of(said.status))
    mapped = Ticket(
        key=TicketKey(account, said.id),
        number=said.ticket_identifier or said.ticket_id,
        subject=said.title,
        state=state.state,
        vendor_state=said.status or state.label,
        state_id=state_id,
        priority=priority_of(said.priority),
        vendor_priority=said.priority,
        priority_id=said.priority,
        requester=_requester(said),
        assignee=_person(said.assigned_agent, said.assigned_agent_email, said.assigned_agent_id),
        group=Group(said.team_id, said.team_name or said.team_id) if said.team_id else None,
        source=said.source,
        created_at=said.created_at,
        updated_at=said.updated_at,
        due_at=said.due_date,
        sentiment=said.sentiment,
        archived=bool(said.archived_at),
        customer_spoke_at=said.last_customer_comment,
        agent_spoke_at=said.last_vendor_comment,
        fields=_fields(said, lookups),
    )
    return RemoteTicket(mapped, raw=item.raw, comments_at=max((at for at in moments if at), default=None))


def from_search_hit(item: Item[wire.Ticket], account: AccountId, lookups: Lookups) -> RemoteTicket:
    """Map a search document: it may be cut down to what is indexed, so it speaks only of what it has."""
    whole = ticket(item, account, lookups)
    present = {name for name, value in json.loads(item.raw).items() if value is not None}
    known = {name for name, sources in _SEARCHED.items() if present.intersection(sources)}
    if item.model.status and item.model.status_id:
        known |= {"state", "vendor_state", "state_id"}  # a label without its id would not fit the id that is stored
    return RemoteTicket(whole.ticket, known=frozenset(known), raw=item.raw, comments_at=whole.comments_at)


def _requester(said: wire.Ticket) -> Person | None:
    name = f"{said.customer_contact_first_name} {said.customer_contact_last_name}".strip()
    return _person(name, said.customer_contact_email or said.requestor_email, said.customer_contact_id)


def _person(name: str, email: str, identifier: str) -> Person | None:
    return Person(name, email, identifier) if name or email or identifier else None


def _fields(said: wire.Ticket, lookups: Lookups) -> dict[str, FieldValue]:
    own: dict[str, FieldValue] = {
        "account": said.account,
        "subTeamName": said.sub_team_name,
        "typeId": said.type_id,
        "sentimentId": said.sentiment_id,
        "isPrivate": said.is_private,
        "aiGeneratedSummary": said.ai_generated_summary,
    }
    return {name: value for name, value in own.items() if is_filled(value)} | custom_values(
        said.custom_field_values, lookups.field_names
    )


def custom_values(values: Any, names: Mapping[str, str]) -> dict[str, FieldValue]:
    """Read custom field values, whose shape no document fixes: nothing is lost, whatever it is.

    Args:
        values: objects with an id and a value, a mapping, or anything else.
        names: of the fields, by id.
    """
    if not values:
        return {}
    if isinstance(values, dict):
        return {names.get(key, key): field_value(value) for key, value in values.items()}
    if not isinstance(values, list) or not all(isinstance(entry, dict) for entry in values):
        return {"customFieldValues": field_value(values)}
    read: dict[str, FieldValue] = {}
    for place, entry in enumerate(values):
        about = entry.get("customField") if isinstance(entry.get("customField"), dict) else {}
        identifier = first_value(entry, "fieldId", "customFieldId", "uid", "id") or first_value(about, "uid", "id")
        name = first_value(entry, "name", "fieldName") or first_value(about, "name")
        value = next((entry[key] for key in ("value", "values", "data") if key in entry), entry)
        if isinstance(value, list) and all(isinstance(part, dict) and "value" in part for part in value):
            value = [part["value"] for part in value]
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        read[names.get(identifier) or name or identifier or f"customFieldValues[{place}]"] = field_value(value)
    return read


def thread(pages: Sequence[Items[wire.Comment]], said: wire.Ticket | None, told: RemoteTicket | None) -> RemoteThread:
    """Put a conversation together: the ticket's description first, unless the first message of the customer repeats it.

    Comments come in no documented order, so they are sorted here; deleted ones are left out.

    Args:
        said: the ticket, for its description.
        told: the same, mapped.
    """
    comments = (item for items in pages for item in items if not item.model.deleted_at)
    messages = sorted((message(item) for item in comments), key=_moment)
    if said is not None and (first := opening(said)) is not None:
        customers = next((entry for entry in messages if entry.side is Side.CUSTOMER), None)
        if customers is None or not same_text(customers.body, first.body):
            messages.insert(0, first)
    whole = said is not None and not any(items.left_out for items in pages)
    return RemoteThread(tuple(messages), told, complete=whole)


def flatten_replies(pages: Sequence[Items[wire.Comment]]) -> Items[wire.Comment]:
    """Return the comments that stand only inside others; who may read one that does not say so is who may read the outer one."""
    flat = {item.model.id for items in pages for item in items}
    return read_items(
        wire.Comment,
        [
            {"commentVisibility": item.model.comment_visibility, **reply}
            for items in pages
            for item in items
            for reply in item.model.replies
            if isinstance(reply, dict) and str(reply.get("id")) not in flat and first_value(reply, *_CONTENTS)
        ],
    )


def _moment(entry: RemoteMessage) -> float:
    return entry.created_at.timestamp() if entry.created_at else float("inf")


def opening(said: wire.Ticket) -> RemoteMessage | None:
    """Return the ticket's description as the message that it was."""
    if not said.description.strip():
        return None
    return RemoteMessage(
        id=f"{said.id}-description",
        author=_requester(said) or Person(),
        side=Side.CUSTOMER,
        visibility=Visibility.PUBLIC,
        body=said.description,
        format=body_format(said.description),
        created_at=said.created_at,
    )


def message(item: Item[wire.Comment], key: str = "") -> RemoteMessage:
    """Map a comment.

    Args:
        key: the deduplication key that it was sent with; Thena does not tell it again.
    """
    said = item.model
    side = side_of(said)
    if said.content_html.strip():
        body, form = said.content_html, BodyFormat.HTML
    else:
        body, form = said.content or said.content_markdown, BodyFormat.PLAIN
    return RemoteMessage(
        id=said.id,
        author=_author(said, side),
        side=side,
        visibility=_read_by(said, side),
        body=body,
        format=form,
        created_at=said.created_at,
        attachments=_attachments(said.attachments),
        raw=item.raw,
        key=key,
    )


def visibility(said: wire.Comment) -> Visibility | None:
    """Return who reads a comment, None where it does not say (then Thena's default holds: public)."""
    visibility_label = said.comment_visibility.strip().casefold()
    return _VISIBILITIES.get(visibility_label, Visibility.UNSAID) if visibility_label else None


def _read_by(said: wire.Comment, side: Side) -> Visibility:
    found = visibility(said) or Visibility.PUBLIC
    # What a customer wrote is known to the customer, whatever stands beside it.
    return Visibility.PUBLIC if side is Side.CUSTOMER and found is Visibility.UNSAID else found


def side_of(said: wire.Comment) -> Side:
    """Return who speaks."""
    if said.customer_contact_id or said.customer_contact_email or "customer" in said.author_user_type.casefold():
        return Side.CUSTOMER
    return Side.SYSTEM if said.comment_type.casefold() in _SYSTEM_TYPES else Side.AGENT


def _author(said: wire.Comment, side: Side) -> Person:
    if side is Side.CUSTOMER:
        name = f"{said.customer_contact_first_name} {said.customer_contact_last_name}".strip()
        return Person(name or said.author, said.customer_contact_email, said.customer_contact_id)
    return Person(
        said.impersonated_user_name or said.author, said.impersonated_user_email or said.author_email, said.author_id
    )


def _attachments(entries: Any) -> tuple[Attachment, ...]:
    """Name the files of a comment. No document tells how to fetch one, so none gets an address."""
    if not isinstance(entries, list):
        return ()
    files = []
    for place, entry in enumerate(entries):
        if isinstance(entry, dict):
            size = entry.get("size")
            name = first_value(entry, "name", "fileName", "originalName", "filename") or f"file {place + 1}"
            mime = first_value(entry, "contentType", "mimeType", "type")
            identifier = first_value(entry, "id", "uid") or name
            files.append(Attachment(identifier, name, size if isinstance(size, int) else None, mime))
        elif isinstance(entry, str) and entry:
            last = unquote(urlsplit(entry).path.rpartition("/")[2]) if "://" in entry else ""
            files.append(Attachment(entry, last or f"file {place + 1}"))
    return tuple(files)


def same_text(left: str, right: str) -> bool:
    """Tell whether two bodies say the same, whatever their markup and spacing."""
    return _normalised_text(left) == _normalised_text(right)


def _normalised_text(body: str) -> str:
    return normalise_for_matching(body, body_format(body) is BodyFormat.HTML)


def reply_body(sent: OutgoingMessage) -> dict[str, Any]:
    """Return the body of a public reply. The visibility is always said."""
    return _comment_body(sent) | {"commentVisibility": "public", "commentType": "reply", "shouldSendEmail": True}


def note_body(sent: OutgoingMessage) -> dict[str, Any]:
    """Return the body of a private note. Thena's default is public, so the visibility is always said."""
    return _comment_body(sent) | {"commentVisibility": "private", "commentType": "note", "shouldSendEmail": False}


def _comment_body(sent: OutgoingMessage) -> dict[str, Any]:
    if sent.files or sent.cc:
        raise NotPossible(
            "Thena's documentation shows no way to send files or copies with a message. Nothing was sent."
        )
    body: dict[str, Any] = {"content": sent.text, "deDuplicationKey": sent.key}
    return body | {"contentHtml": sent.html} if sent.html else body


def changes(edit: TicketEdit) -> dict[str, Any]:
    """Return the body of a PATCH.

    Raises:
        NotPossible: for what no document shows: leaving a ticket with nobody, emptying a field, further fields.
    """
    body: dict[str, Any] = {}
    if edit.state_id is not None:
        body["statusId"] = edit.state_id
    if edit.priority_id is not None:
        body["priorityName"] = edit.priority_id
    if edit.assign:
        body |= _assignment(edit.assignee)
    for name, value in (edit.fields or {}).items():
        if name != "subject" and name not in EDITABLE:
            raise NotPossible(f"Thena's documentation shows no way to change {name}. Nothing was sent.")
        if not is_filled(value):
            raise NotPossible(f"Thena's documentation shows no way to empty {name}. Nothing was sent.")
        body["title" if name == "subject" else name] = as_flag(value) if name == "isPrivate" else value
    return body


def _assignment(to: Person | None) -> dict[str, Any]:
    if to is None:
        raise NotPossible(
            "Thena's documentation shows no way to leave a ticket with nobody. Nothing was sent; choose somebody else instead."
        )
    # Whether a member's id is a user's id is not said; the e-mail is the same person in any case.
    return {"assignedAgentEmail": to.email} if to.email else {"assignedAgentId": to.id}


def create_body(new: NewTicket) -> dict[str, Any]:
    """Return the body of a new ticket: documented names as they are, any other is the id of a custom field."""
    body: dict[str, Any] = {"deDuplicationKey": new.key}
    custom = []
    for name, value in new.fields.items():
        if not is_filled(value):
            continue
        if name not in CREATE_FIELDS:
            # The item's shape is shown in a sample of drafts only ({"fieldId", "value"}).
            custom.append({"fieldId": name, "value": list(value) if isinstance(value, tuple) else value})
        elif name == "isPrivate":
            body[name] = as_flag(value)
        elif name == "dueDate" and (due := as_datetime(value)) is not None:
            body[name] = to_rfc3339(due)
        else:
            body[name] = value
    return body | {"customFieldValues": custom} if custom else body


def date_range(age: timedelta) -> str:
    """Return the smallest documented window that surely holds everything of the last `age`; "" where none does.

    Windows begin at midnight UTC, a whole number of days ago: `1d` always reaches back 24 hours or more.
    """
    return next((visibility_label for visibility_label, days in _RANGES if age + SKEW <= timedelta(days=days)), "")
