"""A ticket's server state as JSON and back.

By hand and without defaults: `domain.plain` takes five times as long, and a first import encodes a million (the round trip of every
field is tested).
"""

import json
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from deskhand.domain.capabilities import Feature, Reason
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import FieldValue, Group, Person, Priority, State, Ticket

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_TEXTS = (
    "number",
    "subject",
    "vendor_state",
    "state_id",
    "vendor_priority",
    "priority_id",
    "stage",
    "source",
    "sentiment",
    "web_url",
)
_TIMES = ("created_at", "updated_at", "due_at", "customer_spoke_at", "agent_spoke_at")
_texts = attrgetter(*_TEXTS)
_times = attrgetter(*_TIMES)


def encode(ticket: Ticket) -> str:
    """Return the JSON of a ticket without its key."""
    plain: dict[str, object] = {name: text for name, text in zip(_TEXTS, _texts(ticket), strict=True) if text}
    plain["state"], plain["priority"] = ticket.state.value, ticket.priority.value
    for name, time in zip(_TIMES, _times(ticket), strict=True):
        if time is not None:
            plain[name] = (time if time.tzinfo is UTC else time.astimezone(UTC)).isoformat()
    if (requester := ticket.requester) is not None:
        plain["requester"] = (requester.name, requester.email, requester.id)
    if (assignee := ticket.assignee) is not None:
        plain["assignee"] = (assignee.name, assignee.email, assignee.id)
    if ticket.tags:
        plain["tags"] = ticket.tags
    if (group := ticket.group) is not None:
        plain["shelf"] = (group.id, group.name, group.parent)
    if ticket.archived:
        plain["archived"] = True
    if ticket.fields:
        plain["fields"] = dict(ticket.fields)
    if not ticket.assignee_told:
        plain["assignee_told"] = False
    if ticket.blocked:
        plain["blocked"] = {feature.value: reason.value for feature, reason in ticket.blocked.items()}
    return _encode(plain)


def decode(key: TicketKey, text: str) -> Ticket:
    """Read what `encode` wrote."""
    plain = json.loads(text)
    requester, assignee, group = plain.get("requester"), plain.get("assignee"), plain.get("shelf")
    values: dict[str, Any] = {name: plain[name] for name in _TEXTS if name in plain}
    values |= {name: datetime.fromisoformat(plain[name]) for name in _TIMES if name in plain}
    return Ticket(
        key,
        **values,
        state=State(plain["state"]),
        priority=Priority(plain["priority"]),
        requester=Person(*requester) if requester else None,
        assignee=Person(*assignee) if assignee else None,
        tags=tuple(plain.get("tags", ())),
        group=Group(*group) if group else None,
        archived=plain.get("archived", False),
        fields={name: _value(value) for name, value in plain.get("fields", {}).items()},
        assignee_told=plain.get("assignee_told", True),
        blocked={Feature(feature): Reason(reason) for feature, reason in plain.get("blocked", {}).items()},
    )


def _value(value: object) -> FieldValue:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def scrub(text: str) -> str:
    """Return the text without lone surrogates, which JSON may carry and UTF-8 cannot; the same object where there are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def millis(time: datetime | None) -> int:
    """Return milliseconds since 1970, 0 for none or earlier."""
    return 0 if time is None else max(0, int(time.timestamp() * 1000))


def moment(ms: int | None) -> datetime | None:
    """Return the time that `millis` came from."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None
