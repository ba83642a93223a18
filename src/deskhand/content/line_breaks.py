"""Where a body's lines end: at its tags, or at the line ends of its text.

Programs that write HTML mark every line by a tag and wrap their source where a line gets long. A text with a tag or two in it
has lines that end early, and blank ones. That evidence decides, for a whole body, which of the two it is.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import field
from typing import Final

from deskhand.content.elements import BLOCKS
from deskhand.content.markup import DOCUMENT_START, Letters, Opening, Piece, scan
from deskhand.domain.lazy_dataclass import dataclass

_WRAP_WIDTH: Final = 60
"""Characters: no program wraps its source before that, so a shorter line was ended by a person."""
_BREAKS: Final = frozenset(["br", "hr"])
_PARTS: Final = frozenset(
    ["p", "li", "tr", "td", "th", "dd", "dt", "tbody", "thead", "tfoot", "caption", "colgroup", "col"]
)
_INDENT = re.compile(r"^ +", re.MULTILINE)


@dataclass(slots=True)
class _Run:
    """Text between two tags that end a line: the indexes of its pieces."""

    pieces: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Evidence:
    runs: list[_Run] = field(default_factory=lambda: [_Run()])
    line_tags: int = 0
    blocks: int = 0


def is_html(text: str) -> bool:
    """Tell whether a body of which nobody says what it is was written as HTML.

    Text with something like a tag in it is plain; so is text whose lines end by themselves and that only mentions a tag or two.
    """
    pieces = scan(text)
    filled = [piece for piece in pieces if not isinstance(piece, Letters) or not piece.html.isspace()]
    if all(isinstance(piece, Letters) for piece in filled):
        return DOCUMENT_START.search(text) is not None
    if DOCUMENT_START.search(text) or not (isinstance(filled[0], Letters) or isinstance(filled[-1], Letters)):
        return True
    evidence = _look(pieces)
    meant, _, _ = _line_ends(pieces, evidence)
    return not evidence.line_tags or meant < 2 or meant <= evidence.line_tags


def preserve_line_ends(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with a `br` where the text of a body ends its lines itself."""
    evidence = _look(pieces)
    meant, wrapped, blank = _line_ends(pieces, evidence)
    if evidence.blocks == 1 and not any(_is_filled(pieces[i]) for run in evidence.runs for i in run.pieces):
        # All of it lies in one block: only blank lines tell there, pretty-printed source has short ones too.
        evidence = _look(pieces, inside=True)
        meant, wrapped, blank = _line_ends(pieces, evidence)
        if not blank or evidence.line_tags:
            return list(pieces)
    elif not (meant + wrapped if not evidence.line_tags else meant >= evidence.line_tags and meant):
        return list(pieces)
    return _broken(pieces, evidence)


def _is_filled(piece: Piece) -> bool:
    return isinstance(piece, Letters) and not piece.html.isspace()


def _look(pieces: Sequence[Piece], *, inside: bool = False) -> _Evidence:
    """Return the text outside of blocks, and how many tags end a line there; or the same for the inside of the only block."""
    evidence = _Evidence()
    closed = _closed(pieces)
    depth, shallow = 0, 1 if inside else 0
    for number, piece in enumerate(pieces):
        if isinstance(piece, Letters):
            if depth == shallow:
                evidence.runs[-1].pieces.append(number)
            continue
        is_block = piece.name in BLOCKS or piece.name in _PARTS
        if not is_block and piece.name not in _BREAKS:
            continue
        evidence.runs.append(_Run())
        if isinstance(piece, Opening):
            if depth == shallow:
                evidence.line_tags += 1
                evidence.blocks += is_block
            depth += number in closed
        elif number in closed:
            depth -= 1
    return evidence


def _closed(pieces: Sequence[Piece]) -> set[int]:
    """Return the indexes of the start and end tags of blocks that belong to each other."""
    still_open: dict[str, list[int]] = {}
    pairs: set[int] = set()
    for number, piece in enumerate(pieces):
        if isinstance(piece, Letters) or (piece.name not in BLOCKS and piece.name not in _PARTS):
            continue
        if isinstance(piece, Opening):
            still_open.setdefault(piece.name, []).append(number)
        elif still_open.get(piece.name):
            pairs |= {still_open[piece.name].pop(), number}
    return pairs


def _line_ends(pieces: Sequence[Piece], evidence: _Evidence) -> tuple[int, int, bool]:
    """Return how many line ends within the text were meant, how many may be the source's, and whether blank lines are among them."""
    meant = wrapped = 0
    blank = False
    for run in evidence.runs:
        text = "".join(piece.html for i in run.pieces if isinstance(piece := pieces[i], Letters))
        lines = [line.strip() for line in text.strip().split("\n")]
        for line, following in itertools.pairwise(lines):
            if not following:
                blank = True
                meant += 1
            elif line:
                first_word = following.split(" ", 1)[0]
                short = len(line) + 1 + len(first_word) < _WRAP_WIDTH
                meant, wrapped = meant + short, wrapped + (not short)
    return meant, wrapped, blank


def _broken(pieces: Sequence[Piece], evidence: _Evidence) -> list[Piece]:
    changed: dict[int, list[Piece]] = {}
    for run in evidence.runs:
        filled = [i for i in run.pieces if _is_filled(pieces[i])]
        if not filled:
            continue
        for i in range(filled[0], filled[-1] + 1):
            piece = pieces[i]
            if isinstance(piece, Letters) and "\n" in piece.html:
                changed[i] = _lines(piece.html, first=i == filled[0], last=i == filled[-1])
    out: list[Piece] = []
    for number, piece in enumerate(pieces):
        out.extend(changed.get(number, (piece,)))
    return out


def _lines(html: str, *, first: bool, last: bool) -> list[Piece]:
    html = html.lstrip() if first else html
    html = html.rstrip() if last else html
    out: list[Piece] = []
    for number, line in enumerate(html.split("\n")):
        if number:
            out.append(Opening("br"))
            line = _INDENT.sub(lambda run: "&nbsp;" * len(run[0]), line)  # noqa: PLW2901 - the same line, its indent kept
        if line:
            out.append(Letters(line))
    return out
