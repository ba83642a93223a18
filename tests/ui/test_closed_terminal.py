"""A window that is asked to end by the system closes in order."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these signals are POSIX's")

WAIT = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication, QTimer
from deskhand.ui.signals import ended_by_signals
app = QCoreApplication([])
with ended_by_signals(app.quit):
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), int(sys.argv[1])))
    if len(sys.argv) > 2:
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: app.exit(7)))
    code = app.exec()
print("closed in order")
sys.exit(code)
"""


def told(*arguments: str, before: str = "") -> tuple[int, str]:
    command = (sys.executable, "-c", f"{before}\n{WAIT}", *arguments)
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stdout.strip()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_to_end_closes_the_window_in_order(name: str) -> None:
    assert told(str(int(signal.Signals[name]))) == (0, "closed in order")


def test_a_terminal_that_is_closed_does_not_end_what_nohup_started() -> None:
    ignore = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    assert told(str(int(signal.Signals["SIGHUP"])), "more", before=ignore) == (7, "closed in order")
