"""The cards of a conversation that exist: those in view, and the last ones that were."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.message_lines import DayLine, HistoryLine
from deskhand.ui.ticket.thread_model import Entry

MAX_CARDS = 24
Shown = MessageCard | HistoryLine | DayLine


class Cards:
    """Least recently shown first; what falls out is deleted.

    Args:
        make: builds the card of an entry.
        fallback_focus: takes the keyboard when the card that has it goes. Qt would hand it to whatever comes next, perhaps a reply box.
    """

    def __init__(self, make: Callable[[Entry], Shown], fallback_focus: QWidget) -> None:
        self._make = make
        self._fallback_focus = fallback_focus
        self._cards: OrderedDict[str, tuple[Entry, Shown]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._cards)

    def has(self, name: str) -> bool:
        """Tell whether a card exists."""
        return name in self._cards

    def get(self, name: str) -> Shown | None:
        """Return a card that exists."""
        found = self._cards.get(name)
        return found[1] if found is not None else None

    def show(self, name: str, entry: Entry) -> Shown:
        """Return the card of an entry, made now if need be."""
        found = self._cards.get(name)
        if found is not None:
            self._cards.move_to_end(name)
            return found[1]
        card = self._make(entry)
        self._cards[name] = (entry, card)
        return card

    def messages(self) -> Iterator[MessageCard]:
        """Yield the message cards that exist."""
        for _, card in list(self._cards.values()):
            if isinstance(card, MessageCard):
                yield card

    def retain(self, entries: Mapping[str, Entry]) -> None:
        """Drop the cards whose entry is gone or says something else now."""
        for name, (entry, _) in list(self._cards.items()):
            if entries.get(name) != entry:
                self.drop(name)

    def drop(self, name: str) -> None:
        """Delete a card."""
        found = self._cards.pop(name, None)
        if found is not None:
            self._hide(found[1])
            found[1].deleteLater()

    def clear(self) -> None:
        """Delete all cards."""
        for name in list(self._cards):
            self.drop(name)

    def hide_others(self, names: set[str]) -> None:
        """Hide what is not among `names`, and delete what has not been seen for long."""
        for name, (_, card) in self._cards.items():
            if name not in names:
                self._hide(card)
        self.trim(MAX_CARDS)

    def _hide(self, card: Shown) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and card.isAncestorOf(focus):
            self._fallback_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        card.setVisible(False)

    def trim(self, count: int) -> None:
        """Delete hidden cards, the longest unseen first, until at most `count` are left."""
        for name, (_, card) in list(self._cards.items()):
            if len(self._cards) <= count:
                return
            if card.isHidden():
                self.drop(name)
