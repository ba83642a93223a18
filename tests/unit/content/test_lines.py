"""Long lines of plain text are shown in pieces."""

import pytest

from deskhand.content.cost import MAX_MIXED_RUN, MAX_RUN
from deskhand.content.lines import short_lines


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("w" * 100_000, MAX_RUN),
        ("word " * 20_000, MAX_RUN),
        ("abc אבג " * 9_000, MAX_MIXED_RUN),
        (" " * 9_000, MAX_RUN),
    ],
    ids=["unbroken", "prose", "both directions", "spaces"],
)
def test_no_line_is_longer_than_a_view_can_lay_out_and_no_letter_is_lost(text: str, most: int) -> None:
    shown = short_lines(text)
    assert max(map(len, shown.split("\n"))) <= most
    assert shown.replace("\n", "") == text


def test_words_stay_whole() -> None:
    text = "word " * 20_000
    assert set(short_lines(text).split()) == {"word"}


def test_lines_that_are_short_stay_as_they_are() -> None:
    text = "one\n\n  two\tthree \n" * 3_000
    assert short_lines(text) == text
