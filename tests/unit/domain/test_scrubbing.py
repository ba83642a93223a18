"""A secret leaves no trace in a text, whichever way a server gives it back."""

import base64
import codecs
import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.scrubbing import PIECE, Scrubber

SECRET = "sk_live_9aBcD3fGh1jKlMn0pQ"

ECHOES = {
    "whole": SECRET,
    "its first 16 characters": SECRET[:16],
    "its last 12 characters": SECRET[-12:],
    "eight from its middle": SECRET[9:19],
    "in capitals": SECRET.upper(),
    "in small letters": SECRET.lower(),
    "with mixed case": SECRET.swapcase(),
    "spaced": " ".join(SECRET),
    "with line ends": "\n".join(SECRET),
    "with hyphens": "-".join(SECRET),
    "in groups of four": " ".join(SECRET[at : at + 4] for at in range(0, len(SECRET), 4)),
    "with invisible characters": "\u200b".join(SECRET),
    "with soft hyphens": "\xad".join(SECRET),
    "in full-width letters": "".join(chr(ord(sign) + 0xFEE0) for sign in SECRET),
    "backwards": SECRET[::-1],
    "as decimal entities": "".join(f"&#{ord(sign)};" for sign in SECRET),
    "as hexadecimal entities": "".join(f"&#x{ord(sign):x};" for sign in SECRET),
    "as entities without their ends": "".join(f"&#{ord(sign)} " for sign in SECRET),
    "as entities twice": html.escape("".join(f"&#{ord(sign)};" for sign in SECRET)),
    "in percent signs": "".join(f"%{ord(sign):02x}" for sign in SECRET),
    "in percent signs three times": quote(quote("".join(f"%{ord(sign):02X}" for sign in SECRET))),
    "as JSON escapes": "".join(f"\\u{ord(sign):04x}" for sign in SECRET),
    "as bytes": "".join(f"\\x{ord(sign):02x}" for sign in SECRET),
    "as octal": "".join(f"\\{ord(sign):03o}" for sign in SECRET),
    "as JSON in JSON": json.dumps(json.dumps({"key": SECRET})),
    "as long JSON escapes": "".join(f"\\U{ord(sign):08x}" for sign in SECRET),
    "as escapes in braces": "".join(f"\\u{{{ord(sign):x}}}" for sign in SECRET),
    "as escapes of a style sheet": "".join(f"\\{ord(sign):06x}" for sign in SECRET),
    "in percent signs of another kind": "".join(f"%u{ord(sign):04x}" for sign in SECRET),
    "as entities with zeros": "".join(f"&#{ord(sign):010};" for sign in SECRET),
    "with each letter in markup": "".join(f"<b>{sign}</b>" for sign in SECRET),
    "as code points": " ".join(f"U+{ord(sign):04X}" for sign in SECRET),
    "as a list of bytes": str(list(SECRET.encode())),
    "as a list of hexadecimal bytes": ", ".join(f"0x{ord(sign):02X}" for sign in SECRET),
    "as octal numbers": " ".join(f"{ord(sign):o}" for sign in SECRET),
    "in wide characters in hexadecimal": SECRET.encode("utf-16-le").hex(),
    "in wide characters in base64": base64.b64encode(SECRET.encode("utf-16-le")).decode(),
    "in base32": base64.b32encode(SECRET.encode()).decode(),
    "with its letters turned by thirteen": codecs.encode(SECRET, "rot13"),
    "in base64 backwards": base64.b64encode(SECRET.encode()).decode()[::-1],
    "backwards in base64": base64.b64encode(SECRET[::-1].encode()).decode(),
    "in hexadecimal within base64": base64.b64encode(SECRET.encode().hex().encode()).decode(),
    "in hexadecimal": SECRET.encode().hex(),
    "in hexadecimal with gaps": SECRET.encode().hex(" "),
    "in base64": base64.b64encode(SECRET.encode()).decode(),
    "in base64 behind an id": base64.b64encode(b"i:" + SECRET.encode()).decode(),
    "in base64 within base64": base64.b64encode(base64.b64encode(SECRET.encode())).decode(),
}


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES.keys())
def test_no_piece_of_a_secret_is_left_and_the_words_around_it_are(echo):
    shown = Scrubber.of((SECRET,)).scrub(f"The key [{echo}] is wrong.", "…")
    assert shown.startswith("The key [")
    assert shown.endswith("] is wrong.")
    assert "…" in shown
    assert len(letters(shown)) - len(letters("The key is wrong")) < PIECE


@pytest.mark.parametrize(
    "words",
    [
        "The ticket was closed by somebody else on 2026-11-28 at 10:15.",
        "Not found: tic_8812734650",
        "The key sk_live is of the wrong kind.",
        "Ticket 110120951 of 2026-11-28 10:15 &#8211; <b>please call</b> +31 20 1234567, 0x1F, U+20AC",
        "100% of 5 &amp; 6 \\u2013 nothing",
        "",
    ],
)
def test_ordinary_words_are_left_as_they_are(words):
    assert Scrubber.of((SECRET,)).scrub(words, "…") == words


def test_a_short_secret_is_struck_out_as_it_stands():
    assert Scrubber.of(("ab12",)).scrub("x ab12 y", "…") == "x … y"


def test_a_value_of_three_characters_is_left_alone():
    assert Scrubber.of(("abc",)).scrub("abc", "…") == "abc"


def test_joined_ones_strike_out_what_each_does():
    both = Scrubber.joined([Scrubber.of((SECRET,)), Scrubber.of(("another-0123456789",))])
    assert both.scrub(f"{SECRET} and another-0123456789", "…") == "… and …"


def test_it_does_not_show_what_it_knows():
    assert "9abcd3fg" not in repr(Scrubber.of((SECRET,))).lower()


@settings(max_examples=40)
@given(
    secret=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=16, max_size=40),
    cut=st.tuples(st.integers(0, 20), st.integers(PIECE, 20)),
    gap=st.sampled_from(["", " ", "-", "\t", "\u2060", "/", "·"]),
)
def test_any_part_of_any_secret_goes_however_it_is_spaced(secret, cut, gap):
    begin, size = cut
    part = secret[begin : begin + size]
    shown = Scrubber.of((secret,)).scrub(f"<{gap.join(part)}>", "…")
    assert (shown == "<…>") == (len(part) >= PIECE)
