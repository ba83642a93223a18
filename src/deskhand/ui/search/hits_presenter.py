"""Reads where the tickets on screen hold what was looked for: those in sight and a screen around them, on the store's reading thread."""

from PySide6.QtCore import QObject

from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Lists
from deskhand.sync.tasks import TaskScope
from deskhand.ui.list.ticket_list import TicketList

MOST = 48
"""Tickets that are read at once: what is in sight comes first, and what was scrolled past is not waited for."""


class HitsPresenter(QObject):
    """Gives the rows of a search their excerpts."""

    def __init__(self, tickets: TicketList, lists: Lists, scope: TaskScope) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._lists = lists
        self._scope = scope
        self._is_reading = False
        tickets.hits_wanted.connect(self._read_what_is_seen)
        self._read_what_is_seen()

    def changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched."""
        hits = self._list.model.hits
        if hits and changes.threads:
            hits.forget(changes.threads)
            self._read_what_is_seen()

    def _read_what_is_seen(self) -> None:
        if not self._is_reading and self._wanted():
            self._is_reading = True
            self._scope.replace(self._read(), name="excerpts").add_done_callback(self._done)

    def _done(self, _task: object) -> None:
        self._is_reading = False

    def _wanted(self) -> list[TicketKey]:
        """Return tickets whose excerpts are to be read: the visible ones first, then those around."""
        model, seen = self._list.model, self._list.view.visible_rows()
        if not model.hits:
            return []
        around = (*seen, *range(seen.stop, seen.stop + len(seen)), *range(seen.start - len(seen), seen.start))
        rows = (model.cached_row(at) for at in around if at >= 0)
        return [row.key for row in rows if row is not None and not model.hits.is_read(row.key)][:MOST]

    async def _read(self) -> None:
        while keys := self._wanted():
            terms = self._list.model.hits.terms
            found = await self._lists.excerpts(keys, terms)
            if terms == self._list.model.hits.terms:
                self._list.model.hits.put(keys, found)
                self._list.draw_again(set(keys))
