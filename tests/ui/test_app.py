"""The application as a process: what it leaves behind when it ends."""

import os
import subprocess
import sys

COPY_AND_END = """
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from deskhand.ui import app
running = app.get_application()
copied = QMimeData()
copied.setText("copied")
QGuiApplication.clipboard().setMimeData(copied)
assert QGuiApplication.clipboard().text() == "copied"
app.empty_own_clipboard()
"""


def test_a_program_that_copied_something_without_a_screen_ends_without_a_crash():
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", COPY_AND_END], env=environment, timeout=60, check=False)
    assert ended.returncode == 0
