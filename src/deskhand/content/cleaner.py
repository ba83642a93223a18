"""The allow-list: one nh3 cleaner for everything, and a way to read HTML that must not be parsed."""

import re
from html import unescape
from typing import Final

import nh3

from deskhand.content.elements import CLASSED, EMPTY, INLINE
from deskhand.content.marks import MARKED_TAGS
from deskhand.content.markup import Letters, Opening, scan

_TAG_NAMES: Final = (
    # Text ...
    "a abbr address article aside b bdi big blockquote br center cite code dd del details dfn div dl dt em figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark nav ol p pre q s samp section small span strike strong sub summary "
    # ... and tables.
    "sup time tt u ul var wbr caption col colgroup table tbody td tfoot th thead tr"
)
TAGS: Final = frozenset(_TAG_NAMES.split())
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
_WITHIN_LINES: Final = INLINE | EMPTY | {"wbr", "ruby", "rp", "rtc"}
_MAX_ROUNDS: Final = 4
_MAX_OUTPUT: Final = 2_000_000
_PRE_START = re.compile(r"(<pre[^>]*>)\n+")
_CELL: Final = {"colspan", "rowspan", "align", "valign"}

_ATTRIBUTES: Final = {
    "*": {"dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": _CELL,
    "th": _CELL,
    "ol": {"start"},
    # Our own marks and hues; layout.py lets no other class through.
    **{tag: {"class"} for tag in MARKED_TAGS},
}
# What `styles.apply` reads, and no view gets: looks, and what tells quotations and signatures.
_STYLED: Final = {
    "*": {"dir", "style", "hidden", "bgcolor", CLASSED},
    "font": {"color", "size"},
    **{tag: {"class", "id", "name", "type"} for tag in MARKED_TAGS},
}


def _cleaner(tags: frozenset[str], attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes=attributes,
        # `data` and our own two are for images; layout.py lets no link have them.
        url_schemes={"http", "https", "mailto", "tel", "cid", "data", "x-img", "x-data"},
        url_relative="deny",
        link_rel=None,
        strip_comments=True,
    )


_CLEANER = _cleaner(TAGS, _ATTRIBUTES)
_STYLED_CLEANER = _cleaner(TAGS | {"font"}, _ATTRIBUTES | _STYLED)


def clean(html: str, *, styled: bool = False) -> str | None:
    """Return allowed elements and attributes only, in a form that parses to itself.

    Args:
        html: repaired HTML that the limits let through.
        styled: keep what `styles.apply` reads as well. Nothing with styles may be shown.

    Returns:
        None where no such form was found in a few rounds, or where a small input became a huge output.
    """
    cleaner = _STYLED_CLEANER if styled else _CLEANER
    for _ in range(_MAX_ROUNDS):
        # The parser eats the first line end of a <pre> each time.
        cleaned = _PRE_START.sub(r"\1", cleaner.clean(html))
        if cleaned == html:
            return cleaned
        if len(cleaned) > _MAX_OUTPUT:
            return None
        html = cleaned
    return None


def strip(html: str) -> str:
    """Return the text of HTML without parsing it: one linear scan, whatever the input."""
    out: list[str] = []
    for piece in scan(html):
        if isinstance(piece, Letters):
            out.append(unescape(piece.html))
        elif piece.name in ("td", "th"):
            out.append(" ")
        elif isinstance(piece, Opening) and piece.name == "img":
            out.append(f" {unescape(piece.attributes.get('alt', ''))} ")
        elif piece.name not in _WITHIN_LINES and out[-1:] != ["\n"]:
            out.append("\n")
    text = "".join(out)
    return re.sub(r"\n[ \t\n]*\n[ \t\n]*", "\n\n", re.sub(r"[ \t\xa0]{2,}", " ", text)).strip()
