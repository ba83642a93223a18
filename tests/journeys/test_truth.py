"""What the screen says is so: news, failures, doubts, and what a vendor cannot do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, received_with_text, with_accounts
from tests.helpers.ui_driver import visible

from deskhand.domain.going_on import GoOn
from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.sandbox import Sandbox, serving

HOSTILE = '<img src="file:///etc/passwd"><b>urgent</b> &amp; <a href="javascript:x">free</a>'
PLAIN = "Nothing else."
LABEL = "<h1>Retail</h1>"
WORDS = "The parcel left us this morning."


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "mijnklantportaal")) as made:
        yield made


async def test_a_new_message_arrives_and_takes_neither_selection_nor_scroll_nor_focus(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    read = max(open_tickets_with_messages(server), key=lambda one: len(one["messages"]))
    other = next(one for one in open_tickets_with_messages(server) if one["id"] != read["id"])
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_ticket(driver, read["subject"])
        conversation = driver.find("Conversation", Conversation)  # the list shows what was said last too
        await driver.wait_until(
            lambda: any(one["text"][:10] in driver.visible_text(conversation) for one in read["messages"])
        )
        driver.list.verticalScrollBar().setValue(40)
        conversation.verticalScrollBar().setValue(7)
        driver.type_into("Reply", "I am writing")
        assert driver.focused == "Reply"
        stood = conversation.verticalScrollBar().value()
        server.add_customer_message(other["id"], "And where is the other half of it?")
        server.add_customer_message(None, "A matter of its own")
        await driver.wait_until(
            lambda: any("A matter of its own" in row for row in driver.row_texts()), "the new ticket is listed"
        )
        driver.type(" still")
        assert driver.subject == read["subject"]
        assert driver.text_edit("Reply").toPlainText() == "I am writing still"
        assert driver.focused == "Reply"
        current = driver.list.currentIndex()
        assert read["subject"] in str(current.data())
        assert conversation.verticalScrollBar().value() == stood
        longest = conversation.verticalScrollBar().maximum()
        server.add_customer_message(read["id"], "One more thing about this one")
        await driver.wait_until(
            lambda: conversation.verticalScrollBar().maximum() > longest, "it stands below what is read"
        )
        assert driver.focused == "Reply"
        assert conversation.verticalScrollBar().value() == stood


async def test_one_accounts_failure_leaves_the_other_alone_and_is_said(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    good, bad = box["nexuscore"], box["mijnklantportaal"]
    both = with_accounts((good, "Retail EU"), (bad, "Klantenservice"))
    ticket, kept = open_tickets_with_messages(good)[0], open_tickets_with_messages(bad)[0]
    async with run_on_profile(profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU") and driver.wait_synced("Klantenservice"))
        bad.faults.status(500, times=None)
        await driver.wait_for_text("1 of 2 accounts online")
        await open_ticket(driver, ticket["subject"])
        driver.type_into("Reply", WORDS)
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(good, WORDS), "the other account sends")
        assert any(kept["subject"] in row for row in driver.row_texts())
        bad.faults.clear()
        driver.key("F5")
        await driver.wait_for_text("2 of 2 accounts online")


async def in_doubt(driver: AppDriver, box: Sandbox) -> str:
    """Send a reply whose answer is lost before anything was done with it; return the ticket's id."""
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    await open_ticket(driver, ticket["subject"])
    server.faults.drop_before(times=1, methods=("POST",), path=ticket["id"])
    driver.type_into("Reply", WORDS)
    driver.press("Send")
    await driver.wait_for_text("needs you: " + WORDS)
    await driver.wait_for_text("1 in the outbox needs you")
    assert (
        "This may have been sent: NexusCore gave no clear answer, and nothing shows whether it arrived."
        in driver.visible_text()
    )
    assert not received_with_text(server, WORDS)
    return str(ticket["id"])


async def test_a_doubt_is_asked_about_and_send_again_sends_once(box: Sandbox, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await in_doubt(driver, box)
        driver.press("Send again")
        await driver.wait_for_text(f"now: {WORDS}")
        await driver.wait_until(lambda: not driver.find_all("Send again"), "nothing is asked any more")
    assert len(received_with_text(box["nexuscore"], WORDS)) == 1


async def test_a_doubt_is_asked_about_and_it_was_sent_sends_nothing(box: Sandbox, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await in_doubt(driver, box)
        driver.press("It was sent")
        await driver.wait_until(lambda: not driver.find_all("It was sent"), "nothing is asked any more")
        await driver.wait_until(lambda: "needs you" not in driver.visible_text())
    assert not received_with_text(box["nexuscore"], WORDS)


async def test_a_doubt_is_asked_about_and_back_to_draft_gives_the_text_back(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await in_doubt(driver, box)
        driver.press("Back to draft")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == WORDS, "the text is back")
        assert driver.find("Reply").isVisible()
        await driver.wait_until(lambda: "needs you" not in driver.visible_text())
    assert not received_with_text(box["nexuscore"], WORDS)


async def test_what_a_vendor_cannot_do_is_off_and_says_why(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["mijnklantportaal"]
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        profile_setup, after_sending=GoOn.STAY, before=with_accounts((server, "Klantenservice"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Klantenservice"))
        await open_ticket(driver, ticket["subject"])
        for widget in visible(driver.window, QAbstractButton):
            if not widget.isEnabled() and not widget.accessibleName().startswith("Send"):
                assert widget.toolTip() or widget.accessibleDescription(), (
                    f"{widget.accessibleName()} is off without a reason"
                )
        driver.press("More actions")
        await driver.process_events()
        assert "Mijn Klantportaal tells no address of its tickets." in driver.menu_text()
        driver.key("Esc")
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("assign to me")
        await driver.wait_for_text("Mijn Klantportaal's API offers no way to do this.")
        driver.key("Esc")


async def test_markup_in_subjects_and_names_is_shown_as_it_was_typed(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["nexuscore"]
    ticket = open_tickets_with_messages(server)[0]
    server.add_customer_message(ticket["id"], f"Look: {HOSTILE}")
    async with run_on_profile(profile_setup, before=with_accounts((server, LABEL))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABEL))
        server.add_customer_message(None, f"{HOSTILE}\n{PLAIN}")
        driver.press("All tickets")
        await driver.wait_until(
            lambda: any(HOSTILE[:20] in row for row in driver.row_texts()), "the new ticket is listed"
        )
        driver.open_row(HOSTILE[:20])
        await driver.wait_until(lambda: HOSTILE[:20] in driver.subject, "it is open")
        await driver.wait_for_text(f"now: urgent & free\n{PLAIN}")  # a line end that was typed is one
        assert driver.subject.startswith(HOSTILE)
        assert LABEL in driver.names()
        literal(driver.window)


def literal(root: QWidget) -> None:
    """No label decides by itself whether a text is markup, and no tooltip holds a foreign tag."""
    for one in root.findChildren(QLabel):
        assert one.textFormat() is Qt.TextFormat.PlainText, f"“{one.text()}” may be read as markup"
    for widget in root.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<img" not in tip, tip
        assert not QtGui.Qt.mightBeRichText(tip), tip
