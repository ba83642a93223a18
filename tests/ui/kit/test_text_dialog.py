"""Plain text that can be read by keyboard and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from tests.helpers.child_widgets import child

from deskhand.ui.kit.text_dialog import TextDialog

TEXT = "Imported 12 tickets.\n\nline 3: <b>no subject</b>"


def test_the_text_is_literal_copied_and_left_by_tab(qtbot) -> None:
    dialog = TextDialog("Imported with gaps", TEXT)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    text = child(dialog, QPlainTextEdit)
    assert text.toPlainText() == TEXT
    assert text.isReadOnly()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy")
    assert dialog.focusWidget() is copy
    copy.click()
    assert QGuiApplication.clipboard().text() == TEXT
    assert copy.text() == "Copied"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_long_line_is_shown_in_pieces_and_copied_as_it_is(qtbot) -> None:
    line = "abc אבג " * 9_000
    dialog = TextDialog("The whole message", line)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    text = child(dialog, QPlainTextEdit)
    assert text.blockCount() > 50
    assert text.toPlainText().replace("\n", "") == line
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy").click()
    assert QGuiApplication.clipboard().text() == line
