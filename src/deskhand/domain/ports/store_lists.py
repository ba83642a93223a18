"""What the list and the panes read. The conventions are those of `store`."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol

from deskhand.domain.excerpts import Excerpt
from deskhand.domain.filters.completion import FilterChoices
from deskhand.domain.filters.hit_marks import HitTerms
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import (
    GroupRows,
    KnownCustomer,
    ListSnapshot,
    Overview,
    PageCursor,
    PageIndex,
    SearchHit,
    TicketQuery,
)
from deskhand.domain.tickets import TicketRow


class Lists(Protocol):
    """Reads for the list and the panes: projected, indexed, from a connection of its own.

    The plain methods are called on the GUI thread and stay under a few milliseconds with a million tickets; `outline` and `search`
    are coroutines that run on a reading thread.
    """

    def first_page(self, query: TicketQuery, size: int) -> Sequence[TicketRow]:
        """Return the first rows: what is painted at once."""

    def page(self, query: TicketQuery, after: PageCursor, size: int) -> Sequence[TicketRow]:
        """Return the rows behind a page cursor."""

    def first_groups(self, query: TicketQuery, size: int, folded: Collection[str] = ()) -> Sequence[GroupRows]:
        """Return the first rows in their groups: one, without a name, where the list has none.

        Args:
            folded: groups of which one row is enough.
        """

    def is_indexed(self, query: TicketQuery) -> bool:
        """Tell whether the first rows can be read at once; else they are there with the outline."""

    def rows(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return the rows of these tickets that still exist, in no particular order."""

    async def read_overview(self) -> Overview:
        """Return the same as `overview`, read on another thread: its rows are many hand-overs of the interpreter."""

    def overview(self) -> Overview:
        """Return the counts of the accounts pane."""

    async def outline(self, query: TicketQuery, page_size: int) -> PageIndex:
        """Return the list's skeleton."""

    async def filter_choices(self) -> FilterChoices:
        """Return which labels a filter may name, with the counts that are kept."""

    async def count(self, query: TicketQuery) -> int:
        """Return how many rows a list has; counted now, on a thread of its own."""

    async def snapshot(self, query: TicketQuery, page_size: int, near: range, whole: int) -> ListSnapshot:
        """Return the list's skeleton and, read on the same thread, the pages that touch `near`; all where it has up to `whole` rows."""

    async def position(self, query: TicketQuery, key: TicketKey) -> int | None:
        """Return the row number of a ticket in a list, None where it is not in it."""

    async def among(self, query: TicketQuery, keys: Sequence[TicketKey]) -> frozenset[TicketKey]:
        """Return which of these tickets a list has; its terms (`query.text`) are not looked at."""

    async def select(self, query: TicketQuery, limit: int, offset: int = 0) -> Sequence[TicketKey]:
        """Return keys in list order, for the command line."""

    def search_snapshots(self, query: TicketQuery, page_size: int) -> AsyncIterator[ListSnapshot]:
        """Yield what is found for the query's terms: the newest hits as soon as there are any, then all that `snapshot` gives."""

    async def excerpts(self, keys: Sequence[TicketKey], terms: HitTerms) -> Mapping[TicketKey, Excerpt]:
        """Return where each of a few tickets holds what was looked for; those that do in subject and people alone are left out."""

    async def search(self, text: str, limit: int, account: AccountId | None = None) -> Sequence[SearchHit]:
        """Find terms in subjects, people and messages; a ticket whose number is `text` comes first, then newest first."""

    async def customers(self, text: str, limit: int) -> Sequence[KnownCustomer]:
        """Find customers by beginnings of words in name or address; the one of the newest ticket first."""
