"""Names, subjects and file names of any length: Qt lays out a bounded part, and nothing is lost for who edits or copies them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QTableWidget, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import not_none

from deskhand.domain.ids import CommandId
from deskhand.domain.threads import Attachment, Message, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import label, literal_tip
from deskhand.ui.kit.one_line import LONGEST, elided
from deskhand.ui.list.filter_menu import ChoiceMenu
from deskhand.ui.outbox.outbox_dialog import OutboxDialog, OutboxLine
from deskhand.ui.ticket.message_attachments import Attachments
from deskhand.ui.ticket.record_notes import RecordNotes
from deskhand.ui.ticket.subject_edit import SubjectEdit

LONG = {
    "words": "lorem ipsum " * 9_000,
    "one word": "w" * 100_000,
    "both directions": "aא" * 50_000,
    "marks on marks": ("z" + "\u0300\u0301\u0302" * 20) * 1_500,
    "emoji": "👩\u200d👩\u200d👧 " * 10_000,
}


def laid_out(widget: QWidget) -> list[str]:
    """Return what Qt itself holds of every label."""
    return [QLabel.text(one) for one in (widget, *widget.findChildren(QLabel)) if isinstance(one, QLabel)]


@pytest.fixture(params=list(LONG.values()), ids=list(LONG))
def text(request) -> str:
    return request.param


def test_a_line_is_cut_before_qt_measures_it_and_its_label_still_tells_all(qtbot, text: str) -> None:
    made = ElidedLabel(text)
    qtbot.addWidget(made)
    assert all(len(one) <= LONGEST for one in laid_out(made))
    assert made.text() == " ".join(text.split())
    made.resize(120, 20)
    assert made.is_cut
    assert len(made.toolTip()) < 1_500
    made.setText("short")
    assert (made.text(), QLabel.text(made)) == ("short", "short")


def test_a_label_of_many_lines_is_cut_too(qtbot, text: str) -> None:
    made = label(text, wrap=True)
    qtbot.addWidget(made)
    assert all(len(one) <= 2_000 for one in laid_out(made))
    assert made.text() == text


def test_a_tooltip_of_any_text_can_be_taken_in(text: str) -> None:
    assert len(literal_tip(text)) < 1_200


def test_a_long_subject_leaves_room_for_the_conversation_and_is_edited_whole(qtbot, text: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SubjectEdit(parent)
    made.set_subject(text)
    made.resize(600, 40)
    assert all(len(one) <= 500 for one in laid_out(made))
    assert made.text == " ".join(text.split())
    assert made.heightForWidth(600) < 400


def test_the_ending_of_a_long_file_name_is_seen(qtbot, text: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Attachments((Attachment("1", f"{text}report.pdf", 5, "application/pdf"),), "", parent)
    made.lay_out(600)
    assert all(len(one) <= LONGEST for one in laid_out(made))
    assert any(one.endswith("report.pdf") for one in laid_out(made))


def test_a_line_is_cut_to_its_width_with_the_part_that_matters(qapp) -> None:
    metrics = QFontMetrics(qapp.font())
    middle = elided("a" * 90_000 + "end.pdf", metrics, 200, Qt.TextElideMode.ElideMiddle)
    assert middle.endswith("end.pdf")
    assert metrics.horizontalAdvance(middle) <= 200
    assert elided("  one\n two ", metrics, 500) == "one two"
    assert elided("anything", metrics, -5) in ("", "…")


def test_a_note_of_ones_own_is_shown_whole_however_long(qtbot) -> None:
    text = "call her " * 2_000
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RecordNotes(parent)
    made.set_notes((Message("n1", Person(), Side.AGENT, Visibility.LOCAL, text),))
    assert text.strip() in [one.strip() for one in laid_out(made)]


def test_a_tag_of_any_length_is_offered_as_a_filter_and_means_all_of_itself(qtbot, text: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ChoiceMenu("Filter by tag", parent, one=True)
    made.set_choices((("", "Any tag"), (text, text)))
    kept = made.choice(text)
    assert len(kept.text()) <= 60
    kept.trigger()
    assert made.ticked == (text,)
    made.set_choices((("", "Any tag"), (text, text)))
    assert made.choice(text) is kept


def test_the_outbox_names_a_customer_of_any_length(qtbot, text: str) -> None:
    made = OutboxDialog(None)
    qtbot.addWidget(made)
    line = OutboxLine(
        CommandId("c1"), text, f"Retail · {text}", "waiting", "1 min", "", None, (), can_undo=False, needs_agent=False
    )
    made.set_lines((line,))
    table = child(made, QTableWidget)
    assert all(len(not_none(table.item(0, column)).text()) <= LONGEST for column in range(4))
