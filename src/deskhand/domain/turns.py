"""Whose turn it is in a conversation, how long that has been so, how urgent that makes it, and when an answer is due. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from .threads import Side
from .tickets import Turn


class Spoken(NamedTuple):
    """A public message of a conversation: who spoke, when (ms since 1970, None = not told), and whether a program wrote it."""

    side: Side
    at: int | None
    automatic: bool = False


class ToldTurn(NamedTuple):
    """What a conversation says of the turn.

    Attributes:
        since: ms since 1970 of the customer's first unanswered message (`Turn.US`) or of our last reply (`Turn.THEM`); None = not told.
        answered: one of us has replied.
    """

    turn: Turn
    since: int | None = None
    answered: bool = False


def of_conversation(newest_first: Iterable[Spoken]) -> ToldTurn:
    """Return whose turn it is.

    Notes are not among the messages. What a program wrote, and what the vendor's system says, is neither the customer's question nor
    our answer; a conversation of nothing else asks for no answer. One without messages says nothing.
    """
    since: int | None = None
    customer_waits = is_anything_said = False
    for message in newest_first:
        is_anything_said = True
        if message.automatic or message.side is Side.SYSTEM:
            continue
        if message.side is Side.CUSTOMER:
            customer_waits, since = True, message.at
        elif customer_waits:
            return ToldTurn(Turn.US, since, answered=True)
        else:
            return ToldTurn(Turn.THEM, message.at, answered=True)
    if customer_waits:
        return ToldTurn(Turn.US, since)
    return ToldTurn(Turn.NOBODY if is_anything_said else Turn.UNKNOWN)
