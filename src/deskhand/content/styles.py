"""The few facts of a `style` attribute that carry meaning: what is hidden, what is struck out, bold, or answered in red.

No CSS reaches a view. A declaration that says one of these facts becomes an element that the view's own style sheet draws, or the
text goes; every other declaration, and everything that is not plainly a declaration, counts as absent. Style sheets of a body are
not read: what an element with a class looks like is unknown, and unknown text is shown.
"""

import colorsys
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deskhand.content.elements import CLASSED
from deskhand.content.marks import MARKED_TAGS, mark_of
from deskhand.content.safehtml import INLINE, VOID, End, Start, Text, Token

HUES: Final = ("red", "orange", "green", "blue", "purple")
"""Classes of `span` for coloured text; the view decides on a shade that can be read."""

_MOST_ADDED: Final = 2_000
"""Elements that are added; a body that asks for more is no letter."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"\s*([a-zA-Z-]{2,30})\s*:((?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^()]*\))*)(?:;|\Z)")
_SIZE = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|ex|rem|%|vw|vh|cm|mm|in|pc|ch)?")
_LINE_SPACE = str.maketrans("\n\r\t\f", "    ")
_SHORT_FONT = re.compile(r"(?:\A|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)(?=\s*/|\s)")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\Z")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)\Z")
_NAMED: Final = {
    "black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "red": "#ff0000",
    "maroon": "#800000", "crimson": "#dc143c", "darkred": "#8b0000", "firebrick": "#b22222", "tomato": "#ff6347", "orange": "#ffa500",
    "darkorange": "#ff8c00", "orangered": "#ff4500", "gold": "#ffd700", "brown": "#a52a2a", "yellow": "#ffff00", "olive": "#808000",
    "lime": "#00ff00", "green": "#008000", "darkgreen": "#006400", "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff",
    "blue": "#0000ff", "navy": "#000080", "darkblue": "#00008b", "royalblue": "#4169e1", "steelblue": "#4682b4", "purple": "#800080",
    "violet": "#ee82ee", "fuchsia": "#ff00ff", "magenta": "#ff00ff", "indigo": "#4b0082", "pink": "#ffc0cb", "deeppink": "#ff1493",
}  # fmt: skip
_RENAMED: Final = {"strike": "s", "del": "s", "ins": "u", "big": "b"}
_GIVES: Final = {
    "b": "b", "strong": "b", "th": "b", "h1": "b", "h2": "b", "h3": "b", "h4": "b", "h5": "b", "h6": "b",
    "i": "i", "em": "i", "cite": "i", "var": "i", "dfn": "i", "address": "i", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "sup": "sup", "sub": "sub", "mark": "mark", "a": "u",
}  # fmt: skip
_NOTED: Final = frozenset([*_GIVES, *_RENAMED, *VOID, "q", "font", "span", "pre", "table"])
"""Elements that are looked at even without attributes; inside of all others text looks as outside, as in most of a long body."""
_READ: Final = frozenset(["style", "hidden", "bgcolor", "color", "size", "class", "id", "name", "type", CLASSED])
"""Attributes that are read here and go no further."""
_MARKS: Final = ("b", "i", "u", "s", "sup", "sub", "mark")

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks at a place.

    Attributes:
        wanted: elements that styles ask for.
        given: elements that are there already.
        hue: one of `HUES`, or empty.
        tiny, unseen, matched: why it cannot be seen: no size, no visibility, the colour of its ground.
        keeps_lines: its line ends and runs of spaces show.
    """

    wanted: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    hue: str = ""
    tiny: bool = False
    unseen: bool = False
    matched: bool = False
    keeps_lines: bool = False
    in_pre: bool = False
    in_link: bool = False


_UNSTYLED: Final = _Look()


def apply(stream: Sequence[Token]) -> list[Token]:
    """Return tokens of cleaned HTML without hidden text and without styles, meaning kept.

    Args:
        stream: tokens with the attributes `style`, `hidden`, `bgcolor`, `color` and `classed`.
    """
    shown = list(_Pass(hide=True).run(stream))
    if any(_shows(token) for token in shown) or not any(_shows(token) for token in stream):
        return shown
    # A message of which nothing is left is shown as it came.
    return list(_Pass(hide=False).run(stream))


def _shows(token: Token) -> bool:
    return (isinstance(token, Text) and not token.text.isspace()) or (isinstance(token, Start) and token.name == "img")


