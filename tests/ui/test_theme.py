"""Every word can be read on the ground it stands on, and the theme follows the agent and the system."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QLabel

from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit.avatar import _COLOURS, colour_of, initials
from deskhand.ui.kit.labels import label
from deskhand.ui.kit.theme import (
    Appearance,
    Choice,
    Tone,
    body_font,
    contrast,
    fonts_for,
    ground_for_white,
    palette,
    theme_of,
    tint,
    tone_of_priority,
    tone_of_state,
    tone_text,
)
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
VENDORS = ["#5b5bd6", "#0f8f83", "#c2571a", "#1f6fb5", "#8a3ea8"]


def text_pairs(theme: Theme) -> dict[str, tuple[str, str]]:
    grounds = {n: getattr(theme, n) for n in ("background", "side", "raised", "soft", "note", "agent")}
    words = {n: getattr(theme, n) for n in ("text", "quiet", "link", "good_text", "waiting_text", "wrong_text")}
    pairs = {f"{word} on {ground}": (words[word], grounds[ground]) for word in words for ground in grounds}
    for tone in Tone:
        pairs[f"chip {tone}"] = (tint(theme, tone).text, tint(theme, tone).ground)
    pairs["primary button"] = (theme.on_accent, theme.accent)
    pairs["primary button, hovered"] = (theme.on_accent, theme.accent_hover)
    pairs["found word"] = (theme.text, theme.found)
    pairs["tooltip"] = (theme.background, theme.text)
    pairs["own avatar"] = ("#ffffff", theme.agent_mark)
    pairs["note avatar"] = ("#ffffff", theme.note_mark)
    return pairs


@BOTH
def test_text_keeps_a_contrast_of_4_5_on_every_ground_it_stands_on(theme: Theme) -> None:
    weak = {name: round(contrast(*pair), 2) for name, pair in text_pairs(theme).items() if contrast(*pair) < 4.5}
    assert weak == {}


@BOTH
def test_dots_and_focus_rings_can_be_told_from_the_ground(theme: Theme) -> None:
    weak = {
        name: round(contrast(getattr(theme, name), theme.background), 2)
        for name in ("accent", "good", "wrong")
        if contrast(getattr(theme, name), theme.background) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("colour", [*VENDORS, *_COLOURS, "#ffffff", "#ffff00"])
def test_white_letters_are_readable_on_every_mark_and_avatar(colour: str) -> None:
    assert contrast("#ffffff", ground_for_white(colour)) >= 4.5


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_a_palette_tells_which_theme_it_came_from(theme: Theme) -> None:
    assert theme_of(palette(theme)) is theme
    assert palette(theme).color(QPalette.ColorRole.Text).name() == theme.text


def test_choosing_dark_recolours_windows_that_are_already_there(qtbot, light: Appearance) -> None:
    quiet = label("synced 8 s ago", tone=Tone.PLAIN)
    plain = QLabel("Invoice issue")
    for widget in (quiet, plain):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(light.changed):
        light.choose(Choice.DARK)
    assert theme_of(plain.palette()) is DARK
    assert quiet.palette().color(QPalette.ColorRole.WindowText).name() == tone_text(DARK, Tone.PLAIN)
    assert plain.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text


def test_system_follows_the_system_and_a_choice_does_not(qapp, light: Appearance) -> None:
    hints = qapp.styleHints()
    light.choose(Choice.SYSTEM)
    assert light.theme is (DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT)
    light.choose(Choice.DARK)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert light.theme is DARK


def test_states_are_coloured_by_what_they_mean() -> None:
    assert [tone_of_state(s) for s in (State.OPEN, State.PENDING, State.SOLVED, State.OTHER)] == [
        Tone.GOOD,
        Tone.WAITING,
        Tone.PLAIN,
        Tone.ACCENT,
    ]
    assert tone_of_priority(Priority.URGENT) is Tone.WRONG
    assert tone_of_priority(Priority.LOW) is Tone.PLAIN


def test_sizes_follow_a_larger_system_font_and_never_fall_below_the_drawing() -> None:
    small, large = QFont(), QFont()
    small.setPixelSize(9)
    large.setPixelSize(26)
    assert QFontInfo(fonts_for(body_font(small)).body).pixelSize() == 13
    fonts = fonts_for(body_font(large))
    assert [QFontInfo(f).pixelSize() for f in (fonts.body, fonts.small, fonts.title, fonts.subject)] == [26, 24, 32, 36]


def test_initials_come_from_the_first_and_last_word_or_the_address() -> None:
    assert [initials(n) for n in ("Casey Customer", "john.appleseed@example.com", "Ext", "", "Ana María de Souza")] == [
        "CC",
        "JA",
        "EX",
        "?",
        "AS",
    ]


def test_a_name_keeps_its_colour_whatever_its_case() -> None:
    assert colour_of("Casey Customer") == colour_of("CASEY customer")
    assert len({colour_of(f"Person {n}") for n in range(60)}) > 6
