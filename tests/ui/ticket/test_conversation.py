"""The conversation as an agent meets it: what it says, what it keeps in place, and what it never does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from tests.helpers.child_widgets import child
from tests.helpers.narrowing import not_none
from tests.helpers.pointer import double_click, move_pointer
from tests.helpers.ui_driver import tool_tip_of
from tests.helpers.ui_threads import KEY, NOW, long_thread, message, now, own, thread

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import (
    Attachment,
    Delivery,
    HistoryEntry,
    Message,
    Option,
    Picture,
    Resolution,
    Side,
    Visibility,
)
from deskhand.domain.tickets import Person
from deskhand.ui.kit.theme import Appearance, Choice, palette
from deskhand.ui.kit.tokens import DARK, LIGHT
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.ticket.conversation import Conversation
from deskhand.ui.ticket.conversation_cards import MAX_CARDS
from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.message_document import MessageDocument

OTHER = TicketKey(AccountId("mk"), "tic_2")


@pytest.fixture
def talk(qtbot) -> Iterator[Conversation]:
    made = Conversation(now=now)
    qtbot.addWidget(made)
    made.resize(620, 700)
    made.show()
    yield made
    assert MessageDocument.foreign == 0


def cards(talk: Conversation) -> list[MessageCard]:
    seen = [card for card in talk.viewport().findChildren(MessageCard) if card.isVisible()]
    return sorted(seen, key=lambda card: card.y())


def card(talk: Conversation, number: int | str) -> MessageCard:
    return next(c for c in cards(talk) if c.message.id == f"m{number}")


def buttons(widget: QWidget) -> dict[str, QAbstractButton]:
    return {b.accessibleName() or b.text(): b for b in widget.findChildren(QAbstractButton) if b.isVisible()}


def shown_text(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def speaks(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def darkest(widget: QWidget) -> int:
    image = widget.grab().toImage()
    return min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))


def at_end(talk: Conversation) -> bool:
    return talk.verticalScrollBar().value() == talk.verticalScrollBar().maximum()


def test_stepping_through_no_messages_leads_nowhere(talk) -> None:
    talk.set_thread(thread())
    talk.step(1)
    talk.step(-1)
    assert not cards(talk)


def test_without_a_ticket_it_teaches(talk: Conversation) -> None:
    assert talk.empty.isVisible()
    assert "Choose a ticket" in shown_text(talk)
    talk.set_thread(thread(message(1)))
    assert not talk.empty.isVisible()


def test_it_can_be_made_inside_a_window_with_another_font_and_palette(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    font = window.font()
    font.setPixelSize(31)
    window.setFont(font)
    window.setPalette(palette(DARK))
    inside = Conversation(window, now=now)
    inside.set_thread(thread(message(1)))
    inside.resize(500, 400)
    window.show()
    assert cards(inside)[0].body.font().pixelSize() == 31


def test_a_screen_reader_finds_it_by_name_and_each_message_whole(talk: Conversation) -> None:
    talk.set_thread(thread(message(1, "Hello, help me with my invoice please.")))
    assert speaks(talk) == "Conversation"
    body = card(talk, 1).body
    assert QAccessible.queryAccessibleInterface(body).role() is QAccessible.Role.StaticText
    assert speaks(body).startswith("John Appleseed, customer")
    assert speaks(body).endswith("Hello, help me with my invoice please.")


def test_notes_are_named_and_coloured_as_notes(talk: Conversation, light: Appearance) -> None:
    local = message(1, side=Side.AGENT, visibility=Visibility.LOCAL, mine=True)
    internal = message(2, side=Side.AGENT, visibility=Visibility.INTERNAL, author=Person("Tom Okafor"))
    reply = message(3, side=Side.AGENT)
    talk.set_thread(thread(local, internal, reply))
    assert "note on this computer, not sent to Mijn Klantportaal" in speaks(card(talk, 1))
    assert "note, colleagues only" in speaks(card(talk, 2))
    assert "to John Appleseed" in speaks(card(talk, 3))
    grounds = [c.grab().toImage().pixelColor(c.width() // 2, c.height() - 4).name() for c in cards(talk)]
    assert grounds == [LIGHT.note, LIGHT.note, LIGHT.agent]
    light.choose(Choice.DARK)
    grounds = [c.grab().toImage().pixelColor(c.width() // 2, c.height() - 4).name() for c in cards(talk)]
    assert grounds == [DARK.note, DARK.note, DARK.agent]


def test_an_unsent_reply_counts_down_and_is_undone(talk: Conversation, qtbot) -> None:
    times = [NOW]
    talk._now = lambda: times[0]
    talk.set_thread(thread(message(1), own(2, Delivery.HELD, undo_until=NOW + timedelta(seconds=6))))
    assert "sending in 6 s" in speaks(card(talk, 2))
    times[0] = NOW + timedelta(seconds=2)
    talk._tick()
    assert not_none(card(talk, 2)._delivery_status).label == "sending in 4 s"
    with qtbot.waitSignal(talk.undo_requested) as told:
        buttons(card(talk, 2))["Undo"].click()
    assert told.args == ["c2"]


def test_a_reply_that_needs_a_decision_offers_what_is_allowed_and_each_answer_is_told(
    talk: Conversation, qtbot
) -> None:
    options = (
        Option(Resolution.AGAIN, "Send again"),
        Option(Resolution.WAS_SENT, "It was sent"),
        Option(Resolution.DRAFT, "Back to draft"),
    )
    talk.set_thread(thread(own(1, Delivery.NEEDS_DECISION, problem="It may have been sent.", options=options)))
    shown = buttons(card(talk, 1))
    assert list(shown) == ["Send again", "It was sent", "Back to draft"]
    assert "It may have been sent." in shown_text(card(talk, 1))
    for words, answer in zip(shown, (Resolution.AGAIN, Resolution.WAS_SENT, Resolution.DRAFT), strict=True):
        with qtbot.waitSignal(talk.resolved) as told:
            shown[words].click()
        assert told.args == ["c1", answer]


def test_a_reply_that_a_newer_message_stopped_shows_that_message(talk: Conversation, qtbot) -> None:
    newer = message("new", "Never mind, it works.")
    stopped = own(1, Delivery.NEEDS_DECISION, options=(Option(Resolution.AGAIN, "Send anyway"),), stopped_by=newer.id)
    talk.set_thread(thread(newer, *(message(n, "Later words. " * 300) for n in range(2, 6)), stopped))
    assert list(buttons(card(talk, 1))) == ["Show it", "Send anyway"]
    assert newer.id not in {c.message.id for c in cards(talk)}
    buttons(card(talk, 1))["Show it"].click()
    assert card(talk, "new").y() >= 0


def test_what_only_the_agent_said_was_sent_is_marked_so(talk: Conversation) -> None:
    talk.set_thread(thread(own(1, Delivery.SENT, unconfirmed=True), own(2, Delivery.SENT)))
    assert "you said it was sent" in speaks(card(talk, 1))
    assert "you said it was sent" not in speaks(card(talk, 2))


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        (Delivery.QUEUED, "waiting to be sent"),
        (Delivery.SENDING, "sending"),
        (Delivery.UNKNOWN, "checking whether it arrived"),
    ],
)
def test_what_is_on_its_way_says_how_far_it_is(talk: Conversation, delivery: Delivery, words: str) -> None:
    talk.set_thread(thread(own(1, delivery)))
    assert words in speaks(card(talk, 1))


def test_quotes_are_folded_until_asked_for(talk: Conversation) -> None:
    talk.set_thread(thread(message(1, html="<p>Thanks.</p>", quote="<p>You wrote: hello</p>")))
    before = card(talk, 1).height()
    buttons(card(talk, 1))["Show quoted text"].click()
    assert card(talk, 1).height() > before
    assert card(talk, 1).bodies[1].document.toPlainText() == "You wrote: hello"
    buttons(card(talk, 1))["Hide quoted text"].click()
    assert card(talk, 1).height() == before


def test_a_signature_is_in_sight_below_the_words_in_quieter_letters(talk: Conversation) -> None:
    signed = message(1, html="<p>Thanks.</p>", signature="<p>--<br>John, Rotterdam</p>", quote="<p>hello</p>")
    talk.set_thread(thread(signed))
    words, signature = card(talk, 1).bodies
    assert signature.document.toPlainText() == "--\nJohn, Rotterdam"
    assert words.geometry().bottom() < signature.geometry().top() < buttons(card(talk, 1))["Show quoted text"].y()
    assert darkest(words) < darkest(signature)


def test_words_in_a_signature_are_found_without_unfolding_the_quote(talk: Conversation) -> None:
    signature = "<p>John, Rotterdam</p>"
    text = "Thanks.\n-- \nJohn, Rotterdam"
    talk.set_thread(thread(message(1, text, html="<p>Thanks.</p>", signature=signature, quote="<p>hello</p>")))
    assert talk.look_for("Rotterdam") == 1
    assert card(talk, 1).highlight("Rotterdam") == 1
    assert "Show quoted text" in buttons(card(talk, 1))


def test_all_quotes_are_unfolded_and_folded_together(talk: Conversation) -> None:
    talk.set_thread(thread(*(message(n, html="<p>Thanks.</p>", quote="<p>hello</p>") for n in range(3)), message(9)))
    talk.toggle_quotes()
    assert [len(c.bodies) for c in cards(talk)] == [2, 2, 2, 1]
    buttons(card(talk, 1))["Hide quoted text"].click()
    talk.toggle_quotes()
    assert [len(c.bodies) for c in cards(talk)] == [1, 1, 1, 1]
    assert talk.shown is not None
    assert talk.shown.key == KEY


def test_remote_images_are_blocked_counted_and_shown_once_on_demand(talk: Conversation, qtbot) -> None:
    remote = tuple(Picture(n, "remote", f"https://cdn.example.com/{n}.png", "cdn.example.com") for n in range(2))
    html = '<p>Look: <img src="x-img:0"><img src="x-img:1"></p>'
    talk.set_thread(thread(message(1, html=html, pictures=remote)))
    assert "2 remote images from cdn.example.com were not loaded." in shown_text(card(talk, 1))
    with qtbot.waitSignal(talk.pictures_requested) as told:
        buttons(card(talk, 1))["Show once"].click()
    assert told.args == ["m1"]
    red = QImage(60, 60, QImage.Format.Format_RGB32)
    red.fill("#ff0000")
    talk.set_pictures("m1", {0: red, 1: red})
    assert "Show once" not in buttons(card(talk, 1))
    shot = card(talk, 1).body.grab().toImage()
    assert "#ff0000" in {
        shot.pixelColor(x, y).name() for x in range(0, shot.width(), 5) for y in range(0, shot.height(), 5)
    }
    talk.set_thread(thread(message(9), key=OTHER))
    talk.set_thread(thread(message(1, html=html, pictures=remote)))
    assert "Show once" in buttons(card(talk, 1))  # once means once


def test_a_message_too_long_to_be_shown_is_offered_whole(talk: Conversation, qtbot) -> None:
    talk.set_thread(thread(message(1, html="<p>The beginning</p>", truncated=True)))
    assert "The rest of this message is not shown." in shown_text(card(talk, 1))
    with qtbot.waitSignal(talk.text_requested) as told:
        buttons(card(talk, 1))["Open it all as text"].click()
    assert told.args == ["m1"]


def test_a_messages_own_images_are_asked_for_when_it_comes_into_view(talk: Conversation, qtbot) -> None:
    own_image = message(1, html='<p><img src="x-img:0"></p>', pictures=(Picture(0, "cid", "logo@1"),))
    with qtbot.waitSignal(talk.inline_requested) as told:
        talk.set_thread(thread(own_image))
    assert told.args == ["m1"]
    assert "remote" not in shown_text(card(talk, 1))


def test_files_are_opened_and_saved_by_name(talk: Conversation, qtbot) -> None:
    files = (Attachment("a1", "Screenshot.png", 1229), Attachment("a2", "<b>evil</b>.html", None))
    talk.set_thread(thread(message(1, attachments=files)))
    shown = buttons(card(talk, 1))
    with qtbot.waitSignal(talk.attachment_open_requested) as told:
        shown["Open Screenshot.png"].click()
    assert told.args == ["m1", "a1"]
    with qtbot.waitSignal(talk.attachment_save_requested) as told:
        shown["Save <b>evil</b>.html"].click()
    assert told.args == ["m1", "a2"]
    assert "1.2 kB" in shown_text(card(talk, 1))


def test_of_thousands_of_files_some_are_drawn_and_each_can_be_found_and_saved(talk: Conversation, qtbot) -> None:
    files = tuple(Attachment(f"a{number}", f"page {number}.pdf") for number in range(2000))
    talk.set_thread(thread(message(1, attachments=files)))
    shown = buttons(card(talk, 1))
    assert len([name for name in shown if name.startswith("Open")]) == 20
    shown["Show 1980 more"].click()
    popup = next(one for one in talk.findChildren(ChoicePopup) if one.isVisible())
    QTest.keyClicks(popup._line, "page 1999")
    with qtbot.waitSignal(talk.attachment_save_requested) as told:
        QTest.keyClick(popup._line, Qt.Key.Key_Return)
    assert told.args == ["m1", "a1999"]


def test_where_files_cannot_be_fetched_no_button_pretends_so(talk: Conversation) -> None:
    files = (Attachment("a1", "Screenshot.png"),)
    talk.set_thread(thread(message(1, attachments=files), download_reason="This vendor's API does not hand out files."))
    assert buttons(card(talk, 1)) == {}
    assert "Screenshot.png" in shown_text(card(talk, 1))


def test_history_and_days_stand_quietly_between_the_messages(talk: Conversation) -> None:
    view = thread(
        message(1, created_at=NOW - timedelta(days=1)),
        message(2),
        history=(HistoryEntry(NOW - timedelta(hours=3), "status changed to Pending", "Sanne"),),
    )
    talk.set_thread(view)
    words = shown_text(talk)
    assert "Yesterday" in words
    assert "Today" in words
    assert "status changed to Pending · Sanne" in words


def link_point(talk: Conversation, number: int) -> QPoint:
    body = card(talk, number).body
    for x in range(0, body.width(), 3):
        if body.link_at(QPoint(x, 8).toPointF())[0]:
            return QPoint(x + 4, 8)
    raise AssertionError("no link on the first line")


def test_a_link_tells_its_address_and_its_words_and_opens_nothing(talk: Conversation, qtbot) -> None:
    talk.set_thread(
        thread(message(1, html='<p>see <a href="https://evil.example/x">https://<b>bank</b>.example</a></p>'))
    )
    with qtbot.waitSignal(talk.link_activated) as told:
        QTest.mouseClick(card(talk, 1).body, Qt.MouseButton.LeftButton, pos=link_point(talk, 1))
    assert told.args == ["https://evil.example/x", "https://bank.example"]


def test_a_name_that_has_no_room_is_told_whole_to_who_points_at_the_head(talk: Conversation) -> None:
    long = "Bundesverband Deutscher Rechtsschutzversicherungsgesellschaften e. V., Widerspruchsbearbeitung, Frau Müller-Lüdenscheidt"
    talk.set_thread(thread(message(1, author=Person(long)), message(2)))
    talk.grab()
    head = QPoint(60, 16)
    assert tool_tip_of(card(talk, 2), head) == ""
    assert long in tool_tip_of(card(talk, 1), head).replace("\n", " ")


def test_text_is_marked_by_mouse_and_copied_as_plain_text(talk: Conversation) -> None:
    talk.set_thread(thread(message(1, html="<p>first <b>second</b> third</p>")))
    body = card(talk, 1).body
    QTest.mousePress(body, Qt.MouseButton.LeftButton, pos=QPoint(0, 8))
    QTest.mouseMove(body, QPoint(body.width() - 2, 8))
    QTest.mouseRelease(body, Qt.MouseButton.LeftButton, pos=QPoint(body.width() - 2, 8))
    body.clear_selection()
    double_click(body, QPoint(8, 8))
    assert body.selected_text == "first"
    QTest.keyClick(body, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first"
    QTest.keyClick(body, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(body, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first second third"
    assert not QGuiApplication.clipboard().mimeData().hasHtml()


def test_the_menu_of_a_message_copies_it_and_lists_its_links(talk: Conversation, qtbot) -> None:
    talk.set_thread(thread(message(1, html='<p>see <a href="https://example.com/a">this & that</a></p>')))
    body = card(talk, 1).body
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), body.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(body, event)
    menu = child(body, QMenu)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == ["Copy message", "Select all", "Open link: this && that (example.com)", "Copy link address"]
    actions["Copy message"].trigger()
    assert QGuiApplication.clipboard().text() == "see this & that"
    with qtbot.waitSignal(talk.link_activated) as told:
        actions["Open link: this && that (example.com)"].trigger()
    assert told.args == ["https://example.com/a", "this & that"]
    menu.close()


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_bodies_are_readable_in_both_themes(talk: Conversation, light: Appearance, choice: Choice) -> None:
    light.choose(choice)
    talk.set_thread(thread(message(1, html="<table><tr><td>WWWW</td></tr></table><blockquote>MMMM</blockquote>")))
    body = card(talk, 1).body
    shot = body.grab().toImage()
    levels = [shot.pixelColor(x, y).lightness() for x in range(40) for y in range(shot.height())]
    assert max(levels) > 190 if choice is Choice.DARK else min(levels) < 60


def test_a_ticket_that_was_read_opens_at_its_end(talk: Conversation) -> None:
    talk.set_thread(long_thread(200))
    assert at_end(talk)
    assert cards(talk)[-1].message.id == "m199"
    assert cards(talk)[-1].geometry().bottom() <= talk.viewport().height()


def test_an_unread_ticket_opens_at_its_first_unread_message_where_the_newest_is_in_view_too(talk: Conversation) -> None:
    talk.set_thread(thread(*(message(n) for n in range(40)), first_unread="m35"))
    assert card(talk, 39).geometry().bottom() <= talk.viewport().height()
    tall = [message(n, "Some words that wrap in the column. " * 60) for n in range(10)]
    talk.set_thread(thread(*tall, message(10), message(11), key=OTHER, first_unread="m10"))
    assert card(talk, 11).geometry().bottom() <= talk.viewport().height()


@pytest.mark.parametrize("newest", [1, 12, 30, 300], ids=lambda count: f"{count} sentences")
@pytest.mark.parametrize("between", [0, 3, 150])
def test_an_unread_ticket_shows_its_newest_message_from_its_beginning(
    talk: Conversation, newest: int, between: int
) -> None:
    first = [message(n, "Some words that wrap in the column. " * 20) for n in range(5 + between)]
    last = message("last", "The newest one. " + "Some words that wrap in the column. " * newest)
    talk.set_thread(thread(*first, last, first_unread="m4"))
    shown, view = card(talk, "last"), talk.viewport().height()
    assert shown.y() >= 0
    assert shown.geometry().bottom() <= view or shown.y() <= 20
    assert shown.y() < view - 60


def test_an_unread_ticket_whose_newest_entry_is_history_shows_its_newest_message(talk: Conversation) -> None:
    first = [message(n, "Some words that wrap in the column. " * 20) for n in range(9)]
    changes = tuple(HistoryEntry(NOW + timedelta(minutes=n), f"change {n}") for n in range(40))
    talk.set_thread(thread(*first, history=changes, first_unread="m1"))
    assert card(talk, 8).y() >= 0
    assert card(talk, 8).geometry().bottom() <= talk.viewport().height()


@pytest.mark.parametrize("delivery", [Delivery.NEEDS_DECISION, Delivery.FAILED])
@pytest.mark.parametrize("height", [240, 700])
def test_the_buttons_of_a_decision_are_in_view_wherever_a_tall_message_is_read(
    talk: Conversation, delivery: Delivery, height: int
) -> None:
    talk.resize(620, height)
    talk.set_thread(thread(message(0), own(1, delivery, text="Some words that wrap in the column. " * 400), message(2)))
    talk.to_message("m1")
    talk.look_for("wrap")
    talk.to_message("m1")
    bar, view = talk.verticalScrollBar(), talk.viewport()
    end = bar.maximum()
    for step in range(11):
        bar.setValue(bar.value() + (end - bar.value()) * step // 10)
        tall = card(talk, 1)
        for button in tall.findChildren(QAbstractButton):
            top = button.mapTo(view, QPoint(0, 0)).y()
            assert top >= 0
            assert top + button.height() <= view.height()
            assert button.visibleRegion().boundingRect() == button.rect()
        assert tall.geometry().bottom() > 0


def test_the_buttons_of_a_decision_lie_below_a_message_that_fits(talk: Conversation) -> None:
    talk.set_thread(thread(own(1, Delivery.NEEDS_DECISION, text="Short.")))
    tall = card(talk, 1)
    for button in tall.findChildren(QAbstractButton):
        assert button.mapTo(tall, QPoint(0, 0)).y() > tall.body.geometry().bottom()


def test_a_thousand_messages_build_only_what_is_seen(talk: Conversation) -> None:
    talk.set_thread(long_thread(1000))
    assert len(talk._cards) < 30
    bar = talk.verticalScrollBar()
    for step in range(100):
        bar.setValue(bar.maximum() * step // 100)
    assert len(talk._cards) <= MAX_CARDS + 30
    bar.setValue(0)
    assert cards(talk)[0].message.id == "m0"
    assert cards(talk)[0].y() > 0


def test_scrolling_up_through_wrong_estimates_never_jumps(talk: Conversation) -> None:
    talk.set_thread(long_thread(300))
    bar = talk.verticalScrollBar()
    for _ in range(120):
        before = {c.message.id: c.y() for c in cards(talk)}
        bar.setValue(bar.value() - 40)
        moved = {
            c.message.id: c.y() - before[c.message.id]
            for c in cards(talk)
            if c.message.id in before and -100 < c.y() < 600
        }
        assert set(moved.values()) == {40}


def test_what_is_read_stays_when_messages_arrive_above_and_below(talk: Conversation) -> None:
    view = long_thread(100)
    talk.set_thread(view)
    talk.to_message("m40")
    talk.verticalScrollBar().setValue(talk.verticalScrollBar().value() + 33)
    before = card(talk, 41).y()
    more = (
        message("early", "An older message, found later. " * 20, created_at=NOW - timedelta(days=3)),
        *view.messages,
        message("new"),
    )
    talk.set_thread(thread(*more))
    assert card(talk, 41).y() == before


def test_at_the_end_a_new_message_is_followed(talk: Conversation, qtbot) -> None:
    view = long_thread(30)
    talk.set_thread(view)
    talk.set_thread(thread(*view.messages, message("new")))
    assert at_end(talk)
    assert cards(talk)[-1].message.id == "mnew"


def test_an_unchanged_message_keeps_its_card_and_its_marked_words(talk: Conversation) -> None:
    view = thread(message(1), message(2))
    talk.set_thread(view)
    kept = card(talk, 1)
    kept.body.select_all()
    talk.set_thread(thread(message(1), message(2, "changed")))
    assert card(talk, 1) is kept
    assert kept.body.selected_text == "Message 1"
    assert card(talk, 2).body.document.toPlainText() == "changed"


def test_another_width_keeps_what_is_read(talk: Conversation) -> None:
    talk.set_thread(long_thread(100))
    talk.to_message("m40")
    talk.resize(420, 700)
    assert -5 <= card(talk, 40).y() <= 20
    talk.set_thread(long_thread(100, key=OTHER))
    talk.resize(700, 500)
    assert at_end(talk)


def test_steps_list_sync_the_messages_and_take_the_keyboard_along(talk: Conversation, qtbot) -> None:
    talk.set_thread(long_thread(60))
    talk.to_message("m20")
    talk.activateWindow()
    talk.setFocus()
    qtbot.waitUntil(talk.hasFocus)
    talk.step(1)
    first = talk.focusWidget()
    assert first is card(talk, 20).body
    talk.step(1)
    assert talk.focusWidget() is card(talk, 21).body
    talk.step(-1)
    talk.step(-1)
    assert talk.focusWidget() is card(talk, 19).body
    assert 0 <= card(talk, 19).y() <= 20


def test_when_a_message_with_the_keyboard_goes_the_conversation_takes_it(talk: Conversation, qtbot) -> None:
    talk.set_thread(thread(message(1), message(2)))
    talk.activateWindow()
    card(talk, 2).body.setFocus()
    qtbot.waitUntil(card(talk, 2).body.hasFocus)
    talk.set_thread(thread(message(1), message(2, "edited by its author")))
    assert talk.hasFocus()


def test_found_words_are_marked_and_walked_round(talk: Conversation) -> None:
    view = long_thread(80)
    wanted = (
        message("a", "The parcel from Rotterdam"),
        message("b", html="<p>nothing</p>", text="nothing", quote="<p>Rotterdam again</p>"),
    )
    talk.set_thread(thread(*view.messages[:40], wanted[0], *view.messages[40:], wanted[1]))
    told: list[tuple[int, int]] = []
    talk.found.connect(lambda count, at: told.append((count, at)))
    assert talk.look_for("rotterdam") == 2
    talk.look_on()
    assert set(told) == {(2, 1), (2, 2)}
    shown = {c.message.id: c.highlight("rotterdam") for c in cards(talk)}
    assert shown.get("ma") == 1 or shown.get("mb") == 1
    talk.look_on()
    talk.look_on()
    assert talk.look_for("") == 0
    assert told[-1] == (0, 0)


def test_found_words_in_a_folded_quote_unfold_it(talk: Conversation) -> None:
    talk.set_thread(thread(message(1, "nothing", html="<p>nothing</p>", quote="<p>Rotterdam</p>")))
    assert talk.look_for("Rotterdam") == 1
    assert len(card(talk, 1).bodies) == 2


def test_a_long_line_of_preformatted_text_wraps_and_the_rest_keeps_its_size(talk: Conversation) -> None:
    talk.set_thread(thread(message(1, html=f"<p>before</p><pre>{'log line ' * 90}</pre>")))
    body = card(talk, 1).body
    assert body.document.lay_out(body.width()).width() <= body.width() + 1
    assert body.width() <= card(talk, 1).width()


def test_every_link_says_where_it_leads_before_it_is_opened(talk: Conversation) -> None:
    html = '<p><a href="https://evil.example/x">https://bank.example</a> <a href="https://shop.example/&lt;b&gt;">shop</a></p>'
    talk.set_thread(thread(message(1, html=html)))
    body = card(talk, 1).body
    assert body.toolTip() == ""
    move_pointer(body, QPoint(12, 8))
    assert "https://evil.example/x" in body.toolTip()
    move_pointer(body, QPoint(body.width() - 2, 8))
    assert body.toolTip() == ""
    heard = QAccessible.queryAccessibleInterface(body).text(QAccessible.Text.Description)
    assert "https://bank.example → https://evil.example/x" in heard
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), body.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(body, event)
    menu = child(body, QMenu)
    tips = {action.text(): action.toolTip() for action in menu.actions() if action.text().startswith("Open link")}
    assert list(tips) == ["Open link: https://bank.example (evil.example)", "Open link: shop (shop.example)"]
    assert "<b>" not in "".join(tips.values())
    menu.close()


def test_a_link_on_a_picture_that_is_not_there_can_be_read_and_reached(talk: Conversation) -> None:
    html = '<p><a href="https://shop.example/sale"><img alt="Big sale" src="x-img:0"></a> <a href="https://x.example/"><img alt="" src="x-img:1"></a></p>'
    talk.set_thread(thread(message(1, html=html)))
    body = card(talk, 1).body
    assert body.document.toPlainText() == "[Big sale] [x.example]"
    assert body.links() == [("https://shop.example/sale", "[Big sale]"), ("https://x.example/", "[x.example]")]
    assert body.highlight("big sale") == 1


def test_a_file_that_may_only_be_saved_offers_no_opening_and_says_why(talk: Conversation) -> None:
    files = (Attachment("a", "invoice.pdf"), Attachment("b", "remote.rdp"), Attachment("c", "نامه\u200cها.pdf"))
    talk.set_thread(thread(message(1, attachments=files)))
    assert {name for name in buttons(card(talk, 1)) if name.startswith("Open ")} == {
        "Open invoice.pdf",
        "Open نامه\u200cها.pdf",
    }
    assert "Save remote.rdp" in buttons(card(talk, 1))
    chip = not_none(buttons(card(talk, 1))["Save remote.rdp"].parentWidget())
    assert "can only be saved" in chip.toolTip()


def test_changing_the_theme_recolours_links_and_keeps_the_place(talk: Conversation, light: Appearance) -> None:
    linked = tuple(message(n, html=f'<p><a href="https://example.com/{n}">link</a></p>') for n in range(60))
    talk.set_thread(thread(*linked))
    talk.to_message("m30")
    light.choose(Choice.DARK)
    body = card(talk, 30).body
    assert 0 <= card(talk, 30).y() <= 20
    colour = body.document.begin().begin().fragment().charFormat().foreground().color().name()
    assert colour == DARK.link


def test_every_label_shows_letters_only(talk: Conversation) -> None:
    evil = '<img src="file:///etc/passwd">'
    talk.set_thread(
        thread(
            message(1, author=Person(evil), attachments=(Attachment("a", evil),), notice=evil),
            own(2, Delivery.FAILED, problem=evil),
            vendor=evil,
            customer=evil,
            history=(HistoryEntry(NOW, evil, evil),),
        )
    )
    labels = talk.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert all("<img" not in label.toolTip() for label in talk.findChildren(QWidget))
    talk.grab()


def test_the_same_thread_twice_changes_nothing(talk: Conversation) -> None:
    view: tuple[Message, ...] = long_thread(50).messages
    talk.set_thread(thread(*view))
    kept = cards(talk)
    talk.set_thread(thread(*view))
    assert cards(talk) == kept
    assert talk._view is not None
    assert talk._view.key == KEY
