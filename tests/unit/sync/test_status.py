"""What each account's pane says."""

from datetime import UTC, datetime

from tests.helpers.store_fixtures import ACCOUNT, KEY, START, ManualClock

from deskhand.domain.accounts import Account, AccountStatus, Health, Progress
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, VendorId
from deskhand.store import open_store
from deskhand.sync.status import StatusBoard

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_a_restart_remembers_when_an_account_was_in_step_and_nothing_that_may_have_changed(tmp_path):
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    await store.accounts.put(Account(ACCOUNT, VendorId("thena"), "Acme", "https://x.test"))
    board = StatusBoard(store.accounts, store.changes, ManualClock())
    await board.save(ACCOUNT, health=Health.OFFLINE, synced_at=NOON, problem="No network", retry_at=NOON)
    again = StatusBoard(store.accounts, store.changes, ManualClock())
    await again.load()
    assert again.of(ACCOUNT) == AccountStatus(ACCOUNT, Health.NEW, synced_at=NOON, since=START)
    await store.aclose()


async def test_only_a_change_is_told(tmp_path):
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    board = StatusBoard(store.accounts, store.changes, ManualClock())
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


async def test_that_an_account_needs_the_agent_is_told_once_also_over_a_restart_and_again_after_it_was_well(tmp_path):
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    await store.accounts.put(Account(ACCOUNT, VendorId("thena"), "Acme", "https://x.test"))
    told: list[Event] = []
    store.changes.subscribe(lambda changes: told.extend(changes.events))
    board = StatusBoard(store.accounts, store.changes, ManualClock())
    for _ in range(3):
        board.show(ACCOUNT, health=Health.SYNCING)
        board.show(ACCOUNT, health=Health.SIGN_IN, problem="Refused (401).")
        await board.keep(ACCOUNT)
    assert told == [Event(EventKind.ACCOUNT, ACCOUNT, detail="Refused (401).")]
    again = StatusBoard(store.accounts, store.changes, ManualClock())
    await again.load()
    again.show(ACCOUNT, health=Health.SYNCING)
    again.show(ACCOUNT, health=Health.SIGN_IN, problem="Refused (401).")
    assert len(told) == 1
    await again.save(ACCOUNT, health=Health.FINE, problem="")
    again.show(ACCOUNT, health=Health.BLOCKED, problem="Not in your plan.")
    assert [event.detail for event in told] == ["Refused (401).", "Not in your plan."]
    await store.aclose()


async def test_since_when_an_account_is_as_it_is_goes_on_over_tries_and_begins_anew_with_another_health(tmp_path):
    clock = ManualClock()
    store = open_store(tmp_path, KEY, clock, ChangeBus())
    board = StatusBoard(store.accounts, store.changes, clock)
    board.show(ACCOUNT, health=Health.OFFLINE, problem="No network")
    clock.advance(seconds=60)
    board.show(ACCOUNT, health=Health.SYNCING)
    board.show(ACCOUNT, health=Health.OFFLINE, problem="No network")
    assert board.of(ACCOUNT).since == START
    board.show(ACCOUNT, health=Health.FINE, problem="")
    assert board.of(ACCOUNT).since == clock.now()
    await store.aclose()
