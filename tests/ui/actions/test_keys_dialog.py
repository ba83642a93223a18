"""The key overview."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from tests.helpers.child_widgets import child

from deskhand.ui.actions.keymap import Keymap
from deskhand.ui.actions.keys_dialog import Keys, KeysDialog
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.table import by_place

KEYS = [("J", "Next ticket"), ("G, I", "Go to: My open"), ("C / Ctrl+N", "New ticket")]
BOX = ("In the reply box", [("Ctrl+Enter", "Send"), ("Ctrl+B", "Bold")])


def test_all_keys_are_shown_and_found_by_word_or_by_key(qtbot) -> None:
    dialog = KeysDialog([("", KEYS)])
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


def test_keys_of_one_place_stand_below_its_name_and_are_found_by_it(qtbot) -> None:
    dialog = KeysDialog([("", KEYS), BOX])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    heading = next(one for one in dialog.findChildren(QLabel) if one.text() == "In the reply box")
    line = child(dialog, QLineEdit)
    line.setText("reply box")
    assert dialog.shown() == ("Send", "Bold")
    assert heading.isVisible()
    line.setText("ticket")
    assert dialog.shown() == ("Next ticket", "New ticket")
    assert not heading.isVisible()


def test_the_keys_of_the_reply_box_and_of_a_message_are_among_them() -> None:
    shown = {place: {one.title: Keymap().shown_keys(one) for one in actions} for place, actions in by_place()}
    assert shown["In the reply box"]["Send"] == ("Ctrl+Enter",)
    assert shown["In the reply box"].keys() == {one.title for one in REPLY_BOX}
    assert ("Ctrl+C",) in shown["In a message"].values()
