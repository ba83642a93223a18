"""Where Later and pins are stored. The conventions are those of `store`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark

from .timed_events import TimedEvent


class LaterStore(Protocol):
    """What the agent has put away, is to be reminded of, or has pinned (precious). No server has any of it."""

    async def put(self, marks: Mapping[TicketKey, LaterMark | None]) -> None:
        """Save marks with the timed events of their return, or with None take them away, all in one transaction."""

    async def get(self, keys: Collection[TicketKey]) -> Mapping[TicketKey, LaterMark]:
        """Return the marks of those tickets that have one."""

    async def all(self) -> Sequence[tuple[TicketKey, LaterMark]]:
        """Return every mark, what comes back first first; those without a date last."""

    async def bring_back(self, events: Sequence[TimedEvent]) -> None:
        """Let what is due come back: the handler of `domain.later.RETURN`. Each event is taken out in the transaction of its effect."""

    async def set_pinned(self, keys: Collection[TicketKey], *, pinned: bool) -> None:
        """Pin tickets, or take their pins away."""

    async def pinned(self) -> Sequence[TicketKey]:
        """Return what is pinned, by account and id."""
