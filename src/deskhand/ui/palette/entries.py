"""What the palette offers, and which of it fits what is typed."""

from collections.abc import Callable, Sequence
from enum import Enum

from deskhand.domain.accounts import AccountMark
from deskhand.domain.lazy_dataclass import dataclass


class Section(Enum):
    """Where an entry stands, in this order."""

    TICKET = "ticket"
    """What can be done to the open ticket, or to what is selected."""
    RECENT = "recent"
    COMMANDS = "commands"
    TICKETS = "tickets"
    PEOPLE = "people"
    VIEWS = "views"
    ACCOUNTS = "accounts"
    CANNED = "canned"
    SETTINGS = "settings"


PREFIXES = {
    ">": frozenset({Section.TICKET, Section.COMMANDS, Section.VIEWS, Section.ACCOUNTS, Section.SETTINGS}),
    "#": frozenset({Section.TICKETS}),
    "@": frozenset({Section.PEOPLE}),
    ";": frozenset({Section.CANNED}),
}
"""The first letter that narrows, and which sections it leaves."""

LISTED = 200
"""Entries that are listed at once; typing narrows longer ones."""

_DETAIL, _LETTERS = 8, 20


def _nothing() -> None:
    """Do nothing: what an entry without an action does."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a title: an icon, initials, the mark of an account, or a square of a view's colour.

    Attributes:
        icon: file name of an icon.
        colour: one of the accounts' colours, which the icon is painted in; without an icon a square of it.
        letters: a person's initials.
        account: an account's mark.
    """

    icon: str = ""
    letters: str = ""
    account: AccountMark | None = None
    colour: str = ""


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        detail: quiet words beside the title.
        keys: "G, I / Ctrl+0": several ways are parted by " / ", keys after one another by ", ".
        reason: why it cannot be done now; empty = it can.
        run: does it.
        section: None = it stands in a list without sections.
        id: by which it is remembered as used; empty = it is not.
        also: another name that finds it and is not shown.
        synonyms: other words that find it, and are said once one of them or the title was typed.
        values: what the right arrow lists instead; None = there is nothing.
        typed_only: listed only once something is typed that fits.
        mark: what stands before the title.
    """

    title: str
    detail: str = ""
    keys: str = ""
    reason: str = ""
    run: Callable[[], object] = _nothing
    section: Section | None = None
    id: str = ""
    mark: Mark = NO_MARK
    also: str = ""
    synonyms: tuple[str, ...] = ()
    values: "Callable[[], Sequence[Entry]] | None" = None
    typed_only: bool = False


def narrowed(text: str) -> tuple[frozenset[Section] | None, str]:
    """Return which sections a first letter leaves (None = all), and the words behind it."""
    text = text.strip()
    sections = PREFIXES.get(text[:1])
    return (None, text) if sections is None else (sections, text[1:].strip())


def fitting(entries: Sequence[Entry], text: str) -> tuple[Entry, ...]:
    """Return what fits, by section and best first; with nothing typed everything in the order given.

    Every word must be found: at the start of a word best, then as another word for the same, then inside one. Only where nothing else
    fits it may be letters in their order ("asme" finds "Assign to me").
    """
    words = text.casefold().split()
    if not words:
        return tuple(entry for entry in entries if not entry.typed_only)
    order = {section: place for place, section in enumerate((None, *Section))}
    scored: list[tuple[bool, int, int, int, Entry]] = []
    for place, entry in enumerate(entries):
        if entry.section is Section.RECENT:
            continue  # the same stands in a section of its own kind
        points = [_points(entry, word) for word in words]
        if all(point is not None for point in points):
            whole = entry.title.casefold().startswith(text.casefold().strip())
            total = sum(point for point in points if point is not None) - (5 if whole else 0)
            is_loose = _LETTERS in points
            scored.append((is_loose, order[entry.section], total + (1 if entry.reason else 0), place, entry))
    scored.sort(key=lambda one: one[:4])
    loose = bool(scored) and scored[0][0]
    return tuple(entry for is_loose, *_, entry in scored[:LISTED] if is_loose == loose)


def _points(entry: Entry, word: str) -> int | None:
    title = entry.title.casefold()
    if title.startswith(word):
        return 0
    if any(part.startswith(word) for part in title.replace(":", " ").split()):
        return 2
    if len(word) > 1 and any(part.startswith(word) for one in entry.synonyms for part in one.casefold().split()):
        return 3
    if word in title or (entry.also and word in entry.also.casefold()):
        return 4
    if word in entry.detail.casefold():
        return _DETAIL
    is_in_order = entry.section in (None, Section.TICKET, Section.COMMANDS) and not entry.typed_only
    return _LETTERS if len(word) > 1 and is_in_order and _in_order(word, title) else None


def _in_order(letters: str, title: str) -> bool:
    rest = iter(title)
    return all(letter in rest for letter in letters)
