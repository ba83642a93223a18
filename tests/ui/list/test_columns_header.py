"""The heads of the table: what they show is chosen, moved and widened, and comes back."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from deskhand.domain.queries import Sort
from deskhand.ui.list.columns import COLUMNS, ColumnName
from deskhand.ui.list.columns_header import ColumnsHeader

USUAL = [column.name for column in COLUMNS if column.is_usual]


@pytest.fixture
def header(qtbot) -> ColumnsHeader:
    made = ColumnsHeader()
    qtbot.addWidget(made)
    made.resize(1100, 30)
    made.show()
    return made


def shown(header: ColumnsHeader) -> list[ColumnName]:
    return [column.name for column, _, _ in header.places()]


def width(header: ColumnsHeader, name: ColumnName) -> int:
    return next(width for column, _, width in header.places() if column.name is name)


def number(name: ColumnName) -> int:
    return next(n for n, column in enumerate(COLUMNS) if column.name is name)


def click(header: ColumnsHeader, name: ColumnName) -> None:
    x = next(x for column, x, _ in header.places() if column.name is name)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x + 20, 15))


def test_the_subject_takes_what_the_others_leave(header: ColumnsHeader) -> None:
    assert shown(header) == USUAL
    before = width(header, ColumnName.SUBJECT)
    with_more = header.width() + 200
    header.resize(with_more, 30)
    assert width(header, ColumnName.SUBJECT) == before + 200
    assert sum(each for _, _, each in header.places()) == with_more


def test_what_the_agent_arranged_comes_back_and_nonsense_is_what_it_was_at_first(header: ColumnsHeader, qtbot) -> None:
    with qtbot.waitSignal(header.arranged_by_hand):
        header.moveSection(header.visualIndex(number(ColumnName.UPDATED)), 0)
    header.resizeSection(number(ColumnName.CUSTOMER), 240)
    kept = header.arrangement
    header.restore("")
    assert shown(header) == USUAL
    header.restore(kept)
    assert shown(header)[0] is ColumnName.UPDATED
    assert width(header, ColumnName.CUSTOMER) == 240
    header.restore("nonsense")
    assert shown(header) == USUAL


def test_a_column_is_hidden_and_has_its_width_again_when_it_is_shown(header: ColumnsHeader, qtbot) -> None:
    header.widen_column(ColumnName.PRIORITY, 40)
    wide = width(header, ColumnName.PRIORITY)
    with qtbot.waitSignal(header.arranged_by_hand):
        header.show_column(ColumnName.PRIORITY, is_shown=False)
    assert ColumnName.PRIORITY not in shown(header)
    kept = header.arrangement
    header.start_over()
    assert shown(header) == USUAL
    header.restore(kept)
    header.show_column(ColumnName.PRIORITY, is_shown=True)
    assert width(header, ColumnName.PRIORITY) == wide
    header.show_column(ColumnName.SUBJECT, is_shown=False)
    assert ColumnName.SUBJECT in shown(header)


def test_an_arrangement_of_fewer_columns_takes_the_new_ones_in(header: ColumnsHeader) -> None:
    kept = [one for one in json.loads(header.arrangement) if one[0] != "assignee"]
    header.restore(json.dumps(list(reversed(kept))))
    assert shown(header)[0] is ColumnName.UPDATED
    assert ColumnName.ASSIGNEE in shown(header)


def test_a_click_asks_for_an_order_where_there_is_one_and_with_shift_for_the_second(header: ColumnsHeader) -> None:
    asked: list[tuple[tuple[Sort, ...], bool]] = []
    header.sort_chosen.connect(lambda sorts, second: asked.append((sorts, second)))
    for name in (ColumnName.PRIORITY, ColumnName.UPDATED, ColumnName.SUBJECT):
        click(header, name)
    assert asked == [((Sort.PRIORITY,), False), ((Sort.NEWEST, Sort.OLDEST), False)]
    header.choose_sort(ColumnName.WAITS, second=True)
    assert asked[-1] == ((Sort.WAITING,), True)


def test_which_order_is_first_and_which_second_is_said(header: ColumnsHeader) -> None:
    header.set_sort(Sort.PRIORITY, Sort.WAITING)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [str(header.model().headerData(n, Qt.Orientation.Horizontal, role)) for n in range(len(COLUMNS))]
    assert spoken[number(ColumnName.PRIORITY)] == "Priority, sorted by this"
    assert spoken[number(ColumnName.WAITS)] == "Waits, second order"


def test_read_from_the_right_the_first_column_is_at_the_right(header: ColumnsHeader) -> None:
    header.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert shown(header) == USUAL[::-1]


def test_in_a_narrow_table_columns_give_way_to_the_subject_and_come_back(header: ColumnsHeader) -> None:
    kept = [one for one in json.loads(header.arrangement) if one[0] != "subject"]
    header.resize(760, 30)
    assert width(header, ColumnName.SUBJECT) >= 120
    assert ColumnName.ASSIGNEE not in shown(header)
    now = [one for one in json.loads(header.arrangement) if one[0] != "subject"]
    assert now == kept, "what the agent chose stays"
    header.move_column(ColumnName.ASSIGNEE, 0)
    header.resize(1100, 30)
    assert shown(header)[0] is ColumnName.ASSIGNEE
    header.resize(760, 30)
    assert shown(header)[0] is ColumnName.ASSIGNEE, "what stands in front does not give way"
