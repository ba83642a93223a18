"""The line in which a filter is typed: every script keeps its place, a paste is one line, and what stands in it can be taken back."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deskhand.domain.filters.slices import Span
from deskhand.ui.search.filter_edit import FilterEdit


@pytest.fixture
def edit(qtbot) -> FilterEdit:
    made = FilterEdit()
    qtbot.addWidget(made)
    made.resize(500, made.height())
    made.show()
    made.setFocus()
    return made


def commit(edit: FilterEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


@pytest.mark.parametrize(
    "text",
    [
        "from:chloe refund",
        "tag:Rückerstattungsbestätigung größe",
        "from:محمد استرداد",
        "subject:返金 東京",
        "🙂🙂 tag:vip 🙂",
        "tag:“on hold” x",
    ],
)
def test_every_script_is_typed_and_its_conditions_stand_on_a_ground(edit: FilterEdit, qtbot, text: str) -> None:
    with qtbot.waitSignal(edit.edited) as told:
        commit(edit, text)
    assert told.args == [text]
    assert edit.text() == text
    assert edit.cursor_position == len(text)
    edit.viewport().repaint()
    assert len(edit.grounds()) == 1
    ground = edit.grounds()[0]
    assert ground.width() > 10
    assert edit.viewport().rect().toRectF().intersects(ground)


def test_places_are_characters_whatever_stands_before_them(edit: FilterEdit) -> None:
    commit(edit, "🙂 has:fil 退款")
    edit.set_mistake(Span(6, 9))
    edit.replace(6, 9, "file")
    assert edit.text() == "🙂 has:file 退款"
    assert edit.cursor_position == 10


def test_a_paste_of_several_lines_is_one_line(edit: FilterEdit) -> None:
    data = QMimeData()
    data.setText("refund\r\nnot received\n")
    edit.insertFromMimeData(data)
    assert edit.text() == "refund not received"


def test_what_was_emptied_comes_back_by_undo(edit: FilterEdit, qtbot) -> None:
    commit(edit, "from:chloe refund")
    edit.set_text("")
    assert edit.text() == ""
    with qtbot.waitSignal(edit.edited) as told:
        edit.undo()
    assert told.args == ["from:chloe refund"]


def test_enter_down_tab_and_escape_are_told_and_type_nothing(edit: FilterEdit, qtbot) -> None:
    commit(edit, "x")
    for key, signal in (
        (Qt.Key.Key_Return, edit.submitted),
        (Qt.Key.Key_Down, edit.down),
        (Qt.Key.Key_Escape, edit.escaped),
        (Qt.Key.Key_Tab, edit.tab_pressed),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(edit, key)
    assert edit.text() == "x"
