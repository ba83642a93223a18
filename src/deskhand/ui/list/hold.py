"""What stays where it is in the list while a hand is on it: a row must not give way to another one under the pointer."""

from collections.abc import Mapping, Sequence
from enum import Enum

from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow


class Hold(Enum):
    """How much of the order is held."""

    NOTHING = "nothing"
    """No hand is on the list: it shows what its query says."""
    ORDER = "order"
    """The keyboard stands on a row: nothing comes in between and nothing changes its place; what left the list goes."""
    POSITIONS = "places"
    """The pointer is on the list: what left stays as well, because all below it would move up."""


def held(
    shown: Sequence[TicketRow], now: Mapping[TicketKey, TicketRow], hold: Hold, gone: Mapping[TicketKey, TicketRow]
) -> list[TicketRow]:
    """Return the rows of a held list: those that are shown, in their order, each as it is now.

    Args:
        now: the rows that the list's query finds now; those that are not shown yet wait.
        gone: what is known of shown rows that it finds no more.
    """
    if hold is Hold.ORDER:
        return [now[row.key] for row in shown if row.key in now]
    return [now.get(row.key) or gone.get(row.key) or row for row in shown]
