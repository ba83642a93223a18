"""The tray as a desktop sees it: with a StatusNotifierWatcher, without one, and the number on the task bar."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.helpers.session_bus import session_bus
from tests.helpers.x_server import x_server

HELPERS = Path(__file__).parents[2] / "helpers"

pytestmark = pytest.mark.xvfb


@pytest.fixture
def environment(tmp_path):
    with x_server() as display, session_bus(tmp_path / "bus") as address:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        yield {**kept, "DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def running(helper, environment):
    with subprocess.Popen(
        [sys.executable, str(HELPERS / helper)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=environment,
    ) as program:
        try:
            yield program
        finally:
            program.terminate()


def ask(watcher, line):
    watcher.stdin.write(line + "\n")
    watcher.stdin.flush()
    return json.loads(watcher.stdout.readline())


def test_a_panel_shows_the_icon_with_its_menu_and_presses_reach_the_program(environment):
    with running("tray_watcher.py", environment) as watcher:
        assert json.loads(watcher.stdout.readline()) == "ready"
        with running("tray_program.py", environment) as program:
            assert program.stdout.readline().strip() == "there"
            assert ask(watcher, "get Category") == "ApplicationStatus"
            assert ask(watcher, "get IconPixmap")
            entries = {text: number for number, text in ask(watcher, "menu").items() if text}
            assert list(entries) == [
                "Open Deskhand",
                "My open (14)",
                "Outbox: 1 needs you",
                "New ticket…",
                "Pause notifications for 1 hour",
                "Pause notifications until tomorrow 9:00",
                "Sync now",
                "Notifications…",
                "Quit, 2 waiting in the outbox",
            ]
            assert ask(watcher, f"press {entries['Open Deskhand']}") == "pressed"
            assert program.stdout.readline().strip() == "open"
            ask(watcher, f"press {entries['Pause notifications for 1 hour']}")
            assert program.stdout.readline().strip() == "hour"
            ask(watcher, f"press {entries['Quit, 2 waiting in the outbox']}")
            assert program.wait(30) == 0


def test_without_a_watcher_there_is_no_tray_and_nothing_fails(environment):
    with running("tray_program.py", environment) as program:
        assert program.stdout.readline().strip() == "no tray"
        assert program.poll() is None
