"""What the program makes of a message body, in parts: for `deskhand inspect`."""

import codecs
import re
import time
from collections.abc import Sequence
from typing import Final

from deskhand.content.links import inspect
from deskhand.content.pictures import images_as_text
from deskhand.content.plain import snippet
from deskhand.content.quotes import Divided, divide
from deskhand.content.safehtml import INLINE, End, SafeHtml, Start, Text, tokens
from deskhand.content.sanitize import Sanitized, sanitize, sanitize_plain
from deskhand.content.shown_address import seen_as
from deskhand.domain.lazy_dataclass import dataclass

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|\Z)")
_MAIL_HEADERS: Final = frozenset(
    [
        *(
            "from",
            "to",
            "cc",
            "subject",
            "date",
            "received",
            "mime-version",
            "return-path",
            "message-id",
            "content-type",
        ),
        *("delivered-to", "dkim-signature", "reply-to", "x-original-to", "authentication-results"),
    ]
)
_FEWEST_HEADERS: Final = 3


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link of a body.

    Attributes:
        target: the address behind it.
        verdict: `open`, `ask` (the agent is asked first) or `refused`.
        reasons: why the agent is asked.
    """

    shown: str
    target: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A body as the program shows it.

    Attributes:
        sanitized: the whole of it.
        parts: what is shown at once, what is folded away, and the signature.
        seconds: how long both took.
    """

    sanitized: Sanitized
    parts: Divided
    snippet: str
    links: tuple[ShownLink, ...]
    seconds: float


def inspect_body(body: str, *, is_html: bool) -> Inspected:
    """Return what becomes of a body, by the functions that the program uses."""
    began = time.perf_counter()
    sanitized = sanitize(body) if is_html else sanitize_plain(body)
    parts = divide(sanitized.html)
    seconds = time.perf_counter() - began
    return Inspected(sanitized, parts, snippet(sanitized.text), links_of(images_as_text(sanitized.html, ())), seconds)


def links_of(html: SafeHtml) -> tuple[ShownLink, ...]:
    """Return the links of sanitized HTML, in order."""
    found: list[ShownLink] = []
    line = href = ""
    begun = 0
    spans: list[tuple[str, int, int]] = []
    for token in tokens(html):
        match token:
            case Start("a", attributes):
                href, begun = attributes.get("href", ""), len(line)
            case Text(text):
                line += text
            case End("a"):
                if href:
                    spans.append((href, begun, len(line)))
                href = ""
            case Start(name) | End(name) if name not in INLINE or name == "br":
                if not href:  # within a link it is one text all the same
                    found += _judged(line, spans)
                    line, spans = "", []
                line += " "
            case _:
                pass
    return (*found, *_judged(line, spans))


def _judged(line: str, spans: Sequence[tuple[str, int, int]]) -> list[ShownLink]:
    """Judge the links of a line by what a reader sees there."""
    found = []
    for target, start, end in spans:
        text = line[start:end]
        link = inspect(target, seen_as(line[:start], text, line[end:]))
        verdict = "refused" if link.refused else "ask" if link.warnings else "open"
        reasons = tuple(sorted(warning.value for warning in link.warnings))
        found.append(ShownLink(" ".join(text.split()), target, verdict, reasons))
    return found


def decode(data: bytes) -> tuple[str, str]:
    """Return bytes as text, and in which encoding they were read: by their mark, as UTF-8, or as Windows-1252, which takes anything."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if (unmarked := _unmarked_utf16(data[:2_000])) is not None:
        return data.decode(unmarked, "replace"), unmarked
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "windows-1252"


def _unmarked_utf16(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes beside its Latin letters."""
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > pairs * 0.7 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.7 and odd < pairs * 0.1 else None


def is_whole_mail(text: str) -> bool:
    """Tell whether a text begins with a mail's headers instead of a message body."""
    rows = text.lstrip("\r\n").split("\n", 100)
    return _headers(rows[1:] if rows[0].startswith("From ") else rows) >= _FEWEST_HEADERS


def _headers(rows: Sequence[str]) -> int:
    known = 0
    for row in rows:
        line = row.rstrip("\r")
        if not line:
            break
        found = _HEADER.match(line)
        if found is None and not line.startswith((" ", "\t")):
            return 0
        known += found is not None and found[1].lower() in _MAIL_HEADERS
    return known
