"""Groups in the list: heads, folding, what keys and the mouse do with them, and what is selected."""

import itertools
import random
from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from tests.helpers.narrowing import not_none
from tests.helpers.ui_rows import Endless, Source, key, now, row

from deskhand.domain.ids import TicketKey
from deskhand.domain.queries import GroupBy, GroupRows, GroupSpan, PageIndex
from deskhand.domain.tickets import State
from deskhand.ui.list.groups import Grouping, GroupLayout, split_at
from deskhand.ui.list.row_model import RowModel
from deskhand.ui.list.ticket_list import TicketList

BY_STATE = Grouping(GroupBy.STATE)


class Grouped(Source):
    """A short list in groups of these sizes."""

    def __init__(self, sizes: dict[str, int]) -> None:
        counter = itertools.count()
        self.sizes = sizes
        super().__init__([row(next(counter), state=State(name)) for name, size in sizes.items() for _ in range(size)])

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        found, at = [], 0
        for name, size in self.sizes.items():
            found.append(GroupRows(name, self.rows[at : at + size]))
            at += size
        return found

    def outline(self) -> PageIndex:
        index = super().outline()
        return PageIndex(index.count, index.page_size, index.page_cursors, self.spans)

    @property
    def spans(self) -> list[GroupSpan]:
        return [GroupSpan(name, size) for name, size in self.sizes.items()]


