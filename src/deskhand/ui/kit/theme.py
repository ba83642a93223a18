"""Colours, fonts and spacing: the tokens of the drawings, as a QPalette and a style sheet.

A widget asks `theme_of(self.palette())` while it paints, so a change of theme reaches everything by Qt's own palette change.
Every word of them has 4.5 : 1 on each ground it stands on, every mark 3 : 1; with more contrast asked for by the system, 7 : 1.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache
from typing import assert_never

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State

from .stylesheet import stylesheet
from .tokens import DARK, LIGHT, Theme, Tint, contrast, high_contrast

GAP_TINY, GAP_SMALL, GAP, GAP_LARGE = 4, 8, 12, 18
RADIUS_CHIP, RADIUS_CONTROL, RADIUS_CARD = 4, 7, 10
_BODY = 13


class Tone(StrEnum):
    """What a chip or a word says by its colour; it always says it in words too."""

    PLAIN = "plain"
    ACCENT = "accent"
    GOOD = "good"
    WAITING = "waiting"
    WRONG = "wrong"


class Choice(StrEnum):
    """The agent's setting."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ContrastChoice(StrEnum):
    """The agent's setting."""

    SYSTEM = "system"
    HIGH = "high"


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a palette was made from."""
    theme = DARK if palette.window().color().lightness() < 128 else LIGHT
    return theme if palette.color(QPalette.ColorRole.Mid).name() == theme.hair else high_contrast(theme)


def tint(theme: Theme, tone: Tone) -> Tint:
    """Return ground and text of a chip; with high contrast the page, with a border in the text's colour."""
    if theme.is_high_contrast:
        ink = tone_text(theme, tone)
        return Tint(theme.page, ink, ink)
    match tone:
        case Tone.PLAIN:
            return Tint(theme.idle, theme.second)
        case Tone.ACCENT:
            return Tint(theme.selected, theme.link)
        case Tone.GOOD:
            return Tint(theme.good_soft, theme.good)
        case Tone.WAITING:
            return Tint(theme.warn_soft, theme.warn)
        case Tone.WRONG:
            return Tint(theme.wrong_soft, theme.wrong)
    assert_never(tone)


def tone_text(theme: Theme, tone: Tone) -> str:
    """Return the colour of text in this tone on the background, the side or a card."""
    match tone:
        case Tone.PLAIN:
            return theme.quiet
        case Tone.ACCENT:
            return theme.link
        case Tone.GOOD:
            return theme.good
        case Tone.WAITING:
            return theme.warn
        case Tone.WRONG:
            return theme.wrong
    assert_never(tone)


def tone_dot(theme: Theme, tone: Tone) -> str:
    """Return the colour of a dot or a bar in this tone."""
    match tone:
        case Tone.PLAIN:
            return theme.quiet
        case Tone.ACCENT:
            return theme.accent
        case Tone.GOOD:
            return theme.good
        case Tone.WAITING:
            return theme.warn_mark
        case Tone.WRONG:
            return theme.wrong
    assert_never(tone)


def tone_of_state(state: State) -> Tone:
    """Return the colour of a state's meaning; a word that says nothing to us is blue."""
    match state:
        case State.OPEN:
            return Tone.GOOD
        case State.PENDING | State.ON_HOLD:
            return Tone.WAITING
        case State.SNOOZED | State.SOLVED | State.CLOSED:
            return Tone.PLAIN
        case State.OTHER:
            return Tone.ACCENT
    assert_never(state)


def tone_of_priority(priority: Priority) -> Tone:
    """Return the colour of a priority's meaning."""
    return Tone.WRONG if priority in (Priority.URGENT, Priority.HIGH) else Tone.PLAIN


@lru_cache(maxsize=256)
def ground_for_white(colour: str) -> str:
    """Darken a vendor's or an avatar's colour until white letters on it can be read."""
    shade = QColor(colour)
    while contrast("#ffffff", shade.name()) < 4.5:
        shade = shade.darker(104)
    return shade.name()


@dataclass(frozen=True, slots=True)
class Fonts:
    """The system's font in the sizes of the drawings.

    Attributes:
        figures, figures_bold: `small`, with digits of one width: times and counts do not twitch.
    """

    body: QFont
    medium: QFont
    bold: QFont
    small: QFont
    small_medium: QFont
    tiny: QFont
    title: QFont
    subject: QFont
    figures: QFont
    figures_bold: QFont


