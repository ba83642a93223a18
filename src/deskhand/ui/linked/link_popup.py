"""Where the ticket is looked for that another one is linked with: a line over a list, and what Enter does."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.ids import TicketKey
from deskhand.ui.palette.choice_popup import ChoicePopup
from deskhand.ui.palette.entries import Entry

_WIDTH, _HEIGHT = 440, 380


class LinkPopup(ChoicePopup):
    """Lists what was found for what is typed now: what was found for an older text is not offered.

    Signals:
        wanted: a text to look for, once it has changed; empty = other tickets of the same customer.
        chosen: the ticket (TicketKey).

    Args:
        effect: returns what choosing this ticket does, as a sentence.
    """

    wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, name: str, placeholder: str, effect: Callable[[TicketKey], str], parent: QWidget) -> None:
        self._effect = effect
        self._text: str | None = None
        self._found: tuple[Entry, ...] = ()
        self._keys: dict[str, TicketKey] = {}
        super().__init__(name, placeholder, self._fitting, self._sentence, parent)
        self.set_frame_size(_WIDTH, _HEIGHT)

    def begin(self, name: str) -> None:
        """Begin with nothing typed and nothing found; `name` says what the choice is for."""
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self._text, self._found, self._keys = None, (), {}

    def show_found(self, text: str, found: Sequence[tuple[TicketKey, Entry]]) -> None:
        """Show what was found, unless something else is typed by now."""
        if text == self._line.text().strip():
            self._text = text
            self._keys = {entry.id: key for key, entry in found}
            self._found = tuple(self._to_choose(key, entry) for key, entry in found)
            self._fill()

    def _to_choose(self, key: TicketKey, entry: Entry) -> Entry:
        return Entry(
            entry.title,
            entry.detail,
            reason=entry.reason,
            run=partial(self.chosen.emit, key),
            id=entry.id,
            mark=entry.mark,
        )

    def _fitting(self, text: str) -> Sequence[Entry]:
        if text != self._text:
            self.wanted.emit(text)
            return ()
        return self._found

    def _sentence(self, entry: Entry | None) -> str:
        if entry is None:
            return self.tr("Type a subject, a number, a name or a word of the conversation.")
        return entry.reason or self._effect(self._keys[entry.id])
