"""Mijn Klantportaal's reading facets: the list and conversations."""

from collections.abc import AsyncIterator, Sequence

from deskhand.domain.ids import AccountId
from deskhand.domain.ports import Clock, TicketPage
from deskhand.domain.request_priority import RequestPriority
from deskhand.domain.threads import RemoteThread
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.paging import Deduplicator, LoopGuard
from deskhand.http.wire import Item

from . import mapping
from .api import Api
from .customers import Customers
from .wire import Ticket, TicketWithMessages

_UNCHANGED_PAGES = 2
_SECONDS_PER_PAGE = 4.0
"""Of rest after a full list sync, for each of its pages: a quarter of 60 calls a minute."""


class TicketLister:
    """Lists tickets: 15 per call, no filter and no time of a last change, 60 calls a minute.

    The order is not documented. Where a full list sync showed the newest first, a list sync for what may have changed ends after two pages
    on which nothing is new or different. What changed further down (an old ticket that a customer reopened) is found by full list syncs:
    every full one, and in between as often as a quarter of the budget allows.
    """

    def __init__(self, api: Api, account: AccountId, customers: Customers, clock: Clock) -> None:
        self._api = api
        self._account = account
        self._customers = customers
        self._clock = clock
        self._states: dict[str, str] = {}
        self._newest_first = False
        self._next_full_at = 0.0

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        """Yield pages. The cursor of an interrupted full list sync is the number of the page to go on with."""
        first = int(cursor) if full and cursor.isascii() and cursor.isdigit() else 1
        may_stop = not full and self._newest_first and self._clock.monotonic() < self._next_full_at
        deduplicator, guard = Deduplicator(), LoopGuard()
        number, quiet, order = first, 0, _OrderCheck()
        while True:
            items, more = await self._api.tickets(number, request_priority=RequestPriority.BACKGROUND)
            # Numbers never come back; what can is the page itself, where the number is not minded.
            guard.advance(number if items.left_out else hash(tuple(item.raw for item in items)))
            fresh = deduplicator.only_new(items, lambda item: item.model.id)
            order.add(fresh)
            quiet = 0 if self._record_states(fresh) else quiet + 1
            if not more and first == 1:
                self._newest_first = order.newest_first
                self._next_full_at = self._clock.monotonic() + number * _SECONDS_PER_PAGE
            last = not more or (may_stop and quiet >= _UNCHANGED_PAGES)
            if not last:
                guard.check_progress(item.model.id for item in fresh)
            await self._customers.load_names(item.model.customer_id for item in fresh)
            yield TicketPage(
                tuple(self._mapped(item) for item in fresh),
                str(number + 1) if full and not last else "",
                last=last,
                left_out=items.left_out,
            )
            if last:
                return
            number += 1

    def _mapped(self, item: Item[Ticket]) -> RemoteTicket:
        return mapping.ticket(self._account, item, self._customers.get(item.model.customer_id))

    def _record_states(self, items: Sequence[Item[Ticket]]) -> bool:
        """Remember the states; True where one is new or different."""
        states = {item.model.id: item.model.status for item in items}
        news = any(self._states.get(remote) != state for remote, state in states.items())
        self._states.update(states)
        return news


class _OrderCheck:
    """Watches whether a list sync came newest first."""

    def __init__(self) -> None:
        self.newest_first = True
        self._last: float | None = None

    def add(self, items: Sequence[Item[Ticket]]) -> None:
        """Look at the next tickets of the list sync."""
        for item in items:
            if item.model.created_at is None:
                continue
            made = item.model.created_at.timestamp()
            if self._last is not None and made > self._last:
                self.newest_first = False
            self._last = made


class ThreadReader:
    """Reads conversations, and tickets: both come with one call."""

    def __init__(self, api: Api, account: AccountId, customers: Customers) -> None:
        self._api = api
        self._account = account
        self._customers = customers

    async def thread(self, remote: str) -> RemoteThread:
        """Return the ticket with all its messages."""
        return await self.to_thread(await self._api.ticket(remote))

    async def by_id(self, remote: str) -> RemoteTicket:
        """Return the ticket, which perhaps is not there."""
        return await self.ticket(remote)

    async def ticket(self, remote: str) -> RemoteTicket:
        """Return the ticket alone."""
        found = (await self.thread(remote)).ticket
        assert found is not None
        return found

    async def to_thread(self, item: Item[TicketWithMessages], *, fetch_customer: bool = True) -> RemoteThread:
        """Turn an answer into the domain's types.

        Args:
            fetch_customer: whether a call for the customer's name may be spent; after a write nothing may come between it and its receipt.
        """
        customer = item.model.customer_id
        person = await self._customers.find(customer) if fetch_customer else self._customers.get(customer)
        return mapping.thread(self._account, item, person, nameless=self._customers.is_missing(customer))
