"""How long lists with a filter take: `python -m tests.benchmarks.filters FOLDER`, of a profile that `fill` made.

`first` is what the window paints at once, on its own thread, with the number of rows that it got; `count` the counter and `list` the list's
whole skeleton, both on the scan thread; `page` a page from the middle. Wall time in milliseconds, CPU time of the process behind it.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.fill import NOW
from tests.helpers.store_fixtures import KEY, ManualClock

from deskhand.domain.changes import ChangeBus
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.ports import Lists
from deskhand.domain.queries import TicketQuery
from deskhand.store import open_store

T = TypeVar("T")

FILTERS = (
    "is:open tag:vip",
    "priority>=high is:unread",
    "priority>=high assignee:nobody is:open",
    "state:open (tag:vip or priority:urgent)",
    "assignee:me",
    'group:"Brand 3" is:open',
    'state:"Waiting on customer" priority:high',
    "account:acme updated<7d",
    "waiting>4h",
    "created:last-month -tag:refund",
    "requester:c12@customer.test",
    'requester:"Customer 12"',
    "baba created:last-month",
    "-tag:spam",
    "requester:@customer.test",
)
PAGE = 128


class Clock(ManualClock):
    """Stands at the time that the profile was filled for; its seconds go on."""

    def monotonic(self) -> float:
        return time.perf_counter()


async def timed(work: Callable[[], Awaitable[T]]) -> tuple[T, str]:
    """Return what work gives, and its wall and CPU time in milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = await work()
    return found, f"{(time.perf_counter() - wall) * 1000:7.1f} ({(time.process_time() - cpu) * 1000:.1f})"


async def _line(lists: Lists, query: TicketQuery) -> str:
    async def first() -> int:
        return len(lists.first_page(query, PAGE))

    async def page() -> int:
        return len(lists.page(query, index.page_cursors[len(index.page_cursors) // 2] if index.count else (), PAGE))

    shown, painted = await timed(first)
    count, counted = await timed(partial(lists.count, query))
    index, listed = await timed(partial(lists.outline, query, PAGE))
    _, paged = await timed(page)
    return f"{count:8} first {painted} {shown:3} rows  count {counted}  list {listed}  page {paged}"


async def _run(folder: Path) -> None:
    store = open_store(folder, KEY, Clock(NOW), ChangeBus())
    try:
        for text in FILTERS:
            found = parse(text)
            assert not isinstance(found, FilterError)
            print(f"{text:42} {await _line(store.lists, TicketQuery(filter=found))}")
    finally:
        await store.aclose()


if __name__ == "__main__":
    asyncio.run(_run(Path(sys.argv[1])))
