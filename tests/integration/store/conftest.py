import pytest
from tests.helpers.stores import HandClock, a_store, an_account

from deskhand.domain.changes import ChangeFeed, ChangeSet


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def seen():
    """Every change set that was published."""
    return []


@pytest.fixture
def feed(seen: list[ChangeSet]):
    feed = ChangeFeed()
    feed.subscribe(seen.append)
    return feed


@pytest.fixture
async def store(tmp_path, clock, feed, seen):
    async with a_store(tmp_path / "profile", clock=clock, feed=feed) as store:
        await store.accounts.put(an_account())
        seen.clear()
        yield store
