"""HTML that was sanitized, and its tokens.

The reader of tokens relies on the shape that nh3 serialises: lower-case names, double-quoted attributes, only five entities.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from typing import NewType

from deskhand.domain.lazy_dataclass import dataclass

SafeHtml = NewType("SafeHtml", str)
"""HTML that `sanitize` or `plain_to_html` made. Nothing else may reach a rich text view."""

VOID = frozenset({"br", "hr", "img", "wbr", "col"})
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag; void elements have no `End`."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, entities decoded."""

    text: str


Token = Start | End | Text


def tokens(html: str) -> Iterator[Token]:
    """Read HTML that nh3 serialised. Tags without attributes that are alike are one object: tokens never change."""
    ends: dict[str, End] = {}
    starts: dict[str, Start] = {}
    for match in _TOKEN.finditer(html):
        end, name, rest = match.groups()
        if name is None:
            yield Text(unescape(match[0]))
        elif end:
            yield ends.get(name) or ends.setdefault(name, End(name))
        elif rest:
            yield Start(name, {k: unescape(v) for k, v in _ATTRIBUTE.findall(rest)})
        else:
            yield starts.get(name) or starts.setdefault(name, Start(name))


def write(token: Token) -> str:
    """Return a token as HTML, exactly as nh3 would."""
    if isinstance(token, Text):
        return escape(token.text)
    if isinstance(token, End):
        return f"</{token.name}>"
    inside = "".join(f' {key}="{escape(value, quote=True)}"' for key, value in token.attributes.items())
    return f"<{token.name}{inside}>"


def escape(text: str, *, quote: bool = False) -> str:
    """Return text as HTML characters."""
    text = text.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


def unescape(text: str) -> str:
    """Undo `escape`."""
    if "&" not in text:
        return text
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
