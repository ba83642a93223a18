"""What an input method has begun in a dialog goes with what is typed there, when Enter or a button takes it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from deskhand.ui.composer.insert_link_dialog import InsertLinkDialog
from deskhand.ui.settings.snippet_dialog import SnippetDialog


def editor(dialog: QWidget, name: str) -> QWidget:
    kinds = (QLineEdit, QPlainTextEdit)
    return next(one for kind in kinds for one in dialog.findChildren(kind) if one.accessibleName() == name)


def compose(line: QWidget, text: str) -> None:
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent(text, []))


def press(dialog: QWidget, text: str) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def dialog(qtbot) -> Iterator[SnippetDialog]:
    made = SnippetDialog(None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.done(0)
    made.deleteLater()


def test_a_canned_reply_has_all_that_was_composed(qtbot, dialog: SnippetDialog) -> None:
    compose(editor(dialog, "Title"), "인사")
    compose(editor(dialog, "Text"), "안녕하세요")
    with qtbot.waitSignal(dialog.saved) as kept:
        press(dialog, "Save")
    assert kept.args == ["인사", "안녕하세요"]


def test_what_is_only_composed_is_not_discarded_without_a_question(dialog: SnippetDialog) -> None:
    compose(editor(dialog, "Text"), "안녕하세요")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()


@pytest.mark.parametrize("enter", [True, False])
def test_a_link_has_all_the_words_that_were_composed(qtbot, *, enter: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = InsertLinkDialog("", parent)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    editor(dialog, "Address").setFocus()
    QTest.keyClicks(editor(dialog, "Address"), "example.com")
    compose(editor(dialog, "Words"), "여기")
    with qtbot.waitSignal(dialog.submitted) as submitted:
        if enter:
            QTest.keyClick(editor(dialog, "Words"), Qt.Key.Key_Return)
        else:
            press(dialog, "Insert")
    assert submitted.args == ["https://example.com", "여기"]
