"""Thena's reading facets: the list, one ticket, conversations, search; and what all facets of an account share."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime

from deskhand.domain import plain
from deskhand.domain.accounts import SignIn
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, TicketPage
from deskhand.domain.problems import NotAllowed, NotFound, NotInPlan, UnexpectedResponse, VendorDown
from deskhand.domain.request_priority import RequestPriority
from deskhand.domain.threads import RemoteThread
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.wire import Item, Items

from . import choices, mapping, wire
from .api import Api, as_value
from .pages import PageReader

log = logging.getLogger(__name__)


class Session:
    """What the facets of one account share: its endpoints, and the values observed in its answers."""

    def __init__(self, api: Api, sign_in: SignIn, clock: Clock) -> None:
        self.api = api
        self.account = sign_in.account
        self.clock = clock
        self.observed = choices.ObservedValues()
        self.known = sign_in.known or Capabilities()
        self._field_names: dict[str, str] | None = None
        self._has_ticket_endpoint: bool | None = None

    async def lookups(self) -> mapping.Lookups:
        """Return the organisation's lookups, fetching the names of custom fields once."""
        if self._field_names is None:
            try:
                self._field_names = {field.id: field.name for field in await self.custom_fields() if field.name}
            except (NotAllowed, NotInPlan, NotFound, UnexpectedResponse):
                self._field_names = {}
            except VendorDown:  # tickets may be read all the same; the names are asked for again
                before = {field.name: field.label for field in self.known.create_form}
                return self._lookups(before)
        return self._lookups(self._field_names)

    def _lookups(self, names: dict[str, str]) -> mapping.Lookups:
        return mapping.Lookups(names, {choice.id: choice for choice in self.known.states})

    async def custom_fields(self) -> list[wire.CustomField]:
        """Return all custom fields of tickets."""
        return [
            item.model
            async for item in PageReader().iter_items(lambda page, size: self.api.custom_fields(page=page, limit=size))
        ]

    async def ticket(self, remote: str, *, through_list: bool = True) -> tuple[Item[wire.Ticket], RemoteTicket]:
        """Read one ticket: by its own address, or by search, or in the list.

        Its address is implied, a search may be refused or lag behind: only a whole list without it says that it is gone.

        Args:
            through_list: look through the whole list at last.

        Raises:
            NotFound: it is not found, or marked as deleted.
        """
        lookups = await self.lookups()
        item = await self._read_by_id(remote)
        if item is not None:
            told = mapping.ticket(item, self.account, lookups)
        elif (item := await self._find_by_search(remote)) is not None:
            self._has_ticket_endpoint = False
            told = mapping.from_search_hit(item, self.account, lookups)
        elif not through_list:
            raise NotFound("neither its address nor a search tells this ticket")
        else:
            item = await self._find_in_list(remote)
            self._has_ticket_endpoint = False
            told = mapping.ticket(item, self.account, lookups)
        if item.model.id != remote:
            raise UnexpectedResponse("the answer tells another ticket than the one asked for")
        if item.model.deleted_at:
            raise NotFound("Thena marks this ticket as deleted")
        self.observed.add(item.model)
        return item, told

    async def _read_by_id(self, remote: str) -> Item[wire.Ticket] | None:
        if self._has_ticket_endpoint is False:
            return None
        try:
            item = await self.api.ticket(remote)
        except NotFound:
            if self._has_ticket_endpoint:
                raise
            return None
        self._has_ticket_endpoint = True
        return item

    async def _find_by_search(self, remote: str) -> Item[wire.Ticket] | None:
        for name in ("uid", "id"):
            try:
                hits = (await self.api.search("*", limit=1, filter_by=f"{name}:={as_value(remote)}")).items
            except (UnexpectedResponse, NotAllowed, NotInPlan, NotFound) as problem:
                log.info("a ticket cannot be searched for by %s: %s", name, problem.detail)
                continue
            for hit in hits:
                if hit.model.id == remote:
                    return hit
        return None

    async def _find_in_list(self, remote: str) -> Item[wire.Ticket]:
        pages = PageReader().iter_items(lambda page, size: self.api.tickets(lambda items: items, page=page, limit=size))
        async for item in pages:
            if item.model.id == remote:
                return item
        raise NotFound("Thena does not have this ticket")


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a list sync is; stored as its cursor.

    Attributes:
        page, size: the next page to ask for; page 0 = nothing was read.
        full: everything is read, not only a date range.
        began: when this list sync began.
        ended: when the last list sync that reached its end began: everything before is known.
    """

    page: int = 0
    size: int = 0
    full: bool = False
    began: datetime | None = None
    ended: datetime | None = None

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        """Read a stored cursor; the beginning for what an older version wrote."""
        try:
            return plain.loads(cls, text) if text else cls()
        except (ValueError, TypeError, AttributeError):
            return cls()


@dataclass(frozen=True, slots=True)
class _MappedPage:
    items: Items[wire.Ticket]
    tickets: tuple[RemoteTicket, ...]


class TicketLister:
    """Lists tickets: all of them, or what `dateRange` gives for the time since the last list sync."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pages = PageReader()

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        """Yield pages; a full list sync that was interrupted goes on, a short one begins again."""
        position, date_range = self._begin(_Cursor.read(cursor), full=full)
        lookups = await self._session.lookups()

        def read(items: Items[wire.Ticket]) -> _MappedPage:
            there = (item for item in items if not item.model.deleted_at)
            return _MappedPage(items, tuple(mapping.ticket(item, self._session.account, lookups) for item in there))

        async def fetch(page: int, size: int) -> _MappedPage:
            return await self._session.api.tickets(
                read, page=page, limit=size, date_range=date_range, request_priority=RequestPriority.BACKGROUND
            )

        async for step in self._pages.iter_pages(
            fetch, lambda read: read.items, page=position.page, size=position.size
        ):
            for model in step.value.items.models:
                self._session.observed.add(model)
            on = _Cursor(step.page, step.size, position.full, position.began, position.ended)
            there = _Cursor(ended=position.began) if step.last else on
            yield TicketPage(step.value.tickets, plain.dumps(there), step.last, left_out=step.value.items.left_out)

    def _begin(self, position: _Cursor, *, full: bool) -> tuple[_Cursor, str]:
        if position.page and position.full and (full or position.ended is None):
            return position, ""
        now = self._session.clock.now()
        date_range = "" if full or position.ended is None else mapping.date_range(now - position.ended)
        return _Cursor(full=not date_range, began=now, ended=position.ended), date_range


