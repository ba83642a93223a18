"""Whose turn it is in a ticket, from what its conversation, its vendor's list and the outbox say."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deskhand.domain.commands import OutboxItem, SendReply
from deskhand.domain.tickets import Ticket, Turn

from .encoding import millis
from .row_keys import THEM, TURN_CODES, US

if TYPE_CHECKING:
    from .account_info import AccountInfo
    from .rows import ConversationSummary


def replied_at_of(items: Iterable[OutboxItem]) -> int:
    """Return when the last reply was written that is on its way by itself (ms), 0 for none: one that needs the agent answers nobody."""
    replies = (item for item in items if isinstance(item.command.action, SendReply) and item.delivery.is_open)
    return max((millis(item.command.created_at) for item in replies if not item.delivery.needs_agent), default=0)


def turn_of(
    info: "AccountInfo", ticket: Ticket, summary: "ConversationSummary", replied_at: int, *, done: int
) -> tuple[int, int]:
    """Return the code of the turn, and since when (ms, 0 = not told).

    What the conversation says counts, unless the vendor's list tells of a customer's message after what was read. Without a
    conversation the list alone says that a customer waits; it never says that nobody does, because what the vendor's side wrote
    last may have been a note.
    """
    if done or ticket.key.is_local:
        return TURN_CODES[Turn.NOBODY], 0
    if info.is_local_only:
        return TURN_CODES[Turn.UNKNOWN], 0
    if replied_at:
        return THEM, replied_at
    customer = millis(ticket.customer_spoke_at)
    is_newer = bool(summary.stale) and customer > summary.talked_at
    if summary.read_at and summary.told_turn and not is_newer:
        return summary.told_turn, summary.told_since
    if customer > millis(ticket.agent_spoke_at):
        return US, summary.told_since if summary.told_turn == US and summary.told_since else customer
    return TURN_CODES[Turn.UNKNOWN], 0
