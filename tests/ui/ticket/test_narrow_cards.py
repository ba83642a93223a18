"""A message in a narrow conversation: who reads it is seen whole, and every answer to a question can be pressed."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.helpers.ui_threads import JANE, message, now, own, thread

from deskhand.domain.threads import Delivery, Message, Option, Resolution, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.ui.kit.theme import Appearance, ContrastChoice
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.message_card import MessageCard

ANSWERS = ("Send again", "It was sent", "Back to draft", "Discard")
OPTIONS = tuple(Option(how, words) for how, words in zip(Resolution, ANSWERS, strict=True))
LONG_NAME = Person("Dr. Maximiliane Alexandra Freifrau von und zu Hohenstein-Württemberg-Lichtenau")


def shown(qtbot, width: int, one: Message) -> MessageCard:
    talk = Conversation(now=now)
    qtbot.addWidget(talk)
    talk.resize(width, 900)
    talk.set_thread(thread(one, customer=LONG_NAME.name))
    talk.show()
    return next(card for card in talk.viewport().findChildren(MessageCard) if card.isVisible())


def place_in(card: MessageCard, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(card, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("width", [280, 400, 520, 900])
def test_every_answer_lies_on_the_card_and_on_no_other(qtbot, width) -> None:
    card = shown(
        qtbot, width, own(1, Delivery.NEEDS_DECISION, problem="Nobody can tell whether it arrived.", options=OPTIONS)
    )
    buttons = [button for button in card.findChildren(QPushButton) if button.text() in ANSWERS]
    places = [place_in(card, button) for button in buttons]
    assert len(places) == len(ANSWERS)
    assert all(card.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for i, one in enumerate(places) for other in places[:i])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"visibility": Visibility.UNSAID},
            "perhaps a note: who reads it cannot be told from Mijn Klantportaal's answer",
        ),
        ({"visibility": Visibility.LOCAL}, "note on this computer, not sent to Mijn Klantportaal"),
        ({"visibility": Visibility.INTERNAL}, "note, colleagues only"),
    ],
)
@pytest.mark.parametrize("author", [JANE, LONG_NAME])
def test_who_reads_it_is_seen_whole_beside_any_name(qtbot, values, words, author) -> None:
    card = shown(qtbot, 360, message(1, "Hello", author=author, side=Side.AGENT, **values))
    line = next(label for label in card.findChildren(QLabel) if label.text() == words)
    if line.isVisible():
        assert card.rect().contains(place_in(card, line))
        assert line.height() >= line.heightForWidth(line.width())
        assert not place_in(card, line).intersects(place_in(card, card.body))
    else:
        assert author is JANE  # beside a short name


def test_a_wide_card_keeps_who_reads_it_beside_the_name(qtbot) -> None:
    card = shown(qtbot, 900, message(1, "Hello", author=JANE, side=Side.AGENT, visibility=Visibility.UNSAID))
    assert not any(label.isVisible() for label in card.findChildren(QLabel) if label.text())


def test_in_high_contrast_a_message_of_ours_has_a_line_around_it_where_its_tint_is_gone(
    qtbot, light: Appearance
) -> None:
    light.choose_contrast(ContrastChoice.HIGH)
    try:
        card = shown(qtbot, 500, message(1, "Hello", author=JANE, side=Side.AGENT))
        image = card.grab().toImage()
        middle = image.height() // 2
        assert image.pixelColor(0, middle) != image.pixelColor(6, middle)
    finally:
        light.choose_contrast(ContrastChoice.SYSTEM)
