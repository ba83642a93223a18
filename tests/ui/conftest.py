"""The window's tests: a real QApplication, on Qt's offscreen platform unless the environment names another."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.theme import Appearance, Choice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform passes no size hints on, raises no window and grabs no keyboard, and says so; no fault of ours."""
    for item in items:
        if "/ui/" in item.nodeid:
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True
                )
            )


class LongWaitBot(QtBot):
    """Waits for what has to come as long as all other tests do."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: float = WAIT_SECONDS * 1000) -> None:  # noqa: N802 - pytest-qt's
        super().waitUntil(callback, timeout=int(timeout))

    def waitSignal(self, signal: Any, *, timeout: float = WAIT_SECONDS * 1000, **more: Any) -> Any:  # noqa: N802 - pytest-qt's
        return super().waitSignal(signal, timeout=int(timeout), **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> LongWaitBot:
    return LongWaitBot(request)


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    """The program's style on the test's application, which ends with its last window no more than the program does.

    Such an end would wait in the queue and stop the loop of a later test.
    """
    qapp.setQuitOnLastWindowClosed(False)
    return Appearance(qapp, Choice.LIGHT)


@pytest.fixture(autouse=True)
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts with motion as the system wants it; a test of the whole window before it has turned it off."""
    monkeypatch.setattr(MOTION, "is_reduced", False)
    monkeypatch.setattr(MOTION, "is_full", False)


@pytest.fixture(autouse=True)
def hidden_dialogs(qapp: QApplication) -> Iterator[None]:
    """Hide what a test left open: Python may free it in a later test, and a dialog that is seen asks for its screen at its end (Qt 6.11)."""
    yield
    for window in qapp.topLevelWidgets():
        if isinstance(window, QDialog):
            window.hide()


@pytest.fixture(autouse=True)
def light(appearance: Appearance) -> Iterator[Appearance]:
    """Every test starts in the light theme; one that changes it leaves no trace."""
    appearance.choose(Choice.LIGHT)
    yield appearance
    appearance.choose(Choice.LIGHT)
