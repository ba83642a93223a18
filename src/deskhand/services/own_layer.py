"""What the agent adds to tickets on this computer: Later, reminders, pins, notes and links. For a file, and from one.

Accounts are named by vendor and label, because ids of accounts are made on each computer; a ticket has its vendor's id. What a ticket
has here already is never written over: it stays, and that is said.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import TypeVar

from deskhand.content.characters import one_line
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Store
from deskhand.domain.threads import Message
from deskhand.domain.ticket_links import LinkKind, TicketLink

from .accounts import Accounts
from .later import LONGEST_REASON
from .tickets import Tickets
from .views_file import Entry, ViewsFile, entries

T = TypeVar("T")

LONGEST_NOTE = 100_000
"""Characters of a note that a file may bring."""


@dataclass(frozen=True, slots=True)
class LayerCounts:
    """How much there is to take along. Tickets that their vendor has not confirmed yet are left out: no other computer knows their ids."""

    later: int = 0
    pins: int = 0
    notes: int = 0
    links: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.later + self.pins + self.notes + self.links


@dataclass(frozen=True, slots=True)
class ImportedLayer:
    """What an import did.

    Attributes:
        later, pinned, notes, links: what was taken: the marks, the tickets that are pinned now, the ids of notes, and the links.
        unchanged: how many entries were here already, in everything the same.
        left_out: a sentence for everything that was not taken.
    """

    later: Mapping[TicketKey, LaterMark] = field(default_factory=dict)
    pinned: tuple[TicketKey, ...] = ()
    notes: tuple[tuple[TicketKey, str], ...] = ()
    links: tuple[TicketLink, ...] = ()
    unchanged: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def counts(self) -> LayerCounts:
        """How much was taken."""
        return LayerCounts(len(self.later), len(self.pinned), len(self.notes), len(self.links))


class OwnLayer:
    """Gives all of it as the entries of a file, and takes entries over."""

    def __init__(self, store: Store, accounts: Accounts, tickets: Tickets) -> None:
        self._store = store
        self._accounts = accounts
        self._tickets = tickets

    async def counts(self) -> LayerCounts:
        """Return how much there is to take along."""
        name, store = self._namer(), self._store
        return LayerCounts(
            sum(name(key) is not None for key, _ in await store.later.all()),
            sum(name(key) is not None for key in await store.later.pinned()),
            sum(name(key) is not None for key, _ in await store.threads.notes()),
            sum(all(map(name, link.ends)) for link in await store.links.all()),
        )

    async def export(self, file: ViewsFile) -> ViewsFile:
        """Return a file with everything of this layer beside what it holds. Times are ISO 8601 in UTC."""
        name = self._namer()
        later = [{**named, **_plain(mark)} for key, mark in await self._store.later.all() if (named := name(key))]
        pins = [named for key in await self._store.later.pinned() if (named := name(key))]
        notes = [
            {**named, "at": _said(note.created_at), "text": note.text}
            for key, note in await self._store.threads.notes()
            if (named := name(key))
        ]
        links = [
            {**one, **{f"other_{key}": value for key, value in other.items()}, "kind": link.kind.value}
            | ({"at": _said(link.made_at)} if link.made_at is not None else {})
            for link in await self._store.links.all()
            if (one := name(link.one)) and (other := name(link.other))
        ]
        return replace(file, later=entries(later), pins=entries(pins), notes=entries(notes), links=entries(links))

    def _namer(self) -> Callable[[TicketKey], dict[str, object] | None]:
        """Return what names a ticket for another computer; it gives None for one that no other computer knows."""
        accounts = {account.id: account for account in self._accounts.all()}

        def name(key: TicketKey) -> dict[str, object] | None:
            account = accounts.get(key.account)
            if account is None or key.is_local:
                return None
            return {"vendor": account.vendor, "account": account.label, "ticket": key.remote}

        return name

    async def take(self, file: ViewsFile) -> ImportedLayer:
        """Take over what is not here yet. What is here, names no account of this computer, or is no such entry is left out, and named."""
        read = _Reading(self._accounts)
        later = read.all("Later", file.later, _mark)
        pins = read.all("pins", file.pins, lambda _one: True)
        notes = read.all("notes", file.notes, _note)
        links = read.links(file.links)
        left_out, unchanged = read.left_out(), 0
        known = await self._store.later.get([key for key, _ in later])
        marks: dict[TicketKey, LaterMark] = {}
        for key, mark in later:
            there = known.get(key) or marks.get(key)
            if there is None:
                marks[key] = mark
            elif _plain(there) == _plain(mark):
                unchanged += 1
            else:
                left_out.append(f"{self._named(key)} stands in Later already, in another way, and stays so.")
        pinned = set(await self._store.later.pinned())
        new_pins = tuple(dict.fromkeys(key for key, _ in pins if key not in pinned))
        unchanged += len(pins) - len(new_pins)
        new_notes, same = await self._new_notes(notes)
        if marks:
            await self._store.later.put(marks)
        if new_pins:
            await self._store.later.set_pinned(new_pins, pinned=True)
        if new_notes:
            await self._store.threads.add_notes(new_notes)
        here = {link.ends for link in await self._store.links.all()}
        new_links = tuple({link.ends: link for link in links if link.ends not in here}.values())
        unchanged += len(links) - len(new_links)
        if new_links:
            await self._store.links.put(new_links)
        made = tuple((key, note.id) for key, note in new_notes)
        return ImportedLayer(marks, new_pins, made, new_links, unchanged + same, tuple(left_out))

    async def _new_notes(
        self, notes: Sequence[tuple[TicketKey, tuple[datetime, str]]]
    ) -> tuple[list[tuple[TicketKey, Message]], int]:
        """Return those that are not here, as messages, and how many are: a note is the same by its ticket, its time and its text."""
        here = {(key, _said(note.created_at), note.text) for key, note in await self._store.threads.notes()}
        found = []
        for key, (at, text) in notes:
            made = replace(self._tickets.local_note(self._accounts.get(key.account), text), created_at=at)
            if (same := (key, _said(at), made.text)) not in here:
                here.add(same)
                found.append((key, made))
        return found, len(notes) - len(found)

    def _named(self, key: TicketKey) -> str:
        account = self._accounts.get(key.account)
        return f"Ticket {one_line(key.remote)} at {account.label if account is not None else ''}"


_FIRST, _END = datetime(1971, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
"""Between which times lie that the databases keep, and that every zone has."""

_Place = tuple[str, str, str]
"""A vendor, the label of an account, and the id of a ticket there."""


class _Reading:
    """Reads entries, and notes what cannot be taken."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = {(str(account.vendor), account.label): account.id for account in accounts.all()}
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._wrong: list[str] = []

    def all(self, name: str, found: Sequence[Entry], read: Callable[[Entry], T | None]) -> list[tuple[TicketKey, T]]:
        """Return each entry with its ticket."""
        taken: list[tuple[TicketKey, T]] = []
        for number, entry in enumerate(found, 1):
            value, place = read(entry), _place(entry)
            if value is None or place is None:
                self._refuse(number, name)
            elif (key := self._key(place)) is not None:
                taken.append((key, value))
        return taken

    def links(self, found: Sequence[Entry]) -> list[TicketLink]:
        """Return the links; one that an unknown account is in counts as one entry."""
        taken = []
        for number, entry in enumerate(found, 1):
            one, other, kind = _place(entry), _place(entry, "other_"), entry.get("kind")
            at = _time(entry.get("at"))
            if (
                one is None
                or other is None
                or one == other
                or kind not in tuple(LinkKind)
                or ("at" in entry and not at)
            ):
                self._refuse(number, "links")
            elif (key := self._key(one)) is not None and (end := self._key(other)) is not None:
                taken.append(TicketLink(key, end, LinkKind(str(kind)), at))
        return taken

    def _refuse(self, number: int, name: str) -> None:
        self._wrong.append(f"Entry {number} of {name} is left out: it cannot be read.")

    def _key(self, place: _Place) -> TicketKey | None:
        """Return the ticket; None where its account is not here, which is noted."""
        vendor, label, remote = place
        account = self._accounts.get((vendor, label))
        if account is None:
            self._unknown[vendor, label] += 1
            return None
        return TicketKey(account, remote)

    def left_out(self) -> list[str]:
        """Return a sentence for each entry that cannot be read, and for each account that is not here."""
        unknown = [
            f"{'1 entry is' if count == 1 else f'{count} entries are'} left out: there is no account “{one_line(label)}”"
            f" of {one_line(vendor)} here."
            for (vendor, label), count in self._unknown.items()
        ]
        return [*self._wrong, *unknown]


