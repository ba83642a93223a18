"""What reaches Qt is bounded for every hostile document, whatever the machine and its load."""

from itertools import islice

import pytest
from tests.helpers.expensive_mail import Document, documents

from deskhand.content import cost
from deskhand.content.safehtml import End, Start, Text, tokens
from deskhand.content.sanitize import Fallback, SanitizeNotice, sanitize, sanitize_plain

ALL = tuple(documents())


def test_there_are_enough_different_hostile_documents() -> None:
    assert len({document.name for document in ALL}) == len(ALL) >= 170
    assert ALL[:60] == tuple(islice(documents(), 60))


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_no_hostile_document_reaches_a_layout_with_more_than_the_budget(document: Document) -> None:
    sanitized = sanitize(document.body) if document.html else sanitize_plain(document.body)
    found = cost.measure(tokens(sanitized.html))
    assert found.total <= cost.BUDGET + 0.1
    assert found.text <= cost.TEXT_BUDGET + 0.1
    assert found.cells <= cost.MAX_GRID
    assert found.depth <= cost.MAX_DEPTH + 20
    _assert_bounded(sanitized.html)
    if sanitized.fallback is Fallback.PLAIN:
        assert sanitized.notice is not None
    if len(document.body) < 30_000:
        assert sanitize(sanitized.html).html == sanitized.html


def _assert_bounded(html: str) -> None:
    """Count what Qt takes the square of, or repeats: tables in tables, items of a list, indentation, letters of a paragraph."""
    opened: list[str] = []
    items: list[int] = []
    run = 0
    for token in tokens(html):
        if isinstance(token, Text):
            run += len(token.text)
            assert run <= cost.MAX_RUN + 1
            continue
        run = run if token.name in ("b", "i", "u", "s", "a", "sub", "sup", "br", "img") else 0
        if isinstance(token, Start) and token.name not in ("br", "hr", "img"):
            opened.append(token.name)
            if token.name == "li" and items:
                items[-1] += 1
                assert items[-1] <= cost.MAX_ITEMS
            if token.name in ("ul", "ol"):
                items.append(0)
            assert opened.count("table") <= 1
            assert sum(name in ("blockquote", "ul", "ol", "dl", "dd") for name in opened) <= cost.MAX_INDENT
            assert token.name != "wbr"
        elif isinstance(token, End):
            opened.pop()
            if token.name in ("ul", "ol"):
                items.pop()


def test_a_body_beyond_the_budget_is_shown_as_plain_text_with_the_reason() -> None:
    sanitized = sanitize("<b>bold</b> and <i>slanted</i> " * 4_000)
    assert sanitized.notice is SanitizeNotice.TOO_COSTLY
    assert sanitized.fallback is Fallback.PLAIN
    assert "<b>" not in sanitized.html
    assert "bold and slanted" in sanitized.html


def test_a_long_list_goes_on_in_numbers() -> None:
    html = sanitize("<ol>" + "<li>x</li>" * 250 + "</ol>").html
    assert html.count("<li>") == 250
    assert html.count("<ol") == 3
    assert '<ol start="101"><li>' in html
    assert '<ol start="201"><li>' in html


def test_items_beyond_the_deepest_indentation_keep_their_marks() -> None:
    html = sanitize("<ul><li>x" * 30 + "</li></ul>" * 30).html
    assert html.count("<ul>") == cost.MAX_INDENT
    assert html.count("• x") == 20


def test_more_letters_of_a_costly_script_than_a_view_can_lay_out_are_cut_and_it_is_said() -> None:
    prose = sanitize("<p>word word </p>" * 1_000)
    assert not prose.truncated
    alternating = sanitize("<p>" + "abא" * 20_000 + "</p>")
    assert alternating.truncated
    assert alternating.notice is None
    assert len(alternating.text) == 60_000


@pytest.mark.parametrize(
    ("dear", "cheap"),
    [
        ("abא" * 300, "abc" * 300),
        ("aя中" * 300, "яяя" * 300),
        ("\U0001d400" * 900, "a" * 900),
    ],
    ids=["directions", "scripts", "rare letters"],
)
def test_what_qt_lays_out_slowly_costs_more(dear: str, cheap: str) -> None:
    assert cost.Meter().weigh(dear) > 2 * cost.Meter().weigh(cheap)


def test_tabs_of_preformatted_text_become_the_spaces_that_they_stand_for() -> None:
    assert sanitize("<pre>a\tb\n\tc</pre>").html == "<pre>a       b\n        c</pre>"
    assert sanitize("<p>a\tb</p>").html == "<p>a b</p>"
