"""A table is read as the spreadsheet meant it, whatever stands in row 200, or a row is refused by its line."""

import codecs

import pytest

from deskhand.domain.capabilities import Capabilities
from deskhand.domain.ids import AccountId
from deskhand.domain.problems import Invalid
from deskhand.services.importing import read_import
from deskhand.services.tables import decode, read

KNOWN = ("external_id", "title", "status", "requester", "tags")


def imported(data):
    return read_import(AccountId("a"), data, Capabilities())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_is_found_by_the_whole_file(separator, end):
    rows = [["external_id", "title", "tags"], *([f"T-{n}", "a, b; c", "x"] for n in range(300))]
    rows[200][1] = 'the 3"" pipe, "'
    text = end.join(separator.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows) + end
    table = read(text, KNOWN)
    assert table.separator == separator
    assert table.refused == ()
    assert len(table.rows) == 300
    assert table.rows[199].cells == {"external_id": "T-199", "title": 'the 3"" pipe, "', "tags": "x"}


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_the_line_of_excel_names_the_separator(line):
    table = read(line + "external_id;title\nT-1;a,b\n", KNOWN)
    assert [row.cells for row in table.rows] == [{"external_id": "T-1", "title": "a,b"}]
    assert table.rows[0].line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_that_can_be_told_is_read(encoding):
    data = "external_id;title\nT-1;Grüße 🧡\n".encode(encoding)
    if encoding == "utf-16":
        assert data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    assert imported(data).tickets[0].ticket.subject == "Grüße 🧡"


def test_an_encoding_that_would_be_a_guess_is_refused_with_the_line():
    with pytest.raises(Invalid, match="line 3") as caught:
        decode("external_id;title\nT-1;a\nT-2;Grüße\n".encode("latin-1"))
    assert "CSV UTF-8" in caught.value.detail


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("T-2;b;open;surplus", "4 cells, and the heading has 3"),
        ("T-2;b", "2 cells, and the heading has 3"),
        ('T-2;"b;open', "quotation mark"),
        ('T-2;"b"c;open', "quotation mark"),
        ('"T-2;b;open', "quotation mark"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_alone_and_named(row, why):
    preview = imported(f"external_id;title;status\nT-1;a;open\n{row}\nT-3;c;open\nT-4;d;open\n")
    assert [one.ticket.number for one in preview.tickets] == ["T-1", "T-3", "T-4"]
    assert len(preview.refused) == 1
    assert preview.refused[0].startswith("Line 3: ")
    assert why in preview.refused[0]


def test_empty_cells_behind_the_last_column_and_empty_rows_are_nothing():
    preview = imported("external_id;title;;\nT-1;a;;\n;;;\n\nT-2;b;;;;;\n")
    assert [one.ticket.number for one in preview.tickets] == ["T-1", "T-2"]
    assert preview.refused == ()


def test_a_line_break_in_a_cell_keeps_the_numbers_of_the_lines_right():
    preview = imported('external_id;title\nT-1;"two\nlines"\n;no id\n')
    assert preview.tickets[0].ticket.subject == "two lines"
    assert preview.refused == ("Line 4: it has no external_id.",)


def test_every_column_says_what_becomes_of_it():
    preview = imported(
        "external_id,Requester,serial\nT-1,Jane Doe <jane@example.com>,W-7\n".replace(",Jane", ',"Jane').replace(
            ">,", '>",'
        )
    )
    assert preview.columns == (
        ("external_id", "the ticket's id"),
        ("Requester", "the customer"),
        ("serial", "unknown, kept as a field"),
    )
    ticket = preview.tickets[0].ticket
    assert (ticket.requester.name, ticket.requester.email) == ("Jane Doe", "jane@example.com")
    assert ticket.fields == {"serial": "W-7"}
    shown = "\n".join(preview.lines())
    assert "separated by commas" in shown
    assert "serial: unknown, kept as a field" in shown


def test_columns_of_one_name_that_means_nothing_are_all_kept_and_numbered():
    preview = imported("id,Summary,Comment,comment,Comment\n1,Lamp,first,,third\n")
    assert preview.tickets[0].ticket.fields == {"summary": "Lamp", "comment": "first", "comment (3)": "third"}
    assert [name for name, _ in preview.columns] == ["id", "Summary", "Comment", "comment (2)", "Comment (3)"]


def test_an_id_that_comes_twice_is_said():
    preview = imported("external_id;title\nT-1;a\nT-1;b\n")
    assert [one.ticket.subject for one in preview.tickets] == ["a"]
    assert preview.refused == ("Line 3: the id T-1 stands in line 2 already.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("name;title\nT-1;a\n", "no column external_id or id"),
        ("external_id;title;Title\nT-1;a;b\n", "comes twice"),
        ('"external_id;title\nT-1;a\n', "heading cannot be read"),
        ("external_id;title\nT-1;\0\n", "NUL"),
        ("[{]", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("5", "no column"),
    ],
)
def test_what_is_no_table_of_tickets_is_refused_in_words(text, why):
    with pytest.raises(Invalid) as caught:
        imported(text)
    assert why in caught.value.detail
