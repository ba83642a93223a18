"""The model: short lists change row by row, long ones read only what is seen."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from tests.helpers.narrowing import not_none
from tests.helpers.ui_rows import Endless, Source, key, now, row

from deskhand.domain.tickets import State
from deskhand.ui.list.pages import MAX_PAGES, Pages
from deskhand.ui.list.row_model import EXACT, RowModel, RowRole, Shift


@pytest.fixture
def model(qtbot) -> RowModel:
    return RowModel(now=now)


@pytest.fixture
def strict(qtbot) -> RowModel:
    """A model that Qt's own tester watches; it asks for every row, so only for short lists."""
    made = RowModel(now=now)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    assert tester.model() is made
    return made


def numbers(model: RowModel) -> list[str]:
    return [not_none(model.row(i)).key.remote for i in range(model.rowCount())]


def test_the_first_page_is_there_before_the_outline(model: RowModel) -> None:
    source = Endless(1_000_000)
    model.show(source)
    assert model.rowCount() == 128
    model.set_outline(source.outline(), range(10))
    assert model.rowCount() == 1_000_000
    assert not_none(model.row(777_777)).key == key(777_777)
    assert source.reads < 8


def test_a_row_is_one_sentence_to_a_screen_reader(model: RowModel) -> None:
    model.show(Source([row(1, "Refund <b>now</b>", unread=True)]))
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Unread. Casey Customer, Refund <b>now</b>. Webshop. 2 min."
    assert model.index(0, 0).data(RowRole.KEY) == key(1)


def test_changes_arrive_as_steps_and_persistent_rows_follow_their_ticket(strict: RowModel) -> None:
    model = strict
    source = Source([row(n) for n in range(10)])
    model.show(source)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    held = QPersistentModelIndex(model.index(7, 0))
    source.rows = [row(99), row(7, "changed"), *(row(n) for n in (0, 1, 3, 4, 5, 6, 8, 9))]
    shift = model.set_outline(source.outline(), range(4, 9))
    assert numbers(model) == ["99", "7", "0", "1", "3", "4", "5", "6", "8", "9"]
    assert held.row() == 1
    assert not_none(model.row(1)).subject == "changed"
    assert shift == Shift(above=1, top=5)
    assert resets == []


def test_an_unchanged_list_tells_nothing(model: RowModel, qtbot) -> None:
    source = Source([row(n) for n in range(300)])
    model.show(source)
    model.set_outline(source.outline(), range(10))
    told = []
    for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.layoutChanged):
        signal.connect(lambda *_: told.append(1))
    model.set_outline(source.outline(), range(10))
    assert told == []


def test_a_wholly_new_order_keeps_persistent_rows_without_a_reset(strict: RowModel) -> None:
    model = strict
    source = Source([row(n) for n in range(400)])
    model.show(source)
    model.set_outline(source.outline(), range(10))
    held = QPersistentModelIndex(model.index(30, 0))
    source.rows.reverse()
    source.rows.insert(5, row(1000))
    model.set_outline(source.outline(), range(10))
    assert held.row() == 400 - 30
    assert not_none(model.row(held.row())).key == key(30)
    assert numbers(model)[:7] == ["399", "398", "397", "396", "395", "1000", "394"]


def test_only_the_changed_row_is_painted_again(model: RowModel) -> None:
    source = Source([row(n) for n in range(20)])
    model.show(source)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    source.rows[3] = row(3, state=State.SOLVED, vendor_state="Solved")
    model.set_outline(source.outline(), range(10))
    assert told == [(3, 3)]


@pytest.mark.parametrize("new", [1, 40, 700])
def test_new_tickets_above_shift_a_long_list(model: RowModel, new: int) -> None:
    model.show(Endless(50_000))
    model.set_outline(Endless(50_000).outline(), range(10))
    held = QPersistentModelIndex(model.index(30_000, 0))
    assert not_none(model.row(30_000)).key == key(30_000)  # it was seen
    later = Endless(50_000 + new, shift=new)
    model._source = later
    shift = model.set_outline(later.outline(), range(30_000, 30_012))
    assert model.rowCount() == 50_000 + new
    assert shift == Shift(above=new, top=30_000 + new)
    assert held.row() == 30_000 + new
    assert not_none(model.row(held.row())).key == key(30_000)


@pytest.mark.parametrize("length", [200, EXACT + 500])
def test_a_ticket_that_leaps_to_the_top_pulls_nothing_along(model: RowModel, length: int) -> None:
    source = Source([row(n) for n in range(length)])
    model.show(source)
    model.set_outline(source.outline(), range(100, 110))
    assert not_none(model.row(100)).key == key(100)  # it was seen
    source.rows = [row(100, "answered"), *(row(n) for n in range(length) if n != 100)]
    assert model.set_outline(source.outline(), range(100, 110)) == Shift(above=0, top=100)
    assert not_none(model.row(101)).key == key(101)


@pytest.mark.parametrize("length", [200, EXACT + 500])
def test_the_row_that_is_read_stays_where_it_is_when_others_come_between(model: RowModel, length: int) -> None:
    source = Source([row(n) for n in range(length)])
    model.show(source)
    model.set_outline(source.outline(), range(100, 110))
    assert not_none(model.row(100)).key == key(100)  # it was seen
    source.rows = [*source.rows[:105], row(9001), row(9002), *source.rows[105:]]
    assert model.set_outline(source.outline(), range(100, 110), anchors=(108,)).top == 102
    assert not_none(model.row(110)).key == key(108)


def test_a_long_list_shrinks_and_grows_past_the_exact_size(model: RowModel) -> None:
    source = Source([row(n) for n in range(EXACT + 500)])
    model.show(source)
    model.set_outline(source.outline(), range(10))
    assert not_none(model.row(715)).key == key(715)  # it was seen
    source.rows = source.rows[700:]
    shift = model.set_outline(source.outline(), range(710, 720))
    assert model.rowCount() == len(source.rows)
    assert shift.top == 10
    source.rows = [row(n) for n in range(20)]
    model.set_outline(source.outline(), range(5))
    assert numbers(model) == [str(n) for n in range(20)]
    source.rows = []
    model.set_outline(source.outline(), range(5))
    assert model.rowCount() == 0


def test_only_64_pages_are_kept() -> None:
    source = Endless(1_000_000)
    pages = Pages(source, source.outline())
    for number in range(200):
        pages.row(number * 128)
    assert len(pages._cached) == MAX_PAGES
    assert source.reads == 200
    pages.row(199 * 128 + 5)
    assert source.reads == 200


def test_a_row_that_the_store_no_longer_has_is_blank_until_the_next_outline(model: RowModel) -> None:
    source = Source([row(n) for n in range(EXACT + 200)])
    model.show(source)
    model.set_outline(source.outline(), range(10))
    del source.rows[-50:]
    assert model.row(EXACT + 199) is None
    assert model.index(EXACT + 199, 0).data(Qt.ItemDataRole.AccessibleTextRole) is None


def test_a_ticket_that_moved_while_the_pages_were_read_is_shown_once(qtbot):
    before = [row(number) for number in range(300)]
    source = Source(before)
    model = RowModel()
    model.show(source)
    model.set_outline(source.outline(), range(10))

    class Moving(Source):
        """The last ticket comes to the top after the first page was read."""

        def page(self, after):
            found = super().page(after)
            return [*found, row(0)] if after else found

    moving = Moving(before[::-1])
    model.show(moving)
    model.set_outline(moving.outline(), range(10))
    model.set_outline(moving.outline(), range(10))
    keys = [not_none(model.row(index)).key for index in range(model.rowCount())]
    assert len(keys) == len(set(keys))
