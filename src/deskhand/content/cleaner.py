"""The allow-list: one nh3 cleaner for everything, and a way to read HTML that must not be parsed."""

import re
from html import unescape
from typing import Final

import nh3

from deskhand.content.marks import MARKED_TAGS

_TAG_WORDS: Final = (
    # Text ...
    "a abbr address article aside b bdi big blockquote br center cite code dd del details dfn div dl dt em figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark nav ol p pre q s samp section small span strike strong sub summary "
    # ... and tables.
    "sup time tt u ul var wbr caption col colgroup table tbody td tfoot th thead tr"
)
TAGS: Final = frozenset(_TAG_WORDS.split())
_DROPPED_WITH_CONTENT: Final = frozenset(
    [
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "xmp",
        "noembed",
        "noframes",
        "plaintext",
        "textarea",
        "select",
    ]
)
_MAX_ROUNDS: Final = 4
_MAX_OUTPUT: Final = 2_000_000
_PRE_START = re.compile(r"(<pre[^>]*>)\n+")
_CELL: Final = {"colspan", "rowspan", "align", "valign"}

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_DROPPED_WITH_CONTENT),
    attributes={
        "*": {"dir"},
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "td": _CELL,
        "th": _CELL,
        "ol": {"start"},
        # What tells quotations and signatures; layout.py keeps none of it but turns it into marks of our own.
        **{tag: {"class", "id", "name", "type", "style"} for tag in MARKED_TAGS},
    },
    # `data` and our own two are for images; layout.py lets no link have them.
    url_schemes={"http", "https", "mailto", "tel", "cid", "data", "x-img", "x-data"},
    url_relative="deny",
    link_rel=None,
    strip_comments=True,
)


def clean(html: str) -> str | None:
    """Return allowed elements and attributes only, in a form that parses to itself.

    Args:
        html: repaired HTML that the gate let through.

    Returns:
        None where no such form was found in a few rounds, or where a small input became a huge output.
    """
    for _ in range(_MAX_ROUNDS):
        # The parser eats the first line end of a <pre> each time.
        cleaned = _PRE_START.sub(r"\1", _CLEANER.clean(html))
        if cleaned == html:
            return cleaned
        if len(cleaned) > _MAX_OUTPUT:
            return None
        html = cleaned
    return None


_MARKUP = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9]*)|[!?/])")
_RAW_TEXT = re.compile(r"</(?:script|style|title|template|noscript|iframe|textarea)", re.IGNORECASE)
_RAW_NAMES = frozenset(["script", "style", "title", "template", "noscript", "iframe", "textarea"])
_LINE_NAMES = frozenset(
    ["br", "p", "div", "tr", "li", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"]
)


def strip(html: str) -> str:
    """Return the text of HTML without parsing it: one linear scan, whatever the input."""
    out: list[str] = []
    position = 0
    while (found := _MARKUP.search(html, position)) is not None:
        out.append(html[position : found.start()])
        name = (found[3] or "").lower()
        if name in _LINE_NAMES and out[-1:] != ["\n"]:
            out.append("\n")
        closer = "-->" if found[1] else ">"
        end = html.find(closer, found.end())
        if end < 0:  # nothing closes from here on: all the rest is inside this tag
            position = len(html)
            break
        position = end + len(closer)
        if name in _RAW_NAMES and not found[2]:
            closing = _RAW_TEXT.search(html, position)
            if closing is None:
                position = len(html)
                break
            position = closing.start()
    out.append(html[position:])
    text = unescape("".join(out))
    return re.sub(r"\n[ \t\n]*\n[ \t\n]*", "\n\n", re.sub(r"[ \t\xa0]{2,}", " ", text)).strip()
