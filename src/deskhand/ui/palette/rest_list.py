"""All of many things, where only some of them are drawn: a list that opens at the button which says how many more there are."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

LISTED = 200
"""Rows that are built at once; typing narrows a longer list."""


class RestButton(PushButton):
    """Says "+9,990", and opens the list of all.

    Args:
        title: of the list: "All tags".
        search: what its empty line says: "Find a tag".
        entries: yields everything, read anew whenever something is typed; what an entry runs is done to that thing.
    """

    def __init__(self, title: str, search: str, entries: Callable[[], Iterable[Entry]], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles, self._entries = (title, search), entries
        self._list: ChoicePopup | None = None  # made when it is wanted first: most tickets never need it
        self.setProperty("kind", "link")
        self.setFont(fonts_for(parent.font()).small)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleDescription(title)
        self.clicked.connect(self._open)
        self.hide()

    def set_rest(self, count: int) -> None:
        """Say how many are not drawn; none takes the button away."""
        self.setText(f"+{self.locale().toString(max(count, 0))}")
        self.setAccessibleName(self.tr("Show {count} more").format(count=max(count, 0)))
        self.setVisible(count > 0)

    def close_list(self) -> None:
        """Put the list away."""
        if self._list is not None:
            self._list.close()

    def _open(self) -> None:
        if self._list is None:
            self._list = ChoicePopup(*self._titles, self._fitting, self._hint, self)
        self._list.open_at(self)

    def _fitting(self, text: str) -> list[Entry]:
        wanted = text.casefold().split()
        found: list[Entry] = []
        for entry in self._entries():
            if all(word in entry.title.casefold() for word in wanted):
                found.append(entry)
                if len(found) == LISTED:
                    break
        return found

    def _hint(self, entry: Entry | None) -> str:
        if entry is None:
            return self.tr("Nothing fits.")
        if entry.reason:
            return entry.reason
        return self.tr("No more than {count} are listed; type to find others.").format(count=LISTED)
