"""Routera's reading facets: the list and single records; and what all facets of an account share.

Nothing tells what changed, so every list sync reads the whole list; a full one includes archived records, which else just vanish. The stage
and custom fields are answered only where they are asked for.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from deskhand.domain import plain
from deskhand.domain.accounts import SignIn
from deskhand.domain.capabilities import Capabilities
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import TicketPage
from deskhand.domain.problems import DeskProblem, UnexpectedResponse
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.paging import LoopGuard
from deskhand.http.wire import Item, Items
from deskhand.vendors.values import parse_pairs

from . import mapping, wire
from .api import MIN_PAGE_SIZE, PAGE_SIZE, Api

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The position of a list sync; stored as its cursor. Offset 0 = at the beginning."""

    offset: int = 0
    full: bool = False

    @classmethod
    def read(cls, text: str) -> "_Cursor":
        """Read a stored cursor; the beginning for what an older version wrote."""
        try:
            return plain.loads(cls, text) if text else cls()
        except (ValueError, TypeError, AttributeError):
            return cls()


class Session:
    """What the facets of one account share: its endpoints, and the values observed in its answers."""

    def __init__(self, api: Api, sign_in: SignIn) -> None:
        self.api = api
        self.account = sign_in.account
        self.stages = mapping.Stages.from_settings(sign_in.settings)
        self.custom = parse_pairs(sign_in.settings.get("custom_fields", ""))
        self.known = sign_in.known or Capabilities()
        self.observed = mapping.ObservedValues(kinds={field.name: field.kind for field in self.known.custom_fields})

    @property
    def properties(self) -> tuple[str, ...]:
        """What has to be asked for beyond the default set."""
        return ("ticket_stage", *(name for name, _ in self.custom))

    async def read_known_fields(self, call: Callable[[Sequence[str]], Awaitable[T]]) -> T:
        """Read with all properties; without those that Routera does not know (any more)."""
        try:
            return await call(self.properties)
        except UnexpectedResponse as problem:
            if problem.status != 400 or not await self.drop_unknown_fields():
                raise
        return await call(self.properties)

    async def drop_unknown_fields(self) -> bool:
        """Ask for each custom field by itself, and no longer for those that are refused; tells whether there was one."""
        before = self.custom
        self.custom = tuple([pair for pair in before if await self._is_known(pair[0])])
        gone = [name for name, _ in before if name not in dict(self.custom)]
        if gone:
            log.warning("no longer asked for, because Routera does not know them: %d custom fields", len(gone))
        return bool(gone)

    async def _is_known(self, name: str) -> bool:
        try:
            await self.api.tickets(len, (name,), limit=MIN_PAGE_SIZE)
        except DeskProblem as problem:
            return problem.status != 400
        return True

    async def page(self, offset: int, limit: int, *, archived: bool) -> tuple["Page", int]:
        """Return a page, mapped, and the size it was cut to."""

        def read(items: Items[wire.Record]) -> Page:
            return Page(items, tuple(self.to_ticket(item) for item in items))

        return await self.read_known_fields(
            lambda names: self.api.tickets(read, names, offset=offset, limit=limit, archived=archived)
        )

    def to_ticket(self, item: Item[wire.Record], *, whole: bool = True) -> RemoteTicket:
        """Map a record."""
        return mapping.ticket(item, self.account, self.stages, whole=whole)

    async def ticket(self, remote: str) -> RemoteTicket:
        """Read one record."""
        item = await self.read_known_fields(lambda names: self.api.ticket(remote, names))
        self.observed.add(item.model)
        return self.to_ticket(item)

    async def read_back(self, remote: str, otherwise: RemoteTicket | None) -> RemoteTicket | None:
        """Read a record after it was written; the write stands whether or not this works."""
        with suppress(DeskProblem):
            return await self.ticket(remote)
        return otherwise


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: as it came, and mapped."""

    items: Items[wire.Record]
    tickets: tuple[RemoteTicket, ...]

    @property
    def received(self) -> int:
        """How many records came, readable or not."""
        return len(self.items) + self.items.left_out

    @property
    def fingerprint(self) -> int:
        """What tells this page from others; a hash, because a long list sync must not hold what it read."""
        return hash(tuple(item.raw for item in self.items))


class TicketLister:
    """Reads the whole list."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        """Yield pages; a list sync of the same kind that was interrupted goes on.

        Pages shift while they are read: what moved may be told twice, which the store merges, and what slipped through comes with
        the next list sync.
        """
        position = _Cursor.read(cursor)
        if position.full != full:
            position = _Cursor(full=full)
        guard = LoopGuard()
        while True:
            page, size = await self._session.page(position.offset, PAGE_SIZE, archived=full)
            for model in page.items.models:
                self._session.observed.add(model)
            last = page.received < size
            position = _Cursor() if last else replace(position, offset=position.offset + page.received)
            yield TicketPage(page.tickets, plain.dumps(position), last=last, left_out=page.items.left_out)
            if last:
                return
            guard.advance(page.fingerprint)
            guard.check_progress(model.id for model in page.items.models)


class TicketReader:
    """Reads single records."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def by_id(self, remote: str) -> RemoteTicket:
        """Return the record, which perhaps is not there."""
        return await self.ticket(remote)

    async def ticket(self, remote: str) -> RemoteTicket:
        """Return the record as it is now."""
        return await self._session.ticket(remote)
