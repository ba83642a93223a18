"""How long lists with groups and second orders take: `python -m tests.benchmarks.groups FOLDER`, of a profile that `fill` made.

`first` is what the window paints at once, on its own thread; "-" where the order is found on the scan thread first. `list` is the list's
whole skeleton with its groups, on the scan thread, the first time and again; `page` a page from the middle, on the window's thread. Wall
time in milliseconds, CPU time of the process behind it.
"""

import asyncio
import sys
from functools import partial
from pathlib import Path

from tests.benchmarks.fill import NOW
from tests.benchmarks.filters import PAGE, Clock, timed
from tests.helpers.store_fixtures import KEY

from deskhand.domain.changes import ChangeBus
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.ports import Lists
from deskhand.domain.queries import GroupBy, Scope, Sort, TicketQuery
from deskhand.store import open_store

URGENT = parse("priority>=high is:open")

QUERIES = {
    "all, no groups": TicketQuery(),
    "all, by account": TicketQuery(group_by=GroupBy.ACCOUNT),
    "all, by state": TicketQuery(group_by=GroupBy.STATE),
    "all, by state, most urgent first": TicketQuery(group_by=GroupBy.STATE, sort=Sort.PRIORITY),
    "all, by day": TicketQuery(group_by=GroupBy.DAY),
    "all, by who waits, longest wait first": TicketQuery(group_by=GroupBy.TURN, sort=Sort.WAITING),
    "waiting for us, by account": TicketQuery(Scope.WAITING_FOR_US, sort=Sort.WAITING, group_by=GroupBy.ACCOUNT),
    "all, by who waits, newest first": TicketQuery(group_by=GroupBy.TURN),
    "all, by state, longest wait first": TicketQuery(group_by=GroupBy.STATE, sort=Sort.WAITING),
    "all, most urgent first, then the longest wait": TicketQuery(sort=Sort.PRIORITY, then=Sort.WAITING),
    "all, by assignee": TicketQuery(sort=Sort.ASSIGNEE),
    "priority>=high is:open, by account": TicketQuery(
        filter=None if isinstance(URGENT, FilterError) else URGENT, group_by=GroupBy.ACCOUNT
    ),
}


async def _line(lists: Lists, query: TicketQuery) -> str:
    async def first() -> int:
        return sum(len(group.rows) for group in lists.first_groups(query, PAGE))

    async def page() -> int:
        return len(lists.page(query, index.page_cursors[len(index.page_cursors) // 2] if index.count else (), PAGE))

    painted = (await timed(first))[1] if lists.is_indexed(query) else "-".rjust(14)
    index, listed = await timed(partial(lists.outline, query, PAGE))
    _, again = await timed(partial(lists.outline, query, PAGE))
    _, paged = await timed(page)
    return f"{index.count:8} in {len(index.groups):3}  first {painted}  list {listed} {again}  page {paged}"


async def _run(folder: Path) -> None:
    store = open_store(folder, KEY, Clock(NOW), ChangeBus())
    try:
        for text, query in QUERIES.items():
            print(f"{text:46} {await _line(store.lists, query)}", flush=True)
    finally:
        await store.aclose()


if __name__ == "__main__":
    asyncio.run(_run(Path(sys.argv[1])))
