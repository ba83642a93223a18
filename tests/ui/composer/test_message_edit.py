"""The text of a reply: which format a key takes on, and what an input method has not ended yet."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from tests.helpers.child_widgets import child

from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.message_edit import MessageEdit

LINK = '<p>see <a href="https://example.com/a">our help</a></p>'


@pytest.fixture
def edit(qtbot) -> Iterator[MessageEdit]:
    window = QWidget()
    qtbot.addWidget(window)
    made = MessageEdit("Reply", "Write a reply", window)
    made.allow_formatting(True)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit(window))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.setFocus()
    yield made
    window.close()


def compose(edit: QWidget, text: str) -> None:
    """Show what an input method has put together so far."""
    QApplication.sendEvent(edit, QInputMethodEvent(text, []))


def paste(edit: MessageEdit, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    edit.insertFromMimeData(data)


def come_with_an_input_method(edit: MessageEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


WAYS = {
    "keys": QTest.keyClicks,
    "pasting": paste,
    "an input method": come_with_an_input_method,
    "a canned reply": MessageEdit.insert_snippet,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_link_ends_where_its_text_ends(edit: MessageEdit, way) -> None:
    edit.set_content("see our help", LINK, 12)
    way(edit, " now")
    assert edit.html() == LINK.replace("</p>", " now</p>")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_link_begins_where_its_text_begins(edit: MessageEdit, way) -> None:
    edit.set_content("our help", '<p><a href="https://example.com/a">our help</a></p>', 0)
    way(edit, "see ")
    assert edit.html() == LINK


def test_a_line_behind_a_link_is_no_link(edit: MessageEdit) -> None:
    edit.set_content("see our help", LINK, 12)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "bye")
    assert edit.html() == LINK.replace("</p>", "<br>bye</p>")


def test_what_is_typed_inside_a_link_belongs_to_it(edit: MessageEdit) -> None:
    edit.set_content("see our help", LINK, 8)
    QTest.keyClicks(edit, "short ")
    assert edit.html() == LINK.replace("our help", "our short help")


def test_what_is_typed_instead_of_a_whole_link_is_none(edit: MessageEdit) -> None:
    edit.set_content("see our help", LINK, 4)
    edit.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClicks(edit, "the shop")
    assert edit.text() == "see the shop"
    assert edit.html() == ""


def test_between_two_links_there_is_none(edit: MessageEdit) -> None:
    two = '<p><a href="https://example.com/a">one</a><a href="https://example.com/b">two</a></p>'
    edit.set_content("onetwo", two, 3)
    QTest.keyClicks(edit, "-")
    assert edit.html() == two.replace("</a><a", "</a>-<a")


def test_the_rest_of_a_link_that_is_deleted_and_brought_back_is_a_link_again(edit: MessageEdit) -> None:
    edit.set_content("see our help", LINK, 12)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    edit.undo()
    assert edit.html() == LINK


@pytest.mark.parametrize("html", [LINK, "<p>x <b>y</b></p>", "<p><i>x</i></p>", "<ul><li><b>x</b></li></ul>"])
@pytest.mark.parametrize(("text", "kept"), [("", ""), ("Dear ", "Dear ")])
def test_a_draft_takes_no_format_over_from_the_one_before(edit: MessageEdit, html: str, text: str, kept: str) -> None:
    edit.set_content("see", html, 99)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.set_content(text, "", len(text))
    QTest.keyClicks(edit, "Anna")
    assert (edit.text(), edit.html()) == (kept + "Anna", "")


def test_bold_that_was_switched_on_and_not_used_ends_with_the_ticket(edit: MessageEdit) -> None:
    edit.toggle_bold()
    edit.set_content("", "", 0)
    QTest.keyClicks(edit, "Anna")
    assert edit.html() == ""


def test_what_is_typed_behind_a_loaded_draft_is_plain(edit: MessageEdit) -> None:
    edit.set_content("Dear Casey", "<p>Dear <b>Casey</b></p>", 10)
    QTest.keyClicks(edit, ", hi")
    assert edit.html() == "<p>Dear <b>Casey</b>, hi</p>"


def test_what_is_composed_when_the_keyboard_goes_is_part_of_the_text(edit: MessageEdit) -> None:
    QTest.keyClicks(edit, "a")
    compose(edit, "감사합니다")
    child(edit.parentWidget(), QLineEdit).setFocus()
    assert edit.text() == "a감사합니다"


def test_what_is_composed_is_part_of_the_text_once_it_is_asked_for(edit: MessageEdit) -> None:
    compose(edit, "にほん")
    assert edit.text() == ""
    finish_composition()
    assert edit.text() == "にほん"
    finish_composition()
    assert edit.text() == "にほん"


def test_a_composition_that_was_ended_or_given_up_is_not_put_in_again(edit: MessageEdit) -> None:
    compose(edit, "に")
    come_with_an_input_method(edit, "日")
    compose(edit, "ほ")
    compose(edit, "")
    finish_composition()
    assert edit.text() == "日"


def test_a_composition_goes_with_the_text_that_it_belongs_to(edit: MessageEdit) -> None:
    compose(edit, "にほん")
    edit.set_content("Dear Casey", "", 10)
    finish_composition()
    assert edit.text() == "Dear Casey"
