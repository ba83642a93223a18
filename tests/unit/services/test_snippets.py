"""Canned replies with what is known of the ticket in them."""

from dataclasses import replace

import pytest
from tests.helpers.ticket_views import TICKET

from deskhand.domain.tickets import Person
from deskhand.services.snippets import filled


def test_what_is_known_is_filled_in() -> None:
    text = "Dear {name} ({full name}), about {subject} ({number})"
    assert filled(text, TICKET) == "Dear Casey (Casey Customer), about Refund for order 10021 (10021)"


@pytest.mark.parametrize("name", ["", "Dr. Doe", "Bloemenhuis", "小林", "Acme, Inc."])
def test_where_the_name_is_not_sure_the_place_stays(name: str) -> None:
    assert filled("Hi {name},", replace(TICKET, requester=Person(name, "x@example.com"))) == "Hi {name},"
    assert filled("Hi {name},", replace(TICKET, requester=None)) == "Hi {name},"


def test_a_customer_whose_name_looks_like_a_place_fills_nothing_in() -> None:
    ticket = replace(TICKET, requester=Person("{subject}\n{number}"))
    assert filled("{full name}: {x}", ticket) == "{subject} {number}: {x}"
