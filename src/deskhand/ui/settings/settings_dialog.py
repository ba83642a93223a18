"""The agent's choices. They hold as soon as they are made: there is nothing to save."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from deskhand.services.settings import LONGEST_UNDO_SECONDS, Snippet
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.number_box import NumberBox
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Choice, Tone
from deskhand.ui.kit.ticks import TickBox
from deskhand.ui.settings.snippet_editor import SnippetEditor

_HIGHEST = 640


class SettingsDialog(Sheet):
    """Theme, undo, letters as keys, canned replies, and where things are kept.

    Args:
        undo_seconds: how long a message is held, 0 to 60.
        letters: whether single letters are commands.
        storage_locations: (what, where) pairs, shown so that they can be copied.

    Signals:
        theme_chosen: a Choice.
        undo_chosen: seconds.
        letters_chosen: whether single letters are commands.
        snippet_kept: title, text, id ("" = a new one); answer with `set_snippets`.
        snippet_removed: id.
    """

    theme_chosen = Signal(object)
    undo_chosen = Signal(int)
    letters_chosen = Signal(bool)
    snippet_saved = Signal(str, str, str)
    snippet_removed = Signal(str)

    def __init__(
        self,
        theme: Choice,
        undo_seconds: int,
        snippets: Sequence[Snippet],
        storage_locations: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        letters: bool = True,
    ) -> None:
        super().__init__("", parent, width=560)
        self.set_title(self.tr("Settings"))
        self._theme = ChoiceBox()
        for choice, caption in (
            (Choice.SYSTEM, self.tr("Follow the system")),
            (Choice.LIGHT, self.tr("Light")),
            (Choice.DARK, self.tr("Dark")),
        ):
            self._theme.addItem(caption, choice)
        self._theme.setCurrentIndex(self._theme.findData(theme))
        self._theme.currentIndexChanged.connect(self._emit_theme)
        self._undo = NumberBox(0, LONGEST_UNDO_SECONDS, self.tr(" s"))
        self._undo.setValue(undo_seconds)
        self._undo.valueChanged.connect(self.undo_chosen)
        self._letters = TickBox(self.tr("On"))
        self._letters.setChecked(letters)
        self._letters.toggled.connect(self.letters_chosen)
        self._snippets = SnippetEditor()
        self._snippets.set_snippets(snippets)
        self._snippets.saved.connect(self.snippet_saved)
        self._snippets.removed.connect(self.snippet_removed)
        self._lay_out(storage_locations)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)

    def _lay_out(self, storage_locations: Sequence[tuple[str, str]]) -> None:
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setContentsMargins(0, 0, GAP_SMALL, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(FormField("theme", self.tr("Theme"), self._theme))
        said = self.tr("For so long a sent message can be taken back. 0 sends at once.")
        column.addWidget(FormField("undo", self.tr("Undo sending"), self._undo, help_text=said))
        said = self.tr(
            "J, R or E alone are commands while no text is being typed. Off: only keys with Ctrl or Alt, F keys, arrows, Enter and Esc are."
        )
        column.addWidget(FormField("letters", self.tr("Single-letter keys"), self._letters, help_text=said))
        column.addWidget(_heading(self.tr("Canned replies")))
        column.addWidget(self._snippets)
        column.addWidget(_heading(self.tr("Where things are kept")))
        for what, where in storage_locations:
            column.addWidget(label(what, role=Role.SMALL, tone=Tone.PLAIN))
            place = label(where, wrap=True, selectable=True)
            place.setAccessibleName(f"{what}: {where}")
            place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            column.addWidget(place)
        column.addStretch(1)
        self.body.addWidget(self._scroll, 1)

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Show the canned replies as they are now."""
        self._snippets.set_snippets(snippets)

    @property
    def theme_box(self) -> ChoiceBox:
        """Light, dark, or as the system."""
        return self._theme

    @property
    def undo_box(self) -> NumberBox:
        """Seconds."""
        return self._undo

    @property
    def letters_box(self) -> TickBox:
        """Whether single letters are commands."""
        return self._letters

    @property
    def snippets(self) -> SnippetEditor:
        """The canned replies."""
        return self._snippets

    @override
    def wanted_height(self, width: int) -> int:
        """As high as the content, within reason."""
        return min(self._scroll.height_for(width - 60) + 130, _HIGHEST)

    def _emit_theme(self) -> None:
        self.theme_chosen.emit(Choice(self._theme.currentData()))


def _heading(text: str) -> QLabel:
    made = label(text, role=Role.BOLD)
    made.setContentsMargins(0, GAP, 0, 0)
    return made
