"""Enter presses the button that the keyboard is on, in a dialog and in the window, on every desktop."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

import deskhand.ui
from deskhand.ui.kit.buttons import PushButton, ToolButton
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.sheet import Sheet

UI = Path(deskhand.ui.__file__).parent
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.mark.parametrize("key", [*ENTERS, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [PushButton, ToolButton])
def test_a_button_of_the_window_is_pressed_by_enter_and_space(qtbot, key: Qt.Key, kind: type[QAbstractButton]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = kind(window)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


@pytest.mark.parametrize("key", ENTERS)
def test_enter_on_cancel_cancels_although_the_dialog_fills_another_button(qtbot, key: Qt.Key) -> None:
    dialog = ConfirmDialog("Close 12 tickets?", "At NexusCore.", "Close 12")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    cancel = next(one for one in dialog.findChildren(PushButton) if one.text() == "Cancel")
    cancel.setFocus()
    with qtbot.assertNotEmitted(dialog.confirmed):
        QTest.keyClick(cancel, key)
    assert dialog.isHidden()


@pytest.mark.parametrize("key", ENTERS)
def test_enter_in_a_line_of_a_dialog_presses_what_it_fills(qtbot, key: Qt.Key) -> None:
    told: list[str] = []
    sheet = Sheet("New view")
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    line = QLineEdit()
    sheet.body.addWidget(line)
    sheet.add_button("Cancel", lambda: told.append("Cancel"))
    sheet.add_button("Save", lambda: told.append("Save"), default=True)
    sheet.open()
    line.setFocus()
    QTest.keyClick(line, key)
    assert told == ["Save"]


def test_enter_that_is_held_down_presses_once_and_ctrl_enter_is_left_to_what_it_means(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = PushButton(window)
    told: list[bool] = []
    button.clicked.connect(lambda _checked=False: told.append(True))
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(button, Qt.Key.Key_Return)
    for _ in range(3):
        QApplication.sendEvent(
            button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        )
    QTest.keyClick(button, Qt.Key.Key_Return, ctrl)
    assert told == [True]


def test_no_other_module_makes_a_button_that_enter_passes_by() -> None:
    made = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in [*(node.bases if isinstance(node, ast.ClassDef) else []), getattr(node, "func", None)]
        if isinstance(name, ast.Name) and name.id in {"QPushButton", "QToolButton"}
    }
    assert made == {"kit/buttons.py"}
