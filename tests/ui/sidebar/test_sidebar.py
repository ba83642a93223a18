"""The sidebar: whole with its foot, or a rail with the whole over the window on demand."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from deskhand.domain.queries import Scope
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.window import MainWindow


class Parts:
    def __init__(self) -> None:
        self.pane = AccountsPane()
        self.pane.set_views([(Scope.MINE_OPEN, "My open"), (Scope.OUTBOX, "Outbox")])
        self.foot = StatusLine()
        self.window = MainWindow(self.pane, QWidget(), self.foot)
        self.sidebar = self.window.sidebar


@pytest.fixture
def parts(qtbot, light: object) -> Iterator[Parts]:
    before, MOTION.is_reduced = MOTION.is_reduced, True
    made = Parts()
    qtbot.addWidget(made.window)
    made.window.restore("", QSize(1400, 700))
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    MOTION.is_reduced = before


def test_it_is_a_rail_where_there_is_little_room_and_has_its_width_again_where_there_is(parts: Parts) -> None:
    wide = parts.sidebar.width()
    parts.window.resize(1000, 700)
    assert (parts.sidebar.is_rail, parts.sidebar.width()) == (True, 52)
    parts.window.resize(1400, 700)
    assert (parts.sidebar.is_rail, parts.sidebar.width()) == (False, wide)


def test_the_agents_choice_of_the_rail_is_kept(parts: Parts, qtbot) -> None:
    parts.window.toggle_sidebar()
    assert parts.sidebar.is_rail
    again = Parts()
    qtbot.addWidget(again.window)
    again.window.restore(parts.window.layout_text(), QSize(1400, 700))
    assert again.sidebar.is_rail


def test_the_whole_lies_over_the_window_until_a_place_is_chosen(parts: Parts, qtbot) -> None:
    parts.window.resize(1000, 700)
    QTest.mouseClick(parts.sidebar.rail.whole, Qt.MouseButton.LeftButton)
    assert parts.pane.isVisible()
    with qtbot.waitSignal(parts.pane.scope_chosen):
        QTest.mouseClick(parts.pane.view(Scope.OUTBOX), Qt.MouseButton.LeftButton)
    assert not parts.pane.isVisible()
    parts.window.toggle_sidebar()
    QTest.keyClick(parts.pane.view(Scope.OUTBOX), Qt.Key.Key_Escape)
    assert not parts.sidebar.is_over


def test_a_message_and_what_was_done_do_not_hide_each_other(parts: Parts) -> None:
    from deskhand.ui.notifications.message_strip import MessageStrip

    done = MessageStrip(parts.window, "What you did")
    parts.foot.strip.lie_above(done)
    parts.foot.show_message("The draft is kept.", "Show")
    done.show_step("Closed", "Undo", "Z")
    assert not done.geometry().intersects(parts.foot.strip.geometry())
