"""The best hits come first, and a view finds its own however many newer ones there are elsewhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.helpers.store_fixtures import ACCOUNT, a_message, a_page, a_thread, a_ticket, an_account

from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import Term
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.tickets import Person, State
from deskhand.store import DeskStore, search

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


async def listed(store: DeskStore, query: TicketQuery) -> list[str]:
    """Return what a search shows, which has to be what reading the list again shows."""
    last = [found async for found in store.lists.search_snapshots(query, 4)][-1]
    shown = [row.key.remote for page in last.rows.values() for row in page]
    again = await store.lists.snapshot(query, 4, range(100), 100)
    assert [row.key.remote for page in again.rows.values() for row in page] == shown
    assert [key.remote for key in await store.lists.select(query, 100)] == shown
    return shown


async def test_the_best_come_first_and_each_kind_the_newest_first(store: DeskStore) -> None:
    await store.accounts.put(an_account())
    kinds: dict[str, dict[str, Any]] = {
        "7788": {"subject": "Nothing"},
        "subject old": {"subject": "About 7788"},
        "subject new": {"subject": "7788 again"},
        "person": {"requester": Person("Ada 7788", "ada@x.test")},
        "note": {},
        "message": {},
    }
    tickets = [
        a_ticket(remote, number="", updated_at=BEGAN + timedelta(hours=n), **({"subject": "Other"} | values))
        for n, (remote, values) in enumerate(kinds.items())
    ]
    await store.tickets.apply(ACCOUNT, a_page(*tickets))
    await store.threads.add_note(tickets[4].key, a_message("n1", "See 7788."))
    await store.threads.apply(tickets[5].key, *a_thread(a_message("m1", "It is 7788.")))
    best = TicketQuery(Scope.ALL, text="7788", sort=Sort.BEST)
    assert await listed(store, best) == ["7788", "subject new", "subject old", "person", "note", "message"]
    newest = await listed(store, TicketQuery(Scope.ALL, text="7788"))
    assert newest != await listed(store, best)
    assert set(newest) == set(kinds)


@pytest.mark.parametrize("sort", [Sort.BEST, Sort.NEWEST])
async def test_a_view_finds_its_own_behind_many_newer_hits(
    store: DeskStore, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr(search, "MAX_HITS", 5)
    await store.accounts.put(an_account())
    states = {n: State.OPEN if n < 3 else State.CLOSED for n in range(40)}
    tickets = [a_ticket(f"t{n:02}", number="", subject="Other", state=state) for n, state in states.items()]
    await store.tickets.apply(ACCOUNT, a_page(*tickets))
    for ticket in tickets:
        await store.threads.apply(ticket.key, *a_thread(a_message("m1", "The parcel is late.")))
    assert sorted(await listed(store, TicketQuery(Scope.OPEN, text="parcel late", sort=sort))) == ["t00", "t01", "t02"]
    own = parse("is:open")
    assert isinstance(own, Term)
    found = await listed(store, TicketQuery(Scope.ALL, text="parcel", filter=own, sort=sort))
    assert sorted(found) == ["t00", "t01", "t02"]
    assert len(await listed(store, TicketQuery(Scope.ALL, text="parcel", sort=sort))) == 5
