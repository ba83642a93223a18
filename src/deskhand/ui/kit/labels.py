"""The one factory for labels: plain text only, whatever a customer or a vendor put into it.

A QLabel guesses, and rich text loads local files; a tooltip guesses too. `tests/ui` walks the widgets and fails on anything else.
"""

from enum import StrEnum
from textwrap import wrap

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtGui import Qt as _GuiQt
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.content.characters import strip_direction
from deskhand.content.lines import bounded
from deskhand.ui.kit.theme import Fonts, Tone, fonts_for

_TIP_WIDTH = 90
"""Characters of a line of a tooltip: Qt breaks no plain text by itself."""
_LONGEST_TIP = 1_000
_LONGEST = 2_000
"""Characters of a label that are laid out."""


class Role(StrEnum):
    """Which font of the theme a label takes."""

    BODY = "body"
    MEDIUM = "medium"
    BOLD = "bold"
    SMALL = "small"
    TINY = "tiny"
    TITLE = "title"
    SUBJECT = "subject"


def font_of(role: Role, fonts: Fonts) -> QFont:
    """Return a role's font."""
    return {
        Role.BODY: fonts.body,
        Role.MEDIUM: fonts.medium,
        Role.BOLD: fonts.bold,
        Role.SMALL: fonts.small,
        Role.TINY: fonts.tiny,
        Role.TITLE: fonts.title,
        Role.SUBJECT: fonts.subject,
    }[role]


class ToneLabel(QLabel):
    """A plain-text label whose colour comes from the style sheet by its property `tone`, so that it follows the theme."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, tone: Tone | None = None, *, longest: int = _LONGEST
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._longest = longest
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Where the window begins, not where the text does: Qt goes by the text.
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("tone", tone)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        # A name or a subject with an override would read as another one: `invoice_<U+202E>fdp.exe` as `invoice_exe.pdf`.
        self._whole = strip_direction(text)
        super().setText(self._laid_out())

    @override
    def text(self) -> str:
        """Return all of the text, of which a bounded part is laid out."""
        return self._whole

    def _laid_out(self) -> str:
        return bounded(self._whole, self._longest)

    def set_tone(self, tone: Tone | None, *, on_chip: bool = False) -> None:
        """Say it in another colour.

        Args:
            tone: None = the text colour; PLAIN = the quiet one.
            on_chip: the label stands on that tone's chip ground.
        """
        value = f"chip-{tone}" if on_chip else tone
        if self.property("tone") == value:
            return
        self.setProperty("tone", value)
        self.style().unpolish(self)
        self.style().polish(self)


def label(
    text: str = "",
    parent: QWidget | None = None,
    *,
    role: Role = Role.BODY,
    tone: Tone | None = None,
    wrap: bool = False,
    selectable: bool = False,
    longest: int = _LONGEST,
) -> ToneLabel:
    """Return a label that shows its text literally.

    Args:
        wrap: break lines, and let the layout give it the height it needs.
        selectable: the text can be marked and copied, by mouse and by keyboard.
        longest: characters that are shown.
    """
    made = ToneLabel(text, parent, tone, longest=longest)
    made.setFont(font_of(role, fonts_for(made.font())))
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def literal_tip(text: str) -> str:
    """Return a tooltip's text so that Qt shows it literally, in lines of a readable length.

    Qt takes anything like a tag for rich text; an invisible character behind its bracket makes it none. Plain text it stays, because
    a widget without a description of its own has its tooltip read out by a screen reader, markup and all.
    """
    lines = [
        wrap(line, _TIP_WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in bounded(strip_direction(text), _LONGEST_TIP).split("\n")
    ]
    plain = "\n".join("\n".join(line) for line in lines)
    return plain.replace("<", "<\u200b") if _GuiQt.mightBeRichText(plain) else plain


def name_choice(box: QComboBox, name: str) -> None:
    """Name a choice for screen readers. On Linux Qt takes the chosen words for its name, so that a label has to stand beside it."""
    box.setAccessibleName(name)
    parent = box.parentWidget()
    if parent is not None:
        beside = QLabel(name, parent)
        beside.setTextFormat(Qt.TextFormat.PlainText)
        beside.setBuddy(box)
        beside.hide()
