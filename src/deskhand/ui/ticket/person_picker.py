"""Choose who a ticket belongs to: type part of a name, or a whole e-mail address where the vendor lists nobody."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.tickets import Person
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

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
        self._people: tuple[Person, ...] = ()
        self._me = ""
        self._nobody = True
        super().__init__(_tr("Assign to"), _tr("Name or e-mail"), self._fitting, self._hint_for, parent)

    def set_people(self, people: Sequence[Person], me: str, *, nobody: bool) -> None:
        """Offer these.

        Args:
            me: the agent's own e-mail.
            nobody: a ticket may be left with nobody.
        """
        self._people, self._me, self._nobody = tuple(people), me, nobody

    def _fitting(self, text: str) -> list[Entry]:
        entries: list[Entry] = []
        mine = next((p for p in self._people if self._me and p.email.casefold() == self._me.casefold()), None)
        if mine is None and self._me and not self._people:
            mine = Person(email=self._me)
        if mine is not None:
            entries.append(self._entry(self.tr("Assign to me"), mine.shown, mine))
        if self._nobody:
            entries.append(self._entry(self.tr("Nobody"), "", None))
        entries += (self._entry(p.shown, p.email if p.email != p.shown else "", p) for p in self._people)
        words = text.casefold().split()
        fitting = [one for one in entries if all(word in f"{one.title} {one.detail}".casefold() for word in words)]
        # Where the vendor lists people, another address would be refused by it.
        if "@" in text and not self._people and text.casefold() != self._me.casefold():
            fitting.append(self._entry(text, "", Person(email=text)))
        return fitting[:_MOST]

    def _entry(self, title: str, detail: str, person: Person | None) -> Entry:
        return Entry(title, detail, run=partial(self.chosen.emit, person))

    def _hint_for(self, entry: Entry | None) -> str:
        if not self._people:
            return self.tr("Nobody is listed here; type a whole e-mail address.")
        return self.tr("Nobody fits.") if entry is None else ""
