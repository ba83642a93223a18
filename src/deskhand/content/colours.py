"""Colours as styles write them, and the few hues that mean something."""

import colorsys
from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

HUES: Final = ("red", "orange", "green", "blue", "purple")
"""Classes of `span` for coloured text; the view decides on a shade that can be read."""

Colour = tuple[int, int, int]


_HEX = lazy_pattern(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\Z")
_RGB = lazy_pattern(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+)(%?)\s*)?\)\Z")
_HSL = lazy_pattern(
    r"hsla?\(\s*(\d{1,3}(?:\.\d+)?)(?:deg)?\s*[, ]\s*([\d.]{1,5})%\s*[, ]\s*([\d.]{1,5})%\s*(?:[,/]\s*(?:1(?:\.0*)?|100%)\s*)?\)\Z"
)
_CLEAR = lazy_pattern(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\((?:[^(),/]+,){3}\s*0?\.?0+%?\s*\)|(?:rgb|hsl)a?\([^(),/]+/\s*0?\.?0+%?\s*\)"
)
_NAMED: Final = {
    "black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "red": "#ff0000",
    "maroon": "#800000", "crimson": "#dc143c", "darkred": "#8b0000", "firebrick": "#b22222", "tomato": "#ff6347", "orange": "#ffa500",
    "darkorange": "#ff8c00", "orangered": "#ff4500", "gold": "#ffd700", "brown": "#a52a2a", "yellow": "#ffff00", "olive": "#808000",
    "lime": "#00ff00", "green": "#008000", "darkgreen": "#006400", "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff",
    "blue": "#0000ff", "navy": "#000080", "darkblue": "#00008b", "royalblue": "#4169e1", "steelblue": "#4682b4", "purple": "#800080",
    "violet": "#ee82ee", "fuchsia": "#ff00ff", "magenta": "#ff00ff", "indigo": "#4b0082", "pink": "#ffc0cb", "deeppink": "#ff1493",
}  # fmt: skip


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
    if (found := _HSL.match(text)) is not None:
        degrees, saturation, light = float(found[1]) % 360, *(min(100.0, float(found[part])) for part in (2, 3))
        parts = colorsys.hls_to_rgb(degrees / 360, light / 100, saturation / 100)
        red, green, blue = (round(part * 255) for part in parts)
        return red, green, blue
    return None


def is_clear(text: str) -> bool:
    """Tell whether letters of a colour show nothing of it."""
    return _CLEAR.fullmatch(text.strip().lower()) is not None


def hue(value: Colour) -> str:
    """Return the name of a colour's hue; nothing for black, white, greys and what is nearly one."""
    if max(value) - min(value) < 90:
        return ""
    degrees = colorsys.rgb_to_hls(*(part / 255 for part in value))[0] * 360
    limits = ((20, "red"), (65, "orange"), (170, "green"), (262, "blue"), (335, "purple"))
    return next((name for most, name in limits if degrees < most), "red")


def is_bright(value: Colour) -> bool:
    """Tell whether a ground marks what stands on it, as a pen does."""
    return max(value) - min(value) >= 60 and max(value) >= 150


def is_like(one: Colour, other: Colour) -> bool:
    """Tell whether two colours look the same."""
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))
