"""The smart views and their names; what stands in a list is read from `domain.ports.Lists`."""

from collections.abc import Mapping
from dataclasses import replace

from deskhand.domain.queries import Scope, Sort, TicketQuery

SCOPES: tuple[tuple[Scope, str], ...] = (
    (Scope.WAITING_FOR_US, "Waiting for us"),
    (Scope.MINE_OPEN, "My open"),
    (Scope.UNASSIGNED, "Unassigned"),
    (Scope.WAITING_FOR_THEM, "Waiting for them"),
    (Scope.LATER, "Later"),
    (Scope.DRAFTS, "Drafts"),
    (Scope.OUTBOX, "Outbox"),
    (Scope.ALL, "All tickets"),
)
"""The smart views of the accounts pane, with their names."""

PENDING_OR_ON_HOLD = "waiting"
"""A view of version 0.1 whose name scripts still use (`tickets --scope waiting`): it went by the vendor's state alone."""

FIRST = TicketQuery(Scope.WAITING_FOR_US, sort=Sort.WAITING)
"""What a window shows when it opens; its tickets are counted on the icon where the agent chose no other view."""

BY_WAIT = (Scope.WAITING_FOR_US, Scope.WAITING_FOR_THEM)
"""The views that open with the longest wait first, whatever order the others were last seen in."""

NAMES: Mapping[Scope, str] = {**dict(SCOPES), Scope.SNOOZED: "Snoozed at the vendor"}
"""What a list is called, those too that have no line in the accounts pane."""

_SORTED_BY: Mapping[Scope, str] = {Scope.LATER: "return"}
"""Views with an order of their own (`TicketQuery.sorted_by`)."""


def query_of(scope: Scope, sort: Sort) -> TicketQuery:
    """Return what a view asks for: in its own order where it has one."""
    return TicketQuery(scope, sort=Sort.WAITING if scope in BY_WAIT else sort, sorted_by=_SORTED_BY.get(scope, ""))


def resorted(query: TicketQuery, sort: Sort) -> TicketQuery:
    """Return a query in the order that was chosen; a view's own order holds as long as no other one is."""
    return query if sort is query.sort else replace(query, sort=sort, sorted_by="")
