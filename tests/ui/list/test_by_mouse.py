"""By mouse alone: what is pressed leaves the keyboard where it was, and what is said is seen whole."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from deskhand.ui.accounts.welcome import Welcome
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.vendors.mijnklantportaal.info import INFO as MIJN
from deskhand.vendors.nexuscore.info import INFO as NEXUSCORE
from deskhand.vendors.routera.info import INFO as ROUTERA
from deskhand.vendors.thalamus.info import INFO as THALAMUS
from deskhand.vendors.thena.info import INFO as THENA


def test_a_click_on_undo_leaves_the_keyboard_where_it_was(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    before, line, after = QLineEdit(), StatusLine(), QLineEdit()
    for part in (before, line, after):
        box.addWidget(part)
    window.show()
    before.setFocus()
    line.show_message("3 changed.", "Undo")
    undo = next(b for b in line.findChildren(QPushButton) if b.text() == "Undo")
    with qtbot.waitSignal(line.acted):
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is before


@pytest.mark.parametrize("width", [280, 384])
def test_where_a_search_looked_is_seen_whole(qtbot, width) -> None:
    pane = ListPane(QWidget())
    qtbot.addWidget(pane)
    pane.resize(width, 500)
    pane.set_search("order", "141 tickets")
    pane.show()
    said = next(one for one in pane.findChildren(QLabel) if one.text() == "On this computer")
    words = said.fontMetrics().boundingRect(said.rect(), Qt.TextFlag.TextWordWrap, said.text())
    assert words.width() <= said.width()
    assert words.height() <= said.height()


@pytest.mark.parametrize("size", [(720, 390), (640, 360), (1000, 640), (1432, 834)])
def test_the_one_thing_to_do_at_the_first_start_is_in_view(qtbot, size) -> None:
    welcome = Welcome((NEXUSCORE, THENA, MIJN, ROUTERA, THALAMUS))
    qtbot.addWidget(welcome)
    welcome.resize(*size)
    welcome.show()
    place = QRect(welcome.add_button.mapTo(welcome, QPoint(0, 0)), welcome.add_button.size())
    assert welcome.rect().contains(place)
