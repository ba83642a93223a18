"""Unknown outcomes: is one of the messages in this thread the one that may have left?

A claim needs an agent's message of the right visibility, written in the window in which ours can have been written, with an
equal text, that no other send of ours is proven by and that was not there before the first try. Two equal texts therefore claim
two different messages (case O06), and a colleague's equal text is not claimed (O08). An author who is no known colleague proves
nothing: NexusCore, for one, shows what its API sent as written by the workspace.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.commands import AddNote, OutboxItem, SendReply
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.threads import RemoteMessage, RemoteThread, Side, Visibility

from .sanitizing import comparable, matches

SKEW = timedelta(minutes=5)
"""How far a vendor's clock may be from what it tells of it."""


@dataclass(frozen=True, slots=True)
class ReconcileConfig:
    """Figures of the wait.

    Attributes:
        settle_seconds: a late commit may show up this long after the last try (reliability 2.5: a settle time shorter than the vendor's
            slowest commit made 8 duplicates in 150; longer made none).
        key_life: a vendor's key is trusted this long; afterwards only reading or asking is left.
    """

    settle_seconds: float = 60
    key_life: timedelta = timedelta(hours=24)


def sent_text(action: SendReply | AddNote) -> str:
    """Return what was sent, in the form that is compared."""
    return comparable(action.html, is_html=True) if action.html else comparable(action.text, is_html=False)


def preexisting_ids(action: SendReply | AddNote, thread: RemoteThread) -> tuple[str, ...]:
    """Return ids of messages that already look like the one about to be sent."""
    text = sent_text(action)
    return tuple(m.id for m in thread.messages if m.side is not Side.CUSTOMER and _same(text, m))


def match_sent_message(
    item: OutboxItem,
    action: SendReply | AddNote,
    thread: RemoteThread,
    sent_ids: Collection[str],
    *,
    me: str,
    colleagues: Collection[str],
    settle: float,
    clock_lead: timedelta = timedelta(),
) -> RemoteMessage | None:
    """Return the message in the thread that is ours, or None.

    Args:
        sent_ids: ids that other sends of ours are proven by.
        colleagues: e-mail addresses of the agents that are known, in any case.
        settle: seconds after the last try in which it may still have been written.
        clock_lead: how far the vendor's clock is ahead of this computer's.
    """
    if (key := next((m for m in thread.messages if m.key and m.key == item.command.id), None)) is not None:
        return key
    visibility = Visibility.PUBLIC if isinstance(action, SendReply) else Visibility.INTERNAL
    text = sent_text(action)
    others = {email.casefold() for email in colleagues} - {me.casefold(), ""} if me else set()
    candidates = [
        message
        for message in thread.messages
        if message.side is not Side.CUSTOMER
        and message.visibility is visibility
        and message.id not in sent_ids
        and message.id not in item.preexisting_ids
        and (message.created_at is None or _in_window(message.created_at - clock_lead, item, settle))
        and message.author.email.casefold() not in others
        and _same(text, message)
    ]
    return candidates[0] if candidates else None


def _same(text: str, message: RemoteMessage) -> bool:
    return matches(text, comparable(message.body, is_html=message.format is BodyFormat.HTML))


def _in_window(at: datetime, item: OutboxItem, settle: float) -> bool:
    if item.first_sent is None or item.last_sent is None:
        return True
    return item.first_sent - SKEW <= at <= item.last_sent + timedelta(seconds=settle) + SKEW
