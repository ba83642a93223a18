"""Choose who a ticket belongs to: type part of a name, or a whole e-mail address where the vendor lists nobody."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.tickets import Person
from deskhand.services.people import AssigneeChoices
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry, fitting

_MOST = 200
"""Rows that are built at once; typing narrows a longer list."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PersonPicker", text)


class PersonPicker(ChoicePopup):
    """A searchable list of people, the agent first.

    Signals:
        chosen: a `Person`, or None for nobody.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._choices = AssigneeChoices()
        self._note = ""
        super().__init__(_tr("Assign to"), _tr("Name or e-mail"), self._fitting, self._hint_for, parent)

    def set_choices(self, choices: AssigneeChoices, note: str = "") -> None:
        """Offer these.

        Args:
            note: what to know before, below the list.
        """
        self._choices, self._note = choices, note

    def _fitting(self, text: str) -> list[Entry]:
        entries: list[Entry] = []
        choices = self._choices
        if choices.me is not None:
            entries.append(self._entry(self.tr("Assign to me"), choices.me.shown, choices.me))
        if choices.nobody:
            entries.append(self._entry(self.tr("Nobody"), "", None))
        entries += (self._entry(p.shown, p.email if p.email != p.shown else "", p) for p in choices.people)
        found = list(fitting(entries, text))
        if (typed := choices.typed(text)) is not None:
            found.append(self._entry(text, "", typed))
        return found[:_MOST]

    def _entry(self, title: str, detail: str, person: Person | None) -> Entry:
        return Entry(title, detail, run=partial(self.chosen.emit, person))

    def _hint_for(self, entry: Entry | None) -> str:
        if not self._choices.people:
            return self.tr("Nobody is listed here; type a whole e-mail address.")
        return self.tr("Nobody fits.") if entry is None else self._note
