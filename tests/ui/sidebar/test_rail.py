"""The sidebar as icons: every view and account is there by mouse, by keys and by name."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from deskhand.domain.accounts import Account, AccountStatus, Health, VendorInfo
from deskhand.domain.ids import AccountId, VendorId
from deskhand.domain.queries import GroupCount, Overview, Scope
from deskhand.ui.accounts.accounts_pane import AccountsPane, PaneAccount
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.sidebar.rail import Rail
from deskhand.ui.window import MainWindow

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def account(name: str, health: Health = Health.FINE) -> PaneAccount:
    vendor = VendorInfo(VendorId("nexuscore"), "NexusCore", "Nx", "#5b5bd6", "threads", "https://x.test", ())
    made = Account(AccountId(name), vendor.id, name, "")
    return PaneAccount(made, vendor, AccountStatus(made.id, health, synced_at=NOW))


class Parts:
    def __init__(self) -> None:
        self.pane = AccountsPane()
        self.pane.set_views([(Scope.MINE_OPEN, "My open"), (Scope.OUTBOX, "Outbox")])
        self.pane.set_accounts([account("Retail EU"), account("Repairs", Health.SIGN_IN)], NOW)
        self.foot = StatusLine()
        self.window = MainWindow(self.pane, QWidget(), self.foot)

    @property
    def rail(self) -> Rail:
        return self.window.sidebar.rail


@pytest.fixture
def parts(qtbot, light: object) -> Iterator[Parts]:
    before, MOTION.is_reduced = MOTION.is_reduced, True
    made = Parts()
    qtbot.addWidget(made.window)
    made.window.restore("", QSize(1000, 700))
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    MOTION.is_reduced = before


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_its_buttons_say_what_the_lines_say_and_a_large_number_is_cut(parts: Parts, qtbot) -> None:
    brands = (GroupCount("w", "Webshop", 96),)
    counted = Overview({Scope.MINE_OPEN: 140}, {}, {AccountId("Retail EU"): brands}, outbox_open=3, outbox_decisions=2)
    parts.pane.set_overview(counted)
    qtbot.waitUntil(lambda: [one.counter for one in parts.rail.buttons()] == ["99+", "2", "", "!"])
    assert [one.accessibleName() for one in parts.rail.buttons()] == ["My open", "Outbox", "Retail EU", "Repairs"]
    assert "140 tickets" in parts.rail.buttons()[0].accessibleDescription()
    assert "sign-in needed" in parts.rail.buttons()[3].accessibleDescription()


def test_a_button_shows_what_its_line_shows(parts: Parts, qtbot) -> None:
    with qtbot.waitSignal(parts.pane.scope_chosen) as told:
        QTest.mouseClick(parts.rail.buttons()[1], Qt.MouseButton.LeftButton)
    assert told.args == [Scope.OUTBOX]
    parts.rail.buttons()[2].setFocus()
    with qtbot.waitSignal(parts.pane.account_chosen) as told:
        QTest.keyClick(parts.rail.buttons()[2], Qt.Key.Key_Return)
    assert told.args == ["Retail EU"]


def test_up_and_down_go_through_it_and_end_above_it(parts: Parts) -> None:
    parts.pane.set_selection(Scope.OUTBOX, None)
    parts.rail.entry().setFocus()
    seen = [focused().accessibleName()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, *[Qt.Key.Key_Up] * 4):
        QTest.keyClick(focused(), key)
        seen.append(focused().accessibleName())
    assert seen == ["Outbox", "Retail EU", "Repairs", "Repairs", "Retail EU", "Outbox", "My open", "New ticket"]


def test_a_line_that_goes_takes_its_button_along(parts: Parts, qtbot) -> None:
    parts.pane.set_accounts([account("Repairs"), account("Third")], NOW)
    parts.pane.set_views([(Scope.OUTBOX, "Outbox")])
    qtbot.waitUntil(lambda: [one.accessibleName() for one in parts.rail.buttons()] == ["Outbox", "Repairs", "Third"])
    assert [one.counter for one in parts.rail.buttons()] == ["", "", ""]


def test_its_foot_says_what_the_foot_of_the_whole_says(parts: Parts, qtbot) -> None:
    parts.foot.set_accounts_online(3, 5, needing=2)
    parts.foot.set_outbox(1, 1)
    parts.foot.set_progress("Syncing Retail EU", 1240, 3800, "retail")
    rail = parts.rail
    assert rail.health.counter == "3"
    said = rail.health.accessibleDescription()
    assert "3 of 5 accounts online, 2 need you" in said
    assert "Syncing Retail EU: 1,240 of 3,800" in said
    assert "1 in the outbox needs you" in said
    assert rail.share == pytest.approx(1240 / 3800)
    with qtbot.waitSignal(parts.foot.health_requested):
        QTest.mouseClick(rail.health, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(parts.foot.settings_requested):
        QTest.mouseClick(rail.settings, Qt.MouseButton.LeftButton)


def tip_of(button: QWidget) -> list[str]:
    at = button.rect().center()
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, at, button.mapToGlobal(at)))
    return QToolTip.text().split("\n")


def test_a_button_tells_its_name_and_how_it_is_in_a_line_each_to_who_points_at_it(parts: Parts, qtbot) -> None:
    button = parts.rail.buttons()[3]
    qtbot.waitUntil(lambda: "sign-in needed" in button.accessibleDescription())
    name, how = tip_of(button)
    assert name == "Repairs"
    assert "sign-in needed" in how


def test_who_points_at_a_view_is_told_the_key_that_leads_there_as_it_is_now(parts: Parts) -> None:
    keys = ["Alt+1"]
    parts.pane.view(Scope.MINE_OPEN).set_key_source(lambda: keys[0])
    for place in (parts.pane.view(Scope.MINE_OPEN), parts.rail.buttons()[0]):
        keys[0] = "Alt+1"
        said = tip_of(place)
        assert (said[0], said[-1]) == ("My open", "Alt+1")
        keys[0] = "Alt+2"
        assert tip_of(place)[-1] == "Alt+2"
