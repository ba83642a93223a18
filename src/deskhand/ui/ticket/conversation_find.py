"""Which messages of a conversation hold the words that are looked for."""

from collections.abc import Sequence

from deskhand.content import safehtml
from deskhand.content.readable import read
from deskhand.domain.filters.hit_marks import spans
from deskhand.domain.filters.syntax import Named
from deskhand.domain.filters.text_match import fold, pieces, tokens
from deskhand.domain.threads import Message
from deskhand.ui.ticket.thread_model import Entry

Needle = str | tuple[Named, ...]
"""What is looked for: a text as it stands, or the terms of a search, as the full-text index sees them."""

_LOOKED_AT = 50_000
"""So many characters of a message are looked through for the terms of a search."""


class Finder:
    """Found messages by index, and the one that is shown."""

    def __init__(self) -> None:
        self.needle: Needle = ""
        self._hits: list[int] = []
        self._at = 0

    @property
    def count(self) -> int:
        """How many messages hold the words."""
        return len(self._hits)

    @property
    def number(self) -> int:
        """Which of them is shown, from 1; 0 = none."""
        return self._at + 1 if self._hits else 0

    @property
    def current(self) -> int | None:
        """Index of the entry that is shown."""
        return self._hits[self._at] if self._hits else None

    def look(self, needle: str, entries: Sequence[Entry], start: int) -> int:
        """Look through all messages; the first hit at or behind `start` becomes the current one."""
        self.needle = needle.strip()
        wanted = needle.strip().casefold()
        self._hits = [i for i, e in enumerate(entries) if wanted and isinstance(e, Message) and _holds(e, wanted)]
        self._at = next((n for n, index in enumerate(self._hits) if index >= start), 0)
        return len(self._hits)

    def look_for_terms(self, terms: tuple[Named, ...], entries: Sequence[Entry], message: str) -> int:
        """Look for the terms of a search: all messages that hold all of them, or where none does those that hold one.

        Args:
            message: the one that becomes the current one, if it is among them; else the last one does.
        """
        self.needle = terms
        held = [(i, _held(e.text, terms)) for i, e in enumerate(entries) if isinstance(e, Message)]
        most = max((count for _, count in held), default=0)
        self._hits = [i for i, count in held if count and count == most]
        named = (n for n, i in enumerate(self._hits) if isinstance(e := entries[i], Message) and e.id == message)
        self._at = next(named, max(0, len(self._hits) - 1))
        return len(self._hits)

    def look_again(self, entries: Sequence[Entry]) -> None:
        """Count anew after a change; the same message stays the current one where it still holds what is looked for."""
        if isinstance(self.needle, str):
            self.look(self.needle, entries, self.current or 0)
        else:
            current = entries[self.current] if self.current is not None and self.current < len(entries) else None
            self.look_for_terms(self.needle, entries, current.id if isinstance(current, Message) else "")

    def step(self, by: int) -> None:
        """Go on; behind the last comes the first."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)

    def only_in_quote(self, message: Message) -> bool:
        """Tell whether the words stand in the folded part alone."""
        if not isinstance(self.needle, str):
            own = _searchable_text(message.html, message.text) + "\n" + _searchable_text(message.signature, "")
            return not spans(own[:_LOOKED_AT], self.needle)
        needle = self.needle.casefold()
        return needle not in _searchable_text(message.html, message.text) and needle not in _searchable_text(
            message.signature, ""
        )


def _held(text: str, terms: tuple[Named, ...]) -> int:
    """Return how many of the terms a text holds."""
    text = text[:_LOOKED_AT]
    folded = fold(text)
    return sum(_may_hold(folded, term) and bool(spans(text, (term,))) for term in terms)


def _may_hold(folded: str, term: Named) -> bool:
    """Tell quickly whether a term may be in a text, of which most hold none."""
    runs, phrases = pieces(term)
    firsts = (tokens(piece)[:1] for piece in phrases)
    return all(run in folded for run in map(fold, runs)) and all(first[0] in folded for first in firsts if first)


def _searchable_text(html: str, text: str) -> str:
    # As lines, so that the words of two cells or paragraphs stay two.
    return (read(safehtml.tokens(html), links=False) if html else text).casefold()


def _holds(message: Message, wanted: str) -> bool:
    return wanted in message.text.casefold() or (bool(message.quote) and wanted in _searchable_text(message.quote, ""))
