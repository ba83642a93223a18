"""While the rows of the list are made again after an upgrade, the window says how far that is."""

from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.narrowing import instance
from tests.helpers.store_fixtures import ACCOUNT, a_page, a_ticket, an_account

from deskhand.services.services import Services
from deskhand.store import DeskStore

COUNT = 1200
TEXT = "Updating the list after an upgrade"


def store_of(services: Services) -> DeskStore:
    return instance(services.drafts._store, DeskStore)


async def made_by_another_version(services: Services) -> None:
    """Store tickets whose rows say that another version made them."""
    store = store_of(services)
    await store.accounts.put(an_account(paused=True))
    await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(str(n)) for n in range(COUNT))))
    sql = "INSERT OR REPLACE INTO cache.meta(key, value) VALUES('projection.version', '0')"
    await store._database.maintain(lambda db: db.execute(sql).fetchall())


async def test_the_status_line_says_how_many_rows_are_done_and_then_nothing(tmp_path: Path) -> None:
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=made_by_another_version) as driver:
        status, store = driver.shell.status, store_of(driver.services)
        await driver.wait_until(lambda: status.progress_text == f"{TEXT}: 0 of 1,200")
        assert status.stop_button.isHidden()  # nothing to stop: the list stays usable meanwhile
        await store.tickets.project_next(600)
        await driver.wait_until(lambda: status.progress_text == f"{TEXT}: 600 of 1,200")
        while await store.tickets.project_next(600):
            pass
        await driver.wait_until(lambda: status.progress_text == "")