class _Pass:
    def __init__(self, *, hide: bool) -> None:
        self._hide = hide
        self._added = 0
        self._looks = [_UNSTYLED]
        self._ends: list[tuple[Token, ...]] = []
        self._skipped = 0
        self._known: dict[tuple[_Look, str], _Look] = {}  # how text looks in an element without attributes

    def run(self, stream: Sequence[Token]) -> Iterator[Token]:
        for token in stream:
            if self._skipped:
                if isinstance(token, Start) and token.name not in VOID:
                    self._skipped += 1
                elif isinstance(token, End):
                    self._skipped -= 1
                continue
            if isinstance(token, Text):
                if self._looks[-1] is _UNSTYLED:
                    yield Text(token.text.translate(_LINE_SPACE))
                else:
                    yield from self._text(token.text)
            elif isinstance(token, Start):
                yield from self._start(token)
            elif self._ends:
                self._looks.pop()
                yield from self._ends.pop()

    def _start(self, token: Start) -> Iterator[Token]:
        if not token.attributes and token.name not in _NOTED:
            self._looks.append(self._looks[-1])
            self._ends.append((End(token.name),))
            yield token
            return
        said = declarations(token.attributes.get("style", ""))
        if self._hide and _is_out(token, said):
            self._skipped = int(token.name not in VOID)
            return
        kept = {name: value for name, value in token.attributes.items() if name not in _READ}
        # Here, because a style tells of a quotation too.
        if token.name in MARKED_TAGS and (mark := mark_of(token.attributes)):
            kept["class"] = mark
        elif token.name == "span" and token.attributes.get("class") in HUES:
            kept["class"] = token.attributes["class"]
        if said.get("direction") in ("rtl", "ltr") and "dir" not in kept:
            kept["dir"] = said["direction"]
        if token.name in VOID:
            yield Start(token.name, kept)
            return
        before = self._looks[-1]
        self._looks.append(self._look(before, token, said))
        name = _RENAMED.get(token.name, token.name)
        if name == "q":
            self._ends.append((Text("”"),))
            yield Text("“")
        elif name == "font" or _is_undone(name, said) or (name == "span" and not kept):
            self._ends.append(())
        else:
            self._ends.append((End(name),))
            yield Start(name, kept)

    def _look(self, before: _Look, token: Start, said: Mapping[str, str]) -> _Look:
        if token.attributes:
            return _look(before, token, said)
        key = (before, token.name)
        return self._known.get(key) or self._known.setdefault(key, _look(before, token, said))

    def _text(self, text: str) -> Iterator[Token]:
        look = self._looks[-1]
        is_space = not text.strip(" \t\n\r\f")
        if self._hide and not is_space and (look.tiny or look.unseen or look.matched):
            return
        if look.in_pre or look.keeps_lines:
            pieces = [Text(text)] if look.in_pre else list(_lines(text))
        else:
            pieces = [Text(text.translate(_LINE_SPACE))]
        is_marked = bool(look.wanted or look.hue) and not is_space and self._added <= _MOST_ADDED
        if not is_marked:
            yield from pieces
            return
        marks = [mark for mark in _MARKS if mark in look.wanted and mark not in look.given]
        hue = "" if look.in_link else look.hue
        self._added += len(marks) + bool(hue)
        yield from (Start(mark) for mark in marks)
        if hue:
            yield Start("span", {"class": hue})
        yield from pieces
        if hue:
            yield End("span")
        yield from (End(mark) for mark in reversed(marks))


def _lines(text: str) -> Iterator[Token]:
    """Yield text whose line ends show."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Start("br")
        kept = re.sub(r"^ | (?= )|\t", "\xa0", line)
        if kept:
            yield Text(kept)


def declarations(style: str) -> dict[str, str]:
    """Return what a `style` attribute says, names and values in lower case; nothing from where it stops being plain CSS."""
    said: dict[str, str] = {}
    style = _COMMENT.sub(" ", style[:4_000])
    at = 0
    while at < len(style):
        found = _DECLARATION.match(style, at)
        if found is None:
            # What is no declaration ends at the next semicolon, as in CSS.
            at = style.find(";", at) + 1
            if not at:
                break
            continue
        value = " ".join(found[2].lower().split())
        said[found[1].lower()] = value.removesuffix("!important").strip()
        at = max(found.end(), at + 1)
    return said


def _is_out(token: Start, said: Mapping[str, str]) -> bool:
    """Tell whether an element takes no part in what is shown, whatever is in it."""
    display = said.get("display", "")
    if display == "none" or ("hidden" in token.attributes and not display):
        return True
    if token.name in ("td", "th", "tr"):  # no height is only the least height there
        return _is_zero(said.get("opacity", ""))
    clipped = said.get("overflow", "") in ("hidden", "clip") and (
        _is_zero(said.get("max-height", "")) or _is_zero(said.get("height", ""))
    )
    return clipped or _is_zero(said.get("opacity", ""))


def _is_zero(value: str) -> bool:
    found = _SIZE.fullmatch(value)
    return found is not None and float(found[1]) == 0


def _look(before: _Look, token: Start, said: Mapping[str, str]) -> _Look:
    """Return how text looks in an element."""
    name = token.name
    wanted, given = set(before.wanted), set(before.given)
    for mark, is_wanted in _asked(said):
        (wanted.add if is_wanted else wanted.discard)(mark)
    if name in _GIVES and not _is_undone(name, said):
        given.add(_GIVES[name])
    own, ground = _own_colour(token, said), _ground(token, said)
    hue = before.hue if own is None else _hue(own)
    in_link = before.in_link or name == "a"
    if ground is not None and name in INLINE and not in_link:
        (wanted.add if _is_bright(ground) else wanted.discard)("mark")
    unknown = CLASSED in token.attributes
    return replace(
        before,
        wanted=frozenset(wanted),
        given=frozenset(given),
        hue=hue,
        tiny=_tiny(before.tiny and not unknown and name != "table", token, said),
        unseen=_unseen(before.unseen and not unknown, said),
        matched=(own is not None and ground is not None and not unknown and _is_like(own, ground))
        or (before.matched and own is None and ground is None and not unknown and not _has_ground(said)),
        keeps_lines=_keeps_lines(before.keeps_lines, said),
        in_pre=before.in_pre or name == "pre",
        in_link=in_link,
    )


def _asked(said: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the marks that declarations ask for or take back."""
    font = said.get("font", "").split()
    weight = said.get("font-weight") or next((word for word in font if word in ("bold", "bolder")), "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and 600 <= int(weight[:5]) <= 1000):
        yield "b", True
    elif weight in ("normal", "lighter") or weight.isdecimal():
        yield "b", False
    slant = said.get("font-style") or next((word for word in font if word in ("italic", "oblique")), "")
    if slant:
        yield "i", slant.startswith(("italic", "oblique"))
    line = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}".split()
    if "line-through" in line:
        yield "s", True
    if "underline" in line:
        yield "u", True
    lift = said.get("vertical-align", "")
    if lift in ("super", "sub"):
        yield "sup" if lift == "super" else "sub", True


