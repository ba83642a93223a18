"""The attributes that elements keep in a view."""

from typing import Final

from deskhand.content.colours import HUES
from deskhand.content.marks import mark_of
from deskhand.content.safehtml import Start

MAX_NUMBER: Final = 2_000
"""Of a list's first item, and of the pixels of a picture's side."""
_MAX_SPAN: Final = 100


def view_attributes(token: Start) -> dict[str, str]:
    """Return the attributes that an element of a view has, each with a value that was checked; one of our own classes among them."""
    given, kept = token.attributes, {}
    if mark := mark_of(given):
        kept["class"] = mark
    elif token.name == "span" and given.get("class") in HUES:
        kept["class"] = given["class"]
    if given.get("dir", "").lower() in ("ltr", "rtl", "auto"):
        kept["dir"] = given["dir"].lower()
    if given.get("align", "").lower() in ("left", "right", "center", "justify"):
        kept["align"] = given["align"].lower()
    if given.get("valign", "").lower() in ("top", "middle", "bottom", "baseline"):
        kept["valign"] = given["valign"].lower()
    for key, most in (("colspan", _MAX_SPAN), ("rowspan", _MAX_SPAN), ("start", MAX_NUMBER)):
        value = given.get(key, "")
        if value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= most:
            kept[key] = value
    return kept
