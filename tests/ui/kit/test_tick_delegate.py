"""Ticks of a list are seen on a dark ground too, and a press on one changes it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from deskhand.ui.kit.theme import Appearance, Choice, theme_of
from deskhand.ui.kit.tick_delegate import TickDelegate


@pytest.fixture
def ticks(qtbot) -> QListWidget:
    made = QListWidget()
    qtbot.addWidget(made)
    made.setItemDelegate(TickDelegate(made))
    for name, state in (("On", Qt.CheckState.Checked), ("Off", Qt.CheckState.Unchecked)):
        item = QListWidgetItem(name)
        item.setCheckState(state)
        made.addItem(item)
    made.resize(200, 100)
    made.show()
    return made


def test_a_press_on_the_mark_ticks_and_one_on_the_words_only_goes_there(ticks: QListWidget) -> None:
    box = ticks.visualItemRect(ticks.item(1))
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert ticks.item(1).checkState() is Qt.CheckState.Unchecked
    assert ticks.currentRow() == 1
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 12, box.center().y()))
    assert ticks.item(1).checkState() is Qt.CheckState.Checked
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    assert ticks.item(1).checkState() is Qt.CheckState.Unchecked


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_a_box_that_is_not_ticked_has_an_edge_in_every_theme(
    ticks: QListWidget, light: Appearance, choice: Choice
) -> None:
    light.choose(choice)
    box = ticks.visualItemRect(ticks.item(1))
    image = ticks.viewport().grab(box).toImage()
    seen = {image.pixelColor(x, image.height() // 2).name() for x in range(30)}
    assert QColor(theme_of(ticks.palette()).edge).name() in seen
