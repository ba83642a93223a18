"""Builds seed data from a number: the same seed, size, vendor and time give the same data."""

import random
from bisect import bisect
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

from deskhand_sandbox import oddities, people, phrases
from deskhand_sandbox.mail import attachments, html_body
from deskhand_sandbox.seed_data import Person, SeedData, SeedMessage, SeedTicket, SeedTickets, Source
from deskhand_sandbox.topics import Topic

Value = TypeVar("Value")

SPAN = timedelta(days=540)
"""How far back the oldest ordinary ticket lies."""

NEWEST_AGE = timedelta(minutes=4)
"""The age of the newest ticket."""

MIN_GAP = timedelta(minutes=3)
"""The least time between two messages of a thread."""

LONG = 60
VERY_LONG = 1000
"""Messages in the few long threads; the second only in data of 1,000 tickets and more."""


class Weighted(Generic[Value]):
    """Texts with weights, to pick from."""

    def __init__(self, weights: dict[Value, int]) -> None:
        self._values = list(weights)
        self._cumulated = list(accumulate(weights.values()))

    def pick(self, rng: random.Random) -> Value:
        """One of the texts."""
        return self._values[bisect(self._cumulated, rng.random() * self._cumulated[-1])]


LENGTHS = Weighted({1: 26, 2: 22, 3: 18, 4: 14, 6: 11, 9: 6, 14: 3})
STATES = Weighted({"open": 34, "pending": 16, "on_hold": 6, "snoozed": 5, "solved": 24, "closed": 15})
PRIORITIES = Weighted({"normal": 52, "low": 14, "high": 18, "urgent": 6, "none": 10})
SOURCES: Weighted[Source] = Weighted({"email": 58, "web": 14, "chat": 12, "api": 4, "portal": 12})
TAGS = (
    "refund",
    "delivery",
    "vip",
    "invoice",
    "bug",
    "question",
    "returns",
    "wacht-op-klant",
    "Rückfrage",
    "🔥",
    "緊急",
)


def build(seed: int = 1, tickets: int = 300, vendor: str = "", now: datetime | None = None) -> SeedData:
    """Seed data of `tickets` tickets for one vendor, up to 100,000 and more.

    Args:
        seed: the number that decides everything.
        tickets: how many.
        vendor: gives each vendor's data their own people, languages and subjects.
        now: the moment the data are made for, aware; the newest ticket is a few minutes older.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    mix = phrases.mix_of(vendor)
    count = len(people.SHARED) + len(people.ODD_NAMES) + max(4, min(tickets // 3, 4000))
    staff = _People(people.agents(), people.customers(seed, vendor, count, mix.languages))
    maker = _SeedBuilder(f"{seed}/{vendor}", tickets, mix, now, staff)
    return SeedData(seed, staff.agents, staff.customers, SeedTickets(tickets, maker.seed_ticket), now)


@dataclass(frozen=True, slots=True)
class _People:
    agents: tuple[Person, ...]
    customers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _TicketOutline:
    """What a ticket is about: decided once for the list, and again in the same way when the thread is composed."""

    requester: Person
    topic: Topic
    fill_ins: dict[str, str]


class _SeedBuilder:
    def __init__(self, name: str, tickets: int, mix: phrases.LanguageMix, now: datetime, staff: _People) -> None:
        self._people = staff
        self._name = name
        self._tickets = tickets
        self._mix = mix
        self._now = now

    def seed_ticket(self, index: int) -> SeedTicket:
        rng = self._random(index)
        outline = self._outline(rng, index)
        created = self._created(index)
        length = self._length(rng, index, created)
        updated = created
        if length > 1:
            updated = self._now - NEWEST_AGE - (self._now - NEWEST_AGE - created) * rng.random() ** 3
        assignees = (self._people.agents[0], *self._people.agents, None, None)
        seed_ticket = SeedTicket(
            number=index + 1,
            subject=outline.topic.subject.format(**outline.fill_ins),
            requester=outline.requester,
            assignee=rng.choice(assignees),
            state=STATES.pick(rng),
            priority=PRIORITIES.pick(rng),
            tags=rng.sample(TAGS, rng.choice((0, 0, 1, 1, 2, 3))),
            source=SOURCES.pick(rng),
            created_at=created,
            updated_at=updated.replace(microsecond=0),
            length=length,
            compose=self._compose,
        )
        oddities.make_odd(seed_ticket, index, self._now)
        return seed_ticket

    def _compose(self, seed_ticket: SeedTicket) -> list[SeedMessage]:
        index = seed_ticket.number - 1
        rng = self._random(index)
        outline = self._outline(rng, index)
        agents = self._people.agents
        agent = seed_ticket.assignee or agents[index % len(agents)]
        # The oddly dated ones keep an order of sorts: the thread lies between the two dates as they are.
        step = (seed_ticket.updated_at - seed_ticket.created_at) / max(1, seed_ticket.length - 1)
        thread: list[SeedMessage] = []
        for position in range(seed_ticket.length):
            by_customer = position == 0 or (position % 2 == 0) == (rng.random() < 0.85)
            internal = not by_customer and rng.random() < 0.15
            author = outline.requester if by_customer else (agent if rng.random() < 0.8 else rng.choice(agents))
            text = phrases.message_text(
                outline.topic, outline.requester.language, position, rng, by_customer=by_customer, internal=internal
            )
            text = text.format(**outline.fill_ins) + ("" if internal else f"\n\n{author.name}")
            at = (seed_ticket.created_at + step * position).replace(microsecond=0)
            files = attachments(rng, position, seed_ticket) if rng.random() < 0.18 else ()
            said = SeedMessage(author, by_customer, internal, None, text, at, files)
            if rng.random() < 0.7:
                said = replace(said, html=html_body(said, seed_ticket, thread[-1] if thread else None, rng))
            thread.append(said)
        return oddities.make_thread_odd(thread, seed_ticket, index)

    def _outline(self, rng: random.Random, index: int) -> _TicketOutline:
        # Every twelfth ticket is one of the customers whom all vendors know.
        if index % 12 == 5:
            requester = self._people.customers[index // 12 % len(people.SHARED)]
        else:
            requester = rng.choice(self._people.customers)
        topic = phrases.topic_for(self._mix, requester.language, rng)
        return _TicketOutline(requester, topic, phrases.fill_ins(rng))

    def _created(self, index: int) -> datetime:
        # Denser towards now, one after the other.
        share = 1 - (index + 1) / self._tickets
        created: datetime = self._now - NEWEST_AGE - SPAN * share**2.2
        return created.replace(microsecond=0)

    def _length(self, rng: random.Random, index: int, created: datetime) -> int:
        from_end = self._tickets - 1 - index
        if self._tickets >= 1000 and from_end == 41:
            return VERY_LONG
        if from_end in {17, 23}:
            return LONG
        room = int((self._now - NEWEST_AGE - created) / MIN_GAP)
        return min(LENGTHS.pick(rng), 1 + room)

    def _random(self, index: int) -> random.Random:
        return random.Random(f"{self._name}/{index}")
