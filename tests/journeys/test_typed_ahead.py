"""Keys that come faster than a ticket opens: what is typed is text in that ticket, and no command."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from tests.helpers.errands import conversations, open_record, open_ticket, signed_in, state_held, tickets_in_work
from tests.helpers.narrowing import present
from tests.helpers.running import Place, running

from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

ACCOUNT = "Retail EU"


@pytest.mark.parametrize(("key", "box"), [("R", "Reply"), ("M", "Note")])
async def test_what_is_typed_before_the_ticket_is_there_is_typed_into_it(
    server: Server, place: Place, key: str, box: str
) -> None:
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, conversations(server)[0]["subject"])
        states = [state_held(server, ticket["id"]) for ticket in conversations(server)]
        row = desk.list.currentIndex().row()
        step = "J" if row == 0 else "K"
        for one in (step, key, *"seen"):
            desk.key(one)
        await desk.until(lambda: desk.text(box).toPlainText() == "seen", "the text is there")
        assert desk.list.currentIndex().row() == (row + 1 if step == "J" else row - 1)
        assert states == [state_held(server, ticket["id"]) for ticket in conversations(server)]
        desk.type(" and more")
        assert desk.text(box).toPlainText() == "seen and more"
        assert QApplication.focusWidget() is desk.text(box)


async def test_escape_gives_up_what_waits_for_a_ticket(server: Server, place: Place) -> None:
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, conversations(server)[0]["subject"])
        row = desk.list.currentIndex().row()
        for one in ("J" if row == 0 else "K", "R", *"seen", "Escape"):
            desk.key(one)
        await desk.until(lambda: not desk.shell.ticket.is_opening)
        assert desk.text("Reply").toPlainText() == ""
        assert QApplication.focusWidget() is not desk.text("Reply")


async def test_what_is_typed_after_a_refused_reply_runs_no_commands(place: Place) -> None:
    with serving(tickets=20, only=("routera",)) as box:
        server = box["routera"]
        async with running(place, before=signed_in((server, ACCOUNT))) as desk:
            await desk.until(lambda: desk.in_step(ACCOUNT))
            await open_record(desk, tickets_in_work(server)[0]["subject"])
            for begins in ("Hello, we see", "Else", "dear customer, else", "Ja, e"):
                desk.key("R")
                await desk.until_says("Routera keeps records")
                for letter in begins:
                    held = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
                    QTest.keyClicks(present(QApplication.focusWidget()), letter, held)
                assert await desk.house.desk.outbox() == ()
                assert not desk.in_dialog
                assert not desk.shell.selection.is_several
                desk.key("Escape")
            desk.key("R", "M")
            desk.type("Call them")
            written = QApplication.focusWidget()
            assert isinstance(written, QPlainTextEdit | QTextEdit | QLineEdit)
            assert (written.text() if isinstance(written, QLineEdit) else written.toPlainText()) == "Call them"
