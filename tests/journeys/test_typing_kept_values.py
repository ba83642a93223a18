"""What stands half typed in a ticket's editors outlives the window, and a ticket that gets its vendor's id while somebody types."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_plain_tickets, with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.ui_driver import visible

from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Draft
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import Sandbox, serving

LABELS = {"nexuscore": "Retail EU", "thena": "Platform", "routera": "Leads"}
WORDS = "half7exam"


def first_field(driver: AppDriver, pane: str) -> None:
    root = driver.find(pane)
    lines: tuple[QLineEdit | QPlainTextEdit, ...] = (*visible(root, QLineEdit), *visible(root, QPlainTextEdit))
    driver.click(next(one for one in lines if one.isEnabled() and not one.isReadOnly()))


def begin_a_tag(driver: AppDriver) -> None:
    driver.find("Conversation").setFocus()
    driver.key("T")


EDITORS: dict[str, tuple[str, Callable[[AppDriver], None]]] = {
    "tag": ("nexuscore", begin_a_tag),
    "subject": ("thena", lambda driver: driver.press("Edit the subject")),
    "field": ("thena", lambda driver: first_field(driver, "Customer and ticket")),
    "field of a record": ("routera", lambda driver: first_field(driver, "Record")),
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=tuple(LABELS)) as made:
        yield made


def holding(driver: AppDriver, text: str = WORDS) -> list[QLineEdit | QPlainTextEdit]:
    lines = [one for one in visible(driver.window, QLineEdit) if text in one.text()]
    return [*lines, *(one for one in visible(driver.window, QPlainTextEdit) if text in one.toPlainText())]


async def come_to(driver: AppDriver, vendor: str, ticket: dict[str, Any]) -> None:
    driver.shell.open_named(f"{LABELS[vendor]}/{ticket['id']}")
    await driver.wait_until(
        lambda: (view := driver.shell.ticket.current()) is not None and view.ticket.key.remote == ticket["id"]
    )
    await driver.process_events()


@pytest.mark.parametrize("editor", EDITORS)
async def test_what_is_half_typed_is_there_after_another_start(box: Sandbox, tmp_path: Path, editor: str) -> None:
    vendor, begin = EDITORS[editor]
    here, other = open_plain_tickets(box[vendor])[:2]
    profile_setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(profile_setup, before=with_accounts((box[vendor], LABELS[vendor]))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABELS[vendor]))
        await come_to(driver, vendor, here)
        begin(driver)
        await driver.process_events()
        driver.type(WORDS)
    async with run_on_profile(profile_setup) as driver:
        await come_to(driver, vendor, other)
        assert holding(driver) == []
        await come_to(driver, vendor, here)
        await driver.wait_until(lambda: holding(driver), "it stands there again")
        assert await driver.services.outbox.recent(200) == ()
        line = holding(driver)[0]
        driver.click(line)
        line.selectAll()
        driver.key("Esc" if editor in ("tag", "subject") else "Del")
        if editor in ("tag", "subject"):
            driver.list.setFocus()
    async with run_on_profile(profile_setup) as driver:
        await come_to(driver, vendor, here)
        assert holding(driver) == [], "what was given up is not kept"


async def test_what_an_input_method_has_begun_stays_with_its_ticket(box: Sandbox, tmp_path: Path) -> None:
    server = box["nexuscore"]
    here, other = open_plain_tickets(server)[:2]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABELS["nexuscore"]))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABELS["nexuscore"]))
        await come_to(driver, "nexuscore", here)
        begin_a_tag(driver)
        await driver.process_events()
        driver.type("half7")
        QApplication.sendEvent(driver.find("New tag", QLineEdit), QInputMethodEvent("exam", []))
        await come_to(driver, "nexuscore", other)
        assert holding(driver, "half7") == []
        await come_to(driver, "nexuscore", here)
        await driver.wait_until(lambda: holding(driver), "all of it stands there again")


async def test_a_value_that_was_sent_stands_nowhere_half_typed(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    ticket = open_plain_tickets(server)[2]
    profile_setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(profile_setup, before=with_accounts((server, LABELS["thena"]))) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABELS["thena"]))
        await come_to(driver, "thena", ticket)
        driver.press("Edit the subject")
        line = driver.find("Subject", QLineEdit)
        line.selectAll()
        driver.type("Another subject")
        view = driver.shell.ticket.current()
        assert view is not None
        await until_drafts(driver, view.ticket.key, lambda drafts: len(drafts) == 1)
        driver.key("Return")
        await driver.wait_until(lambda: not_none(server.ticket(ticket["id"]))["subject"] == "Another subject")
        await until_drafts(driver, view.ticket.key, lambda drafts: not drafts)


@pytest.mark.parametrize("editor", ["subject", "field"])
async def test_who_types_goes_on_when_the_ticket_gets_its_vendors_id(box: Sandbox, tmp_path: Path, editor: str) -> None:
    server = box["thena"]
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((server, LABELS["thena"]))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(LABELS["thena"]))
        account = driver.services.accounts.labelled(LABELS["thena"])
        assert account is not None
        assert account.capabilities is not None
        await driver.services.accounts.pause(account.id, paused=True)
        needed = [one for one in account.capabilities.create_form if one.required]
        form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
        made = await driver.services.commands.create(
            account.id, form | {"title": f"Made here, {editor}"}, f"Made here, {editor}"
        )
        assert isinstance(made, Accepted)
        assert made.ticket is not None
        driver.shell.ticket.open_requested.emit(made.ticket)
        await driver.wait_until(lambda: driver.subject == f"Made here, {editor}")
        EDITORS[editor][1](driver)
        await driver.process_events()
        driver.type("half")
        await driver.services.accounts.pause(account.id, paused=False)
        await driver.wait_until(
            lambda: (view := driver.shell.ticket.current()) is not None and not view.ticket.key.is_local,
            "it has its id",
        )
        await driver.process_events()
        driver.type("7exam")
        (line,) = holding(driver)
        assert line.hasFocus()
        view = driver.shell.ticket.current()
        assert view is not None
        await until_drafts(driver, view.ticket.key, lambda drafts: any(WORDS in str(one.extra) for one in drafts))


async def until_drafts(driver: AppDriver, ticket: TicketKey, fit: Callable[[list[Draft]], bool]) -> None:
    async with asyncio.timeout(20):
        while not fit([draft for key, draft in await driver.services.drafts.all() if key == ticket]):
            await driver.process_events()
