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
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    state_at_vendor,
    with_accounts,
)
from tests.helpers.posix import make_pipe
from tests.journeys.typing_session import WORDS

from deskhand.domain.commands import SendReply
from deskhand.domain.going_on import GoOn
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
async def test_a_draft_is_back_after_a_kill_within_a_second(server: Server, profile_setup: ProfileSetup) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
    process = subprocess.Popen(  # noqa: ASYNC220 - it starts in milliseconds, and nothing else runs meanwhile
        [sys.executable, "-m", "tests.journeys.typing_session", str(profile_setup.folder), ticket["subject"]],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin:
        json.dump(profile_setup.vault._items, process.stdin)
    try:
        assert process.stdout.readline() == "typed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, ticket["subject"])
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == WORDS, "the draft is back")
        assert writes(server) == 0


async def test_undo_brings_back_text_caret_and_files_and_sends_no_byte(
    server: Server, profile_setup: ProfileSetup, tmp_path: Path
) -> None:
    subject = open_tickets_with_messages(server)[0]["subject"]
    invoice = tmp_path / "invoice.pdf"
    invoice.write_bytes(b"%PDF-1.7 a small invoice")
    words = "Dear customer,\nhere is the invoice 🧡 you asked for."
    async with run_on_profile(
        profile_setup, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, subject)
        driver.type_into("Reply", words)
        copied = QMimeData()
        copied.setUrls([QUrl.fromLocalFile(str(invoice))])
        QApplication.clipboard().setMimeData(copied)
        driver.key("Ctrl+V")
        await driver.wait_until(
            lambda: any("invoice.pdf" in name for name in driver.names()), "the file is at the draft"
        )
        await driver.wait_until(driver.find("Send").isEnabled, "it can be sent")
        driver.click(driver.text_edit("Reply"))
        driver.key("Ctrl+End", "Left", "Left", "Left")
        caret = driver.text_edit("Reply").textCursor().position()
        driver.press("Send")
        await driver.wait_until(lambda: not driver.text_edit("Reply").toPlainText(), "the message is on its way")
        assert driver.focused == "Conversation"
        await driver.process_events()
        assert "invoice.pdf" not in driver.visible_text(driver.find("Reply box"))
        await driver.wait_for_text(" leaves in ")
        driver.press("Undo", within="What you did")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText(), "the draft is back")
        assert driver.text_edit("Reply").toPlainText() == words
        assert driver.text_edit("Reply").textCursor().position() == caret
        assert "invoice.pdf" in driver.visible_text(driver.find("Reply box"))
        assert writes(server) == 0
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, subject)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == words, "the draft is kept")
        assert writes(server) == 0


async def test_control_enter_sends_once_and_the_conversation_says_so(
    server: Server, profile_setup: ProfileSetup
) -> None:
    subject = open_tickets_with_messages(server)[0]["subject"]
    async with run_on_profile(
        profile_setup, undo_seconds=1, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, subject)
        driver.type_into("Reply", "It is on its way.")
        await driver.wait_for_text("draft saved")
        driver.key("Ctrl+Return")
        driver.key("Ctrl+Return")
        assert "draft saved" not in driver.visible_text(), "the box is empty now"
        await driver.wait_for_text("sending in 1 s: It is on its way.")
        assert driver.text_edit("Reply").toPlainText() == ""
        await driver.wait_until(lambda: received_with_text(server, "It is on its way."))
        await driver.wait_for_text("just now: It is on its way.")
    assert len(received_with_text(server, "It is on its way.")) == 1


async def test_send_and_set_state_sets_it_after_the_message(server: Server, profile_setup: ProfileSetup) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        profile_setup, undo_seconds=1, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, ticket["subject"])
        driver.type_into("Reply", "Solved, we hope.")
        driver.press("Send and set state")
        await driver.process_events()
        driver.choose_from_menu("Send and set resolved")
        await driver.wait_until(lambda: state_at_vendor(server, ticket["id"]) == "resolved", "the state is set")
        assert driver.combo_box("State").currentText() == "Resolved"
    kinds = [one["kind"] for one in server.received()]
    assert kinds == ["message", "change"]


async def test_reply_and_note_are_two_drafts_and_each_ticket_keeps_its_own(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(
        profile_setup, undo_seconds=1, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, first["subject"])
        driver.type_into("Reply", "Dear customer")
        driver.key("Ctrl+Shift+M")
        assert driver.focused == "Note"
        driver.type("she is angry")
        await open_ticket(driver, second["subject"])
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "")
        assert driver.text_edit("Note").toPlainText() == ""
        driver.key("R")
        await driver.process_events()
        driver.type_into("Reply", "Other words")
        await open_ticket(driver, first["subject"])
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Dear customer")
        assert driver.text_edit("Note").toPlainText() == "she is angry"
        await open_ticket(driver, second["subject"])
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Other words")
        await open_ticket(driver, first["subject"])
        await driver.wait_until(lambda: driver.text_edit("Note").toPlainText() == "she is angry")
        driver.type_into("Reply", ".")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: received_with_text(server, "customer"))
        assert driver.text_edit("Note").toPlainText() == "she is angry"
    assert [one["text"] for one in server.received()] == ["Dear customer."]
    assert "angry" not in str(server.received())


