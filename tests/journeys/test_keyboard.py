"""The keyboard alone: from the start to a sent reply, through all panes, and out of every text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    sign_in_kind,
    with_accounts,
)
from tests.helpers.ui_driver import name_of, visible

from deskhand.domain.going_on import GoOn
from deskhand_sandbox.sandbox import Sandbox, serving

PANES = ("Accounts", "Tickets", "Conversation", "Reply box", "Customer and ticket")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("thena", "routera")) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


async def test_from_the_first_start_to_a_sent_reply_without_the_mouse(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["thena"]
    info, kind = sign_in_kind(server)
    async with run_on_profile(profile_setup, undo_seconds=1, after_sending=GoOn.STAY) as driver:
        tab_to(driver, "Add account")
        driver.key("Space")
        await driver.wait_for_dialog("Add an account")
        tab_to(driver, "NexusCore")
        for _ in range(5):
            if driver.focused == info.name:
                break
            driver.key("Down")
        assert driver.focused == info.name
        for label, text in (
            ("Name", "Platform"),
            ("Address", server.base_url),
            (kind.secret.label, server.credentials[kind.secret.name]),
            ("Your e-mail", server.seed_data.me.email),
        ):
            tab_to(driver, label)
            driver.key("Ctrl+A")
            driver.type(text)
        driver.key("Return")
        await driver.wait_until(lambda: not driver.in_dialog and "Platform" in driver.names())
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        ticket = open_tickets_with_messages(server)[0]
        driver.key("/")
        assert driver.focused == "Search tickets"
        driver.type(ticket["subject"])
        await driver.wait_until(lambda: any(ticket["subject"] in row for row in driver.row_texts()[:1]), "it is found")
        driver.key("Down")
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "it is open")
        driver.key("R")
        assert driver.focused == "Reply"
        driver.type("Without a mouse")
        driver.key("Ctrl+Return")
        await driver.wait_until(lambda: received_with_text(server, "Without a mouse"))
    assert len(received_with_text(server, "Without a mouse")) == 1


def tab_to(driver: AppDriver, name: str) -> None:
    """Press Tab until something of this name has the keyboard."""
    met = []
    for _ in range(80):
        if driver.focused == name:
            return
        driver.key("Tab")
        met.append(driver.focused)
    raise AssertionError(f"Tab never reaches “{name}”; it went through {met}")


async def test_f6_goes_round_all_panes_and_back(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["thena"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        there = [pane for pane in PANES if any(name_of(one) == pane for one in visible(driver.window, QWidget))]
        assert there == list(PANES)
        await driver.wait_for_text("Created")  # the customer's pane takes the keyboard once it says something
        met = []
        for _ in range(2 * len(PANES)):
            driver.key("F6")
            met.append(pane_of(QApplication.focusWidget()))
        assert set(met) == set(PANES), met
        assert met[: len(PANES)] == met[len(PANES) :]
        back = []
        for _ in range(len(PANES)):
            driver.key("Shift+F6")
            back.append(pane_of(QApplication.focusWidget()))
        assert back == [*met[-2::-1], met[-1]][: len(PANES)]


def pane_of(widget: QWidget | None) -> str:
    """Return the pane that holds a widget, the innermost of those that F6 goes through."""
    while widget is not None:
        if widget.accessibleName() in PANES:
            return widget.accessibleName()
        widget = widget.parentWidget()
    return ""


async def test_tab_leaves_every_text_and_every_control_has_a_name(box: Sandbox, profile_setup: ProfileSetup) -> None:
    thena, routera = box["thena"], box["routera"]
    both = with_accounts((thena, "Platform"), (routera, "Onboarding"))
    async with run_on_profile(profile_setup, before=both) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform") and driver.wait_synced("Onboarding"))
        await open_ticket(driver, open_tickets_with_messages(thena)[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        leave_every_text(driver)
        named(driver)
        driver.key("F6")
        driver.press("New ticket")
        await driver.wait_for_dialog("New ticket")
        leave_every_text(driver)
        named(driver)
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.open_row(next(row for row in driver.row_texts() if "Onboarding" in row))
        await driver.wait_until(lambda: driver.find_all("Record"))
        leave_every_text(driver)
        named(driver)


def leave_every_text(driver: AppDriver) -> None:
    for kind in (QTextEdit, QPlainTextEdit, QLineEdit):
        for text in list(visible(driver.active_surface(), kind)):
            if text.isEnabled() and text.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text.setFocus()
                QTest.keyClick(text, Qt.Key.Key_Tab)
                assert not text.hasFocus(), f"Tab stays in “{name_of(text)}”"


def named(driver: AppDriver) -> None:
    for kind in (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit):
        for widget in visible(driver.active_surface(), kind):
            inner = widget.objectName().startswith("qt_")
            parent = widget.parentWidget()
            assert inner or name_of(widget).strip(), f"{widget} below {parent and name_of(parent)} has no name"


async def test_arrows_go_through_a_view_that_a_key_chose_while_a_ticket_was_read(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["thena"], "Platform"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Platform"))
        await driver.wait_until(lambda: len(driver.row_texts()) > 1)
        driver.list.setFocus()
        driver.key("Down", "Return")
        await driver.wait_until(lambda: driver.focused == "Conversation")
        driver.key("G", "A")
        await driver.wait_until(lambda: driver.shell.ticket.current() is None)
        await driver.wait_until(lambda: len(driver.row_texts()) > 1)
        driver.key("Down")
        await driver.wait_until(lambda: driver.shell.ticket.current() is not None, "the arrow opened a ticket")
