"""How many tickets each view of one's own has.

They are counted anew on the store's scan thread after commits, one pass over the facts for each view, never on the window's thread. A
change is not added up: which views a ticket was in before would have to be asked for every row that is written, and a filter with times
changes with nothing being written at all.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.filters.syntax import is_relative
from deskhand.domain.ports import Clock, Lists

from .own_views import OwnViews

RELATIVE = timedelta(minutes=1)
"""After so long what a filter with durations or periods finds is another thing."""


class ViewCounts:
    """Counts when asked, and only what may have changed since."""

    def __init__(self, views: OwnViews, lists: Lists, changes: ChangeBus, clock: Clock) -> None:
        self._views = views
        self._lists = lists
        self._clock = clock
        self._counts: dict[str, tuple[str, int, datetime]] = {}
        self._is_stale = True
        changes.subscribe(self._note)

    def _note(self, changes: ChangeSet) -> None:
        if changes.tickets or changes.bulk or changes.accounts or changes.threads or changes.outbox or changes.drafts:
            self._is_stale = True

    async def refresh(self) -> Mapping[str, int]:
        """Return the count of each view that shows one, by the view's id.

        What comes in while this counts is counted by the next call: ask again after each change set, and not before this has ended.
        """
        is_stale, self._is_stale = self._is_stale, False
        now, counts = self._clock.now(), {}
        try:
            for view in self._views.all():
                if not view.counter:
                    continue
                query, count, at = self._counts.get(view.id, ("", 0, now))
                is_old = is_relative(view.filter) and now - at >= RELATIVE
                if view.id not in self._counts or query != view.query or is_stale or is_old:
                    count, at = await self._lists.count(view.ticket_query), now
                counts[view.id] = (view.query, count, at)
        except BaseException:
            self._is_stale = True
            raise
        self._counts = counts
        return {view: count for view, (_, count, _) in counts.items()}
