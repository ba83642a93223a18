"""The few facts of a `style` attribute that carry meaning: what is hidden, what is struck out, bold, or answered in red.

No CSS reaches a view. A declaration that says one of these facts becomes an element that the view's own style sheet draws, or the
text goes; every other declaration, and everything that is not plainly a declaration, counts as absent. Style sheets of a body are
not read: what an element with a class looks like is unknown, and unknown text is shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from deskhand.content.colours import HUES, Colour, colour, hue, is_bright, is_clear, is_like
from deskhand.content.elements import CLASSED
from deskhand.content.marks import HISTORY, MARKED_TAGS, QUOTE, QUOTE_START, mark_of
from deskhand.content.safehtml import INLINE, VOID, End, Start, Text, Token
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

_QUOTATIONS: Final = frozenset([QUOTE, QUOTE_START, HISTORY])
_MOST_ADDED: Final = 2_000
"""Elements that are added; a body that asks for more is no letter."""
_COMMENT = lazy_pattern(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = lazy_pattern(r"\s*([a-zA-Z-]{2,30})\s*:((?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^()]*\))*)(?:;|\Z)")
_IMPORTANT = lazy_pattern(r"! ?important\Z")
_SIZE = lazy_pattern(r"(-?\d*\.?\d+)\s*(px|pt|em|ex|rem|%|vw|vh|cm|mm|in|pc|ch)?")
_LINE_SPACE = str.maketrans("\n\r\t\f", "    ")
_CUT = lazy_pattern(r"rect\((?:[01](?:px)?[, ]*){4}\)")
_CUT_PATH = lazy_pattern(r"inset\((?:50|100)%|circle\(0|polygon\((?:0(?:px|%)? ?){2}(?:, ?(?:0(?:px|%)? ?){2})*\)")
_NO_SCALE = lazy_pattern(r"\bscale\(0(?:\.0+)?[,)]")
_FAR: Final = 900
"""Pixels to the left or above; no page is that wide of its own."""
_PIXELS: Final = {"em": 10, "rem": 10, "cm": 37, "in": 96}
_SHORT_FONT = lazy_pattern(r"(?:\A|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)(?=\s*/|\s)")
_SHORTHANDS: Final = {
    "background": ("background-color", "background-image"),
    "font": ("font-size", "font-style", "font-weight"),
    "margin": ("margin-left", "margin-top"),
    "text-decoration": ("text-decoration-line",),
}
"""What takes back all that was said before of its parts."""
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
    if _says_something(shown) or not any(_shows(token) for token in stream):
        return shown
    # A message, or an answer to a quotation, of which nothing is left is shown as it came.
    whole = list(_Pass(hide=False).run(stream))
    return whole if _says_something(whole) or not any(_shows(token) for token in shown) else shown


def _says_something(stream: Sequence[Token]) -> bool:
    """Tell whether there is something to see outside of quotations."""
    depth = 0
    for token in stream:
        if isinstance(token, Start) and token.name not in VOID:
            depth += depth > 0 or token.attributes.get("class") in _QUOTATIONS
        elif isinstance(token, End):
            depth -= depth > 0
        elif not depth and _shows(token):
            return True
    return False


def _shows(token: Token) -> bool:
    return (isinstance(token, Text) and not token.text.isspace()) or (isinstance(token, Start) and token.name == "img")


class _Pass:
    def __init__(self, *, hide: bool) -> None:
        self._hide = hide
        self._added = 0
        self._looks = [_UNSTYLED]
        self._ends: list[tuple[Token, ...]] = []
        self._skipped = 0
        self._known: dict[
            tuple[_Look, str], _Look
        ] = {}  # how text looks in an element whose attributes say nothing of it

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
        if self._hide and is_out(token, said):
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
        if not _READ.isdisjoint(token.attributes):
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
        tint = "" if look.in_link else look.hue
        self._added += len(marks) + bool(tint)
        yield from (Start(mark) for mark in marks)
        if tint:
            yield Start("span", {"class": tint})
        yield from pieces
        if tint:
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
    important: set[str] = set()
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
        name, value = found[1].lower(), " ".join(found[2].lower().split())
        plain = _IMPORTANT.sub("", value)
        if plain != value or name not in important:
            said[name] = plain.strip()
            for part in _SHORTHANDS.get(name, ()):
                if part not in important:
                    said.pop(part, None)
        if plain != value:
            important.add(name)
        at = max(found.end(), at + 1)
    return said


def is_out(token: Start, said: Mapping[str, str]) -> bool:
    """Tell whether an element takes no part in what is shown, whatever is in it."""
    display = said.get("display", "")
    if display == "none" or ("hidden" in token.attributes and not display):
        return True
    if _is_zero(said.get("opacity", "")) or _is_elsewhere(said):
        return True
    if token.name in ("td", "th", "tr"):  # no height is only the least height there
        return False
    sides = ["max-height", "height"]
    if token.name != "table" and (token.name not in INLINE or display or "position" in said):
        sides += ["max-width", "width"]
    return said.get("overflow", "") in ("hidden", "clip") and any(
        _is_dot(said.get(side, "")) and _may_be_dot(said.get(f"min-{side.removeprefix('max-')}", "")) for side in sides
    )


def _may_be_dot(least: str) -> bool:
    """Tell whether the least size leaves room for less: `width:0;min-width:100%` is as wide as its place."""
    return least in ("", "auto", "none", "initial") or _is_dot(least)


def _is_elsewhere(said: Mapping[str, str]) -> bool:
    """Tell whether it is moved off the page, cut to nothing or drawn without a size."""
    free = said.get("position", "") in ("absolute", "fixed")
    moved = ("left", "top", "right", "bottom") if free else ()
    return (
        any(_is_far(said.get(name, "")) for name in ("text-indent", "margin-left", "margin-top", *moved))
        or (free and _CUT.fullmatch(said.get("clip", "")) is not None)
        or _CUT_PATH.match(said.get("clip-path", "")) is not None
        or _NO_SCALE.search(said.get("transform", "")) is not None
    )


def _is_far(value: str) -> bool:
    found = _SIZE.fullmatch(value)
    return found is not None and float(found[1]) * _PIXELS.get(found[2], 1) <= -_FAR


def _is_dot(value: str) -> bool:
    found = _SIZE.fullmatch(value)
    return found is not None and float(found[1]) <= (1 if found[2] in ("px", "pt") else 0)


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
    own, ground, in_link = _own_colour(token, said), _ground(token, said), before.in_link or name == "a"
    if ground is not None and name in INLINE and not in_link:
        (wanted.add if is_bright(ground) else wanted.discard)("mark")
    unknown = CLASSED in token.attributes
    return replace(
        before,
        wanted=frozenset(wanted),
        given=frozenset(given),
        hue=before.hue if own is None else hue(own),
        tiny=_tiny(before.tiny and not unknown and name != "table", token, said),
        unseen=_unseen(before.unseen and not unknown, said),
        matched=(
            not unknown and (_has_no_colour(said) or (own is not None and ground is not None and is_like(own, ground)))
        )
        or (before.matched and own is None and ground is None and not unknown and not _has_ground(said)),
        keeps_lines=_keeps_lines(before.keeps_lines, said),
        in_pre=before.in_pre or name == "pre",
        in_link=in_link,
    )


def _asked(said: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the marks that declarations ask for or take back."""
    font = said.get("font", "").split()
    weight = said.get("font-weight") or next((value for value in font if value in ("bold", "bolder")), "")
    if weight in ("bold", "bolder") or (weight.isdecimal() and 600 <= int(weight[:5]) <= 1000):
        yield "b", True
    elif weight in ("normal", "lighter") or weight.isdecimal():
        yield "b", False
    slant = said.get("font-style") or next((value for value in font if value in ("italic", "oblique")), "")
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


def _has_no_colour(said: Mapping[str, str]) -> bool:
    """Tell whether letters are drawn in no colour; a ground may be drawn in their form."""
    return is_clear(said.get("color", "")) and not any("background" in name for name in said)


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
