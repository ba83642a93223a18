"""Recording a macro: what is done to one ticket between the beginning and the end becomes its steps.

Nothing is watched meanwhile: what stands in the outbox and in Later at the end is compared with what stood there at the beginning. What was taken
back is therefore not in it.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from deskhand.content.given_names import given_name
from deskhand.content.local_zone import LocalZone
from deskhand.domain.commands import Action, AddNote, Assign, ChangePriority, ChangeState, EditTags, SendReply
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, OutboxReader
from deskhand.domain.threads import Visibility
from deskhand.domain.tickets import Person, Priority, State, Ticket

from .later import Later
from .macro_steps import ME, NOBODY, ON_REPLY, MacroStep, StepKind, in_order
from .tickets import Tickets, TicketView

_READ = 2000
"""Items of the outbox that are looked at: all that are open, and the last ones sent."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What there was when a recording began.

    Attributes:
        known: what stood in the outbox. `notes`: ids of the notes that were kept on this computer.
        later: what stood in Later.
    """

    ticket: TicketKey
    subject: str
    known: frozenset[CommandId]
    notes: frozenset[str]
    later: LaterMark | None


class MacroRecorder:
    """Begins and ends recordings."""

    def __init__(
        self, tickets: Tickets, outbox: OutboxReader, later: Later, clock: Clock, zone: tzinfo | None = None
    ) -> None:
        self._tickets = tickets
        self._outbox = outbox
        self._later = later
        self._clock = clock
        self._zone = zone or LocalZone()

    async def begin(self, view: TicketView) -> Recording:
        """Note what there is of a ticket now."""
        key = view.ticket.key
        known = frozenset(item.command.id for item in await self._outbox.recent(_READ))
        before = (await self._later.before([key]))[key]
        return Recording(key, view.ticket.subject, known, frozenset(_local_notes(view)), before)

    async def end(self, recording: Recording) -> tuple[MacroStep, ...]:
        """Return what was done since as steps; of several changes of one kind the last."""
        key = await self._tickets.vendor_key(recording.ticket) or recording.ticket
        view = await self._tickets.view(key)
        if view is None:
            return ()
        items = [
            item
            for item in reversed(await self._outbox.recent(_READ))
            if item.command.ticket == key and item.command.id not in recording.known
        ]
        steps = [step for item in items for step in steps_of(item.command.action, view)]
        notes = _local_notes(view)
        steps += [MacroStep(StepKind.NOTE, text) for id_, text in notes.items() if id_ not in recording.notes][-1:]
        mark = (await self._later.before([key]))[key]
        if mark is not None and mark != recording.later and not mark.stays:
            steps.append(self._later_step(mark))
        return in_order(_last_of_each(steps))

    def _later_step(self, mark: LaterMark) -> MacroStep:
        if mark.until is None:
            return MacroStep(StepKind.LATER, ON_REPLY)
        kind = StepKind.LATER_KEEP if mark.keep else StepKind.LATER
        return MacroStep(kind, as_typed(mark.until, self._clock.now(), self._zone))


def steps_of(action: Action, view: TicketView) -> tuple[MacroStep, ...]:
    """Return an action as steps that can be done to other tickets too; none where it belongs to this one alone."""
    match action:
        case SendReply(text=text):
            return (MacroStep(StepKind.REPLY, with_places(text, view.ticket)),)
        case AddNote(text=text):
            return (MacroStep(StepKind.NOTE, with_places(text, view.ticket)),)
        case ChangeState(state=State.OTHER, label=label):
            return (MacroStep(StepKind.VENDOR_STATE, label),)
        case ChangeState(state=state):
            return (MacroStep(StepKind.STATE, state.value),)
        case ChangePriority(priority=priority) if priority is not Priority.OTHER:
            return (MacroStep(StepKind.PRIORITY, priority.value),)
        case Assign(to=None):
            return (MacroStep(StepKind.ASSIGN, NOBODY),)
        case Assign(to=Person() as person) if person.is_same(Person(email=view.account.me)):
            return (MacroStep(StepKind.ASSIGN, ME),)
        case Assign(to=Person(email=email)) if email:
            return (MacroStep(StepKind.ASSIGN, email),)
        case EditTags(add=add, remove=remove):
            found = ((StepKind.ADD_TAGS, add), (StepKind.REMOVE_TAGS, remove))
            return tuple(MacroStep(kind, ", ".join(tags)) for kind, tags in found if tags)
        case _:
            return ()


def with_places(text: str, ticket: Ticket) -> str:
    """Return a text with places where it holds the customer's name, the number or the subject of its ticket."""
    name = " ".join(ticket.requester.name.split()) if ticket.requester else ""
    values = [("full name", name), ("name", given_name(name)), ("number", ticket.number), ("subject", ticket.subject)]
    for place, value in values:
        if value:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", f"{{{place}}}", text)
    return text


def as_typed(until: datetime, now: datetime, zone: tzinfo) -> str:
    """Return a moment as it would be typed: "tomorrow 09:00", "monday 09:00", "in 3 days", "in 4 hours"."""
    local, today = until.astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    if days <= 0:
        return f"in {max(1, round((until - now) / timedelta(hours=1)))} hours"
    if days == 1:
        return f"tomorrow {local:%H:%M}"
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return f"{names[local.weekday()]} {local:%H:%M}" if days < 7 else f"in {days} days"


def _last_of_each(steps: Sequence[MacroStep]) -> tuple[MacroStep, ...]:
    """Leave out what a later step of the same kind says anew; tags are gathered."""
    found: dict[str, MacroStep] = {}
    for step in steps:
        kind = "state" if step.kind in (StepKind.STATE, StepKind.VENDOR_STATE) else step.kind.value
        tags = step.kind in (StepKind.ADD_TAGS, StepKind.REMOVE_TAGS)
        if tags and kind in found:
            step = MacroStep(step.kind, f"{found[kind].value}, {step.value}")  # noqa: PLW2901 -- the same step, with more
        found.pop(kind, None)
        found[kind] = step
    return tuple(found.values())


def _local_notes(view: TicketView) -> dict[str, str]:
    return {one.id: one.text for one in view.messages if one.visibility is Visibility.LOCAL}
