"""What the agent may decide about an outbox item, and under which labels: one rule for the window and the command line. Pure.

A resolution is offered only where it is true. "It was sent" needs a try whose outcome nobody knows: what was held back by a newer
message, refused, or never tried has not left, and saying that it did would lose its text.
"""

from collections.abc import Mapping

from . import wording
from .commands import DecisionReason, OutboxItem, UploadFile, is_message
from .threads import Delivery, Option, Resolution

AGAIN, WAS_SENT, DRAFT, DISCARD = Resolution.AGAIN, Resolution.WAS_SENT, Resolution.DRAFT, Resolution.DISCARD

_DOUBTFUL = (DecisionReason.MAY_HAVE_BEEN_SENT, DecisionReason.NO_KEY_LEFT)
"""Questions that follow a try without a clear answer."""

_STOPPED = {AGAIN: "Send anyway", DRAFT: "Edit", DISCARD: "Discard"}

_MESSAGE: Mapping[DecisionReason | None, Mapping[Resolution, str]] = {
    None: {DRAFT: "Edit", AGAIN: "Try again", DISCARD: "Discard"},
    DecisionReason.THREAD_CHANGED: _STOPPED,
    DecisionReason.OTHER_CUSTOMER: _STOPPED,
    DecisionReason.MAY_HAVE_BEEN_SENT: {AGAIN: "Send again", WAS_SENT: "It was sent", DRAFT: "Back to draft"},
    DecisionReason.NO_KEY_LEFT: {AGAIN: "Send again", WAS_SENT: "It was sent", DRAFT: "Back to draft"},
}
_CHANGE: Mapping[DecisionReason | None, Mapping[Resolution, str]] = {
    None: {AGAIN: "Try again", DISCARD: "Discard"},
    DecisionReason.CHANGED_BY_OTHERS: {AGAIN: "Change it anyway", DISCARD: "Leave it as it is"},
    DecisionReason.MAY_HAVE_BEEN_SENT: {AGAIN: "Do it again", WAS_SENT: "It was done", DISCARD: "Discard"},
    DecisionReason.NO_KEY_LEFT: {AGAIN: "Do it again", WAS_SENT: "It was done", DISCARD: "Discard"},
}
_FILE: Mapping[DecisionReason | None, Mapping[Resolution, str]] = {
    None: {AGAIN: "Try again", DRAFT: "Put into a draft", DISCARD: "Discard"},
    DecisionReason.WINDOW_PASSED: {DRAFT: "Put into a draft", DISCARD: "Discard"},
    DecisionReason.MAY_HAVE_BEEN_SENT: {
        AGAIN: "Send again",
        WAS_SENT: "It was sent",
        DRAFT: "Put into a draft",
        DISCARD: "Discard",
    },
}


def options(item: OutboxItem) -> tuple[Option, ...]:
    """Return what the agent may decide, the obvious decision first; nothing where no decision is asked for."""
    if not item.delivery.needs_agent:
        return ()
    action = item.command.action
    by_reason = _MESSAGE if is_message(action) else _FILE if isinstance(action, UploadFile) else _CHANGE
    why = item.decision if item.delivery is Delivery.NEEDS_DECISION else None
    offered = by_reason.get(why, by_reason[None])
    return tuple(Option(how, label) for how, label in offered.items() if how is not WAS_SENT or _may_have_left(item))


def refusal(item: OutboxItem, how: Resolution) -> str:
    """Return why a resolution is not allowed, for the agent; empty where it is.

    `draft` stands for `discard` where there is no draft to go back to, as the command line always took it, and a message may be
    discarded wherever it may go back to a draft.
    """
    if not item.delivery.needs_agent:
        return f"This does not need a decision: {wording.delivery(item.delivery)}."
    allowed = {option.how for option in options(item)}
    if how in allowed or (how in (DRAFT, DISCARD) and allowed & {DRAFT, DISCARD}):
        return ""
    if how is WAS_SENT:
        return "Nothing was sent: it was refused." if item.delivery is Delivery.FAILED else _NOTHING_LEFT
    return "The vendor takes this file no more. Send it with a new message."


_NOTHING_LEFT = "Nothing was sent: it was stopped before it left."


def _may_have_left(item: OutboxItem) -> bool:
    return item.decision in _DOUBTFUL and item.first_sent is not None
