"""Groups of a list against a plain walk over its tickets: along an index, or sorted when they are asked for."""

import asyncio
import random
from datetime import timedelta
from itertools import groupby

import pytest
from tests.helpers.store_fixtures import (
    COLLEAGUE,
    MYSELF,
    START,
    ManualClock,
    a_page,
    a_store,
    a_ticket,
    an_account,
)

from deskhand.domain.day_groups import day_groups
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.times import to_millis
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import GroupBy, Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority, State, Turn
from deskhand.store import grouped

ACCOUNTS = (AccountId("one"), AccountId("two"))
PAGE = 16


async def fill(folder):
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    async with a_store(folder, clock=ManualClock()) as store:
        for account in ACCOUNTS:
            await store.accounts.put(an_account(account))
            tickets = [
                a_ticket(
                    f"{account}-{n}",
                    account=account,
                    state=chance.choice(list(State)),
                    priority=chance.choice(list(Priority)),
                    assignee=chance.choice([None, MYSELF, COLLEAGUE]),
                    archived=chance.random() < 0.1,
                    updated_at=START - timedelta(hours=chance.randrange(24 * 80)),
                    customer_spoke_at=chance.choice([None, START - timedelta(minutes=chance.randrange(9999))]),
                    agent_spoke_at=chance.choice([None, START - timedelta(minutes=chance.randrange(9999))]),
                )
                for n in range(150)
            ]
            await store.tickets.apply(account, a_page(*tickets))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grouped")
    asyncio.run(fill(folder))
    return folder


@pytest.fixture
async def store(folder):
    async with a_store(folder, clock=ManualClock()) as store:
        yield store


def group_of(row, group_by):
    match group_by:
        case GroupBy.ACCOUNT:
            return row.key.account
        case GroupBy.TURN:
            return "done" if row.turn is Turn.NOBODY else row.turn.value
        case GroupBy.DAY:
            days = day_groups(ManualClock().now(), 1)
            return next(day.key for day in days if to_millis(row.updated_at) >= day.begins)
        case _:
            return row.state.value


async def read(store, query):
    index = await store.lists.outline(query, PAGE)
    return index, [row for cursor in index.page_cursors for row in store.lists.page(query, cursor, PAGE)]


@pytest.mark.parametrize("group_by", [each for each in GroupBy if each])
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("scope", [Scope.ALL, Scope.OPEN, Scope.WAITING_FOR_US, Scope.DONE, Scope.DRAFTS])
async def test_groups_hold_what_the_list_holds_and_each_ticket_stands_in_its_own(store, group_by, sort, scope):
    query = TicketQuery(scope, sort=sort, group_by=group_by)
    index, rows = await read(store, query)
    assert sorted(row.key for row in rows) == sorted(
        row.key for row in store.lists.first_page(TicketQuery(scope), 1000)
    )
    assert index.count == len(rows) == sum(group.size for group in index.groups)
    at = 0
    for group in index.groups:
        inside = rows[at : at + group.size]
        at += group.size
        if group_by is GroupBy.STATE and group.key == "archived":
            continue
        assert {group_of(row, group_by) for row in inside} == {group.key}
    assert len({group.key for group in index.groups}) == len(index.groups)
    if grouped.is_indexed(query):
        first = store.lists.first_groups(query, PAGE)
        assert [row.key for group in first for row in group.rows] == [row.key for row in rows[:PAGE]]
        assert [group.key for group in first] == [group.key for group in index.groups[: len(first)]]
    assert list(await store.lists.select(query, 20, 7)) == [row.key for row in rows[7:27]]
    for place in {0, 33, len(rows) - 1} & set(range(len(rows))):
        assert await store.lists.position(query, rows[place].key) == place
    assert await store.lists.count(query) == len(rows)


@pytest.mark.parametrize("group_by", [GroupBy.ACCOUNT, GroupBy.STATE, GroupBy.TURN])
async def test_a_filtered_list_is_grouped_too(store, group_by):
    of = parse("priority>=high -is:closed")
    assert not isinstance(of, FilterError)
    query = TicketQuery(filter=of, sort=Sort.NEWEST, group_by=group_by)
    index, rows = await read(store, query)
    _, flat = await read(store, TicketQuery(filter=of))
    assert {row.key for row in rows} == {row.key for row in flat}
    assert [key for key, _ in groupby(group_of(row, group_by) for row in rows)] == [group.key for group in index.groups]


async def test_a_second_order_holds_where_the_first_is_equal(store):
    _, rows = await read(store, TicketQuery(Scope.OPEN, sort=Sort.STATE, then=Sort.OLDEST))
    assert len(rows) > 50
    ranks = [list(State).index(row.state) for row in rows if row.state is not State.OTHER]
    assert ranks == sorted(ranks)
    for _, same in groupby(rows, key=lambda row: row.state):
        times = [row.updated_at for row in same]
        assert times == sorted(times)


async def test_days_with_a_second_order_are_whole(store):
    _, rows = await read(store, TicketQuery(Scope.ALL, sort=Sort.NEWEST, then=Sort.PRIORITY))
    days = [row.updated_at.astimezone().date() for row in rows]
    assert days == sorted(days, reverse=True)
    order = [Priority.NONE, Priority.LOW, Priority.OTHER, Priority.NORMAL, Priority.HIGH, Priority.URGENT]
    for _, same in groupby(rows, key=lambda row: row.updated_at.astimezone().date()):
        ranks = [order.index(row.priority) for row in same]
        assert ranks == sorted(ranks, reverse=True)


async def test_of_a_folded_group_one_row_is_read_at_first(store):
    query = TicketQuery(Scope.ALL, group_by=GroupBy.ACCOUNT)
    found = store.lists.first_groups(query, PAGE, {ACCOUNTS[0]})
    assert [(group.key, len(group.rows)) for group in found] == [(ACCOUNTS[0], 1), (ACCOUNTS[1], PAGE)]
