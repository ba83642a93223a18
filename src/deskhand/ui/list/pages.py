"""Rows of a long list, read page by page behind anchors: 24 pages of 128 rows are cached, whatever the list's length."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from deskhand.domain.ids import TicketKey
from deskhand.domain.queries import GroupRows, PageCursor, PageIndex
from deskhand.domain.tickets import TicketRow

MAX_PAGES = 24


class RowSource(Protocol):
    """Where a list's rows come from: one query at the store. Both calls take under a millisecond with a million tickets."""

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        """Return the first rows in their groups, or in one without a name: what is painted at once, before the outline is known.

        Args:
            folded: groups of which one row is enough.
        """
        ...

    def page(self, after: PageCursor) -> Sequence[TicketRow]:
        """Return the rows behind a page cursor."""
        ...

    def reread(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return these tickets as they are now, those that are known, whether the list holds them or not."""
        ...


class Pages:
    """The pages of one outline."""

    def __init__(self, source: RowSource, outline: PageIndex) -> None:
        self._source = source
        self._outline = outline
        self._cached: OrderedDict[int, Sequence[TicketRow]] = OrderedDict()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._outline.count

    @property
    def tickets(self) -> int:
        """How many tickets there are, whether their rows are shown or not."""
        return self._outline.count

    def page(self, number: int) -> Sequence[TicketRow]:
        """Return a page, reading it where it is not cached."""
        page = self._cached.get(number)
        if page is not None:
            self._cached.move_to_end(number)
            return page
        page = (
            self._source.page(self._outline.page_cursors[number])
            if 0 <= number < len(self._outline.page_cursors)
            else ()
        )
        self._cached[number] = page
        if len(self._cached) > MAX_PAGES:
            self._cached.popitem(last=False)
        return page

    def row(self, index: int) -> TicketRow | None:
        """Return a row; None where the store has fewer now than the outline said (the next outline is on its way)."""
        number, offset = divmod(index, self._outline.page_size)
        page = self.page(number)
        return page[offset] if offset < len(page) else None

    def cached_row(self, index: int) -> TicketRow | None:
        """Return a row only if its page is cached: after a change the old anchors must not be read by."""
        number, offset = divmod(index, self._outline.page_size)
        page = self._cached.get(number, ())
        return page[offset] if offset < len(page) else None

    def update(self, fresh: Mapping[TicketKey, TicketRow]) -> None:
        """Show tickets on cached pages as they are now, each where it stands."""
        for number, page in self._cached.items():
            if any(row.key in fresh for row in page):
                self._cached[number] = [fresh.get(row.key, row) for row in page]

    def find(self, keys: Iterable[TicketKey], rows: range) -> dict[TicketKey, tuple[int, TicketRow]]:
        """Return those of the tickets that stand on the pages that touch `rows`, with where and as what they stand there.

        They are looked for by the vendor's id, a text that knows its hash, among a thousand others; perhaps more is returned.
        """
        size, wanted = self._outline.page_size, {key.remote for key in keys}
        found: dict[TicketKey, tuple[int, TicketRow]] = {}
        for number in range(
            max(0, rows.start) // size, min(max(0, rows.stop - 1), max(0, self._outline.count - 1)) // size + 1
        ):
            for offset, row in enumerate(self.page(number)):
                if row.key.remote in wanted:
                    found[row.key] = number * size + offset, row
        return found

    def cached_position(self, key: TicketKey) -> int | None:
        """Return where a ticket stands, if its page is cached."""
        for number, page in self._cached.items():
            for offset, row in enumerate(page):
                if row.key == key:
                    return number * self._outline.page_size + offset
        return None

    def all(self) -> list[TicketRow]:
        """Return every row once; for short lists.

        Each page is a read of its own: a ticket that a commit moved between two of them would stand on both. The change set of
        that commit has the list read again.
        """
        unique = {row.key: row for number in range(len(self._outline.page_cursors)) for row in self.page(number)}
        return list(unique.values())
