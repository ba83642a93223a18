"""One field of a form: its value in the right type, what is wrong with it, and no update over what is being typed."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from tests.helpers.narrowing import instance, not_none

from deskhand.domain.capabilities import FieldKind, FormField
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.ticket.field_editor import FieldEditor

CHOICES = (("n", "Normal"), ("u", "Urgent"))


def editor(qtbot, kind: FieldKind, **more) -> FieldEditor:
    made = FieldEditor(FormField("x", "Label", kind, **more))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.LINE, " words ", "words"),
        (FieldKind.NUMBER, "12", 12),
        (FieldKind.NUMBER, "1,5", 1.5),
        (FieldKind.DATE, "2026-12-01", "2026-12-01"),
        (FieldKind.TAGS, "a, b,,a", ("a", "b")),
        (FieldKind.LINE, "", None),
    ],
)
def test_a_value_has_its_type(qtbot, kind: FieldKind, typed: str, value: object) -> None:
    made = editor(qtbot, kind)
    QTest.keyClicks(made.control, typed)
    assert made.value() == value
    assert made.obstacle() == ""


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "twelve"),
        (FieldKind.DATE, "1-12-2026"),
        (FieldKind.EMAIL, "nobody"),
        (FieldKind.DATE, "2026-13-01"),
    ],
)
def test_what_cannot_be_sent_is_said(qtbot, kind: FieldKind, typed: str) -> None:
    made = editor(qtbot, kind)
    QTest.keyClicks(made.control, typed)
    with qtbot.assertNotEmitted(made.committed):
        QTest.keyClick(made.control, Qt.Key.Key_Return)
    assert made.obstacle()
    assert made.control.accessibleDescription() == made.obstacle()
    assert made.text() == typed  # nothing typed is lost


def test_a_needed_field_says_so(qtbot) -> None:
    assert editor(qtbot, FieldKind.LINE, required=True).obstacle() == "This is needed."
    assert editor(qtbot, FieldKind.CHECK, required=True).obstacle() == ""


def test_enter_commits_once_and_only_what_changed(qtbot) -> None:
    made = editor(qtbot, FieldKind.LINE)
    made.set_value("old")
    with qtbot.assertNotEmitted(made.committed):
        QTest.keyClick(made.control, Qt.Key.Key_Return)
    QTest.keyClick(made.control, Qt.Key.Key_End)
    QTest.keyClicks(made.control, "er")
    with qtbot.waitSignal(made.committed) as done:
        QTest.keyClick(made.control, Qt.Key.Key_Return)
    assert done.args == ["older"]
    with qtbot.assertNotEmitted(made.committed):
        QTest.keyClick(made.control, Qt.Key.Key_Return)


def test_an_update_leaves_what_is_typed_alone(qtbot) -> None:
    made = editor(qtbot, FieldKind.LINE)
    made.setFocus()
    QTest.keyClicks(made.control, "half")
    made.set_value("from the vendor")
    assert made.value() == "half"
    made.control.clearFocus()


def test_a_choice_is_an_id_behind_a_word(qtbot) -> None:
    made = editor(qtbot, FieldKind.CHOICE, choices=CHOICES)
    made.set_value("u")
    combo = made.control
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == "Urgent"
    assert made.value() == "u"
    made.set_value("whatever the vendor sent")
    assert combo.currentText() == "whatever the vendor sent"


def test_another_word_may_be_typed_where_the_choices_are_open(qtbot) -> None:
    made = editor(qtbot, FieldKind.CHOICE, choices=CHOICES, open_ended=True)
    combo = made.control
    assert isinstance(combo, QComboBox)
    line = not_none(combo.lineEdit())
    QTest.keyClicks(line, "Escalated")
    assert made.value() == "Escalated"
    line.clear()
    QTest.keyClicks(line, "urgent")
    with qtbot.waitSignal(made.committed) as done:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert done.args == ["u"]


def test_the_wheel_chooses_nothing(qtbot) -> None:
    made = editor(qtbot, FieldKind.CHOICE, choices=CHOICES)
    made.set_value("n")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.control, wheel)
    assert made.value() == "n"


def test_new_choices_keep_the_value(qtbot) -> None:
    made = editor(qtbot, FieldKind.CHOICE, choices=CHOICES)
    made.set_value("u")
    made.set_choices((("l", "Low"), *CHOICES))
    assert made.value() == "u"


@pytest.mark.parametrize(
    ("kind", "widget"),
    [
        (FieldKind.LINE, QLineEdit),
        (FieldKind.TEXT, QPlainTextEdit),
        (FieldKind.CHECK, TickBox),
        (FieldKind.CHOICE, QComboBox),
    ],
)
def test_every_kind_has_a_named_control_that_lets_tab_out(qtbot, kind: FieldKind, widget: type) -> None:
    made = editor(qtbot, kind, choices=CHOICES)
    assert isinstance(made.control, widget)
    assert made.control.accessibleName() == "Label"
    if isinstance(made.control, QPlainTextEdit):
        assert made.control.tabChangesFocus()


def test_what_cannot_be_edited_says_why(qtbot) -> None:
    made = editor(qtbot, FieldKind.LINE)
    made.set_possible(False, "Routera documents no way.")
    assert not made.control.isEnabled()
    assert "documents no way" in made.toolTip()


@pytest.mark.parametrize("value", ["12", "1.50", "2026-05-01T00:00:00Z", "no number"])
def test_a_value_that_nobody_touched_is_neither_sent_nor_kept_from_changing(qtbot, value: str) -> None:
    editor = FieldEditor(FormField("n", "Number", FieldKind.NUMBER))
    qtbot.addWidget(editor)
    editor.set_value(value)
    with qtbot.assertNotEmitted(editor.committed):
        instance(editor.control, QLineEdit).editingFinished.emit()
    editor.set_value("7")
    assert editor.text() == "7"


def test_what_is_no_value_yet_stays_when_the_ticket_is_read_again_and_goes_with_its_ticket(qtbot) -> None:
    editor = FieldEditor(FormField("d", "Date", FieldKind.DATE))
    qtbot.addWidget(editor)
    editor.set_value("2026-05-01")
    line = instance(editor.control, QLineEdit)
    line.setText("2026-1")
    line.textEdited.emit("2026-1")
    line.editingFinished.emit()
    editor.set_value("2026-05-02")
    assert (editor.text(), editor.half_typed) == ("2026-1", "2026-1")
    editor.begin("2026-06-01")
    assert (editor.text(), editor.half_typed) == ("2026-06-01", "")
    assert [label.text() for label in editor.findChildren(QLabel) if not label.isHidden()] == []
    editor.begin("2026-05-02", "2026-1")
    assert (editor.text(), editor.half_typed) == ("2026-1", "2026-1")