def body_font(system: QFont) -> QFont:
    """Return the system's font at 13 px, or larger where the system's own is larger (Qt's pixels: 200 % doubles them)."""
    return _sized(system, max(_BODY, QFontInfo(system).pixelSize()), QFont.Weight.Normal)


def fonts_for(body: QFont) -> Fonts:
    """Return all sizes for a body font, as `widget.font()` gives it."""
    return _fonts(body.toString())


@lru_cache(maxsize=8)
def _fonts(description: str) -> Fonts:
    body = QFont()
    body.fromString(description)
    pixels = QFontInfo(body).pixelSize()
    scale = pixels / _BODY
    normal, medium, bold = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
    return Fonts(
        body=_sized(body, pixels, normal),
        medium=_sized(body, pixels, medium),
        bold=_sized(body, pixels, bold),
        small=_sized(body, round(12 * scale), normal),
        small_medium=_sized(body, round(12 * scale), medium),
        tiny=_sized(body, round(11 * scale), medium),
        title=_sized(body, round(16 * scale), bold),
        subject=_sized(body, round(18 * scale), bold),
        figures=_tabular(_sized(body, round(12 * scale), normal)),
        figures_bold=_tabular(_sized(body, round(12 * scale), bold)),
    )


def _sized(font: QFont, pixels: int, weight: QFont.Weight) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    sized.setWeight(weight)
    return sized


def _tabular(font: QFont) -> QFont:
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(theme: Theme) -> QPalette:
    """Return the theme as Qt's roles."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in {
        role.Window: theme.page,
        role.WindowText: theme.text,
        role.Base: theme.page,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Button: theme.page,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.link,
        role.LinkVisited: theme.link,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Light: theme.sunken,
        role.Midlight: theme.side,
        role.Mid: theme.hair,
        role.Dark: theme.hair,
        role.Shadow: theme.hair,
        role.Accent: theme.accent,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.disabled))
    return made


class Appearance(QObject):
    """Puts a theme on the application, and follows the system's where the agent chose so."""

    changed = Signal(Theme)

    def __init__(self, app: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._contrast = ContrastChoice.SYSTEM
        self._theme: Theme | None = None
        self._has_stylesheet = True
        app.setStyle("fusion")
        app.setFont(body_font(QGuiApplication.font()))
        # Held, because a second wrapper of the same object can be found deleted.
        self._hints = app.styleHints()
        self._asked = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._asked.contrastPreferenceChanged.connect(self._apply)
        self.choose(choice)

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme or LIGHT

    @property
    def choice(self) -> Choice:
        """The agent's setting."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Follow the agent's setting from now on."""
        self._choice = choice
        hints = self._hints
        match choice:
            case Choice.SYSTEM:
                hints.unsetColorScheme()
            case Choice.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case Choice.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case _:
                assert_never(choice)
        self._apply()

    @property
    def contrast(self) -> ContrastChoice:
        """The agent's setting."""
        return self._contrast

    def choose_contrast(self, contrast: ContrastChoice) -> None:
        """Have high contrast from now on, or what the system asks for."""
        self._contrast = contrast
        self._apply()

    @contextmanager
    def without_stylesheet(self) -> Iterator[None]:
        """Build a window inside: under a style sheet Qt looks a whole tree up again each time that it gets a parent; so only once."""
        self._has_stylesheet = False
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._has_stylesheet = True
            self._app.setStyleSheet(stylesheet(self.theme))

    def _system_changed(self) -> None:
        if self._choice is Choice.SYSTEM:
            self._apply()

    def _wanted(self) -> Theme:
        asked = self._asked.contrastPreference()
        is_high = self._contrast is ContrastChoice.HIGH or asked is Qt.ContrastPreference.HighContrast
        return high_contrast(self._coloured) if is_high else self._coloured

    @property
    def _coloured(self) -> Theme:
        match self._choice:
            case Choice.LIGHT:
                return LIGHT
            case Choice.DARK:
                return DARK
            case Choice.SYSTEM:
                return DARK if self._hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        assert_never(self._choice)

    def _apply(self) -> None:
        theme = self._wanted()
        if theme is self._theme:
            return
        self._theme = theme
        self._app.setPalette(palette(theme))
        if self._has_stylesheet:
            self._app.setStyleSheet(stylesheet(theme))
        self.changed.emit(theme)
