"""The seed data: people and tickets, in the form of no vendor in particular.

Each server translates its own `SeedData` into what its vendor would say. The values are plain data; a `SeedTicket` composes its
messages only when somebody asks for them, so that 100,000 tickets fit into modest memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, overload

State = str
"""One of `open`, `pending`, `on_hold`, `snoozed`, `solved`, `closed`, or an odd but legal value of nobody's list."""

Priority = str
"""One of `low`, `normal`, `high`, `urgent`, `none`, or an odd but legal value of nobody's list."""

Source = Literal["email", "web", "chat", "api", "portal"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes: a support agent or a customer. `language` is a two-letter code."""

    id: str
    name: str
    email: str
    phone: str | None = None
    company: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment with its bytes."""

    id: str
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SeedMessage:
    """One message or internal note of a ticket. `html` is None where the author wrote plain text only."""

    author: Person
    by_customer: bool
    internal: bool
    html: str | None
    text: str
    at: datetime
    files: tuple[File, ...] = ()


@dataclass(slots=True)
class SeedTicket:
    """One thing a customer wants. The servers change it in place: it is what the vendor holds now.

    `requester` is None for the few legal records without a customer. `compose` makes the messages on first use.
    """

    number: int
    subject: str
    requester: Person | None
    assignee: Person | None
    state: State
    priority: Priority
    tags: list[str]
    source: Source
    created_at: datetime
    updated_at: datetime
    length: int = 0
    compose: Callable[["SeedTicket"], list[SeedMessage]] = field(default=lambda _matter: [], repr=False, compare=False)
    _messages: list[SeedMessage] | None = field(default=None, repr=False, compare=False)

    @property
    def messages(self) -> list[SeedMessage]:
        """The thread, oldest first. The list is the ticket's own: append to it to let somebody speak."""
        if self._messages is None:
            self._messages = self.compose(self)
        return self._messages

    def add_message(self, seed_message: SeedMessage) -> None:
        """Append a message and move `updated_at` to it."""
        self.messages.append(seed_message)
        self.updated_at = max(self.updated_at, seed_message.at)


class SeedTickets(Sequence[SeedTicket]):
    """The tickets of the seed data, oldest first, each made when it is first asked for and held from then on.

    `SeedTicket.number` is the position plus one. New tickets are appended behind the seeded ones.
    """

    def __init__(self, seeded: int, make: Callable[[int], SeedTicket]) -> None:
        self._seeded = seeded
        self._make = make
        self._made: dict[int, SeedTicket] = {}
        self._added: list[SeedTicket] = []

    def __len__(self) -> int:
        return self._seeded + len(self._added)

    @overload
    def __getitem__(self, index: int) -> SeedTicket: ...
    @overload
    def __getitem__(self, index: slice) -> list[SeedTicket]: ...
    def __getitem__(self, index: int | slice) -> SeedTicket | list[SeedTicket]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        if index >= self._seeded:
            return self._added[index - self._seeded]
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = self._make(index)
        return made

    def __iter__(self) -> Iterator[SeedTicket]:
        for index in range(len(self)):
            yield self[index]

    def numbered(self, number: int) -> SeedTicket | None:
        """The ticket with that number, None where there is none."""
        return self[number - 1] if 1 <= number <= len(self) else None

    def append(self, seed_ticket: SeedTicket) -> SeedTicket:
        """Add a new ticket and give it the next number."""
        seed_ticket.number = len(self) + 1
        self._added.append(seed_ticket)
        return seed_ticket


@dataclass(slots=True)
class SeedData:
    """Everything one vendor's server knows at its start. `agents[0]` is the agent who uses the demo."""

    seed: int
    agents: tuple[Person, ...]
    customers: tuple[Person, ...]
    tickets: SeedTickets
    now: datetime

    @property
    def me(self) -> Person:
        """The agent who uses the demo."""
        return self.agents[0]

    def customer(self, email: str) -> Person | None:
        """The seeded customer with that e-mail address."""
        wanted = email.casefold()
        return next((person for person in self.customers if person.email.casefold() == wanted), None)
