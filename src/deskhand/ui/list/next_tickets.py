"""The tickets that come next in the list, noted before something changes its order, and gone to afterwards."""

from collections.abc import Sequence

from deskhand.domain.ids import TicketKey
from deskhand.ui.list.ticket_list import TicketList

_MOST = 50
"""So many are noted: the nearest may leave the list meanwhile."""


def next_tickets(tickets: TicketList) -> list[TicketKey]:
    """Return the tickets that steps down lead to, nearest first, at most 50; one page of the list is read at most."""
    first = tickets.view.row_in_step(1)
    rows = (tickets.model.row(at) for at in range(first, min(first + _MOST, tickets.model.rowCount())))
    return [row.key for row in rows if row is not None]


def go_to_first(tickets: TicketList, keys: Sequence[TicketKey]) -> None:
    """Go to the first of these tickets that the list holds, as a step does; none of them there: nothing is done."""
    row = next((row for row in map(tickets.model.position, keys) if row is not None), None)
    if row is not None:
        tickets.view.land(row)
