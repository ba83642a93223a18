"""The menu of the tray, and the number on its icon."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from deskhand.domain.queries import Scope
from deskhand.ui.notifications.tray import SIZES, Tray, TrayState, tray_icon

STATE = TrayState(
    count=14,
    counted="My open",
    views=((Scope.MINE_OPEN, "My open", 14), (Scope.UNASSIGNED, "R&D", 3)),
    outbox_decisions=1,
    needing=(("Field repairs", "needs you"),),
    waiting=2,
)


@pytest.fixture
def tray(qtbot: QtBot):
    tray = Tray()
    yield tray
    tray.close()


def entries(tray):
    return {action.text(): action for action in tray.menu.actions() if action.text()}


def test_the_menu_says_what_waits_and_what_needs_the_agent(tray):
    tray.set_state(STATE)
    assert list(entries(tray)) == [
        "Open Deskhand",
        "My open (14)",
        "R&&D (3)",
        "Outbox: 1 needs you",
        "Field repairs: needs you",
        "New ticket…",
        "Pause notifications for 1 hour",
        "Pause notifications until tomorrow 9:00",
        "Sync now",
        "Notifications…",
        "Quit, 2 waiting in the outbox",
    ]


def test_every_entry_asks_for_what_it_says(tray):
    asked = []
    tray.set_state(STATE)
    for name in ("open", "outbox", "health", "new", "sync", "settings", "quit"):
        getattr(tray, f"{name}_requested").connect(lambda name=name: asked.append(name))
    tray.view_requested.connect(asked.append)
    tray.pause_requested.connect(asked.append)
    for action in entries(tray).values():
        action.trigger()
    assert asked == [
        "open", Scope.MINE_OPEN, Scope.UNASSIGNED, "outbox", "health", "new", "hour", "tomorrow", "sync", "settings", "quit",
    ]  # fmt: skip


def test_while_notifications_are_paused_the_menu_offers_to_go_on(tray):
    tray.set_state(TrayState(is_paused=True))
    assert "Resume notifications" in entries(tray)
    assert "Pause notifications for 1 hour" not in entries(tray)
    assert "Quit" in entries(tray)


def test_the_number_and_the_pause_change_the_icon_in_every_size(qtbot):
    icons = [tray_icon(0), tray_icon(14), tray_icon(1400), tray_icon(0, is_paused=True)]
    for size in SIZES:
        pictures = [icon.pixmap(size, size).toImage() for icon in icons]
        assert all(not picture.isNull() for picture in pictures)
        assert len({bytes(picture.constBits()) for picture in pictures}) == len(icons)


def test_without_a_screen_there_is_no_icon_and_nobody_is_left_in_a_tray(tray):
    tray.set_wanted(True)
    assert tray.icon is None
    assert not tray.is_there


def test_what_is_told_while_the_window_closes_reaches_no_menu_that_is_gone(qtbot):
    tray = Tray()
    tray.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tray.set_state(STATE)
