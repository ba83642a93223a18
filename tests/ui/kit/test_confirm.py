"""A plain question: the verb does it, Enter is harmless where something would be destroyed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from tests.helpers.child_widgets import child

from deskhand.ui.kit.confirm import ConfirmDialog


@pytest.mark.parametrize(("danger", "told"), [(False, 1), (True, 0)])
def test_enter_does_it_only_where_it_is_harmless(qtbot, *, danger: bool, told: int) -> None:
    dialog = ConfirmDialog("Send it again?", "It may arrive twice.", "Send again", danger=danger)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    heard: list[bool] = []
    dialog.confirmed.connect(lambda: heard.append(True))
    dialog.open()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert len(heard) == told
    assert not dialog.isVisible()


def test_its_name_is_its_question_and_its_button_a_verb(qtbot) -> None:
    dialog = ConfirmDialog("Archive this record?", "Routera offers no way back.", "Archive")
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == dialog.accessibleName() == "Archive this record?"
    assert dialog.verb_button.text() == "Archive"


@pytest.mark.parametrize(
    "detail", ["", "Short.", "It may arrive twice, and the customer sees it. " * 3, "Many words. " * 200]
)
def test_its_buttons_are_as_high_as_their_words_however_little_it_says(qtbot, detail: str) -> None:
    dialog = ConfirmDialog("Discard what you typed?", detail, "Discard", danger=True)
    qtbot.addWidget(dialog)
    dialog.open()
    QApplication.processEvents()
    for button in dialog.findChildren(QPushButton):
        assert button.height() >= button.minimumSizeHint().height()
    assert dialog.heading.height() >= dialog.heading.heightForWidth(dialog.heading.width())


def test_it_is_gone_for_good_when_it_closes(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    ConfirmDialog("Archive this record?", "", "Archive", parent).open()
    dialog = child(parent, ConfirmDialog)
    dialog.verb_button.click()
    del dialog
    qtbot.waitUntil(lambda: not parent.findChildren(ConfirmDialog))
    QApplication.processEvents()
