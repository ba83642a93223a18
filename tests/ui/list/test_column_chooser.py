"""The columns are chosen, moved, widened and sorted by keys alone, and with the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from tests.helpers.narrowing import not_none

from deskhand.domain.queries import GroupBy, Sort
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.list.column_chooser import ColumnChooser, open_chooser
from deskhand.ui.list.columns import ColumnName
from deskhand.ui.list.columns_header import ColumnsHeader


@pytest.fixture
def header(qtbot) -> ColumnsHeader:
    made = ColumnsHeader()
    qtbot.addWidget(made)
    made.resize(1100, 30)
    made.show()
    return made


@pytest.fixture
def chooser(header: ColumnsHeader) -> ColumnChooser:
    return open_chooser(header, GroupBy.NONE)


def rows(chooser: ColumnChooser) -> QListWidget:
    return not_none(chooser.findChild(QListWidget))


def go_to(chooser: ColumnChooser, title: str) -> QListWidget:
    found = rows(chooser)
    found.setCurrentItem(found.findItems(title, Qt.MatchFlag.MatchExactly)[0])
    return found


def shown(header: ColumnsHeader) -> list[ColumnName]:
    return [column.name for column, _, _ in header.places()]


def test_a_key_hides_moves_and_widens_a_column(header: ColumnsHeader, chooser: ColumnChooser) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(go_to(chooser, "State"), Qt.Key.Key_Space)
    assert ColumnName.STATE not in shown(header)
    listed = go_to(chooser, "Account")
    QTest.keyClick(listed, Qt.Key.Key_Up, alt)
    assert shown(header)[0] is ColumnName.ACCOUNT
    before = next(width for column, _, width in header.places() if column.name is ColumnName.ACCOUNT)
    QTest.keyClick(listed, Qt.Key.Key_Right, alt)
    after = next(width for column, _, width in header.places() if column.name is ColumnName.ACCOUNT)
    assert after == before + 16
    QTest.keyClick(go_to(chooser, "Subject"), Qt.Key.Key_Space)
    assert ColumnName.SUBJECT in shown(header)


def test_a_key_sorts_and_with_shift_sorts_second(header: ColumnsHeader, chooser: ColumnChooser) -> None:
    asked: list[tuple[tuple[Sort, ...], bool]] = []
    header.sort_chosen.connect(lambda sorts, second: asked.append((sorts, second)))
    QTest.keyClick(go_to(chooser, "Priority"), Qt.Key.Key_S)
    QTest.keyClick(go_to(chooser, "Waits"), Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [((Sort.PRIORITY,), False), ((Sort.WAITING,), True)]


def test_the_mouse_ticks_groups_and_goes_back_to_cards(header: ColumnsHeader, chooser: ColumnChooser) -> None:
    listed = go_to(chooser, "Tags")
    box = listed.visualItemRect(listed.currentItem())
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 10, box.center().y()))
    assert ColumnName.TAGS in shown(header)
    groups: list[GroupBy] = []
    chooser.groups_chosen.connect(groups.append)
    button = next(one for one in chooser.findChildren(TickBox) if one.text() == "Group by account")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
    assert groups == [GroupBy.ACCOUNT]
    cards: list[bool] = []
    chooser.cards_requested.connect(lambda: cards.append(True))
    buttons = {one.text(): one for one in chooser.findChildren(QPushButton)}
    QTest.mouseClick(buttons["As at first"], Qt.MouseButton.LeftButton)
    assert ColumnName.TAGS not in shown(header)
    QTest.mouseClick(next(one for text, one in buttons.items() if "cards" in text), Qt.MouseButton.LeftButton)
    assert cards == [True]
