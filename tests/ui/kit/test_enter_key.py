"""Enter is asked for in one place, and presses the button that has the keyboard, else the one that a dialog fills."""

import ast
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

import deskhand.ui
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import is_ctrl_enter, is_enter, set_enter_presses

UI = Path(deskhand.ui.__file__).parent
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def pressed(key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held)


def test_both_keys_are_enter() -> None:
    assert all(is_enter(pressed(key)) and is_enter(pressed(key, CTRL)) for key in ENTERS)
    assert not is_enter(pressed(Qt.Key.Key_Space))
    assert [is_ctrl_enter(pressed(key, CTRL)) for key in (*ENTERS, Qt.Key.Key_A)] == [True, True, False]
    assert not is_ctrl_enter(pressed(ENTERS[0]))


@pytest.mark.parametrize("key", ENTERS)
def test_enter_in_a_dialog_presses_the_button_with_the_keyboard_else_the_filled_one(qtbot, key: Qt.Key) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    line, other, main = QLineEdit(dialog), PushButton("Other", dialog), PushButton("Main", dialog)
    column = QVBoxLayout(dialog)
    for part in (line, other, main):
        column.addWidget(part)
    set_enter_presses(other, presses=False)
    set_enter_presses(main, presses=True)
    told: list[str] = []
    for button in (other, main):
        button.clicked.connect(partial(told.append, button.text()))
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    for part in (line, other, main):
        part.setFocus()
        QTest.keyClick(part, key)
    assert told == ["Main", "Other", "Main"]


def test_enter_in_the_window_presses_a_button_that_has_the_keyboard(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = PushButton("Add account", window)
    set_enter_presses(button, presses=True)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_no_other_module_asks_for_the_key_or_makes_a_button_the_one_that_it_presses() -> None:
    names = {"Key_Return", "Key_Enter", "setDefault", "setAutoDefault"}
    found = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in names
    }
    assert found == {"kit/enter_key.py"}
