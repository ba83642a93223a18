"""The seed data in Thena's terms. A ticket is made when somebody first looks at it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.seed_data import Person, SeedData, SeedMessage, SeedTicket
from deskhand_sandbox.thena.tickets import Comment, Contact, Ticket
from deskhand_sandbox.thena.vocabulary import Status, Team, Vocabulary

_FAMILY = {
    "open": "open",
    "pending": "hold",
    "on_hold": "hold",
    "snoozed": "hold",
    "solved": "closed",
    "closed": "closed",
}
_PRIORITY = {"low": "Low", "normal": "Medium", "high": "High", "urgent": "Urgent"}
_TEAM_OF = (0, 1, 0, 2, 0, 1, 0)
"""Which team a ticket belongs to, by its number: four of seven are the first team's."""

ROOM = 100_000
"""Numbers that each ticket has for its comments."""


class Seeding:
    """Makes tickets, comments and contacts out of the seed data."""

    def __init__(self, seed_data: SeedData, vocabulary: Vocabulary) -> None:
        self._seed_data = seed_data
        self._vocabulary = vocabulary
        self._tickets = Ids(vocabulary.id("tickets", length=17))
        self._comments = Ids(vocabulary.id("comments", length=18))
        self._contacts: dict[str, Contact] = {}

    def team_of(self, number: int) -> Team:
        """The team of a seeded ticket, known without making it."""
        return self._vocabulary.teams[_TEAM_OF[number % len(_TEAM_OF)]]

    def ticket_id(self, number: int) -> str:
        """The id of the ticket with this number."""
        return self._tickets.of(number).upper()

    def number_of(self, ticket_id: str) -> int | None:
        """The number behind a ticket's id."""
        prefix = self._tickets.prefix
        number = self._tickets.number(prefix + ticket_id.removeprefix(prefix).lower())
        return number if number is not None and self.ticket_id(number) == ticket_id else None

    def comment_id(self, ticket: int, position: int) -> str:
        """The id of a ticket's comment by its place in the thread."""
        return self._comments.of(ticket * ROOM + position).upper()

    def contact(self, person: Person) -> Contact:
        """The contact of a customer."""
        known = self._contacts.get(person.id)
        if known is None:
            company = person.company
            account = None if company is None else self._vocabulary.id("account", company)
            known = Contact(self._vocabulary.id("contact", person.id), person, account, company)
            self._contacts[person.id] = known
        return known

    def contacts(self) -> list[Contact]:
        """Every customer as a contact."""
        return [self.contact(person) for person in self._seed_data.customers]

    def accounts(self) -> Iterator[tuple[str, str]]:
        """Every company as an account: id and name."""
        for name in dict.fromkeys(person.company for person in self._seed_data.customers if person.company):
            yield self._vocabulary.id("account", name), name

    def ticket(self, seed_ticket: SeedTicket) -> Ticket:
        """The ticket of a seeded one, with its whole thread."""
        number, team = seed_ticket.number, self.team_of(seed_ticket.number)
        status = _pick(team, _FAMILY.get(seed_ticket.state, "open"), number)
        contact = None if seed_ticket.requester is None else self.contact(seed_ticket.requester)
        ticket = Ticket(
            id=self.ticket_id(number),
            number=number,
            team=team,
            title=seed_ticket.subject,
            source=seed_ticket.source,
            status=status,
            created=seed_ticket.created_at,
            updated=seed_ticket.updated_at,
            requestor=None if seed_ticket.requester is None else seed_ticket.requester.email,
            contact=contact,
            submitter=None if seed_ticket.requester is None else seed_ticket.requester.email,
            priority=team.priority(None, _PRIORITY.get(seed_ticket.priority)),
            type=self._vocabulary.types[number % 4] if number % 5 else None,
            sentiment=self._vocabulary.sentiments[number % 3] if number % 4 else None,
            assignee=seed_ticket.assignee,
            assignee_id=None if seed_ticket.assignee is None else self._vocabulary.user_id(seed_ticket.assignee),
            form=team.form,
            account_id=None if contact is None else contact.account_id,
            account=None if contact is None else contact.account,
            ai_title=f"Summary: {seed_ticket.subject}"[:120] if number % 6 == 0 else None,
        )
        if status.family == "closed":
            ticket.closed, ticket.closed_by = seed_ticket.updated_at, seed_ticket.assignee
            ticket.closed_by_id = ticket.assignee_id
        ticket.load_thread = lambda ticket: self._thread(ticket, seed_ticket)
        return ticket

    def _thread(self, ticket: Ticket, seed_ticket: SeedTicket) -> tuple[str | None, list[Comment]]:
        thread = seed_ticket.messages
        # The description repeats the first comment in two of three tickets: the documents say neither yes nor no.
        told = thread if ticket.number % 3 else thread[1:]
        comments = [self._comment(ticket, position, said) for position, said in enumerate(told)]
        if ticket.number % 40 == 7:
            comments.append(self._taken_back(ticket, len(comments), seed_ticket.updated_at))
        return thread[0].text if thread else None, comments

    def _comment(self, ticket: Ticket, position: int, said: SeedMessage) -> Comment:
        by = None if said.by_customer else said.author
        return Comment(
            id=self.comment_id(ticket.number, position),
            number=position,
            ticket=ticket.id,
            content=said.text,
            html=said.html,
            is_public=not said.internal,
            created=said.at,
            author=by,
            author_id=None if by is None else self._vocabulary.user_id(by),
            contact=self.contact(said.author) if by is None else None,
            type="note" if said.internal else "comment",
            attachments=tuple(self._vocabulary.id("file", file.id) for file in said.files),
            edited=said.at + timedelta(minutes=1) if (ticket.number + position) % 31 == 0 else None,
        )

    def _taken_back(self, ticket: Ticket, position: int, at: datetime) -> Comment:
        """A private note that its author deleted; it stays in the list with `deletedAt`."""
        return Comment(
            id=self.comment_id(ticket.number, position),
            number=position,
            ticket=ticket.id,
            content="This was meant for another ticket.",
            html=None,
            is_public=False,
            created=at,
            author=self._seed_data.me,
            author_id=self._vocabulary.user_id(self._seed_data.me),
            type="note",
            deleted=at,
        )


def _pick(team: Team, family: str, number: int) -> Status:
    """A status of the family: the parent mostly, a sub-status now and then."""
    family = "progress" if family == "open" and number % 4 == 1 else family
    statuses = team.in_family(family)
    return statuses[number // 5 % len(statuses)] if number % 2 else statuses[0]
