"""What stands in a file of any size costs what reading it costs, and no more."""

import time
import tracemalloc

import pytest

from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import AccountId
from deskhand.domain.problems import Invalid
from deskhand.services import importing, tables

KNOWN = ("external_id", "title")


def imported(data: bytes) -> importing.ImportPreview:
    return importing.read_import(AccountId("a"), data, Capabilities())


@pytest.mark.parametrize("end", ['"\nT-2;b\n', "", 'x"y', '""'])
def test_a_quotation_mark_over_millions_of_letters_takes_no_memory_for_each(end: str) -> None:
    text = 'external_id;title\nT-1;"' + "a" * 3_000_000 + end
    tracemalloc.start()
    try:
        table = tables.read(text, KNOWN)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(text)
    assert len(table.rows) + len(table.refused) >= 1


def test_quotation_marks_are_read_as_before() -> None:
    table = tables.read('external_id;title\n1;"a""b"\n2;""\n3;""""\n4;"a"b"\n5;"a;b" \n6;"x\ny"\n7;"open\n', KNOWN)
    assert [row.cells["title"] for row in table.rows] == ['a"b', "", '"', "a;b", "x\ny"]
    assert [line for line, _ in table.refused] == [5, 9]


def test_a_value_that_no_ticket_holds_is_refused_by_its_line() -> None:
    long = b"a" * (importing.LONGEST_VALUE + 1)
    preview = imported(b"external_id;title;more\nT-1;" + long + b";x\nT-2;b;c\nT-3;b;" + long + b"\n")
    assert [one.ticket.number for one in preview.tickets] == ["T-2"]
    assert preview.refused == (
        "Line 2: its title is longer than 1,000,000 characters.",
        "Line 4: its more is longer than 1,000,000 characters.",
    )
    assert imported(b'[{"id": "1", "title": "' + long + b'"}]').refused == (
        "Item 1: its title is longer than 1,000,000 characters.",
    )


def test_thousands_of_columns_are_compared_at_once() -> None:
    names = ["external_id", *(f"c{number}" for number in range(20_000))]
    before = time.process_time()
    assert len(tables.read(f"{','.join(names)}\n", KNOWN).columns) == 20_001
    assert "c7 (2)" in tables.read(f"{','.join([*names, 'c7'])}\n", KNOWN).columns
    with pytest.raises(Invalid, match="The column Title comes twice"):
        tables.read(f"{','.join(['Title', *names, 'title'])}\n", KNOWN)
    assert time.process_time() - before < 5
