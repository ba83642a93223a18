"""Nothing typed is lost, nothing leaves before its time, and what is for colleagues never reaches the customer."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QLineEdit
from tests.helpers.errands import arrived, conversations, open_ticket, signed_in, state_held
from tests.helpers.running import Desk, Place, running
from tests.journeys.typing_session import WORDS

from deskhand.domain.commands import SendReply
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

ACCOUNT = "Retail EU"


def writes(server: Server) -> int:
    """Return how many requests wanted to change something."""
    return sum(
        sum(statuses.values())
        for endpoint, statuses in server.counts().items()
        if not endpoint.startswith("GET") and "token" not in endpoint
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
async def test_a_draft_is_back_after_a_kill_within_a_second(server: Server, place: Place) -> None:
    ticket = conversations(server)[0]
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
    process = subprocess.Popen(  # noqa: ASYNC220 - it starts in milliseconds, and nothing else runs meanwhile
        [sys.executable, "-m", "tests.journeys.typing_session", str(place.folder), ticket["subject"]],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin:
        json.dump(place.vault._items, process.stdin)
    try:
        assert process.stdout.readline() == "typed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    async with running(place) as desk:
        await open_ticket(desk, ticket["subject"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == WORDS, "the draft is back")
        assert writes(server) == 0


async def test_undo_brings_back_text_caret_and_files_and_sends_no_byte(
    server: Server, place: Place, tmp_path: Path
) -> None:
    subject = conversations(server)[0]["subject"]
    invoice = tmp_path / "invoice.pdf"
    invoice.write_bytes(b"%PDF-1.7 a small invoice")
    words = "Dear customer,\nhere is the invoice 🧡 you asked for."
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, subject)
        desk.type_into("Reply", words)
        copied = QMimeData()
        copied.setUrls([QUrl.fromLocalFile(str(invoice))])
        QApplication.clipboard().setMimeData(copied)
        desk.key("Ctrl+V")
        await desk.until(lambda: any("invoice.pdf" in name for name in desk.names()), "the file is at the draft")
        await desk.until(desk.find("Send").isEnabled, "it can be sent")
        desk.click(desk.text("Reply"))
        desk.key("Ctrl+End", "Left", "Left", "Left")
        caret = desk.text("Reply").textCursor().position()
        desk.press("Send")
        await desk.until(lambda: not desk.text("Reply").toPlainText(), "the message is on its way")
        assert desk.focused == "Conversation"
        await desk.breathe()
        assert "invoice.pdf" not in desk.words(desk.find("Reply box"))
        await desk.until_says("Sending in")
        desk.press("Undo", within="Status")
        await desk.until(lambda: desk.text("Reply").toPlainText(), "the draft is back")
        assert desk.text("Reply").toPlainText() == words
        assert desk.text("Reply").textCursor().position() == caret
        assert "invoice.pdf" in desk.words(desk.find("Reply box"))
        assert writes(server) == 0
    async with running(place) as desk:
        await open_ticket(desk, subject)
        await desk.until(lambda: desk.text("Reply").toPlainText() == words, "the draft is kept")
        assert writes(server) == 0


async def test_control_enter_sends_once_and_the_conversation_says_so(server: Server, place: Place) -> None:
    subject = conversations(server)[0]["subject"]
    async with running(place, undo_seconds=1, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, subject)
        desk.type_into("Reply", "It is on its way.")
        await desk.until_says("draft saved")
        desk.key("Ctrl+Return")
        desk.key("Ctrl+Return")
        assert "draft saved" not in desk.words(), "the box is empty now"
        await desk.until_says("sending in 1 s: It is on its way.")
        assert desk.text("Reply").toPlainText() == ""
        await desk.until(lambda: arrived(server, "It is on its way."))
        await desk.until_says("just now: It is on its way.")
    assert len(arrived(server, "It is on its way.")) == 1


async def test_send_and_set_state_sets_it_after_the_message(server: Server, place: Place) -> None:
    ticket = conversations(server)[0]
    async with running(place, undo_seconds=1, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, ticket["subject"])
        desk.type_into("Reply", "Solved, we hope.")
        desk.press("Send and set state")
        await desk.breathe()
        desk.menu("Send and set resolved")
        await desk.until(lambda: state_held(server, ticket["id"]) == "resolved", "the state is set")
        assert desk.box("State").currentText() == "resolved"
    kinds = [one["kind"] for one in server.received()]
    assert kinds == ["message", "change"]


async def test_reply_and_note_are_two_drafts_and_each_ticket_keeps_its_own(server: Server, place: Place) -> None:
    first, second = conversations(server)[:2]
    async with running(place, undo_seconds=1, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, first["subject"])
        desk.type_into("Reply", "Dear customer")
        desk.key("Ctrl+Shift+M")
        assert desk.focused == "Note"
        desk.type("she is angry")
        await open_ticket(desk, second["subject"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == "")
        assert desk.text("Note").toPlainText() == ""
        desk.key("R")
        await desk.breathe()
        desk.type_into("Reply", "Other words")
        await open_ticket(desk, first["subject"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Dear customer")
        assert desk.text("Note").toPlainText() == "she is angry"
        await open_ticket(desk, second["subject"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Other words")
        await open_ticket(desk, first["subject"])
        await desk.until(lambda: desk.text("Note").toPlainText() == "she is angry")
        desk.type_into("Reply", ".")
        desk.key("Ctrl+Return")
        await desk.until(lambda: arrived(server, "customer"))
        assert desk.text("Note").toPlainText() == "she is angry"
    assert [one["text"] for one in server.received()] == ["Dear customer."]
    assert "angry" not in str(server.received())


async def test_what_is_sent_while_the_list_moves_on_goes_to_the_ticket_it_was_written_for(
    server: Server, place: Place
) -> None:
    first, second = conversations(server)[:2]
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        for number, (here, there) in enumerate([(first, second), (second, first)] * 3):
            await open_ticket(desk, here["subject"])
            desk.type_into("Reply", f"For {here['id']} alone, {number}.")
            desk.open_row(there["subject"])
            for _ in range(number):
                await desk.breathe()
            if desk.text("Reply").toPlainText():
                desk.press("Send")
        await desk.until(lambda: not desk.house.views.overview().outbox_open, "everything is sent")
        for ticket in (first, second):
            await open_ticket(desk, ticket["subject"])
            await desk.breathe()
            kept = desk.text("Reply").toPlainText()
            assert not kept or f"For {ticket['id']} alone" in kept
    sent = server.received()
    assert sent
    assert all(f"For {one['ticket']} alone" in one["text"] for one in sent)


async def test_a_form_of_a_new_ticket_that_was_closed_by_accident_is_still_filled_in(
    server: Server, place: Place
) -> None:
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        desk.press("New ticket")
        await desk.dialog("New ticket")
        desk.type_into("Subject, needed", "Half a ticket")
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        desk.press("New ticket")
        await desk.dialog("New ticket")
        assert desk.find("Subject, needed", QLineEdit).text() == "Half a ticket"
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
    async with running(place) as desk:
        desk.press("New ticket")
        await desk.dialog("New ticket")
        assert desk.find("Subject, needed", QLineEdit).text() == "Half a ticket"
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
    assert writes(server) == 0


async def test_a_record_that_was_not_pushed_is_still_filled_in_each_kind_for_itself(place: Place) -> None:
    with serving(only=("thalamus",)) as box:
        async with running(place, before=signed_in((box["thalamus"], "Field repairs"))) as desk:
            await open_records(desk)
            desk.type_into("Contact id, needed", "C-7")
            desk.type_into("Name", "Casey Moore")
            desk.choose("Kind", "Organization")
            desk.type_into("Organization id, needed", "ORG-7")
            desk.key("Esc")
            await desk.until(lambda: not desk.in_dialog)
        async with running(place) as desk:
            await open_records(desk)
            assert desk.find("Name", QLineEdit).text() == "Casey Moore"
            desk.press("Push")
            await desk.until(lambda: not desk.in_dialog)
            await open_records(desk)
            assert desk.find("Contact id, needed", QLineEdit).text() == ""
            desk.choose("Kind", "Organization")
            assert desk.find("Organization id, needed", QLineEdit).text() == "ORG-7"
            desk.key("Esc")
            await desk.until(lambda: not desk.in_dialog)


async def open_records(desk: Desk) -> None:
    desk.press("More about Field repairs")
    await desk.breathe()
    desk.menu("Push a record…")
    await desk.dialog("Push a record to Field repairs")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
async def test_a_file_that_cannot_be_attached_is_named_with_the_reason_and_holds_nothing_back(
    server: Server, place: Place, tmp_path: Path
) -> None:
    pipe, film = tmp_path / "invoice.pdf", tmp_path / "film.mkv"
    os.mkfifo(pipe)
    with film.open("wb") as made:
        made.truncate(1_200_000_000)
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, conversations(server)[0]["subject"])
        desk.type_into("Reply", "Here it is.")
        for file, why in ((pipe, "it is no file but a pipe or a device."), (film, "it has 1200.0 MB, and at most")):
            copied = QMimeData()
            copied.setUrls([QUrl.fromLocalFile(str(file))])
            QApplication.clipboard().setMimeData(copied)
            desk.key("Ctrl+V")
            await desk.until_says(f"{file.name} cannot be attached: {why}")
        await desk.until(desk.find("Send").isEnabled, "the reply can be sent")
        desk.press("Send")
        await desk.until(lambda: arrived(server, "Here it is."))


async def test_who_got_a_copy_before_gets_one_again_until_the_agent_says_otherwise(
    server: Server, place: Place
) -> None:
    ticket = conversations(server)[0]
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, ticket["subject"])
        desk.type_into("Cc", "boss@example.com,")
        desk.type_into("Reply", "First.")
        desk.press("Send")
        await desk.until(lambda: arrived(server, "First."))
        await desk.until(lambda: desk.find_all("Remove boss@example.com"), "the copy is carried on")
        desk.type_into("Reply", "Second.")
        desk.press("Send")
        await desk.until(lambda: arrived(server, "Second."))
        await desk.until(lambda: desk.find_all("Remove boss@example.com"), "the copy is carried on")
        assert not await desk.house.drafts.all(), "what nobody typed is no draft"
        desk.press("Remove boss@example.com")
        desk.type_into("Reply", "Third.")
        desk.press("Send")
        await desk.until(lambda: arrived(server, "Third."))
        sent = [item.command.action for item in reversed(await desk.house.desk.outbox())]
        assert [(one.text, one.cc) for one in sent if isinstance(one, SendReply)] == [
            ("First.", ("boss@example.com",)),
            ("Second.", ("boss@example.com",)),
            ("Third.", ()),
        ]
