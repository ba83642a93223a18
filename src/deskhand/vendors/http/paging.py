"""Guards around a vendor's paging, so that a walk always ends and yields every ticket once."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from deskhand.domain.problems import Misunderstood

T = TypeVar("T")

_ENDLESS = 100_000
"""Pages: at 15 per page 1.5 million tickets. A vendor that still names a next page is talking in circles."""


class LoopGuard:
    """Stops a walk whose cursor comes back to where it was."""

    def __init__(self, limit: int = _ENDLESS) -> None:
        self._seen: set[Hashable] = set()
        self._limit = limit

    def advance(self, cursor: Hashable) -> None:
        """Note the cursor of the next page.

        Raises:
            Misunderstood: this page was walked already, or there is no end.
        """
        if cursor in self._seen or len(self._seen) >= self._limit:
            raise Misunderstood("the vendor's list leads back to a page that was read already")
        self._seen.add(cursor)


class Once:
    """Passes each item of a walk once: pages shift while they are read."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def only_new(self, items: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
        """Return the items whose name has not been seen in this walk."""
        fresh = []
        for item in items:
            key = name(item)
            if key not in self._seen:
                self._seen.add(key)
                fresh.append(item)
        return tuple(fresh)
