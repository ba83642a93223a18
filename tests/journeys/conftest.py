"""Journeys: the whole application on a loop of Qt's own, against the sandbox over real HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.helpers.app_driver import ProfileSetup
from tests.helpers.narrowing import instance

from deskhand.ui import app
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], object]]:
    """Every journey lives on the loop that the product lives on."""

    def qt_loop() -> object:
        from qasync import QEventLoop

        return QEventLoop(app.get_application())

    return {"qt": qt_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform raises no window and says so; no fault of ours."""
    for item in items:
        if "/journeys/" in item.nodeid:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True
                )
            )


@pytest.fixture
def server() -> Iterator[Server]:
    """A small NexusCore."""
    with serving(tickets=40, only=("nexuscore",)) as box:
        yield instance(box["nexuscore"], Server)


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    """Where a profile of its own will be."""
    return ProfileSetup(tmp_path / "profile")
