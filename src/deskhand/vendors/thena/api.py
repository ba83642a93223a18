"""Thena's endpoints, one method each (docs.thena.ai/api-reference). [I] marks what no page shows and the documents only imply."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.request_priority import RequestPriority
from deskhand.http.address import quote_segment
from deskhand.http.client import VendorClient
from deskhand.http.wire import Item, Items, read_item, read_items, read_page, read_search_results

from . import wire

T = TypeVar("T")
M = TypeVar("M", bound=wire.Said)

_TICKETS = "/v1/tickets"
_TICKET = "/v1/tickets/{id}"


def _content(data: Any) -> Any:
    """Open the envelope `{"status": true, "message", "timestamp", "data"}`, where there is one.

    Some endpoints are documented with it and shown without it. A ticket's own `status` is a text.

    Raises:
        ValueError: the envelope says that the call failed; an empty list beside that is no empty list.
    """
    if isinstance(data, dict) and data.get("status") is False:
        raise ValueError("its status says that the call failed")
    if isinstance(data, dict) and "data" in data and not isinstance(data.get("status"), str):
        if data.get("status", True) is not True:
            raise ValueError("its status does not say that the call worked")
        return data["data"]
    return data


def _listed(data: Any) -> Any:
    """Open the envelope of a list that is never documented bare: what is empty by mistake must not empty the store."""
    if not isinstance(data, dict) or "data" not in data:
        raise ValueError("no envelope")
    return _content(data)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """What a search found: one page of it, and how much there is in all; None where that is not told."""

    items: Items[M]
    total: int | None


class Api:
    """Every limit counts per path (`X-RateLimit-Path`), so each call names its own."""

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    async def tickets(
        self,
        read: Callable[[Items[wire.Ticket]], T],
        *,
        page: int,
        limit: int,
        date_range: str = "",
        request_priority: RequestPriority | None = None,
    ) -> T:
        """`GET /v1/tickets`: 0-based pages, no total, no order promised."""
        params: dict[str, str | int] = {"page": page, "limit": limit}
        if date_range:
            params["dateRange"] = date_range
        answer = await self._client.read(
            "GET", _TICKETS, params=params, priority=request_priority, scope=f"GET {_TICKETS}"
        )
        return await answer.map(lambda data: read(read_page(wire.Ticket, _listed(data))))

    async def ticket(self, remote: str) -> Item[wire.Ticket]:
        """`GET /v1/tickets/{id}` [I]."""
        answer = await self._client.read("GET", f"{_TICKETS}/{quote_segment(remote)}", scope=f"GET {_TICKET}")
        return await answer.map(lambda data: read_item(wire.Ticket, _content(data)))

    async def create(self, body: Mapping[str, Any]) -> Item[wire.Ticket]:
        """`POST /v1/tickets`."""
        answer = await self._client.write("POST", _TICKETS, json=body, scope=f"POST {_TICKETS}", repeatable=True)
        return await answer.map(lambda data: read_item(wire.Ticket, _content(data)))

    async def update(self, remote: str, changes: Mapping[str, Any]) -> Item[wire.Ticket]:
        """`PATCH /v1/tickets/{id}`."""
        path = f"{_TICKETS}/{quote_segment(remote)}"
        answer = await self._client.write("PATCH", path, json=changes, scope=f"PATCH {_TICKET}", repeatable=True)
        item: Item[wire.Ticket] = await answer.map(lambda data: read_item(wire.Ticket, _content(data)))
        if item.model.id != remote:
            raise answer.unexpected("the answer tells another ticket than the one that was changed")
        return item

    async def update_many(self, remotes: Sequence[str], changes: Mapping[str, Any]) -> wire.BulkChange:
        """`PATCH /v1/tickets/bulk`: who was changed, and who was left out and why."""
        path = f"{_TICKETS}/bulk"
        body = {"ticketIds": list(remotes), **changes}
        answer = await self._client.write("PATCH", path, json=body, scope=f"PATCH {path}", repeatable=True)
        item: Item[wire.BulkChange] = await answer.map(lambda data: read_item(wire.BulkChange, _content(data)))
        left_out = tuple(one.model_copy(update={"reason": answer.redact(one.reason)}) for one in item.model.skipped)
        return item.model.model_copy(update={"skipped": left_out})

    async def link(self, remote: str, other: str) -> Item[wire.Ticket]:
        """`PATCH /v1/tickets/link`: the answer is one of both tickets; an older page alone shows it."""
        return await self._join("link", {"sourceTicketId": remote, "linkedTicketId": other})

    async def make_sub_ticket(self, remote: str, other: str) -> Item[wire.Ticket]:
        """`PATCH /v1/tickets/sub-ticket` with a ticket that is there already; an older page alone shows it."""
        return await self._join("sub-ticket", {"parentTicketId": remote, "subTicketId": other})

    async def _join(self, how: str, body: Mapping[str, str]) -> Item[wire.Ticket]:
        path = f"{_TICKETS}/{how}"
        answer = await self._client.write("PATCH", path, json=body, scope=f"PATCH {path}")
        item: Item[wire.Ticket] = await answer.map(lambda data: read_item(wire.Ticket, _content(data)))
        if item.model.id not in body.values():
            raise answer.unexpected("the answer tells another ticket than those that were joined")
        return item

    async def comments(self, remote: str, *, page: int, limit: int) -> Items[wire.Comment]:
        """`GET /v1/comments` of a ticket: 0-based pages, no order promised."""
        params: dict[str, str | int] = {"entityType": "ticket", "entityId": remote, "page": page, "limit": limit}
        answer = await self._client.read("GET", "/v1/comments", params=params, scope="GET /v1/comments")
        return await answer.map(lambda data: read_page(wire.Comment, _listed(data)))

    async def comment(self, remote: str, body: Mapping[str, Any]) -> Item[wire.Comment]:
        """`POST /v1/tickets/{id}/comment`."""
        path = f"{_TICKETS}/{quote_segment(remote)}/comment"
        answer = await self._client.write("POST", path, json=body, scope=f"POST {_TICKET}/comment", repeatable=True)
        return await answer.map(lambda data: read_item(wire.Comment, _content(data)))

    async def search(
        self, text: str, *, limit: int, page: int = 1, filter_by: str = "", sort_by: str = ""
    ) -> Found[wire.Ticket]:
        """`GET /v1/search/tickets`: in titles and descriptions, best first where no other order is asked for."""
        return await self._search(
            wire.Ticket,
            "tickets",
            "title,description",
            text,
            limit=limit,
            page=page,
            filter_by=filter_by,
            sort_by=sort_by,
        )

    async def search_comments(self, text: str, *, limit: int) -> Found[wire.FoundComment]:
        """`GET /v1/search/comments`."""
        return await self._search(wire.FoundComment, "comments", "content", text, limit=limit)

    async def search_accounts(self, text: str, *, limit: int) -> Found[wire.FoundAccount]:
        """`GET /v1/search/accounts`: the customers' companies, by name."""
        return await self._search(wire.FoundAccount, "accounts", "name", text, limit=limit)

    async def _search(
        self, model: type[M], collection: str, fields: str, text: str, *, limit: int, page: int = 1, **more: str
    ) -> Found[M]:
        """Typesense behind it: `{"result": {"found": n, "hits": [{"document"}]}}`; `per_page` is lowered silently above 250."""
        params: dict[str, str | int] = {"q": text, "query_by": fields, "per_page": limit}
        if page > 1:
            params["page"] = page
        params |= {name: value for name, value in more.items() if value}
        path = f"/v1/search/{collection}"
        answer = await self._client.read("GET", path, params=params, scope=f"GET {path}")
        return await answer.map(lambda data: Found(read_search_results(model, _documents(data)), _total(data)))

    async def teams(self) -> Items[wire.Team]:
        """`GET /v1/teams` [I]: the teams that the key's owner is part of."""
        return await self._list(wire.Team, "/v1/teams")

    async def statuses(self, team: str) -> Items[wire.Status]:
        """`GET /v1/tickets/status` of a team."""
        return await self._list(wire.Status, "/v1/tickets/status", teamId=team)

    async def members(self, team: str) -> Items[wire.Member]:
        """`GET /v1/teams/{id}/members`: unpaged."""
        return await self._list(wire.Member, f"/v1/teams/{quote_segment(team)}/members", "/v1/teams/{id}/members")

    async def custom_fields(self, *, page: int, limit: int) -> Items[wire.CustomField]:
        """`GET /v1/custom-field` of tickets."""
        return await self._list(wire.CustomField, "/v1/custom-field", source="ticket", page=page, limit=limit)

    async def forms(self, *, page: int, limit: int) -> Items[wire.Form]:
        """`GET /v1/forms`."""
        return await self._list(wire.Form, "/v1/forms", page=page, limit=limit)

    async def _list(self, model: type[M], path: str, template: str = "", **params: str | int) -> Items[M]:
        answer = await self._client.read("GET", path, params=params, scope=f"GET {template or path}")
        return await answer.map(lambda data: read_items(model, _content(data)))


def as_value(text: str) -> str:
    """Return a text as a value in `filter_by`."""
    return text if text.isalnum() else f"`{text.replace('`', '')}`"


def as_values(texts: Iterable[str]) -> str:
    """Return texts as a list of values in `filter_by`, of which one has to be."""
    return f"[{','.join(map(as_value, texts))}]"


def _total(data: Any) -> int | None:
    found = data["result"].get("found") if isinstance(data, dict) and isinstance(data.get("result"), dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _documents(data: Any) -> list[Any]:
    result = data.get("result") if isinstance(data, dict) else None
    hits = result.get("hits") if isinstance(result, dict) else None
    if not isinstance(hits, list):
        raise ValueError("no hits")  # noqa: TRY004 - the one class that `Answer.map` takes
    return [hit.get("document") if isinstance(hit, dict) else hit for hit in hits]
