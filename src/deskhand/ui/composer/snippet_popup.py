"""Canned replies: type a word, Enter puts the chosen one into the text."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskhand.services.settings import Snippet
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

_PREVIEW = 120


def _tr(text: str) -> str:
    return QCoreApplication.translate("SnippetPopup", text)


class SnippetPopup(ChoicePopup):
    """Finds by title and by text.

    Signals:
        chosen: a `Snippet`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._snippets: tuple[Snippet, ...] = ()
        super().__init__(_tr("Canned replies"), _tr("Search canned replies"), self._fitting, self._preview, parent)

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these."""
        self._snippets = tuple(snippets)

    def _fitting(self, text: str) -> list[Entry]:
        words = text.casefold().split()
        return [
            Entry(" ".join(one.title.split()), run=partial(self.chosen.emit, one))
            for one in self._snippets
            if all(word in f"{one.title} {one.text}".casefold() for word in words)
        ]

    def _preview(self, entry: Entry | None) -> str:
        if entry is None:
            none = self.tr("No canned replies yet. Write some in the settings.")
            return self.tr("No canned reply fits.") if self._snippets else none
        text = next((one.text for one in self._snippets if " ".join(one.title.split()) == entry.title), "")
        text = " ".join(text.split())
        return text if len(text) <= _PREVIEW else text[: _PREVIEW - 1] + "…"
