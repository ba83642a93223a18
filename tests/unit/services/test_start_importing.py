"""Files of tickets with odd values: each row is refused by its number, or taken as it stands, and nothing stops the import."""

import json

import pytest

from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import AccountId
from deskhand.services import importing

HERE = AccountId("here")


def read(data: object) -> importing.ImportPreview:
    text = data if isinstance(data, str) else json.dumps(data)
    return importing.read_import(HERE, text, Capabilities())


def test_more_rows_than_are_taken_at_once_are_said_beside_others_that_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "LONGEST_IMPORT", 20)
    rows = "".join(f"{number},x\n" for number in range(importing.LONGEST_IMPORT + 5))
    preview = read(f"external_id,subject\n,none\n{rows}a,b,c\n")
    assert len(preview.tickets) == importing.LONGEST_IMPORT
    assert [words.split(" ")[1].rstrip(":") for words in preview.refused] == ["2", "23", "28"]
    assert "only 20 are taken at once" in preview.refused[1]


def test_a_customer_may_be_an_object_as_this_program_writes_them() -> None:
    preview = read([{"external_id": "1", "requester": {"name": "Jane Doe", "email": "jane@example.com"}}])
    requester = preview.tickets[0].ticket.requester
    assert requester is not None
    assert (requester.name, requester.email) == ("Jane Doe", "jane@example.com")


@pytest.mark.parametrize("name", ["subject", "status", "priority", "requester", "assignee", "group", "tags"])
def test_an_object_where_a_word_belongs_is_refused_by_its_number(name: str) -> None:
    preview = read([{"external_id": "1", name: {"a": [1]}}, {"external_id": "2", name: "open"}])
    assert preview.refused == (f"Item 1: its {name} is neither a text nor a number.",)
    assert [one.ticket.number for one in preview.tickets] == ["2"]


def test_an_unknown_column_keeps_what_stands_in_it() -> None:
    preview = read([{"external_id": "1", "more": {"a": [1, "b"]}, "tags": ["x", 5]}])
    ticket = preview.tickets[0].ticket
    assert ticket.fields["more"] == '{"a": [1, "b"]}'
    assert ticket.tags == ("x", "5")
