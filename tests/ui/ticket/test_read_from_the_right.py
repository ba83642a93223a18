"""In a window that is read from the right, a message's head and what belongs to it lie at the other side."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QWidget
from tests.helpers.ui_threads import message, now, own, thread

from deskhand.domain.threads import Attachment, Delivery, Message, Option, Resolution
from deskhand.ui.kit.theme import theme_of
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.message_attachments import AttachmentChip
from deskhand.ui.ticket.message_card import MessageCard

CardOf = Callable[[Message, Qt.LayoutDirection], MessageCard]


@pytest.fixture
def card_of(qtbot) -> CardOf:
    def made(one: Message, direction: Qt.LayoutDirection) -> MessageCard:
        talk = Conversation(now=now)
        qtbot.addWidget(talk)
        talk.setLayoutDirection(direction)
        talk.resize(640, 900)
        talk.set_thread(thread(one))
        talk.show()
        return next(card for card in talk.viewport().findChildren(MessageCard) if card.isVisible())

    return made


def place_in(card: MessageCard, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(card, widget.rect().topLeft()), widget.size())


def columns_of(image: QImage, colour: str) -> tuple[int, int]:
    """Return the first and the last column that has this colour."""
    wanted = QColor(colour).rgb()
    found = [x for x in range(image.width()) if any(image.pixel(x, y) == wanted for y in range(image.height()))]
    return found[0], found[-1]


@pytest.mark.parametrize(
    "one",
    [
        message(1, "Hello", attachments=(Attachment("1", "receipt.pdf"), Attachment("2", "photo.png"))),
        own(1, Delivery.HELD),
        own(1, Delivery.NEEDS_DECISION, problem="Is it there?", options=(Option(Resolution.DISCARD, "Discard"),)),
    ],
)
def test_what_belongs_to_a_message_is_mirrored(card_of: CardOf, one: Message) -> None:
    left, right = (card_of(one, way) for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft))
    for kind in (QPushButton, AttachmentChip):
        for there, here in zip(left.findChildren(kind), right.findChildren(kind), strict=True):
            if there.parentWidget() is left or kind is AttachmentChip:
                at = place_in(left, there)
                assert place_in(right, here) == QRect(
                    right.width() - at.left() - at.width(), at.top(), at.width(), at.height()
                )
    assert right.body.geometry().right() == right.width() - 1 - left.body.x()


def test_the_writers_picture_is_at_the_side_where_reading_begins(card_of: CardOf) -> None:
    one = message(1, "Hello")
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        card = card_of(one, direction)
        image = card.grab().toImage().copy(0, 0, card.width(), card.body.y())
        first, last = columns_of(image, theme_of(card.palette()).avatar)
        middle = card.width() // 2
        assert (first > middle) if direction is Qt.LayoutDirection.RightToLeft else (last < middle)
