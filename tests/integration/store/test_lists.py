"""Every list against a plain walk over all tickets."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import (
    ACCOUNT,
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
from deskhand.domain.queries import SORTED_WHEN_ASKED, Scope, Sort, TicketQuery
from deskhand.domain.threads import Side
from deskhand.domain.tickets import Group, Person, Priority, State, Turn

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
            customer_spoke_at=chance.choice([None, START - timedelta(minutes=chance.randrange(100))]),
            agent_spoke_at=chance.choice([None, START - timedelta(minutes=chance.randrange(100))]),
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
            for ticket in tickets[::3]:
                await store.threads.apply(ticket.key, *a_thread(*conversation(ticket)))
            await store.tickets.set_read([t.key for t in tickets], unread=False)
            await store.tickets.set_read([t.key for t in tickets[::7]], unread=True)

    folder = tmp_path_factory.mktemp("lists")
    asyncio.run(fill(folder))
    return folder


@pytest.fixture
async def store(folder):
    async with a_store(folder, clock=ManualClock()) as store:
        yield store


def conversation(ticket):
    """Return what was read of every third ticket: one question, or a question and an answer."""
    n = int(ticket.key.remote)
    asked = a_message("m1", created_at=START - timedelta(minutes=n))
    answer = a_message("m2", "Yes.", side=Side.AGENT, created_at=START - timedelta(minutes=n, seconds=-30))
    return (asked,) if n % 2 else (asked, answer)


def wait(ticket):
    """Return whose turn it is and since when, decided from what was told of one ticket."""
    if ticket.state.is_done or ticket.archived:
        return Turn.NOBODY, None
    if int(ticket.key.remote) % 3 == 0:
        last = conversation(ticket)[-1]
        return (Turn.US if last.side is Side.CUSTOMER else Turn.THEM), last.created_at
    customer, agent = ticket.customer_spoke_at, ticket.agent_spoke_at
    if customer is not None and (agent is None or customer > agent):
        return Turn.US, customer
    return Turn.UNKNOWN, None


def turn(ticket):
    return wait(ticket)[0]


def expected(tickets, query):
    """Return keys in list order, decided one by one."""

    def done(t):
        return t.state.is_done or t.archived

    scopes = {
        Scope.ALL: lambda t: True,
        Scope.OPEN: lambda t: not done(t),
        Scope.MINE_OPEN: lambda t: not done(t) and t.assignee == MYSELF,
        Scope.UNASSIGNED: lambda t: not done(t) and t.assignee is None,
        Scope.WAITING_FOR_US: lambda t: turn(t) is Turn.US,
        Scope.WAITING_FOR_THEM: lambda t: turn(t) is Turn.THEM,
        Scope.SNOOZED: lambda t: not done(t) and t.state is State.SNOOZED,
        Scope.LATER: lambda _ticket: False,  # none is put away here (`test_later`)
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
    if query.sort is Sort.WAITING:
        whose, since = wait(ticket)
        if since is not None:
            return (0 if whose is Turn.US else 1, since.timestamp())
        return (3 if whose is Turn.NOBODY else 2, -time)
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
@pytest.mark.parametrize("sort", [sort for sort in Sort if sort not in SORTED_WHEN_ASKED])
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
        assert ranks == sorted(ranks, reverse=sort in (Sort.NEWEST, Sort.BEST, Sort.PRIORITY)), query
        assert [row.key for row in store.lists.first_page(query, 16)] == keys[:16]
        assert list(await store.lists.select(query, 10, 5)) == keys[5:15]
        for place in {0, 17, len(keys) - 1} & set(range(len(keys))):
            assert await store.lists.position(query, keys[place]) == place, query
        outside = next((t.key for t in tickets if t.key not in wanted), None)
        if outside is not None:
            assert await store.lists.position(query, outside) is None


@pytest.mark.parametrize("scope", [Scope.ALL, Scope.OPEN, Scope.MINE_OPEN])
@pytest.mark.parametrize(
    "where",
    [(("turn", Turn.US),), (("turn", Turn.UNKNOWN), ("has_files", False)), (("has_files", True),), (("unread", True),)],
)
async def test_a_list_is_filtered_by_any_column_that_the_store_filters_by(store, tickets, scope, where):
    everything = store.lists.first_page(TicketQuery(scope), len(tickets))
    wanted = [row.key for row in everything if all(getattr(row, name) == value for name, value in where)]
    query = TicketQuery(scope, where=where)
    assert [row.key for row in store.lists.first_page(query, len(tickets))] == wanted
    assert (await store.lists.outline(query, 16)).count == len(wanted)


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
    if scope in (Scope.MINE_OPEN, Scope.UNASSIGNED, Scope.WAITING_FOR_US, Scope.WAITING_FOR_THEM, Scope.SNOOZED):
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


@pytest.mark.parametrize(
    "query",
    [
        TicketQuery(Scope.WAITING_FOR_US, sort=Sort.WAITING),
        TicketQuery(Scope.WAITING_FOR_US, ACCOUNT, sort=Sort.WAITING),
        TicketQuery(priorities=(Priority.HIGH,)),
        TicketQuery(priorities=(Priority.HIGH,), sort=Sort.OLDEST),
    ],
)
async def test_the_last_page_of_a_stretch_of_an_index_takes_no_more_than_the_first(tmp_path, query):
    waiting = [
        a_ticket(
            str(n),
            priority=Priority.HIGH,
            updated_at=START + timedelta(minutes=n),
            customer_spoke_at=START + timedelta(minutes=n),
        )
        for n in range(3_000)
    ]
    steps: list[int] = []
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(*waiting))
        index = await store.lists.outline(query, 100)
        for cursor in (index.page_cursors[0], index.page_cursors[-1]):
            steps.append(0)

            def count() -> bool:
                steps[-1] += 1
                return False

            store.lists._own.set_progress_handler(count, 20)
            assert len(store.lists.page(query, cursor, 100)) == 100
            store.lists._own.set_progress_handler(None)
    assert steps[1] < 1.2 * steps[0], steps
