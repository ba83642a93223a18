"""Which macro to run: type a word, Enter runs the marked one."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry


def _tr(text: str) -> str:
    return QCoreApplication.translate("MacroPopup", text)


class MacroPopup(ChoicePopup):
    """Lists macros with what each would do; below them, what makes and edits them."""

    def __init__(self, parent: QWidget) -> None:
        self._entries: tuple[Entry, ...] = ()
        super().__init__(_tr("Macros"), _tr("Search macros"), self._fitting, self._said, parent)
        self.set_frame_size(420, 320)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Offer these."""
        self._entries = tuple(entries)

    def _fitting(self, text: str) -> list[Entry]:
        words = text.casefold().split()
        return [one for one in self._entries if all(word in f"{one.title} {one.detail}".casefold() for word in words)]

    def _said(self, entry: Entry | None) -> str:
        if entry is None:
            return self.tr("No macro fits.")
        return entry.reason or entry.detail
