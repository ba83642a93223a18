from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import pytest
from tests.helpers.service_harness import FAST, ServiceHarness, service_harness

from deskhand.sync.schedule import Pace
from deskhand_sandbox.sandbox import serving

StartServices = Callable[..., object]


@pytest.fixture
async def start_services(tmp_path: Path) -> AsyncIterator[StartServices]:
    """Return a function that serves vendors, adds an account of each, and starts the engine."""
    async with AsyncExitStack() as stack:
        served = stack.enter_context(ExitStack())

        async def start(*vendors: str, tickets: int = 60, pace: Pace = FAST, settle: float = 0.4, run: bool = True):
            box = served.enter_context(serving(tickets=tickets, only=vendors))
            harness: ServiceHarness = await stack.enter_async_context(
                service_harness(tmp_path / "profile", box, pace=pace, settle=settle)
            )
            accounts = [await harness.add(vendor) for vendor in vendors]
            if run:
                await harness.services.engine.start()
                await harness.services.engine.wait_synced()
            return harness, *accounts

        yield start
