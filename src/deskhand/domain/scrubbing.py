"""Known secrets struck out of a text, however it gives them back.

A server that was shown a credential can repeat it: whole or in part, in other letters, spaced out, as entities, percent signs or
JSON escapes, one inside the other. So a text is not searched for the secret but compared with it: decoded as far as it goes, without
everything that is neither letter nor digit, without case, in pieces of `PIECE` characters. What is struck out is what stood there.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from typing import Final

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.secret_encodings import MIN_LENGTH, common_encodings_of, encodings_of

PIECE: Final = 8
"""So many letters and digits of a secret in a row are struck out; fewer give nothing away and stand in ordinary words."""

_ROUNDS: Final = 4
"""How many encodings one inside the other are undone."""

_ESCAPE = re.compile(
    r"&(?:#[0-9]{1,12}|#[xX][0-9a-fA-F]{1,10}|[a-zA-Z]{2,8});?|(?:%[0-9a-fA-F]{2})+|</?[a-zA-Z][^<>]{0,100}>|<!--[^<>]{0,100}-->"
    r"|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[ux]\{[0-9a-fA-F]{1,6}\}|%u[0-9a-fA-F]{4}"
    r"|\b[uU]\+[0-9a-fA-F]{4,6}|\b0[xX][0-9a-fA-F]{2}\b|\\00[0-9a-fA-F]{4}|\\[0-7]{3}"
)
"""An encoded character, or markup between two characters."""

_OCTAL = 4
"""Characters of an octal escape."""


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Strikes a fixed set of secrets out of texts. Safe to share between threads.

    Attributes:
        short: forms of the secrets with fewer than `PIECE` letters and digits; they are looked for as they stand.
        pieces: `PIECE` letters and digits in a row out of every other form.
    """

    short: frozenset[str] = field(default=frozenset(), repr=False)
    pieces: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, secrets: Iterable[str], *, few: bool = False) -> "Scrubber":
        """Return one for these values; one of fewer than `MIN_LENGTH` characters is left alone.

        Args:
            few: look for `common_encodings_of` them only.
        """
        written = common_encodings_of if few else encodings_of
        shapes = {shape for secret in secrets if len(secret) >= MIN_LENGTH for shape in written(secret)}
        folded = {shape: _folded(shape) for shape in shapes}
        return cls(
            frozenset(shape for shape in shapes if len(folded[shape]) < PIECE),
            frozenset(piece for text in folded.values() for piece in _pieces(text)),
        )

    @classmethod
    def joined(cls, parts: Iterable["Scrubber"]) -> "Scrubber":
        """Return one that strikes out what any of the parts does; cheaper than making it from the secrets again."""
        parts = tuple(parts)
        return cls(
            frozenset().union(*(part.short for part in parts)), frozenset().union(*(part.pieces for part in parts))
        )

    def scrub(self, text: str, mask: str) -> str:
        """Return the text with every trace of a secret replaced by the mask."""
        found = [match.span() for shape in self.short for match in re.finditer(re.escape(shape), text)]
        if self.pieces:
            found += self._traces(text)
        return _replaced(text, found, mask) if found else text

    def _traces(self, text: str) -> list[tuple[int, int]]:
        """Return where pieces of a secret stand, as positions in the text, in any of its decoded forms."""
        letters, places = list(text), [(at, at + 1) for at in range(len(text))]
        found = self._matches(letters, places)
        for _ in range(_ROUNDS):
            decoded = _decode("".join(letters), places)
            if decoded is None:
                break
            letters, places = decoded
            found += self._matches(letters, places)
        return found

    def _matches(self, letters: Sequence[str], places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        folded: list[str] = []
        origin: list[tuple[int, int]] = []
        for letter, place in zip(letters, places, strict=True):
            if letter.isascii():
                if letter.isalnum():
                    folded.append(letter.lower())
                    origin.append(place)
                continue
            for sign in _folded(letter):
                folded.append(sign)
                origin.append(place)
        whole = "".join(folded)
        return [
            (origin[at][0], origin[at + PIECE - 1][1])
            for at in range(len(whole) - PIECE + 1)
            if whole[at : at + PIECE] in self.pieces
        ]


def _folded(text: str) -> str:
    """Return the letters and digits of a text alone, without case and without variants of form."""
    if text.isascii():
        return "".join(sign for sign in text if sign.isalnum()).lower()
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _pieces(folded: str) -> Iterable[str]:
    return (folded[at : at + PIECE] for at in range(len(folded) - PIECE + 1))


def _decode(text: str, places: Sequence[tuple[int, int]]) -> tuple[list[str], list[tuple[int, int]]] | None:
    """Undo one layer of escapes; each decoded character keeps the place of the whole escape. None where there is none."""
    letters: list[str] = []
    kept: list[tuple[int, int]] = []
    end = 0
    changed = False
    for escape in _ESCAPE.finditer(text):
        meant = _meaning(escape[0])
        if meant == escape[0]:
            continue
        changed = True
        letters += text[end : escape.start()]
        kept += places[end : escape.start()]
        place = (places[escape.start()][0], places[escape.end() - 1][1])
        letters += meant
        kept += [place] * len(meant)
        end = escape.end()
    if not changed:
        return None
    letters += text[end:]
    kept += places[end:]
    return letters, kept


def _meaning(escape: str) -> str:
    try:
        if escape[0] == "&":
            return html.unescape(escape)
        if escape[0] == "<":
            return ""
        if escape[0] == "%" and escape[1] != "u":
            return bytes.fromhex(escape.replace("%", "")).decode(errors="replace")
        if escape[0] == "\\" and escape[1].isdigit() and len(escape) == _OCTAL:
            return chr(int(escape[1:], 8))
        return chr(int(escape.lstrip("\\%uUxX+").strip("{}"), 16))
    except (ValueError, OverflowError):
        return escape


def _replaced(text: str, found: list[tuple[int, int]], mask: str) -> str:
    """Put the mask in the place of each run of overlapping or touching places."""
    out: list[str] = []
    end = 0
    for begin, until in sorted(found):
        if begin > end or not out:
            out += [text[end:begin], mask]
        end = max(end, until)
    return "".join((*out, text[end:]))


Scrub = Callable[[str], str]
"""Takes a text of a server and returns what of it may be shown."""
