"""Builds a world from a number: the same seed, size, vendor and time give the same world."""

import random
from bisect import bisect
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

from deskhand_sandbox import oddities, people, phrases
from deskhand_sandbox.mail import attachments, worded
from deskhand_sandbox.topics import Topic
from deskhand_sandbox.world import Matter, Matters, Person, Source, Utterance, World

Word = TypeVar("Word")

SPAN = timedelta(days=540)
"""How far back the oldest ordinary matter lies."""

NEWEST = timedelta(minutes=4)
"""The age of the newest matter."""

BETWEEN = timedelta(minutes=3)
"""The least time between two messages of a thread."""

LONG = 60
VERY_LONG = 1000
"""Messages in the few long threads; the second only in worlds of 1,000 tickets and more."""


class Weighted(Generic[Word]):
    """Words with weights, to pick from."""

    def __init__(self, weights: dict[Word, int]) -> None:
        self._words = list(weights)
        self._cumulated = list(accumulate(weights.values()))

    def pick(self, rng: random.Random) -> Word:
        """One of the words."""
        return self._words[bisect(self._cumulated, rng.random() * self._cumulated[-1])]


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


def build(seed: int = 1, tickets: int = 300, vendor: str = "", now: datetime | None = None) -> World:
    """A world of `tickets` matters for one vendor, up to 100,000 and more.

    Args:
        seed: the number that decides everything.
        tickets: how many matters.
        vendor: gives each vendor's world its own people, languages and subjects.
        now: the moment the world is built for, aware; the newest matter is a few minutes older.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    mix = phrases.mix_of(vendor)
    count = len(people.SHARED) + len(people.ODD_NAMES) + max(4, min(tickets // 3, 4000))
    cast = _Cast(people.agents(), people.customers(seed, vendor, count, mix.languages))
    maker = _Maker(f"{seed}/{vendor}", tickets, mix, now, cast)
    return World(seed, cast.agents, cast.customers, Matters(tickets, maker.matter), now)


@dataclass(frozen=True, slots=True)
class _Cast:
    agents: tuple[Person, ...]
    customers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """What a matter is about: decided once for the list, and again in the same way when the thread is composed."""

    requester: Person
    topic: Topic
    blanks: dict[str, str]


class _Maker:
    def __init__(self, name: str, tickets: int, mix: phrases.Mix, now: datetime, cast: _Cast) -> None:
        self._cast = cast
        self._name = name
        self._tickets = tickets
        self._mix = mix
        self._now = now

    def matter(self, index: int) -> Matter:
        rng = self._random(index)
        plot = self._plot(rng, index)
        created = self._created(index)
        length = self._length(rng, index, created)
        updated = created
        if length > 1:
            updated = self._now - NEWEST - (self._now - NEWEST - created) * rng.random() ** 3
        assignees = (self._cast.agents[0], *self._cast.agents, None, None)
        matter = Matter(
            number=index + 1,
            subject=plot.topic.subject.format(**plot.blanks),
            requester=plot.requester,
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
        oddities.disturb(matter, index, self._now)
        return matter

    def _compose(self, matter: Matter) -> list[Utterance]:
        index = matter.number - 1
        rng = self._random(index)
        plot = self._plot(rng, index)
        agents = self._cast.agents
        agent = matter.assignee or agents[index % len(agents)]
        # The oddly dated ones keep an order of sorts: the thread lies between the two dates as they are.
        step = (matter.updated_at - matter.created_at) / max(1, matter.length - 1)
        thread: list[Utterance] = []
        for position in range(matter.length):
            by_customer = position == 0 or (position % 2 == 0) == (rng.random() < 0.85)
            internal = not by_customer and rng.random() < 0.15
            author = plot.requester if by_customer else (agent if rng.random() < 0.8 else rng.choice(agents))
            text = phrases.line(
                plot.topic, plot.requester.language, position, rng, by_customer=by_customer, internal=internal
            )
            text = text.format(**plot.blanks) + ("" if internal else f"\n\n{author.name}")
            at = (matter.created_at + step * position).replace(microsecond=0)
            files = attachments(rng, position, matter) if rng.random() < 0.18 else ()
            said = Utterance(author, by_customer, internal, None, text, at, files)
            if rng.random() < 0.7:
                said = replace(said, html=worded(said, matter, thread[-1] if thread else None, rng))
            thread.append(said)
        return oddities.disturb_thread(thread, matter, index)

    def _plot(self, rng: random.Random, index: int) -> _Plot:
        # Every twelfth matter is one of the customers whom all vendors know.
        if index % 12 == 5:
            requester = self._cast.customers[index // 12 % len(people.SHARED)]
        else:
            requester = rng.choice(self._cast.customers)
        topic = phrases.topic_for(self._mix, requester.language, rng)
        return _Plot(requester, topic, phrases.blanks(rng))

    def _created(self, index: int) -> datetime:
        # Denser towards now, one after the other.
        share = 1 - (index + 1) / self._tickets
        created: datetime = self._now - NEWEST - SPAN * share**2.2
        return created.replace(microsecond=0)

    def _length(self, rng: random.Random, index: int, created: datetime) -> int:
        from_end = self._tickets - 1 - index
        if self._tickets >= 1000 and from_end == 41:
            return VERY_LONG
        if from_end in {17, 23}:
            return LONG
        room = int((self._now - NEWEST - created) / BETWEEN)
        return min(LENGTHS.pick(rng), 1 + room)

    def _random(self, index: int) -> random.Random:
        return random.Random(f"{self._name}/{index}")
