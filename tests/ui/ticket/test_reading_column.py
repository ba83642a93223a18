"""The reply box is one line until it is used, grows with its text, and leaves most of the height to what is read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.helpers.narrowing import not_none
from tests.helpers.pointer import move_pointer
from tests.helpers.ticket_views import view_of
from tests.helpers.ui_driver import tool_tip_of

from deskhand.domain.ids import BlobId
from deskhand.domain.threads import Draft, OutgoingFile
from deskhand.ui.composer.composer import NOTE, REPLY, Composer, ComposerState
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.ticket.ticket_pane import TicketPane

STATE = ComposerState(
    "Klantenservice", "Mijn Klantportaal", to="Casey Customer <casey@example.com>", group="Hearth & Oak"
)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)


@pytest.fixture
def pane(qtbot) -> TicketPane:
    made = TicketPane()
    qtbot.addWidget(made)
    made.header.set_view(view_of())
    made.composer.set_state(STATE)
    made.show_parts(conversation=True)
    made.resize(820, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_reading()
    return made


def box(pane: TicketPane) -> Composer:
    return pane.composer


def focused() -> QWidget:
    return not_none(QApplication.focusWidget())


def test_most_of_a_low_window_is_to_read(qtbot, pane: TicketPane) -> None:
    """616 of 720 px are to read, 436 while one writes, where a line is 16 px high; other fonts take their share."""
    lines = 3 + 3.5  # the header's one line, and that of the reply box with what is around it
    line = max(16, pane.fontMetrics().height())
    qtbot.waitUntil(lambda: pane.conversation.height() >= 720 - lines * line - 6)
    box(pane).focus_text()
    opened = 3 + 14.75
    qtbot.waitUntil(lambda: not box(pane).is_folded)
    least = min(720 - opened * line, 720 - 3 * line - box(pane).minimumSizeHint().height()) - 8
    qtbot.waitUntil(lambda: pane.conversation.height() >= least)


def test_it_opens_by_mouse_says_who_answers_and_folds_by_a_key(qtbot, pane: TicketPane) -> None:
    line = box(pane)._line
    assert box(pane).is_folded
    assert line.reply.text() == "Reply to Casey Customer"
    assert line.reply.account == "Klantenservice · Hearth & Oak"
    assert line.reply.accessibleName() == "Write a reply"
    tip = tool_tip_of(line.reply)
    assert tip.startswith("Reply to Casey Customer · Klantenservice · Hearth & Oak"), "the line cuts what is long"
    QTest.mouseClick(line.reply, Qt.MouseButton.LeftButton)
    assert not box(pane).is_folded
    assert box(pane).page.edit.hasFocus()
    pane.focus_reading()
    assert box(pane).is_folded
    QTest.mouseClick(line.note, Qt.MouseButton.LeftButton)
    assert box(pane).kind == NOTE
    assert box(pane).page.edit.hasFocus()


def test_a_text_keeps_it_open_and_what_is_sent_folds_it(pane: TicketPane) -> None:
    box(pane).choose(REPLY)
    QTest.keyClicks(focused(), "Dear Casey")
    pane.focus_reading()
    assert not box(pane).is_folded
    box(pane).set_draft(REPLY, Draft(REPLY, ""))
    assert box(pane).is_folded


@pytest.mark.parametrize(
    "draft",
    [
        Draft(REPLY, "typed"),
        Draft(NOTE, "noted"),
        Draft(REPLY, "", files=(OutgoingFile(BlobId("b1"), "invoice.pdf", 1, "application/pdf", "x"),)),
        Draft(REPLY, "", extra={"cc typed": "half@exam"}),
    ],
)
def test_a_draft_that_was_kept_opens_it(pane: TicketPane, draft: Draft) -> None:
    box(pane).set_draft(draft.kind, draft)
    assert not box(pane).is_folded
    box(pane).begin()
    assert box(pane).is_folded


def test_what_went_wrong_is_not_folded_away(pane: TicketPane) -> None:
    box(pane).show_notice(REPLY, "The file is too large.")
    assert not box(pane).is_folded
    box(pane).show_notice(REPLY, "")
    assert box(pane).is_folded


def test_folded_by_hand_the_line_says_what_stands_in_it(pane: TicketPane) -> None:
    box(pane).choose(REPLY)
    QTest.keyClicks(focused(), "Dear Casey")
    QTest.mouseClick(box(pane)._head.fold, Qt.MouseButton.LeftButton)
    assert box(pane).is_folded
    assert box(pane)._line.reply.text() == "Draft: Dear Casey"
    assert box(pane).draft(REPLY).text == "Dear Casey"
    QTest.mouseClick(box(pane)._line.reply, Qt.MouseButton.LeftButton)
    assert box(pane).page.edit.toPlainText() == "Dear Casey"


def test_it_grows_with_its_text_up_to_half(qtbot, pane: TicketPane) -> None:
    box(pane).choose(REPLY)
    low = box(pane).height()
    half = pane._reading.height() // 2
    for number in range(40):
        QTest.keyClicks(focused(), f"line {number}")
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box(pane).height() > low)
    assert box(pane).height() <= max(half, box(pane).minimumSizeHint().height())


def test_the_agent_makes_it_higher_and_that_is_kept(qtbot, pane: TicketPane) -> None:
    box(pane).choose(REPLY)
    low = box(pane).height()
    edge: QWidget = pane._reading._edge
    start = edge.rect().center()
    QTest.mousePress(edge, Qt.MouseButton.LeftButton, pos=start)
    move_pointer(edge, start - type(start)(0, 60), Qt.MouseButton.LeftButton)
    QTest.mouseRelease(edge, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box(pane).height() >= low + 30)
    beside, above = pane.layout_states()
    pane._reading.set_wish(0)
    pane.restore_layout(beside, above)
    qtbot.waitUntil(lambda: box(pane).height() >= low + 30)


def test_who_cannot_reply_is_told_why_and_can_still_note(pane: TicketPane) -> None:
    box(pane).set_state(replace(STATE, can_reply=False, reply_reason="Routera keeps records, not conversations."))
    line = box(pane)._line
    assert line.reply.text() == "Routera keeps records, not conversations."
    assert not line.reply.isEnabled()
    assert line.note.isEnabled()
