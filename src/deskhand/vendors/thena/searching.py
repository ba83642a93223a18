"""Thena's own search: tickets by title and description, by what was said in their comments, and of a customer's company by its name."""

import logging
from collections.abc import Iterable

from deskhand.domain.ports import SearchPage, SearchQuestion
from deskhand.domain.problems import NotAllowed, NotFound, NotInPlan, UnexpectedResponse
from deskhand.domain.tickets import RemoteTicket
from deskhand.http.wire import Item

from . import mapping, wire
from .api import as_values
from .reading import Session

log = logging.getLogger(__name__)

_NEWEST = "createdAt:desc"
"""The one order that the documents show."""

_BESIDE = 100
"""Comments and companies that are looked at."""

_MOST = 250
"""`per_page` of a search is lowered silently above this."""


class RemoteSearch:
    """Searches three collections: the first page has what each of them finds, further ones go on among the tickets."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def search(self, question: SearchQuestion, limit: int) -> SearchPage:
        """Return a page, in Thena's order: titles and descriptions first, then comments, then companies."""
        if not question.text.strip():
            return SearchPage()
        limit = min(limit, _MOST)
        page = int(question.cursor) if question.cursor.isdecimal() else 1
        lookups = await self._session.lookups()
        sort_by = _NEWEST if question.newest_first else ""
        found = await self._session.api.search(question.text, limit=limit, page=page, sort_by=sort_by)
        hits: dict[str, Item[wire.Ticket]] = {item.model.id: item for item in found.items}
        beside = 0
        if page == 1:
            for item in await self._beside(question.text, sort_by):
                beside += item.model.id not in hits
                hits.setdefault(item.model.id, item)
        tickets = (
            mapping.from_search_hit(item, self._session.account, lookups)
            for item in hits.values()
            if not item.model.deleted_at
        )
        kept = tuple(remote for remote in tickets if _is_after(remote, question))
        is_last = len(found.items) < limit or (found.total is not None and page * limit >= found.total)
        total = None if found.total is None else found.total + beside
        return SearchPage(kept, total, "" if is_last else str(page + 1))

    async def _beside(self, text: str, sort_by: str) -> list[Item[wire.Ticket]]:
        """Return the tickets whose comments hold the text, and those of companies of this name."""
        found: list[Item[wire.Ticket]] = []
        try:
            comments = await self._session.api.search_comments(text, limit=_BESIDE)
            found += await self._tickets("uid", (one.ticket for one in comments.items.models), sort_by)
        except (NotAllowed, NotFound, NotInPlan, UnexpectedResponse) as problem:
            log.info("comments cannot be searched: %s", problem.detail)
        try:
            accounts = await self._session.api.search_accounts(text, limit=_BESIDE)
            found += await self._tickets("accountId", (one.id for one in accounts.items.models), sort_by)
        except (NotAllowed, NotFound, NotInPlan, UnexpectedResponse) as problem:
            log.info("accounts cannot be searched: %s", problem.detail)
        return found

    async def _tickets(self, field: str, values: Iterable[str], sort_by: str) -> tuple[Item[wire.Ticket], ...]:
        wanted = tuple(dict.fromkeys(values))
        if not wanted:
            return ()
        condition = f"{field}:={as_values(wanted)}"
        return (await self._session.api.search("*", limit=_BESIDE, filter_by=condition, sort_by=sort_by)).items.items


def _is_after(remote: RemoteTicket, question: SearchQuestion) -> bool:
    """Tell whether a ticket was made on the day or behind it: a filter by time is not documented, so it is done here."""
    made = remote.ticket.created_at
    return question.created_after is None or made is None or made.date() >= question.created_after
