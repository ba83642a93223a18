"""A name or a subject may be as long as a mail; a label gets no more of it than a person could read there."""

import pytest

from deskhand.content.lines import MOST_NARROW, bounded, thin_out
from deskhand.content.sanitize import sanitize, sanitize_plain

ZALGO = "z" + "\u0300\u0301\u0302" * 20


def test_a_text_within_bounds_stays_as_it_is() -> None:
    for text in ("", "Rechnung März", "tiê\u0301\u0323ng Việt", "שלום\n2", "x" * 250):
        assert bounded(text, 250) == text


@pytest.mark.parametrize("letters", ["lorem ipsum ", "aא", ZALGO, "👩\u200d👧 ", "w"])
@pytest.mark.parametrize("middle", [False, True])
def test_a_text_of_any_length_is_cut_with_an_ellipsis(letters: str, *, middle: bool) -> None:
    shown = bounded(letters * 100_000, 250, middle=middle)
    assert len(shown) <= 250
    assert shown.count("…") == 1
    assert shown[0] == letters[0]


def test_a_name_that_is_cut_in_the_middle_keeps_its_ending() -> None:
    assert bounded("a" * 9_000 + "final.pdf", 250, middle=True).endswith("final.pdf")
    assert bounded("a" * 300 + ".pdf", 250, middle=True).endswith(".pdf")


def test_of_marks_on_one_letter_four_stay_and_the_letters_all_do() -> None:
    shown = bounded(f"{ZALGO} and {ZALGO}", 250)
    assert shown.replace("\u0300", "").replace("\u0301", "").replace("\u0302", "") == "z and z"
    assert len(shown) == 7 + 8
    assert bounded("שָׁלוֹם بِسْمِ tiê\u0301\u0323ng", 250) == "שָׁלוֹם بِسْمِ tiê\u0301\u0323ng"


NARROW = {
    "accents": "\u0300\u0301\u0302",
    "marks of direction": "\u200e\u200f",
    "spaces without a width": "\u200b\u2060",
    "joiners": "\u200c\u200d",
    "tags": "\U000e0067\U000e0062",
    "selectors": "\ufe0f",
}


@pytest.mark.parametrize("letters", NARROW.values(), ids=NARROW.keys())
@pytest.mark.parametrize("between", ["", "</b><i></i><b>"], ids=["in a row", "in elements of their own"])
def test_a_message_of_one_line_holds_no_more_than_a_line(letters: str, between: str) -> None:
    html = f"<p>a<b>{between.join(letters * 2_000)}</b>z</p>"
    shown = sanitize(html).html
    assert sum(shown.count(one) for one in set(letters)) == MOST_NARROW
    assert sanitize(shown).html == shown
    text = sanitize_plain(f"a{letters * 2_000}z").html
    assert sum(text.count(one) for one in set(letters)) == MOST_NARROW


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥",
        "tie\u0302\u0301ng Vie\u0323\u0302t",
        "שָׁלוֹם\u200f, \u200eOK\u200f",
        "بِسْمِ اللَّهِ",
        "می\u200cخواهم",
        "Donau\u00addampf\u00adschiff",
        "plain",
        "",
    ],
)
def test_what_writing_needs_stays(text: str) -> None:
    assert thin_out(text)[0] == text
