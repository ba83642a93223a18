"""A list's skeleton and rows read together tell the same as read one by one."""

from pathlib import Path

import pytest
from tests.helpers.store_fixtures import ACCOUNT, a_page, a_store, a_ticket, an_account

from deskhand.domain.queries import Scope, Sort, TicketQuery

PAGE = 8


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "subject", "nowhere"])
async def test_pages_that_come_with_the_skeleton_are_those_behind_its_anchors(
    tmp_path: Path, text: str, sort: Sort
) -> None:
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        tickets = [a_ticket(str(number), subject=f"A subject {number}") for number in range(30)]
        await store.tickets.apply(ACCOUNT, a_page(*tickets))
        query = TicketQuery(Scope.ALL, text=text, sort=sort)
        outline = await store.lists.outline(query, PAGE)
        found = await store.lists.snapshot(query, PAGE, range(0), 1024)
        assert found.index == outline
        assert outline.count == (0 if text == "nowhere" else 30)
        for anchor in outline.page_cursors:
            assert list(found.rows[anchor]) == list(store.lists.page(query, anchor, PAGE))


async def test_of_a_long_list_only_the_first_page_and_what_is_near_is_read(tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(number)) for number in range(40))))
        found = await store.lists.snapshot(TicketQuery(), PAGE, range(17, 20), 10)
        anchors = found.index.page_cursors
        assert set(found.rows) == {anchors[0], anchors[2]}


async def test_new_words_are_found_after_the_next_skeleton(tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        query = TicketQuery(Scope.ALL, text="zebra")
        assert (await store.lists.snapshot(query, PAGE, range(0), 10)).index.count == 0
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1", subject="A zebra crossed")))
        found = await store.lists.snapshot(query, PAGE, range(0), 10)
        assert found.index.count == 1
        assert [row.key.remote for row in store.lists.first_page(query, PAGE)] == ["1"]
