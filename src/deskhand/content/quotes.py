"""Where a reply ends and the quoted history begins, and where the signature does.

One detector works on readable lines; for HTML the lines come with their tokens, so that both halves stay well-formed. In doubt
nothing is split: a wrongly folded answer is worse than a visible quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from deskhand.content.readable import Line, read_lines
from deskhand.content.safehtml import VOID, End, SafeHtml, Start, Token, tokens, write

_WROTE = re.compile(
    r"(?:on|am|op|le|el|il|em|den|dne)\b.{4,300}?"
    r"(?:wrote|schrieb(?:\s.{1,120})?|schreef(?:\s.{1,120})?|a\s+écrit|escribió|ha\s+scritto|escreveu|skrev)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_SHORT = re.compile(r".{3,200}\b(?:wrote|schrieb|schreef|a écrit)\b.{0,120}:\Z", re.IGNORECASE)
_WROTE_START = re.compile(r"(?:on|am|op|le|el|il|em|den|dne)\b.*(?:\d|@)", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[-_\s]{2,}\s*(?:original message|ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht|message d'origine|"
    r"message original|mensaje original|messaggio originale)\s*[-_\s]{2,}\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"[*_]?(?:from|von|van|de|da|fra|från)\s*:[*_]?\s*\S", re.IGNORECASE)
_HEADER = re.compile(
    r"[*_]?(?:sent|date|to|subject|cc|gesendet|datum|an|betreff|verzonden|aan|onderwerp|envoyé|date|à|objet|enviado|para|asunto|inviato|a|oggetto)"
    r"(?:\s+(?:on|le|am))?\s*:[*_]?",
    re.IGNORECASE,
)
_SIGNATURE_START = re.compile(r"(?:--|—|__+)\Z")
_SENT_FROM = re.compile(
    r"(?:sent from (?:my|outlook|yahoo|mail)|get outlook for|von meinem .{2,40} gesendet|gesendet (?:von|mit)|verstuurd vanaf|"
    r"verzonden (?:vanaf|met)|envoyé (?:de|depuis)|enviado desde)",
    re.IGNORECASE,
)
_MAX_SIGNATURE: Final = 12


@dataclass(frozen=True, slots=True)
class Divided:
    """A washed body in its parts, each well-formed HTML of its own that may be shown.

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
    """Divide a washed body into the sender's own words, the quoted history and the signature. Linear in its length."""
    own, quoted = split_quote(html)
    own, signature = split_signature(own)
    return Divided(own, quoted, signature)


def divide_plain(text: str) -> DividedText:
    """Divide a plain body in the same way."""
    own, quoted = split_plain_quote(text)
    own, signature = split_plain_signature(own)
    return DividedText(own, quoted, signature)


def split_quote(html: SafeHtml) -> tuple[SafeHtml, SafeHtml | None]:
    """Return the reply, and the quoted history below it (None where there is none, or nothing but it)."""
    stream = list(tokens(html))
    lines = read_lines(stream, links=False)
    return _split_html(html, stream, lines, _history_start(lines))


def split_plain_quote(text: str) -> tuple[str, str | None]:
    """Do the same for plain text."""
    rows = text.split("\n")
    return _split_rows(text, rows, _history_start(_as_lines(rows)))


def split_signature(html: SafeHtml) -> tuple[SafeHtml, SafeHtml | None]:
    """Return the text, and the signature at its end (None where there is none). Split the quote off first."""
    stream = list(tokens(html))
    lines = read_lines(stream, links=False)
    return _split_html(html, stream, lines, _signature_start(lines))


def split_plain_signature(text: str) -> tuple[str, str | None]:
    """Do the same for plain text."""
    rows = text.split("\n")
    return _split_rows(text, rows, _signature_start(_as_lines(rows)))


def _as_lines(rows: Sequence[str]) -> list[Line]:
    return [
        Line(row.strip(), number, fresh=True, marked=False, depth=1 if row.startswith(">") else 0)
        for number, row in enumerate(rows)
    ]


def _split_rows(text: str, rows: Sequence[str], start: int | None) -> tuple[str, str | None]:
    if start is None:
        return text, None
    return "\n".join(rows[:start]).rstrip(), "\n".join(rows[start:])


