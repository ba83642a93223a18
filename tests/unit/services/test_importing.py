"""Tickets from a file, for vendors that can only be written to."""

import json

import pytest

from deskhand.domain.capabilities import Capabilities, StateChoice
from deskhand.domain.ids import AccountId
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import Priority, State
from deskhand.services.importing import read_import

ACME = AccountId("acme")
KNOWN = Capabilities(states=(StateChoice("in_progress", "In progress", State.OPEN),))


def tickets(text: str):
    preview = read_import(ACME, text, KNOWN)
    return [remote.ticket for remote in preview.tickets], preview.refused


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_whatever_separates_its_columns(sign):
    text = "\ufeff" + "\n".join(
        sign.join(row)
        for row in (
            ("external_id", "Title", "Status", "priority", "requester_email", "tags", "floor"),
            ("T-1", "Broken boiler", "in progress", "HIGH", "ada@example.com", "heat", "3"),
            ("T-2", "Leak", "Waiting for parts", "whenever", "", "", ""),
        )
    )
    (first, second), problems = tickets(text)
    assert not problems
    assert (first.key.remote, first.subject, first.state_id, first.state) == (
        "T-1",
        "Broken boiler",
        "in_progress",
        State.OPEN,
    )
    assert (first.priority, first.requester.email, first.tags) == (Priority.HIGH, "ada@example.com", ("heat",))
    assert first.fields == {"floor": "3"}
    assert (second.state, second.vendor_state) == (State.OTHER, "Waiting for parts")
    assert (second.priority, second.vendor_priority) == (Priority.OTHER, "whenever")


def test_one_column_is_a_table_too():
    (only,), problems = tickets("external_id\nT-1\n")
    assert (only.key.remote, problems) == ("T-1", ())


@pytest.mark.parametrize("shape", [lambda rows: rows, lambda rows: {"tickets": rows}])
def test_json_is_read_as_a_list_or_as_a_list_of_tickets(shape):
    rows = [{"id": 7, "subject": "مرحبا", "assignee": "bob", "tags": ["a", "b c"]}, {"title": "nameless"}, "nonsense"]
    (only,), problems = tickets(json.dumps(shape(rows)))
    assert (only.key.remote, only.subject, only.assignee.id, only.tags) == ("7", "مرحبا", "bob", ("a", "b c"))
    assert [problem.partition(":")[0] for problem in problems] == ["Item 2", "Item 3"]


@pytest.mark.parametrize("text", ["[", '{"tickets": 3}'])
def test_what_is_no_list_is_refused_whole(text):
    with pytest.raises(Invalid):
        tickets(text)


def test_an_empty_file_is_said_to_be_empty():
    with pytest.raises(Invalid, match="empty"):
        tickets("")


def test_of_two_columns_of_one_meaning_the_preview_says_which_counts():
    found = read_import(AccountId("a"), "external_id;id;Title;subject\n1;2;a;b\n", Capabilities())
    (ticket,) = found.tickets
    assert (ticket.ticket.number, ticket.ticket.subject) == ("1", "a")
    assert dict(found.columns) == {
        "external_id": "the ticket's id",
        "id": "the ticket's id where external_id is empty, else kept as a field",
        "Title": "its subject",
        "subject": "its subject where Title is empty, else kept as a field",
    }


@pytest.mark.parametrize("odd", ["true", "NaN", "1.5", '{"a": 1}', '["x"]'])
def test_an_id_that_is_neither_text_nor_whole_number_is_refused_by_its_item(odd):
    found = read_import(AccountId("a"), f'[{{"id": {odd}}}, {{"id": 7}}]', Capabilities())
    assert [one.ticket.number for one in found.tickets] == ["7"]
    assert found.refused == ("Item 1: its id is neither a text nor a whole number.",)
