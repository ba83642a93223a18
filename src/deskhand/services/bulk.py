"""The same change to several tickets, of several vendors: each by its own words, each with its own result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import Action, Assign, ChangeState
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.tickets import Person, State, Ticket

from .accounts import Accounts
from .desk import Desk, Refused
from .reading import Reading, TicketView

MOST = 500
"""Tickets of one bulk change: more is a mistake of the hand more often than a wish."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One ticket's change, for undo.

    Attributes:
        before: the ticket as it was shown when the change was made.
    """

    command: CommandId
    before: Ticket
    action: Action


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of each ticket.

    Attributes:
        changes: what is in the outbox now.
        refused: why not, each reason once.
    """

    changes: tuple[Changed, ...]
    unchanged: int
    refused: tuple[str, ...]

    @property
    def commands(self) -> tuple[CommandId, ...]:
        """What is in the outbox now, by id."""
        return tuple(change.command for change in self.changes)


class Bulk:
    """Changes several tickets."""

    def __init__(self, desk: Desk, reading: Reading, accounts: Accounts) -> None:
        self._desk = desk
        self._reading = reading
        self._accounts = accounts

    def obstacle(self, keys: Sequence[TicketKey], feature: Feature) -> str:
        """Return why this cannot be done to all of them; empty where it can."""
        without: dict[str, int] = {}
        for key in keys:
            account = self._accounts.get(key.account)
            if account is None or account.capabilities is None or feature not in account.capabilities:
                name = self._accounts.vendor(account).name if account else "?"
                without[name] = without.get(name, 0) + 1
        if not without:
            return ""
        who = ", ".join(without)
        return f"{sum(without.values())} of {len(keys)} selected: {who} cannot {wording.feature(feature)}"

    async def assign_to_me(self, keys: Sequence[TicketKey]) -> BulkResult:
        """Take them."""
        return await self._each(keys, _mine)

    async def set_state(self, keys: Sequence[TicketKey], meaning: State) -> BulkResult:
        """Put each into its vendor's first state of this meaning; done is solved or closed, whatever there is."""
        return await self._each(keys, lambda view: _state(view, meaning))

    async def _each(self, keys: Sequence[TicketKey], make: Callable[[TicketView], "Action | str | None"]) -> BulkResult:
        changes: list[Changed] = []
        refused: dict[str, None] = {}
        unchanged = 0
        for key in keys[:MOST]:
            view = await self._reading.view(key)
            action = make(view) if view is not None else None
            if view is None or action is None:
                unchanged += 1
                continue
            if isinstance(action, str):
                refused[action] = None
                continue
            outcome = await self._desk.change(key, action)
            if isinstance(outcome, Refused):
                refused[outcome.words] = None
            else:
                changes.append(Changed(outcome.command, view.ticket, action))
        return BulkResult(tuple(changes), unchanged, tuple(refused))


def _mine(view: TicketView) -> Action | str | None:
    me = view.account.me
    if not me:
        return f"Your e-mail at {view.account.label} is not set; edit the account."
    before = view.confirmed.assignee
    if before is not None and before.email.casefold() == me.casefold():
        return None
    known = next((a for a in view.capabilities.agents if a.email.casefold() == me.casefold()), None)
    base = (before.email or before.id or before.name) if before else ""
    return Assign(base, known or Person(email=me))


def _state(view: TicketView, meaning: State) -> Action | str | None:
    if view.ticket.state is meaning or (meaning.is_done and view.ticket.state.is_done):
        return None
    shelf = view.ticket.shelf.id if view.ticket.shelf else None
    choices = view.capabilities.states_for(shelf)
    fitting = [c for c in choices if c.meaning is meaning]
    if not fitting and meaning.is_done:
        fitting = [c for c in choices if c.meaning.is_done]
    if not fitting:
        return f"{view.vendor.name} has no state that means {wording.state(meaning).casefold()}."
    choice = fitting[0]
    return ChangeState(view.confirmed.state_id, choice.id, choice.word, choice.meaning)
