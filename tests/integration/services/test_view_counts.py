"""The counter of a view is right after whatever happened to the tickets, and counts again only what may have changed."""

import random
from datetime import timedelta
from typing import Any

from tests.helpers.store_fixtures import ACCOUNT, START, ManualClock, a_page, a_store, a_ticket, an_account

from deskhand.domain.filters.meaning import TicketFacts, matches
from deskhand.domain.tickets import Priority, State
from deskhand.services.own_views import OwnViews
from deskhand.services.settings import Settings
from deskhand.services.view_counts import RELATIVE, ViewCounts

CHANGES, AT_ONCE, TICKETS = 10_000, 250, 400
QUERIES = (
    "is:open priority>=high",
    "tag:refund -tag:vip",
    "state:pending or state:on-hold",
    "created<2d -(tag:vip priority:low)",
    "is:closed",
    "",
)


class CountingLists:
    """The store's lists, with how often they were counted."""

    def __init__(self, lists):
        self.lists = lists
        self.counted = 0

    async def count(self, query):
        self.counted += 1
        return await self.lists.count(query)


async def test_counters_are_right_after_ten_thousand_random_changes(tmp_path):
    chance, clock, facts = random.Random(11), ManualClock(), {}  # noqa: S311 - repeatable, not secret
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        views = OwnViews(Settings(store.settings))
        made = [await views.create(f"View {number}", query) for number, query in enumerate(QUERIES)]
        silent = await views.create("Silent", "is:open", counter=False)
        counts = ViewCounts(views, store.lists, store.changes, clock)
        for _ in range(CHANGES // AT_ONCE):
            page = {}
            for _ in range(AT_ONCE):
                number = chance.randrange(TICKETS)
                state = chance.choice(list(State))
                values: dict[str, Any] = {
                    "priority": chance.choice(list(Priority)),
                    "tags": tuple(chance.sample(("refund", "vip", "bug"), chance.randrange(3))),
                    "created_at": START - timedelta(hours=chance.randrange(100)),
                }
                page[number] = a_ticket(str(number), state=state, updated_at=clock.now(), **values)
                facts[number] = TicketFacts(state=state, is_done=state.is_done, **values)
            await store.tickets.apply(ACCOUNT, a_page(*page.values()))
            clock.advance(minutes=1)
            found = await counts.refresh()
            assert silent.id not in found
            assert [found[view.id] for view in made] == [
                sum(matches(view.filter, each, clock.now()) for each in facts.values()) for view in made
            ]


async def test_nothing_is_counted_again_before_anything_changed(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1", created_at=START)))
        lists: Any = CountingLists(store.lists)
        views = OwnViews(Settings(store.settings))
        still, moving = await views.create("Still", "is:open"), await views.create("Moving", "created<5m")
        counts = ViewCounts(views, lists, store.changes, clock)
        assert await counts.refresh() == {still.id: 1, moving.id: 1}
        await counts.refresh()
        assert lists.counted == 2
        clock.advance(seconds=RELATIVE.total_seconds() * 6)
        assert await counts.refresh() == {still.id: 1, moving.id: 0}
        assert lists.counted == 3
        await views.change(still.id, query="is:closed")
        assert await counts.refresh() == {still.id: 0, moving.id: 0}
        assert lists.counted == 4
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("2", state=State.CLOSED, created_at=START)))
        assert await counts.refresh() == {still.id: 1, moving.id: 0}
