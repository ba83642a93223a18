"""Every editor's content belongs to one ticket: another ticket neither shows nor sends it, and back in its own it is there again."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.child_widgets import child
from tests.helpers.journey_steps import open_plain_tickets, with_accounts
from tests.helpers.timeouts import WAIT_SECONDS
from tests.helpers.ui_driver import visible

from deskhand.ui.ticket.header_fields import TagsWord
from deskhand_sandbox.sandbox import Sandbox, serving

LABELS = {"nexuscore": "Retail EU", "thena": "Platform", "routera": "Leads"}
WORDS = "half7@exam"


@dataclass(frozen=True)
class Editor:
    """Somewhere to type.

    Attributes:
        vendor: whose tickets have it.
        begin: gives it the keyboard.
        kept: what is half typed is there again when its ticket is.
    """

    vendor: str
    begin: Callable[[AppDriver], None]
    kept: bool = True


def first_field(driver: AppDriver, pane: str) -> None:
    """Click the first line of a form that can be typed into."""
    root = driver.find(pane)
    lines: tuple[QLineEdit | QPlainTextEdit, ...] = (*visible(root, QLineEdit), *visible(root, QPlainTextEdit))
    driver.click(next(one for one in lines if one.isEnabled() and not one.isReadOnly()))


def find_words(driver: AppDriver) -> None:
    """Look for words in the conversation that is read."""
    driver.find("Conversation").setFocus()
    driver.key("Ctrl+F")


def copies(driver: AppDriver) -> None:
    """Go to who gets a copy."""
    driver.open_box()
    driver.click(driver.find("Cc", QLineEdit))


def canned_replies(driver: AppDriver) -> None:
    """Look through the canned replies."""
    driver.open_box()
    driver.press("Canned reply")


EDITORS = {
    "reply": Editor("nexuscore", lambda driver: driver.click(driver.text_edit("Reply"))),
    "copies": Editor("nexuscore", copies),
    "tag": Editor("nexuscore", lambda driver: driver.click(child(driver.find("Ticket"), TagsWord))),
    "subject": Editor("thena", lambda driver: driver.press("Edit the subject")),
    "field": Editor("thena", lambda driver: first_field(driver, "Customer and ticket")),
    "field of a record": Editor("routera", lambda driver: first_field(driver, "Record")),
    "note of a record": Editor("routera", lambda driver: driver.click(driver.find("Note", QTextEdit))),
    "words to find": Editor("nexuscore", find_words, kept=False),
    "whom to assign to": Editor(
        "nexuscore",
        lambda driver: driver.click(
            next(one for one in visible(driver.window, QWidget) if one.objectName() == "Assignee")
        ),
        kept=False,
    ),
    "canned reply to look for": Editor("nexuscore", canned_replies, kept=False),
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=100, only=tuple(LABELS)) as made:
        yield made


def holding(driver: AppDriver, text: str) -> list[str]:
    """Return the editors that hold these words, shown or not; the search above the list belongs to no ticket."""
    editors: list[QLineEdit | QTextEdit | QPlainTextEdit] = [
        *driver.window.findChildren(QLineEdit), *driver.window.findChildren(QTextEdit), *driver.window.findChildren(QPlainTextEdit)
    ]  # fmt: skip
    return [
        one.accessibleName()
        for one in editors
        if text in (one.text() if isinstance(one, QLineEdit) else one.toPlainText())
    ]


async def come_to(driver: AppDriver, vendor: str, ticket: dict[str, object]) -> None:
    """Open a ticket from outside, as a link does: the keyboard is wherever it was."""
    driver.shell.open_named(f"{LABELS[vendor]}/{ticket['id']}")
    await driver.wait_until(
        lambda: (view := driver.shell.ticket.current()) is not None and view.ticket.key.remote == ticket["id"]
    )
    await driver.process_events()


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS.keys())
async def test_what_is_half_typed_stays_with_its_ticket(
    box: Sandbox, profile_setup: ProfileSetup, editor: Editor
) -> None:
    accounts = [(box[vendor], label) for vendor, label in LABELS.items()]
    here, sibling = open_plain_tickets(box[editor.vendor])[:2]
    others = {vendor: open_plain_tickets(box[vendor])[-1] for vendor in LABELS if vendor != editor.vendor}
    async with run_on_profile(profile_setup, before=with_accounts(*accounts)) as driver:
        await driver.services.settings.save_snippet("Thanks", "Thank you.")
        await driver.wait_until(lambda: all(driver.wait_synced(label) for label in LABELS.values()))
        for vendor, other in ((editor.vendor, sibling), *others.items()):
            await come_to(driver, editor.vendor, here)
            if not holding(driver, WORDS):
                editor.begin(driver)
                await driver.process_events()
                driver.type(WORDS)
            assert holding(driver, WORDS), "it was typed"
            await come_to(driver, vendor, other)
            assert holding(driver, WORDS) == [], f"in a ticket of {vendor}"
            assert QApplication.activePopupWidget() is None
            assert await driver.services.outbox.recent(200) == ()
            await come_to(driver, editor.vendor, here)
            assert bool(holding(driver, WORDS)) is editor.kept
    assert not [one for server, _ in accounts for one in server.received() if WORDS in str(one)]


async def test_a_question_is_about_the_ticket_that_it_was_asked_for(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["routera"]
    here, sibling = open_plain_tickets(server)[:2]
    async with run_on_profile(profile_setup, before=with_accounts((server, LABELS["routera"]))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABELS["routera"]))
        await come_to(driver, "routera", here)
        driver.press("More actions")
        await driver.process_events()
        driver.choose_from_menu("Archive …")
        await driver.wait_for_dialog("Archive this record?")
        await come_to(driver, "routera", sibling)
        driver.press("Archive")
        await driver.wait_until(lambda: not driver.in_dialog)
        async with asyncio.timeout(WAIT_SECONDS):
            while not (items := await driver.services.outbox.recent(200)):
                await driver.process_events()
        assert [item.command.ticket.remote for item in items if item.command.ticket] == [here["id"]]
