"""One journey per vendor, through the window alone: add the account, sync, open, answer, change the state, and start again.

What arrived is asked of the sandbox, never of the program.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTextEdit
from tests.helpers.errands import (
    add_account,
    arrived,
    conversations,
    fill_in,
    open_record,
    open_ticket,
    signed_in,
    state_held,
    tickets_in_work,
)
from tests.helpers.narrowing import instance
from tests.helpers.running import Desk, Place, running

from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.thalamus import Server

ANSWER = "Thank you for writing. We sent a new one today: it is with you on Friday – até já."


@dataclass(frozen=True)
class Way:
    """How one vendor is met.

    Attributes:
        done: the vendor's word for the state that is chosen.
    """

    vendor: str
    label: str
    done: str


READ_AND_ANSWER = (
    Way("nexuscore", "Retail EU", "resolved"),
    Way("thena", "Platform support", "Closed"),
    Way("mijnklantportaal", "Klantenservice", "closed"),
)


def state_shown(desk: Desk) -> str:
    return desk.box("State").currentText()


@pytest.mark.parametrize("way", READ_AND_ANSWER, ids=lambda way: way.vendor)
async def test_a_ticket_is_read_answered_and_closed_and_is_still_so_after_a_restart(way: Way, tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=80, only=(way.vendor,)) as box:
        server = box[way.vendor]
        ticket = conversations(server)[0]
        first_words = ticket["messages"][0]["text"].split("\n")[0][:30]
        async with running(place, undo_seconds=1) as desk:
            await add_account(desk, server, way.label)
            await open_ticket(desk, ticket["subject"])
            await desk.until_says(first_words)
            desk.type_into("Reply", ANSWER)
            desk.press("Send")
            await desk.until(lambda: arrived(server, ANSWER), "the answer is at the vendor")
            await desk.until(lambda: f"now: {ANSWER}" in desk.words(), "the answer stands in the conversation as sent")
            desk.choose("State", way.done)
            if way.vendor == "mijnklantportaal":  # which opens a closed ticket only by a reply
                await desk.dialog("Close this ticket?")
                desk.press("Close")
            await desk.until(lambda: state_held(server, ticket["id"]) == way.done.lower(), "the state is at the vendor")
            await desk.until(lambda: not desk.find_all("Undo: State"), "the change is confirmed")
        for _ in range(2):
            async with running(place) as desk:
                await desk.until(lambda: way.label in desk.names(), "the account is there")
                await open_ticket(desk, ticket["subject"])
                await desk.until_says(ANSWER)
                assert state_shown(desk) == way.done
        assert len(arrived(server, ANSWER)) == 1
    async with running(place) as desk:
        await open_ticket(desk, ticket["subject"])
        await desk.until_says(ANSWER)
        assert first_words in desk.words()
        assert state_shown(desk) == way.done
        await desk.until_says("0 of 1 account online")


async def test_a_record_says_why_there_is_no_reply_and_moves_on_and_keeps_its_note(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=80, only=("routera",)) as box:
        server = box["routera"]
        record, other = [one for one in tickets_in_work(server) if one["state"] == "new"][:2]
        async with running(place) as desk:
            await add_account(desk, server, "Onboarding")
            await open_record(desk, record["subject"])
            assert "Routera keeps records, not conversations." in desk.words()
            assert not desk.find_all("Reply")
            assert not desk.find_all("Send")
            desk.choose("State", "in progress")
            await desk.until(lambda: state_held(server, record["id"]) == "in_progress", "the stage is at the vendor")
            desk.type_into("Note", "Call back on Monday")
            desk.key("Ctrl+Return")
            await desk.until_says("note on this computer, not sent\nCall back on Monday")
            desk.type_into("Note", "half a")
            await open_record(desk, other["subject"])
            assert desk.find("Note", QTextEdit).toPlainText() == ""
            await open_record(desk, record["subject"])
            await desk.until(lambda: desk.find("Note", QTextEdit).toPlainText() == "half a")
        for _ in range(2):
            async with running(place) as desk:
                await open_record(desk, record["subject"])
                await desk.until_says("Call back on Monday")
                assert desk.find("Note", QTextEdit).toPlainText() == "half a"
                assert state_shown(desk) == "in progress"
        assert [one["kind"] for one in server.received()] == ["change"]
    async with running(place) as desk:
        await open_record(desk, record["subject"])
        await desk.until_says("Call back on Monday")
        assert state_shown(desk) == "in progress"


async def test_what_can_only_be_written_is_made_here_and_shows_whether_it_was_confirmed(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(only=("thalamus",)) as box:
        server = instance(box["thalamus"], Server)
        async with running(place, undo_seconds=1) as desk:
            await fill_in(desk, server, "Field repairs", agent_id="AGT-42")
            assert "offers no harmless call that proves a key" in desk.words()
            desk.press("Check and add")
            await desk.until(lambda: not desk.in_dialog and "Field repairs" in desk.names())
            desk.press("New ticket")
            await desk.dialog("New ticket")
            desk.type_into("Subject, needed", "Washing machine leaks")
            desk.type_into("First message", "It leaks at the door.")
            desk.press("Create ticket")
            await desk.until(lambda: arrived(server, "It leaks at the door."), "ticket and first message are there")
            await desk.until(lambda: desk.subject == "Washing machine leaks", "the new ticket is open")
            made = next(one for one in server.received() if one["kind"] == "ticket")["ticket"]
            await desk.until(lambda: any(made in name for name in desk.names()), "it goes by its own id")
            desk.type_into("Reply", ANSWER)
            desk.press("Send")
            await desk.until(lambda: arrived(server, ANSWER), "the answer is at the vendor")
            await desk.until(lambda: f"now: {ANSWER}" in desk.words(), "the answer stands in the conversation as sent")
            desk.choose("State", "solved")
            await desk.until(lambda: state_held(server, made) == "solved", "the state is at the vendor")
            await desk.until(lambda: not desk.find_all("Undo: State"), "the change is confirmed")
        for _ in range(2):
            async with running(place) as desk:
                await open_ticket(desk, "Washing machine leaks")
                await desk.until_says(ANSWER)
                assert "It leaks at the door." in desk.words()
                assert state_shown(desk) == "solved"
        assert len(arrived(server, ANSWER)) == 1
        assert server.arrivals("ticket", made) >= 1
    async with running(place) as desk:
        await open_ticket(desk, "Washing machine leaks")
        await desk.until_says(ANSWER)
        assert state_shown(desk) == "solved"


async def test_a_new_ticket_is_followed_to_its_vendors_id_however_soon_that_comes(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=5, only=("thena",)) as box:
        server = box["thena"]
        async with running(place, before=signed_in((server, "Acme"))) as desk:
            await desk.until(lambda: desk.in_step("Acme"))
            account = desk.house.accounts.labelled("Acme")
            assert account is not None
            assert account.capabilities is not None
            needed = [one for one in account.capabilities.create_form if one.required]
            form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
            made = []
            for number in range(6):
                subject = f"Broken chair {number}"
                outcome = await desk.house.desk.create(account.id, form | {"title": subject}, subject)
                assert isinstance(outcome, Accepted)
                assert outcome.ticket is not None
                made.append(outcome.ticket)
                desk.shell.lists.open(outcome.ticket)
                await desk.until(partial(is_named, desk, subject), "it goes by its own id")
            for number, local in enumerate(made):
                desk.shell.lists.open(local)  # long since named
                await desk.until(partial(is_named, desk, f"Broken chair {number}"))


async def test_typing_goes_on_while_a_new_ticket_gets_its_vendors_id(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(only=("thalamus",)) as box:
        server = instance(box["thalamus"], Server)
        async with running(place, before=signed_in((server, "Field repairs"))) as desk:
            account = desk.house.accounts.labelled("Field repairs")
            assert account is not None
            server.faults.latency(1)
            outcome = await desk.house.desk.create(account.id, {"title": "It leaks"}, "It leaks")
            assert isinstance(outcome, Accepted)
            assert outcome.ticket is not None
            desk.shell.lists.open(outcome.ticket)
            await desk.until(lambda: desk.subject == "It leaks")
            desk.type_into("Reply", "We come on ")
            typed = 0
            while not is_named(desk, "It leaks"):
                desk.type("M")
                typed += 1
                await desk.breathe()
            desk.type("onday")
            words = f"We come on {'M' * typed}onday"
            assert typed > 1
            assert desk.focused == "Reply"
            assert desk.text("Reply").toPlainText() == words
        async with running(place) as desk:
            await open_ticket(desk, "It leaks")
            await desk.until(lambda: desk.text("Reply").toPlainText() == words, "it was kept")
            assert [draft.text for _, draft in await desk.house.drafts.all()] == [words]


def is_named(desk: Desk, subject: str) -> bool:
    view = desk.shell.ticket.current()
    return desk.subject == subject and view is not None and not view.ticket.key.is_local
