"""Which outbox items are due, and when the next one is. Pure.

First in, first out per ticket, tickets in parallel. What waits for the agent (ASK, FAILED) holds up only what was told to come
after it, and what needs the ticket that it would have made. What the agent has paused holds up its ticket.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from deskhand.domain.commands import CreateTicket, OutboxItem
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import Delivery

from .schedule import LONGEST_WAIT

LONGEST_HOLD = timedelta(minutes=2)
"""No undo window is longer (the longest that can be chosen is a minute)."""


@dataclass(frozen=True, slots=True)
class DueItems:
    """Items to step now, and the moment when another one falls due (None = only a change can make one due)."""

    due: tuple[OutboxItem, ...]
    next_at: datetime | None


def due_items(
    items: Sequence[OutboxItem],
    now: datetime,
    busy: Collection[TicketKey | CommandId],
    before: Mapping[CommandId, Delivery],
) -> DueItems:
    """Choose the first item of each ticket that may move.

    Args:
        items: the open items of an account, first made first.
        busy: tickets (or commands without one) that a step is running for.
        before: delivery of commands that others come `after`, as far as they still exist.
    """
    due: list[OutboxItem] = []
    next_at: datetime | None = None
    held_up: set[TicketKey | CommandId] = set(busy)
    for item in items:
        priority = item.command.ticket or item.command.id
        if item.delivery.needs_agent:
            if isinstance(item.command.action, CreateTicket):
                held_up.add(priority)
            continue
        if priority in held_up:
            continue
        after = item.command.after
        if after is not None and before.get(after, Delivery.SENT) is not Delivery.SENT:
            continue
        held_up.add(priority)
        if item.is_paused:
            continue
        ready_at = _ready_at(item, now)
        if ready_at is None or ready_at <= now:
            due.append(item)
        else:
            next_at = ready_at if next_at is None else min(next_at, ready_at)
    return DueItems(tuple(due), next_at)


def moving(items: Sequence[OutboxItem]) -> tuple[OutboxItem, ...]:
    """Return those that go on without the agent: neither asking themselves nor waiting for one that does."""
    stuck: set[TicketKey | CommandId] = set()
    found: list[OutboxItem] = []
    for item in items:
        command = item.command
        if item.delivery.needs_agent or item.is_paused or command.after in stuck or command.ticket in stuck:
            stuck.add(command.id)
            if (item.is_paused or isinstance(command.action, CreateTicket)) and command.ticket is not None:
                stuck.add(command.ticket)
        else:
            found.append(item)
    return tuple(found)


def _ready_at(item: OutboxItem, now: datetime) -> datetime | None:
    """Return when an item may move, None for now: also where a clock that was set back would make it wait for hours or years."""
    held = item.delivery is Delivery.HELD
    ready_at = item.hold_until if held else item.not_before
    longest = LONGEST_HOLD if held else timedelta(seconds=LONGEST_WAIT)
    return None if ready_at is None or ready_at - now > longest else ready_at
