from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import pytest
from tests.helpers.houses import FAST, Bench, bench

from deskhand.sync.schedule import Pace
from deskhand_sandbox.sandbox import serving

Begin = Callable[..., object]


@pytest.fixture
async def begin(tmp_path: Path) -> AsyncIterator[Begin]:
    """Return a function that serves vendors, adds an account of each, and starts the engine."""
    async with AsyncExitStack() as stack:
        served = stack.enter_context(ExitStack())

        async def start(*vendors: str, tickets: int = 60, pace: Pace = FAST, settle: float = 0.4, run: bool = True):
            box = served.enter_context(serving(tickets=tickets, only=vendors))
            desk: Bench = await stack.enter_async_context(bench(tmp_path / "profile", box, pace=pace, settle=settle))
            accounts = [await desk.add(vendor) for vendor in vendors]
            if run:
                await desk.house.engine.start()
                await desk.house.engine.in_step()
            return desk, *accounts

        yield start
