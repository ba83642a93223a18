"""What the style sheets of a body hide by a class or an id, as far as that is sure.

Newsletters hide the line for the list of messages and the copy for phones in this way. Only `.name` and `#name` alone
count. Whatever else in a sheet shows a name again, but for narrow screens, makes it shown.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from deskhand.content.markup import Opening, Piece
from deskhand.domain.lazy_pattern import lazy_pattern

_START = lazy_pattern(r"<style(?=[\s>])", re.IGNORECASE)
_END = lazy_pattern(r"</style", re.IGNORECASE)
_NAME = lazy_pattern(r"[.#][\w-]+")
_BRACE = lazy_pattern(r"[{}]")
_DISPLAY = lazy_pattern(r"(?:\A|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_NARROW = lazy_pattern(r"max-(?:device-)?width|\bprint\b", re.IGNORECASE)
_MOST: Final = 200_000
"""Characters of sheets that are read."""


def mark_hidden(pieces: list[Piece], html: str) -> list[Piece]:
    """Return the pieces with the attribute `hidden` on what the sheets hide, the same list where they hide nothing.

    A `display` of the element itself still counts more.
    """
    hidden, shown = _read(_sheets(html))
    if not hidden:
        return pieces
    marked: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Opening) and piece.attributes:
            names = set(_names(piece))
            if names & hidden and not names & shown:
                marked.append(replace(piece, attributes={**piece.attributes, "hidden": ""}))
                continue
        marked.append(piece)
    return marked


def _sheets(html: str) -> str:
    sheets: list[str] = []
    at = 0
    while (start := _START.search(html, at)) is not None:
        opened = html.find(">", start.end())
        end = _END.search(html, opened) if opened >= 0 else None
        if end is None:
            break
        sheets.append(html[opened + 1 : end.start()])
        at = end.end()
    return _without_comments("\n".join(sheets)[:_MOST].replace("<!--", " ").replace("-->", " "))


def _without_comments(sheet: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0:
        kept.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheet)
    return " ".join([*kept, sheet[at:]])


def _names(piece: Opening) -> Iterator[str]:
    for name in unescape(piece.attributes.get("class", "")).split():
        yield f".{name}"
    if identifier := piece.attributes.get("id", ""):
        yield f"#{unescape(identifier).strip()}"


def _read(sheet: str) -> tuple[set[str], set[str]]:
    """Return the names that a sheet hides, and those that it may show."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, display, is_nested in _displays(sheet):
        for selector in selectors.split(","):
            names = _NAME.findall(selector)
            if display != "none":
                shown.update(names)
            elif not is_nested and [selector.strip()] == names:
                hidden.add(names[0])
    return hidden, shown


def _displays(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield selectors, what they say of `display`, and whether under a condition; what is for narrow screens or paper is left out."""
    at, conditions, narrow = 0, list[bool](), 0
    while (found := _BRACE.search(sheet, at)) is not None:
        head, at = sheet[at : found.start()].rpartition(";")[2].strip(), found.end()
        if found[0] == "}":
            narrow -= conditions.pop() if conditions else 0
        elif head.startswith("@"):
            conditions.append(_NARROW.search(head) is not None)
            narrow += conditions[-1]
        else:
            end = sheet.find("}", at)
            end = len(sheet) if end < 0 else end
            display = _DISPLAY.findall(sheet[at:end])
            at = end + 1
            if display and not narrow:
                yield head, display[-1].lower(), bool(conditions)
