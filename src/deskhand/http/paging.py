"""Guards around a vendor's paging, so that a list sync always ends and yields every ticket once."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from deskhand.domain.problems import UnexpectedResponse

T = TypeVar("T")

_MAX_PAGES = 100_000
"""Pages: at 15 per page 1.5 million tickets. A vendor that still names a next page is talking in circles."""

_MAX_REPEATED_PAGES = 20
"""Pages in a row that tell nothing new. Pages shift while they are read, by some entries and not by whole pages."""


class LoopGuard:
    """Stops a list sync whose cursor comes back to where it was, or whose pages only repeat what was told, whatever their cursor."""

    def __init__(self, limit: int = _MAX_PAGES) -> None:
        self._seen: set[Hashable] = set()
        self._limit = limit
        self._known_items: set[int] = set()
        """Hashes: a long list sync must not hold what it read."""
        self._repeated_pages = 0

    def advance(self, cursor: Hashable) -> None:
        """Note the cursor of the next page.

        Raises:
            UnexpectedResponse: this page was read already, or there is no end.
        """
        if cursor in self._seen or len(self._seen) >= self._limit:
            raise UnexpectedResponse("the vendor's list leads back to a page that was read already")
        self._seen.add(cursor)

    def check_progress(self, names: Iterable[str]) -> None:
        """Note what a page tells that is not the last one.

        Raises:
            UnexpectedResponse: many pages in a row told nothing that one before had not told.
        """
        fresh = {hash(name) for name in names} - self._known_items
        self._known_items |= fresh
        self._repeated_pages = 0 if fresh else self._repeated_pages + 1
        if self._repeated_pages >= _MAX_REPEATED_PAGES:
            raise UnexpectedResponse("the vendor's list has no end and tells the same again and again")


class Deduplicator:
    """Passes each item of a list sync once: pages shift while they are read."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def only_new(self, items: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
        """Return the items whose name has not been seen in this list sync."""
        fresh = []
        for item in items:
            key = name(item)
            if key not in self._seen:
                self._seen.add(key)
                fresh.append(item)
        return tuple(fresh)
