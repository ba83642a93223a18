"""Every word and mark of both themes can be read on each ground it stands on: the drawings' own figures, computed from the tokens."""

from itertools import product

import pytest

from deskhand.domain.accounts import AccountColour
from deskhand.ui.kit.theme import Tone, tint
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme, contrast, high_contrast

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
STRONG = pytest.mark.parametrize("theme", [high_contrast(LIGHT), high_contrast(DARK)], ids=lambda t: t.name)

WORDS = ("text", "second", "quiet", "link", "good", "warn", "wrong")
GROUNDS = ("page", "side", "sunken", "raised", "hover", "selected", "idle", "agent", "note")
PAIRS = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("note_text", "note"),
    ("good", "good_soft"),
    ("warn", "warn_soft"),
    ("wrong", "wrong_soft"),
    ("text", "hit"),
    ("second", "avatar"),
    ("text", "pressed"),
    ("quiet", "pressed"),
    ("page", "text"),
)
MARKS = ("accent", "warn_mark", "note_edge")
ROWS = ("page", "hover", "selected", "idle")
DRAWN = {
    ("light", "quiet", "selected"): 4.9,
    ("light", "warn", "idle"): 5.2,
    ("light", "thumb", "page"): 3.44,
    ("light", "edge", "page"): 3.54,
    ("dark", "text", "selected"): 11.0,
    ("dark", "thumb", "page"): 3.83,
    ("dark", "edge", "page"): 3.83,
    ("dark", "wrong", "selected"): 5.4,
}
"""What the drawings say: light or dark, the ink, the ground, and the contrast that is written there."""


def weak(theme: Theme, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    found = {(ink, ground): contrast(getattr(theme, ink), getattr(theme, ground)) for ink, ground in pairs}
    return {pair: round(value, 2) for pair, value in found.items() if value < least}


@BOTH
def test_text_keeps_a_contrast_of_4_5_on_every_ground_it_stands_on(theme: Theme) -> None:
    assert weak(theme, [*product(WORDS, GROUNDS), *PAIRS], 4.5) == {}
    for tone in Tone:
        assert contrast(tint(theme, tone).text, tint(theme, tone).ground) >= 4.5
    assert contrast(theme.hit_text, theme.hit) >= 4.5


@BOTH
def test_marks_and_borders_keep_a_contrast_of_3_on_every_ground_of_a_row(theme: Theme) -> None:
    borders = product(("edge", "thumb"), ("page", "side", "sunken", "raised", "hover"))
    assert weak(theme, [*product(MARKS, (*ROWS, "side")), *borders], 3) == {}
    for glyph in (theme.state_new, theme.state_open, theme.state_wait, theme.state_hold, theme.state_done):
        assert min(contrast(glyph, getattr(theme, ground)) for ground in ROWS) >= 3


@BOTH
def test_an_accounts_ink_can_be_read_on_its_own_ground_and_on_every_ground_of_a_row(theme: Theme) -> None:
    assert set(theme.accounts) == set(AccountColour)
    for made in theme.accounts.values():
        assert min(contrast(made.text, made.ground), *(contrast(made.text, getattr(theme, g)) for g in ROWS)) >= 4.5


def test_the_figures_are_those_of_the_drawings() -> None:
    themes = {"light": LIGHT, "dark": DARK}
    for (name, ink, ground), drawn in DRAWN.items():
        theme = themes[name]
        assert contrast(getattr(theme, ink), getattr(theme, ground)) == pytest.approx(drawn, abs=0.06)


@STRONG
def test_high_contrast_gives_every_word_and_mark_7_and_takes_the_tints_away(theme: Theme) -> None:
    assert weak(theme, [*product(WORDS, GROUNDS), *product(("edge", *MARKS), ROWS), ("on_accent", "accent")], 7) == {}
    glyphs = ("state_new", "state_open", "state_wait", "state_hold", "state_done", "thumb", "disabled")
    assert weak(theme, [*PAIRS, ("hit_text", "hit"), *product(glyphs, (*ROWS, "pressed"))], 7) == {}
    for tone in Tone:
        made = tint(theme, tone)
        assert (made.ground, made.border) == (theme.page, made.text)
        assert contrast(made.text, made.ground) >= 7
    assert theme.is_high_contrast
    assert theme.hair == theme.edge
    assert theme.quiet == theme.second
    assert {theme.agent, theme.note, theme.wrong_soft} == {theme.page}
    assert min(contrast(made.text, theme.page) for made in theme.accounts.values()) >= 7


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
