"""Nothing typed is lost to a disk that is full, or slow."""

from functools import partial

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from tests.helpers.disk import disk, paste, standing_disk
from tests.helpers.errands import arrived, conversations, open_ticket, signed_in
from tests.helpers.running import Desk, Place, running

from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


def stands_in_reply(desk: Desk, words: str) -> bool:
    return desk.text("Reply").toPlainText() == words


async def test_a_full_disk_takes_nothing_that_was_typed(server: Server, place: Place) -> None:
    first, second = [one["subject"] for one in conversations(server)[:2]]
    words = "All of this was typed. " * 1_000
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, first)
        await disk(desk, full=True)
        paste(desk, words)
        await desk.until_says("The disk is full.")
        await open_ticket(desk, second)
        assert desk.text("Reply").toPlainText() == ""
        paste(desk, f"And {words}")
        await open_ticket(desk, first)
        assert desk.text("Reply").toPlainText() == words
        desk.press("Send")
        await desk.until(lambda: desk.text("Reply").toPlainText() == words, "what cannot be sent is still there")
        assert not server.received()
        await disk(desk, full=False)
        await desk.until_says("draft saved")
    async with running(place) as desk:
        for subject, kept in ((first, words), (second, f"And {words}")):
            await open_ticket(desk, subject)
            await desk.until(partial(stands_in_reply, desk, kept), "it was kept")
        assert not server.received()


async def test_what_was_sent_when_there_was_room_again_is_no_draft_any_more(server: Server, place: Place) -> None:
    ticket = conversations(server)[0]
    words = ("All of this was typed. " * 1_000).strip()
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, ticket["subject"])
        await disk(desk, full=True)
        paste(desk, words)
        await desk.until_says("The disk is full.")
        await disk(desk, full=False)
        desk.press("Send")
        await desk.until(lambda: arrived(server, words), "it is at the vendor")
    async with running(place) as desk:
        await open_ticket(desk, ticket["subject"])
        await desk.until_says("All of this was typed.")
        assert desk.text("Reply").toPlainText() == ""
    assert len(arrived(server, words)) == 1


@pytest.mark.parametrize("room", [True, False])
async def test_closing_on_a_full_disk_says_what_would_be_lost(server: Server, place: Place, *, room: bool) -> None:
    subject, words = conversations(server)[0]["subject"], "All of this was typed. " * 1_000
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, subject)
        await disk(desk, full=True)
        paste(desk, words)
        desk.window.close()
        await desk.until_says("What you typed could not be put on disk.")
        assert not desk.shell.closed.is_set()
        assert desk.window.isVisible()
        if room:
            await disk(desk, full=False)
            await desk.until_says("draft saved")
            await disk(desk, full=True)
            paste(desk, words)
            desk.window.close()
            await desk.until_says("What you typed could not be put on disk.")
            assert not desk.shell.closed.is_set()
            await disk(desk, full=False)
    async with running(place) as desk:
        await open_ticket(desk, subject)
        await desk.until(lambda: desk.text("Reply").toPlainText() == (2 * words if room else ""))


async def test_a_full_disk_takes_nothing_from_a_form(server: Server, place: Place) -> None:
    words = "All of this was typed. " * 1_000
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await disk(desk, full=True)
        desk.press("New ticket")
        await desk.dialog("New ticket")
        desk.find("Description, needed", QPlainTextEdit).setPlainText(words)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        desk.window.close()
        await desk.until_says("What you typed could not be put on disk.")
        await disk(desk, full=False)
    async with running(place) as desk:
        desk.press("New ticket")
        await desk.dialog("New ticket")
        assert desk.find("Description, needed", QPlainTextEdit).toPlainText() == words
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)


async def test_what_is_typed_while_a_message_is_still_being_written_stays(server: Server, place: Place) -> None:
    first, second = [one["subject"] for one in conversations(server)[:2]]
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, first)
        async with standing_disk(desk):
            desk.type_into("Reply", "This is sent.")
            desk.press("Send")
            assert desk.text("Reply").toPlainText() == ""
            desk.key("R")
            desk.type("And this is typed behind it")
            await desk.until(lambda: is_taken(desk), "it is to be written")
            desk.open_row(second)
            await desk.until(lambda: desk.subject == second and desk.text("Reply").toPlainText() == "", "nothing waits")
            desk.open_row(first)
            await desk.until(lambda: desk.text("Reply").toPlainText() == "And this is typed behind it")
            desk.open_row(second)
        await desk.until(lambda: desk.subject == second)
        await desk.until(lambda: arrived(server, "This is sent."))
        await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "And this is typed behind it")
    async with running(place) as desk:
        await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "And this is typed behind it", "it was kept")
    assert len(arrived(server, "This is sent.")) == 1


@pytest.mark.parametrize("goes_on", [True, False])
async def test_what_cannot_be_sent_comes_back_before_what_was_typed_since(
    server: Server, place: Place, *, goes_on: bool
) -> None:
    first, second = [one["subject"] for one in conversations(server)[:2]]
    words = ("All of this was typed. " * 1_000).strip()
    async with running(place, undo_seconds=0, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, first)
        await disk(desk, full=True)
        async with standing_disk(desk):
            paste(desk, words)
            desk.press("Send")
            desk.key("R")
            desk.type("Behind it")
            await desk.until(lambda: is_taken(desk), "it is to be written")
            if goes_on:
                desk.open_row(second)
                await desk.until(lambda: desk.subject == second)
        await desk.until_says("The disk is full.")
        if goes_on:
            await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == f"{words}\n\nBehind it")
        await disk(desk, full=False)
        await desk.until_says("draft saved")
    async with running(place) as desk:
        await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == f"{words}\n\nBehind it", "it was kept")
    assert not arrived(server, words)


async def test_what_is_taken_back_comes_back_before_what_was_typed_since(server: Server, place: Place) -> None:
    subject = conversations(server)[0]["subject"]
    async with running(place, undo_seconds=60, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, subject)
        desk.type_into("Reply", "Too early")
        desk.press("Send")
        await desk.until_says("Sending in")
        desk.type_into("Reply", "Behi")
        async with standing_disk(desk):
            desk.press("Undo", within="Status")
            desk.type_into("Reply", "nd it")
            await desk.until(lambda: is_taken(desk), "it is to be written")
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Too early\n\nBehind it")
    async with running(place) as desk:
        await open_ticket(desk, subject)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Too early\n\nBehind it", "it was kept")
    assert not server.received()


async def test_what_is_taken_back_is_not_written_over_by_what_is_sent_behind_it(server: Server, place: Place) -> None:
    first, second = [one["subject"] for one in conversations(server)[:2]]
    async with running(place, undo_seconds=60, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, first)
        desk.type_into("Reply", "Too early")
        desk.press("Send")
        await desk.until_says("Sending in")
        async with standing_disk(desk):
            desk.press("Undo", within="Status")
            desk.type_into("Reply", "In time")
            desk.press("Send")
            desk.open_row(second)
            await desk.until(lambda: desk.subject == second)
        await desk.until_says("Sending in")
        await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Too early")
    async with running(place) as desk:
        await open_ticket(desk, first)
        await desk.until(lambda: desk.text("Reply").toPlainText() == "Too early", "it was kept")


def is_taken(desk: Desk) -> bool:
    """Whether what is in the box was taken from it, to be written as soon as the disk goes on."""
    return not desk.shell.ticket.compose._unsaved