# --- the detector


def _history_start(lines: Sequence[Line]) -> int | None:
    """Return the index of the first line of the quoted history."""
    quoted = _Quoted(lines)
    for number, line in enumerate(lines):
        text = line.text.lstrip("> ").strip()
        if not text:
            continue
        starts_here = (
            line.marked
            or _SEPARATOR.match(text)
            or (_FROM.match(text) and _is_header(lines, number))
            or ((wrote := _attribution(lines, number)) and quoted.only(wrote))
            or (line.depth and quoted.only(number))
        )
        if not starts_here:
            continue
        if quoted.is_last(number, line):
            return number if any(before.text.strip(" >_-") for before in lines[:number]) else None
    return None


def _is_header(lines: Sequence[Line], number: int) -> bool:
    following = [line.text.lstrip("> ") for line in lines[number + 1 : number + 8] if line.text.strip()][:5]
    return sum(1 for text in following if _HEADER.match(text)) >= 2


def _attribution(lines: Sequence[Line], number: int) -> int | None:
    """Return the index after "On ... wrote:", which mail programs wrap over up to three lines."""
    text = lines[number].text.lstrip("> ").strip()
    if _WROTE_SHORT.match(text):
        return number + 1
    if not _WROTE_START.match(text):
        return None
    for more in range(3):
        joined = " ".join(line.text.lstrip("> ").strip() for line in lines[number : number + 1 + more])
        found = _WROTE.match(joined)
        if found is not None and found.end() == len(joined):
            return number + 1 + more
    return None


class _Quoted:
    """Where the quoted lines of a text lie; every question takes constant time, however many lines there are."""

    def __init__(self, lines: Sequence[Line]) -> None:
        filled = [number for number, line in enumerate(lines) if line.text.strip()]
        self._last = max((number for number in filled if lines[number].depth), default=-1)
        self._own = max((number for number in filled if number < self._last and not lines[number].depth), default=-1)
        after = [lines[number] for number in filled if number > self._last]
        self._ends = not after or (len(after) <= _MAX_SIGNATURE and _is_signature(after[0].text))

    def only(self, number: int) -> bool:
        """Tell whether from this line on there are quoted lines, and then nothing but a signature."""
        return self._own < number <= self._last and self._ends

    def is_last(self, number: int, line: Line) -> bool:
        """Tell whether no answer follows below the quotation, as it does where people answer between the lines."""
        return self._last <= number or (line.depth == 0 and not line.marked) or self._ends


def _is_signature(text: str) -> bool:
    text = text.strip()
    return bool(_SIGNATURE_START.match(text) or _SENT_FROM.match(text))


def _signature_start(lines: Sequence[Line]) -> int | None:
    last = len(lines) - 1
    for number in range(last, max(-1, last - _MAX_SIGNATURE), -1):
        if _is_signature(lines[number].text) and not lines[number].depth:
            return number if any(line.text.strip() for line in lines[:number]) else None
    return None


# --- cutting a token stream


def _split_html(
    html: SafeHtml, stream: Sequence[Token], lines: Sequence[Line], start: int | None
) -> tuple[SafeHtml, SafeHtml | None]:
    if start is None or not lines[start].fresh:
        return html, None
    at = lines[start].token
    while at and isinstance(before := stream[at - 1], Start) and before.name not in VOID:
        at -= 1
    if at and isinstance(before := stream[at - 1], Start) and before.name == "br":
        at -= 1  # the line break belongs to neither
        rest = stream[at + 1 :]
    else:
        rest = stream[at:]
    open_tags: list[Start] = []
    for token in stream[:at]:
        if isinstance(token, Start) and token.name not in VOID:
            open_tags.append(token)
        elif isinstance(token, End) and open_tags:
            open_tags.pop()
    head = "".join(map(write, stream[:at])) + "".join(f"</{tag.name}>" for tag in reversed(open_tags))
    tail = "".join(map(write, open_tags)) + "".join(map(write, rest))
    return SafeHtml(head), SafeHtml(tail)
