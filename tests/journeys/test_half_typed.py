"""Every editor's content belongs to one ticket: another ticket neither shows nor sends it, and back in its own it is there again."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from tests.helpers.errands import signed_in, tickets_in_work
from tests.helpers.hands import visible
from tests.helpers.patience import PATIENCE
from tests.helpers.running import Desk, Place, running

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
    begin: Callable[[Desk], None]
    kept: bool = True


def first_field(desk: Desk, pane: str) -> None:
    """Click the first line of a form that can be typed into."""
    root = desk.find(pane)
    lines: tuple[QLineEdit | QPlainTextEdit, ...] = (*visible(root, QLineEdit), *visible(root, QPlainTextEdit))
    desk.click(next(one for one in lines if one.isEnabled() and not one.isReadOnly()))


def find_words(desk: Desk) -> None:
    """Look for words in the conversation that is read."""
    desk.find("Conversation").setFocus()
    desk.key("Ctrl+F")


EDITORS = {
    "reply": Editor("nexuscore", lambda desk: desk.click(desk.find("Reply", QTextEdit))),
    "copies": Editor("nexuscore", lambda desk: desk.click(desk.find("Cc", QLineEdit))),
    "tag": Editor("nexuscore", lambda desk: desk.press("Add a tag")),
    "subject": Editor("thena", lambda desk: desk.press("Edit the subject")),
    "field": Editor("thena", lambda desk: first_field(desk, "Customer and ticket")),
    "field of a record": Editor("routera", lambda desk: first_field(desk, "Record")),
    "note of a record": Editor("routera", lambda desk: desk.click(desk.find("Note", QTextEdit))),
    "words to find": Editor("nexuscore", find_words, kept=False),
    "whom to assign to": Editor(
        "nexuscore",
        lambda desk: desk.click(next(one for one in visible(desk.window, QWidget) if one.objectName() == "Assignee")),
        kept=False,
    ),
    "canned reply to look for": Editor("nexuscore", lambda desk: desk.press("Canned reply"), kept=False),
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=100, only=tuple(LABELS)) as made:
        yield made


def holding(desk: Desk, words: str) -> list[str]:
    """Return the editors that hold these words, shown or not; the search above the list belongs to no ticket."""
    editors: list[QLineEdit | QTextEdit | QPlainTextEdit] = [
        *desk.window.findChildren(QLineEdit), *desk.window.findChildren(QTextEdit), *desk.window.findChildren(QPlainTextEdit)
    ]  # fmt: skip
    return [
        one.accessibleName()
        for one in editors
        if words in (one.text() if isinstance(one, QLineEdit) else one.toPlainText())
    ]


async def come_to(desk: Desk, vendor: str, ticket: dict[str, object]) -> None:
    """Open a ticket from outside, as a link does: the keyboard is wherever it was."""
    desk.shell.open_named(f"{LABELS[vendor]}/{ticket['id']}")
    await desk.until(
        lambda: (view := desk.shell.ticket.current()) is not None and view.ticket.key.remote == ticket["id"]
    )
    await desk.breathe()


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS.keys())
async def test_what_is_half_typed_stays_with_its_ticket(box: Sandbox, place: Place, editor: Editor) -> None:
    accounts = [(box[vendor], label) for vendor, label in LABELS.items()]
    here, sibling = tickets_in_work(box[editor.vendor])[:2]
    others = {vendor: tickets_in_work(box[vendor])[-1] for vendor in LABELS if vendor != editor.vendor}
    async with running(place, before=signed_in(*accounts)) as desk:
        await desk.house.settings.keep_snippet("Thanks", "Thank you.")
        await desk.until(lambda: all(desk.in_step(label) for label in LABELS.values()))
        for vendor, other in ((editor.vendor, sibling), *others.items()):
            await come_to(desk, editor.vendor, here)
            if not holding(desk, WORDS):
                editor.begin(desk)
                await desk.breathe()
                desk.type(WORDS)
            assert holding(desk, WORDS), "it was typed"
            await come_to(desk, vendor, other)
            assert holding(desk, WORDS) == [], f"in a ticket of {vendor}"
            assert QApplication.activePopupWidget() is None
            assert await desk.house.desk.outbox() == ()
            await come_to(desk, editor.vendor, here)
            assert bool(holding(desk, WORDS)) is editor.kept
    assert not [one for server, _ in accounts for one in server.received() if WORDS in str(one)]


async def test_a_question_is_about_the_ticket_that_it_was_asked_for(box: Sandbox, place: Place) -> None:
    server = box["routera"]
    here, sibling = tickets_in_work(server)[:2]
    async with running(place, before=signed_in((server, LABELS["routera"]))) as desk:
        await desk.until(lambda: desk.in_step(LABELS["routera"]))
        await come_to(desk, "routera", here)
        desk.press("More actions")
        await desk.breathe()
        desk.menu("Archive …")
        await desk.dialog("Archive this record?")
        await come_to(desk, "routera", sibling)
        desk.press("Archive")
        await desk.until(lambda: not desk.in_dialog)
        async with asyncio.timeout(PATIENCE):
            while not (items := await desk.house.desk.outbox()):
                await desk.breathe()
        assert [item.command.ticket.remote for item in items if item.command.ticket] == [here["id"]]
