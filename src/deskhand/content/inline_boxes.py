"""Inline elements that styles set apart: as lines of their own, as boxes beside each other, or by room at their sides.

No style reaches a view, so that `<span style="padding-right:20px">Invoice 12</span><span>345 EUR</span>` would read as one word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from deskhand.content.safehtml import INLINE, VOID, End, Start, Text, Token
from deskhand.content.styles import declarations, is_out

_MAY_SET_APART = re.compile(r"display|float|margin|padding|position|width", re.IGNORECASE)
_LINES: Final = frozenset(["block", "table", "flex", "grid", "list-item", "table-row", "table-caption", "flow-root"])
_BOXES: Final = frozenset(["table-cell", "inline-table", "inline-flex", "inline-grid"])
_ROOM = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|ex|ch|%|cm|mm|in)?\Z")
_LEAST: Final = {
    "px": 5,
    "pt": 4,
    "em": 0.35,
    "rem": 0.35,
    "ex": 0.7,
    "ch": 0.7,
    "%": 1,
    "cm": 0.1,
    "mm": 1,
    "in": 0.05,
}
"""What is as wide as a space."""
_NO_GAP_BEFORE: Final = tuple(".,;:!?)]}%…’”»、。，")
_LINE: Final = 2
_GAP: Final = 1


def separate_boxes(stream: Sequence[Token]) -> list[Token]:
    """Return tokens with a line end or a space where only a style keeps words apart.

    Args:
        stream: tokens with their `style`.
    """
    return list(_Pass().run(stream))


class _Pass:
    def __init__(self) -> None:
        self._has_text = False  # on this line
        self._ends_in_space = False
        self._due = 0
        self._open: list[tuple[int, bool]] = []  # what is due at the end, and whether children are boxes

    def run(self, stream: Sequence[Token]) -> Iterator[Token]:
        for token in stream:
            match token:
                case Text(text):
                    yield from self._before(text)
                    self._has_text = self._has_text or not text.isspace()
                    self._ends_in_space = text[-1:].isspace()
                case Start():
                    if token.name == "br" and self._due == _LINE and self._has_text:
                        yield Start("br")
                    self._start(token)
                case End(name):
                    due, _ = self._open.pop() if self._open else (0, False)
                    if name not in INLINE:
                        self._new_line()
                    self._due = max(self._due, due)
            yield token

    def _new_line(self) -> None:
        self._has_text = self._ends_in_space = False
        self._due = 0

    def _before(self, text: str) -> Iterator[Token]:
        if not self._due or not text.strip(" \t\r\n\f"):
            return
        if self._has_text:
            if self._due == _LINE:
                yield Start("br")
            elif not (self._ends_in_space or text[0].isspace() or text.startswith(_NO_GAP_BEFORE)):
                yield Text(" ")
        if self._due == _LINE:
            self._has_text = False
        self._due = 0

    def _start(self, token: Start) -> None:
        name = token.name
        if name not in INLINE or name == "br":
            self._new_line()
        is_box = bool(self._open) and self._open[-1][1]
        before = after = 0
        children = False
        style = token.attributes.get("style", "")
        if style and _MAY_SET_APART.search(style) is not None:
            said = declarations(style)
            children = said.get("display", "") in ("flex", "grid", "inline-flex", "inline-grid")
            if not is_out(token, said):
                before, after = _apart(said)
        if name in VOID:
            return
        if name in INLINE:
            if is_box:
                before, after = max(before, _GAP), max(after, _GAP)
            self._due = max(self._due, before)
        else:
            after = 0
        self._open.append((after, children))


def _apart(said: Mapping[str, str]) -> tuple[int, int]:
    """Return what is due before and behind an inline element."""
    display = said.get("display", "")
    if display in _LINES:
        return _LINE, _LINE
    if display in _BOXES or said.get("float", "") in ("left", "right") or said.get("position", "") == "absolute":
        return _GAP, _GAP
    is_wide = display == "inline-block" and ("width" in said or "min-width" in said)
    left, right = (
        any(_is_room(_side(said, name, side)) for name in ("margin", "padding")) for side in ("left", "right")
    )
    return _GAP * (left or is_wide), _GAP * (right or is_wide)


def _side(said: Mapping[str, str], name: str, side: str) -> str:
    if f"{name}-{side}" in said:
        return said[f"{name}-{side}"]
    given = said.get(name, "").split()
    place = {0: 0, 1: 0, 2: 1, 3: 1, 4: 3 if side == "left" else 1}.get(len(given), 0)
    return given[place] if given else ""


def _is_room(value: str) -> bool:
    found = _ROOM.match(value)
    return found is not None and float(found[1]) >= _LEAST[found[2] or "px"]
