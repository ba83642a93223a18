"""What came into a conversation after a reply was written. Pure."""

from collections.abc import Collection
from datetime import datetime

from deskhand.domain.commands import SendReply
from deskhand.domain.threads import RemoteMessage, RemoteThread, Side, Visibility

_READ_BY_CUSTOMERS = (Visibility.PUBLIC, Visibility.UNSAID)


def newer(
    thread: RemoteThread, reply: SendReply, known: Collection[str], ours: Collection[str], written: datetime
) -> tuple[RemoteMessage, ...]:
    """Return the public messages that the agent cannot have seen, whoever wrote them but ourselves.

    A message's place tells nothing by itself: mail that was long on its way, and what a merge brings in, stand before what was seen.

    Args:
        known: ids of the messages that were stored before the conversation was read just now.
        ours: ids that sends of ours are proven by.
        written: when the reply was written, by the vendor's clock.
    """
    ids = [message.id for message in thread.messages]
    is_placed = reply.seen in ids
    behind = ids.index(reply.seen) + 1 if is_placed else len(ids)
    made = written.replace(microsecond=0)  # vendors tell whole seconds

    def is_new(place: int, message: RemoteMessage) -> bool:
        if place >= behind:
            return True
        if message.side is Side.CUSTOMER and reply.known:
            return message.id not in reply.known
        if is_placed:
            return False
        # Written before the conversation was on screen: what came after that was surely not seen, whoever has read it since.
        is_later = message.side is Side.CUSTOMER and message.created_at is not None and message.created_at >= made
        return is_later or (bool(known) and message.id not in known)

    return tuple(
        message
        for place, message in enumerate(thread.messages)
        if is_new(place, message)
        and message.visibility in _READ_BY_CUSTOMERS
        and message.side is not Side.SYSTEM
        and message.id not in ours
    )
