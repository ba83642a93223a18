"""A name or a subject may be as long as a mail; a label gets no more of it than a person could read there."""

import pytest

from deskhand.content.lines import bounded

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
