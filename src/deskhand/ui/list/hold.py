"""What stays where it is in the list while a hand is on it: a row must not give way to another one under the pointer."""

from collections.abc import Mapping, Sequence
from enum import Enum

from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow
from deskhand.ui.list.groups import Entry


class Hold(Enum):
    """How much of the order is held."""

    NOTHING = "nothing"
    """No hand is on the list: it shows what its query says."""
    ORDER = "order"
    """The keyboard stands on a row: nothing comes in between or above and nothing changes its place; what left the list goes."""
    POSITIONS = "places"
    """The pointer is on the list: what left stays as well, because all below it would move up."""


def held(
    shown: Sequence[Entry], now: Mapping[TicketKey, Entry], hold: Hold, gone: Mapping[TicketKey, TicketRow]
) -> list[Entry]:
    """Return the rows of a held list: those that are shown, in their order, each as it is now.

    Where the keyboard holds it, what comes after all of them stands below: nothing moves by that, and a list that fills at a first
    start is not one row long.

    Args:
        now: the rows that the list's query finds now, in their order; other new ones wait.
        gone: what is known of shown rows that it finds no more.
    """
    if hold is Hold.POSITIONS:
        return [now.get(row.key) or gone.get(row.key) or row for row in shown]
    stay = [now[row.key] for row in shown if row.key in now]
    kept = {row.key for row in stay}
    last = max((place for place, key in enumerate(now) if key in kept), default=len(now))
    return [*stay, *list(now.values())[last + 1 :]]
