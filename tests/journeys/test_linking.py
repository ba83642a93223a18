"""Linked work in the window: by keyboard and by mouse, between two vendors and at one, shown at both tickets, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.domain.ids import TicketKey
from deskhand.ui.actions.link_actions import DUPLICATE, LINK_AT_VENDOR, MERGE, SUB_TICKET
from deskhand.ui.linked.link_popup import LinkPopup
from deskhand_sandbox.sandbox import Sandbox, serving

RETAIL, PLATFORM = "Retail EU", "Platform"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "thena")) as made:
        yield made


def popup() -> LinkPopup:
    found = QApplication.activePopupWidget()
    assert isinstance(found, LinkPopup)
    return found


def linked(driver: AppDriver) -> list[str]:
    """The subjects under "Linked" beside the open ticket."""
    return [row.texts[0] for row in driver.shell._ticket_pane.customer.linked.rows]


def subject_once(subjects: list[str]) -> str:
    return next(one for one in subjects if subjects.count(one) == 1 and one.isascii() and len(one) > 12)


async def begin(driver: AppDriver, box: Sandbox) -> tuple[str, str, TicketKey, TicketKey]:
    """Open a ticket of NexusCore; returns its subject and one of Thena, and both keys."""
    await driver.wait_until(lambda: driver.wait_synced(RETAIL) and driver.wait_synced(PLATFORM))
    ticket = open_tickets_with_messages(box["nexuscore"])[0]
    await open_ticket(driver, ticket["subject"])
    account = driver.services.accounts.labelled(PLATFORM)
    here = driver.services.accounts.labelled(RETAIL)
    assert account is not None
    assert here is not None
    there = list(box["thena"].tickets())
    subject = subject_once([str(one.get("subject") or one.get("title")) for one in there])
    other = next(one for one in there if (one.get("subject") or one.get("title")) == subject)
    return ticket["subject"], subject, TicketKey(here.id, ticket["id"]), TicketKey(account.id, str(other["id"]))


async def choose(driver: AppDriver, subject: str) -> None:
    """Type a subject into the chooser, and take what it finds."""
    await driver.wait_until(lambda: isinstance(QApplication.activePopupWidget(), LinkPopup), "the chooser is there")
    driver.type(subject)
    await driver.wait_until(lambda: subject in popup().shown(), "it is found")
    driver.key("Return")


async def test_two_vendors_tickets_are_linked_by_keys_shown_at_both_and_undone(box: Sandbox, tmp_path: Path) -> None:
    both = with_accounts((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        here, there, one, other = await begin(driver, box)
        received = [len(box[vendor].received()) for vendor in ("nexuscore", "thena")]
        driver.list.setFocus()
        driver.key("L")
        await choose(driver, there)
        await driver.wait_until(lambda: linked(driver) == [there], "this one shows it")
        assert driver.shell.ticket.undo.line.message.startswith("Linked “")
        rows = driver.services.lists.rows([one, other])
        assert [row.is_linked for row in rows] == [True, True]
        driver.shell.lists.open(other)
        await driver.wait_until(lambda: linked(driver) == [here], "the other one shows it too")
        driver.find("Conversation").setFocus()
        driver.key("Z")
        await driver.wait_until(lambda: linked(driver) == [], "it is undone")
        driver.key("Shift+Z")
        await driver.wait_until(lambda: linked(driver) == [here], "and done again")
        assert [len(box[vendor].received()) for vendor in ("nexuscore", "thena")] == received


async def test_the_ticket_is_linked_that_was_open_when_the_chooser_opened(box: Sandbox, tmp_path: Path) -> None:
    both = with_accounts((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        here, there, one, other = await begin(driver, box)
        subjects = [str(found["subject"]) for found in box["nexuscore"].tickets()]
        third = subject_once([subject for subject in subjects if subject not in (here, there)])
        driver.list.setFocus()
        driver.key("L")
        await driver.wait_until(lambda: isinstance(QApplication.activePopupWidget(), LinkPopup), "the chooser is there")
        driver.shell.lists.open(other)  # as a ticket that was made meanwhile does
        await driver.wait_until(lambda: driver.subject == there, "another ticket is open")
        await choose(driver, third)
        await driver.wait_until(lambda: driver.shell.ticket.undo.line.message.startswith("Linked “"))
        assert {row.key for row in driver.services.lists.rows([one, other]) if row.is_linked} == {one}


async def test_a_link_is_opened_and_taken_away_by_mouse(box: Sandbox, tmp_path: Path) -> None:
    both = with_accounts((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        here, there, _one, _other = await begin(driver, box)
        driver.list.setFocus()
        driver.key("L")
        await choose(driver, there)
        await driver.wait_until(lambda: linked(driver) == [there])
        driver.click(driver.shell._ticket_pane.customer.linked.rows[0])
        await driver.wait_until(lambda: driver.subject == there, "the other one is open")
        await driver.wait_until(lambda: linked(driver) == [here])
        driver.click(driver.find("Take the link away", QAbstractButton))
        await driver.wait_until(lambda: linked(driver) == [])
        driver.click(driver.find("Undo", QAbstractButton, within=driver.find("What you did")))
        await driver.wait_until(lambda: linked(driver) == [here])


async def test_what_a_vendor_cannot_stands_there_with_its_reason(box: Sandbox, tmp_path: Path) -> None:
    both = with_accounts((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=both) as driver:
        _here, _there, _one, other = await begin(driver, box)
        said = {action.id: action.reason(driver.shell.actions.selection()) for action in (MERGE, DUPLICATE, SUB_TICKET)}
        assert said["merge"] == "NexusCore's API cannot merge tickets."
        assert said["duplicate"] == "NexusCore's API cannot mark duplicates."
        assert said["sub-ticket"] == "NexusCore's API cannot make sub-tickets."
        driver.shell.lists.open(other)
        await driver.wait_until(lambda: not LINK_AT_VENDOR.reason(driver.shell.actions.selection()), "Thena can link")
        assert MERGE.reason(driver.shell.actions.selection()) == "Thena's API cannot merge tickets."
        assert DUPLICATE.reason(driver.shell.actions.selection()) == (
            "Thena documents no way to mark duplicates through its API."
        )


async def test_thena_is_told_after_one_question_that_names_both_and_no_undo_is_offered(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=with_accounts((server, PLATFORM))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(PLATFORM))
        subjects = [str(one.get("subject") or one.get("title")) for one in server.tickets()]
        other = subject_once(subjects)
        account = driver.services.accounts.labelled(PLATFORM)
        assert account is not None
        here, key = next(
            (subject, TicketKey(account.id, str(one["id"])))
            for subject, one in zip(subjects, server.tickets(), strict=True)
            if subject not in (other, "")
        )
        driver.shell.lists.open(key)
        await driver.wait_until(lambda: driver.subject == " ".join(here.split()), "the ticket is open")
        LINK_AT_VENDOR.run(driver.shell.actions.selection())
        await choose(driver, other)
        await driver.wait_until(lambda: driver.in_dialog, "a question")
        words = driver.visible_text()
        assert other[:30] in words
        assert here[:30] in words
        assert "it documents no way back" in words
        driver.press("Link")
        await driver.wait_until(
            lambda: any("linkedTicketId" in str(one) for one in server.received()), "Thena was told"
        )
        await driver.wait_until(lambda: linked(driver) == [other])
        assert not driver.find_all("Undo", QAbstractButton, within=driver.find("What you did"))
