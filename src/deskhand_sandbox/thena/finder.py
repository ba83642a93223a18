"""The search call: what it finds, cached while nothing changes, and how a hit reads."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from deskhand_sandbox.thena.search import ACCOUNTS, COMMENTS, TICKETS, SearchQuery, answer
from deskhand_sandbox.thena.tickets import Comment, Ticket
from deskhand_sandbox.thena.vendor_data import VendorData
from deskhand_sandbox.thena.vocabulary import iso

COLLECTIONS = ("tickets", "comments", "accounts")


class Finder:
    """Searches the desk.

    Args:
        vendor_data: what is searched.
        shown: drops what the server does not show (the nulls, in one of its modes).

    Attributes:
        ids: "internal" gives a hit the number as `id` and the API's id as `uid`; "api" gives the API's id as both.
    """

    def __init__(self, vendor_data: VendorData, shown: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.ids: Literal["internal", "api"] = "internal"
        self._vendor_data = vendor_data
        self._shown = shown
        self._cached: tuple[object, list[Any]] = (None, [])

    async def search(self, request: Request) -> Response:
        """`GET /v1/search/{collection}`."""
        collection = request.path_params["collection"]
        if collection not in COLLECTIONS:
            raise HTTPException(404, "Collection not found!")
        ask = SearchQuery.read(request.query_params)
        found = self._matching(collection, ask)
        if request.query_params.get("streaming") == "true":
            return StreamingResponse(self._streamed(collection, found, ask), media_type="application/json")
        start = (ask.page - 1) * ask.per_page
        hits = [self._hit(item) for item in found[start : start + ask.per_page]]
        return JSONResponse(answer(hits, len(found), ask, collection))

    def _matching(self, collection: str, ask: SearchQuery) -> list[Any]:
        """What a search finds; cached until something is written, so that paging through it is cheap."""
        key = (collection, ask.selection, self._vendor_data.version)
        if self._cached[0] != key:
            match collection:
                case "tickets":
                    found: list[Any] = TICKETS.find(self._vendor_data.newest_first(), ask)
                case "comments":
                    said = (comment for ticket in self._vendor_data.newest_first() for comment in ticket.thread)
                    found = COMMENTS.find(said, ask)
                case _:
                    found = ACCOUNTS.find(self._vendor_data.seeding.accounts(), ask)
            self._cached = (key, found)
        return self._cached[1]

    async def _streamed(self, collection: str, found: Sequence[Any], ask: SearchQuery) -> AsyncIterator[str]:
        for start in range(0, len(found), ask.per_page):
            hits = [self._hit(item) for item in found[start : start + ask.per_page]]
            yield json.dumps(answer(hits, len(found), ask, collection)) + "\n"
        yield json.dumps({"done": True}) + "\n"

    def _hit(self, item: Ticket | Comment | tuple[str, str]) -> dict[str, Any]:
        """A found object as a search document: other types and a few more names than the ticket calls have."""
        match item:
            case Ticket():
                return self._shown(self._ticket(item)) | self._number(item.number)
            case Comment():
                answered = item.payload() | {"uid": item.id, "ticketUid": item.ticket}
                return self._shown(answered) | self._number(item.number)
            case (uid, name):
                return {"id": uid, "uid": uid, "name": name}

    def _ticket(self, ticket: Ticket) -> dict[str, Any]:
        organization, links = self._vendor_data.vocabulary.organization, self._vendor_data.links
        return ticket.payload(organization, iso(self._vendor_data.founded)) | {
            "uid": ticket.id,
            "ticketId": str(ticket.number),
            "organizationUid": organization,
            "organizationId": 1,
            "formId": 1,
            "formUid": ticket.form,
            "teamUid": ticket.team.id,
            "accountName": ticket.account,
            "metadata": json.dumps(ticket.withheld.get("metadata", {})),
            "ticketRelationshipsAsSource": [linked for source, linked in links if source == ticket.id],
            "ticketRelationshipsAsTarget": [source for source, linked in links if linked == ticket.id],
        }

    def _number(self, number: int) -> dict[str, str]:
        return {"id": str(number)} if self.ids == "internal" else {}
