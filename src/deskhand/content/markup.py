"""What in a body is markup, and what only looks like it: one linear scan before anything is parsed.

A parser takes every `<` before a letter for a tag, drops the tags it does not know and lets some of them (`title`, `textarea`,
an unclosed comment) swallow all that follows. People write `<jo@example.com>`, `<https://...>`, `List<String>` and "my <title> tag".
Here a tag is what mail programs and editors write: a known name, attributes that can be some, an end where it needs one. All
else is text. What only browsers use (`noscript`, `object`) gives its content; only what nobody sees (`script`, `style`) goes with it.
"""

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Final

from deskhand.content.elements import (
    BLOCKS,
    DOCUMENT,
    EMPTY,
    FOREIGN,
    INLINE,
    KNOWN,
    OFFICE,
    OPEN_ENDED,
    PASSING,
    TABLE_PARTS,
    UNSEEN,
    allowed_attributes,
    plausible,
)
from deskhand.content.tags import NAME, Tag, TagReader
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

_SIMPLE_NAMES: Final = "p br div span b i u li ul ol tr td th tbody table strong em"
_SIMPLE = lazy_pattern(rf"<(/?)({_SIMPLE_NAMES.replace(' ', '|')})>", re.IGNORECASE)
_END_TAG = lazy_pattern(r"</([a-zA-Z][^\s/>]{0,80})")
DOCUMENT_START = lazy_pattern(r"<(?:!doctype\s+html|html|head|body|meta)[\s>]", re.IGNORECASE)
_OFFICE_MARK = lazy_pattern(r"<o:p\b|\bMso[A-Z]|schemas-microsoft|xmlns:[ovwm]=")
"""In what Word or Outlook wrote; elsewhere `<m:GetPrice>` is XML that somebody shows."""
_COMMENT_END = lazy_pattern(r"--!?>")
_DECLARATION = lazy_pattern(r"<!(?:doctype\b|\[(?:if|endif)\b)[^>]*>|<\?xml:namespace[^>]*>", re.IGNORECASE)
_CODE = lazy_pattern(r"[{}=]|\w\(|;\s*\Z|//|<!--|@import|\A\s*\Z")
_FOREIGN_TAG = lazy_pattern(r"(<!--)|(-->)|<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_UNSEEN_FOREIGN: Final = frozenset(["script", "style", "title", "desc", "metadata", "annotation", "annotation-xml"])
_WORDS = lazy_pattern(r"\s[^=]*\w[^=]*")
_BEFORE_WORD = lazy_pattern(r"[\s(\[{\"'“‘`:,;/=+]\Z")
_AFTER_WORD = lazy_pattern(r"[\s.,;:!?)\]}\"'”’`/&=+]|</|\Z")
_MAY_STAND_ALONE: Final = frozenset(["p", "br", "hr", "wbr", "option", "optgroup", "rp", "rt", "rb", "rtc", "ruby"])
_ONCE: Final = frozenset(["html", "head", "body"])
_WRITTEN_AS: Final = {"listing": "pre", "dir": "ul", "menu": "ul"} | dict.fromkeys(
    ("dialog", "fieldset", "form", "hgroup", "legend", "marquee", "search"), "div"
)
"""Blocks that no view has: left out, they would join what stands before and behind them."""
_LOOK_BACK: Final = 8
_MOST_WASTE: Final = 2_000_000
"""Characters looked through for an end that is not there; after that no `<` is taken for markup."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Text, as HTML: its `<` are escaped, its entities are as they were."""

    html: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag with the attributes that may matter, values still as HTML."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closing:
    """An end tag."""

    name: str


Piece = Letters | Opening | Closing
_OPENINGS: Final = {name: Opening(name) for name in _SIMPLE_NAMES.split()}
_CLOSINGS: Final = {name: Closing(name) for name in _SIMPLE_NAMES.split()}


def scan(html: str) -> list[Piece]:
    """Return the pieces of a body in order; comments, declarations and what nobody sees are left out."""
    return _Scanner(html).run()


def write(pieces: Sequence[Piece]) -> str:
    """Return pieces as HTML that every parser reads alike."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Letters):
            parts.append(piece.html)
        elif isinstance(piece, Closing):
            parts.append(f"</{piece.name}>")
        elif piece.attributes:
            inside = "".join(f' {key}="{value}"' for key, value in piece.attributes.items())
            parts.append(f"<{piece.name}{inside}>")
        else:
            parts.append(f"<{piece.name}>")
    return "".join(parts)


class _Scanner:
    def __init__(self, html: str) -> None:
        self._html = html
        self._last_end = {match[1].lower(): match.start() for match in _END_TAG.finditer(html)}
        self._last_gt = html.rfind(">")
        self._last_comment_end = max(html.rfind("-->"), html.rfind("--!>"))
        self._is_document = DOCUMENT_START.search(html) is not None
        self._in_head = self._is_document
        self._open: dict[str, int] = {}
        self._is_office = _OFFICE_MARK.search(html) is not None
        self._tags = TagReader(html, is_document=self._is_document, is_office=self._is_office)
        self._out: list[Piece] = []

    def run(self) -> list[Piece]:
        html, at = self._html, 0
        while (sign := html.find("<", at)) >= 0:
            self._text(html[at:sign])
            at = self._markup(sign)
            if at == sign:
                self._letters("&lt;")
                at += 1
        self._text(html[at:])
        return self._out

    def _text(self, text: str) -> None:
        if text:
            if self._in_head and not text.isspace():
                self._in_head = False
            self._letters(text)

    def _letters(self, html: str) -> None:
        if self._out and isinstance(last := self._out[-1], Letters) and len(last.html) < 4_000:
            self._out[-1] = Letters(last.html + html)
        else:
            self._out.append(Letters(html))

    def _literal(self, text: str) -> None:
        self._letters(text.replace("<", "&lt;"))

    def _markup(self, at: int) -> int:
        """Return where the markup that begins here ends; the same place where it is none."""
        if (simple := _SIMPLE.match(self._html, at)) is not None and self._simple(simple[1], simple[2].lower(), at):
            return simple.end()
        sign = self._html[at + 1 : at + 2]
        if self._last_gt < at or self._tags.waste > _MOST_WASTE:
            return at
        if sign in ("!", "?"):
            return self._declaration(at)
        if sign == "/":
            return self._end_tag(at)
        return self._start_tag(at) if sign.isascii() and sign.isalpha() else at

    def _simple(self, end: str, name: str, at: int) -> bool:
        """Take a tag of the most frequent kind; False where it needs a closer look."""
        still_open = self._open.get(name, 0)
        if end:
            if not still_open:
                return False
            self._open[name] = still_open - 1
            self._out.append(_CLOSINGS[name])
            return True
        if name in TABLE_PARTS and not self._open.get("table"):
            return False
        if (
            (name not in OPEN_ENDED or name == "li")
            and self._last_end.get(name, -1) < at
            and self._html[at - 1 : at] != ">"
        ):
            return False
        self._in_head = False
        self._open[name] = still_open + 1
        self._out.append(_OPENINGS[name])
        return True

    def _declaration(self, at: int) -> int:
        html = self._html
        if html.startswith("<!--", at):
            end = _COMMENT_END.search(html, at + 2) if self._last_comment_end > at else None
            return end.end() if end is not None else at
        if (found := _DECLARATION.match(html, at)) is not None:
            return at if found[0][2:3] in "dD" and self._is_word(at, found.end()) else found.end()
        if html.startswith("<![CDATA[", at):
            end_at = html.find("]]>", at)
            if end_at < 0:
                self._tags.waste += len(html) - at
                return at
            self._literal(html[at : end_at + 3])
            return end_at + 3
        if self._is_document and html[at + 2 : at + 6].lower() == "xml ":
            return html.index(">", at) + 1
        return at

    def _end_tag(self, at: int) -> int:
        html = self._html
        found = NAME.match(html, at + 2)
        name = found[0].lower() if found is not None else ""
        end = html.find(">", at)
        if found is None or end < 0 or html.find("<", found.end(), end) >= 0:
            self._tags.waste += max(0, end - at)
            return at
        if name not in KNOWN:
            passes = (self._is_office and OFFICE.match(name)) or self._open.get(name)
            return end + 1 if passes else at
        if _WORDS.fullmatch(html, found.end(), end):  # its `>` is missing, and this one is of the text
            end = found.end() - 1
        if name in UNSEEN or name in FOREIGN or name in ("title", "xmp", "plaintext"):
            return at
        if self._open.get(name, 0) > 0:
            self._open[name] -= 1
        elif name in PASSING or (name in INLINE | BLOCKS and self._is_word(at, end + 1)):
            return at
        if name == "head":
            self._in_head = False
        if name in PASSING:
            self._letters(" ")
        elif name not in EMPTY and name not in _ONCE:
            is_loose = name in TABLE_PARTS and not self._open.get("table")
            self._out.append(Letters(" ") if is_loose else Closing(_WRITTEN_AS.get(name, name)))
        return end + 1

    def _start_tag(self, at: int) -> int:
        tag = self._tags.read(at)
        if tag is None:
            return at
        end = self._opening(tag, at)
        if end == at:
            self._tags.waste += tag.end - at
        return end

    def _opening(self, tag: Tag, at: int) -> int:
        name = tag.name
        if name in ("option", "optgroup") and not (self._open.get("select") or self._open.get("datalist")):
            if tag.is_bare:
                return at
            self._letters(" ")
            return tag.end
        is_closed = self._last_end.get(name, -1) > at
        if name not in KNOWN:
            self._open[name] = self._open.get(name, 0) + 1
            return tag.end
        if name == "plaintext" or (name == "isindex" and tag.is_bare) or not plausible(tag.attributes):
            return at
        if name in UNSEEN:
            return self._unseen(tag, is_closed=is_closed)
        if name == "title":
            return self._title(tag, is_closed=is_closed)
        if name == "xmp" or (name == "textarea" and not tag.is_bare):
            return self._verbatim(tag, is_closed=is_closed)
        if name in FOREIGN:
            return self._foreign(tag, is_closed=is_closed)
        if self._in_head and name not in DOCUMENT and name not in ("object", "template", "noscript"):
            self._in_head = False
        if name in EMPTY:
            return self._empty(tag)
        if name in PASSING:
            if not is_closed or (tag.is_bare and name in ("textarea", "select")):
                return at
            self._open[name] = self._open.get(name, 0) + 1
            self._letters(" ")
            return tag.end
        if tag.is_bare and (not is_closed or name in _ONCE) and self._is_name_in_text(tag):
            return at
        if name in TABLE_PARTS and not self._open.get("table"):
            return self._cell_without_table(tag)
        if name == "body":
            self._in_head = False
        if name in _ONCE:
            return tag.end
        self._open[name] = self._open.get(name, 0) + 1
        if name in ("option", "optgroup"):
            self._out.append(Opening("br"))
        else:
            self._out.append(Opening(_WRITTEN_AS.get(name, name), allowed_attributes(tag.attributes)))
        return tag.end

    # --- what needs a look at its content

    def _unseen(self, tag: Tag, *, is_closed: bool) -> int:
        """Leave a script or a style sheet out, unless it is a word in a sentence."""
        end = self._content_end(tag) if is_closed else None
        if end is None:
            return tag.end if tag.closes_itself else tag.start
        if tag.is_bare and not self._in_head:
            inside = self._html[tag.end : end]
            if _CODE.search(inside) is None or f"<{tag.name}" in inside.lower():
                return tag.start
        return self._html.index(">", end) + 1

    def _title(self, tag: Tag, *, is_closed: bool) -> int:
        end = self._content_end(tag) if is_closed and self._in_head else None
        return self._html.index(">", end) + 1 if end is not None else tag.start

    def _verbatim(self, tag: Tag, *, is_closed: bool) -> int:
        end = self._content_end(tag) if is_closed else None
        if end is None:
            return tag.start
        inside = self._html[tag.end : end]
        if tag.name == "textarea":
            self._literal(f" {inside} ")
        else:
            self._out.append(Opening("pre"))
            self._literal(inside.replace("&", "&amp;"))
            self._out.append(Closing("pre"))
        return self._html.index(">", end) + 1

    def _foreign(self, tag: Tag, *, is_closed: bool) -> int:
        """Leave a drawing or a formula its letters."""
        if tag.closes_itself:
            return tag.end
        end = self._content_end(tag) if is_closed else None
        if end is None:
            return tag.start
        self._literal(_foreign_text(self._html[tag.end : end]))
        return self._html.index(">", end) + 1

    def _content_end(self, tag: Tag) -> int | None:
        """Return where the end tag stands that belongs to this start tag."""
        both = re.compile(rf"<(/?){tag.name}(?=[\s/>])", re.IGNORECASE)
        depth = 1
        for found in both.finditer(self._html, tag.end):
            depth += -1 if found[1] else int(tag.name in FOREIGN)
            if not depth:
                return found.start() if self._last_gt > found.start() else None
        self._tags.waste += len(self._html) - tag.end
        return None

    def _empty(self, tag: Tag) -> int:
        if tag.is_bare:
            return tag.start
        if tag.name in ("img", "image"):
            self._out.append(Opening("img", allowed_attributes(tag.attributes)))
        elif tag.name == "input":
            said = dict(tag.attributes)
            if not said.get("value") and self._is_word(tag.start, tag.end):
                return tag.start
            if (said.get("type") or "text").lower() in ("text", "submit", "button", "reset", "email"):
                self._literal(f" {said.get('value') or ''} ")
        return tag.end

    def _cell_without_table(self, tag: Tag) -> int:
        """Keep cells apart that a parser would set side by side."""
        self._out.append(Opening("br") if tag.name in ("tr", "caption") else Letters(" "))
        return tag.end

    # --- is it a tag?

    def _is_name_in_text(self, tag: Tag) -> bool:
        """Tell whether a tag that is never closed is a word of the text: `press <b> to go on`, `List<A>`."""
        if tag.name in _MAY_STAND_ALONE or (tag.name in TABLE_PARTS and self._open.get("table")):
            return False
        if tag.name in ("li", "dd", "dt") and any(self._open.get(name) for name in ("ul", "ol", "dl", "menu", "dir")):
            return False
        before = self._html[tag.start - 1 : tag.start] if tag.start else ""
        is_key = before in ("-", ">") and tag.written.istitle() and len(tag.written) > 1  # `<Ctrl>-<Alt>-<Del>`
        if is_key or (before.isalnum() and tag.written[0].isupper()):
            return True
        return self._is_word(tag.start, tag.end)

    def _is_word(self, start: int, end: int) -> bool:
        """Tell whether a tag stands between the words of a line, with space or punctuation on both sides."""
        if start == 0 or not (
            _BEFORE_WORD.match(self._html[start - 1]) and _AFTER_WORD.match(self._html, end) is not None
        ):
            return False
        for piece in reversed(self._out[-_LOOK_BACK:]):
            if isinstance(piece, Letters):
                if not piece.html.isspace():
                    return True
            elif piece.name not in INLINE:
                return False
        return False


def _foreign_text(inside: str) -> str:
    """Return the letters of a drawing or a formula that a reader would see."""
    parts: list[str] = []
    at, until = 0, ""
    for found in _FOREIGN_TAG.finditer(inside):
        if not until:
            parts.append(inside[at : found.start()])
        at = found.end()
        name = "!--" if found[1] or found[2] else found[4].lower()
        if until:
            until = "" if name == until and (found[2] or found[3]) else until
        elif found[1] or (name in _UNSEEN_FOREIGN and not found[3] and not found[0].endswith("/>")):
            until = name
    if not until:
        parts.append(inside[at:])
    return "".join(parts)
