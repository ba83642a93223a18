"""The same change to several tickets, of several vendors: each by its own words, each with its own result.

What is wished for is looked at first (`Bulk.plan`): what would become of which tickets at which vendor. A plan that changes more than
a few tickets, or something that has no way back, is asked about before it is carried out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import Action
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.tickets import Person, Priority, State, Ticket

from .accounts import Accounts
from .ticket_actions import (
    AlreadySet,
    DecideAction,
    Irreversible,
    NotPossible,
    assign_to_me,
    change_to_state,
    inverse,
    is_final,
)
from .ticket_commands import Refused, TicketCommands
from .tickets import Tickets

MAX_TICKETS = 500
"""Tickets of one bulk change: more is a mistake of the hand more often than a wish."""

CONFIRM_ABOVE = 5
"""Tickets that are changed without a question; more may have been selected unawares (Ctrl+A)."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One ticket's change, for undo.

    Attributes:
        before: the ticket as it was shown when the change was made.
        inverse: what undoes it once it has arrived, or why nothing does.
    """

    command: CommandId
    before: Ticket
    action: Action
    inverse: Action | Irreversible


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


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What would become of the tickets.

    Attributes:
        changing: how many would be changed.
        final: how many of them by a change that has no way back.
        lines: a sentence for every vendor and what happens there, then what stays as it is and what cannot be done.
    """

    keys: tuple[TicketKey, ...]
    decide: DecideAction
    changing: int
    final: int
    lines: tuple[str, ...]

    @property
    def needs_confirmation(self) -> bool:
        """Whether the agent has to agree first."""
        return self.changing > CONFIRM_ABOVE or self.final > 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for several tickets.

    Attributes:
        states, priorities: by meaning, since each vendor has its own words.
        people: agents by name, each once, those with an e-mail.
        me: the agent's own e-mail where it is the same in all accounts; empty else.
        nobody: every account lets a ticket belong to nobody.
    """

    states: tuple[State, ...]
    priorities: tuple[Priority, ...]
    people: tuple[Person, ...]
    me: str
    nobody: bool


class Bulk:
    """Changes several tickets."""

    def __init__(self, commands: TicketCommands, tickets: Tickets, accounts: Accounts) -> None:
        self._commands = commands
        self._tickets = tickets
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

    async def plan(self, keys: Sequence[TicketKey], decide: DecideAction) -> BulkPlan:
        """Look at what would become of these tickets, at most `MOST`; nothing is changed."""
        done: Counter[tuple[str, str, bool]] = Counter()
        refused: Counter[str] = Counter()
        unchanged = 0
        for key in keys[:MAX_TICKETS]:
            view = await self._tickets.view(key)
            action = decide(view) if view is not None else None
            if view is None or action is None or isinstance(action, AlreadySet):
                unchanged += 1
            elif isinstance(action, NotPossible):
                refused[action.reason] += 1
            elif why := await self._commands.why_not(key, action):
                refused[why] += 1
            else:
                done[view.vendor.name, wording.done_to(action), is_final(action, view.ticket, view.capabilities)] += 1
        lines = [
            f"{vendor}: {wording.tickets(count)}, {words}." + (f" {wording.NO_WAY_BACK}" if final else "")
            for (vendor, words, final), count in done.items()
        ]
        if unchanged:
            lines.append(f"{wording.tickets(unchanged)}, nothing to change.")
        lines += [f"{wording.tickets(count)}, not changed: {words}" for words, count in refused.items()]
        ends = sum(count for (_, _, final), count in done.items() if final)
        return BulkPlan(tuple(keys[:MAX_TICKETS]), decide, done.total(), ends, tuple(lines))

    async def execute(self, plan: BulkPlan) -> BulkResult:
        """Do it, as the tickets are by now."""
        return await self._each(plan.keys, plan.decide)

    def choices(self, keys: Sequence[TicketKey]) -> "Choices":
        """Return what can be chosen for these tickets: what at least one of their accounts offers."""
        accounts = [found for one in dict.fromkeys(key.account for key in keys) if (found := self._accounts.get(one))]
        able = [found.capabilities for found in accounts if found.capabilities is not None]
        people = {(p.email or p.id).casefold(): p for can in able for p in can.agents if p.email}
        mine = {account.me.casefold(): account.me for account in accounts}
        return Choices(
            tuple(state for state in State if any(c.state is state for can in able for c in can.states)),
            tuple(
                priority for priority in Priority if any(c.priority is priority for can in able for c in can.priorities)
            ),
            tuple(sorted(people.values(), key=lambda person: person.shown.casefold())),
            next(iter(mine.values()), "") if len(mine) == 1 else "",
            all(can.unassign for can in able),
        )

    async def assign_to_me(self, keys: Sequence[TicketKey]) -> BulkResult:
        """Take them."""
        return await self._each(keys, assign_to_me)

    async def set_state(self, keys: Sequence[TicketKey], state: State) -> BulkResult:
        """Put each into its vendor's state of this meaning (`ticket_actions.choice_for_state`)."""
        return await self._each(keys, change_to_state(state))

    async def _each(self, keys: Sequence[TicketKey], decide: DecideAction) -> BulkResult:
        changes: list[Changed] = []
        refused: dict[str, None] = {}
        unchanged = 0
        for key in keys[:MAX_TICKETS]:
            view = await self._tickets.view(key)
            action = decide(view) if view is not None else None
            if view is None or action is None or isinstance(action, AlreadySet):
                unchanged += 1
                continue
            if isinstance(action, NotPossible):
                refused[action.reason] = None
                continue
            outcome = await self._commands.change(key, action)
            if isinstance(outcome, Refused):
                refused[outcome.message] = None
            else:
                back = inverse(action, view.ticket, view.capabilities)
                changes.append(Changed(outcome.command, view.ticket, action, back))
        return BulkResult(tuple(changes), unchanged, tuple(refused))
