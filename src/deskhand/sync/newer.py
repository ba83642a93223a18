"""What came into a conversation after a reply was written. Pure."""

from collections.abc import Collection
from datetime import datetime

from deskhand.domain.threads import RemoteMessage, RemoteThread, Side, Visibility

_READ_BY_CUSTOMERS = (Visibility.PUBLIC, Visibility.UNSAID)


def newer(
    thread: RemoteThread, seen: str, known: Collection[str], ours: Collection[str], written: datetime
) -> tuple[RemoteMessage, ...]:
    """Return the public messages that the agent cannot have seen, whoever wrote them but ourselves.

    Args:
        seen: id of the newest message that the agent had on screen.
        known: ids of the messages that were stored before the conversation was read just now.
        ours: ids that sends of ours are proven by.
        written: when the reply was written, by the vendor's clock.
    """
    ids = [message.id for message in thread.messages]
    if seen in ids:
        found = thread.messages[ids.index(seen) + 1 :]
    else:
        # Written before the conversation was on screen: what came after that was surely not seen, whoever has read it since.
        made = written.replace(microsecond=0)  # vendors tell whole seconds
        found = tuple(
            message
            for message in thread.messages
            if (known and message.id not in known)
            or (message.side is Side.CUSTOMER and message.created_at is not None and message.created_at >= made)
        )
    return tuple(
        message
        for message in found
        if message.visibility in _READ_BY_CUSTOMERS and message.side is not Side.SYSTEM and message.id not in ours
    )
