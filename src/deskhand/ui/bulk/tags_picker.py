"""Choose a tag for several tickets: one to add, known or typed, or one to remove."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskhand.services.bulk import TagChoices
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

_MOST = 200
"""Rows that are built at once; typing narrows a longer list."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagsPicker", text)


class TagsPicker(ChoicePopup):
    """A searchable list of tags: those of the tickets first, then those of other tickets.

    Signals:
        chosen: tags to add, and tags to remove (two tuples, one of them empty).
    """

    chosen = Signal(tuple, tuple)

    def __init__(self, parent: QWidget) -> None:
        self._choices = TagChoices(0, {}, ())
        self._note = ""
        super().__init__(_tr("Tags"), _tr("Tag to add or remove"), self._fitting, self._hint_for, parent)

    def set_choices(self, choices: TagChoices, note: str) -> None:
        """Offer these.

        Args:
            note: which tickets are not reached; empty = all are.
        """
        self._choices, self._note = choices, note

    def _fitting(self, text: str) -> list[Entry]:
        choices, wanted = self._choices, text.casefold()
        entries: list[Entry] = []
        on = self.tr("on {count} of {total}")
        for tag, count in choices.present.items():
            if wanted in tag.casefold():
                detail = on.format(count=count, total=choices.total)
                if count < choices.total:
                    entries.append(Entry(self.tr("Add “{tag}” to all").format(tag=tag), detail, run=self._adds(tag)))
                removes = partial(self.chosen.emit, (), (tag,))
                entries.append(Entry(self.tr("Remove “{tag}”").format(tag=tag), detail, run=removes))
        known = [tag for tag in choices.known if wanted in tag.casefold()]
        entries += [Entry(self.tr("Add “{tag}”").format(tag=tag), run=self._adds(tag)) for tag in known]
        named = {tag.casefold() for tag in (*choices.present, *choices.known)}
        if text and wanted not in named:
            entries.append(Entry(self.tr("Add “{tag}”").format(tag=text), self.tr("new"), run=self._adds(text)))
        return entries[:_MOST]

    def _adds(self, tag: str) -> "partial[None]":
        return partial(self.chosen.emit, (tag,), ())

    def _hint_for(self, entry: Entry | None) -> str:
        return self._note if entry is not None else self.tr("Type a tag.")
