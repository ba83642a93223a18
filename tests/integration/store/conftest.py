import pytest
from tests.helpers.store_fixtures import ManualClock, a_store, an_account

from deskhand.domain.changes import ChangeBus, ChangeSet


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def seen():
    """Every change set that was published."""
    return []


@pytest.fixture
def change_bus(seen: list[ChangeSet]):
    change_bus = ChangeBus()
    change_bus.subscribe(seen.append)
    return change_bus


@pytest.fixture
async def store(tmp_path, clock, change_bus, seen):
    async with a_store(tmp_path / "profile", clock=clock, change_bus=change_bus) as store:
        await store.accounts.put(an_account())
        seen.clear()
        yield store
