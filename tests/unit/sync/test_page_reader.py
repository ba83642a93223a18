import asyncio
from collections.abc import AsyncIterator

import pytest

from deskhand.domain.ports import TicketPage
from deskhand.domain.problems import VendorDown
from deskhand.sync.page_reader import MAX_PAGES, PageReader
from deskhand.sync.tasks import TaskScope


def page(number: int, *, last: bool = False) -> TicketPage:
    return TicketPage((), str(number), last)


async def collected(reader: PageReader) -> list[list[str]]:
    return [[each.page.cursor for each in batch] async for batch in reader.batches()]


async def test_pages_that_came_meanwhile_are_handed_over_together_and_never_too_many():
    async def pages() -> AsyncIterator[TicketPage]:
        for number in range(2 * MAX_PAGES + 5):
            yield page(number, last=number == 2 * MAX_PAGES + 4)

    reader = PageReader(pages(), lambda: 0)
    _, batches = await asyncio.gather(reader.run(), collected(reader))
    assert [cursor for batch in batches for cursor in batch] == [str(n) for n in range(2 * MAX_PAGES + 5)]
    assert len(batches) < MAX_PAGES
    assert max(map(len, batches)) == MAX_PAGES


async def test_a_page_that_has_come_is_not_held_back_for_the_next_one():
    never = asyncio.Event()

    async def pages() -> AsyncIterator[TicketPage]:
        yield page(1)
        await never.wait()

    reader = PageReader(pages(), lambda: 0)
    scope = TaskScope("test", lambda name, error: None)
    scope.start(reader.run(), name="read ahead")
    batch = await anext(reader.batches())
    assert [each.page.cursor for each in batch] == ["1"]
    await scope.aclose()


async def test_what_came_before_an_error_is_handed_over_before_it():
    async def pages() -> AsyncIterator[TicketPage]:
        yield page(1)
        yield page(2)
        raise VendorDown("gone")

    reader = PageReader(pages(), lambda: 0)
    await reader.run()
    batches = reader.batches()
    assert [each.page.cursor for each in await anext(batches)] == ["1", "2"]
    with pytest.raises(VendorDown):
        await anext(batches)


async def test_each_page_carries_the_mark_from_before_it_was_asked_for():
    marks = 0

    async def pages() -> AsyncIterator[TicketPage]:
        nonlocal marks
        for number in range(3):
            marks += 10  # sends that are confirmed while the page is on its way
            yield page(number, last=number == 2)

    reader = PageReader(pages(), lambda: marks)
    await reader.run()
    assert [each.mark for each in await anext(reader.batches())] == [0, 10, 20]
