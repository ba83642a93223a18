"""The whole application on a loop of Qt's own, as in the journeys."""

from collections.abc import Callable

import pytest

from deskhand.ui import app


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], object]]:
    """Give every test here the loop that the product lives on."""

    def qt_loop() -> object:
        from qasync import QEventLoop

        return QEventLoop(app.get_application())

    return {"qt": qt_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform raises no window and says so; no fault of ours."""
    for item in items:
        if "/security/window/" in item.nodeid:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True
                )
            )
