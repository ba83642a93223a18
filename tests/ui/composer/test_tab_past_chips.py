"""Tab goes past chips to what stands behind them, so that what is typed next is text and never a command."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from tests.helpers.narrowing import not_none
from tests.helpers.ticket_views import TICKET, view_of

from deskhand.domain.threads import Draft
from deskhand.ui.composer.composer import Composer
from deskhand.ui.composer.composer_state import ComposerState
from deskhand.ui.ticket.ticket_header import TicketHeader

STATE = ComposerState("Retail EU", "NexusCore", can_reply=True, can_cc=True)


@pytest.fixture
def box(qtbot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.resize(560, 320)
    made.show()
    made.set_state(STATE)
    made.window().activateWindow()
    made.focus_text()
    return made


def tab(key: Qt.Key = Qt.Key.Key_Tab) -> QWidget:
    QTest.keyClick(not_none(QApplication.focusWidget()), key)
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


@pytest.mark.parametrize("known", [(), ("a@example.com",), ("a@example.com", "b@example.com", "c@example.com")])
def test_tab_from_the_copies_comes_to_the_text(qtbot, box, known) -> None:
    box.set_draft("reply", Draft("reply", "", cc=known))
    line = next(one for one in box.findChildren(QLineEdit, "Cc") if one.isVisible())
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    for address in ("d@example.com", "e@example.com"):
        QTest.keyClicks(line, address)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert isinstance(tab(), QTextEdit)
    assert tab(Qt.Key.Key_Backtab) is line
    names = [tab(Qt.Key.Key_Backtab).accessibleName() for _ in (*known, 1, 2)]
    assert names == [f"Remove {one}" for one in reversed((*known, "d@example.com", "e@example.com"))]


def test_tab_from_a_new_tag_comes_to_the_plus_behind_all_tags(qtbot) -> None:
    header = TicketHeader()
    qtbot.addWidget(header)
    header.set_view(view_of(replace(TICKET, tags=("refund", "late"))))
    header.resize(560, 200)
    header.show()
    header.activateWindow()
    header.edit_tags()
    line = next(one for one in header.findChildren(QLineEdit) if one.accessibleName() == "New tag")
    qtbot.waitUntil(line.hasFocus)
    header.set_view(view_of(replace(TICKET, tags=("refund", "late", "vip"))))
    QTest.keyClicks(line, "x")
    assert tab().accessibleName() == "Add a tag"
    assert tab(Qt.Key.Key_Backtab) is line
    assert [tab(Qt.Key.Key_Backtab).accessibleName() for _ in range(3)] == [
        "Remove vip",
        "Remove late",
        "Remove refund",
    ]
