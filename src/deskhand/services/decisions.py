"""What the services answer where an agent asks for a change of a ticket: the change, or why there is none; and how it is asked for."""

from collections.abc import Callable

from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import Action
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass

from .tickets import TicketView


@dataclass(frozen=True, slots=True)
class AlreadySet:
    """The ticket is already as wished: nothing is sent.

    Attributes:
        message: says so, for the agent; empty where what was chosen is what the screen shows.
    """

    message: str = ""


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The vendor or the account does not allow it.

    Attributes:
        reason: why, for the agent.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Irreversible:
    """A change has no inverse: it can be taken back only before it leaves.

    Attributes:
        reason: why, for the agent.
    """

    reason: str


SENT = Irreversible("What was sent cannot be called back.")
"""Of a message."""


@dataclass(frozen=True, slots=True)
class Here:
    """What is done to a ticket on this computer alone.

    Attributes:
        later: what stands in Later about it then; None = what stood there.
        note: a note that is kept here; empty = none.
        read: it is marked as read.
        said: all of that, in words: "away until Tuesday", "marked as read".
    """

    later: LaterMark | None = None
    note: str = ""
    read: bool = False
    said: tuple[str, ...] = ()


NOTHING_HERE = Here()


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes of one ticket: a reply first, and then all others wait until it was sent.

    Attributes:
        left_out: why some of what was asked for is not done, each a sentence.
    """

    actions: tuple[Action, ...]
    here: Here = NOTHING_HERE
    left_out: tuple[str, ...] = ()


Decision = Action | AlreadySet | NotPossible
DecideAction = Callable[[TicketView], Decision]
"""What a wish means for one ticket."""

DecideTogether = Callable[[TicketView], Decision | Together]
"""What a wish of several changes means for one ticket."""


@dataclass(frozen=True, slots=True)
class TicketChange:
    """A change that an agent can ask for, of one ticket or of several.

    Attributes:
        feature: what the vendor has to offer.
        decide: what it means for a ticket.
        verb: what a question about several tickets calls it.
        done: what was done to how many ("Assigned {tickets} to Lotte Bakker").
    """

    feature: Feature
    decide: DecideAction
    verb: str
    done: str = "Changed {tickets}"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a change of one ticket that has no way back.

    Attributes:
        title: the question itself.
        detail: what the change means, in a sentence.
        verb: what the button says that goes on.
    """

    title: str
    detail: str
    verb: str
