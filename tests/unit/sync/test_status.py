"""What each account's pane says."""

from datetime import UTC, datetime

from tests.helpers.store_fixtures import ACCOUNT, KEY, ManualClock

from deskhand.domain.accounts import Account, AccountStatus, Health, Progress
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.ids import AccountId, VendorId
from deskhand.store import open_store
from deskhand.sync.status import StatusBoard

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_a_restart_remembers_when_an_account_was_in_step_and_nothing_that_may_have_changed(tmp_path):
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    await store.accounts.put(Account(ACCOUNT, VendorId("thena"), "Acme", "https://x.test"))
    board = StatusBoard(store.accounts, store.changes)
    await board.save(ACCOUNT, health=Health.OFFLINE, synced_at=NOON, problem="No network", retry_at=NOON)
    again = StatusBoard(store.accounts, store.changes)
    await again.load()
    assert again.of(ACCOUNT) == AccountStatus(ACCOUNT, Health.NEW, synced_at=NOON)
    await store.aclose()


async def test_only_a_change_is_told(tmp_path):
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    board = StatusBoard(store.accounts, store.changes)
    told: list[ChangeSet] = []
    store.changes.subscribe(told.append)
    board.show(ACCOUNT, health=Health.SYNCING)
    board.show(ACCOUNT, health=Health.SYNCING)
    board.show(ACCOUNT, progress=Progress(3, 9))
    assert told == [ChangeSet(accounts=frozenset({ACCOUNT}))] * 2
    assert board.of(AccountId("other")).health is Health.NEW
    board.remove(ACCOUNT)
    assert ACCOUNT not in board.all()
    await store.aclose()
