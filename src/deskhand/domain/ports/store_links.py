"""Where links between tickets are stored. The conventions are those of `store`."""

from collections.abc import Collection, Sequence
from typing import Protocol

from deskhand.domain.ids import TicketKey
from deskhand.domain.ticket_links import LostAccount, TicketLink


class LinkStore(Protocol):
    """Which tickets belong together (precious). A link outlives the removal of an account, of which no more than ids is kept for it."""

    async def put(self, links: Collection[TicketLink]) -> None:
        """Save links, in place of what the same two tickets had; one of a ticket with itself is left out."""

    async def remove(self, links: Collection[TicketLink]) -> None:
        """Take links away."""

    async def of(self, keys: Collection[TicketKey]) -> Sequence[TicketLink]:
        """Return the links of these tickets, what was made first first."""

    async def all(self) -> Sequence[TicketLink]:
        """Return every link, what was made first first."""

    async def lost_accounts(self) -> Sequence[LostAccount]:
        """Return the removed accounts that links lead to."""
