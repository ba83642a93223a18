"""The keyboard alone: from the start to a sent reply, through all panes, and out of every text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from tests.helpers.errands import arrived, conversations, open_ticket, signed_in, way_in
from tests.helpers.hands import name_of, visible
from tests.helpers.running import Desk, Place, running

from deskhand_sandbox.sandbox import Sandbox, serving

PANES = ("Accounts", "Tickets", "Ticket", "Conversation", "Reply box", "Customer and ticket")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=40, only=("thena", "routera")) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "profile")


async def test_from_the_first_start_to_a_sent_reply_without_the_mouse(box: Sandbox, place: Place) -> None:
    server = box["thena"]
    info, kind = way_in(server)
    async with running(place, undo_seconds=1) as desk:
        tab_to(desk, "Add account")
        desk.key("Space")
        await desk.dialog("Add an account")
        tab_to(desk, "NexusCore")
        for _ in range(5):
            if desk.focused == info.name:
                break
            desk.key("Down")
        assert desk.focused == info.name
        for label, text in (
            ("Name", "Platform"),
            ("Address", server.base_url),
            (kind.secret.label, server.credentials[kind.secret.name]),
            ("Your e-mail", server.seed_data.me.email),
        ):
            tab_to(desk, label)
            desk.key("Ctrl+A")
            desk.type(text)
        desk.key("Return")
        await desk.until(lambda: not desk.in_dialog and "Platform" in desk.names())
        await desk.until(lambda: desk.in_step("Platform"))
        ticket = conversations(server)[0]
        desk.key("/")
        assert desk.focused == "Search tickets"
        desk.type(ticket["subject"])
        await desk.until(lambda: any(ticket["subject"] in row for row in desk.rows()[:1]), "it is found")
        tab_to(desk, "Tickets")
        desk.key("J")
        await desk.until(lambda: desk.subject == ticket["subject"], "it is open")
        desk.key("R")
        assert desk.focused == "Reply"
        desk.type("Without a mouse")
        desk.key("Ctrl+Return")
        await desk.until(lambda: arrived(server, "Without a mouse"))
    assert len(arrived(server, "Without a mouse")) == 1


def tab_to(desk: Desk, name: str) -> None:
    """Press Tab until something of this name has the keyboard."""
    met = []
    for _ in range(80):
        if desk.focused == name:
            return
        desk.key("Tab")
        met.append(desk.focused)
    raise AssertionError(f"Tab never reaches “{name}”; it went through {met}")


async def test_f6_goes_round_all_panes_and_back(box: Sandbox, place: Place) -> None:
    server = box["thena"]
    async with running(place, before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        await open_ticket(desk, conversations(server)[0]["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        there = [pane for pane in PANES if any(name_of(one) == pane for one in visible(desk.window, QWidget))]
        assert there == list(PANES)
        met = []
        for _ in range(2 * len(PANES)):
            desk.key("F6")
            met.append(pane_of(QApplication.focusWidget()))
        assert set(met) == set(PANES), met
        assert met[: len(PANES)] == met[len(PANES) :]
        back = []
        for _ in range(len(PANES)):
            desk.key("Shift+F6")
            back.append(pane_of(QApplication.focusWidget()))
        assert back == [*met[-2::-1], met[-1]][: len(PANES)]


def pane_of(widget: QWidget | None) -> str:
    """Return the pane that holds a widget, the innermost of those that F6 goes through."""
    while widget is not None:
        if widget.accessibleName() in PANES:
            return widget.accessibleName()
        widget = widget.parentWidget()
    return ""


async def test_tab_leaves_every_text_and_every_control_has_a_name(box: Sandbox, place: Place) -> None:
    thena, routera = box["thena"], box["routera"]
    both = signed_in((thena, "Platform"), (routera, "Onboarding"))
    async with running(place, before=both) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Onboarding"))
        await open_ticket(desk, conversations(thena)[0]["subject"])
        await desk.until(lambda: desk.find_all("Reply"))
        leave_every_text(desk)
        named(desk)
        desk.key("F6")
        desk.press("New ticket")
        await desk.dialog("New ticket")
        leave_every_text(desk)
        named(desk)
        desk.key("Esc")
        await desk.until(lambda: not desk.in_dialog)
        desk.open_row(next(row for row in desk.rows() if "Onboarding" in row))
        await desk.until(lambda: desk.find_all("Record"))
        leave_every_text(desk)
        named(desk)


def leave_every_text(desk: Desk) -> None:
    for kind in (QTextEdit, QPlainTextEdit, QLineEdit):
        for text in list(visible(desk.front(), kind)):
            if text.isEnabled() and text.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text.setFocus()
                QTest.keyClick(text, Qt.Key.Key_Tab)
                assert not text.hasFocus(), f"Tab stays in “{name_of(text)}”"


def named(desk: Desk) -> None:
    for kind in (QAbstractButton, QLineEdit, QTextEdit, QPlainTextEdit):
        for widget in visible(desk.front(), kind):
            inner = widget.objectName().startswith("qt_")
            parent = widget.parentWidget()
            assert inner or name_of(widget).strip(), f"{widget} below {parent and name_of(parent)} has no name"
