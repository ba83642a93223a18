"""A link names a ticket, however it was written, and can say nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content import ticket_link
from deskhand.content.ticket_link import LONGEST, TicketLink


@pytest.mark.parametrize(
    "text",
    [
        "deskhand:thena/TKT-12",
        "deskhand:thena/TKT-12/",
        "deskhand://thena/TKT-12",
        "deskhand://thena/TKT-12/",
        "DESKHAND:thena/TKT-12",
        "Deskhand://thena/TKT%2D12",
    ],
)
def test_a_link_is_understood_in_every_way_that_programs_write_it(text):
    assert ticket_link.read(text) == TicketLink("thena", "TKT-12")


@pytest.mark.parametrize(
    ("text", "name", "ticket"),
    [
        ("deskhand:Retail%20EU/7", "Retail EU", "7"),
        ("deskhand:Retail EU/7", "Retail EU", "7"),
        ("deskhand:M%C3%BCnchen%2FS%C3%BCd/7", "München/Süd", "7"),
        ("deskhand:thalamus/a%2Fb%3Fc%23d%25", "thalamus", "a/b?c#d%"),
        ("deskhand:thena/100%2525", "thena", "100%25"),
    ],
)
def test_every_part_may_hold_what_stands_for_something_else_in_an_address(text, name, ticket):
    assert ticket_link.read(text) == TicketLink(name, ticket)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://thena.ai/1",
        "deskhand",
        "deskhand:",
        "deskhand:/",
        "deskhand:thena",
        "deskhand:thena/",
        "deskhand:/7",
        "deskhand:///7",
        "deskhand:thena/%20",
        "deskhand:thena/7/reply",
        "deskhand:thena/7//",
        "deskhand:thena/7?text=hello",
        "deskhand:thena/7#note",
        "deskhand:thena\\7",
        "deskhand:thena/7%",
        "deskhand:thena/7%zz",
        "deskhand:thena/%ff",
        "deskhand:thena/7%0Adeskhand:thena/8",
        "deskhand:thena/7%00",
        "deskhand:thena/7\n",
        "deskhand:thena/%E2%80%AE7",
        "deskhand:thena/7\udc80",
        "deskhand:thena/" + "7" * LONGEST,
    ],
)
def test_anything_else_is_no_link(text):
    assert ticket_link.read(text) is None


@given(st.text(), st.text())
def test_a_link_that_is_written_is_read_as_it_was_meant_or_not_at_all(name, ticket):
    assert ticket_link.read(ticket_link.write(name, ticket)) in (TicketLink(name.strip(), ticket.strip()), None)


@given(st.text())
def test_whatever_a_page_writes_is_read_without_an_accident(text):
    ticket_link.read(text)
    ticket_link.read(ticket_link.SCHEME + text)


@pytest.mark.parametrize("ticket", ["1", "TKT-12", "tic_abc12345def678", "DH-2f/7 a+b", "№ 7 – é"])
def test_ids_of_every_vendor_go_there_and_back(ticket):
    assert ticket_link.read(ticket_link.write("mijnklantportaal", ticket)) == TicketLink("mijnklantportaal", ticket)


def test_what_is_said_back_is_cut():
    long = TicketLink("thena", "Your password has expired, please call this number at once to keep your account")
    assert long.shown == "thena/Your password has expired, please call th…"
    assert TicketLink("thena", "7").shown == "thena/7"
