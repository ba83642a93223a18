"""Every list against a plain walk over all tickets."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import (
    COLLEAGUE,
    MYSELF,
    START,
    ManualClock,
    a_message,
    a_page,
    a_store,
    a_thread,
    a_ticket,
    an_account,
)

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.tickets import Group, Person, Priority, State

ACCOUNTS = (AccountId("one"), AccountId("two"))
URGENCY = (Priority.NONE, Priority.LOW, Priority.OTHER, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
COUNT = 300


@pytest.fixture(scope="module")
def tickets():
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    return [
        a_ticket(
            str(n),
            account=chance.choice(ACCOUNTS),
            state=chance.choice(list(State)),
            vendor_state=chance.choice(["Open", "Neu", "Closed"]),
            priority=chance.choice(list(Priority)),
            requester=Person("", f"c{chance.randrange(20)}@x.test"),
            assignee=chance.choice([None, MYSELF, COLLEAGUE]),
            tags=tuple(chance.sample(["a", "b", "c"], chance.randrange(3))),
            group=chance.choice([None, Group("s1", "S 1"), Group("s2", "S 2")]),
            stage=chance.choice(["", "first", "second"]),
            archived=chance.random() < 0.1,
            subject=chance.choice(["red apple", "green apple", "blue whale"]),
            updated_at=START - timedelta(minutes=chance.randrange(100)),
        )
        for n in range(COUNT)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, tickets):
    async def fill(folder):
        async with a_store(folder, clock=ManualClock()) as store:
            for account in ACCOUNTS:
                await store.accounts.put(an_account(account))
                await store.tickets.apply(account, a_page(*(t for t in tickets if t.key.account == account)))
            await store.tickets.set_read([t.key for t in tickets], unread=False)
            await store.tickets.set_read([t.key for t in tickets[::7]], unread=True)

    folder = tmp_path_factory.mktemp("lists")
    asyncio.run(fill(folder))
    return folder


@pytest.fixture
async def store(folder):
    async with a_store(folder, clock=ManualClock()) as store:
        yield store


def expected(tickets, query):
    """Return keys in list order, decided one by one."""

    def done(t):
        return t.state.is_done or t.archived

    scopes = {
        Scope.ALL: lambda t: True,
        Scope.OPEN: lambda t: not done(t),
        Scope.MINE_OPEN: lambda t: not done(t) and t.assignee == MYSELF,
        Scope.UNASSIGNED: lambda t: not done(t) and t.assignee is None,
        Scope.WAITING: lambda t: not done(t) and t.state in (State.PENDING, State.ON_HOLD),
        Scope.SNOOZED: lambda t: not done(t) and t.state is State.SNOOZED,
        Scope.DONE: done,
        Scope.DRAFTS: lambda t: False,
        Scope.OUTBOX: lambda t: False,
    }
    unread = {t.key for t in tickets[::7]}
    kept = [
        t
        for t in tickets
        if (
            scopes[query.scope](t) or (query.scope is Scope.OPEN and query.states)
        )  # a state that is asked for is found
        and query.account in (None, t.key.account)
        and (query.group is None or (t.group is not None and t.group.id == query.group))
        and (query.stage is None or t.stage == query.stage)
        and (not query.states or (t.state in query.states and (t.state.is_done or not t.archived)))
        and query.vendor_state in (None, t.vendor_state)
        and (not query.priorities or t.priority in query.priorities)
        and (query.tag is None or query.tag in t.tags)
        and (not query.unread or t.key in unread)
        and (not query.text or query.text in t.subject)
        and (not query.requester or (t.requester is not None and t.requester.email == query.requester.casefold()))
    ]
    return {t.key: t for t in kept}


def rank(query, ticket):
    time = ticket.updated_at.timestamp()
    return (URGENCY.index(ticket.priority), time) if query.sort is Sort.PRIORITY else (0, time)


FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"group": "s1"},
    {"group": "s2", "stage": "first"},
    {"states": (State.OPEN,)},
    {"states": (State.OPEN, State.SOLVED, State.OTHER)},
    {"vendor_state": "Neu"},
    {"priorities": (Priority.URGENT,)},
    {"priorities": (Priority.LOW, Priority.HIGH)},
    {"tag": "a"},
    {"tag": "nobody has it"},
    {"unread": True},
    {"unread": True, "tag": "b", "priorities": (Priority.NORMAL,)},
    {"text": "apple"},
    {"requester": "C3@x.test"},
    {"requester": "c3@x.test", "priorities": (Priority.HIGH,)},
)


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("account", [None, ACCOUNTS[0], AccountId("unknown")])
async def test_every_list_holds_what_it_should_in_order_and_pages_join(store, tickets, scope, sort, account):
    for given in FILTERS:
        query = TicketQuery(scope=scope, account=account, sort=sort, **given)
        wanted = expected(tickets, query)
        outline = await store.lists.outline(query, 16)
        assert outline.count == len(wanted), query
        rows = [row for anchor in outline.page_cursors for row in store.lists.page(query, anchor, 16)]
        keys = [row.key for row in rows]
        assert len(keys) == len(set(keys)), query
        assert set(keys) == set(wanted), query
        ranks = [rank(query, wanted[key]) for key in keys]
        assert ranks == sorted(ranks, reverse=sort is not Sort.OLDEST), query
        assert [row.key for row in store.lists.first_page(query, 16)] == keys[:16]
        assert list(await store.lists.select(query, 10, 5)) == keys[5:15]
        for place in {0, 17, len(keys) - 1} & set(range(len(keys))):
            assert await store.lists.position(query, keys[place]) == place, query
        outside = next((t.key for t in tickets if t.key not in wanted), None)
        if outside is not None:
            assert await store.lists.position(query, outside) is None


async def test_equal_times_are_told_apart_over_pages(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACCOUNTS[0]))
        same = [a_ticket(str(n), account=ACCOUNTS[0], updated_at=START) for n in range(50)]
        await store.tickets.apply(ACCOUNTS[0], a_page(*same))
        outline = await store.lists.outline(TicketQuery(), 7)
        keys = [row.key for anchor in outline.page_cursors for row in store.lists.page(TicketQuery(), anchor, 7)]
        assert len(set(keys)) == len(keys) == 50


async def test_the_overview_names_groups_in_the_vendors_order_with_their_open_tickets(tmp_path):
    async with a_store(tmp_path) as store:
        account = an_account(ACCOUNTS[0])
        groups = (Group("b", "Beta"), Group("a", "Alpha"), Group("sub", "Sub", parent="a"))
        await store.accounts.put(replace(account, capabilities=replace(not_none(account.capabilities), groups=groups)))
        page = (
            a_ticket("1", account=ACCOUNTS[0], group=groups[1], stage="new"),
            a_ticket("2", account=ACCOUNTS[0], group=groups[1], stage="old"),
            a_ticket("3", account=ACCOUNTS[0], group=Group("z", "Unlisted")),
            a_ticket("4", account=ACCOUNTS[0], group=groups[1], state=State.CLOSED),
        )
        await store.tickets.apply(ACCOUNTS[0], a_page(*page))
        found = store.lists.overview().groups[ACCOUNTS[0]]
        assert [(group.id, group.count) for group in found] == [("b", 0), ("a", 2), ("z", 1)]
        assert [(stage.id, stage.count) for stage in found[1].stages] == [("new", 1), ("old", 1)]


async def test_search_puts_the_number_first_and_then_what_was_said_last(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACCOUNTS[0]))
        page = [
            a_ticket(str(n), account=ACCOUNTS[0], number=f"{n}", subject="plain", updated_at=START - timedelta(days=n))
            for n in (7, 8, 9)
        ]
        await store.tickets.apply(ACCOUNTS[0], a_page(*page))
        for n, days in ((7, 5), (8, 1), (9, 3)):
            said = a_message("m", "your order 7 has left", created_at=START - timedelta(days=days))
            await store.threads.apply(TicketKey(ACCOUNTS[0], str(n)), *a_thread(said))
        assert [hit.row.key.remote for hit in await store.lists.search("7", 10)] == ["7", "8", "9"]
        hits = await store.lists.search("ord", 10)
        assert [hit.row.key.remote for hit in hits] == ["8", "9", "7"]
        assert hits[0].snippet == "your \x02order\x03 7 has left"
        assert await store.lists.search("order", 10, AccountId("unknown")) == ()
        assert len(await store.lists.search("order", 2)) == 2


async def test_what_the_window_shows_as_a_tickets_reference_is_found(tmp_path):
    """Where the vendor has no numbers that is its id."""
    async with a_store(tmp_path) as store:
        for account in ACCOUNTS[:2]:
            await store.accounts.put(an_account(account))
            page = [a_ticket("tic_01hx9k", account=account, number=""), a_ticket("other", account=account)]
            await store.tickets.apply(account, a_page(*page))
        hits = await store.lists.search("tic_01hx9k", 10)
        assert sorted(hit.row.key for hit in hits) == sorted(TicketKey(one, "tic_01hx9k") for one in ACCOUNTS[:2])
        (one,) = await store.lists.search("tic_01hx9k", 10, ACCOUNTS[1])
        assert one.row.key.account == ACCOUNTS[1]
        listed = store.lists.first_page(TicketQuery(text="tic_01hx9k"), 5)
        assert {row.key.remote for row in listed} == {"tic_01hx9k"}


async def test_an_accounts_list_finds_a_closed_ticket_when_closed_ones_are_asked_for(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACCOUNTS[0]))
        page = [a_ticket("a", account=ACCOUNTS[0]), a_ticket("b", account=ACCOUNTS[0], state=State.CLOSED)]
        await store.tickets.apply(ACCOUNTS[0], a_page(*page))
        query = TicketQuery(Scope.OPEN, ACCOUNTS[0])
        assert [row.key.remote for row in store.lists.first_page(query, 5)] == ["a"]
        closed = replace(query, states=(State.CLOSED,))
        assert [row.key.remote for row in store.lists.first_page(closed, 5)] == ["b"]


@pytest.mark.parametrize("scope", Scope)
def test_a_view_offers_as_filters_only_states_that_its_tickets_can_have(scope):
    offered = set(scope.states)
    assert offered
    if scope in (Scope.MINE_OPEN, Scope.UNASSIGNED, Scope.WAITING, Scope.SNOOZED):
        assert not [state for state in offered if state.is_done]
    if scope is Scope.OPEN:
        assert State.CLOSED in offered


async def test_a_list_filtered_by_words_follows_the_next_commit(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACCOUNTS[0]))
        query = TicketQuery(text="apple")
        assert store.lists.first_page(query, 5) == []
        await store.tickets.apply(ACCOUNTS[0], a_page(a_ticket("1", account=ACCOUNTS[0], subject="red apple")))
        assert len(store.lists.first_page(query, 5)) == 1
