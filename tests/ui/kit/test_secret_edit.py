"""The field for a secret takes what is typed into it, and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from deskhand.ui.kit.secret_edit import SecretEdit


def test_what_is_typed_at_the_eye_does_not_end_in_the_secret(qtbot):
    field = SecretEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "k3y")
    field.eye.setFocus()
    QTest.keyClicks(field.eye, "abc")
    QTest.keyClick(field.eye, Qt.Key.Key_Backspace)
    assert field.text() == "k3y"
    QTest.keyClick(field.eye, Qt.Key.Key_Space)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field.text() == "k3y"