class EndlessGroups(Endless):
    """A long list in groups of these sizes."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes
        super().__init__(sum(sizes.values()))

    def first_groups(self, folded: Collection[str]) -> Sequence[GroupRows]:
        return [GroupRows(next(iter(self.sizes)), [self._row(i) for i in range(self.size)])]

    def outline(self) -> PageIndex:
        index = super().outline()
        spans = [GroupSpan(name, size) for name, size in self.sizes.items()]
        return PageIndex(index.count, index.page_size, index.page_cursors, spans)


SHORT = {"open": 3, "pending": 2, "solved": 4}
LONG = {"open": 400_000, "pending": 5, "solved": 599_995}


def shown(model: RowModel) -> list[str]:
    return [
        head.group if (head := model.head(i)) is not None else not_none(model.row(i)).key.remote
        for i in range(model.rowCount())
    ]


@given(st.lists(st.integers(1, 9), max_size=6), st.sets(st.integers(0, 5)))
def test_rows_and_places_are_each_others_inverse(sizes: list[int], closed: set[int]) -> None:
    groups = [GroupSpan(str(n), size) for n, size in enumerate(sizes)]
    layout = GroupLayout(groups, {str(n) for n in closed})
    places = [layout.place(at) for at in range(layout.count)]
    assert sum(place is None for place in places) == len(groups) == len(layout.heads)
    for at, place in enumerate(places):
        assert layout.is_head(at) is (place is None)
        assert place is None or layout.row(place) == at
    hidden = set(range(sum(sizes))) - set(places)
    assert all(layout.row(place) is None for place in hidden)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=3), st.sets(st.integers(0, 40)))
def test_heads_are_taken_out_of_stretches(parts: list[tuple[int, int]], heads: set[int]) -> None:
    rows = [range(start, start + size) for start, size in parts]
    assert [n for part in split_at(rows, sorted(heads)) for n in part] == [
        n for part in rows for n in part if n not in heads
    ]


@pytest.fixture
def strict(qtbot) -> RowModel:
    made = RowModel(now=now)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    assert tester.model() is made
    return made


def test_heads_are_there_with_the_first_page_and_counted_with_the_outline(strict: RowModel) -> None:
    source = Grouped(SHORT)
    strict.show(source, BY_STATE)
    assert shown(strict) == ["open", "0", "1", "2", "pending", "3", "4", "solved", "5", "6", "7", "8"]
    assert not_none(strict.head(0)).size is None
    strict.set_outline(source.outline(), range(5))
    assert not_none(strict.head(4)).size == 2
    strict.fold(frozenset({"open", "solved"}))
    assert shown(strict) == ["open", "pending", "3", "4", "solved"]
    strict.fold(frozenset({"solved"}))
    assert shown(strict)[:4] == ["open", "0", "1", "2"]
    spoken = strict.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Group Open, 3 tickets. Open."
    assert not strict.flags(strict.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_long_list_folds_without_reading_it(qtbot) -> None:
    model, source = RowModel(now=now), EndlessGroups(LONG)
    model.show(source, BY_STATE)
    model.set_outline(source.outline(), range(10))
    assert model.rowCount() == 1_000_003
    assert not_none(model.head(400_001)).group == "pending"
    model.fold(frozenset({"open"}))
    assert model.rowCount() == 600_003
    assert not_none(model.row(2)).key == key(400_000)
    assert not_none(model.row(600_002)).key == key(999_999)
    model.fold(frozenset({"open", "pending", "solved"}))
    assert [not_none(model.head(i)).size for i in range(model.rowCount())] == list(LONG.values())
    model.fold(frozenset())
    assert model.rowCount() == 1_000_003
    assert source.reads < 20


def test_any_order_of_folding_ends_with_the_same_rows(strict: RowModel) -> None:
    source = Grouped(SHORT)
    strict.show(source, BY_STATE)
    strict.set_outline(source.outline(), range(5))
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    for _ in range(20):
        folded = frozenset(name for name in SHORT if chance.random() < 0.5)
        strict.fold(folded)
        wanted, at = [], 0
        for name, size in SHORT.items():
            wanted += [name] if name in folded else [name, *(str(n) for n in range(at, at + size))]
            at += size
        assert shown(strict) == wanted


@pytest.fixture
def tickets(qtbot) -> TicketList:
    made = TicketList(now=now)
    qtbot.addWidget(made)
    made.resize(400, 900)
    made.show()
    source = Grouped(SHORT)
    made.show_source(source, BY_STATE)
    made.set_outline(source.outline())
    return made


def current(tickets: TicketList) -> TicketKey | None:
    return tickets.current


def test_keys_of_the_window_pass_heads_and_arrows_stand_on_them(tickets: TicketList) -> None:
    for _ in range(4):
        tickets.step(1)
    assert tickets.current == key(3)
    QTest.keyClick(tickets.view, Qt.Key.Key_Up)
    assert tickets.model.head(tickets.view.currentIndex().row()) is not None
    assert tickets.current == key(3), "what is read stays so"
    QTest.keyClick(tickets.view, Qt.Key.Key_Left)
    assert shown(tickets.model) == ["open", "0", "1", "2", "pending", "solved", "5", "6", "7", "8"]
    tickets.step(1)
    assert tickets.current == key(5)
    tickets.step(-1)
    assert tickets.current == key(2), "the folded group is passed over"


def test_left_in_a_group_folds_it_and_right_opens_it(tickets: TicketList) -> None:
    told: list[frozenset[str]] = []
    tickets.folded_changed.connect(told.append)
    tickets.select(key(1))
    QTest.keyClick(tickets.view, Qt.Key.Key_Left)
    assert tickets.model.rowCount() == 9
    assert tickets.view.currentIndex().row() == 0
    assert tickets.current == key(1)
    QTest.keyClick(tickets.view, Qt.Key.Key_Right)
    assert tickets.model.rowCount() == 12
    QTest.keyClick(tickets.view, Qt.Key.Key_Right)
    assert tickets.current == key(0), "Right on an open head goes to its first ticket"
    assert told == [frozenset({"open"}), frozenset()]


def test_a_click_on_a_head_folds_and_selects_nothing(tickets: TicketList) -> None:
    tickets.select(key(0))
    at = tickets.view.visualRect(tickets.model.index(4, 0)).center()
    QTest.mouseClick(tickets.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "3" not in shown(tickets.model)
    assert tickets.current == key(0)
    assert tickets.selected() == [key(0)]


def test_everything_and_ranges_hold_tickets_only(tickets: TicketList) -> None:
    tickets.select_all()
    assert tickets.selected_count == 9
    assert tickets.selected() == [key(n) for n in range(9)]
    tickets.select(key(2))
    tickets.extend(1)
    tickets.extend(1)
    assert tickets.selected() == [key(2), key(3), key(4)]
    assert tickets.selected_count == 3
    tickets.extend(-1)
    tickets.extend(-1)
    assert tickets.selected() == [key(2)]
    tickets.view.fold_requested.emit(4, None)
    tickets.select_all()
    assert tickets.selected_count == 7, "what is folded is not in sight, and not selected"


def test_what_is_folded_stays_so_when_the_list_is_read_again(tickets: TicketList) -> None:
    tickets.view.fold_requested.emit(0, None)
    source = Grouped(SHORT)
    tickets.set_outline(source.outline())
    assert shown(tickets.model)[:2] == ["open", "pending"]
