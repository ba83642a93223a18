"""Long reads that nobody waits for any more: they end, and what comes behind them does not wait for their end."""

import asyncio
import threading
from pathlib import Path

import apsw
import pytest
from tests.helpers.store_fixtures import a_store

from deskhand.store.database import Database
from deskhand.sync.tasks import TaskScope

WITHOUT_END = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
WITH_AN_END = WITHOUT_END.replace("FROM c)", "FROM c WHERE x < 200000)")


class Scans:
    """Scans of a store, of which it is known how far they are."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loop = asyncio.get_running_loop()
        self.scope = TaskScope("test", lambda name, error: None)
        self.begun = asyncio.Event()
        self.order: list[str] = []

    def endless(self) -> asyncio.Task[int]:
        """Begin one that ends only when it is interrupted."""

        def read(db: apsw.Connection) -> int:
            self._loop.call_soon_threadsafe(self.begun.set)
            return int(db.execute(WITHOUT_END).get)

        return self.scope.start(self._database.scan(read), name="endless")

    def named(self, name: str) -> asyncio.Task[None]:
        """Put one in that notes its name."""
        return self.scope.start(self._database.scan(lambda _db: self.order.append(name)), name=name)


@pytest.fixture
async def scans(tmp_path: Path):
    async with a_store(tmp_path) as store:
        yield Scans(store.lists._database)


async def test_a_scan_that_nobody_waits_for_is_interrupted_and_the_next_one_runs(scans: Scans) -> None:
    unwanted = scans.endless()
    await scans.begun.wait()
    unwanted.cancel()
    await scans.named("next")
    assert scans.order == ["next"]
    assert unwanted.cancelled()


async def test_a_scan_that_was_not_begun_is_not_begun_any_more(scans: Scans) -> None:
    go_on = threading.Event()
    holding = scans.scope.start(scans._database.scan(lambda _db: go_on.wait()), name="hold")
    unwanted = [scans.named(letter) for letter in "refund"]
    wanted = scans.named("refunds")
    await asyncio.sleep(0)
    for one in unwanted:
        one.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(holding, wanted)
    assert scans.order == ["refunds"]


async def test_an_interrupted_scan_interrupts_no_other(scans: Scans) -> None:
    for _ in range(50):
        scans.begun.clear()
        unwanted = scans.endless()
        await scans.begun.wait()
        wanted = scans.scope.start(scans._database.scan(lambda db: int(db.execute(WITH_AN_END).get)), name="wanted")
        await asyncio.sleep(0)
        unwanted.cancel()
        assert await wanted == 200_000


async def test_a_store_closes_although_a_scan_goes_on(tmp_path: Path) -> None:
    async with a_store(tmp_path) as store:
        scans = Scans(store.lists._database)
        unwanted = scans.endless()
        await scans.begun.wait()
        unwanted.cancel()
    assert unwanted.cancelled()
