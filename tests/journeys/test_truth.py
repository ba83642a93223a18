"""What the screen says is so: news, failures, doubts, and what a vendor cannot do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget
from tests.helpers.errands import arrived, conversations, open_ticket, signed_in
from tests.helpers.hands import visible
from tests.helpers.running import Desk, Place, running

from deskhand_sandbox.sandbox import Sandbox, serving

HOSTILE = '<img src="file:///etc/passwd"><b>urgent</b> &amp; <a href="javascript:x">free</a>'
PLAIN = "Nothing else."
LABEL = "<h1>Retail</h1>"
WORDS = "The parcel left us this morning."


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "profile")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "mijnklantportaal")) as made:
        yield made


async def test_a_new_message_arrives_and_takes_neither_selection_nor_scroll_nor_focus(
    box: Sandbox, place: Place
) -> None:
    server = box["nexuscore"]
    read = max(conversations(server), key=lambda one: len(one["messages"]))
    other = next(one for one in conversations(server) if one["id"] != read["id"])
    async with running(place, before=signed_in((server, "Retail EU"))) as desk:
        await desk.until(lambda: desk.in_step("Retail EU"))
        await open_ticket(desk, read["subject"])
        await desk.until(lambda: any(one["text"][:10] in desk.words() for one in read["messages"]))
        desk.list.verticalScrollBar().setValue(40)
        conversation = desk.find("Conversation", QAbstractScrollArea)
        conversation.verticalScrollBar().setValue(7)
        desk.type_into("Reply", "I am writing")
        assert desk.focused == "Reply"
        stood = conversation.verticalScrollBar().value()
        server.add_customer_message(other["id"], "And where is the other half of it?")
        server.add_customer_message(None, "A matter of its own")
        await desk.until(lambda: any("A matter of its own" in row for row in desk.rows()), "the new ticket is listed")
        desk.type(" still")
        assert desk.subject == read["subject"]
        assert desk.text("Reply").toPlainText() == "I am writing still"
        assert desk.focused == "Reply"
        current = desk.list.currentIndex()
        assert read["subject"] in str(current.data())
        assert conversation.verticalScrollBar().value() == stood
        longest = conversation.verticalScrollBar().maximum()
        server.add_customer_message(read["id"], "One more thing about this one")
        await desk.until(lambda: conversation.verticalScrollBar().maximum() > longest, "it stands below what is read")
        assert desk.focused == "Reply"
        assert conversation.verticalScrollBar().value() == stood


async def test_one_accounts_failure_leaves_the_other_alone_and_is_said(box: Sandbox, place: Place) -> None:
    good, bad = box["nexuscore"], box["mijnklantportaal"]
    both = signed_in((good, "Retail EU"), (bad, "Klantenservice"))
    ticket, kept = conversations(good)[0], conversations(bad)[0]
    async with running(place, undo_seconds=0, before=both) as desk:
        await desk.until(lambda: desk.in_step("Retail EU") and desk.in_step("Klantenservice"))
        bad.faults.status(500, times=None)
        await desk.until_says("1 of 2 accounts online")
        await open_ticket(desk, ticket["subject"])
        desk.type_into("Reply", WORDS)
        desk.press("Send")
        await desk.until(lambda: arrived(good, WORDS), "the other account sends")
        assert any(kept["subject"] in row for row in desk.rows())
        bad.faults.clear()
        desk.key("F5")
        await desk.until_says("2 of 2 accounts online", seconds=40)


async def in_doubt(desk: Desk, box: Sandbox) -> str:
    """Send a reply whose answer is lost before anything was done with it; return the ticket's id."""
    server = box["nexuscore"]
    ticket = conversations(server)[0]
    await desk.until(lambda: desk.in_step("Retail EU"))
    await open_ticket(desk, ticket["subject"])
    server.faults.drop_before(times=1, methods=("POST",), path=ticket["id"])
    desk.type_into("Reply", WORDS)
    desk.press("Send")
    await desk.until_says("needs you: " + WORDS)
    await desk.until_says("1 in the outbox needs you")
    assert (
        "This may have been sent: NexusCore gave no clear answer, and nothing shows whether it arrived." in desk.words()
    )
    assert not arrived(server, WORDS)
    return str(ticket["id"])


