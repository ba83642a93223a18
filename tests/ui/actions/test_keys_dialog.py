"""The key overview."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.helpers.child_widgets import child

from deskhand.ui.actions.keys_dialog import Keys, KeysDialog

KEYS = [("J", "Next ticket"), ("G, I", "Go to: My open"), ("C / Ctrl+N", "New ticket")]


def test_all_keys_are_shown_and_found_by_word_or_by_key(qtbot) -> None:
    dialog = KeysDialog(KEYS)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.shown() == ("Next ticket", "Go to: My open", "New ticket")
    assert [keys.accessibleName() for keys in dialog.findChildren(Keys)] == ["J", "G, I", "C / Ctrl+N"]
    line = child(dialog, QLineEdit)
    QTest.keyClicks(line, "ticket")
    assert dialog.shown() == ("Next ticket", "New ticket")
    line.setText("ctrl+n")
    assert dialog.shown() == ("New ticket",)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