def _place(entry: Entry, before: str = "") -> _Place | None:
    """Return which ticket an entry names, under names that begin so; None where it names none."""
    match [entry.get(f"{before}{name}") for name in ("vendor", "account", "ticket")]:
        case [str(vendor), str(label), str(remote)] if remote:
            return vendor, label, remote
        case _:
            return None


def _plain(mark: LaterMark) -> dict[str, object]:
    """Return what a file says of a mark; `until` is left out where it comes back with a reply, `back` until it came back."""
    return {
        "until": None if mark.until is None else _said(mark.until),
        "reason": mark.reason,
        "even_if_reply": mark.keep,
        "reminder": mark.stays,
        "back": None if mark.back_at is None else _said(mark.back_at),
    }


def _mark(entry: Entry) -> LaterMark | None:
    match entry:
        case {"reason": str(reason), "even_if_reply": bool(keep), "reminder": bool(stays)}:
            until, back = _time(entry.get("until")), _time(entry.get("back"))
            unread = ("until" in entry and until is None) or ("back" in entry and back is None)
            if unread or (until is None and stays):
                return None
            return LaterMark(until, one_line(reason)[:LONGEST_REASON], keep=keep, stays=stays, back_at=back)
        case _:
            return None


def _note(entry: Entry) -> tuple[datetime, str] | None:
    match entry:
        case {"at": str(at), "text": str(text)} if text.strip() and len(text) <= LONGEST_NOTE:
            when = _time(at)
            return None if when is None else (when, text)
        case _:
            return None


def _said(when: datetime | None) -> str:
    return "" if when is None else when.astimezone(UTC).isoformat()


def _time(text: object) -> datetime | None:
    """Return a time; None where it is none, says no zone, or is one that cannot be kept: before 1971, or beyond the year 9999."""
    try:
        when = datetime.fromisoformat(text) if isinstance(text, str) else None
        found = when.astimezone(UTC) if when is not None and when.tzinfo is not None else None
    except (ValueError, OverflowError):  # in UTC it would be in the year 0 or 10000
        return None
    return found if found is not None and _FIRST <= found < _END else None
