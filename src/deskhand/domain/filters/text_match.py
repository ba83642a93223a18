"""When a text holds a term, as the full-text index of the store sees it.

The index takes unicode61 without diacritics, and pairs of characters for writing without spaces.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from deskhand.domain.lazy_pattern import lazy_pattern

from .syntax import Named

UNSPACED_RUN = lazy_pattern(
    "[\u0e00-\u0e7f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]+"
)
"""A run of Chinese, Japanese or Thai, which no spaces part."""

SHORTEST_BEGINNING = 3
"""From so many characters on an unquoted text is the beginning of a longer one too."""


def fold(text: str) -> str:
    """Return a text as names are compared: without case, accents and differences of spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).casefold().split())


def number_spellings(text: str) -> frozenset[str]:
    """Return what a ticket's number may be where a text names it: with and without "#", in the letters typed, all large or all small."""
    bare = text.strip().removeprefix("#")
    return frozenset(f"{sign}{one}" for one in (bare, bare.upper(), bare.lower()) if one for sign in ("", "#"))


@lru_cache(256)
def pieces(wanted: Named) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a text must hold for a term: runs without spaces, and the rest, of which each is a phrase.

    Both empty: nothing that could be looked for.
    """
    text = wanted.text.replace("\0", " ")
    runs = tuple(UNSPACED_RUN.findall(text))
    rest = UNSPACED_RUN.sub(" ", text).split() if runs else [text]
    return runs, tuple(piece for piece in rest if any(char.isalnum() for char in piece))


def is_beginning(wanted: Named, piece: str) -> bool:
    """Tell whether a longer text that begins with the piece is found too."""
    return not wanted.is_quoted and len(piece) >= SHORTEST_BEGINNING


def holds(text: str, wanted: Named) -> bool:
    """Tell whether a text holds a term."""
    return holds_among((text,), wanted)


def holds_among(texts: Sequence[str], wanted: Named) -> bool:
    """Tell whether texts hold a term together: each run and each phrase of it stands in one of them."""
    runs, phrases = pieces(wanted)
    if not all(any(run in text for text in texts) for run in runs):
        return False
    return all(
        any(_has_phrase(tokens(text), tokens(piece), is_beginning=is_beginning(wanted, piece)) for text in texts)
        for piece in phrases
    )


@lru_cache(4096)
def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a text: runs of letters and digits, folded."""
    found: list[str] = []
    current: list[str] = []
    for char in text:
        if "\u0300" <= char <= "\u036f":
            continue  # a diacritic belongs to the token that it stands in
        if unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co":
            current.append(_folded(char))
        elif current:
            found.append("".join(current))
            current = []
    if current:
        found.append("".join(current))
    return tuple(found)


def _folded(char: str) -> str:
    """Return a character in lower case without its accent."""
    lower = char.lower()[:1]
    return (
        unicodedata.normalize("NFD", lower)[0]
        if "\u00c0" <= lower <= "\u024f" or "\u1e00" <= lower <= "\u1eff"
        else lower
    )


def _has_phrase(there: tuple[str, ...], phrase: tuple[str, ...], *, is_beginning: bool) -> bool:
    if not phrase:
        return True
    size = len(phrase)
    for at in range(len(there) - size + 1):
        part = there[at : at + size]
        if part[:-1] == phrase[:-1] and (part[-1].startswith(phrase[-1]) if is_beginning else part[-1] == phrase[-1]):
            return True
    return False