async def test_a_doubt_is_asked_about_and_send_again_sends_once(box: Sandbox, place: Place) -> None:
    async with running(place, undo_seconds=0, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await in_doubt(desk, box)
        desk.press("Send again")
        await desk.until_says(f"now: {WORDS}")
        await desk.until(lambda: not desk.find_all("Send again"), "nothing is asked any more")
    assert len(arrived(box["nexuscore"], WORDS)) == 1


async def test_a_doubt_is_asked_about_and_it_was_sent_sends_nothing(box: Sandbox, place: Place) -> None:
    async with running(place, undo_seconds=0, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await in_doubt(desk, box)
        desk.press("It was sent")
        await desk.until(lambda: not desk.find_all("It was sent"), "nothing is asked any more")
        await desk.until(lambda: "needs you" not in desk.words())
    assert not arrived(box["nexuscore"], WORDS)


async def test_a_doubt_is_asked_about_and_back_to_draft_gives_the_text_back(box: Sandbox, place: Place) -> None:
    async with running(place, undo_seconds=0, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await in_doubt(desk, box)
        desk.press("Back to draft")
        await desk.until(lambda: desk.text("Reply").toPlainText() == WORDS, "the text is back")
        assert desk.find("Reply").isVisible()
        await desk.until(lambda: "needs you" not in desk.words())
    assert not arrived(box["nexuscore"], WORDS)


async def test_what_a_vendor_cannot_do_is_off_and_says_why(box: Sandbox, place: Place) -> None:
    server = box["mijnklantportaal"]
    ticket = conversations(server)[0]
    async with running(place, before=signed_in((server, "Klantenservice"))) as desk:
        await desk.until(lambda: desk.in_step("Klantenservice"))
        await open_ticket(desk, ticket["subject"])
        for widget in visible(desk.window, QAbstractButton):
            if not widget.isEnabled() and not widget.accessibleName().startswith("Send"):
                assert widget.toolTip() or widget.accessibleDescription(), (
                    f"{widget.accessibleName()} is off without a reason"
                )
        desk.press("More actions")
        await desk.breathe()
        assert "Mijn Klantportaal tells no address of its tickets." in desk.menu_says()
        desk.key("Esc")
        desk.key("Ctrl+K")
        await desk.dialog("Commands")
        desk.type("assign to me")
        await desk.until_says("Mijn Klantportaal's API offers no way to do this.")
        desk.key("Esc")


async def test_markup_in_subjects_and_names_is_shown_as_it_was_typed(box: Sandbox, place: Place) -> None:
    server = box["nexuscore"]
    ticket = conversations(server)[0]
    server.add_customer_message(ticket["id"], f"Look: {HOSTILE}")
    async with running(place, before=signed_in((server, LABEL))) as desk:
        await desk.until(lambda: desk.in_step(LABEL))
        server.add_customer_message(None, f"{HOSTILE}\n{PLAIN}")
        desk.press("All tickets")
        await desk.until(lambda: any(HOSTILE[:20] in row for row in desk.rows()), "the new ticket is listed")
        desk.open_row(HOSTILE[:20])
        await desk.until(lambda: HOSTILE[:20] in desk.subject, "it is open")
        await desk.until_says(f"now: urgent & free\n{PLAIN}")  # a line end that was typed is one
        assert desk.subject.startswith(HOSTILE)
        assert LABEL in desk.names()
        literal(desk.window)


def literal(root: QWidget) -> None:
    """No label decides by itself whether a text is markup, and no tooltip holds a foreign tag."""
    for one in root.findChildren(QLabel):
        assert one.textFormat() is Qt.TextFormat.PlainText, f"“{one.text()}” may be read as markup"
    for widget in root.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<img" not in tip, tip
        assert not QtGui.Qt.mightBeRichText(tip), tip
