"""Cleaned HTML made cheap to lay out, with every picture behind a number.

The limits and the measurements behind them stand in `cost`; which tables stay is decided in `tables`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from deskhand.content import cost
from deskhand.content.attributes import MAX_NUMBER, view_attributes
from deskhand.content.characters import mixes_directions, repair, strip_direction, with_line_ends
from deskhand.content.lines import thin_out
from deskhand.content.links import clean_href
from deskhand.content.opened import OpenElement, OpenList
from deskhand.content.pictures import BlockedImage, find_source
from deskhand.content.safehtml import INLINE, VOID, Start, Text, Token, escape, write
from deskhand.content.tables import arrange
from deskhand.domain.lazy_dataclass import dataclass

_BREAK: Final = "<br>"
_MORE_BLANK: Final = 200
_TAB: Final = 8
_TOLERANCE: Final = 1e-6
"""Milliseconds: our own output is added up in other pieces when it comes in again."""
_INDENTS: Final = frozenset(["blockquote", "ul", "ol", "dl", "dd"])
_SPLITTABLE: Final = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "address", "center"])


@dataclass(frozen=True, slots=True)
class Layout:
    """The result: HTML whose elements are all closed.

    Attributes:
        truncated: there is no room for more.
        cost: what Qt will need for it.
        flat: its tables were given up, because with them it would cost too much.
        too_costly: it costs too much all the same and must not be shown; `html` is only its beginning.
    """

    html: str
    images: tuple[BlockedImage, ...]
    truncated: bool
    cost: cost.Cost
    flat: bool = False
    too_costly: bool = False


def lay_out(
    stream: Sequence[Token],
    payloads: Sequence[str] = (),
    known: Mapping[str, BlockedImage] | None = None,
) -> Layout:
    """Bound the cost of cleaned HTML: what is costly with its tables is laid out without them.

    Args:
        stream: tokens of `cleaner.clean`'s output.
        payloads, known: what `x-data:<n>` stands for, and `x-img:<n>` when our own output comes round again.
    """
    kept = arrange(stream)
    layout = _run(_LayoutBuilder(kept, payloads, known or {}), kept)
    if not layout.too_costly or not any(isinstance(token, Start) and token.name == "table" for token in kept):
        return layout
    flat = arrange(stream, keep=False)
    return replace(_run(_LayoutBuilder(flat, payloads, known or {}), flat), flat=True)


def lay_out_text(stream: Sequence[Token], *, bounded: bool) -> Layout:
    """Lay out what was plain text.

    Args:
        bounded: stop when it is as much as a view should show; otherwise nothing is left out.
    """
    return _run(_LayoutBuilder(stream, (), {}, bounded=bounded, budget=cost.PLAIN_BUDGET), stream)


def _run(builder: "_LayoutBuilder", stream: Sequence[Token]) -> Layout:
    for token in stream:
        if not builder.feed(token):
            break
    return builder.finish()


class _LayoutBuilder:
    """Writes tokens.

    Args:
        budget: stop at so many milliseconds; None = say that it is too much.
    """

    def __init__(
        self,
        stream: Sequence[Token],
        payloads: Sequence[str],
        known: Mapping[str, BlockedImage],
        *,
        bounded: bool = True,
        budget: float | None = None,
    ) -> None:
        mixed = mixes_directions("".join(token.text for token in stream if isinstance(token, Text)))
        self._run_limit = cost.MAX_MIXED_RUN if mixed else cost.MAX_RUN
        self._bounded = bounded
        self._budget = budget
        self._payloads = payloads
        self._known = known
        self._out: list[str] = []
        self._size = self._starts = 0
        self._meter = cost.Meter()
        self._stack: list[OpenElement] = []
        self._inputs: list[tuple[str, OpenElement | None]] = []
        self._lists: list[OpenList] = []
        self._indent = 0
        self._pre_lines = 0
        self._run = 0  # characters since the last paragraph boundary
        self._unseen = 0  # characters without a width since the last one that has one
        self._images: list[BlockedImage] = []
        self._truncated = False  # there is no room for more
        self._full = False  # there is no room for more pictures
        self._too_costly = False

    def feed(self, token: Token) -> bool:
        """Take a token; False when there is no room for more."""
        if isinstance(token, Text):
            self._text(token.text)
        elif isinstance(token, Start):
            self._start(token)
        else:
            self._end(token.name)
        if not self._bounded:
            return True
        if self._starts >= cost.MAX_STARTS or self._size >= cost.MAX_OUTPUT:
            self._truncated = True
        if self._budget is not None and self._meter.cost.total > self._budget + _TOLERANCE:
            self._truncated = True
        elif self._budget is None and self._meter.cost.total > cost.BUDGET + _TOLERANCE:
            self._too_costly = True
        return not (self._truncated or self._too_costly)

    def finish(self) -> Layout:
        if self._truncated:
            self._drop_break()
        while self._stack:
            self._close()
        return Layout(
            "".join(self._out),
            tuple(self._images),
            self._truncated or self._full,
            self._meter.cost,
            too_costly=self._too_costly,
        )

    def _emit(self, html: str) -> None:
        self._out.append(html)
        self._size += len(html) if html.isascii() else len(html.encode())

    def _open(self, start: Start) -> OpenElement:
        entry = OpenElement(start.name, write(start))
        self._stack.append(entry)
        self._count(start)
        self._emit(entry.start)
        if start.name not in INLINE:
            self._run = 0
        return entry

    def _count(self, start: Start) -> None:
        self._starts += 1
        columns, rows = (int(start.attributes.get(key, "1")) for key in ("colspan", "rowspan"))
        self._meter.start(start.name, columns, rows)

    def _close(self) -> None:
        entry = self._stack.pop()
        self._meter.end(entry.name)
        self._emit(f"</{entry.name}>")
        if entry.name not in INLINE:
            self._run = 0

    # --- elements

    def _start(self, token: Start) -> None:
        name = token.name
        if name in VOID:
            self._void(token)
            return
        target: str | None = name
        attributes = view_attributes(token) if token.attributes else {}
        mark = ""
        if name == "a":
            href = clean_href(token.attributes.get("href", ""))
            target, attributes = ("a", {"href": href}) if href else (None, {})
        elif name in _INDENTS:
            self._indent += 1
            if self._indent > cost.MAX_INDENT:
                target = "div"
        elif name == "li":
            target, mark = self._item()
        if name in ("ul", "ol"):
            start = attributes.get("start", "1") if name == "ol" else ""
            self._lists.append(OpenList(len(self._inputs), target == name, int(start) if start else None))
        if target is not None and self._is_too_deep(name):
            target = None
            self._break(name)
        if target == "div":
            attributes.pop("start", None)
        entry = self._open(Start(target, attributes)) if target is not None else None
        self._inputs.append((name, entry))
        if mark:
            self._text(mark)

    def _item(self) -> tuple[str, str]:
        """Return what an item becomes and, where its list is none any more, its mark as text."""
        if not self._lists:
            return "li", ""
        inside = self._lists[-1]
        number = inside.number
        if number is not None:
            inside.number = number + 1
        if not inside.shown:
            return "div", "• " if number is None else f"{number}. "
        name, entry = self._inputs[inside.at]
        if inside.count == cost.MAX_ITEMS and entry is not None and self._stack[-1] is entry:
            inside.count = 0
            self._close()
            attributes = {"start": str(number)} if number is not None and number <= MAX_NUMBER else {}
            self._inputs[inside.at] = (name, self._open(Start(name, attributes)))
        inside.count += 1
        return "li", ""

    def _end(self, name: str) -> None:
        if not self._inputs or self._inputs[-1][0] != name:
            return  # nh3 closes in order; anything else is not ours to guess
        _, entry = self._inputs.pop()
        if name in _INDENTS:
            self._indent -= 1
        if name in ("ul", "ol"):
            self._lists.pop()
        if entry is not None:
            while self._stack and self._stack[-1] is not entry:
                self._close()
            self._close()
        else:
            self._break(name)

    def _is_too_deep(self, name: str) -> bool:
        return len(self._stack) >= (cost.MAX_DEPTH if name in INLINE else cost.MAX_BLOCKS)

    def _break(self, name: str) -> None:
        """Keep what stands in an element that is too deep apart from what is around it."""
        if name not in INLINE and self._run and self._is_too_deep(name):
            self._split()

    def _void(self, token: Start) -> None:
        if token.name == "br":
            if self._run > self._run_limit:
                self._split()
                return
        elif token.name == "img":
            if len(self._images) >= cost.MAX_IMAGES:
                self._full = True
                self._text(token.attributes.get("alt", ""))
                return
            token = self._image(token)
        elif token.name in ("col", "wbr"):
            return  # Qt breaks words by itself, and takes the square of the number of `wbr` (8,000: 3.7 s)
        elif token.name == "hr":
            self._run = 0
        self._count(Start(token.name))
        self._emit(write(token if token.name == "img" else Start(token.name)))

    def _image(self, token: Start) -> Start:
        index = len(self._images)
        alt = strip_direction(repair(with_line_ends(token.attributes.get("alt", ""))))[:300]
        found = find_source(token.attributes.get("src", ""), self._payloads, self._known)
        self._images.append(replace(found, index=index, alt=alt))
        sizes = {
            key: value
            for key in ("width", "height")
            if (value := token.attributes.get(key, "")).isdecimal() and value.isascii() and int(value[:5]) <= MAX_NUMBER
        }
        return Start("img", {"alt": alt, "src": f"x-img:{index}", **sizes})

    # --- text

    def _text(self, text: str) -> None:
        text, self._unseen = thin_out(strip_direction(repair(text)), self._unseen)
        if "\t" in text:  # Qt takes 8 us for each, and looks through all of a line to find where a letter stands
            text = (
                text.expandtabs(_TAB) if any(entry.name == "pre" for entry in self._stack) else text.replace("\t", " ")
            )
        text, millis = self._affordable(text)
        while (
            self._bounded
            and len(text) * 6 > cost.MAX_OUTPUT - self._size
            and len(escape(text).encode()) > cost.MAX_OUTPUT - self._size
        ):
            text, self._truncated = text[: len(text) // 2], True
        self._meter.text(text, millis)
        if self._stack and self._stack[-1].name == "pre" and self._out[-1] == self._stack[-1].start:
            text = text.lstrip("\n")
        if self._bounded and "\n" in text and any(entry.name == "pre" for entry in self._stack):
            room = cost.MAX_PRE_LINES - self._pre_lines
            rows = text.split("\n", room + 1)
            text, self._truncated = "\n".join(rows[: room + 1]), self._truncated or len(rows) > room + 1
            self._pre_lines += min(len(rows) - 1, room)
            self._meter.lines(min(len(rows) - 1, room))
        if self._run + len(text) <= self._run_limit:
            self._append(text)
        elif any(entry.name == "pre" for entry in self._stack):
            self._rows(text)
        else:
            self._split_long(text)

    def _rows(self, text: str) -> None:
        """Put preformatted text, which a view breaks at its own line ends only: it is divided between two lines."""
        for row in re.findall(r"[^\n]*\n|[^\n]+", text):
            is_blank = row == "\n"  # the parser would take it for the line end behind the tag
            if self._run and self._run + len(row) > self._run_limit + (_MORE_BLANK if is_blank else 0):
                self._split()
            if self._run + len(row) <= self._run_limit or is_blank:
                self._append(row)
            else:
                self._split_long(row)

    def _split_long(self, text: str) -> None:
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

    def _affordable(self, text: str) -> tuple[str, float]:
        """Return as much of a text as there is room for, and what it costs in milliseconds."""
        millis = self._meter.weigh(text)
        room = cost.TEXT_BUDGET - self._meter.cost.text
        if self._budget is not None:
            room = min(room, self._budget - self._meter.cost.total)
        if self._bounded:
            while text and millis > room + _TOLERANCE:
                text = text[: min(len(text) - 1, int(len(text) * max(0.0, room) / millis))]
                millis, self._truncated = self._meter.weigh(text), True
        return text, millis

    def _append(self, text: str) -> None:
        if text:
            self._emit(escape(text))
            self._run += len(text)

    def _split(self) -> None:
        """Begin a new paragraph here, in the same elements."""
        at = len(self._stack)
        while at and self._stack[at - 1].name in INLINE:
            at -= 1
        inlines = self._stack[at:]
        self._drop_break()
        self._emit("".join(f"</{entry.name}>" for entry in reversed(inlines)))
        del self._stack[at:]
        if at and (self._stack[-1].name in _SPLITTABLE):
            block = self._stack[-1]
            self._emit(f"</{block.name}>{block.start}")
            self._again(block)
        else:
            self._open(Start("div"))
        for entry in inlines:
            self._emit(entry.start)
            self._stack.append(entry)
            self._again(entry)
        self._run = 0

    def _drop_break(self) -> None:
        """Take back a line end at the end of a paragraph, which is one already."""
        if self._out and self._out[-1] == _BREAK:
            self._size -= len(self._out.pop())

    def _again(self, entry: OpenElement) -> None:
        """Count an element that is closed and opened once more."""
        self._meter.end(entry.name)
        self._count(Start(entry.name))
