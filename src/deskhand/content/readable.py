"""HTML tokens as lines that a person can read."""

import re
from collections.abc import Iterable

from deskhand.content.characters import repair, strip_direction
from deskhand.content.safehtml import INLINE, Start, Text, Token
from deskhand.domain.lazy_dataclass import dataclass

_SPACE = re.compile(r"[ \t\n\r\f]+")
_PARAGRAPHS = frozenset(
    ["p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dl", "hr", "figure"]
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MAX_QUOTE_MARKS = 10
"""More "> " than these are not written before a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of readable text.

    Attributes:
        text: with its "> " and list marks.
        token: index of the token that it starts with.
        fresh: it starts at that token's first character.
        depth: how many quotations it lies in.
    """

    text: str
    token: int
    fresh: bool
    depth: int


class Reader:
    """Turns tokens into lines; feed every token in order, then call `lines`."""

    def __init__(self, *, links: bool = True) -> None:
        self._links = links
        self._done: list[Line] = []
        self._parts: list[str] = []
        self._token = 0
        self._fresh = True
        self._blank = False  # a blank line goes before the next text
        self._space = False
        self._kept_space = False  # a no-break space alone: a blank line
        self._quote = 0
        self._line_quote = 0
        self._pre = 0
        self._shift: list[str] = []  # the `sup` and `sub` around
        self._struck = False  # a struck text begins or ends here
        self._lists: list[int | None] = []
        self._hrefs: list[tuple[str, int]] = []
        self._link_text: list[str] = []

    def feed(self, index: int, token: Token) -> None:
        """Take the next token."""
        if isinstance(token, Text):
            self._text(index, token.text)
        elif isinstance(token, Start):
            self._start(index, token.name, token.attributes)
        else:
            self._end(index, token.name)

    def lines(self) -> list[Line]:
        """Return all lines so far, without blank ones at either end."""
        self._break(blank=False)
        while self._done and not self._done[-1].text.strip():
            self._done.pop()
        return self._done

    def _put(self, index: int, text: str, *, fresh: bool = True) -> None:
        if not self._parts:
            if self._blank and self._done:
                self._done.append(Line("", index, fresh=False, depth=self._quote))
            self._blank = False
            self._token, self._fresh, self._line_quote = index, fresh, self._quote
            if self._quote:
                self._parts.append("> " * min(self._quote, MAX_QUOTE_MARKS))
        elif self._space or (self._struck and self._meets_figure(text)):
            self._parts.append(" ")
        elif self._shift and self._meets_figure(text):
            text = text.translate(_RAISED if self._shift[-1] == "sup" else _LOWERED)
        self._struck = False
        self._space = self._kept_space = False
        self._parts.append(text)

    def _meets_figure(self, text: str) -> bool:
        """Tell whether this text would make another number of the one that stands before it: 12 and 99 are no 1299."""
        return self._parts[-1][-1:].isdigit() and text[:1].isdigit()

    def _text(self, index: int, text: str) -> None:
        if self._pre:
            for number, row in enumerate(text.split("\n")):
                if number:
                    self._break(blank=False, keep_empty=True)
                if row:
                    self._put(index, row, fresh=number == 0)
            return
        shown = _SPACE.sub(" ", text).replace("\xa0", " ")
        stripped = shown.strip(" ")
        if not stripped:
            self._space = self._space or bool(self._parts)
            self._kept_space = self._kept_space or "\xa0" in text
            return
        if shown[0] == " ":
            self._space = bool(self._parts)
        self._put(index, stripped)
        if self._hrefs:
            self._link_text.append(stripped)
        self._space = shown[-1] == " "

    def _start(self, index: int, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._break(blank=False, keep_empty=True)
            return
        if name == "img":
            if attributes.get("alt", "").strip():
                self._space = bool(self._parts)
                self._put(index, attributes["alt"].strip())
                self._space = True
            return
        if name == "a":
            self._hrefs.append((attributes.get("href", ""), len(self._link_text)))
        if name in ("td", "th"):
            self._space = bool(self._parts)
            return
        if name in INLINE:
            if name in ("sup", "sub"):
                self._shift.append(name)
            self._struck = self._struck or name == "s"
            return
        self._break(blank=name in _PARAGRAPHS and not (name in ("ul", "ol") and self._lists))
        if name == "blockquote":
            self._quote += 1
        elif name == "pre":
            self._pre += 1
        elif name == "ul":
            self._lists.append(None)
        elif name == "ol":
            start = attributes.get("start", "1")
            self._lists.append(int(start) if start.isdecimal() else 1)
        elif name == "li":
            self._item(index)

    def _item(self, index: int) -> None:
        number = self._lists[-1] if self._lists else None
        mark = "-" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1
        self._put(index, "  " * max(0, len(self._lists) - 1) + mark)
        self._space = True

    def _end(self, index: int, name: str) -> None:
        if name == "a" and self._hrefs:
            href, since = self._hrefs.pop()
            shown = " ".join(self._link_text[since:])
            del self._link_text[since:]
            if self._links and href and not _same(shown, href):
                self._space = bool(self._parts)
                self._put(index, f"({href.removeprefix('mailto:').removeprefix('tel:')})")
            return
        if name in INLINE or name in ("td", "th"):
            if name in ("sup", "sub") and self._shift:
                self._shift.pop()
            self._struck = self._struck or name == "s"
            return
        if name == "blockquote":
            self._break(blank=True)
            self._quote = max(0, self._quote - 1)
            return
        if name == "pre":
            self._pre = max(0, self._pre - 1)
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()
        self._break(blank=name in _PARAGRAPHS and not (name in ("ul", "ol") and self._lists))

    def _break(self, *, blank: bool, keep_empty: bool = False) -> None:
        if self._parts:
            text = "".join(self._parts).rstrip()
            self._done.append(Line(text, self._token, fresh=self._fresh, depth=self._line_quote))
            self._parts = []
        elif keep_empty or self._kept_space:
            self._blank = True
        self._space = self._kept_space = False
        self._blank = self._blank or blank


def _same(shown: str, href: str) -> bool:
    def bare(url: str) -> str:
        for start in ("mailto:", "tel:", "https://", "http://", "www."):
            url = url.removeprefix(start)
        return re.sub(r"\s", "", url).rstrip("/").casefold()

    return bare(shown) == bare(href) or not shown


def read_lines(stream: Iterable[Token], *, links: bool = True) -> list[Line]:
    """Return the lines of a token stream."""
    reader = Reader(links=links)
    for index, token in enumerate(stream):
        reader.feed(index, token)
    return reader.lines()


def read(stream: Iterable[Token], *, links: bool = True) -> str:
    """Return a token stream as plain text.

    Args:
        stream: tokens of cleaned HTML.
        links: add the address after a link whose text does not show it.
    """
    return strip_direction(repair("\n".join(line.text for line in read_lines(stream, links=links))))
