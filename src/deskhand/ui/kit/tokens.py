"""The colours of the light and the dark drawing, as `#rrggbb`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tint:
    """A chip's ground and the text on it."""

    ground: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour that the program uses.

    Attributes:
        raised: boxes inside a card.
        quiet, link, good_text, waiting_text, wrong_text, purple_text: as text; at least 4.5 : 1 on every ground.
        accent, good, waiting, wrong: as grounds, dots and lines.
        agent_mark, note_mark: avatars of our own words.
        found: ground of a found word.
    """

    name: str
    background: str
    side: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_hover: str
    on_accent: str
    soft: str
    link: str
    note: str
    note_line: str
    agent: str
    good: str
    good_text: str
    waiting: str
    waiting_text: str
    wrong: str
    wrong_text: str
    purple_text: str
    agent_mark: str
    note_mark: str
    found: str
    chip_plain: Tint
    chip_accent: Tint
    chip_good: Tint
    chip_waiting: Tint
    chip_wrong: Tint

    @property
    def is_dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    background="#ffffff",
    side="#f4f5f7",
    raised="#f7f8fa",
    line="#e3e6ea",
    text="#1d2430",
    quiet="#626c79",  # drawn #68727f: 4.26 on soft, 4.42 on agent
    accent="#2f6feb",
    accent_hover="#2862d4",
    on_accent="#ffffff",
    soft="#e8f0fe",
    link="#2862d4",  # drawn #2f6feb: 3.99 on soft
    note="#fff8e1",
    note_line="#f0dc9a",
    agent="#eef4ff",
    good="#1f9d61",
    good_text="#14794a",  # drawn #1f9d61: 3.47
    waiting="#d98a00",
    waiting_text="#8f5e00",  # drawn #d98a00: 2.77
    wrong="#d1383d",
    wrong_text="#c22f34",  # drawn #d1383d: 4.22 on soft
    purple_text="#7a3fb0",
    agent_mark="#2f6feb",
    note_mark="#96701f",
    found="#ffe58a",
    chip_plain=Tint("#eceef1", "#56606d"),
    chip_accent=Tint("#e8f0fe", "#2258c4"),
    chip_good=Tint("#e4f3ea", "#146c43"),
    chip_waiting=Tint("#fdf1da", "#8a5a00"),
    chip_wrong=Tint("#fde6e6", "#b3262b"),
)

DARK = Theme(
    name="dark",
    background="#191c21",
    side="#14171b",
    raised="#20242b",
    line="#2a2f37",
    text="#e6e9ee",
    quiet="#949eac",  # drawn #8e98a6: 4.7 on soft, kept off the edge
    accent="#6ea2ff",
    accent_hover="#8db6ff",
    on_accent="#0d1422",
    soft="#1f2d47",
    link="#7dabff",
    note="#332c17",
    note_line="#5b4d20",
    agent="#1d273a",
    good="#3ecb86",
    good_text="#3ecb86",
    waiting="#f0b24a",
    waiting_text="#f0b24a",
    wrong="#ff6b70",
    wrong_text="#ff7c81",
    purple_text="#c8a0ff",
    agent_mark="#2f6feb",
    note_mark="#96701f",
    found="#6b5a12",
    chip_plain=Tint("#2a2f37", "#aab3c0"),
    chip_accent=Tint("#1f2d47", "#8db6ff"),
    chip_good=Tint("#173626", "#5fd69b"),
    chip_waiting=Tint("#3a2d12", "#f0b24a"),
    chip_wrong=Tint("#43191b", "#ff8f93"),
)
