"""One journey per vendor, through the window alone: add the account, sync, open, answer, change the state, and start again.

What arrived is asked of the sandbox, never of the program.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    add_account,
    fill_account_dialog,
    open_plain_tickets,
    open_record,
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    state_at_vendor,
    with_accounts,
)
from tests.helpers.narrowing import instance

from deskhand.domain.going_on import GoOn
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.thalamus import Server

ANSWER = "Thank you for writing. We sent a new one today: it is with you on Friday – até já."


@dataclass(frozen=True)
class VendorJourney:
    """How one vendor is met.

    Attributes:
        done: the vendor's word for the state that is chosen.
    """

    vendor: str
    label: str
    done: str


READ_AND_ANSWER = (
    VendorJourney("nexuscore", "Retail EU", "Resolved"),
    VendorJourney("thena", "Platform support", "Closed"),
    VendorJourney("mijnklantportaal", "Klantenservice", "Closed"),
)


def state_shown(driver: AppDriver) -> str:
    return driver.combo_box("State").currentText()


@pytest.mark.parametrize("way", READ_AND_ANSWER, ids=lambda way: way.vendor)
async def test_a_ticket_is_read_answered_and_closed_and_is_still_so_after_a_restart(
    way: VendorJourney, tmp_path: Path
) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=80, only=(way.vendor,)) as box:
        server = box[way.vendor]
        ticket = open_tickets_with_messages(server)[0]
        first_words = ticket["messages"][0]["text"].split("\n")[0][:30]
        async with run_on_profile(profile_setup, undo_seconds=1, after_sending=GoOn.STAY) as driver:
            await add_account(driver, server, way.label)
            await open_ticket(driver, ticket["subject"])
            await driver.wait_for_text(first_words)
            driver.type_into("Reply", ANSWER)
            driver.press("Send")
            await driver.wait_until(lambda: received_with_text(server, ANSWER), "the answer is at the vendor")
            await driver.wait_until(
                lambda: f"now: {ANSWER}" in driver.visible_text(), "the answer stands in the conversation as sent"
            )
            driver.choose("State", way.done)
            if way.vendor == "mijnklantportaal":  # which opens a closed ticket only by a reply
                await driver.wait_for_dialog("Close this ticket?")
                driver.press("Close")
            await driver.wait_until(
                lambda: state_at_vendor(server, ticket["id"]) == way.done.lower(), "the state is at the vendor"
            )
            await driver.wait_until(lambda: not driver.find_all("Undo: State"), "the change is confirmed")
        for _ in range(2):
            async with run_on_profile(profile_setup) as driver:
                await driver.wait_until(lambda: way.label in driver.names(), "the account is there")
                await open_ticket(driver, ticket["subject"])
                await driver.wait_for_text(ANSWER)
                assert state_shown(driver) == way.done
        assert len(received_with_text(server, ANSWER)) == 1
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, ticket["subject"])
        await driver.wait_for_text(ANSWER)
        assert first_words in driver.visible_text()
        assert state_shown(driver) == way.done
        await driver.wait_for_text("0 of 1 account online")


async def test_a_record_says_why_there_is_no_reply_and_moves_on_and_keeps_its_note(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=80, only=("routera",)) as box:
        server = box["routera"]
        record, other = [one for one in open_plain_tickets(server) if one["state"] == "new"][:2]
        async with run_on_profile(profile_setup, after_sending=GoOn.STAY) as driver:
            await add_account(driver, server, "Onboarding")
            await open_record(driver, record["subject"])
            assert "Routera keeps records, not conversations." in driver.visible_text()
            assert not driver.find_all("Reply")
            assert not driver.find_all("Send")
            driver.choose("State", "In progress")
            await driver.wait_until(
                lambda: state_at_vendor(server, record["id"]) == "in_progress", "the stage is at the vendor"
            )
            driver.type_into("Note", "Call back on Monday")
            driver.key("Ctrl+Return")
            await driver.wait_for_text("note on this computer, not sent\nCall back on Monday")
            driver.type_into("Note", "half a")
            await open_record(driver, other["subject"])
            assert driver.find("Note", QTextEdit).toPlainText() == ""
            await open_record(driver, record["subject"])
            await driver.wait_until(lambda: driver.find("Note", QTextEdit).toPlainText() == "half a")
        for _ in range(2):
            async with run_on_profile(profile_setup) as driver:
                await open_record(driver, record["subject"])
                await driver.wait_for_text("Call back on Monday")
                assert driver.find("Note", QTextEdit).toPlainText() == "half a"
                assert state_shown(driver) == "In progress"
        assert [one["kind"] for one in server.received()] == ["change"]
    async with run_on_profile(profile_setup) as driver:
        await open_record(driver, record["subject"])
        await driver.wait_for_text("Call back on Monday")
        assert state_shown(driver) == "In progress"


async def test_what_can_only_be_written_is_made_here_and_shows_whether_it_was_confirmed(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(only=("thalamus",)) as box:
        server = instance(box["thalamus"], Server)
        async with run_on_profile(profile_setup, undo_seconds=1, after_sending=GoOn.STAY) as driver:
            await fill_account_dialog(driver, server, "Field repairs", agent_id="AGT-42")
            assert "offers no harmless call that proves a key" in driver.visible_text()
            driver.press("Check and add")
            await driver.wait_until(lambda: not driver.in_dialog and "Field repairs" in driver.names())
            driver.press("New ticket")
            await driver.wait_for_dialog("New ticket")
            driver.type_into("Subject, needed", "Washing machine leaks")
            driver.type_into("First message", "It leaks at the door.")
            driver.press("Create ticket")
            await driver.wait_until(
                lambda: received_with_text(server, "It leaks at the door."), "ticket and first message are there"
            )
            await driver.wait_until(lambda: driver.subject == "Washing machine leaks", "the new ticket is open")
            made = next(one for one in server.received() if one["kind"] == "ticket")["ticket"]
            await driver.wait_until(lambda: any(made in row for row in driver.row_texts()), "it goes by its own id")
            await driver.wait_until(
                lambda: (view := driver.shell.ticket.current()) is not None and not view.ticket.key.is_local,
                "so does the open one",
            )
            driver.type_into("Reply", ANSWER)
            driver.press("Send")
            await driver.wait_until(lambda: received_with_text(server, ANSWER), "the answer is at the vendor")
            await driver.wait_until(
                lambda: f"now: {ANSWER}" in driver.visible_text(), "the answer stands in the conversation as sent"
            )
            driver.choose("State", "Solved")
            await driver.wait_until(lambda: state_at_vendor(server, made) == "solved", "the state is at the vendor")
            await driver.wait_until(lambda: not driver.find_all("Undo: State"), "the change is confirmed")
        for _ in range(2):
            async with run_on_profile(profile_setup) as driver:
                await open_ticket(driver, "Washing machine leaks")
                await driver.wait_for_text(ANSWER)
                assert "It leaks at the door." in driver.visible_text()
                assert state_shown(driver) == "Solved"
        assert len(received_with_text(server, ANSWER)) == 1
        assert server.arrivals("ticket", made) >= 1
    async with run_on_profile(profile_setup) as driver:
        await open_ticket(driver, "Washing machine leaks")
        await driver.wait_for_text(ANSWER)
        assert state_shown(driver) == "Solved"


async def test_a_new_ticket_is_followed_to_its_vendors_id_however_soon_that_comes(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=5, only=("thena",)) as box:
        server = box["thena"]
        async with run_on_profile(profile_setup, before=with_accounts((server, "Acme"))) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Acme"))
            account = driver.services.accounts.labelled("Acme")
            assert account is not None
            assert account.capabilities is not None
            needed = [one for one in account.capabilities.create_form if one.required]
            form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
            made = []
            for number in range(6):
                subject = f"Broken chair {number}"
                outcome = await driver.services.commands.create(account.id, form | {"title": subject}, subject)
                assert isinstance(outcome, Accepted)
                assert outcome.ticket is not None
                made.append(outcome.ticket)
                driver.shell.lists.open(outcome.ticket)
                await driver.wait_until(partial(is_named, driver, subject), "it goes by its own id")
            for number, local in enumerate(made):
                driver.shell.lists.open(local)  # long since named
                await driver.wait_until(partial(is_named, driver, f"Broken chair {number}"))


async def test_typing_goes_on_while_a_new_ticket_gets_its_vendors_id(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(only=("thalamus",)) as box:
        server = instance(box["thalamus"], Server)
        async with run_on_profile(profile_setup, before=with_accounts((server, "Field repairs"))) as driver:
            account = driver.services.accounts.labelled("Field repairs")
            assert account is not None
            server.faults.latency(1)
            outcome = await driver.services.commands.create(account.id, {"title": "It leaks"}, "It leaks")
            assert isinstance(outcome, Accepted)
            assert outcome.ticket is not None
            driver.shell.lists.open(outcome.ticket)
            await driver.wait_until(lambda: driver.subject == "It leaks")
            driver.type_into("Reply", "We come on ")
            typed = 0
            while not is_named(driver, "It leaks"):
                driver.type("M")
                typed += 1
                await driver.process_events()
            driver.type("onday")
            words = f"We come on {'M' * typed}onday"
            assert typed > 1
            assert driver.focused == "Reply"
            assert driver.text_edit("Reply").toPlainText() == words
        async with run_on_profile(profile_setup) as driver:
            await open_ticket(driver, "It leaks")
            await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == words, "it was kept")
            assert [draft.text for _, draft in await driver.services.drafts.all()] == [words]


def is_named(driver: AppDriver, subject: str) -> bool:
    view = driver.shell.ticket.current()
    return driver.subject == subject and view is not None and not view.ticket.key.is_local
