"""A message body in three: the sender's own words, the quoted history, the signature.

`history` finds where they lie, on lines with marks; for HTML the lines come with their tokens, so that every part stays
well-formed. `marks` knows what programs put into their HTML, `quote_words` what they write, `reply_words` what people do.

Why our own: of the first 297 mails of `tests/corpus/mails` that say which words are the sender's, mail-parser-reply 1.36 folded away
own words in 83 and left history in sight in 81 (text only, 13 languages), quotequail 0.5.4 in 46 and 137, talon 1.4.4 in 69 and
47 (its HTML half failed on 56 with lxml 6.1), the rules that stood here before in 82 and 90; these rules in none. The mails were
written for these rules, so that their own figure says nothing; of the 32 bodies of talon's example mails, which were looked at while
the rules were made, they leave one history in sight (Windows Mail without a subject) and fold away no own word. They take about 1 ms
for a mail, the libraries 0.3 to 5 ms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from deskhand.content.colours import HUES
from deskhand.content.history import find_parts
from deskhand.content.marks import BAR, HISTORY, QUOTE, QUOTE_START, SIGNATURE
from deskhand.content.quote_words import is_between_arrows
from deskhand.content.readable import MAX_QUOTE_MARKS, Line, read_lines
from deskhand.content.rows import Row, asks
from deskhand.content.safehtml import INLINE, VOID, End, SafeHtml, Start, Text, Token, tokens, write
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

_QUOTE_MARKS = lazy_pattern(r"[ \t\xa0]*(?:[>＞][ \t\xa0]?)+")
_MARGIN = lazy_pattern(r"[|:}#%!¦│┃▌▎](?=\s|\Z)")
"""Marks of programs that do not quote by `>`."""
_LINE = lazy_pattern(r"[^\n]*\n|[^\n]+")
_PICTURE: Final = "\ufffc"
_RED: Final = "red"
"""The class that sanitizing gives to red letters: the usual colour of answers between the lines. Programs write replies in blue."""
_EMPHASIS: Final = ("b", "strong", "i", "em", "u")
_FORMATTING: Final = ("span", "mark", "a", *_EMPHASIS)
_INDENTS: Final = ("  ", "\t")
_KEPT_INDENTS: Final = ("\xa0\xa0", "\xa0 ")
"""The same in HTML, where other spaces are those of its source."""
_DOT: Final = 3
"""Pixels; a picture no larger counts openings and shows nothing."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A sanitized body in its parts, each well-formed HTML of its own that may be shown.

    Attributes:
        own: what the sender wrote this time; the whole body where nothing surely is anything else.
        quoted: the history that a mail program added, with its "... wrote:" line, or None.
        signature: what stands below `-- `, or what a program adds by itself ("Sent from my phone"), or None.
    """

    own: SafeHtml
    quoted: SafeHtml | None = None
    signature: SafeHtml | None = None


@dataclass(frozen=True, slots=True)
class DividedText:
    """The same for plain text.

    Attributes:
        own: what the sender wrote this time, without white space at its end.
        quoted: the history, or None.
        signature: with its `-- `, or None.
    """

    own: str
    quoted: str | None = None
    signature: str | None = None


def divide(html: SafeHtml) -> Divided:
    """Divide a sanitized body into the sender's own words, the quoted history and the signature.

    Args:
        html: what `sanitize` or `sanitize_plain` made.

    Returns:
        Own words that are never empty where the body is not. Where a signature stands on both sides of the history, both make
        one. Nothing raises; the time is linear in the length.
    """
    stream = _by_line(tokens(html))
    lines = read_lines(map(_with_picture, stream), links=False)
    parts = find_parts(_rows(stream, lines))
    cuts = [_cut(stream, lines, at) for at in parts]
    signature, quoted, footer, _ = cuts
    if signature == len(stream):
        return Divided(html)
    return Divided(
        _slice(stream, 0, signature) or html,
        _slice(stream, quoted, footer) or None,
        SafeHtml(_slice(stream, signature, quoted) + _slice(stream, footer, len(stream))) or None,
    )


def divide_plain(text: str) -> DividedText:
    """Divide a plain body in the same way."""
    rows = text.split("\n")
    parts = find_parts([_plain_row(row, 0) for row in rows])
    if parts.signature == len(rows):
        return DividedText(text)
    pieces = ("\n".join(rows[parts.signature : parts.quoted]), "\n".join(rows[parts.footer : parts.end]))
    return DividedText(
        "\n".join(rows[: parts.signature]).rstrip(),
        "\n".join(rows[parts.quoted : parts.footer]).strip("\n") or None,
        "\n".join(piece.strip("\n") for piece in pieces if piece.strip()) or None,
    )


# --- lines for the rules


def _plain_row(text: str, depth: int) -> Row:
    bare = text.strip()
    found = None if is_between_arrows(bare) else _QUOTE_MARKS.match(text)
    if found is None:
        mark = _MARGIN.match(bare)
        is_cell = mark is not None and bare.endswith(mark[0]) and len(bare) > 1  # of a table
        margin = mark[0] if mark is not None and not is_cell else " " if text.startswith(_INDENTS) else ""
        return Row(bare, depth, boxed=depth > 0, margin=margin)
    marks = found[0].count(">") + found[0].count("＞")
    return Row(text[found.end() :].strip(), depth + marks, boxed=depth > 0, cited=True, margin=">")


def _by_line(stream: Iterable[Token]) -> list[Token]:
    """Give every line of preformatted text a token of its own, so that it can be cut there."""
    out: list[Token] = []
    preformatted = 0
    for token in stream:
        if isinstance(token, Text) and preformatted:
            out.extend(Text(line) for line in _LINE.findall(token.text))
            continue
        if isinstance(token, Start) and token.name == "pre":
            preformatted += 1
        elif isinstance(token, End) and token.name == "pre":
            preformatted -= 1
        out.append(token)
    return out


def _with_picture(token: Token) -> Token:
    """Let a picture count as something that the sender says."""
    if isinstance(token, Start) and token.name == "img" and not token.attributes.get("alt", "").strip():
        sizes = (token.attributes.get(side, "") for side in ("width", "height"))
        if not any(size.isdecimal() and int(size[:6]) <= _DOT for size in sizes):
            return Start("img", {"alt": _PICTURE})
    return token


def _rows(stream: Sequence[Token], lines: Sequence[Line]) -> list[Row]:
    """Add to every line what the elements around it say."""
    rows: list[Row] = []
    places = _Places()
    at = 0
    for line in lines:
        while at < line.token:
            places.feed(stream[at])
            at += 1
        row = _plain_row(line.text[2 * min(line.depth, MAX_QUOTE_MARKS) :], line.depth)
        rows.append(places.mark(row))
    looks = _looks(stream)
    ends = [*(line.token for line in lines[1:]), len(stream)]
    for number, line in enumerate(lines):
        before, after = looks[line.token], looks[ends[number]]
        if after.styled > before.styled:
            plain = after.plain > before.plain
            rows[number] = replace(
                rows[number],
                red=after.red > before.red,
                tinted=not plain and after.tinted - before.tinted == after.styled - before.styled,
                styled=not plain,
                answered=plain and after.answered > before.answered,
            )
        if isinstance(first := stream[line.token], Text) and first.text.startswith(_KEPT_INDENTS):
            rows[number] = replace(rows[number], margin=rows[number].margin or " ")
    return rows


class _Looks(NamedTuple):
    """How many texts stand before a place that are red, in any colour, formatted at all, behind a question, and neither."""

    red: int = 0
    tinted: int = 0
    styled: int = 0
    answered: int = 0
    plain: int = 0


def _looks(stream: Sequence[Token]) -> list[_Looks]:
    """Return the counts before each token and before the end; links count as none of these."""
    counts = [_Looks()]
    around: list[str] = []
    asked = False
    for token in stream:
        now = counts[-1]
        if isinstance(token, Start | End) and token.name not in INLINE and token.name not in ("td", "th"):
            asked = False
        if isinstance(token, Start) and token.name in _FORMATTING:
            around.append(token.attributes.get("class", "") if token.name == "span" else token.name)
        elif isinstance(token, End) and token.name in _FORMATTING and around:
            around.pop()
        elif isinstance(token, Text) and (text := token.text.strip()) and "a" not in around:
            tinted = any(look in HUES or look == "mark" for look in around)
            styled = tinted or any(look in _EMPHASIS for look in around)
            now = _Looks(
                now.red + (_RED in around),
                now.tinted + tinted,
                now.styled + styled,
                now.answered + (styled and asked),
                now.plain + (not styled),
            )
            asked = not styled and asks(text)
        counts.append(now)
    return counts


class _Places:
    """The marked elements around the present token."""

    def __init__(self) -> None:
        self._stack: list[str | None] = []
        self._cited = 0
        self._signed = 0
        self._blocks: list[tuple[int, bool]] = []
        self._introductions: list[int] = []
        self._bars: list[int] = []
        self._count = 0
        self._ruled = False

    def feed(self, token: Token) -> None:
        """Enter or leave an element."""
        if isinstance(token, Start):
            if token.name == "hr":
                self._ruled = True
            elif token.name not in VOID:
                self._enter(token.name, token.attributes.get("class"))
        elif isinstance(token, End) and self._stack:
            self._leave(self._stack.pop())

    def _enter(self, name: str, mark: str | None) -> None:
        self._count += 1
        kind = mark
        if mark in (QUOTE, HISTORY):
            kind = "cited" if name == "blockquote" else "block"
        self._stack.append(kind)
        if kind == "cited":
            self._cited += 1
        elif kind == "block":
            self._blocks.append((self._count, mark == HISTORY))
        elif kind == QUOTE_START:
            self._introductions.append(self._count)
        elif kind == BAR:
            self._bars.append(self._count)
        elif kind == SIGNATURE:
            self._signed += 1

    def _leave(self, kind: str | None) -> None:
        if kind == "cited":
            self._cited -= 1
        elif kind == "block":
            self._blocks.pop()
        elif kind == QUOTE_START:
            self._introductions.pop()
        elif kind == BAR:
            self._bars.pop()
        elif kind == SIGNATURE:
            self._signed -= 1

    def mark(self, row: Row) -> Row:
        """Return a line with the marks of this place; of blocks in each other the outermost counts."""
        block, plain = self._blocks[0] if self._blocks else (0, False)
        ruled, self._ruled = self._ruled, self._ruled and not row.text
        return Row(
            row.text,
            row.depth,
            boxed=row.boxed,
            cited=row.cited or self._cited > 0,
            block=block,
            plain_block=plain,
            introduces=self._introductions[0] if self._introductions else 0,
            barred=self._bars[0] if self._bars else 0,
            signed=self._signed > 0,
            ruled=ruled,
            margin=row.margin,
        )


# --- cutting a token stream


def _cut(stream: Sequence[Token], lines: Sequence[Line], number: int) -> int:
    """Return the token to cut before, so that a line and the elements that begin with it come behind the cut."""
    if number >= len(lines):
        return len(stream)
    at = lines[number].token
    while at and isinstance(before := stream[at - 1], Start) and before.name not in VOID:
        at -= 1
    return at


def _slice(stream: Sequence[Token], start: int, end: int) -> SafeHtml:
    """Return a part as HTML of its own, without the white space and rules at its end; "" where nothing is in it."""
    while end > start and not _shows(stream[end - 1]):
        end -= 1
    if end <= start:
        return SafeHtml("")
    around: list[Start] = []
    for token in stream[:start]:
        _follow(around, token)
    inside = list(around)
    for token in stream[start:end]:
        _follow(inside, token)
    return SafeHtml(
        "".join(map(write, around))
        + "".join(map(write, stream[start:end]))
        + "".join(f"</{tag.name}>" for tag in reversed(inside))
    )


def _shows(token: Token) -> bool:
    return (isinstance(token, Text) and bool(token.text.strip())) or (isinstance(token, Start) and token.name == "img")


def _follow(open_tags: list[Start], token: Token) -> None:
    if isinstance(token, Start):
        if token.name not in VOID:
            open_tags.append(token)
    elif isinstance(token, End) and open_tags:
        open_tags.pop()
