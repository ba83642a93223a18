"""Which tables stay tables, and what becomes of the others."""

import re

import pytest

from deskhand.content.safehtml import SafeHtml, Start, tokens
from deskhand.content.sanitize import Fallback, sanitize
from deskhand.content.tables import mirrored

LONG = "The quick brown fox jumps over the lazy dog and does so again. " * 6
INVOICE = (
    "<table><thead><tr><th>Item</th><th>Price</th></tr></thead>"
    "<tbody><tr><td>Pot</td><td>345 EUR</td></tr><tr><td>Lid</td><td>12 EUR</td></tr></tbody></table>"
)


def tables(html: str) -> int:
    return sum(isinstance(token, Start) and token.name == "table" for token in tokens(html))


def spans(html: str) -> list[tuple[str, str]]:
    cells = (t.attributes for t in tokens(html) if isinstance(t, Start) and t.name in ("td", "th"))
    return [(cell.get("colspan", "1"), cell.get("rowspan", "1")) for cell in cells]


def test_a_table_of_data_stays_one() -> None:
    assert tables(sanitize(INVOICE).html) == 1


def test_a_table_of_data_within_tables_that_only_place_things_is_all_that_stays() -> None:
    html = f"<table><tr><td><table><tr><td>LOGO</td></tr><tr><td>{LONG}</td></tr></table>{INVOICE}</td></tr></table>"
    sanitized = sanitize(html)
    assert tables(sanitized.html) == 1
    assert (
        sanitized.html.index("LOGO")
        < sanitized.html.index("quick")
        < sanitized.html.index("<table")
        < sanitized.html.index("345")
    )


@pytest.mark.parametrize(
    "html",
    [
        f"<table><tr><td><table><tr><td>LOGO</td></tr></table><table><tr><td>{LONG}</td></tr></table></td></tr></table>",
        f"<table><tr><td>LOGO</td></tr><tr><td>{LONG}</td></tr></table>",
        f"<table><tr><td>LOGO</td><td>{LONG}</td></tr></table>",
        f"<table><tr><td>{LONG * 3}</td><td>{LONG}</td></tr><tr><td>LOGO</td><td>{LONG}</td></tr></table>",
        "<table><tr><td>&nbsp;</td><td>LOGO</td></tr><tr><td>&nbsp;</td><td>x</td></tr></table>",
        "<table>" + f"<tr>{'<td>LOGO words</td>' * 40}</tr>" * 3 + "</table>",
        "<table><tr><td><img src=https://x.example/a.png></td><td>LOGO</td></tr><tr><td><img src=https://x.example/b.png></td><td>x</td></tr></table>",
    ],
    ids=["siblings in a cell", "one column", "one row", "articles", "spacers", "far too wide", "pictures beside text"],
)
def test_a_table_that_only_places_things_becomes_paragraphs_with_every_word(html: str) -> None:
    sanitized = sanitize(html)
    assert tables(sanitized.html) == 0
    assert "LOGO" in sanitized.html
    words = re.sub(r"<[^>]*>|&nbsp;|\s", "", html)
    assert re.sub(r"<[^>]*>|&nbsp;|\s", "", sanitized.html) == words


def test_short_cells_of_a_row_share_a_line_and_stay_apart() -> None:
    html = sanitize("<table><tr><td><p>Total</p></td><td>&nbsp;</td><td><b>345 EUR</b></td></tr></table>").html
    assert html == "<div>Total&nbsp;&nbsp; <b>345 EUR</b></div>"


def test_no_cell_spans_more_than_there_is() -> None:
    html = (
        "<table><tr><td colspan=100>Order</td></tr><tr><td rowspan=90>a</td><td colspan=50>b</td></tr>"
        "<tr><td>c</td></tr><tr><td>d</td></tr></table>"
    )
    assert spans(sanitize(html).html) == [("2", "1"), ("1", "3"), ("1", "1"), ("1", "1"), ("1", "1")]


def test_columns_in_which_no_cell_begins_are_left_out() -> None:
    html = "<table>" + "<tr><td colspan=7>a</td><td colspan=5>b</td><td>c</td></tr>" * 3 + "</table>"
    assert set(spans(sanitize(html).html)) == {("1", "1")}


@pytest.mark.parametrize("rows", [20, 40, 80, 300])
def test_cells_that_span_a_hundred_rows_and_columns_reach_no_layout(rows: int) -> None:
    sanitized = sanitize("<table>" + "<tr><td rowspan=100 colspan=100>x</td></tr>" * rows + "</table>")
    assert sanitized.cost.cells == 0
    assert sanitized.html.count("x") == rows


def test_too_many_cells_for_a_view_become_paragraphs_and_a_table_before_them_stays() -> None:
    grid = "<table>" + ("<tr>" + "<td>x</td>" * 20 + "</tr>") * 60 + "</table>"
    sanitized = sanitize(INVOICE + grid)
    assert tables(sanitized.html) == 1
    assert sanitized.html.count("x") == 1200


def test_what_costs_too_much_with_its_tables_is_shown_without_them() -> None:
    grid = "<table>" + ("<tr>" + "<td>some words of it</td>" * 10 + "</tr>") * 90 + "</table>"
    sanitized = sanitize(grid + "<p>" + "<b>a</b> b " * 1500 + "</p>")
    assert sanitized.fallback is Fallback.NO_TABLES
    assert tables(sanitized.html) == 0
    assert sanitized.notice is None


@pytest.mark.parametrize("around", ['<div dir="rtl">{}</div>', "{}"])
def test_a_right_to_left_table_says_so_and_is_shown_with_its_first_cell_at_the_right(around: str) -> None:
    inner = "<table{}><tr><td>א</td><td>ב</td></tr><tr><td rowspan=2>ג</td><td>ד</td></tr><tr><td>ה</td></tr></table>"
    sanitized = sanitize(around.format(inner.format("" if "div" in around else " dir=rtl")))
    assert '<table dir="rtl">' in sanitized.html
    shown = mirrored(sanitized.html)
    assert re.findall("[א-ה]", shown) == ["ב", "א", "ד", "ג", "ה"]
    assert re.findall("[א-ה]", sanitized.html) == ["א", "ב", "ג", "ד", "ה"]
    assert spans(shown) == [("1", "1"), ("1", "1"), ("1", "1"), ("1", "2"), ("1", "1")]


def test_a_row_that_ends_early_stays_at_its_side() -> None:
    sanitized = sanitize(
        '<table dir="rtl"><tr><td>א</td><td>ב</td></tr><tr><td>ג</td><td>ד</td></tr><tr><td>ה</td></tr></table>'
    )
    assert mirrored(sanitized.html).endswith("<tr><td></td><td>ה</td></tr></tbody></table>")


def test_a_paragraph_of_a_right_to_left_table_keeps_its_direction() -> None:
    assert sanitize(f'<table dir="rtl"><tr><td>{LONG}</td></tr></table>').html.startswith('<div dir="rtl">')


def test_other_html_is_left_as_it_is() -> None:
    assert mirrored(SafeHtml('<p dir="rtl">א</p>')) == '<p dir="rtl">א</p>'


@pytest.mark.parametrize("depth", [1, 30, 90])
def test_a_table_deep_in_other_elements_stays_whole_or_none(depth: int) -> None:
    sanitized = sanitize("<blockquote>" * depth + INVOICE + "</blockquote>" * depth)
    assert sanitize(sanitized.html).html == sanitized.html
    assert re.sub(r"<[^>]*>|&nbsp;|\s", "", sanitized.html) == "ItemPricePot345EURLid12EUR"
