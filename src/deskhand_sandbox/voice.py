"""Customers who speak up while the sandbox runs."""

import random

from deskhand_sandbox import phrases
from deskhand_sandbox.tokens import Clock
from deskhand_sandbox.world import Matter, Person, Source, Utterance, World

RECENT = 40
"""A customer who writes again does so in one of that many newest matters."""


class Voice:
    """Lets the customers of a world write new messages and open new matters."""

    def __init__(self, world: World, vendor: str, clock: Clock, source: Source = "email") -> None:
        self._world = world
        self._mix = phrases.mix_of(vendor)
        self._clock = clock
        self._source: Source = source
        self._random = random.Random(f"{world.seed}/{vendor}/voice")

    def somewhere(self) -> Matter | None:
        """A recent matter to write in, or None: then it is time for a new one."""
        matters = self._world.matters
        if not len(matters) or self._random.random() < 0.35:
            return None
        return self._random.choice(matters[-RECENT:])

    def again(self, matter: Matter, text: str | None = None) -> Utterance:
        """The customer of a matter writes a new message in it."""
        author = matter.requester or self._world.customers[0]
        if text is None:
            text = phrases.once_more(author.language, self._random).format(**phrases.blanks(self._random))
        return self._say(matter, author, text)

    def anew(self, text: str | None = None) -> Matter:
        """Some customer opens a new matter; its subject is the first line of `text`, if there is one."""
        author = self._random.choice(self._world.customers)
        topic = phrases.topic_for(self._mix, author.language, self._random)
        blanks = phrases.blanks(self._random)
        now = self._clock().replace(microsecond=0)
        matter = Matter(
            number=0,
            subject=topic.subject.format(**blanks) if text is None else text.partition("\n")[0][:120],
            requester=author,
            assignee=None,
            state="open",
            priority="normal",
            tags=[],
            source=self._source,
            created_at=now,
            updated_at=now,
        )
        self._world.matters.append(matter)
        self._say(matter, author, topic.opening.format(**blanks) if text is None else text)
        return matter

    def _say(self, matter: Matter, author: Person, text: str) -> Utterance:
        at = self._clock().replace(microsecond=0)
        said = Utterance(author, by_customer=True, internal=False, html=None, text=text, at=at)
        matter.say(said)
        return said
