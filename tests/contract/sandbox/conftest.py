"""A clock that the tests set, and a box of the two servers that are spoken to here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from deskhand_sandbox.sandbox import Sandbox, serving

NOON = datetime(2026, 3, 10, 12, 0, 0, tzinfo=UTC)


class ManualClock:
    """Stands still until somebody turns it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def box(clock: ManualClock) -> Iterator[Sandbox]:
    with serving(only=["nexuscore", "mijnklantportaal"], clock=clock) as served:
        yield served


@pytest.fixture
def nexus(box: Sandbox) -> Iterator[httpx.Client]:
    server = box["nexuscore"]
    headers = {"Authorization": f"Bearer {server.credentials['api_key']}"}
    with httpx.Client(base_url=server.base_url, headers=headers) as client:
        yield client


@pytest.fixture
def portal(box: Sandbox) -> Iterator[httpx.Client]:
    server = box["mijnklantportaal"]
    headers = {"Authorization": f"Bearer {server.credentials['api_key']}"}
    with httpx.Client(base_url=server.base_url, headers=headers) as client:
        yield client
