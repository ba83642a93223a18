"""What is shown once a ticket is dealt with."""

from enum import Enum


class GoOn(Enum):
    """What is shown next."""

    NEXT = "next"
    """The next ticket, in the order in which the list stood on the screen."""
    STAY = "stay"
    """The same ticket."""
    BACK = "back"
    """The list."""


class Done(Enum):
    """How a ticket was dealt with."""

    SENT = "sending"
    """A reply was sent, with a state behind it or without one."""
    CLOSED = "closing"
    """It was closed, or put away until later."""
