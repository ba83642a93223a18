"""Between HTML and plain text, and whether two texts are the same message."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from deskhand.content import cleaner
from deskhand.content.characters import repair, strip_direction
from deskhand.content.layout import Layout, lay_out_text
from deskhand.content.limits import SanitizeNotice
from deskhand.content.parsing import parse
from deskhand.content.readable import read
from deskhand.content.safehtml import End, SafeHtml, Start, Text, Token
from deskhand.content.web_addresses import find
from deskhand.domain.lazy_pattern import lazy_pattern

_MOST_LINKS: Final = 2_000
"""Addresses of a text that become links; judging one takes 0.1 ms."""
_SPACES = lazy_pattern(r"^ | {2,}|\t", re.MULTILINE)


def to_text(html: str) -> str:
    """Return HTML from anywhere as readable plain text.

    Paragraphs are kept apart by a blank line, list items and quotations are marked, and a link whose text does not show its
    address is followed by it.
    """
    return _text_of(html, links=True)


def _text_of(html: str, *, links: bool) -> str:
    html = repair(html)
    parsed = parse(html)
    return cleaner.strip(html) if isinstance(parsed, SanitizeNotice) else read(parsed, links=links)


def plain_to_html(text: str) -> SafeHtml:
    """Return plain text as HTML: paragraphs, line breaks, links; nothing left out, however long."""
    return SafeHtml(lay_out_text(list(_paragraphs(repair(text))), bounded=False).html)


def lay_out_plain(text: str) -> Layout:
    """Return the beginning of repaired plain text as HTML, as much as a view should show."""
    return lay_out_text(list(_paragraphs(text)), bounded=True)


def _paragraphs(text: str) -> Iterator[Token]:
    links = iter(range(_MOST_LINKS))
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        yield Start("p")
        for number, line in enumerate(paragraph.split("\n")):
            if number:
                yield Start("br")
            yield from _line(line, links)
        yield End("p")


def _line(line: str, links: Iterator[int]) -> Iterator[Token]:
    """Yield a line as text and links, as long as `links` has some left."""
    position = 0
    for found in find(line):
        if next(links, None) is None:
            break
        yield Text(_keep_spaces(line[position : found.start]))
        yield Start("a", {"href": found.target})
        yield Text(line[found.start : found.end])
        yield End("a")
        position = found.end
    if position < len(line):
        yield Text(_keep_spaces(line[position:]))


def _keep_spaces(text: str) -> str:
    def widen(found: re.Match[str]) -> str:
        run = found[0]
        return "\xa0" * 4 if run == "\t" else "\xa0" * (len(run) - 1) + (" " if len(run) > 1 else "\xa0")

    return _SPACES.sub(widen, text)


def snippet(text: str, limit: int = 140) -> str:
    """Return the beginning of a plain text on one line, cut between words, at most `limit` characters."""
    line = " ".join(strip_direction(repair(text[: limit * 20])).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:-") + "…"


# --- the same message? (outbox, reconciliation)

_SIGNATURE: Final = "\ue01e"  # private use: no white space, nothing that a person types
_QUOTES: Final = {ord(mark): '"' for mark in "“”„‟«»″〝〞＂"} | {ord(mark): "'" for mark in "‘’‚‛‹›′`´＇"}
_DASHES = lazy_pattern("[-‐-―−]+")
_SHORTCODE = lazy_pattern(r"(?<!\w):[a-z][a-z0-9_+-]{1,40}:(?!\w)")
_UNSEEN = lazy_pattern(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f]"
)
_EMOJI = lazy_pattern("[\u20e3\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
_LINE_MARK = lazy_pattern(r"^(?:\s|>)*(?:[-*•·‣◦–](?:\s+|\Z))?")


def normalise_for_matching(text_or_html: str, is_html: bool) -> str:  # noqa: FBT001 - what every caller knows by position
    """Return what stays equal when a vendor stores a message and gives it back.

    Gone are: markup, entities, the kind and amount of white space, marks of lists and quotations, the shape of quotes, dashes
    and the ellipsis, invisible characters and emoji. Words, numbers, case, punctuation and their order stay. Plain text is taken
    literally (`<0>` is text, as it is after escaping).
    """
    text = _text_of(text_or_html, links=False) if is_html else repair(text_or_html)
    text = unicodedata.normalize("NFC", text).translate(_QUOTES).replace("…", "...")
    lines = []
    for line in _UNSEEN.sub("", text).split("\n"):
        if line.strip() in ("--", "—"):
            lines.append(_SIGNATURE)
        else:
            lines.append(_DASHES.sub("-", _LINE_MARK.sub("", line)))
    whole = " ".join(lines)
    bare = _SHORTCODE.sub(" ", _EMOJI.sub(" ", whole))
    # A message of nothing but emoji, marks of lists or invisible characters is still a message.
    return _squeeze(bare) or _squeeze(whole) or _squeeze(_UNSEEN.sub("", text)) or _squeeze(text)


def _squeeze(text: str) -> str:
    words = " ".join(text.split(" ")).split()
    # `"... ," and `"...,"` are the same once an emoji between them is gone.
    return re.sub(r" (?=[.,;:!?)\]])", "", " ".join(words))


def matches(sent: str, found: str) -> bool:
    """Tell whether `found` is `sent`, perhaps with a signature that the vendor appended after a line `--`.

    Args:
        sent: our message, normalised.
        found: the vendor's message, normalised.
    """
    return bool(sent) and (found == sent or found.startswith(f"{sent} {_SIGNATURE} "))
