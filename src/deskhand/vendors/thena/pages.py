"""How Thena's lists are read to their end: 0-based pages, no total, no next link, and no documented largest page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, TypeVar

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import UnexpectedResponse
from deskhand.http.paging import LoopGuard
from deskhand.http.wire import Item, Items

from . import wire

T = TypeVar("T")
M = TypeVar("M", bound=wire.Said)

PAGE_SIZE = 100
"""Asked for."""

_DEFAULT_PAGE_SIZE = 10
"""The documented default: no list serves less at once."""


@dataclass(frozen=True, slots=True)
class PageStep(Generic[T]):
    """A page.

    Attributes:
        value: what was read.
        page, size: what to ask for next.
        last: nothing comes after it.
    """

    value: T
    page: int
    size: int
    last: bool


class PageReader:
    """One list of Thena's, and how much it has been seen to serve at once.

    A first page shorter than asked for is the end, or a cap on the size of a page. It is surely the end where the list has served
    more before; else the next page is asked for with the size that came, which fits under either reading.
    """

    def __init__(self) -> None:
        self._largest_page = _DEFAULT_PAGE_SIZE
        self._page_size = PAGE_SIZE

    async def iter_pages(
        self,
        fetch: Callable[[int, int], Awaitable[T]],
        items_of: Callable[[T], Items[Any]],
        *,
        page: int = 0,
        size: int = 0,
    ) -> AsyncIterator[PageStep[T]]:
        """Yield pages from `page` on.

        Args:
            fetch: reads a page, given its number and size.
            items_of: the items in what `fetch` returned.
        """
        guard = LoopGuard()
        size = size or self._page_size
        while True:
            try:
                value = await fetch(page, size)
            except UnexpectedResponse as problem:
                if page or size <= _DEFAULT_PAGE_SIZE or problem.status not in (400, 422):
                    raise
                self._page_size = size = _DEFAULT_PAGE_SIZE
                continue
            items = items_of(value)
            got = len(items) + items.left_out
            doubtful = page == 0 and got >= self._largest_page
            last = got == 0 or (got < size and not doubtful)
            self._largest_page = max(self._largest_page, got)
            page, size = page + 1, min(size, got)
            yield PageStep(value, page, size, last)
            if last:
                return
            guard.advance(
                hash(tuple(item.raw for item in items))
            )  # a hash: a long list sync must not hold what it read
            guard.check_progress(item.model.id for item in items)

    async def iter_items(self, fetch: Callable[[int, int], Awaitable[Items[M]]]) -> AsyncIterator[Item[M]]:
        """Yield the items of all pages."""
        async for step in self.iter_pages(fetch, lambda items: items):
            for item in step.value:
                yield item
