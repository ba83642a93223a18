"""What is said where the window cannot open, and what an import would take over."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from deskhand.ui.accounts.import_dialog import ImportDialog
from deskhand.ui.notifications.start_failure import StartFailureDialog

LONG = "/home/jane/" + "a-long-name/" * 20
WORDS = f"Deskhand may not write to {LONG}. <b>Give</b> yourself the right."


def test_a_failure_to_start_is_read_in_full_and_can_be_copied(qtbot):
    dialog = StartFailureDialog("The profile's folder cannot be used", WORDS, f"The log is {LONG}.")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    said = [one for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert WORDS in [one.text().replace("\u200b", "") for one in said]
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in said)
    assert dialog.width() <= dialog.screen().availableGeometry().width()
    assert dialog.width() < 700  # the path is broken, not the dialog stretched
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert WORDS in copied
    assert LONG in copied


def test_nothing_is_imported_before_the_agent_has_seen_it_and_wants_it(qtbot):
    dialog = ImportDialog(["3 tickets can be imported", "  serial: unknown, kept as a field"], 3)
    qtbot.addWidget(dialog)
    dialog.show()
    wanted = []
    dialog.confirmed.connect(lambda: wanted.append(True))
    assert dialog.go_button.text() == "Import 3 tickets"
    dialog.go_button.click()
    assert wanted == [True]


def test_a_file_without_a_ticket_offers_no_import(qtbot):
    dialog = ImportDialog(["0 tickets can be imported"], 0)
    qtbot.addWidget(dialog)
    assert not dialog.go_button.isEnabled()
