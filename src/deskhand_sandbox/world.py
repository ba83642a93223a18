"""The seeded world: people and matters, as no vendor in particular would word them.

Each server translates its own `World` into what its vendor would say. The values are plain data; a `Matter` composes its
utterances only when somebody asks for them, so that 100,000 matters fit into modest memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, overload

State = str
"""One of `open`, `pending`, `on_hold`, `snoozed`, `solved`, `closed`, or an odd but legal word of nobody's list."""

Priority = str
"""One of `low`, `normal`, `high`, `urgent`, `none`, or an odd but legal word of nobody's list."""

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
class Utterance:
    """One message or internal note of a matter. `html` is None where the author wrote plain text only."""

    author: Person
    by_customer: bool
    internal: bool
    html: str | None
    text: str
    at: datetime
    files: tuple[File, ...] = ()


@dataclass(slots=True)
class Matter:
    """One thing a customer wants. The servers change it in place: it is what the vendor holds now.

    `requester` is None for the few legal records without a customer. `compose` makes the utterances on first use.
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
    compose: Callable[["Matter"], list[Utterance]] = field(default=lambda _matter: [], repr=False, compare=False)
    _utterances: list[Utterance] | None = field(default=None, repr=False, compare=False)

    @property
    def utterances(self) -> list[Utterance]:
        """The thread, oldest first. The list is the matter's own: append to it to let somebody speak."""
        if self._utterances is None:
            self._utterances = self.compose(self)
        return self._utterances

    def say(self, utterance: Utterance) -> None:
        """Append an utterance and move `updated_at` to it."""
        self.utterances.append(utterance)
        self.updated_at = max(self.updated_at, utterance.at)


class Matters(Sequence[Matter]):
    """The matters of a world, oldest first, each made when it is first looked at and kept from then on.

    `Matter.number` is the position plus one. New matters are appended behind the seeded ones.
    """

    def __init__(self, seeded: int, make: Callable[[int], Matter]) -> None:
        self._seeded = seeded
        self._make = make
        self._kept: dict[int, Matter] = {}
        self._added: list[Matter] = []

    def __len__(self) -> int:
        return self._seeded + len(self._added)

    @overload
    def __getitem__(self, index: int) -> Matter: ...
    @overload
    def __getitem__(self, index: slice) -> list[Matter]: ...
    def __getitem__(self, index: int | slice) -> Matter | list[Matter]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        if index >= self._seeded:
            return self._added[index - self._seeded]
        kept = self._kept.get(index)
        if kept is None:
            kept = self._kept[index] = self._make(index)
        return kept

    def __iter__(self) -> Iterator[Matter]:
        for index in range(len(self)):
            yield self[index]

    def numbered(self, number: int) -> Matter | None:
        """The matter with that number, None where there is none."""
        return self[number - 1] if 1 <= number <= len(self) else None

    def append(self, matter: Matter) -> Matter:
        """Add a new matter and give it the next number."""
        matter.number = len(self) + 1
        self._added.append(matter)
        return matter


@dataclass(slots=True)
class World:
    """Everything one vendor's server knows at its start. `agents[0]` is the agent who uses the demo."""

    seed: int
    agents: tuple[Person, ...]
    customers: tuple[Person, ...]
    matters: Matters
    now: datetime

    @property
    def me(self) -> Person:
        """The agent who uses the demo."""
        return self.agents[0]

    def customer(self, email: str) -> Person | None:
        """The seeded customer with that e-mail address."""
        wanted = email.casefold()
        return next((person for person in self.customers if person.email.casefold() == wanted), None)
