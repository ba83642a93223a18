"""NexusCore's reading facets: the list, conversations, search, files."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import SearchPage, SearchQuestion, TicketPage
from deskhand.domain.problems import NotAllowed, NotFound, UnexpectedResponse
from deskhand.domain.request_priority import RequestPriority
from deskhand.domain.threads import Attachment, RemoteThread
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.paging import Deduplicator, LoopGuard
from deskhand.http.wire import Item, Items

from . import mapping
from .api import Api, TicketList
from .observed import ObservedValues

_OPEN = ("open", "pending", "snoozed")
_ANY_STATUS = ""
_RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The position of a list sync.

    Attributes:
        full: whether it reads everything.
        status: the status it is in; "" = the list without a filter.
        after: the vendor's cursor inside that list.
        shows_resolved: the list without a filter has shown a resolved ticket, so it does tell everything.
        mine: only what is assigned to this account's agent.
    """

    full: bool
    status: str
    after: str = ""
    shows_resolved: bool = False
    mine: bool = False

    def __str__(self) -> str:
        return json.dumps([self.full, self.status, self.after, self.shows_resolved, self.mine], separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "_Cursor | None":
        """Read a stored cursor; None for the beginning and for what an older version wrote."""
        try:
            full, status, after, told, *mine = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(bool(full), str(status), str(after), bool(told), any(mine))

    def following(self, cursor: str) -> "_Cursor | None":
        """Return the place after this page; None at the end of the list sync."""
        if cursor:
            return replace(self, after=cursor)
        if self.status in _OPEN[:-1]:
            return replace(self, status=_OPEN[_OPEN.index(self.status) + 1], after="")
        if self.mine:
            return replace(self, status=_OPEN[0], after="", mine=False)
        if not self.full:
            return None
        if self.status == _OPEN[-1]:
            return replace(self, status=_ANY_STATUS, after="")
        if self.status == _ANY_STATUS and not self.shows_resolved:
            return replace(self, status=_RESOLVED, after="")
        return None


class TicketLister:
    """Lists tickets; the list tells no changes and takes one status at most.

    What is open comes first, one status after the other. A full list sync then reads the list without a filter, where resolved tickets
    are and those whose status no document names; should it show no resolved one, they are asked for by name.

    The items do not say whose a ticket is, and reading thousands of tickets for it takes an hour. So a full list sync begins with the
    agent's own: asking for them by e-mail is what tells it.
    """

    def __init__(self, api: Api, account: AccountId, observed: ObservedValues) -> None:
        self._api = api
        self._account = account
        self._observed = observed

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        """Yield pages."""
        await self._observed.load_brands(self._api)
        position = _Cursor.read(cursor)
        if position is None or position.full != full or position.status not in (*_OPEN, _ANY_STATUS, _RESOLVED):
            position = _Cursor(full, _OPEN[0], mine=full and bool(self._observed.me.email))
        deduplicator, guard = Deduplicator(), LoopGuard()
        while position is not None:
            guard.advance((position.mine, position.status, position.after))
            page = await self._page(position)
            found = [mapping.ticket(self._account, item, self._observed.brands) for item in page.tickets]
            if position.mine:
                found = [mapping.assigned(remote, self._observed.me) for remote in found]
            # A ticket that changed its status while we read comes twice, the second time as it is now.
            fresh = deduplicator.only_new(found, lambda remote: f"{remote.ticket.key.remote}\n{remote.ticket.state_id}")
            self._observed.observe(fresh)
            told = position.status == _ANY_STATUS and any(remote.ticket.state_id == _RESOLVED for remote in found)
            following = replace(position, shows_resolved=position.shows_resolved or told).following(page.next_cursor)
            if following is not None and following.after:
                guard.check_progress(remote.ticket.key.remote for remote in found)
            else:
                guard = LoopGuard()  # the next list
            yield TicketPage(
                fresh, "" if following is None else str(following), following is None, left_out=page.tickets.left_out
            )
            position = following

    async def _page(self, position: _Cursor) -> TicketList:
        mine = self._observed.me.email if position.mine else ""
        try:
            return await self._api.tickets(
                status=position.status, assignee=mine, after=position.after, request_priority=RequestPriority.BACKGROUND
            )
        except (UnexpectedResponse, NotFound) as problem:
            if problem.status not in (400, 404, 422) or not (position.after or mine):
                raise
            if mine:
                return TicketList(Items(), "")  # nobody of that name there: then nothing is theirs
            # A stored cursor that the vendor no longer takes: begin this status again.
            return await self._api.tickets(status=position.status, request_priority=RequestPriority.BACKGROUND)


class ThreadReader:
    """Reads conversations, and tickets: both come with one call."""

    def __init__(self, api: Api, account: AccountId, observed: ObservedValues) -> None:
        self._api = api
        self._account = account
        self._observed = observed

    async def thread(self, remote: str) -> RemoteThread:
        """Return everything that the vendor tells of a ticket."""
        await self._observed.load_brands(self._api)
        detail = await self._api.ticket(remote)
        if detail.ticket is not None and detail.ticket.model.id != remote:
            raise UnexpectedResponse("the answer tells another ticket than the one asked for")
        if detail.ticket is None and detail.messages is None:
            raise UnexpectedResponse("the answer tells neither a ticket nor a conversation")
        thread = mapping.thread(TicketKey(self._account, remote), detail, self._observed.brands, self._observed.home)
        if thread.ticket is not None:
            self._observed.observe((thread.ticket,))
        return thread

    async def by_id(self, remote: str) -> RemoteTicket:
        """Return the ticket alone, which perhaps is not there."""
        return await self.ticket(remote)

    async def ticket(self, remote: str) -> RemoteTicket:
        """Return the ticket alone."""
        found = (await self.thread(remote)).ticket
        if found is None or not found.known:
            raise UnexpectedResponse("the answer tells no ticket")
        return found


class RemoteSearch:
    """Searches at the vendor: by meaning and by terms, best first."""

    def __init__(self, api: Api, account: AccountId, observed: ObservedValues) -> None:
        self._api = api
        self._account = account
        self._observed = observed

    async def search(self, question: SearchQuestion, limit: int) -> SearchPage:
        """Return what one call finds: neither pages nor a total are documented, nor another order than by relevance."""
        if not question.text.strip():
            return SearchPage()
        await self._observed.load_brands(self._api)
        found = await self._api.search(question.text, created_after=question.created_after)
        items = list(found.items)
        if all(item.model.score is not None for item in items):
            items.sort(key=lambda item: -(item.model.score or 0.0))
        tickets = (mapping.ticket(self._account, Item(item.model, item.raw), self._observed.brands) for item in items)
        return SearchPage(tuple(remote for remote in tickets if _is_after(remote, question.created_after))[:limit])


def _is_after(remote: RemoteTicket, day: date | None) -> bool:
    """Tell whether a ticket was made on a day or behind it, as far as its time is told."""
    made = remote.ticket.created_at
    return day is None or made is None or made.date() >= day


class FileDownloader:
    """Fetches files from the addresses that messages name (undocumented but for the upload, so only where one is named)."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def download(self, attachment: Attachment) -> bytes:
        """Return the bytes."""
        if not attachment.url:
            raise UnexpectedResponse("the vendor names no address for this file")
        try:
            return await self._api.download(attachment.url, presigned=False)
        except (UnexpectedResponse, NotAllowed):
            return await self._api.download(
                attachment.url, presigned=True
            )  # a signed address refuses a second credential
