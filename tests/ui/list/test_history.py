"""The way back through tickets, and ahead again."""

from tests.helpers.ui_rows import key

from deskhand.domain.queries import Scope, TicketQuery
from deskhand.ui.list.history import MOST, History, HistoryEntry

MINE, ALL, DRAFTS = (TicketQuery(scope) for scope in (Scope.MINE_OPEN, Scope.ALL, Scope.DRAFTS))


def visit_all(*places: HistoryEntry) -> History:
    history = History(HistoryEntry(MINE))
    for place in places:
        history.visit(place)
    return history


def test_back_leads_through_the_tickets_that_were_open_and_ahead_again() -> None:
    history = visit_all(HistoryEntry(MINE, key(1)), HistoryEntry(MINE, key(2)), HistoryEntry(ALL, key(3)))
    assert [history.go(-1), history.go(-1), history.go(-1)] == [
        HistoryEntry(MINE, key(2)),
        HistoryEntry(MINE, key(1)),
        None,
    ]
    assert [history.go(1), history.go(1), history.go(1)] == [
        HistoryEntry(MINE, key(2)),
        HistoryEntry(ALL, key(3)),
        None,
    ]


def test_a_list_without_an_open_ticket_is_only_on_the_way() -> None:
    history = visit_all(
        HistoryEntry(MINE, key(1)), HistoryEntry(ALL), HistoryEntry(DRAFTS), HistoryEntry(DRAFTS, key(2))
    )
    assert history.go(-1) == HistoryEntry(MINE, key(1))
    assert not history.can_go(-1)


def test_the_same_ticket_in_another_list_is_no_step() -> None:
    history = visit_all(HistoryEntry(MINE, key(1)), HistoryEntry(ALL, key(2)), HistoryEntry(DRAFTS, key(2)))
    assert history.go(-1) == HistoryEntry(MINE, key(1))
    assert history.go(1) == HistoryEntry(DRAFTS, key(2))


def test_another_way_forgets_what_lay_ahead() -> None:
    history = visit_all(HistoryEntry(MINE, key(1)), HistoryEntry(MINE, key(2)), HistoryEntry(MINE, key(3)))
    history.go(-1)
    history.visit(HistoryEntry(MINE, key(4)))
    assert not history.can_go(1)
    assert history.go(-1) == HistoryEntry(MINE, key(2))


def test_being_where_one_is_forgets_nothing() -> None:
    history = visit_all(HistoryEntry(MINE, key(1)), HistoryEntry(MINE, key(2)))
    history.go(-1)
    history.visit(HistoryEntry(MINE, key(1)))
    assert history.go(1) == HistoryEntry(MINE, key(2))


def test_only_so_many_places_are_remembered() -> None:
    history = visit_all(*(HistoryEntry(MINE, key(number)) for number in range(MOST + 50)))
    steps = 0
    while history.go(-1) is not None:
        steps += 1
    assert steps == MOST - 1
