"""What a connection to NexusCore learns as it goes: names of brands, priorities seen in data, what the agent is called."""

import asyncio
import logging
from collections.abc import Iterable

from deskhand.domain.capabilities import Capabilities, PriorityChoice
from deskhand.domain.problems import NotAllowed, NotFound, NotInPlan, UnexpectedResponse, VendorDown
from deskhand.domain.tickets import Group, Person, RemoteTicket
from deskhand.http.paging import LoopGuard

from .api import Api
from .mapping import DOCUMENTED_PRIORITY

log = logging.getLogger(__name__)


class ObservedValues:
    """Starts with what an earlier connection knew.

    Attributes:
        me: the agent of this account, as tickets name them; without an address where the account names none.
        home: the account's base address.
    """

    def __init__(self, known: Capabilities | None, me: str = "", home: str = "") -> None:
        self.me = Person(email=me.strip())
        self.home = home
        self.brands: dict[str, str] = {}
        self._paused: frozenset[str] = frozenset()
        self.priorities: dict[str, PriorityChoice] = {}
        self._brands_read = False
        self._lock = asyncio.Lock()
        if known is not None:
            self.brands = {group.id: group.name for group in known.groups}
            self.priorities = {choice.id: choice for choice in known.priorities if choice.id != DOCUMENTED_PRIORITY.id}

    @property
    def groups(self) -> tuple[Group, ...]:
        """The brands, by name."""
        return tuple(sorted((Group(*brand) for brand in self.brands.items()), key=lambda group: group.name.casefold()))

    @property
    def open_groups(self) -> tuple[Group, ...]:
        """The brands that take new tickets: all but the paused ones."""
        return tuple(group for group in self.groups if group.id not in self._paused)

    def observe(self, tickets: Iterable[RemoteTicket]) -> None:
        """Learn the priorities that tickets have and what they call the agent: the vendor lists neither."""
        for remote in tickets:
            ticket = remote.ticket
            if ticket.assignee is not None and ticket.assignee.is_same(self.me):
                self.me = ticket.assignee if ticket.assignee.email else self.me
            if ticket.priority_id and ticket.priority_id != DOCUMENTED_PRIORITY.id:
                choice = PriorityChoice(ticket.priority_id, ticket.vendor_priority, ticket.priority)
                self.priorities.setdefault(choice.id, choice)

    async def load_brands(self, api: Api, *, refresh: bool = False) -> None:
        """Read the brands' names once; without the scope for it, tickets show the brand's id."""
        async with self._lock:
            if self._brands_read and not refresh:
                return
            try:
                found: dict[str, str] = {}
                paused: set[str] = set()
                guard, cursor = LoopGuard(), ""
                while True:
                    page, cursor = await api.brands(cursor=cursor)
                    found.update({brand.id: brand.name or brand.id for brand in page.models})
                    paused.update(brand.id for brand in page.models if brand.status == "paused")
                    if not cursor:
                        break
                    guard.advance(cursor)
                    guard.check_progress(brand.id for brand in page.models)
                self.brands, self._paused = found, frozenset(paused)
            except (NotAllowed, NotInPlan, NotFound, VendorDown, UnexpectedResponse):
                # Left out, not guessed: what was known stays. Least of all is it the ticket that is gone.
                log.info("the brands cannot be read")
            self._brands_read = True
