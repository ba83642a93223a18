"""Rows go to their places in 120 ms; at once where no motion is wanted."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from tests.helpers.ui_rows import Source, key, now, row

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.list.hold import Hold
from deskhand.ui.list.ticket_list import TicketList


@pytest.fixture
def tickets(qtbot) -> TicketList:
    made = TicketList(now=now)
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    source = Source([row(n) for n in range(12)])
    made.show_source(source)
    made.set_outline(source.outline())
    made.grab()
    return made


def leave(tickets: TicketList, number: int) -> None:
    source = Source([row(n) for n in range(12) if n != number])
    QApplication.sendEvent(tickets.view.viewport(), QEvent(QEvent.Type.Leave))
    assert tickets.view.hold is Hold.NOTHING, "no hand is on the list"
    tickets.model._source = source
    tickets.set_outline(source.outline())


def test_rows_below_one_that_leaves_close_the_gap_and_end_at_their_places(
    tickets: TicketList, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MOTION, "milliseconds", lambda: 120)
    leave(tickets, 3)
    motion = tickets.view.motion
    assert motion.is_moving
    assert motion.offset(key(2)) == 0
    assert 0 < motion.offset(key(4)) <= tickets.view.rowHeight(0)
    qtbot.waitUntil(lambda: not motion.is_moving)
    assert motion.offset(key(4)) == 0


def test_nothing_moves_where_no_motion_is_wanted(tickets: TicketList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)
    leave(tickets, 3)
    assert not tickets.view.motion.is_moving
    assert tickets.view.motion.offset(key(4)) == 0


def test_another_list_is_there_at_once(tickets: TicketList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "milliseconds", lambda: 120)
    source = Source([row(n) for n in reversed(range(12))])
    tickets.show_source(source)
    tickets.set_outline(source.outline())
    assert not tickets.view.motion.is_moving
