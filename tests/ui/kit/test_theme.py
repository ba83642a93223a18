"""Every word can be read on the ground it stands on, and the theme follows the agent and the system."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QLabel

from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit.avatar import initials
from deskhand.ui.kit.labels import label
from deskhand.ui.kit.theme import (
    Appearance,
    Choice,
    Tone,
    body_font,
    fonts_for,
    ground_for_white,
    palette,
    theme_of,
    tone_of_priority,
    tone_of_state,
    tone_text,
)
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme, contrast, high_contrast
from deskhand.vendors.registry import REGISTRY

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
VENDOR_COLOURS = [spec.info.colour for spec in REGISTRY.values()]


@pytest.mark.parametrize("colour", [*VENDOR_COLOURS, "#ffffff", "#ffff00"])
def test_white_letters_are_readable_on_every_mark_and_avatar(colour: str) -> None:
    assert contrast("#ffffff", ground_for_white(colour)) >= 4.5


@BOTH
def test_a_palette_tells_which_theme_it_came_from(theme: Theme) -> None:
    assert theme_of(palette(theme)) is theme
    assert theme_of(palette(high_contrast(theme))) is high_contrast(theme)
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
