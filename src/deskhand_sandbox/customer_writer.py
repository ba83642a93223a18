"""Writes customers' messages and new tickets while the sandbox runs."""

import random

from deskhand_sandbox import phrases
from deskhand_sandbox.seed_data import Person, SeedData, SeedMessage, SeedTicket, Source
from deskhand_sandbox.tokens import Clock

RECENT = 40
"""A customer who writes again does so in one of that many newest tickets."""


class CustomerWriter:
    """Lets the customers of the seed data write new messages and open new tickets."""

    def __init__(self, seed_data: SeedData, vendor: str, clock: Clock, source: Source = "email") -> None:
        self._seed_data = seed_data
        self._mix = phrases.mix_of(vendor)
        self._clock = clock
        self._source: Source = source
        self._random = random.Random(f"{seed_data.seed}/{vendor}/voice")

    def pick_ticket(self) -> SeedTicket | None:
        """A recent ticket to write in, or None: then it is time for a new one."""
        seed_tickets = self._seed_data.tickets
        if not len(seed_tickets) or self._random.random() < 0.35:
            return None
        return self._random.choice(seed_tickets[-RECENT:])

    def write_again(self, seed_ticket: SeedTicket, text: str | None = None) -> SeedMessage:
        """The customer of a ticket writes a new message in it."""
        author = seed_ticket.requester or self._seed_data.customers[0]
        if text is None:
            text = phrases.follow_up_text(author.language, self._random).format(**phrases.fill_ins(self._random))
        return self._add_message(seed_ticket, author, text)

    def open_ticket(self, text: str | None = None) -> SeedTicket:
        """Some customer opens a new ticket; its subject is the first line of `text`, if there is one."""
        author = self._random.choice(self._seed_data.customers)
        topic = phrases.topic_for(self._mix, author.language, self._random)
        fill_ins = phrases.fill_ins(self._random)
        now = self._clock().replace(microsecond=0)
        seed_ticket = SeedTicket(
            number=0,
            subject=topic.subject.format(**fill_ins) if text is None else text.partition("\n")[0][:120],
            requester=author,
            assignee=None,
            state="open",
            priority="normal",
            tags=[],
            source=self._source,
            created_at=now,
            updated_at=now,
        )
        self._seed_data.tickets.append(seed_ticket)
        self._add_message(seed_ticket, author, topic.opening.format(**fill_ins) if text is None else text)
        return seed_ticket

    def _add_message(self, seed_ticket: SeedTicket, author: Person, text: str) -> SeedMessage:
        at = self._clock().replace(microsecond=0)
        said = SeedMessage(author, by_customer=True, internal=False, html=None, text=text, at=at)
        seed_ticket.add_message(said)
        return said
