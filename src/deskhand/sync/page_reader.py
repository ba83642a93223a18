"""Reads the pages of a list ahead, so that the next ones are asked for while earlier ones are stored."""

import asyncio
from collections.abc import AsyncIterator, Callable

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import TicketPage

MAX_PAGES = 20
"""Pages that are held at most, and so stored in one transaction at most, where it does not take too long."""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page, and the mark of `Confirmations` when it was asked for."""

    page: TicketPage
    mark: int


class PageReader:
    """Runs through `pages` in a task of its own and hands over what has come so far.

    Args:
        mark: called right before each page is asked for.
    """

    def __init__(self, pages: AsyncIterator[TicketPage], mark: Callable[[], int]) -> None:
        self._pages = pages
        self._mark = mark
        self._fetched: list[FetchedPage] = []
        self._arrived = asyncio.Event()
        self._room = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None

    async def run(self) -> None:
        """Read to the end or to the first error, which `batches` raises; wait while `MAX_PAGES` are held."""
        try:
            mark = self._mark()
            async for page in self._pages:
                self._fetched.append(FetchedPage(page, mark))
                self._arrived.set()
                while len(self._fetched) >= MAX_PAGES:
                    self._room.clear()
                    await self._room.wait()
                mark = self._mark()
        except Exception as error:
            self._error = error
        finally:
            self._ended = True
            self._arrived.set()

    def put_back(self, pages: list[FetchedPage]) -> None:
        """Take back the last pages of a batch: they come first in the next one."""
        if pages:
            self._fetched = pages + self._fetched
            self._arrived.set()

    async def batches(self) -> AsyncIterator[list[FetchedPage]]:
        """Yield the pages that have come, in order and at least one; what came before an error is yielded before it is raised."""
        while self._fetched or not self._ended:
            await self._arrived.wait()
            self._arrived.clear()
            if batch := self._fetched:
                self._fetched = []
                self._room.set()
                yield batch
        if self._error is not None:
            raise self._error
