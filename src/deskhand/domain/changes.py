"""What a committed transaction touched, so that whoever shows it can look again."""

from collections.abc import Callable
from dataclasses import fields

from deskhand.domain.lazy_dataclass import dataclass

from .events import Event, EventKind
from .ids import AccountId, CommandId, TicketKey

FEW = 200
"""Above this many tickets of an account a change names the account only: a viewer reads a page again either way."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Names of things that changed; never the things themselves.

    Attributes:
        tickets: rows of the list.
        threads: conversations (a message, its delivery, a note).
        bulk: accounts of which more than `FEW` tickets changed at once.
        accounts: accounts added, edited, removed, or with another status or capability.
        outbox: commands that moved.
        drafts: tickets whose draft came or went.
        settings: keys of settings, views and snippets.
        timed_events: kinds of timed events that came, moved or went.
        progress: long work on what is stored that got further, or ended (`reprojection`).
        events: what an agent may want to be told of it.
    """

    tickets: frozenset[TicketKey] = frozenset()
    threads: frozenset[TicketKey] = frozenset()
    bulk: frozenset[AccountId] = frozenset()
    accounts: frozenset[AccountId] = frozenset()
    outbox: frozenset[CommandId] = frozenset()
    drafts: frozenset[TicketKey] = frozenset()
    settings: frozenset[str] = frozenset()
    timed_events: frozenset[str] = frozenset()
    progress: frozenset[str] = frozenset()
    events: frozenset[Event] = frozenset()

    @property
    def returned(self) -> frozenset[TicketKey]:
        """Tickets that came back from Later, and those whose reminder is due."""
        back = (event.ticket for event in self.events if event.kind is EventKind.RETURNED)
        return frozenset(key for key in back if key is not None)

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        return ChangeSet(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))


Listener = Callable[[ChangeSet], None]
Unsubscribe = Callable[[], None]


class ChangeBus:
    """Tells every listener about every commit, in order, on the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Unsubscribe:
        """Call `listener` after each commit until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, changes: ChangeSet) -> None:
        """Pass a change set on; an empty one is nobody's business."""
        if changes:
            for listener in tuple(self._listeners):
                listener(changes)
