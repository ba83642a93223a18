"""Reads the rows of one query for the list's model."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Lists
from deskhand.domain.queries import GroupBy, GroupRows, PageCursor, TicketQuery
from deskhand.domain.tickets import TicketRow

PAGE = 128
"""Rows of a page: half a millisecond to read (reference: speed 2)."""

AROUND = 3 * PAGE
"""Rows above and below the visible ones that come with an outline: the model looks there for what moved."""


@dataclass(slots=True)
class Rows:
    """The rows of one query, for the list's model.

    Attributes:
        ready: pages that came with the outline: read on another thread, which during a sync is what the window has no time for.
    """

    lists: Lists
    query: TicketQuery
    ready: Mapping[PageCursor, Sequence[TicketRow]] = field(default_factory=dict)

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        """Return what is painted at once."""
        ready = self.ready.get(())
        if ready is not None:
            return [GroupRows("", ready)] if self.query.group_by is GroupBy.NONE else []
        return self.lists.first_groups(self.query, PAGE, folded)

    def page(self, after: PageCursor) -> Sequence[TicketRow]:
        """Return the rows behind a page cursor."""
        ready = self.ready.get(after)
        return self.lists.page(self.query, after, PAGE) if ready is None else ready

    def reread(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return tickets as they are now."""
        return self.lists.rows(keys)
