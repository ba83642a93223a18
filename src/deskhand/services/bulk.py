"""The same change to several tickets, of several vendors: each with its own labels, each with its own result.

What is wished for is looked at first (`Bulk.plan`): what would become of which tickets at which account. A plan that changes more than
a few tickets, or something that has no way back, is asked about before it is carried out; carried out is the plan and no more. What a
vendor cannot do is said and left, and done at the others.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from time import perf_counter
from uuid import uuid4

from deskhand.domain import wording
from deskhand.domain.batches import Beside
from deskhand.domain.bulk_runs import BulkEntry, BulkRun
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import Action, AddNote, Command, SendReply, is_message
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock
from deskhand.domain.threads import Message
from deskhand.domain.tickets import Priority, State, Ticket

from .accounts import Accounts
from .bulk_overview import Overview, overview_of
from .bulk_plan import BulkPlan, PlannedTicket
from .decisions import SENT, AlreadySet, DecideTogether, Irreversible, NotPossible, Together
from .later import Before, Later, with_reason
from .people import AssigneeChoices, assignee_choices
from .ticket_actions import CLOSE, inverse, is_final
from .ticket_commands import TicketCommands
from .tickets import Tickets, TicketView

MAX_TICKETS = 10_000
"""Tickets of one bulk change; more would be on their way for days."""

PART = 500
"""Tickets that are changed in one transaction."""

KEPT_FROM = 4
"""Tickets from which on the result of each is kept until the agent has read it; of fewer the list itself shows it."""

_STRETCH = 0.004
"""Seconds that tickets are thought about before the window has its turn."""

CHANGED_MEANWHILE = "It changed after you were asked."


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

    @property
    def is_final(self) -> bool:
        """Whether nothing undoes it once it has arrived."""
        return isinstance(self.inverse, Irreversible)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of each ticket.

    Attributes:
        changes: what is in the outbox now.
        refused: why not, each reason once.
        left: how many tickets were left as they are for those reasons.
        run: what is kept until the agent has read the results; None where so few tickets are changed that nothing is.
        tickets: which were changed.
        before: what stood in Later about those that stand there now, for undo.
        notes: ids of the notes that are kept on this computer, by ticket.
        left_out: why some of what was asked for was not done to tickets that were changed, each once.
    """

    changes: tuple[Changed, ...]
    unchanged: int
    refused: tuple[str, ...]
    left: int = 0
    run: BulkRun | None = None
    tickets: tuple[TicketKey, ...] = ()
    before: Before = field(default_factory=dict)
    notes: Mapping[TicketKey, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def commands(self) -> tuple[CommandId, ...]:
        """What is in the outbox now, by id."""
        return tuple(change.command for change in self.changes)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for several tickets.

    Attributes:
        states, priorities: by meaning, since each vendor has its own labels.
        assignees: agents by name, each once, those with an e-mail; the agent where the own e-mail is the same in all accounts that
            have assignees; nobody where one of them lets a ticket belong to nobody.
    """

    states: tuple[State, ...]
    priorities: tuple[Priority, ...]
    assignees: AssigneeChoices


@dataclass(frozen=True, slots=True)
class TagChoices:
    """What tags can be added to several tickets, and removed from them.

    Attributes:
        present: tags that one or more of the tickets have, with how many, the most frequent first.
        known: tags that were seen in other tickets, by name.
    """

    total: int
    present: Mapping[str, int]
    known: tuple[str, ...]


class Bulk:
    """Changes several tickets."""

    def __init__(
        self, commands: TicketCommands, tickets: Tickets, accounts: Accounts, later: Later, clock: Clock
    ) -> None:
        self._later = later
        self._commands = commands
        self._tickets = tickets
        self._accounts = accounts
        self._clock = clock
        self._one_part = asyncio.Lock()  # two runs at once would each find that the other has sent nothing yet

    def obstacle(self, keys: Sequence[TicketKey], feature: Feature) -> str:
        """Return why this can be done to none of them, as far as their accounts tell; empty where it can to one or more."""
        without: dict[str, None] = {}
        for account_id in dict.fromkeys(key.account for key in keys):
            account = self._accounts.get(account_id)
            if account is not None and account.capabilities is not None and feature in account.capabilities:
                return ""
            without[self._accounts.vendor(account).name if account else "?"] = None
        return f"{', '.join(without)} cannot {wording.feature(feature)}" if without else ""

    async def overview(self, keys: Sequence[TicketKey]) -> Overview:
        """Look at what is selected, at most `MAX_TICKETS`, and at what can be done to it."""
        views = await self._tickets.headers(keys[:MAX_TICKETS])
        closing = await self.plan(keys, CLOSE.decide)
        return overview_of([views[key] for key in keys if key in views], closing)

    async def plan(self, keys: Sequence[TicketKey], decide: DecideTogether) -> BulkPlan:
        """Look at what would become of these tickets, at most `MAX_TICKETS`; nothing is changed."""
        keys = keys[:MAX_TICKETS]
        turn = _Turn()
        planned: list[PlannedTicket] = []
        for start in range(0, len(keys), PART):
            part = keys[start : start + PART]
            views = await self._tickets.headers(part)
            for key in part:
                await turn.give()
                planned.append(await self._as_seen(self._planned(key, views.get(key), decide)))
        return BulkPlan(decide, tuple(planned))

    async def _as_seen(self, planned: PlannedTicket) -> PlannedTicket:
        """Let a reply be about the conversation as it is now: one that goes on meanwhile stops it."""
        if not any(isinstance(action, SendReply) for action in planned.actions):
            return planned
        view = await self._tickets.view(planned.key)
        if view is None:
            return replace(planned, actions=(), reason=_GONE)
        seen = [
            await self._commands.as_seen(view, action) if isinstance(action, SendReply) else action
            for action in planned.actions
        ]
        return replace(planned, actions=tuple(seen))

    def _planned(self, key: TicketKey, view: TicketView | None, decide: DecideTogether) -> PlannedTicket:
        decision = decide(view) if view is not None else None
        if view is None or decision is None or isinstance(decision, AlreadySet):
            return PlannedTicket(key)
        vendor, label = view.vendor.name, view.account.label
        if isinstance(decision, NotPossible):
            return PlannedTicket(key, reason=decision.reason, vendor=vendor, account=label)
        wish = decision if isinstance(decision, Together) else Together((decision,))
        for action in wish.actions:
            if why := self._commands.refusal(view, action) or _in_outbox(view, action):
                return PlannedTicket(key, reason=why, vendor=vendor, account=label)
        final = any(is_final(action, view.ticket, view.capabilities) for action in wish.actions)
        backs = (inverse(action, view.ticket, view.capabilities) for action in wish.actions if not is_message(action))
        why = next((back.reason for back in backs if isinstance(back, Irreversible)), "")
        return PlannedTicket(key, wish.actions, "", final, vendor, label, wish.here, wish.left_out, why)

    def choices(self, keys: Sequence[TicketKey]) -> Choices:
        """Return what can be chosen for these tickets: what at least one of their accounts offers."""
        accounts = [found for one in dict.fromkeys(key.account for key in keys) if (found := self._accounts.get(one))]
        able = [found.capabilities for found in accounts if found.capabilities is not None]
        people = {(p.email or p.id).casefold(): p for can in able for p in can.agents if p.email}
        assigning = [found for found in accounts if found.capabilities and Feature.ASSIGN in found.capabilities]
        mine = {account.me.casefold(): account.me for account in assigning}
        return Choices(
            tuple(state for state in State if any(c.state is state for can in able for c in can.states)),
            tuple(
                priority for priority in Priority if any(c.priority is priority for can in able for c in can.priorities)
            ),
            assignee_choices(
                sorted(people.values(), key=lambda person: person.shown.casefold()),
                next(iter(mine.values()), "") if len(mine) == 1 else "",
                nobody=any(one.capabilities.unassign for one in assigning if one.capabilities is not None),
            ),
        )

    async def tag_choices(self, keys: Sequence[TicketKey]) -> TagChoices:
        """Return which tags can be added and removed."""
        views = await self._tickets.headers(keys[:MAX_TICKETS])
        able = [view for view in views.values() if view.obstacle(Feature.TAGS) is None]
        present = Counter(tag for view in able for tag in view.ticket.tags)
        everywhere = await self._accounts.tags()
        known = tuple(tag for tag in everywhere if tag not in present)
        return TagChoices(len(able), dict(present.most_common()), known)

    async def execute(self, plan: BulkPlan, title: str = "") -> BulkResult:
        """Do what was planned, and no more: to a ticket that would now be changed for good, and would not have been then, nothing.

        More than `PART` tickets are done in parts, each all or nothing.

        Args:
            title: under which the results are kept, from `KEPT_FROM` changed tickets on; empty = they are not.
        """
        made = _Made(BulkRun(str(uuid4()), title, self._clock.now(), ()))
        keeps = bool(title) and plan.changing >= KEPT_FROM
        turn = _Turn()
        for start in range(0, len(plan.tickets), PART):
            part = plan.tickets[start : start + PART]
            async with self._one_part:
                views = await self._tickets.headers([one.key for one in part if one.is_changed])
                batch = _Batch()
                for one in part:
                    await turn.give()
                    made.add(self._done_to(one, views.get(one.key), plan, batch, made))
                run = made.run if keeps else None
                if batch.is_filled or (run is not None and start):
                    before = await self._later.before(tuple(batch.later)) if batch.later else {}
                    made.before.update(before)
                    batch.later = {key: with_reason(mark, before[key]) for key, mark in batch.later.items()}
                    await self._commands.change_all(batch.commands, run, batch.beside)
        return made.result(keeps=keeps)

    def _done_to(
        self, one: PlannedTicket, view: TicketView | None, plan: BulkPlan, batch: "_Batch", made: "_Made"
    ) -> BulkEntry:
        """Put what is done to one ticket into a batch; returns its line of the results."""
        if not one.is_changed:
            return BulkEntry(one.key, reason=one.reason or _SO_ALREADY)
        now = self._planned(one.key, view, plan.decide)
        if view is None or not now.is_changed or (now.final and not one.final):
            said = CHANGED_MEANWHILE if now.final else now.reason
            return BulkEntry(one.key, reason=said or _SO_ALREADY)
        if [type(action) for action in now.actions if is_message(action)] != [
            type(action) for action in one.actions if is_message(action)
        ]:
            return BulkEntry(one.key, reason=CHANGED_MEANWHILE)
        # A message goes as the agent was shown it: in the same words, about the same conversation.
        texts = tuple(action for action in one.actions if is_message(action))
        actions = (*texts, *(action for action in now.actions if not is_message(action)))
        first: CommandId | None = None
        commands: list[CommandId] = []
        for action in actions:
            command = self._commands.command(one.key, action, first)
            if is_message(action) and first is None:
                batch.hold_until[command.id] = self._commands.held_until
            if isinstance(action, SendReply):
                first = command.id
            batch.commands.append(command)
            commands.append(command.id)
            back = SENT if is_message(action) else inverse(action, view.ticket, view.capabilities)
            made.changes.append(Changed(command.id, view.ticket, action, back))
        here = one.here
        if here.note:
            batch.notes[one.key] = self._tickets.local_note(view.account, here.note)
            made.notes[one.key] = batch.notes[one.key].id
        if here.later is not None:
            batch.later[one.key] = here.later
        if here.read:
            batch.read.append(one.key)
        said = ", ".join(here.said)
        return BulkEntry(
            one.key,
            commands[0] if commands else None,
            "",
            tuple(commands[1:]),
            said[:1].upper() + said[1:],
            now.left_out,
        )


_SO_ALREADY = "Nothing to change."
_GONE = "This ticket is not known here any more."


def _in_outbox(view: TicketView, action: Action) -> str:
    """Return that this message waits in the outbox already, as where a macro's key was pressed twice; empty where not."""
    for kind, name in ((SendReply, "reply"), (AddNote, "note")):
        if isinstance(action, kind):
            waiting = (item.command.action for item in view.pending)
            if any(isinstance(one, kind) and one.text == action.text for one in waiting):
                return f"The same {name} is in the outbox already."
    return ""


class _Turn:
    """Lets the window have its turn while many tickets are thought about."""

    def __init__(self) -> None:
        self._until = perf_counter() + _STRETCH

    async def give(self) -> None:
        """Wait for others, where it is time."""
        if perf_counter() > self._until:
            await asyncio.sleep(0)
            self._until = perf_counter() + _STRETCH


class _Batch:
    """What goes into the outbox and onto tickets together."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.hold_until: dict[CommandId, datetime] = {}
        self.later: dict[TicketKey, LaterMark] = {}
        self.notes: dict[TicketKey, Message] = {}
        self.read: list[TicketKey] = []

    @property
    def is_filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.commands or self.later or self.notes or self.read)

    @property
    def beside(self) -> Beside:
        """What goes in with the commands."""
        return Beside(self.hold_until, self.later, self.notes, tuple(self.read))


class _Made:
    """What a bulk change has come to so far."""

    def __init__(self, run: BulkRun) -> None:
        self._run = run
        self._entries: list[BulkEntry] = []
        self.changes: list[Changed] = []
        self.before: dict[TicketKey, LaterMark | None] = {}
        self.notes: dict[TicketKey, str] = {}

    def add(self, entry: BulkEntry) -> None:
        """Note what became of a ticket."""
        self._entries.append(entry)

    @property
    def run(self) -> BulkRun:
        """The run as far as it has come."""
        return replace(self._run, entries=tuple(self._entries))

    def result(self, *, keeps: bool) -> BulkResult:
        """Return what was done."""
        left = [one for one in self._entries if one.reason and one.reason != _SO_ALREADY]
        changed = [one for one in self._entries if not one.reason]
        return BulkResult(
            tuple(self.changes),
            len(self._entries) - len(left) - len(changed),
            tuple(dict.fromkeys(one.reason for one in left)),
            len(left),
            self.run if keeps and changed else None,
            tuple(one.ticket for one in changed),
            self.before,
            self.notes,
            tuple(dict.fromkeys(reason for one in changed for reason in one.left_out)),
        )
