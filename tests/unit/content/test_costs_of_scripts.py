"""Letters and line breaks that a layout pays for more than they look like are counted so."""

import pytest

from deskhand.content import cost
from deskhand.content.limits import SanitizeNotice
from deskhand.content.safehtml import tokens
from deskhand.content.sanitize import sanitize, sanitize_plain

_ALTERNATING = {
    "Greek and Cyrillic": "έϩ".replace("ϩ", "б"),
    "Greek and Coptic": "έϩ",
    "Devanagari and Kannada": "ऐರ",
    "Bengali and Tamil": "কக",
    "Thai and Lao": "กລ",
    "Armenian and Greek": "ԱΩ",
    "Arabic and its figures": "ص۴",
    "Arabic and its end of verse": "ص\u06dd",
    "Syriac and Thaana": "ܐހ",
    "Ethiopic and Cherokee": "ሀᎠ",
    "Khmer and Mongolian": "កᠠ",
}
_ORDINARY = {
    "Bulgarian with Greek": "Добър ден, поръчката от Αθήνα не е пристигнала. ",
    "Hindi with English": "मेरा order अभी तक नहीं आया। ",
    "Arabic with figures": "طلبي رقم ٤٧١١ لم يصل بعد. ",
    "Persian with figures": "سفارش ۴۷۱۱ هنوز نرسیده است. ",
    "Bengali": "আমার অর্ডার এখনও আসেনি। ",
    "Thai with figures": "สินค้ายังไม่มา 4711 ค่ะ ",
    "Armenian": "Բարև ձեզ, պատվերը չի հասել։ ",
}


@pytest.mark.parametrize("letters", _ALTERNATING.values(), ids=_ALTERNATING.keys())
def test_letters_of_two_scripts_in_turn_are_cut_where_a_layout_would_take_too_long(letters: str):
    text = letters * 20_000
    for sanitized in (
        sanitize(f"<p>{text}</p>"),
        sanitize_plain(text),
        sanitize(f"<table><tr><td>{text}</td></tr></table>"),
    ):
        assert sanitized.truncated
        assert len(sanitized.html) < 16_000
        assert sanitized.text.count(letters[0]) == 20_000  # the rest is offered as text


@pytest.mark.parametrize("letters", _ORDINARY.values(), ids=_ORDINARY.keys())
def test_a_long_ordinary_letter_in_two_scripts_is_shown_whole(letters: str):
    sanitized = sanitize_plain(letters * (12_000 // len(letters)))
    assert not sanitized.truncated
    assert cost.measure(tokens(sanitized.html)).total < cost.PLAIN_BUDGET


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "&#8232;", "&#x2029;", "\x0b"])
def test_a_line_break_that_is_no_tag_becomes_one(sign: str):
    sanitized = sanitize(f"<p>Order 4711{sign}Lid 12</p>")
    assert sanitized.html == "<p>Order 4711<br>Lid 12</p>"
    assert sanitized.text == "Order 4711\nLid 12"


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_line_break_of_a_plain_text_is_one(sign: str):
    assert sanitize_plain(f"Order 4711{sign}Lid 12").text == "Order 4711\nLid 12"


def test_a_form_feed_in_html_is_white_space():
    assert sanitize("<p>Order\x0c4711</p>").text == "Order 4711"


def test_no_picture_words_bring_line_breaks_of_their_own():
    assert "\u2029" not in sanitize('<img src=x alt="a\u2029b">').html


@pytest.mark.parametrize(
    "html", ["\u2029a" * 40_000, "<p><b><i><u><s><tt><em>" + "<p>x" * 9_000], ids=["signs", "formats"]
)
def test_what_becomes_very_many_elements_is_shown_as_text(html: str):
    sanitized = sanitize(html)
    assert sanitized.notice in (SanitizeNotice.TOO_MANY_TAGS, SanitizeNotice.TOO_DEEP)
    assert cost.measure(tokens(sanitized.html)).total <= cost.BUDGET
