"""Finding words in the conversation: typed, walked round, and left again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.helpers.child_widgets import child
from tests.helpers.ui_threads import long_thread, message, thread

from deskhand.ui.ticket.find_bar import FindBar
from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.ticket_pane import TicketPane


@pytest.fixture
def pane(qtbot) -> TicketPane:
    made = TicketPane()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.show_parts(conversation=True)
    many = long_thread(60).messages
    first, second = message("a", "The parcel from Rotterdam"), message("b", "Rotterdam again")
    made.conversation.set_thread(thread(*many[:20], first, *many[20:], second))
    return made


def bar(pane: TicketPane) -> FindBar:
    return child(pane, FindBar)


def type_text(pane: TicketPane, text: str) -> QLineEdit:
    assert pane.begin_find()
    line = child(bar(pane), QLineEdit)
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, text)
    return line


def places(pane: TicketPane) -> dict[str, int]:
    """Where each message in view begins, in pixels below the top of the view; the scroll value alone depends on the fonts."""
    view = pane.conversation.viewport()
    cards = [card for card in view.findChildren(MessageCard) if card.visibleRegion().boundingRect().isValid()]
    return {card.message.id: card.mapTo(view, QPoint(0, 0)).y() for card in cards}


def test_words_are_counted_while_they_are_typed_and_enter_goes_round(pane: TicketPane) -> None:
    line = type_text(pane, "rotterdam")
    assert bar(pane).found_text.endswith("of 2")
    before = bar(pane).found_text
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert bar(pane).found_text != before
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar(pane).found_text == before
    QTest.keyClicks(line, " nowhere")
    assert bar(pane).found_text == "not found"


def test_esc_ends_it_marks_nothing_any_more_and_gives_the_keyboard_back(pane: TicketPane) -> None:
    line = type_text(pane, "rotterdam")
    told: list[tuple[int, int]] = []
    pane.conversation.found.connect(lambda count, at: told.append((count, at)))
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert bar(pane).isHidden()
    assert pane.conversation.hasFocus()
    assert told[-1] == (0, 0)


def test_a_change_of_the_conversation_counts_anew_and_leaves_what_is_read_where_it_is(pane: TicketPane) -> None:
    type_text(pane, "rotterdam")
    pane.conversation.verticalScrollBar().setValue(150)
    before = places(pane)
    shown = pane.conversation.shown
    assert shown is not None
    pane.conversation.set_thread(thread(*shown.messages, message("c", "Rotterdam for the third time")))
    assert bar(pane).found_text.endswith("of 3")
    assert before
    assert places(pane).items() >= before.items()


def test_another_ticket_is_not_searched(pane: TicketPane) -> None:
    type_text(pane, "rotterdam")
    pane.end_find()
    assert bar(pane).isHidden()
    pane.show_nothing()
    assert not pane.begin_find()