def _is_undone(name: str, said: Mapping[str, str]) -> bool:
    """Tell whether an element's style takes back what its name says: editors wrap all in `<b style="font-weight:normal">`."""
    if name in ("b", "strong"):
        return said.get("font-weight", "") in ("normal", "400")
    if name in ("i", "em"):
        return said.get("font-style", "") == "normal"
    return name in ("u", "s") and said.get("text-decoration", "") == "none"


def _tiny(before: bool, token: Start, said: Mapping[str, str]) -> bool:  # noqa: FBT001 - what is handed down
    size = said.get("font-size", "")
    if not size and (short := _SHORT_FONT.search(said.get("font", ""))) is not None:
        size = short[1]
    found = _SIZE.fullmatch(size)
    if found is None:
        return before and not size.endswith(("small", "medium", "large")) and "size" not in token.attributes
    value, unit = float(found[1]), found[2] or "px"
    if unit in ("em", "ex", "%", "ch"):
        return before or value == 0
    return value <= 1 if unit in ("px", "pt") else value == 0


def _unseen(before: bool, said: Mapping[str, str]) -> bool:  # noqa: FBT001 - what is handed down
    visibility = said.get("visibility", "")
    return visibility in ("hidden", "collapse") or (before and visibility != "visible")


def _keeps_lines(before: bool, said: Mapping[str, str]) -> bool:  # noqa: FBT001 - what is handed down
    space = said.get("white-space", "")
    return space in ("pre", "pre-wrap", "pre-line", "break-spaces") or (before and space in ("", "inherit"))


def _own_colour(token: Start, said: Mapping[str, str]) -> Colour | None:
    return colour(said.get("color", "")) or colour(_with_sign(token.attributes.get("color", "")))


def _ground(token: Start, said: Mapping[str, str]) -> Colour | None:
    if _has_ground(said):
        return None
    for part in re.findall(r"rgba?\([^()]*\)|\S+", said.get("background-color") or said.get("background", "")):
        if (found := colour(part)) is not None:
            return found
    return colour(_with_sign(token.attributes.get("bgcolor", "")))


def _has_ground(said: Mapping[str, str]) -> bool:
    """Tell whether something else than a colour lies behind it."""
    return any(
        "url(" in said.get(name, "") or "gradient" in said.get(name, "") for name in ("background", "background-image")
    )


def _with_sign(text: str) -> str:
    return f"#{text}" if re.fullmatch(r"[0-9a-fA-F]{6}", text) else text


def colour(text: str) -> Colour | None:
    """Return red, green and blue (0 to 255), or None where it is unknown or not opaque."""
    text = text.strip().lower()
    text = _NAMED.get(text, text)
    if (found := _HEX.match(text)) is not None:
        digits = found[1] if len(found[1]) > 4 else "".join(digit * 2 for digit in found[1])
        if len(digits) == 8 and digits[6:] != "ff":
            return None
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if (found := _RGB.match(text)) is not None:
        if found[4] and float(found[4].strip(".") or 0) < (100 if found[5] else 1):
            return None
        red, green, blue = (min(255, int(found[part])) for part in (1, 2, 3))
        return red, green, blue
    return None


def _hue(value: Colour) -> str:
    """Return the name of a colour's hue; nothing for black, white, greys and what is nearly one."""
    if max(value) - min(value) < 90:
        return ""
    degrees = colorsys.rgb_to_hls(*(part / 255 for part in value))[0] * 360
    limits = ((20, "red"), (65, "orange"), (170, "green"), (262, "blue"), (335, "purple"))
    return next((name for most, name in limits if degrees < most), "red")


def _is_bright(value: Colour) -> bool:
    return max(value) - min(value) >= 60 and max(value) >= 150


def _is_like(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))
