"""Keys that come faster than a ticket opens: what is typed is text in that ticket, and no command."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_record,
    open_ticket,
    open_tickets_with_messages,
    state_at_vendor,
    with_accounts,
)
from tests.helpers.narrowing import not_none

from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

ACCOUNT = "Retail EU"


@pytest.mark.parametrize(("key", "box"), [("R", "Reply"), ("M", "Note")])
async def test_what_is_typed_before_the_ticket_is_there_is_typed_into_it(
    server: Server, profile_setup: ProfileSetup, key: str, box: str
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        states = [state_at_vendor(server, ticket["id"]) for ticket in open_tickets_with_messages(server)]
        row = driver.list.currentIndex().row()
        step = "J" if row == 0 else "K"
        for one in (step, key, *"seen"):
            driver.key(one)
        await driver.wait_until(lambda: driver.text_edit(box).toPlainText() == "seen", "the text is there")
        assert driver.list.currentIndex().row() == (row + 1 if step == "J" else row - 1)
        assert states == [state_at_vendor(server, ticket["id"]) for ticket in open_tickets_with_messages(server)]
        driver.type(" and more")
        assert driver.text_edit(box).toPlainText() == "seen and more"
        assert QApplication.focusWidget() is driver.text_edit(box)


async def test_escape_gives_up_what_waits_for_a_ticket(server: Server, profile_setup: ProfileSetup) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        row = driver.list.currentIndex().row()
        for one in ("J" if row == 0 else "K", "R", *"seen", "Escape"):
            driver.key(one)
        await driver.wait_until(lambda: not driver.shell.ticket.is_opening)
        assert driver.text_edit("Reply").toPlainText() == ""
        assert QApplication.focusWidget() is not driver.text_edit("Reply")


async def test_what_is_typed_after_a_refused_reply_runs_no_commands(profile_setup: ProfileSetup) -> None:
    with serving(tickets=20, only=("routera",)) as box:
        server = box["routera"]
        async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
            await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
            await open_record(driver, open_plain_tickets(server)[0]["subject"])
            for begins in ("Hello, we see", "Else", "dear customer, else", "Ja, e"):
                driver.key("R")
                await driver.wait_for_text("Routera keeps records")
                for letter in begins:
                    held = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
                    QTest.keyClicks(not_none(QApplication.focusWidget()), letter, held)
                assert await driver.services.outbox.recent(200) == ()
                assert not driver.in_dialog
                assert not driver.shell.selection.is_several
                driver.key("Escape")
            driver.key("R", "M")
            driver.type("Call them")
            written = QApplication.focusWidget()
            assert isinstance(written, QPlainTextEdit | QTextEdit | QLineEdit)
            assert (written.text() if isinstance(written, QLineEdit) else written.toPlainText()) == "Call them"
