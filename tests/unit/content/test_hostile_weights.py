"""Letters that look like few and cost Qt much count as what they cost, so that no short mail of them stops the window."""

import pytest

from deskhand.content import cost
from deskhand.content.safehtml import tokens
from deskhand.content.sanitize import sanitize, sanitize_plain

COSTLY = {
    "marks of direction between Hebrew letters": "א\u200e",
    "marks of direction between Latin letters": "a\u200f",
    "Arabic marks of direction": "a\u061c",
    "marks on marks": "z" + "\u0300\u0301\u0302" * 2,
    "marks on Cyrillic letters": "я" + "\u0300" * 6,
    "marks of another script": "a" + "\u0483" * 6,
}
ORDINARY = {
    "Hebrew with a mark of direction in every line": "\u200fשלום, מה שלומך היום? \u200eOK\u200f הכול בסדר. ",
    "accents as marks of their own": "tie\u0302\u0301ng Vie\u0323\u0302t, re\u0301sume\u0301. ",
    "Arabic with its vowels": "بِسْمِ اللَّهِ الرَّحْمَٰنِ ",
    "Persian": "سلام، می\u200cخواهم سفارش خود را لغو کنم. ",
    "Urdu": "مجھے اپنا آرڈر منسوخ کرنا ہے۔ ",
}


@pytest.mark.parametrize("letters", COSTLY.values(), ids=COSTLY.keys())
@pytest.mark.parametrize("is_html", [True, False], ids=["html", "text"])
def test_no_more_of_costly_letters_is_shown_than_there_is_time_for(letters: str, *, is_html: bool) -> None:
    text = letters * (30_000 // len(letters))
    sanitized = sanitize(f"<p>{text}</p>") if is_html else sanitize_plain(text)
    assert sanitized.truncated
    assert len(sanitized.html) < 18_000
    assert sanitized.text.count(letters[0]) == text.count(letters[0])  # the rest is offered as text


@pytest.mark.parametrize("letters", ORDINARY.values(), ids=ORDINARY.keys())
def test_a_long_ordinary_letter_is_shown_whole(letters: str) -> None:
    sanitized = sanitize_plain(letters * (20_000 // len(letters)))
    assert not sanitized.truncated
    assert cost.measure(tokens(sanitized.html)).total < cost.PLAIN_BUDGET
