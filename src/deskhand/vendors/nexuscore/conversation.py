"""Finds the conversation in `GET /v1/tickets/{id}`, whose schema is not printed.

Known is only that it holds the full conversation history, participants and the audit trail. Each is looked for at the top, under
an envelope, and inside the ticket; as a list, as an object with a list in it, or as an object by id. What is not found is missing,
what cannot be read is counted, and nothing here fails on any shape.
"""

from collections.abc import Iterator
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.http.jsontext import encode
from deskhand.http.wire import Item, Items, read_items

from .wire import Contact, Event, Message, Ticket

_ENVELOPES = ("data", "ticket", "result", "conversation", "conversation_history", "thread")
_MESSAGES = ("messages", "conversation_history", "conversation", "thread", "replies", "comments", "posts", "history")
_EVENTS = ("audit_trail", "audit_log", "audit", "events", "activity", "timeline", "history")
_PARTICIPANTS = ("participants", "people", "members")
_NOT_THE_TICKET = frozenset((*_MESSAGES, *_EVENTS, *_PARTICIPANTS))
"""Stored with the messages and the history, not a second time with the ticket."""

_LISTS = ("data", "items", "entries", "messages", "list", "results")


@dataclass(frozen=True, slots=True)
class Detail:
    """What one read of a ticket told.

    Attributes:
        ticket: None where nothing in the answer looks like one.
        messages: None where no conversation was found at all.
        raw: the whole answer.
    """

    ticket: Item[Ticket] | None
    messages: Items[Message] | None
    events: tuple[Event, ...]
    participants: tuple[Contact, ...]
    raw: str


def read_detail(data: Any) -> Detail:
    """Take an answer apart.

    Raises:
        ValueError: it is no object.
    """
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        raise ValueError(f"a {type(data).__name__} where a ticket belongs")  # noqa: TRY004 - the one class that `Answer.map` takes
    places = tuple(_places(data))
    found, used = _find(places, _MESSAGES)
    messages = None if found is None else read_items(Message, found)
    events, _ = _find(places, tuple(name for name in _EVENTS if name != used))
    people, _ = _find(places, _PARTICIPANTS)
    return Detail(
        ticket=_ticket(places),
        messages=messages,
        events=() if events is None else read_items(Event, [_as_object(event) for event in events]).models,
        participants=()
        if people is None
        else read_items(Contact, [_as_object(person, "email") for person in people]).models,
        raw=encode(data),
    )


def _places(data: dict[str, Any], depth: int = 3) -> Iterator[dict[str, Any]]:
    """Yield the object and the objects in it that may be envelopes, outer before inner."""
    inner = [data[name] for name in _ENVELOPES if isinstance(data.get(name), dict)]
    yield data
    if depth:
        for place in inner:
            yield from _places(place, depth - 1)


def _ticket(places: tuple[dict[str, Any], ...]) -> Item[Ticket] | None:
    for place in places:
        if "id" in place and any(name in place for name in ("subject", "status", "brand_id")):
            head = {name: value for name, value in place.items() if name not in _NOT_THE_TICKET}
            read = read_items(Ticket, [head])
            if read:
                return read.items[0]
    return None


def _find(places: tuple[dict[str, Any], ...], names: tuple[str, ...]) -> tuple[list[Any] | None, str]:
    for name in names:
        for place in places:
            if (entries := _entries(place.get(name))) is not None:
                return entries, name
    return None, ""


def _entries(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    for name in _LISTS:
        if isinstance(value.get(name), list):
            return list(value[name])
    if value and all(isinstance(entry, dict) for entry in value.values()):
        return [{"id": key, **entry} for key, entry in value.items()]
    return None


def _as_object(value: Any, name: str = "description") -> Any:
    """Let a bare text stand for an object with one field."""
    return {name: value} if isinstance(value, str) else value
