"""The colours of the light and the dark drawing, as `#rrggbb`, and what high contrast makes of them."""

from collections.abc import Mapping
from dataclasses import field, replace
from functools import lru_cache

from deskhand.domain.accounts import AccountColour
from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Tint:
    """A ground and the ink on it: a chip, or an account's mark.

    Attributes:
        border: the line around it; empty = none, the ground tells it from the page.
    """

    ground: str
    text: str
    border: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour that the program uses.

    Attributes:
        page: list, conversation, cards.
        side: sidebar, group heads, footers.
        sunken: a box inside a card.
        raised: menus, popups, palette.
        hover: under the pointer.
        selected: a row, view or menu item that has the keyboard.
        idle: a selected row while the keyboard is elsewhere; tracks.
        pressed: held down.
        hair: lines that only part.
        edge: borders of fields, ticks and switches; at least 3 : 1.
        edge_soft: borders of buttons and chips, which also have a word.
        second: read rows and icons.
        quiet: times, previews, help.
        warn_mark: border and icon of a warning.
        note_edge: border and mark of a note.
        hit: ground of a found word.
        avatar: ground of initials.
        thumb: scroll bars.
        pop_edge: border of a popup.
        shade: the rings under a popup.
        scrim: over the window under a sheet, as `#aarrggbb`.
        state_new, state_open, state_wait, state_hold, state_done: glyphs of states; at least 3 : 1.
        accounts: what an account's colour is in this theme.
    """

    name: str
    page: str
    side: str
    sunken: str
    raised: str
    hover: str
    selected: str
    idle: str
    pressed: str
    hair: str
    edge: str
    edge_soft: str
    text: str
    second: str
    quiet: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    agent: str
    note: str
    note_edge: str
    note_text: str
    good: str
    good_soft: str
    warn: str
    warn_mark: str
    warn_soft: str
    wrong: str
    wrong_soft: str
    hit: str
    hit_text: str
    avatar: str
    thumb: str
    pop_edge: str
    shade: str
    scrim: str
    state_new: str
    state_open: str
    state_wait: str
    state_hold: str
    state_done: str
    accounts: Mapping[AccountColour, Tint] = field(default_factory=dict, compare=False)
    is_high_contrast: bool = False

    @property
    def tint_edge(self) -> str:
        """The border of a ground that stands out by its tint alone: there is no tint in high contrast. Empty = none is needed."""
        return self.edge if self.is_high_contrast else ""

    @property
    def is_dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    page="#ffffff",
    side="#f4f5f7",
    sunken="#f6f7f9",
    raised="#ffffff",
    hover="#eff1f5",
    selected="#e3ecfd",
    idle="#e9ebef",
    pressed="#d9e5fc",
    hair="#e3e6eb",
    edge="#7f8997",
    edge_soft="#c3c9d2",
    text="#171d27",
    second="#434c5a",
    quiet="#5c6673",
    disabled="#8d96a3",
    accent="#2862e0",
    accent_hover="#1f54c8",
    on_accent="#ffffff",
    link="#2056c9",
    agent="#eef3fe",
    note="#fff7df",
    note_edge="#ad7f14",
    note_text="#6f4e00",
    good="#11754a",
    good_soft="#e0f3e9",
    warn="#8a5600",
    warn_mark="#b97600",
    warn_soft="#fdf0d5",
    wrong="#bd262d",
    wrong_soft="#fde7e7",
    hit="#ffe48a",
    hit_text="#3b2c00",
    avatar="#e4e7ec",
    thumb="#828b99",
    pop_edge="#b4bcc7",
    shade="#171d27",
    scrim="#66171d27",
    state_new="#2056c9",
    state_open="#11754a",
    state_wait="#a96a00",
    state_hold="#6d5fa8",
    state_done="#5c6673",
    accounts={
        AccountColour.INDIGO: Tint("#ebebfb", "#4b49c6"),
        AccountColour.TEAL: Tint("#ddf2ef", "#0a756b"),
        AccountColour.RUST: Tint("#fbe9dd", "#a84510"),
        AccountColour.BLUE: Tint("#dfedf9", "#18609b"),
        AccountColour.PLUM: Tint("#f3e7f8", "#7b3498"),
        AccountColour.ROSE: Tint("#fce5ed", "#ad2c5d"),
        AccountColour.GREEN: Tint("#e1f1e2", "#2a7032"),
        AccountColour.SAND: Tint("#f6eecd", "#755c00"),
        AccountColour.SLATE: Tint("#e7ebf0", "#4c5a69"),
    },
)

DARK = Theme(
    name="dark",
    page="#1a1d22",
    side="#131619",
    sunken="#20242a",
    raised="#23272e",
    hover="#292e36",
    selected="#1f3052",
    idle="#2a2f37",
    pressed="#243960",
    hair="#2c3139",
    edge="#6f7987",
    edge_soft="#434a55",
    text="#e8ebf0",
    second="#bcc4cf",
    quiet="#9aa4b2",
    disabled="#6f7987",
    accent="#6b9fff",
    accent_hover="#8ab4ff",
    on_accent="#0a1120",
    link="#8db5ff",
    agent="#1c2740",
    note="#302a17",
    note_edge="#a5852f",
    note_text="#ecc96a",
    good="#4fcf90",
    good_soft="#15331f",
    warn="#efb452",
    warn_mark="#e0a23c",
    warn_soft="#392c12",
    wrong="#ff8085",
    wrong_soft="#43191c",
    hit="#6a5510",
    hit_text="#fff1bf",
    avatar="#343a44",
    thumb="#6f7987",
    pop_edge="#4d5561",
    shade="#000000",
    scrim="#80000000",
    state_new="#8db5ff",
    state_open="#4fcf90",
    state_wait="#e9b04e",
    state_hold="#b9aef0",
    state_done="#9aa4b2",
    accounts={
        AccountColour.INDIGO: Tint("#2c2d55", "#aaaaf8"),
        AccountColour.TEAL: Tint("#12393a", "#55cdbf"),
        AccountColour.RUST: Tint("#45291a", "#f3a06b"),
        AccountColour.BLUE: Tint("#17344d", "#7bbaf0"),
        AccountColour.PLUM: Tint("#3b2448", "#d39be9"),
        AccountColour.ROSE: Tint("#4a2131", "#f490b1"),
        AccountColour.GREEN: Tint("#1d3a20", "#7cca83"),
        AccountColour.SAND: Tint("#3b3312", "#dcc05a"),
        AccountColour.SLATE: Tint("#2c343d", "#acb9c7"),
    },
)


@lru_cache(maxsize=4)
def high_contrast(theme: Theme) -> Theme:
    """Return a theme for people who ask their system for more contrast: words and marks have 7 : 1, and no ground is tinted.

    An account's mark keeps its ink and is parted from the page by a border of it.
    """
    strong = {
        name: _strengthened(getattr(theme, name), theme)
        for name in (
            "link", "accent", "accent_hover", "good", "warn", "warn_mark", "wrong", "note_text", "note_edge",
            "state_new", "state_open", "state_wait", "state_hold", "state_done", "edge", "thumb",
        )
    }  # fmt: skip
    grounds = dict.fromkeys(
        ("side", "sunken", "raised", "agent", "note", "good_soft", "warn_soft", "wrong_soft", "avatar"), theme.page
    )
    accounts = {which: Tint(theme.page, _strengthened(tint.text, theme)) for which, tint in theme.accounts.items()}
    edge = strong["edge"]
    return replace(
        theme, **strong, **grounds, hair=edge, edge_soft=edge, pop_edge=edge, quiet=theme.second, disabled=theme.second,
        on_accent=theme.page, pressed=theme.selected, hit=_quieter(theme.hit, theme), accounts=accounts, is_high_contrast=True,
    )  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours after WCAG 2, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _quieter(ground: str, theme: Theme) -> str:
    """Move a ground towards the page until text and a found word have 7 : 1 on it."""
    for step in range(21):
        made = _mixed(ground, theme.page, step / 20)
        if min(contrast(theme.text, made), contrast(theme.hit_text, made)) >= 7:
            return made
    return theme.page


def _mixed(one: str, other: str, share: float) -> str:
    parts = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _strengthened(colour: str, theme: Theme) -> str:
    """Move a colour towards the text's until it has 7 : 1 on the page and on what is selected or pointed at."""
    grounds = (theme.page, theme.hover, theme.selected, theme.idle)
    for step in range(21):
        mixed = _mixed(colour, theme.text, step / 20)
        if min(contrast(mixed, ground) for ground in grounds) >= 7:
            return mixed
    return theme.text
