"""The window as a whole: who has the keyboard when panes come and go, and the way back."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSplitter, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.pointer import move_pointer
from tests.helpers.ui_rows import Source, key, now, row
from tests.helpers.ui_threads import message, thread

from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket.ticket_pane import TicketPane
from deskhand.ui.window import MainWindow


class Parts:
    def __init__(self) -> None:
        self.accounts = AccountsPane()
        self.tickets = TicketList(now=now)
        self.ticket = TicketPane()
        self.window = MainWindow(self.accounts, ListPane(self.tickets), StatusLine())
        self.window.place_ticket(self.ticket)
        self.window.place_welcome(QWidget())
        self.tickets.show_source(Source([row(n) for n in range(9)]))
        self.tickets.current_changed.connect(self.window.show_conversation)
        self.ticket.back_requested.connect(self.window.show_list)
        self.ticket.show_parts(conversation=True)
        self.ticket.conversation.set_thread(thread(message(1), message(2)))

    def press(self, *keys: Qt.Key) -> None:
        for one in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, one)


@pytest.fixture
def parts(qtbot) -> Parts:
    made = Parts()
    qtbot.addWidget(made.window)
    made.window.restore("", QSize(1200, 700))
    made.window.show()
    made.window.activateWindow()
    qtbot.waitExposed(made.window)
    return made


def test_where_list_and_conversation_take_turns_the_keyboard_goes_along(parts: Parts) -> None:
    parts.window.resize(790, 600)
    parts.tickets.setFocus()
    parts.press(Qt.Key.Key_Down)
    assert parts.tickets.current == key(0)
    assert not parts.tickets.isVisible()
    assert parts.ticket.conversation.hasFocus()
    parts.press(Qt.Key.Key_Escape)
    assert not parts.ticket.isVisible()
    assert parts.tickets.view.hasFocus()


def open_box(parts: Parts, qtbot: QtBot) -> None:
    """Press the line that the reply box is folded to."""
    qtbot.waitUntil(parts.ticket.composer.isVisible)
    found = parts.ticket.composer.findChildren(QAbstractButton)
    QTest.mouseClick(
        next(one for one in found if one.accessibleName() == "Write a reply" and one.isVisible()),
        Qt.MouseButton.LeftButton,
    )


def test_esc_goes_back_step_by_step_and_keeps_what_is_typed(parts: Parts, qtbot) -> None:
    open_box(parts, qtbot)
    text = next(one for one in parts.ticket.composer.findChildren(QTextEdit) if one.isVisible())
    text.setFocus()
    QTest.keyClicks(text, "Half a rep")
    parts.press(Qt.Key.Key_Escape)
    assert parts.ticket.conversation.hasFocus()
    parts.press(Qt.Key.Key_Escape)
    assert parts.tickets.view.hasFocus()
    parts.press(Qt.Key.Key_Escape)
    assert parts.tickets.view.hasFocus()
    assert text.toPlainText() == "Half a rep"
    assert parts.window.isVisible()


def test_a_search_in_the_conversation_belongs_to_whoever_reads_or_writes(parts: Parts) -> None:
    parts.tickets.setFocus()
    assert not parts.window.begin_find()
    parts.ticket.conversation.setFocus()
    assert parts.window.begin_find()


def test_the_accounts_keep_their_width_whoever_has_the_turn(parts: Parts, qtbot) -> None:
    parts.window.resize(790, 600)
    parts.tickets.setFocus()
    before = parts.window.sidebar.width()
    parts.press(Qt.Key.Key_J)
    qtbot.wait(0)
    assert abs(parts.window.sidebar.width() - before) <= 2
    parts.press(Qt.Key.Key_Escape)
    qtbot.wait(0)
    assert abs(parts.window.sidebar.width() - before) <= 2
    assert before < 300


def test_every_splitter_stands_where_it_was_left(parts: Parts, qtbot) -> None:
    open_box(parts, qtbot)
    handle = next(
        one for one in parts.ticket.findChildren(QWidget) if one.cursor().shape() is Qt.CursorShape.SizeVerCursor
    )
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(50, 2))
    move_pointer(handle, QPoint(50, -40), Qt.MouseButton.LeftButton)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(50, -40))
    side = next(s for s in parts.window.findChildren(QSplitter) if s.orientation() is Qt.Orientation.Horizontal)
    sizes = side.sizes()
    side.setSizes([sizes[0], sizes[1] + 40, sizes[2] - 40])
    left, wide = parts.ticket.composer.height(), side.sizes()
    kept = parts.window.layout_text()
    again = Parts()
    qtbot.addWidget(again.window)
    again.window.restore(kept, QSize(1200, 700))
    again.window.show()
    open_box(again, qtbot)
    qtbot.waitUntil(lambda: abs(again.ticket.composer.height() - left) <= 2)
    other = next(s for s in again.window.findChildren(QSplitter) if s.orientation() is Qt.Orientation.Horizontal)
    assert all(abs(one - two) <= 2 for one, two in zip(other.sizes(), wide, strict=True))
    again.window.restore('{"panes": 3}', None)  # what cannot be read leaves everything as it is
    assert again.ticket.composer.height() > 0
