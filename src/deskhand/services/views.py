"""Smart views, groups and lists."""

from collections.abc import AsyncIterator, Mapping, Sequence

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import Store
from deskhand.domain.queries import ListSnapshot, Overview, PageCursor, PageIndex, Scope, TicketQuery
from deskhand.domain.tickets import TicketRow

SCOPES: tuple[tuple[Scope, str], ...] = (
    (Scope.MINE_OPEN, "My open"),
    (Scope.UNASSIGNED, "Unassigned"),
    (Scope.WAITING, "Waiting on customer"),
    (Scope.DRAFTS, "Drafts"),
    (Scope.OUTBOX, "Outbox"),
    (Scope.ALL, "All tickets"),
)
"""The smart views of the accounts pane, with their names."""

NAMES: Mapping[Scope, str] = {**dict(SCOPES), Scope.SNOOZED: "Snoozed"}
"""What a list is called, those too that have no line in the accounts pane."""


class Views:
    """Answers what a list shows. The plain methods are quick enough for the GUI thread."""

    def __init__(self, store: Store) -> None:
        self._lists = store.lists
        self._tickets = store.tickets

    async def tags(self, accounts: Sequence[AccountId]) -> tuple[str, ...]:
        """Return the tags seen in these accounts, by name."""
        found: set[str] = set()
        for account in accounts:
            words = await self._tickets.observed_terms(account)
            found.update(word or tag for tag, word in words.get("tag", ()))
        return tuple(sorted(found, key=str.casefold))

    def overview(self) -> Overview:
        """Return the counts of the accounts pane."""
        return self._lists.overview()

    async def read_overview(self) -> Overview:
        """Return the counts, read beside the caller's thread."""
        return await self._lists.read_overview()

    def first_page(self, query: TicketQuery, size: int) -> Sequence[TicketRow]:
        """Return the first rows."""
        return self._lists.first_page(query, size)

    def page(self, query: TicketQuery, after: PageCursor, size: int) -> Sequence[TicketRow]:
        """Return the rows behind an anchor."""
        return self._lists.page(query, after, size)

    def rows(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return rows by key."""
        return self._lists.rows(keys)

    async def outline(self, query: TicketQuery, page_size: int) -> PageIndex:
        """Return the list's skeleton."""
        return await self._lists.outline(query, page_size)

    async def snapshot(self, query: TicketQuery, page_size: int, near: range, whole: int) -> ListSnapshot:
        """Return the list's skeleton with the pages near these rows, or all of a list of up to `whole` rows."""
        return await self._lists.snapshot(query, page_size, near, whole)

    def search_snapshots(self, query: TicketQuery, page_size: int) -> AsyncIterator[ListSnapshot]:
        """Yield what is found for the query's words: the newest hits as soon as there are any, then all of it."""
        return self._lists.search_snapshots(query, page_size)

    async def position(self, query: TicketQuery, key: TicketKey) -> int | None:
        """Return the row number of a ticket in a list."""
        return await self._lists.position(query, key)

    async def select(self, query: TicketQuery, limit: int, offset: int = 0) -> Sequence[TicketKey]:
        """Return keys in list order."""
        return await self._lists.select(query, limit, offset)
