"""A mistake while a row is painted is told and costs the row, not the program."""

import os
import subprocess
import sys

SCRIPT = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.list.ticket_list import TicketList
from tests.helpers.ui_rows import Source, now, row
app = QApplication([])
Appearance(app, Choice.LIGHT)
tickets = TicketList(now=now)
source = Source([row(1), row(2, tags=()), row(3)])
tickets.show_source(source)
broken = tickets.model.row(1)
object.__setattr__(broken, "subject", 5)
tickets.resize(384, 400)
tickets.show()
for turn in range(30):
    QTimer.singleShot(turn * 10, tickets.view.viewport().update)
QTimer.singleShot(500, app.quit)
app.exec()
object.__setattr__(broken, "subject", "mended")
print("alive", tickets.grab().toImage().pixelColor(30, 30).name())
"""


def test_a_row_that_cannot_be_painted_does_not_end_the_program() -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "alive" in done.stdout
    assert "TypeError" in done.stderr
