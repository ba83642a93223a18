"""Shows a failure to start, with or without the rest of the program: whatever failed may be what a dialog of ours needs."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from deskhand.domain.problems import DeskProblem, NoDisplay
from deskhand.ui import display


def show(title: str, message: str, where: str) -> None:
    """Show the dialog, and return when it was closed. Ends the process where Qt finds no screen: the words stand elsewhere too."""
    app = QApplication.instance()
    if app is None:
        app = display.report_fatal_qt_messages(lambda: QApplication(sys.argv[:1]), _say_nothing)
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("Deskhand")
    try:
        from deskhand.ui.kit.theme import Appearance
        from deskhand.ui.notifications.start_failure import StartFailureDialog

        Appearance(app)
        # Not `open()` as elsewhere: the loop that would stall has ended, or never began.
        StartFailureDialog(title, message, where).exec()
    except (DeskProblem, ImportError, OSError):
        plain = QMessageBox(QMessageBox.Icon.Critical, "Deskhand", "")
        plain.setTextFormat(Qt.TextFormat.PlainText)
        plain.setText("\n\n".join(part for part in (title, message, where) if part))
        plain.exec()


def _say_nothing(_problem: NoDisplay) -> None:
    """What keeps Deskhand from starting was said already; that it has no screen either is of no use to anybody."""
