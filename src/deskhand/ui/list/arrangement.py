"""What the agent chose for each view: its groups, which of them are folded, and its order. Kept, and there again after a restart."""

import json
from dataclasses import replace

from PySide6.QtCore import QObject

from deskhand.domain.accounts import setting_of
from deskhand.domain.queries import GroupBy, Sort, TicketQuery
from deskhand.services.settings import Settings
from deskhand.sync.tasks import TaskScope
from deskhand.ui.list.groups import Grouping


class Arrangement(QObject):
    """Answers at once, writes through."""

    def __init__(self, settings: Settings, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._scope = scope
        self._chosen: dict[str, str] = {}

    def arranged(self, query: TicketQuery) -> TicketQuery:
        """Return a query in the groups and the order that were chosen for its view. What is searched for has no groups."""
        if query.text.strip():
            return replace(query, group_by=GroupBy.NONE, then=None)
        if query.view:
            return query  # a view of one's own has its order and groups itself
        group = self._read(view_key(query, "group"))
        if group in tuple(GroupBy):
            query = replace(query, group_by=GroupBy(group))
        elif group == _NO_GROUP:
            query = replace(query, group_by=GroupBy.NONE)
        first, _, second = self._read(view_key(query, "order")).partition(",")
        if first in tuple(Sort):
            own = "" if Sort(first) is not query.sort else query.sorted_by
            query = replace(
                query, sort=Sort(first), then=Sort(second) if second in tuple(Sort) else None, sorted_by=own
            )
        return query

    def grouping(self, query: TicketQuery) -> Grouping:
        """Return how the list of a query that is arranged shows its groups."""
        stored = self._read(view_key(query, f"folded/{query.group_by.value}"))
        try:
            folded = json.loads(stored) if stored else []
        except ValueError:
            folded = []
        keys = frozenset(key for key in folded if isinstance(key, str)) if isinstance(folded, list) else frozenset()
        return Grouping(query.group_by, query.sort is Sort.WAITING and query.then is None, keys)

    def choose_groups(self, query: TicketQuery, group_by: GroupBy) -> None:
        """Group the view of a query so from now on."""
        if not query.view:
            self._keep(view_key(query, "group"), group_by.value or _NO_GROUP)

    def choose_order(self, query: TicketQuery, sort: Sort, then: Sort | None = None) -> None:
        """Sort the view of a query so from now on."""
        if not query.view:
            self._keep(view_key(query, "order"), f"{sort.value},{then.value if then is not None else ''}")

    def follow_order(self, query: TicketQuery, sort: Sort) -> None:
        """Sort by what was chosen for all views; a view that has an order of its own has this one from now on."""
        if self._read(view_key(query, "order")):
            self._keep(view_key(query, "order"), f"{sort.value},")

    def fold(self, query: TicketQuery, folded: frozenset[str]) -> None:
        """Keep which groups of a view are folded."""
        self._keep(view_key(query, f"folded/{query.group_by.value}"), json.dumps(sorted(folded)))

    def _read(self, key: str) -> str:
        return self._chosen.get(key) or self._settings.text(key)

    def _keep(self, key: str, value: str) -> None:
        self._chosen[key] = value
        self._scope.start(self._settings.put(key, value), name=f"keep {key}")


_NO_GROUP = "none"


def view_key(query: TicketQuery, name: str) -> str:
    """Return the key of a setting of a view, built in or of one's own; an account's goes with it."""
    if query.view:
        return f"view/{query.view}/{name}"
    return setting_of(query.account, name) if query.account is not None else f"view/{query.scope.value}/{name}"


def clicked_order(sorts: tuple[Sort, ...], query: TicketQuery, *, second: bool) -> tuple[Sort, Sort | None]:
    """Return the first and the second order after the head of a column was chosen.

    Args:
        sorts: the orders of the column, one after the other.
        second: it is to be the second order; the first stays, unless it is this column's.
    """
    if second and query.sort not in sorts:
        then = sorts[(sorts.index(query.then) + 1) % len(sorts)] if query.then in sorts else sorts[0]
        if query.then in sorts and query.then is sorts[-1]:
            return query.sort, None
        return query.sort, then
    at = sorts.index(query.sort) + 1 if query.sort in sorts else 0
    return sorts[at % len(sorts)], query.then if second else None
