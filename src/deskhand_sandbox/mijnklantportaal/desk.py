"""What Mijn Klantportaal holds: tickets and their messages, in its own words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.world import File, Matter, Person, Utterance, World

TICKETS = Ids("tic_")
MESSAGES = Ids("tim_")
ATTACHMENTS = Ids("tma_")
CUSTOMERS = Ids("cst_")

OWNER = Person("owner", "Administratiekantoor Van Dalen", "info@vandalen.example", language="nl")
"""Who a reply through the API is shown to be posted by."""

UPLOAD_WITHIN = timedelta(minutes=5)

_ROOM = 100_000
"""Message numbers set aside for each ticket; and attachment numbers, fewer, for each message."""
_FILES_ROOM = 100
_ZONE = timezone(timedelta(hours=2))
_STATUSES = {"open": "open", "pending": "open", "on_hold": "open", "snoozed": "open", "solved": "closed"}
_SOURCES = {"email": "email", "chat": "chat"}


class Desk:
    """The tickets of a world as Mijn Klantportaal words them."""

    def __init__(self, world: World) -> None:
        self.world = world

    def find(self, ticket_id: str) -> Matter | None:
        """The ticket with that id."""
        number = TICKETS.number(ticket_id)
        return None if number is None else self.world.matters.numbered(number)

    def position(self, matter: Matter, message_id: str) -> int | None:
        """Where in the thread the message with that id stands, None where it is not of this ticket."""
        number = MESSAGES.number(message_id)
        if number is None:
            return None
        owner, position = divmod(number, _ROOM)
        if owner != matter.number or position >= len(matter.utterances) or matter.utterances[position].internal:
            return None
        return position

    def newest_first(self, start: int, count: int) -> list[Matter]:
        """`count` tickets from the `start`-th newest on."""
        last = len(self.world.matters) - start
        return [self.world.matters[number - 1] for number in range(last, max(0, last - count), -1)]

    def attach(self, matter: Matter, position: int, file: File) -> str:
        """Hang a file on a message; returns the attachment's id."""
        said = matter.utterances[position]
        matter.utterances[position] = replace(said, files=(*said.files, file))
        return _attachment_id(matter, position, len(said.files))


def status_of(matter: Matter) -> str:
    """`open`, `closed`, or a word that nobody knows."""
    return _STATUSES.get(matter.state, matter.state)


def source_of(matter: Matter) -> str:
    """`portal`, `email` or `chat`."""
    return _SOURCES.get(matter.source, "portal")


def ticket(matter: Matter) -> dict[str, Any]:
    """A ticket without its messages, as lists print it."""
    requester = matter.requester
    return {
        "id": TICKETS.of(matter.number),
        "customerId": customer_id(requester) if requester else None,
        "title": matter.subject,
        "source": source_of(matter),
        "status": status_of(matter),
        "createdAt": atom(matter.created_at),
    }


def ticket_with_messages(matter: Matter) -> dict[str, Any]:
    """A ticket with all its messages, oldest first."""
    return {**ticket(matter), "messages": list(_messages(matter))}


def customer_id(person: Person) -> str:
    """The id of a customer; the world numbers its people."""
    return CUSTOMERS.of(int(person.id.rpartition("-")[2]))


def message_id(matter: Matter, position: int) -> str:
    """The id of the message at a position of the thread."""
    return MESSAGES.of(matter.number * _ROOM + position)


def atom(at: datetime) -> str:
    """A time in the ATOM format."""
    return at.astimezone(_ZONE).isoformat(timespec="seconds")


def _messages(matter: Matter) -> Iterator[dict[str, Any]]:
    for position, said in enumerate(matter.utterances):
        if not said.internal:
            yield {
                "id": message_id(matter, position),
                "postedBy": said.author.name,
                "isPostedByCustomer": said.by_customer,
                "message": _body(said),
                "postedAt": atom(said.at),
                "attachments": [
                    {
                        "id": _attachment_id(matter, position, number),
                        "name": file.name,
                        "size": len(file.data),
                        "mime": file.mime,
                    }
                    for number, file in enumerate(said.files)
                ],
            }


def _body(said: Utterance) -> str:
    return said.text if said.html is None else said.html


def _attachment_id(matter: Matter, position: int, number: int) -> str:
    return ATTACHMENTS.of((matter.number * _ROOM + position) * _FILES_ROOM + number)
