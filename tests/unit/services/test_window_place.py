"""What is kept of where the agent was, and what is read of it, whoever wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority, State
from deskhand.services.views import FIRST
from deskhand.services.window_place import OpenTab, OwnWindow, WindowPlace, read, written

FILTER = parse("priority>=high -tag:spam")
assert FILTER is not None
assert not isinstance(FILTER, FilterError)
A, B = TicketKey(AccountId("one"), "a/1"), TicketKey(AccountId("two"), "b")
QUERIES = (
    FIRST,
    TicketQuery(Scope.OPEN, AccountId("one"), "brand", "new", sort=Sort.OLDEST),
    TicketQuery(Scope.ALL, states=(State.OPEN,), priorities=(Priority.HIGH,), tag="vip", unread=True),
    TicketQuery(Scope.ALL, text="refund łódź", sorted_by="return"),
    TicketQuery(Scope.ALL, filter=FILTER),
    TicketQuery(Scope.ALL, requester="jo@example.com", where=(("has_files", True),)),
)


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_written_is_read(query: TicketQuery) -> None:
    windows = (OwnWindow(B, "m2", -3, "AdnQywAD"), OwnWindow(A))
    place = WindowPlace(query, None, (OpenTab(A, "m1", 40), OpenTab(B)), 1, A, 12, windows)
    assert read(written(place)) == place


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str))
def test_whatever_stands_there_a_window_opens(text: str) -> None:
    assert read(text).tabs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"query": {"scope": "none of ours"}}',
        '{"tabs": [["one/a", "m"]], "at": 0}',
        '{"tabs": [], "at": 4}',
        '{"query": {"filter": "is:("}, "at": true}',
    ],
)
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    place = read(text)
    assert place.at == 0
    assert place.tabs == (OpenTab(None),)


def test_a_tab_that_there_is_not_is_not_in_front() -> None:
    assert read('{"tabs": [["", "", 0]], "at": 7}').at == 0
