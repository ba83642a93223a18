"""What came next in the list is gone to afterwards, whatever the list's order is by then."""

import pytest
from tests.helpers.ui_rows import Endless, Source, key, now, row

from deskhand.ui.list.next_tickets import go_to_first, next_tickets
from deskhand.ui.list.ticket_list import TicketList


@pytest.fixture
def tickets(qtbot) -> TicketList:
    made = TicketList(now=now)
    qtbot.addWidget(made)
    made.resize(384, 600)
    return made


def fill(tickets: TicketList, source: Source | Endless) -> None:
    tickets.show_source(source)
    tickets.set_outline(source.outline())


def test_the_noted_ticket_is_gone_to_in_another_order(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(2))
    noted = next_tickets(tickets)
    assert noted == [key(3), key(4)]
    fill(tickets, Source([row(n) for n in (2, 0, 1, 4, 3)]))
    go_to_first(tickets, noted)
    assert tickets.current == key(3)


def test_where_it_left_the_list_the_one_after_it_is_gone_to(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(2))
    noted = next_tickets(tickets)
    fill(tickets, Source([row(n) for n in (2, 0, 1, 4)]))
    go_to_first(tickets, noted)
    assert tickets.current == key(4)


def test_nothing_comes_after_the_last_one(tickets: TicketList) -> None:
    fill(tickets, Source([row(n) for n in range(5)]))
    tickets.select(key(4))
    noted = next_tickets(tickets)
    assert noted == []
    fill(tickets, Source([row(n) for n in (4, 0, 1, 2, 3)]))
    go_to_first(tickets, noted)
    assert tickets.current == key(4)


def test_of_a_million_tickets_the_next_one_is_known_at_the_end_of_a_page_too(tickets: TicketList) -> None:
    fill(tickets, Endless(1_000_000))
    tickets.select(key(127), 127)
    assert next_tickets(tickets)[0] == key(128)
