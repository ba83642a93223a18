"""A value that is longer than its field."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.helpers.narrowing import instance

from deskhand.domain.capabilities import FormField
from deskhand.ui.ticket.field_editor import FieldEditor

LONG = "marcus.okafor21@a-rather-long-name-of-a-company.example.com"


def test_the_beginning_of_a_long_value_is_seen(qtbot) -> None:
    editor = FieldEditor(FormField("customer_email", "customer_email"))
    qtbot.addWidget(editor)
    editor.setFixedWidth(160)
    editor.show()
    editor.set_value(LONG)
    control = instance(editor.control, QLineEdit)
    assert control.cursorPosition() == 0
    QTest.keyClicks(control, "x")
    assert editor.text() == f"x{LONG}"
