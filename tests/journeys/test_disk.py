"""Nothing typed is lost to a disk that is full, or slow."""

from functools import partial

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, received_with_text, with_accounts
from tests.helpers.store_faults import limit_disk, paste, stalled_disk

from deskhand.domain.going_on import GoOn
from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


def is_in_reply_box(driver: AppDriver, text: str) -> bool:
    return driver.text_edit("Reply").toPlainText() == text


async def test_a_full_disk_takes_nothing_that_was_typed(server: Server, profile_setup: ProfileSetup) -> None:
    first, second = [one["subject"] for one in open_tickets_with_messages(server)[:2]]
    words = "All of this was typed. " * 1_000
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, first)
        await limit_disk(driver, full=True)
        paste(driver, words)
        await driver.wait_for_text("The disk is full.")
        await open_ticket(driver, second)
        assert driver.text_edit("Reply").toPlainText() == ""
        paste(driver, f"And {words}")
        await open_ticket(driver, first)
        assert driver.text_edit("Reply").toPlainText() == words
        driver.press("Send")
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == words, "what cannot be sent is still there"
        )
        assert not server.received()
        await limit_disk(driver, full=False)
        await driver.wait_for_text("draft saved")
    async with run_on_profile(profile_setup) as driver:
        for subject, kept in ((first, words), (second, f"And {words}")):
            await open_ticket(driver, subject)
            await driver.wait_until(partial(is_in_reply_box, driver, kept), "it was kept")
        assert not server.received()


async def test_what_was_sent_when_there_was_room_again_is_no_draft_any_more(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    words = ("All of this was typed. " * 1_000).strip()
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, ticket["subject"])
        await limit_disk(driver, full=True)
        paste(driver, words)
        await driver.wait_for_text("The disk is full.")
        await limit_disk(driver, full=False)
        driver.press("Send")
        await driver.wait_until(lambda: received_with_text(server, words), "it is at the vendor")
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, ticket["subject"])
        await driver.wait_for_text("All of this was typed.")
        assert driver.text_edit("Reply").toPlainText() == ""
    assert len(received_with_text(server, words)) == 1


@pytest.mark.parametrize("room", [True, False])
async def test_closing_on_a_full_disk_says_what_would_be_lost(
    server: Server, profile_setup: ProfileSetup, *, room: bool
) -> None:
    subject, words = open_tickets_with_messages(server)[0]["subject"], "All of this was typed. " * 1_000
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, subject)
        await limit_disk(driver, full=True)
        paste(driver, words)
        driver.window.close()
        await driver.wait_for_text("What you typed could not be put on disk.")
        assert not driver.shell.closed.is_set()
        assert driver.window.isVisible()
        if room:
            await limit_disk(driver, full=False)
            await driver.wait_for_text("draft saved")
            await limit_disk(driver, full=True)
            paste(driver, words)
            driver.window.close()
            await driver.wait_for_text("What you typed could not be put on disk.")
            assert not driver.shell.closed.is_set()
            await limit_disk(driver, full=False)
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, subject)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == (2 * words if room else ""))


async def test_a_full_disk_takes_nothing_from_a_form(server: Server, profile_setup: ProfileSetup) -> None:
    words = "All of this was typed. " * 1_000
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await limit_disk(driver, full=True)
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        driver.find("Description, needed", QPlainTextEdit).setPlainText(words)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.window.close()
        await driver.wait_for_text("What you typed could not be put on disk.")
        await limit_disk(driver, full=False)
    async with run_on_profile(profile_setup) as driver:
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        assert driver.find("Description, needed", QPlainTextEdit).toPlainText() == words
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)


async def test_what_is_typed_while_a_message_is_still_being_written_stays(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = [one["subject"] for one in open_tickets_with_messages(server)[:2]]
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, first)
        async with stalled_disk(driver):
            driver.type_into("Reply", "This is sent.")
            driver.press("Send")
            assert driver.text_edit("Reply").toPlainText() == ""
            driver.key("R")
            driver.type("And this is typed behind it")
            await driver.wait_until(lambda: is_taken(driver), "it is to be written")
            driver.open_row(second)
            await driver.wait_until(
                lambda: driver.subject == second and driver.text_edit("Reply").toPlainText() == "", "nothing waits"
            )
            driver.open_row(first)
            await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "And this is typed behind it")
            driver.open_row(second)
        await driver.wait_until(lambda: driver.subject == second)
        await driver.wait_until(lambda: received_with_text(server, "This is sent."))
        await open_ticket(driver, first)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "And this is typed behind it")
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, first)
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == "And this is typed behind it", "it was kept"
        )
    assert len(received_with_text(server, "This is sent.")) == 1


@pytest.mark.parametrize("goes_on", [True, False])
async def test_what_cannot_be_sent_comes_back_before_what_was_typed_since(
    server: Server, profile_setup: ProfileSetup, *, goes_on: bool
) -> None:
    first, second = [one["subject"] for one in open_tickets_with_messages(server)[:2]]
    words = ("All of this was typed. " * 1_000).strip()
    async with run_on_profile(
        profile_setup, undo_seconds=0, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, first)
        await limit_disk(driver, full=True)
        async with stalled_disk(driver):
            paste(driver, words)
            driver.press("Send")
            driver.key("R")
            driver.type("Behind it")
            await driver.wait_until(lambda: is_taken(driver), "it is to be written")
            if goes_on:
                driver.open_row(second)
                await driver.wait_until(lambda: driver.subject == second)
        await driver.wait_for_text("The disk is full.")
        if goes_on:
            await open_ticket(driver, first)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == f"{words}\n\nBehind it")
        await limit_disk(driver, full=False)
        await driver.wait_for_text("draft saved")
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, first)
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == f"{words}\n\nBehind it", "it was kept"
        )
    assert not received_with_text(server, words)


async def test_what_is_taken_back_comes_back_before_what_was_typed_since(
    server: Server, profile_setup: ProfileSetup
) -> None:
    subject = open_tickets_with_messages(server)[0]["subject"]
    async with run_on_profile(
        profile_setup, undo_seconds=60, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, subject)
        driver.type_into("Reply", "Too early")
        driver.press("Send")
        await driver.wait_for_text(" leaves in ")
        driver.type_into("Reply", "Behi")
        async with stalled_disk(driver):
            driver.press("Undo", within="What you did")
            driver.type_into("Reply", "nd it")
            await driver.wait_until(lambda: is_taken(driver), "it is to be written")
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Too early\n\nBehind it")
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, subject)
        await driver.wait_until(
            lambda: driver.text_edit("Reply").toPlainText() == "Too early\n\nBehind it", "it was kept"
        )
    assert not server.received()


async def test_what_is_taken_back_is_not_written_over_by_what_is_sent_behind_it(
    server: Server, profile_setup: ProfileSetup
) -> None:
    first, second = [one["subject"] for one in open_tickets_with_messages(server)[:2]]
    async with run_on_profile(
        profile_setup, undo_seconds=60, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, first)
        driver.type_into("Reply", "Too early")
        driver.press("Send")
        await driver.wait_for_text(" leaves in ")
        async with stalled_disk(driver):
            driver.press("Undo", within="What you did")
            driver.type_into("Reply", "In time")
            driver.press("Send")
            driver.open_row(second)
            await driver.wait_until(lambda: driver.subject == second)
        await driver.wait_for_text(" leaves in ")
        await open_ticket(driver, first)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Too early")
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, first)
        await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Too early", "it was kept")


def is_taken(driver: AppDriver) -> bool:
    """Whether what is in the box was taken from it, to be written as soon as the disk goes on."""
    return not driver.shell.ticket.compose._unsaved
