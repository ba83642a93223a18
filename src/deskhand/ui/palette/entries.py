"""What the palette offers, and which of it fits what is typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _nothing() -> None:
    """Do nothing: what an entry without an action does."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        detail: quiet words beside the title.
        keys: "G, I / Ctrl+0": several ways are parted by " / ", keys after one another by ", ".
        reason: why it cannot be done now; empty = it can.
        run: does it.
    """

    title: str
    detail: str = ""
    keys: str = ""
    reason: str = ""
    run: Callable[[], object] = _nothing


def fitting(entries: Sequence[Entry], text: str) -> tuple[Entry, ...]:
    """Return what fits, best first; with nothing typed everything in the order given.

    Every word must be found: at the start of a word best, then inside one, then as letters in their order ("asme" finds "Assign to
    me").
    """
    words = text.casefold().split()
    if not words:
        return tuple(entries)
    scored: list[tuple[int, int, Entry]] = []
    for place, entry in enumerate(entries):
        points = [_points(entry, word) for word in words]
        if all(point is not None for point in points):
            whole = entry.title.casefold().startswith(text.casefold().strip())
            total = sum(point for point in points if point is not None) - (5 if whole else 0)
            scored.append((total + (1 if entry.reason else 0), place, entry))
    scored.sort(key=lambda one: one[:2])
    return tuple(entry for _, _, entry in scored)


def _points(entry: Entry, word: str) -> int | None:
    title = entry.title.casefold()
    if title.startswith(word):
        return 0
    if any(part.startswith(word) for part in title.replace(":", " ").split()):
        return 2
    if word in title:
        return 4
    if word in entry.detail.casefold():
        return 8
    return 20 if len(word) > 1 and _in_order(word, title) else None


def _in_order(letters: str, title: str) -> bool:
    rest = iter(title)
    return all(letter in rest for letter in letters)
