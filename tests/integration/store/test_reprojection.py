"""The list after an upgrade that computes or stores its rows in another way."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    KEY,
    START,
    ManualClock,
    a_page,
    a_store,
    a_ticket,
    an_account,
)

from deskhand.domain.changes import ChangeSet
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.store.files import CACHE, DatabaseFiles, connect
from deskhand.sync.upkeep import ROWS_BATCH, Upkeep

ALL = TicketQuery(Scope.ALL)
COUNT = 2 * ROWS_BATCH + 3


@pytest.fixture
async def older(tmp_path):
    """A profile whose list was made by another version, without the column of the mood and with other names of customers."""
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        tickets = (
            a_ticket(str(n), sentiment="frustrated", updated_at=START + timedelta(minutes=n)) for n in range(COUNT)
        )
        await store.tickets.apply(ACCOUNT, a_page(*tickets))
        shown = store.lists.first_page(ALL, COUNT)
    assert len(shown) == COUNT
    db = connect(DatabaseFiles(tmp_path, KEY), CACHE)
    db.execute("ALTER TABLE tickets DROP COLUMN sentiment; UPDATE tickets SET who = 'somebody'")
    db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('projection.version', '0')")
    db.close()
    return tmp_path, shown


async def test_every_row_is_made_again_while_the_list_can_be_read(older):
    folder, expected = older
    clock = ManualClock()
    async with a_store(folder, clock=clock) as store:
        assert {row.who for row in store.lists.first_page(ALL, COUNT)} == {"somebody"}
        assert await store.tickets.reprojection() == (0, COUNT)
        assert await Upkeep(store, clock).project_again() == COUNT
        assert store.lists.first_page(ALL, COUNT) == expected
        assert await store.tickets.reprojection() is None
        assert len(clock.slept) == 3  # in small transactions, with a pause behind each


async def test_the_newest_rows_come_first_and_a_restart_goes_on_behind_them(older):
    folder, expected = older
    async with a_store(folder) as store:
        assert await store.tickets.project_next(10) == 10
        rows = store.lists.first_page(ALL, COUNT)
        assert rows[:10] == expected[:10]
        assert {row.who for row in rows[10:]} == {"somebody"}
    clock = ManualClock()
    async with a_store(folder, clock=clock) as store:
        assert await store.tickets.reprojection() == (10, COUNT)
        assert await Upkeep(store, clock).project_again() == COUNT - 10
        assert store.lists.first_page(ALL, COUNT) == expected


async def test_the_window_hears_which_rows_became_others(older):
    folder, expected = older
    async with a_store(folder) as store:
        told: list[ChangeSet] = []
        store.changes.subscribe(told.append)
        await store.tickets.project_next(2)
        assert [changes.tickets for changes in told] == [{row.key for row in expected[:2]}]


async def test_a_list_that_this_version_has_made_is_left_alone(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        assert await store.tickets.reprojection() is None
        assert await Upkeep(store, clock).project_again() == 0
