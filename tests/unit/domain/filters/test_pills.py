"""The buttons above the list and the filter's text are one filter."""

from hypothesis import given
from tests.helpers.filter_strategies import filters

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.pills import Pills, pills_of, with_pills
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.tickets import Priority, State

SOME = Pills((State.OPEN, State.PENDING), (Priority.HIGH,), "on hold", unread=True)


def read(text: str) -> Filter:
    found = parse(text)
    assert not isinstance(found, FilterError)
    return found


@given(filters())
def test_what_the_buttons_set_is_what_they_show_afterwards(of: Filter) -> None:
    assert pills_of(read(with_pills(unparse(of), SOME))) == SOME


@given(filters())
def test_the_buttons_set_to_what_they_show_change_nothing_that_is_found(of: Filter) -> None:
    text = unparse(of)
    again = read(with_pills(text, pills_of(of)))
    assert pills_of(again) == pills_of(of)


def test_other_words_stay_as_they_were_typed() -> None:
    text = 'from:chloe state:open refund (a or b) tag:"x y"'
    assert with_pills(text, Pills((State.CLOSED,))) == "from:chloe refund (a or b) state:closed"
    assert with_pills("a or b", Pills(unread=True)) == "(a or b) is:unread"
    assert with_pills("", SOME) == '(state:open or state:pending) priority:high tag:"on hold" is:unread'
    assert with_pills("has:fil", SOME) == "has:fil"
