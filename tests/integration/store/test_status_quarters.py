"""How the accounts were in the last 24 hours, as stored: bounded, and there after an upgrade."""

from tests.helpers.store_fixtures import ACCOUNT, KEY, START, ManualClock, a_store, an_account

from deskhand.domain.accounts import AccountStatus, Health
from deskhand.domain.ids import AccountId
from deskhand.domain.status_quarters import QUARTER_MS, StatusQuarter
from deskhand.store.encoding import millis
from deskhand.store.files import DESK, DatabaseFiles, connect

NOW = millis(START) // QUARTER_MS * QUARTER_MS


def quarter(back: int, health: Health = Health.FINE, *, account: AccountId = ACCOUNT) -> StatusQuarter:
    return StatusQuarter(account, NOW - back * QUARTER_MS, health, QUARTER_MS)


async def test_a_quarter_has_one_row_and_what_is_older_than_a_day_or_still_to_come_goes(store):
    await store.accounts.put_status_quarters([quarter(n) for n in range(-5, 300)])
    await store.accounts.put_status_quarters([quarter(1, Health.OFFLINE)])
    found = await store.accounts.status_quarters()
    assert len(found) == 97
    assert [one.health for one in found[-2:]] == [Health.OFFLINE, Health.FINE]


async def test_it_comes_with_the_status_and_goes_with_its_account(store):
    status = AccountStatus(ACCOUNT, Health.OFFLINE)
    await store.accounts.put_status(status, [quarter(0, Health.OFFLINE), quarter(0, account=AccountId("gone"))])
    assert await store.accounts.status_quarters() == (quarter(0, Health.OFFLINE),)
    await store.accounts.remove(ACCOUNT)
    await store.accounts.put_status_quarters([quarter(0)])
    assert not await store.accounts.status_quarters()


async def test_a_profile_from_before_has_it_after_the_upgrade_and_loses_nothing(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.accounts.put_status(AccountStatus(ACCOUNT, Health.FINE, synced_at=START))
    db = connect(DatabaseFiles(tmp_path, KEY), DESK)
    db.execute("DROP TABLE status_quarters")
    db.pragma("user_version", 5)
    db.close()
    async with a_store(tmp_path, clock=ManualClock()) as store:
        assert (await store.accounts.statuses())[ACCOUNT].synced_at == START
        assert not await store.accounts.status_quarters()
        await store.accounts.put_status_quarters([quarter(0)])
    async with a_store(tmp_path) as store:
        assert await store.accounts.status_quarters() == (quarter(0),)
