"""How many tickets a second the engine takes in, without a window: `python -m tests.benchmarks.syncing JOB`.

`raw` reads the same pages with httpx and json and does nothing with them; `engine` is the whole way: the adapter, the engine, the
store, the index and the counts. Both ask as fast as they can: the adapter's rate limits are lifted, the server's too.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from tests.benchmarks import replay
from tests.benchmarks.processes import print_figures
from tests.helpers.store_fixtures import KEY

from deskhand import bootstrap
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.accounts import Account, Secret
from deskhand.domain.ids import VendorId
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services

ME = "agent@example.test"


def unpaced() -> None:
    """Lift what the adapters allow themselves, so that what is measured is the work and not a vendor's limit."""
    from deskhand.vendors.thena import adapter

    patch.object(adapter, "WINDOWS", ()).start()


async def add_account(services: Services, base: str, key: str, label: str) -> Account:
    """Add an account of the server's."""
    form = AccountForm(VendorId("thena"), label, base, ME, "key", {})
    outcome = await services.accounts.add(form, Secret(key))
    assert isinstance(outcome, Added), outcome
    return outcome.account


async def opened_with(folder: Path) -> bootstrap.OpenProfile:
    """Open a profile as the product does, its key in a vault in memory."""
    vault = MemoryVault()
    await vault.put(bootstrap.DATABASE_KEY, KEY.reveal())
    return await bootstrap.open_profile(
        Profile.open_or_create(folder), vault, bootstrap.lock_profile(folder), Redactor()
    )


async def _engine(folder: Path, base: str, key: str) -> dict[str, float]:
    opened = await opened_with(folder)
    services = opened.services
    try:
        await services.engine.open_without_running()
        account = await add_account(services, base, key, "Bench")
        before = time.process_time()
        began = time.perf_counter()
        problem = (await services.engine.once(account.id))[account.id]
        took, cpu = time.perf_counter() - began, time.process_time() - before
        assert problem is None, problem
        count = await opened.store.tickets.counted(account.id)
        again = time.perf_counter()
        services.engine.nudge(account.id, full=True)
        await services.engine.once(account.id)
        return {"first": count / took, "again": count / (time.perf_counter() - again), "cpu": cpu / count * 1e6}
    finally:
        await opened.aclose()


async def _raw(base: str, key: str) -> dict[str, float]:
    count, page = 0, 0
    async with httpx.AsyncClient(base_url=base, headers={"x-api-key": key}) as client:
        began, before = time.perf_counter(), time.process_time()
        while items := replay._items(
            json.loads((await client.get(replay.LIST, params={"page": page, "limit": replay.PAGE})).content)
        ):
            count += len(items)
            page += 1
        took, cpu = time.perf_counter() - began, time.process_time() - before
    return {"first": count / took, "cpu": cpu / count * 1e6}


async def _run(job: dict[str, Any]) -> None:
    unpaced()
    if job["do"] == "raw":
        print_figures(await _raw(job["base"], job["key"]))
    else:
        print_figures(await _engine(Path(job["folder"]), job["base"], job["key"]))


if __name__ == "__main__":
    asyncio.run(_run(json.loads(sys.argv[1])))
