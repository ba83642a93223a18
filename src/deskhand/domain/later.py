"""A ticket that is put away until a time, or that the agent is to be reminded of: a mark on this computer that no server sees."""

from datetime import datetime

from deskhand.domain.lazy_dataclass import dataclass

RETURN = "later"
"""The kind of the timed event at which a ticket comes back; its subject is the vendor's id of the ticket."""


@dataclass(frozen=True, slots=True)
class LaterMark:
    """What stands in Later about one ticket. Times are aware, in UTC.

    Attributes:
        until: when it comes back; None = when the customer replies.
        reason: what the agent wrote to it.
        keep: a reply does not bring it back before its time.
        stays: a reminder: the ticket stays in its lists meanwhile.
        put_at: when the agent did this; None = now.
        seen_at: the newest time of the vendor's that was known of the ticket then; None = the store looks it up. What the customer wrote
            after it is a reply.
        back_at: when it came back; None = not yet.
        replies: messages of the customer that came while it was put away.
    """

    until: datetime | None
    reason: str = ""
    keep: bool = False
    stays: bool = False
    put_at: datetime | None = None
    seen_at: datetime | None = None
    back_at: datetime | None = None
    replies: int = 0
