"""Which messages of a conversation hold the words that are looked for."""

from collections.abc import Sequence

from deskhand.content.readable import read
from deskhand.content.safehtml import tokens
from deskhand.domain.threads import Message
from deskhand.ui.ticket.thread_model import Entry


class Finder:
    """Found messages by index, and the one that is shown."""

    def __init__(self) -> None:
        self.needle = ""
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
        wanted = self.needle.casefold()
        self._hits = [i for i, e in enumerate(entries) if wanted and isinstance(e, Message) and _holds(e, wanted)]
        self._at = next((n for n, index in enumerate(self._hits) if index >= start), 0)
        return len(self._hits)

    def step(self, by: int) -> None:
        """Go on; behind the last comes the first."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)

    def only_in_quote(self, message: Message) -> bool:
        """Tell whether the words stand in the folded part alone."""
        needle = self.needle.casefold()
        return needle not in _searchable_text(message.html, message.text) and needle not in _searchable_text(
            message.signature, ""
        )


def _searchable_text(html: str, text: str) -> str:
    # As lines, so that the words of two cells or paragraphs stay two.
    return (read(tokens(html), links=False) if html else text).casefold()


def _holds(message: Message, wanted: str) -> bool:
    return wanted in message.text.casefold() or (bool(message.quote) and wanted in _searchable_text(message.quote, ""))
