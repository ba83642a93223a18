"""Cleaned HTML made cheap to lay out, with every picture behind a number.

Qt's layout cannot be interrupted, so its cost is bounded here. Measured (reliability reference 1.3): each level of nested
tables doubles the time (about 10 us x leaves x 2^depth), an unbroken word and mixed reading directions grow with the square
of the paragraph, and everything in short paragraphs is linear.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deskhand.content.characters import mixes_directions, repair, strip_direction
from deskhand.content.cleaner import QUOTE_CLASSES, QUOTE_IDS
from deskhand.content.links import clean_href
from deskhand.content.pictures import BlockedImage, find_source
from deskhand.content.safehtml import INLINE, QUOTE_CLASS, VOID, End, Start, Text, Token, escape, write
from deskhand.content.styles import HUES

MAX_TEXT: Final = 200_000
MAX_STARTS: Final = 9_000
MAX_OUTPUT: Final = 400_000
"""Bytes, below the gate's limit, so that our own output may come in again."""
MAX_DEPTH: Final = 100
MAX_TABLE_DEPTH: Final = 6
TABLE_BUDGET: Final = 4_096
MAX_ROWS: Final = 1_000
MAX_RUN: Final = 2_000
MAX_IMAGES: Final = 100
MAX_PRE_LINES: Final = 6_000
MAX_MIXED_TEXT: Final = 100_000
MAX_MIXED_RUN: Final = 1_000
"""For a body in both reading directions, as a whole: a limit by paragraph would change when a paragraph is split."""
_MORE_BLANK: Final = 200
_MAX_NUMBER: Final = 2_000
_MAX_SPAN: Final = 100
_TABLE_PARTS: Final = {
    "table": "div", "caption": "div", "tr": "div", "td": "div", "th": "div",
    "tbody": None, "thead": None, "tfoot": None, "colgroup": None, "col": None,
}  # fmt: skip
_SPLITTABLE: Final = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "address", "center"])


@dataclass(frozen=True, slots=True)
class Laid:
    """The result: HTML whose elements are all closed."""

    html: str
    images: tuple[BlockedImage, ...]
    truncated: bool


@dataclass(eq=False, slots=True)
class _Open:
    """An element of the output that is still open."""

    name: str
    start: str
    added: bool = False  # by us, to continue a split text; its parent closes it


def lay_out(
    stream: Sequence[Token],
    payloads: Sequence[str] = (),
    known: Mapping[str, BlockedImage] | None = None,
    *,
    bounded: bool = True,
) -> Laid:
    """Bound the cost of cleaned HTML.

    Args:
        stream: tokens of `cleaner.clean`'s output.
        payloads: the data addresses that `x-data:<n>` stands for.
        known: what `x-img:<n>` stands for when our own output comes round again.
        bounded: stop when it is as much as a view should show; otherwise nothing is left out.
    """
    layout = _Layout(stream, payloads, known or {}, bounded=bounded)
    for token in stream:
        if not layout.feed(token) and bounded:
            break
    return layout.finish()


def _table_depth(stream: Sequence[Token]) -> int:
    """Return how many levels of nested tables stay tables."""
    cells: dict[int, int] = {}
    leaves: dict[int, int] = {}
    nested: list[bool] = []
    depth = rows = 0
    for token in stream:
        if isinstance(token, Start):
            if token.name == "table":
                depth += 1
                if nested:
                    nested[-1] = True
            elif token.name == "tr":
                rows += 1
            elif token.name in ("td", "th"):
                cells[depth] = cells.get(depth, 0) + 1
                nested.append(False)
        elif isinstance(token, End):
            if token.name == "table":
                depth -= 1
            elif token.name in ("td", "th") and nested and not nested.pop():
                leaves[depth] = leaves.get(depth, 0) + 1
    if rows > MAX_ROWS:
        return 0
    for limit in range(MAX_TABLE_DEPTH, 0, -1):
        above = sum(count * 2**level for level, count in leaves.items() if level < limit)
        if above + cells.get(limit, 0) * 2**limit <= TABLE_BUDGET:
            return limit
    return 0