async def test_what_is_sent_while_the_list_moves_on_goes_to_the_ticket_it_was_written_for(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = open_tickets_with_messages(server)[:2]
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        for number, (here, there) in enumerate([(first, second), (second, first)] * 3):
            await open_ticket(driver, here["subject"])
            driver.type_into("Reply", f"For {here['id']} alone, {number}.")
            driver.open_row(there["subject"])
            for _ in range(number):
                await driver.process_events()
            if driver.text_edit("Reply").toPlainText():
                driver.press("Send")
        await driver.wait_until(lambda: not driver.services.lists.overview().outbox_open, "everything is sent")
        for ticket in (first, second):
            await open_ticket(driver, ticket["subject"])
            await driver.process_events()
            kept = driver.text_edit("Reply").toPlainText()
            assert not kept or f"For {ticket['id']} alone" in kept
    sent = server.received()
    assert sent
    assert all(f"For {one['ticket']} alone" in one["text"] for one in sent)


async def test_a_form_of_a_new_ticket_that_was_closed_by_accident_is_still_filled_in(
    server: Server, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        driver.type_into("Subject, needed", "Half a ticket")
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        assert driver.find("Subject, needed", QLineEdit).text() == "Half a ticket"
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
    async with run_on_profile(profile_setup) as driver:
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        assert driver.find("Subject, needed", QLineEdit).text() == "Half a ticket"
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
    assert writes(server) == 0


async def test_a_record_that_was_not_pushed_is_still_filled_in_each_kind_for_itself(
    profile_setup: ProfileSetup,
) -> None:
    with serving(only=("thalamus",)) as box:
        async with run_on_profile(profile_setup, before=with_accounts((box["thalamus"], "Field repairs"))) as driver:
            await open_records(driver)
            driver.type_into("Contact id, needed", "C-7")
            driver.type_into("Name", "Casey Moore")
            driver.choose("Kind", "Organization")
            driver.type_into("Organization id, needed", "ORG-7")
            driver.key("Esc")
            await driver.wait_until(lambda: not driver.in_dialog)
        async with run_on_profile(profile_setup) as driver:
            await open_records(driver)
            assert driver.find("Name", QLineEdit).text() == "Casey Moore"
            driver.press("Push")
            await driver.wait_until(lambda: not driver.in_dialog)
            await open_records(driver)
            assert driver.find("Contact id, needed", QLineEdit).text() == ""
            driver.choose("Kind", "Organization")
            assert driver.find("Organization id, needed", QLineEdit).text() == "ORG-7"
            driver.key("Esc")
            await driver.wait_until(lambda: not driver.in_dialog)


async def open_records(driver: AppDriver) -> None:
    driver.press("More about Field repairs")
    await driver.process_events()
    driver.choose_from_menu("Push a record…")
    await driver.wait_for_dialog("Push a record to Field repairs")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
async def test_a_file_that_cannot_be_attached_is_named_with_the_reason_and_holds_nothing_back(
    server: Server, profile_setup: ProfileSetup, tmp_path: Path
) -> None:
    pipe, film = tmp_path / "invoice.pdf", tmp_path / "film.mkv"
    make_pipe(pipe)
    with film.open("wb") as made:
        made.truncate(1_200_000_000)
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        driver.type_into("Reply", "Here it is.")
        for file, why in ((pipe, "it is no file but a pipe or a device."), (film, "it has 1200.0 MB, and at most")):
            copied = QMimeData()
            copied.setUrls([QUrl.fromLocalFile(str(file))])
            QApplication.clipboard().setMimeData(copied)
            driver.key("Ctrl+V")
            await driver.wait_for_text(f"{file.name} cannot be attached: {why}")
        await driver.wait_until(driver.find("Send").isEnabled, "the reply can be sent")
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, "Here it is."))


async def test_who_got_a_copy_before_gets_one_again_until_the_agent_says_otherwise(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, ticket["subject"])
        driver.open_box()
        driver.type_into("Cc", "boss@example.com,")
        driver.type_into("Reply", "First.")
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, "First."))
        driver.open_box()
        await driver.wait_until(lambda: driver.find_all("Remove boss@example.com"), "the copy is carried on")
        driver.type_into("Reply", "Second.")
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, "Second."))
        driver.open_box()
        await driver.wait_until(lambda: driver.find_all("Remove boss@example.com"), "the copy is carried on")
        assert not await driver.services.drafts.all(), "what nobody typed is no draft"
        driver.press("Remove boss@example.com")
        driver.type_into("Reply", "Third.")
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, "Third."))
        sent = [item.command.action for item in reversed(await driver.services.outbox.recent(200))]
        assert [(one.text, one.cc) for one in sent if isinstance(one, SendReply)] == [
            ("First.", ("boss@example.com",)),
            ("Second.", ("boss@example.com",)),
            ("Third.", ()),
        ]
