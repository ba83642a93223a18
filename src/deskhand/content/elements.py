"""The elements and attributes that mail programs and editors write, and which of them a body keeps until it is sanitized."""

from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

_INLINE_NAMES: Final = (
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q rb rt s samp small span strike strong sub "
    "sup time tt u var"
)
_BLOCK_NAMES: Final = (
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup "
    "legend listing main marquee menu nav ol pre search section summary table ul"
)
# They need no end tag, or are often written without.
_OPEN_ENDED_NAMES: Final = (
    "body br caption col colgroup dd dt head hr html li optgroup option p rp rtc ruby tbody td tfoot th thead tr wbr"
)
# Nothing of them shows unless an attribute says what.
_EMPTY_NAMES: Final = (
    "area base basefont bgsound command embed frame image img input keygen link meta param source spacer track"
)
# Their content is what shows where they themselves cannot.
_PASSING_NAMES: Final = (
    "applet audio button canvas custom datalist frameset ilayer layer map meter noembed noframes nolayer noscript object output picture progress select "
    "slot template textarea video"
)
UNSEEN: Final = frozenset(["script", "style", "iframe"])
FOREIGN: Final = frozenset(["svg", "math"])
INLINE: Final = frozenset(_INLINE_NAMES.split())
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
OPEN_ENDED: Final = frozenset(_OPEN_ENDED_NAMES.split())
EMPTY: Final = frozenset(_EMPTY_NAMES.split())
PASSING: Final = frozenset(_PASSING_NAMES.split())
KNOWN: Final = (
    INLINE | BLOCKS | OPEN_ENDED | EMPTY | PASSING | UNSEEN | FOREIGN | {"title", "xmp", "plaintext", "isindex"}
)
TABLE_PARTS: Final = frozenset(["caption", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "col"])
DOCUMENT: Final = frozenset(["html", "head", "body", "meta", "link", "base"])

OFFICE = lazy_pattern(r"(?:[ovwxm]|st\d|u\d):[a-z0-9]+\Z")
CUSTOM = lazy_pattern(r"[a-z][a-z0-9]*-[a-z0-9-]*\Z")

_ATTRIBUTE_NAME = lazy_pattern(r"[a-z_:@*#(\[][\w:.@()\[\]-]*\Z")
_KNOWN_ATTRIBUTE_NAMES: Final = (
    "abbr accept action align alink alt background bgcolor border bordercolor cellpadding cellspacing charset cite class clear color cols colspan "
    "content contenteditable coords data datetime dir face for frameborder headers height href hspace http-equiv id lang link longdesc "
    "marginheight marginwidth media method name nowrap placeholder rel role rows rowspan rules scope shape size sizes span src srcset start style "
    "summary tabindex target title type usemap valign value vlink vspace width xmlns"
)
_KNOWN_ATTRIBUTES: Final = frozenset(_KNOWN_ATTRIBUTE_NAMES.split())
_FLAG_NAMES: Final = (
    "allowfullscreen async autoplay border checked compact controls default defer disabled draggable hidden ismap loop multiple muted nohref "
    "noresize noshade nowrap open readonly required reversed selected src"
)
FLAGS: Final = frozenset(_FLAG_NAMES.split())
"""Attributes that need no value."""
_RETAINED_ATTRIBUTE_NAMES: Final = "align alt bgcolor class color colspan dir height hidden href id name rowspan size src start style type valign width"
_RETAINED: Final = frozenset(_RETAINED_ATTRIBUTE_NAMES.split())
CLASSED: Final = "classed"
"""Attribute put on an element that has a class, so that style sheets may have said more about it."""


def is_known_attribute(name: str) -> bool:
    """Tell whether mail programs and editors write attributes of this name."""
    return name in _KNOWN_ATTRIBUTES or name.startswith(("on", "data-", "aria-", "xmlns", "v:"))


def plausible(attributes: tuple[tuple[str, str | None], ...]) -> bool:
    """Tell whether these are attributes, or the words of `if a <b and c> d`."""
    if not attributes:
        return True
    if any(value is not None and is_known_attribute(name) for name, value in attributes):
        return True
    return all(
        _ATTRIBUTE_NAME.match(name) is not None and (value is not None or name in FLAGS) for name, value in attributes
    )


def allowed_attributes(attributes: tuple[tuple[str, str | None], ...]) -> dict[str, str]:
    """Return the attributes that sanitizing looks at, each once, values still as HTML and without `"` and `<`."""
    found: dict[str, str] = {}
    for name, value in attributes:
        if name in _RETAINED and name not in found:
            found[name] = (value or "").replace('"', "&quot;").replace("<", "&lt;")
        if name == "class":
            found[CLASSED] = ""
        elif name == "background" and value:
            found["style"] = f"background-image:url();{found.get('style', '')}"
    return found
