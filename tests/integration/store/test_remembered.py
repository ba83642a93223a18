"""Pages of a list that was looked through before something changed."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import ACCOUNT, START, a_page, a_ticket, an_account

from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import GroupBy, Scope, Sort, TicketQuery

OTHER = AccountId("other")
COUNT, PAGE = 90, 16


def refund(n, account=ACCOUNT):
    return a_ticket(f"{n:03}", account=account, tags=("refund",), updated_at=START - timedelta(minutes=n))


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.DUE])
@pytest.mark.parametrize("by", list(GroupBy))
async def test_what_left_a_list_since_stands_on_no_page_and_the_rest_on_one(store, sort, by):
    await store.accounts.put(an_account(OTHER))
    await store.tickets.apply(ACCOUNT, a_page(*map(refund, range(COUNT))))
    await store.tickets.apply(OTHER, a_page(*(refund(n, OTHER) for n in range(9))))
    wanted = parse("tag:refund")
    assert isinstance(wanted, Filter)
    query = TicketQuery(Scope.ALL, filter=wanted, sort=sort, group_by=by)
    index = await store.lists.outline(query, PAGE)
    before = await store.lists.select(query, 2 * COUNT)
    await store.accounts.remove(OTHER)
    # The numbers in the file that its tickets had are given to these.
    await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(f"new {n}") for n in range(9))))
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("003", updated_at=START)))
    stays = [key for key in before if key.account == ACCOUNT and key.remote != "003"]
    assert [row.key for after in index.page_cursors for row in store.lists.page(query, after, PAGE)] == stays
    assert list(await store.lists.select(query, 2 * COUNT)) == stays
