"""Which tab is in front, and where one comes back, without a window."""

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.ui.tabs.tabs import LIST, Tab, Tabs

A, B, C = (TicketKey(AccountId("one"), name) for name in "abc")


def elsewhere(_key: TicketKey) -> bool:
    return False


def made(*keys: TicketKey) -> Tabs:
    tabs = Tabs(Tab(None))
    for key in keys:
        tabs.open(key)
    return tabs


def test_a_ticket_has_one_tab_and_the_first_is_the_lists() -> None:
    tabs = made(A, B, A)
    assert tabs.own == (A, B)
    assert tabs.at == LIST
    assert tabs.place_of(None) is None


def test_from_a_tab_another_one_opens_beside_it() -> None:
    tabs = made(A, B)
    tabs.at = 1
    assert tabs.open(C) == 2
    assert tabs.own == (A, C, B)


def test_behind_the_one_that_is_closed_comes_the_next_or_else_the_one_before() -> None:
    tabs = made(A, B, C)
    tabs.at = 2
    tabs.close(2)
    assert tabs.front.key == C
    tabs.close(2)
    assert tabs.front.key == A
    tabs.close(1)
    assert tabs.at == LIST


def test_closed_tabs_come_back_where_they_were_the_last_first() -> None:
    tabs = made(A, B, C)
    tabs.close(1)
    tabs.close(2)
    assert tabs.reopen(elsewhere) == 2
    assert [one.key for one in tabs.all] == [None, B, C]
    assert tabs.reopen(elsewhere) == 1
    assert [one.key for one in tabs.all] == [None, A, B, C]
    assert tabs.reopen(elsewhere) is None


def test_what_is_open_elsewhere_meanwhile_gets_no_second_tab() -> None:
    tabs = made(A, B)
    tabs.close(2)
    tabs.close(1)
    assert tabs.reopen(lambda key: key == A) == 1
    assert tabs.own == (B,)


def test_order_changes_and_the_one_in_front_stays_in_front() -> None:
    tabs = made(A, B, C)
    tabs.at = 1
    tabs.move(1, 3)
    assert tabs.own == (B, C, A)
    assert tabs.front.key == A
    tabs.move(3, LIST)
    assert tabs.own == (B, C, A)


def test_tabs_of_a_removed_account_go() -> None:
    tabs = made(A, B)
    tabs.at = 2
    assert tabs.forget(lambda key: key == B)
    assert tabs.own == (A,)
    assert tabs.at == LIST
    assert tabs.reopen(elsewhere) is None
