"""The window's tests: a real QApplication, on Qt's offscreen platform unless the environment names another."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from deskhand.ui.theme import Appearance, Choice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform passes no size hints on, raises no window and grabs no keyboard, and says so; no fault of ours."""
    for item in items:
        if "/ui/" in item.nodeid:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True
                )
            )


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    """The program's style on the test's application, which ends with its last window no more than the program does.

    Such an end would wait in the queue and stop the loop of a later test.
    """
    qapp.setQuitOnLastWindowClosed(False)
    return Appearance(qapp, Choice.LIGHT)


@pytest.fixture(autouse=True)
def light(appearance: Appearance) -> Iterator[Appearance]:
    """Every test starts in the light theme; one that changes it leaves no trace."""
    appearance.choose(Choice.LIGHT)
    yield appearance
    appearance.choose(Choice.LIGHT)
