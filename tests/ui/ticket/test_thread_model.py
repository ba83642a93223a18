"""The order of a conversation, and where things lie in a column of estimated heights."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.ui_threads import NOW, message, own, thread

from deskhand.domain.threads import Delivery, HistoryEntry, Message
from deskhand.ui.ticket.column_heights import Column
from deskhand.ui.ticket.thread_model import DayMark, entries, identity


def order(view) -> list[str]:
    return [
        e.id if isinstance(e, Message) else type(e).__name__ if isinstance(e, DayMark) else e.what
        for e in entries(view)
    ]


def test_history_stands_between_the_messages_and_days_are_marked_once() -> None:
    view = thread(
        message(1, created_at=NOW - timedelta(days=2)),
        message(2, created_at=NOW - timedelta(minutes=5)),
        history=(
            HistoryEntry(NOW - timedelta(minutes=9), "assigned"),
            HistoryEntry(NOW - timedelta(days=2, minutes=1), "opened"),
        ),
    )
    assert order(view) == ["DayMark", "opened", "m1", "DayMark", "assigned", "m2"]


def test_messages_keep_their_order_whatever_their_times_and_our_own_unsent_words_come_last() -> None:
    view = thread(
        message(1, created_at=NOW - timedelta(minutes=5)),
        message(2, created_at=None),
        message(3, created_at=NOW - timedelta(minutes=50)),
        own(4, Delivery.HELD, created_at=NOW - timedelta(minutes=30)),
        history=(HistoryEntry(NOW, "closed"),),
    )
    assert [e for e in order(view) if e != "DayMark"] == ["m1", "m2", "m3", "closed", "m4"]


def test_a_message_keeps_its_identity_from_the_outbox_to_the_vendor() -> None:
    held, queued = own(1, Delivery.HELD), own(1, Delivery.QUEUED)
    assert identity(held) == identity(queued)
    assert identity(message(1)) != identity(message(2))


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(-50, 30_000))
def test_every_height_belongs_to_the_entry_that_covers_it(heights: list[int], y: int) -> None:
    column = Column(heights, gap=12, margin=14)
    index = column.at(y)
    assert column.top(index) <= max(y, 14)
    if index + 1 < len(column):
        assert y < column.top(index + 1)
    assert column.total == 28 + sum(heights) + 12 * (len(heights) - 1)


def test_measuring_moves_only_what_is_below() -> None:
    column = Column([100, 100, 100], gap=10, margin=0)
    assert column.measure(1, 160) == 60
    assert [column.top(i) for i in range(3)] == [0, 110, 280]
    assert column.is_measured(1)
    assert not column.is_measured(0)
    assert list(column.between(100, 290)) == [0, 1, 2]


def test_an_empty_column_has_nothing_anywhere() -> None:
    column = Column([], gap=10, margin=14)
    assert column.at(5) == -1
    assert list(column.between(0, 100)) == []
    assert column.total == 28
