"""Text of any length for views that take all of it: long lines in pieces, and what stands on one line cut.

A text view takes the square of the length of one line, and lays out only lines in view. A label measures and paints all of its text,
however little of it is in view: 100,000 letters in both directions held the window for two seconds.
"""

import re

from deskhand.content.characters import mixes_directions
from deskhand.content.cost import MAX_MIXED_RUN, MAX_RUN

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_NARROW = re.compile(
    f"[{_MARKS}\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
"""Characters that take no room of their own: marks on letters, joiners, marks of direction, selectors, tags."""
MOST_NARROW = 7
"""Such characters in a row that are shown; the flag of a region takes six. Without a limit a message of one line costs as much as
one that fills the view, and twenty of them are in view at once."""
_PILED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_PER_LETTER = 20
"""Characters that are looked at for each that may be shown."""


def bounded(text: str, most: int, *, middle: bool = False) -> str:
    """Return as much of a text as a label may hold, with an ellipsis where there is more.

    Args:
        most: characters; of marks on one letter, which cost as much as letters and run over the lines around, four stay.
        middle: leave out the middle instead of the end, for a name whose ending says what it is.
    """
    tail = most // 4 if middle else 0
    head = _PILED.sub(r"\1", text[: most * _PER_LETTER])
    if len(text) <= most * _PER_LETTER and len(head) <= most:
        return head
    end = _PILED.sub(r"\1", text[-most * _PER_LETTER :])[-tail:] if tail else ""
    return f"{head[: most - tail - 1]}…{end}"


def thin_out(text: str, run: int = 0) -> tuple[str, int]:
    """Leave out characters that take no room where very many stand in a row.

    Args:
        run: how many stand in a row in front of the text.

    Returns:
        the text, and how many stand in a row at its end.
    """
    if text.isascii():
        return text, 0 if text else run
    out: list[str] = []
    position = 0
    for found in _NARROW.finditer(text):
        if found.start() > position:
            run = 0
        out += text[position : found.start()], found[0][: max(0, MOST_NARROW - run)]
        run, position = run + len(found[0]), found.end()
    rest = text[position:]
    return "".join((*out, rest)), 0 if rest else run


def short_lines(text: str) -> str:
    """Return text to show whose lines have a bounded length, broken behind a space where there is one; nothing else changes."""
    most = MAX_MIXED_RUN if mixes_directions(text) else MAX_RUN
    if len(text) <= most:
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, most))


def _pieces(line: str, most: int) -> list[str]:
    pieces, start = [], 0
    while len(line) - start > most:
        space = line.rfind(" ", start + most // 2, start + most)
        end = space + 1 if space >= 0 else start + most
        pieces.append(line[start:end])
        start = end
    return [*pieces, line[start:]]
