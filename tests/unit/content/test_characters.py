"""What a text may hold when it leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.characters import one_line, outgoing, outgoing_html, shows_nothing, undecodable


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one(line_break: str) -> None:
    assert outgoing(f"Dear Casey,{line_break}bye") == "Dear Casey,\nbye"
    assert one_line(f" Refund{line_break}for order ") == "Refund for order"


def test_a_break_inside_formatted_text_is_a_tag_and_one_between_tags_is_none() -> None:
    assert outgoing_html("<p>a\vb\u2028c</p>\n<p>d\r\n</p>") == "<p>a<br>b<br>c</p>\n<p>d\n</p>"


@pytest.mark.parametrize(
    "control", ["\0", "\x1b", "\x08", "\x7f", "\x80", "\x9f", "\ufeff", "\ufffe", "\U0001ffff", "\udce9"]
)
def test_no_other_control_leaves(control: str) -> None:
    assert outgoing(f"{control}a{control}b") == "ab"
    assert outgoing_html(f"<p>{control}a</p>") == "<p>a</p>"
    assert one_line(f"a{control}b") == "ab"


def test_tabs_and_what_other_scripts_need_stay() -> None:
    kept = "a\tb  c \u200f\u2067שלום\u2069 क\u094d\u200dष 👩\u200d🔧 🏴\U000e0067\U000e007f"
    assert outgoing(kept) == kept


@given(st.text())
def test_what_may_leave_is_the_same_when_it_passes_again(text: str) -> None:
    assert outgoing(outgoing(text)) == outgoing(text)
    assert one_line(one_line(text)) == one_line(text)


def test_what_is_no_utf8_is_named_with_its_place() -> None:
    assert undecodable("Grüße\n".encode()) == ""
    assert undecodable(b"Dear\nCaf\xe9, bye") == "line 2, byte 9 (0xE9) is not UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\u200b",
        " \u200b\n\u2060\u00ad",
        "\ufeff",
        "\u200e\u202e",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\U000e0041",
    ],
)
def test_a_text_of_blanks_and_invisible_characters_shows_nothing(text: str) -> None:
    assert shows_nothing(text)


@pytest.mark.parametrize(
    "text", ["a", "\u200b.", "\u00a0ok", "👍🏽", "🏴\U000e0067\U000e007f", "क\u094d", "شكرا", "🇳🇱", "\u0301"]
)
def test_a_text_that_anybody_sees_shows_something(text: str) -> None:
    assert not shows_nothing(text)
