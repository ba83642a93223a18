"""Whom a ticket may be given to, and who of them is the agent. Pure functions of what an account's capabilities and settings say."""

from collections.abc import Iterable, Sequence

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Person


@dataclass(frozen=True, slots=True)
class AssigneeChoices:
    """Whom a ticket, or several, may be given to.

    Attributes:
        people: whom the vendors list; where they list nobody, an e-mail address may be typed.
        me: the agent, where one of the people, or where nobody is listed; None where the agent's e-mail is not known.
        nobody: a ticket may be left with nobody.
    """

    people: tuple[Person, ...] = ()
    me: Person | None = None
    nobody: bool = True

    def typed(self, text: str) -> Person | None:
        """Return the person of a typed address; None where it is none, is offered already, or would be refused as not listed."""
        if "@" not in text or self.people:
            return None
        return None if self.me is not None and text.casefold() == self.me.email.casefold() else Person(email=text)

    def named(self, text: str) -> Person:
        """Return the listed person of this e-mail or id, else one who is known by the text alone: an address, or an id."""
        listed = next((person for person in self.people if text in (person.email, person.id)), None)
        return listed or (Person(email=text) if "@" in text else Person(id=text))


def assignee_choices(people: Sequence[Person], me: str, *, nobody: bool) -> AssigneeChoices:
    """Return whom a ticket may be given to.

    Args:
        people: whom the vendors list.
        me: the agent's own e-mail; empty = not known.
        nobody: a ticket may be left with nobody.
    """
    agent = me_among(people, me)
    is_offered = bool(me) and (agent in people or not people)
    return AssigneeChoices(tuple(people), agent if is_offered else None, nobody)


def me_among(people: Iterable[Person], me: str) -> Person:
    """Return the agent: the listed person of this e-mail, else a person known by the e-mail alone."""
    agent = Person(email=me)
    return next((person for person in people if person.is_same(agent)), agent)


def why_no_me(me: str, account_label: str) -> str:
    """Return why nothing can be assigned to the agent at an account; empty where it can."""
    return "" if me else f"Your e-mail at {account_label} is not set; edit the account."
