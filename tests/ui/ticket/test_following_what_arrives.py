"""What arrives and what is sent is seen, wherever the conversation was opened."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from tests.helpers.ui_threads import long_thread, message, now, own, thread

from deskhand.domain.threads import Delivery, Option, Resolution
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.thread_model import ThreadView

BOX_HEIGHT = 320
LINES = "A line of a letter. " * 12


@pytest.fixture
def talk(qtbot) -> Conversation:
    made = Conversation(now=now)
    qtbot.addWidget(made)
    made.resize(480, BOX_HEIGHT)
    made.show()
    return made


def card(talk: Conversation, name: str) -> MessageCard | None:
    found = [c for c in talk.viewport().findChildren(MessageCard) if c.isVisible() and c.message.id == name]
    return found[0] if found else None


def lies_in_view(talk: Conversation, widget: QWidget) -> bool:
    top = widget.mapTo(talk.viewport(), widget.rect().topLeft()).y()
    return top >= 0 and top + widget.height() <= talk.viewport().height()


def button(owner: QWidget, text: str) -> QAbstractButton:
    return next(b for b in owner.findChildren(QAbstractButton) if b.text() == text)


def with_more(view: ThreadView, *more) -> ThreadView:
    return replace(view, messages=(*view.messages, *more))


def test_a_held_back_reply_shows_its_buttons_where_an_unread_message_was_opened(talk):
    view = thread(message(1, LINES), first_unread="m1")
    talk.set_thread(view)
    waiting = own(2, Delivery.HELD, text="It comes on Friday.")
    talk.set_thread(with_more(view, waiting))
    asked = own(
        2,
        Delivery.NEEDS_DECISION,
        text="It comes on Friday.",
        problem="A newer message arrived since you wrote this, so it was not sent. Read that one first.",
        stopped_by="m3",
        options=(Option(Resolution.AGAIN, "Send anyway"),),
    )
    talk.set_thread(with_more(view, message(3, "I have cancelled the order."), asked))
    held = card(talk, "m2")
    assert held is not None
    assert lies_in_view(talk, button(held, "Send anyway"))


def test_what_was_just_sent_is_shown_although_older_messages_were_read(talk):
    view = long_thread(30)
    talk.set_thread(view)
    talk.to_message("m3")
    talk.set_thread(with_more(view, own(99, Delivery.HELD, text="It comes on Friday.")))
    sent = card(talk, "m99")
    assert sent is not None
    assert lies_in_view(talk, sent)


def test_a_message_that_arrives_below_a_conversation_seen_whole_is_shown(talk):
    view = thread(message(1, "Where is it?"), first_unread="m1")
    talk.set_thread(view)
    for number in range(2, 6):
        view = with_more(view, message(number, LINES))
        talk.set_thread(view)
    newest = card(talk, "m5")
    assert newest is not None
    assert lies_in_view(talk, newest)


def test_a_message_that_arrives_leaves_older_ones_that_are_read_in_place(talk):
    view = long_thread(30)
    talk.set_thread(view)
    talk.to_message("m3")
    before = talk.verticalScrollBar().value()
    talk.set_thread(with_more(view, message(99, "And?")))
    assert talk.verticalScrollBar().value() == before
    assert card(talk, "m99") is None


def test_a_reply_that_is_taken_or_refused_moves_nothing_that_is_read(talk):
    view = long_thread(30)
    talk.set_thread(with_more(view, own(99, Delivery.HELD)))
    talk.to_message("m3")
    before = talk.verticalScrollBar().value()
    for delivery in (Delivery.SENDING, Delivery.SENT):
        talk.set_thread(with_more(view, own(99, delivery)))
        assert talk.verticalScrollBar().value() == before
