"""What stands half typed in a ticket's editors outlives the window, and a ticket that gets its vendor's id while somebody types."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from tests.helpers.errands import signed_in, tickets_in_work
from tests.helpers.hands import visible
from tests.helpers.narrowing import present
from tests.helpers.running import Desk, Place, running

from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Draft
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import Sandbox, serving

LABELS = {"nexuscore": "Retail EU", "thena": "Platform", "routera": "Leads"}
WORDS = "half7exam"


def first_field(desk: Desk, pane: str) -> None:
    root = desk.find(pane)
    lines: tuple[QLineEdit | QPlainTextEdit, ...] = (*visible(root, QLineEdit), *visible(root, QPlainTextEdit))
    desk.click(next(one for one in lines if one.isEnabled() and not one.isReadOnly()))


EDITORS: dict[str, tuple[str, Callable[[Desk], None]]] = {
    "tag": ("nexuscore", lambda desk: desk.press("Add a tag")),
    "subject": ("thena", lambda desk: desk.press("Edit the subject")),
    "field": ("thena", lambda desk: first_field(desk, "Customer and ticket")),
    "field of a record": ("routera", lambda desk: first_field(desk, "Record")),
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=tuple(LABELS)) as made:
        yield made


def holding(desk: Desk, words: str = WORDS) -> list[QLineEdit | QPlainTextEdit]:
    lines = [one for one in visible(desk.window, QLineEdit) if words in one.text()]
    return [*lines, *(one for one in visible(desk.window, QPlainTextEdit) if words in one.toPlainText())]


async def come_to(desk: Desk, vendor: str, ticket: dict[str, Any]) -> None:
    desk.shell.open_named(f"{LABELS[vendor]}/{ticket['id']}")
    await desk.until(
        lambda: (view := desk.shell.ticket.current()) is not None and view.ticket.key.remote == ticket["id"]
    )
    await desk.breathe()


@pytest.mark.parametrize("editor", EDITORS)
async def test_what_is_half_typed_is_there_after_another_start(box: Sandbox, tmp_path: Path, editor: str) -> None:
    vendor, begin = EDITORS[editor]
    here, other = tickets_in_work(box[vendor])[:2]
    place = Place(tmp_path / "profile")
    async with running(place, before=signed_in((box[vendor], LABELS[vendor]))) as desk:
        await desk.until(lambda: desk.in_step(LABELS[vendor]))
        await come_to(desk, vendor, here)
        begin(desk)
        await desk.breathe()
        desk.type(WORDS)
    async with running(place) as desk:
        await come_to(desk, vendor, other)
        assert holding(desk) == []
        await come_to(desk, vendor, here)
        await desk.until(lambda: holding(desk), "it stands there again")
        assert await desk.house.desk.outbox() == ()
        line = holding(desk)[0]
        desk.click(line)
        line.selectAll()
        desk.key("Esc" if editor in ("tag", "subject") else "Del")
        if editor in ("tag", "subject"):
            desk.list.setFocus()
    async with running(place) as desk:
        await come_to(desk, vendor, here)
        assert holding(desk) == [], "what was given up is not kept"


async def test_what_an_input_method_has_begun_stays_with_its_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    here, other = tickets_in_work(server)[:2]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABELS["nexuscore"]))) as desk:
        await desk.until(lambda: desk.in_step(LABELS["nexuscore"]))
        await come_to(desk, "nexuscore", here)
        desk.press("Add a tag")
        await desk.breathe()
        desk.type("half7")
        QApplication.sendEvent(desk.find("New tag", QLineEdit), QInputMethodEvent("exam", []))
        await come_to(desk, "nexuscore", other)
        assert holding(desk, "half7") == []
        await come_to(desk, "nexuscore", here)
        await desk.until(lambda: holding(desk), "all of it stands there again")


async def test_a_value_that_was_sent_stands_nowhere_half_typed(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    ticket = tickets_in_work(server)[2]
    place = Place(tmp_path / "profile")
    async with running(place, before=signed_in((server, LABELS["thena"]))) as desk:
        await desk.until(lambda: desk.in_step(LABELS["thena"]))
        await come_to(desk, "thena", ticket)
        desk.press("Edit the subject")
        line = desk.find("Subject", QLineEdit)
        line.selectAll()
        desk.type("Another subject")
        view = desk.shell.ticket.current()
        assert view is not None
        await until_drafts(desk, view.ticket.key, lambda drafts: len(drafts) == 1)
        desk.key("Return")
        await desk.until(lambda: present(server.ticket(ticket["id"]))["subject"] == "Another subject")
        await until_drafts(desk, view.ticket.key, lambda drafts: not drafts)


@pytest.mark.parametrize("editor", ["subject", "field"])
async def test_who_types_goes_on_when_the_ticket_gets_its_vendors_id(box: Sandbox, tmp_path: Path, editor: str) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, LABELS["thena"]))) as desk:
        await desk.until(lambda: desk.in_step(LABELS["thena"]))
        account = desk.house.accounts.labelled(LABELS["thena"])
        assert account is not None
        assert account.capabilities is not None
        await desk.house.accounts.pause(account.id, paused=True)
        needed = [one for one in account.capabilities.create_form if one.required]
        form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
        made = await desk.house.desk.create(
            account.id, form | {"title": f"Made here, {editor}"}, f"Made here, {editor}"
        )
        assert isinstance(made, Accepted)
        assert made.ticket is not None
        desk.shell.ticket.open_wanted.emit(made.ticket)
        await desk.until(lambda: desk.subject == f"Made here, {editor}")
        EDITORS[editor][1](desk)
        await desk.breathe()
        desk.type("half")
        await desk.house.accounts.pause(account.id, paused=False)
        await desk.until(
            lambda: (view := desk.shell.ticket.current()) is not None and not view.ticket.key.is_local, "it has its id"
        )
        await desk.breathe()
        desk.type("7exam")
        (line,) = holding(desk)
        assert line.hasFocus()
        view = desk.shell.ticket.current()
        assert view is not None
        await until_drafts(desk, view.ticket.key, lambda drafts: any(WORDS in str(one.extra) for one in drafts))


async def until_drafts(desk: Desk, ticket: TicketKey, fit: Callable[[list[Draft]], bool]) -> None:
    async with asyncio.timeout(20):
        while not fit([draft for key, draft in await desk.house.drafts.all() if key == ticket]):
            await desk.breathe()
