"""What an open outbox item waits for, since when and until when: one rule for the window and the command line. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from . import wording
from .commands import CreateTicket, OutboxItem
from .threads import Delivery, Waiting

SLOW = timedelta(seconds=10)
"""What has been due so long does not only wait for its turn: its vendor keeps us waiting."""

CUT_SHORT = "This was on its way when Deskhand ended, so it is looked for first."

PAUSED = "This account is paused: nothing is sent before you resume it."


def waiting(
    item: OutboxItem, others: Sequence[OutboxItem], *, paused: bool, settle: timedelta | None, now: datetime
) -> Waiting | None:
    """Return what an item waits for; None for what is sent.

    Args:
        others: open items of the account, first made first; the item itself may be among them.
        paused: the agent has paused the account.
        settle: how long after its last try an unknown outcome is looked for before the agent is asked; None where the vendor takes
            the same again without doing it twice, so that it is never asked about.
    """
    match item.delivery:
        case Delivery.SENT:
            return None
        case Delivery.FAILED | Delivery.NEEDS_DECISION:
            return Waiting("your decision", item.problem, item.waits_since or item.last_sent or item.command.created_at)
        case Delivery.SENDING:
            return Waiting("the answer", "", item.last_sent or item.command.created_at)
        case Delivery.UNKNOWN:
            return _unknown(item, paused=paused, settle=settle)
        case Delivery.HELD | Delivery.QUEUED:
            return _queued(item, others, paused=paused, now=now)


def foremost(items: Sequence[OutboxItem], most: int) -> tuple[OutboxItem, ...]:
    """Return what is shown where not all has room: what needs a decision, all of it, then what leaves next, then what was sent last.

    Args:
        items: newest first; so are those that are returned.
    """
    asking = [item for item in items if item.delivery.needs_agent]
    moving = [item for item in reversed(items) if item.delivery.is_open and not item.delivery.needs_agent]
    sent = [item for item in items if not item.delivery.is_open]
    kept = {item.command.id for item in (*asking, *(*moving, *sent)[: max(0, most - len(asking))])}
    return tuple(item for item in items if item.command.id in kept)


def _unknown(item: OutboxItem, *, paused: bool, settle: timedelta | None) -> Waiting:
    since = item.last_sent or item.command.created_at
    problem = item.problem or CUT_SHORT
    if paused:
        return Waiting("you to resume the account, to see whether it arrived", PAUSED, since)
    if settle is None or item.last_sent is None:
        return Waiting("whether it arrived", problem, since, item.waits_until or item.not_before)
    return Waiting("whether it arrived", problem, since, item.last_sent + settle)


def _queued(item: OutboxItem, others: Sequence[OutboxItem], *, paused: bool, now: datetime) -> Waiting:
    since = item.waits_since or item.command.created_at
    if item.delivery is Delivery.HELD and item.hold_until is not None:
        return Waiting("the end of the time to undo it", "", item.command.created_at, item.hold_until)
    if item.is_paused:
        return Waiting("you to go on", "", since)
    if paused:
        return Waiting("you to resume the account", PAUSED, since)
    if (ahead := _ahead(item, others)) is not None:
        decision = ", which needs your decision" if ahead.delivery.needs_agent else ""
        return Waiting(f"the {wording.item(ahead)} before it{decision}", "", since)
    until = max(filter(None, (item.not_before, item.waits_until)), default=None)
    if item.problem:
        return Waiting("another try", item.problem, since, until)
    if until is not None and until > now:
        return Waiting("its time", "", since, until)
    return Waiting("its turn" if now - since < SLOW else "its vendor, which has not answered yet", "", since)


def _ahead(item: OutboxItem, others: Sequence[OutboxItem]) -> OutboxItem | None:
    """Return what has to be done first: what the item comes after, else what stands before it in the line of its ticket."""
    for other in others:
        if other.command.id == item.command.after:
            return other
    for other in others:
        if other.command.id == item.command.id:
            return None
        if other.command.ticket is None or other.command.ticket != item.command.ticket:
            continue
        if not other.delivery.needs_agent or isinstance(other.command.action, CreateTicket):
            return other
    return None