class _Layout:
    def __init__(
        self, stream: Sequence[Token], payloads: Sequence[str], known: Mapping[str, BlockedImage], *, bounded: bool
    ) -> None:
        self._table_limit = _table_depth(stream)
        mixed = mixes_directions("".join(token.text for token in stream if isinstance(token, Text)))
        self._run_limit = MAX_MIXED_RUN if mixed else MAX_RUN
        self._bounded = bounded
        self._max_text = (MAX_MIXED_TEXT if mixed else MAX_TEXT) if bounded else sys.maxsize
        self._payloads = payloads
        self._known = known
        self._out: list[str] = []
        self._size = self._starts = self._text_size = 0
        self._stack: list[_Open] = []
        self._inputs: list[tuple[str, _Open | None]] = []
        self._tables = 0
        self._pre_lines = 0
        self._run = 0  # characters since the last paragraph boundary
        self._images: list[BlockedImage] = []
        self._truncated = False  # there is no room for more
        self._full = False  # there is no room for more pictures

    def feed(self, token: Token) -> bool:
        """Take a token; False when there is no room for more."""
        match token:
            case Text(text):
                self._text(text)
            case Start():
                self._start(token)
            case End(name):
                self._end(name)
        if self._starts >= MAX_STARTS or self._size >= MAX_OUTPUT:
            self._truncated = True
        return not self._truncated

    def finish(self) -> Laid:
        while self._stack:
            self._close()
        return Laid("".join(self._out), tuple(self._images), self._truncated or self._full)

    def _emit(self, html: str) -> None:
        self._out.append(html)
        self._size += len(html) if html.isascii() else len(html.encode())

    def _open(self, start: Start, *, added: bool = False) -> _Open:
        entry = _Open(start.name, write(start), added)
        self._stack.append(entry)
        self._starts += 1
        self._emit(entry.start)
        if start.name not in INLINE:
            self._run = 0
        return entry

    def _close(self) -> None:
        entry = self._stack.pop()
        self._emit(f"</{entry.name}>")
        if entry.name not in INLINE:
            self._run = 0

    # --- elements

    def _start(self, token: Start) -> None:
        name = token.name
        if name == "table":
            self._tables += 1
        if name in VOID:
            self._void(token)
            return
        target: str | None = name
        if name in _TABLE_PARTS and self._tables > self._table_limit:
            target = _TABLE_PARTS[name]
        attributes = _attributes(token) if target == name else {}
        if target == "a":
            href = clean_href(token.attributes.get("href", ""))
            target, attributes = ("a", {"href": href}) if href else (None, {})
        if target is not None and len(self._stack) >= MAX_DEPTH:
            target = None
        entry = self._open(Start(target, attributes)) if target is not None else None
        self._inputs.append((name, entry))

    def _end(self, name: str) -> None:
        if name == "table":
            self._tables -= 1
        if not self._inputs or self._inputs[-1][0] != name:
            return  # nh3 closes in order; anything else is not ours to guess
        _, entry = self._inputs.pop()
        if entry is not None:
            while self._stack and self._stack[-1] is not entry:
                self._close()
            self._close()

    def _void(self, token: Start) -> None:
        if token.name == "br":
            if self._run > self._run_limit:
                self._split()
                return
        elif token.name == "img":
            if len(self._images) >= MAX_IMAGES:
                self._full = True
                self._text(token.attributes.get("alt", ""))
                return
            token = self._image(token)
        elif token.name == "col" and self._tables > self._table_limit:
            return
        elif token.name == "hr":
            self._run = 0
        self._starts += 1
        self._emit(write(token if token.name == "img" else Start(token.name)))

    def _image(self, token: Start) -> Start:
        index = len(self._images)
        alt = strip_direction(repair(token.attributes.get("alt", "")))[:300]
        found = find_source(token.attributes.get("src", ""), self._payloads, self._known)
        self._images.append(replace(found, index=index, alt=alt))
        sizes = {
            key: value
            for key in ("width", "height")
            if (value := token.attributes.get(key, "")).isdecimal()
            and value.isascii()
            and int(value[:5]) <= _MAX_NUMBER
        }
        return Start("img", {"alt": alt, "src": f"x-img:{index}", **sizes})

    # --- text

    def _text(self, text: str) -> None:
        text = strip_direction(repair(text))
        room = self._max_text - self._text_size
        if len(text) > room:
            text, self._truncated = text[:room], True
        while (
            self._bounded
            and len(text) * 6 > MAX_OUTPUT - self._size
            and len(escape(text).encode()) > MAX_OUTPUT - self._size
        ):
            text, self._truncated = text[: len(text) // 2], True
        self._text_size += len(text)
        if self._stack and self._stack[-1].name == "pre" and self._out[-1] == self._stack[-1].start:
            text = text.lstrip("\n")
        if self._bounded and "\n" in text and any(entry.name == "pre" for entry in self._stack):
            room = MAX_PRE_LINES - self._pre_lines
            rows = text.split("\n", room + 1)
            text, self._truncated = "\n".join(rows[: room + 1]), self._truncated or len(rows) > room + 1
            self._pre_lines += min(len(rows) - 1, room)
        if self._run + len(text) <= self._run_limit:
            self._append(text)
        elif any(entry.name == "pre" for entry in self._stack):
            self._rows(text)
        else:
            self._words(text)

    def _rows(self, text: str) -> None:
        """Put preformatted text, which a view breaks at its own line ends only: it is divided between two lines."""
        for row in re.findall(r"[^\n]*\n|[^\n]+", text):
            is_blank = row == "\n"  # the parser would take it for the line end behind the tag
            if self._run and self._run + len(row) > self._run_limit + (_MORE_BLANK if is_blank else 0):
                self._split()
            if self._run + len(row) <= self._run_limit or is_blank:
                self._append(row)
            else:
                self._words(row)

    def _words(self, text: str) -> None:
        limit = self._run_limit
        for word in re.findall(r"\s*\S+|\s+$", text):
            piece = word
            while True:
                letters = piece.lstrip()
                gap = len(piece) - len(letters)
                if not letters and gap <= limit:  # white space ends a paragraph and never begins one
                    self._append(piece)
                    break
                if self._run and self._run + len(piece) > limit and gap <= limit and (gap or len(letters) < limit // 2):
                    # White space stays at the end of the paragraph that it ends.
                    self._append(piece[:gap])
                    self._split()
                    piece = letters
                if self._run + len(piece) <= limit:
                    self._append(piece)
                    break
                cut = max(1, limit - self._run)
                self._append(piece[:cut])
                self._split()
                piece = piece[cut:]

    def _append(self, text: str) -> None:
        self._emit(escape(text))
        self._run += len(text)

    def _split(self) -> None:
        """Begin a new paragraph here, in the same elements."""
        at = len(self._stack)
        while at and self._stack[at - 1].name in INLINE:
            at -= 1
        inlines = self._stack[at:]
        self._emit("".join(f"</{entry.name}>" for entry in reversed(inlines)))
        del self._stack[at:]
        if at and (self._stack[-1].name in _SPLITTABLE):
            block = self._stack[-1]
            self._emit(f"</{block.name}>{block.start}")
            self._starts += 1
        else:
            self._open(Start("div"), added=True)
        for entry in inlines:
            self._emit(entry.start)
            self._stack.append(entry)
        self._starts += len(inlines)
        self._run = 0


def _attributes(token: Start) -> dict[str, str]:
    """Return the attributes that an element keeps, values checked."""
    given, kept = token.attributes, {}
    if (
        QUOTE_CLASSES & set(given.get("class", "").split())
        or given.get("id") in QUOTE_IDS
        or given.get("type") == "cite"
    ):
        kept["class"] = QUOTE_CLASS
    elif token.name == "span" and given.get("class") in HUES:
        kept["class"] = given["class"]
    if given.get("dir", "").lower() in ("ltr", "rtl", "auto"):
        kept["dir"] = given["dir"].lower()
    if given.get("align", "").lower() in ("left", "right", "center", "justify"):
        kept["align"] = given["align"].lower()
    if given.get("valign", "").lower() in ("top", "middle", "bottom", "baseline"):
        kept["valign"] = given["valign"].lower()
    for key, most in (("colspan", _MAX_SPAN), ("rowspan", _MAX_SPAN), ("start", _MAX_NUMBER)):
        value = given.get(key, "")
        if value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= most:
            kept[key] = value
    return kept
