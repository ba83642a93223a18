"""Bodies nested deeper than a view lays out cheaply: the innermost levels become one.

A thread that was answered a hundred times is nested two hundred deep; nobody sees more than a few dozen indentations.
"""

from collections.abc import Sequence
from typing import Final

from deskhand.content.elements import BLOCKS, TABLE_PARTS
from deskhand.content.markup import Closing, Letters, Opening, Piece

MAX_DEPTH: Final = 90
"""Levels of blocks that are left as they are."""
_FLAT_DEPTH: Final = 60
"""Levels that are left of a deeper body; less, so that the result, with what laying out adds, is not flattened again."""


def flatten(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without the tags of blocks that lie too deep; their lines and cells stay apart.

    The same list where nothing lies too deep.
    """
    return pieces if _depth(pieces) <= MAX_DEPTH else _Flattener().run(pieces)


def _depth(pieces: Sequence[Piece]) -> int:
    still_open: dict[str, int] = {}
    depth = deepest = 0
    for piece in pieces:
        if isinstance(piece, Opening) and piece.name in BLOCKS:
            still_open[piece.name] = still_open.get(piece.name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif isinstance(piece, Closing) and still_open.get(piece.name, 0):
            still_open[piece.name] -= 1
            depth -= 1
    return deepest


class _Flattener:
    def __init__(self) -> None:
        self._out: list[Piece] = []
        self._kept: dict[str, list[bool]] = {}
        self._depth = 0
        self._dropped_tables = 0
        self._has_text = False  # since the last line end

    def run(self, pieces: Sequence[Piece]) -> list[Piece]:
        for piece in pieces:
            if isinstance(piece, Letters):
                self._out.append(piece)
                self._has_text = self._has_text or not piece.html.isspace()
            elif piece.name in TABLE_PARTS and self._dropped_tables:
                if piece.name in ("td", "th"):
                    self._out.append(Letters(" "))
                else:
                    self._end_line()
            elif piece.name not in BLOCKS or piece.name in ("pre", "listing"):
                self._out.append(piece)
            elif isinstance(piece, Opening):
                self._open(piece)
            else:
                self._close(piece)
        return self._out

    def _open(self, piece: Opening) -> None:
        kept = self._depth < _FLAT_DEPTH
        self._kept.setdefault(piece.name, []).append(kept)
        if kept:
            self._depth += 1
            self._out.append(piece)
            self._has_text = False
        else:
            self._dropped_tables += piece.name == "table"
            self._end_line()

    def _close(self, piece: Closing) -> None:
        still_open = self._kept.get(piece.name)
        if not still_open:
            return
        if still_open.pop():
            self._depth -= 1
            self._out.append(piece)
        else:
            self._dropped_tables -= piece.name == "table"
            self._end_line()

    def _end_line(self) -> None:
        if self._has_text:
            self._out.append(Opening("br"))
            self._has_text = False