class ThreadReader:
    """Reads conversations: the comments, and the ticket for its opening."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pages = PageReader()

    async def comments(self, remote: str) -> tuple[Items[wire.Comment], ...]:
        """Return the pages of a ticket's comments, in Thena's order."""

        async def fetch(page: int, size: int) -> Items[wire.Comment]:
            return await self._session.api.comments(remote, page=page, limit=size)

        pages = [step.value async for step in self._pages.iter_pages(fetch, lambda items: items)]
        return (*pages, mapping.flatten_replies(pages))

    async def thread(self, remote: str) -> RemoteThread:
        """Return the conversation; without its opening where the ticket itself cannot be read."""
        try:
            item, told = await self._session.ticket(remote)
        except NotFound:
            pages = await self.comments(remote)
            if not any(pages):
                raise
            return mapping.thread(pages, None, None)
        return mapping.thread(await self.comments(remote), item.model, told)


class TicketReader:
    """Reads single tickets."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def by_id(self, remote: str) -> RemoteTicket:
        """Return a ticket that perhaps is not there: a wrong id does not cost a look through the whole list."""
        _, told = await self._session.ticket(remote, through_list=False)
        return told

    async def ticket(self, remote: str) -> RemoteTicket:
        """Return the ticket as it is now."""
        _, told = await self._session.ticket(remote)
        return told
