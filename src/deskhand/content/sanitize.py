"""Turns foreign HTML into HTML that is safe and cheap to show.

Steps 1 to 3 of the rendering pipeline (reliability reference 1.4). Call it in a worker thread: the limits bounds what is parsed,
so the worst input takes a few hundred milliseconds, and nh3 releases the GIL.
"""

import re
from dataclasses import field, replace
from enum import StrEnum
from typing import Final

from deskhand.content import cleaner, limits
from deskhand.content.characters import repair, with_line_ends, with_separators
from deskhand.content.cost import Cost
from deskhand.content.layout import lay_out
from deskhand.content.limits import SanitizeNotice
from deskhand.content.parsing import parse
from deskhand.content.pictures import BlockedImage, ImageKind
from deskhand.content.plain import lay_out_plain
from deskhand.content.readable import read
from deskhand.content.safehtml import SafeHtml, Text, Token, escape, tokens
from deskhand.domain.lazy_dataclass import dataclass

__all__ = [
    "SANITIZER_VERSION",
    "BlockedImage",
    "ImageKind",
    "SafeHtml",
    "SanitizeNotice",
    "Sanitized",
    "sanitize",
    "sanitize_plain",
]

SANITIZER_VERSION: Final = 8
"""Stored beside every sanitized body; a body with a lower number is sanitized again from its raw text."""

MAX_PLAIN: Final = 200_000
MAX_PLAIN_LINES: Final = 4_000
MAX_PLAIN_BYTES: Final = 350_000
_MAX_TEXT: Final = 1_000_000
_MAX_STRIPPED: Final = 1_000_000
_ROUNDS: Final = 3
# Only inside what looks like a tag's src, so that text about such addresses mostly stays as it is; `_restored` mends the rest.
_DATA_SOURCE = re.compile(
    r"""(\ssrc\s*=\s*["']?\s*)(data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=]{200,})""", re.IGNORECASE
)


class Fallback(StrEnum):
    """How a body is shown that would cost too much as it was written."""

    NONE = ""
    NO_TABLES = "no_tables"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Sanitized:
    """A sanitized body.

    Attributes:
        html: what a view may show; its pictures are `x-img:<index>`.
        text: the same to read, to search and to notify, of the first million characters.
        images: what the indexes stand for, none of it loaded.
        truncated: there is more than is shown; the raw body has it.
        notice: why it is shown as plain text, or None.
        version: `SANITIZER_VERSION` at the time.
        cost: what Qt will need for it.
        fallback: what was given up because of the cost.
    """

    html: SafeHtml
    text: str
    images: tuple[BlockedImage, ...] = ()
    truncated: bool = False
    notice: SanitizeNotice | None = None
    version: int = SANITIZER_VERSION
    cost: Cost = field(default_factory=Cost)
    fallback: Fallback = Fallback.NONE


def sanitize(html: str) -> Sanitized:
    """Sanitize a body from a customer or a vendor. Deterministic; never raises; its own output stays as it is."""
    html, payloads = _take_out_data(html)
    if len(html) > limits.MAX_BYTES:
        return _as_plain(html, SanitizeNotice.TOO_BIG)
    html = repair(with_separators(html))
    parsed = parse(html)
    if isinstance(parsed, SanitizeNotice):
        return _as_plain(html, parsed)
    stream = [_restored(token, payloads) for token in parsed]
    layout = lay_out(stream, payloads)
    text = read(stream)[:_MAX_TEXT]
    if layout.too_costly:
        return sanitize_plain(text, SanitizeNotice.TOO_COSTLY)
    truncated, flat = layout.truncated, layout.flat
    # What is shown must mean the same when it is parsed again, by us or by Qt.
    for _ in range(_ROUNDS):
        cleaned = cleaner.clean(layout.html)
        if cleaned == layout.html:
            fallback = Fallback.NO_TABLES if flat else Fallback.NONE
            return Sanitized(SafeHtml(layout.html), text, layout.images, truncated, cost=layout.cost, fallback=fallback)
        if cleaned is None:
            break
        layout = lay_out(list(tokens(cleaned)), known={f"x-img:{image.index}": image for image in layout.images})
        if layout.too_costly:
            return sanitize_plain(text, SanitizeNotice.TOO_COSTLY)
        flat = flat or layout.flat
        truncated = truncated or layout.truncated
    return sanitize_plain(text, SanitizeNotice.UNSTABLE)


def sanitize_plain(text: str, notice: SanitizeNotice | None = None) -> Sanitized:
    """Prepare a plain body of any length for the same view.

    Args:
        text: not HTML.
        notice: why it is shown as plain text although it was HTML.
    """
    text = repair(with_line_ends(text))
    lines = text[:MAX_PLAIN].split("\n", MAX_PLAIN_LINES)
    shown = "\n".join(lines[:MAX_PLAIN_LINES])
    while len(escape(shown).encode()) > MAX_PLAIN_BYTES:
        shown = shown[: len(shown) // 2]
    layout = lay_out_plain(shown)
    truncated = layout.truncated or len(shown) < len(text)
    fallback = Fallback.PLAIN if notice is not None else Fallback.NONE
    return Sanitized(
        SafeHtml(layout.html), text[:_MAX_TEXT], truncated=truncated, notice=notice, cost=layout.cost, fallback=fallback
    )


def _as_plain(html: str, notice: SanitizeNotice) -> Sanitized:
    sanitized = sanitize_plain(cleaner.strip(repair(html[:_MAX_STRIPPED])), notice)
    return replace(sanitized, truncated=sanitized.truncated or len(html) > _MAX_STRIPPED)


def _take_out_data(html: str) -> tuple[str, list[str]]:
    """Replace inline pictures by `x-data:<n>`: a screenshot must not count against the limits."""
    if "base64," not in html:
        return html, []
    payloads: list[str] = []

    def keep(found: re.Match[str]) -> str:
        payloads.append(found[2])
        return f"{found[1]}x-data:{len(payloads) - 1}"

    return _DATA_SOURCE.sub(keep, html), payloads


def _restored(token: Token, payloads: list[str]) -> Token:
    """Show the beginning of a data address that was taken out of what turned out to be text."""
    if not (payloads and isinstance(token, Text) and "x-data:" in token.text):
        return token

    def begin(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"{payloads[number][:60]}…" if number < len(payloads) else found[0]

    return Text(re.sub(r"x-data:(\d{1,6})", begin, token.text))
