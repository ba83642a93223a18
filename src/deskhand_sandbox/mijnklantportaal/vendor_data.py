"""What Mijn Klantportaal holds: tickets and their messages, in its own terms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.seed_data import File, Person, SeedData, SeedMessage, SeedTicket

TICKETS = Ids("tic_")
MESSAGES = Ids("tim_")
ATTACHMENTS = Ids("tma_")
CUSTOMERS = Ids("cst_")

OWNER = Person("owner", "Administratiekantoor Van Dalen", "info@vandalen.example", language="nl")
"""Who a reply through the API is shown to be posted by."""

UPLOAD_WITHIN = timedelta(minutes=5)

_MESSAGE_NUMBERS = 100_000
"""Message numbers set aside for each ticket; and attachment numbers, fewer, for each message."""
_FILE_NUMBERS = 100
_ZONE = timezone(timedelta(hours=2))
_STATUSES = {"open": "open", "pending": "open", "on_hold": "open", "snoozed": "open", "solved": "closed"}
_SOURCES = {"email": "email", "chat": "chat"}


class VendorData:
    """The tickets of the seed data as Mijn Klantportaal has them."""

    def __init__(self, seed_data: SeedData) -> None:
        self.seed_data = seed_data

    def find(self, ticket_id: str) -> SeedTicket | None:
        """The ticket with that id."""
        number = TICKETS.number(ticket_id)
        return None if number is None else self.seed_data.tickets.numbered(number)

    def position(self, seed_ticket: SeedTicket, message_id: str) -> int | None:
        """Where in the thread the message with that id stands, None where it is not of this ticket."""
        number = MESSAGES.number(message_id)
        if number is None:
            return None
        owner, position = divmod(number, _MESSAGE_NUMBERS)
        if (
            owner != seed_ticket.number
            or position >= len(seed_ticket.messages)
            or seed_ticket.messages[position].internal
        ):
            return None
        return position

    def newest_first(self, start: int, count: int) -> list[SeedTicket]:
        """`count` tickets from the `start`-th newest on."""
        last = len(self.seed_data.tickets) - start
        return [self.seed_data.tickets[number - 1] for number in range(last, max(0, last - count), -1)]

    def attach(self, seed_ticket: SeedTicket, position: int, file: File) -> str:
        """Hang a file on a message; returns the attachment's id."""
        said = seed_ticket.messages[position]
        seed_ticket.messages[position] = replace(said, files=(*said.files, file))
        return _attachment_id(seed_ticket, position, len(said.files))


def status_of(seed_ticket: SeedTicket) -> str:
    """`open`, `closed`, or a value that nobody knows."""
    return _STATUSES.get(seed_ticket.state, seed_ticket.state)


def source_of(seed_ticket: SeedTicket) -> str:
    """`portal`, `email` or `chat`."""
    return _SOURCES.get(seed_ticket.source, "portal")


def ticket(seed_ticket: SeedTicket) -> dict[str, Any]:
    """A ticket without its messages, as lists print it."""
    requester = seed_ticket.requester
    return {
        "id": TICKETS.of(seed_ticket.number),
        "customerId": customer_id(requester) if requester else None,
        "title": seed_ticket.subject,
        "source": source_of(seed_ticket),
        "status": status_of(seed_ticket),
        "createdAt": atom(seed_ticket.created_at),
    }


def ticket_with_messages(seed_ticket: SeedTicket) -> dict[str, Any]:
    """A ticket with all its messages, oldest first."""
    return {**ticket(seed_ticket), "messages": list(_messages(seed_ticket))}


def customer_id(person: Person) -> str:
    """The id of a customer; the seed data number their people."""
    return CUSTOMERS.of(int(person.id.rpartition("-")[2]))


def message_id(seed_ticket: SeedTicket, position: int) -> str:
    """The id of the message at a position of the thread."""
    return MESSAGES.of(seed_ticket.number * _MESSAGE_NUMBERS + position)


def atom(at: datetime) -> str:
    """A time in the ATOM format."""
    return at.astimezone(_ZONE).isoformat(timespec="seconds")


def _messages(seed_ticket: SeedTicket) -> Iterator[dict[str, Any]]:
    for position, said in enumerate(seed_ticket.messages):
        if not said.internal:
            yield {
                "id": message_id(seed_ticket, position),
                "postedBy": said.author.name,
                "isPostedByCustomer": said.by_customer,
                "message": _body(said),
                "postedAt": atom(said.at),
                "attachments": [
                    {
                        "id": _attachment_id(seed_ticket, position, number),
                        "name": file.name,
                        "size": len(file.data),
                        "mime": file.mime,
                    }
                    for number, file in enumerate(said.files)
                ],
            }


def _body(said: SeedMessage) -> str:
    return said.text if said.html is None else said.html


def _attachment_id(seed_ticket: SeedTicket, position: int, number: int) -> str:
    return ATTACHMENTS.of((seed_ticket.number * _MESSAGE_NUMBERS + position) * _FILE_NUMBERS + number)
