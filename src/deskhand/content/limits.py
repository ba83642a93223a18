"""What is not even parsed: HTML made to stall a parser or a layout.

Limits and measurements: reliability reference 1.3 and 1.4 step 1 (110 real templates stay below a tenth of each).
"""

import re
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 512 * 1024
MAX_TAGS: Final = 20_000
MAX_DEPTH: Final = 1_000
"""Deeper than any thread of answers; `nesting` flattens what is between this and what a view lays out."""
MAX_ATTRIBUTES: Final = 2_000
MAX_WORK: Final = 400_000
"""Sum of the open formatting elements over all tags: 150 unclosed `<b>` before 9,000 `<p>` make 25 MB of output."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
# Elements that never hold anything, or that the parser closes by itself when the next one starts.
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dt",
        "dd",
        "option",
        "colgroup",
    ]
)
# Elements that the parser opens again in every later paragraph as long as they are not closed.
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)


class SanitizeNotice(StrEnum):
    """Why a body is shown as plain text."""

    TOO_BIG = "too_big"
    TOO_MANY_TAGS = "too_many_tags"
    TOO_DEEP = "too_deep"
    TOO_MANY_ATTRIBUTES = "too_many_attributes"
    UNSTABLE = "unstable"
    """It means something else each time it is parsed: the mark of an attack on sanitisers."""
    TOO_COSTLY = "too_costly"
    """Laying it out would stop the window."""
    TEXT_LOST = "text_lost"
    """Formatted, some of its letters would be missing."""


def refusal(html: str) -> SanitizeNotice | None:
    """Return why this HTML must not be parsed, or None. Linear in its length."""
    if len(html) > MAX_BYTES or len(html.encode("utf-8", "replace")) > MAX_BYTES:
        return SanitizeNotice.TOO_BIG
    if html.count("<") > MAX_TAGS:
        return SanitizeNotice.TOO_MANY_TAGS
    if html.count("=") > MAX_ATTRIBUTES and any(_equals(part) > MAX_ATTRIBUTES for part in html.split("<")):
        return SanitizeNotice.TOO_MANY_ATTRIBUTES
    return _nesting(html)


def _equals(part: str) -> int:
    """Count `=` in what may be one tag; a `>` inside a quoted value does not end it."""
    end = part.find(">")
    if end >= 0 and '"' not in part[:end] and "'" not in part[:end]:
        part = part[:end]
    return part.count("=")


def _nesting(html: str) -> SanitizeNotice | None:
    # Counted per name: a stray end tag of another name must not make the depth look smaller than it is.
    still_open: dict[str, int] = {}
    depth = formatting = work = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        work += formatting
        if match[1]:
            if still_open.get(name, 0) > 0:
                still_open[name] -= 1
                depth -= 1
                formatting -= name in _FORMATTING
        elif name not in _NOT_NESTING:
            still_open[name] = still_open.get(name, 0) + 1
            depth += 1
            formatting += name in _FORMATTING
            if depth > MAX_DEPTH:
                return SanitizeNotice.TOO_DEEP
    return SanitizeNotice.TOO_DEEP if work > MAX_WORK else None
