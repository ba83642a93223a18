"""Names of customers: tickets carry only their ids, and every name costs one of 60 requests a minute."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from deskhand.domain.problems import NotAllowed, NotFound, NotInPlan, Offline, Throttled, UnexpectedResponse, VendorDown
from deskhand.domain.request_priority import RequestPriority
from deskhand.domain.tickets import Person

from . import mapping
from .api import Api

_PAGES_AT_FIRST = 8
"""Of the customers' list (120 names), read with the first page of tickets; then two more with each."""

_PAGES_LATER = 2

_SINGLE_LOOKUPS = 3
"""Names that a page of tickets may ask for one by one, once the list is read: nearly always customers that are gone."""


_NOT_READ = Person()


class Customers:
    """Remembers customers for as long as the connection lives."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[str, Person | None] = {}
        self._next_page: int | None = 1
        self._last_page: dict[str, Person] = {}
        self._allowed = True
        self._lock = asyncio.Lock()

    async def load_names(self, wanted: Iterable[str]) -> None:
        """Look for the names that a page of tickets needs, with a few calls: the tickets themselves come first.

        A name that is not found yet comes with a later list sync or with the conversation. A page that was read is not lost because the
        budget ended with it: whoever calls next meets that wait.
        """
        with suppress(Throttled, Offline):
            await self._load_names(tuple(wanted))

    async def _load_names(self, names: tuple[str, ...]) -> None:
        async with self._lock:
            for _ in range(_PAGES_AT_FIRST if self._next_page == 1 else _PAGES_LATER):
                if not self._allowed or self._next_page is None or not self._missing(names):
                    break
                await self._read_page(self._next_page)
            if self._next_page is None:
                for customer in self._missing(names)[:_SINGLE_LOOKUPS]:
                    await self._read_one(customer, RequestPriority.BACKGROUND)

    async def find(self, customer: str) -> Person | None:
        """Return one customer, None where there is none, or none that these credentials may see."""
        if customer:
            with suppress(Throttled, Offline):
                async with self._lock:
                    if customer not in self._known:
                        await self._read_one(customer, None)
        return self.get(customer)

    def get(self, customer: str) -> Person | None:
        """Return a customer without asking."""
        return self._known.get(customer)

    def is_missing(self, customer: str) -> bool:
        """Tell whether there surely is no record to be had: no id, no scope, or it is gone. A failed call proves nothing."""
        return not customer or not self._allowed or self._known.get(customer, _NOT_READ) is None

    def _missing(self, wanted: Iterable[str]) -> list[str]:
        return [customer for customer in dict.fromkeys(wanted) if customer and customer not in self._known]

    async def _read_page(self, page: int) -> None:
        try:
            items, more = await self._api.customers(page, request_priority=RequestPriority.BACKGROUND)
        except (NotAllowed, NotInPlan):
            self._allowed = False
        except (NotFound, UnexpectedResponse, VendorDown):
            self._next_page = None  # left out: a list of tickets without names is better than none
        else:
            found = {item.id: mapping.person(item) for item in items.models}
            circles, self._last_page = bool(found) and found == self._last_page, found
            self._known.update(found)
            self._next_page = page + 1 if more and not circles else None

    async def _read_one(self, customer: str, request_priority: RequestPriority | None) -> None:
        if not self._allowed:
            return
        try:
            self._known[customer] = mapping.person(
                await self._api.customer(customer, request_priority=request_priority)
            )
        except NotFound:
            self._known[customer] = None
        except (NotAllowed, NotInPlan):
            self._allowed = False
        except (UnexpectedResponse, VendorDown):
            pass
