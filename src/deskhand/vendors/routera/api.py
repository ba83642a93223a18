"""Routera's endpoints, one method each (docs.routera.io/api-reference). Answers are flat; what is written goes under `fields`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from deskhand.domain.request_priority import RequestPriority
from deskhand.http.address import quote_segment
from deskhand.http.answers import Answer
from deskhand.http.client import VendorClient
from deskhand.http.wire import Item, Items, read_item, read_page
from deskhand.vendors.values import as_number

from . import wire

T = TypeVar("T")

MIN_PAGE_SIZE, PAGE_SIZE = 10, 100
"""The prose allows 10 to 100, a schema 1 to 100."""


class Api:
    """`properties` are the fields asked for beyond the default set; an unknown one is answered with 400."""

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    async def tickets(
        self,
        read: Callable[[Items[wire.Record]], T],
        properties: Sequence[str],
        *,
        offset: int = 0,
        limit: int = PAGE_SIZE,
        archived: bool = False,
        request_priority: RequestPriority | None = None,
    ) -> tuple[T, int]:
        """`GET /tickets`, with the archived ones too where asked.

        Returns:
            What `read` made of the page, and the page size that the answer says it had.
        """
        params = {
            "limit": limit,
            "offset": offset,
            "archived": "true" if archived else "false",
            "properties": ",".join(properties),
        }
        answer = await self._client.read("GET", "/tickets", params=params, priority=request_priority)
        return await answer.map(lambda data: (read(_listed(wire.Record, data)), _limit(data, limit)))

    async def ticket(self, remote: str, properties: Sequence[str]) -> Item[wire.Record]:
        """`GET /tickets/{id}`: archived ones are found too."""
        params = {"properties": ",".join(properties)}
        answer = await self._client.read("GET", f"/tickets/{quote_segment(remote)}", params=params)
        return await _told(answer, remote)

    async def create(self, fields: Mapping[str, Any]) -> Item[wire.Record]:
        """`POST /tickets`; 409 where an active record has the same `external_id`."""
        answer = await self._client.write("POST", "/tickets", json={"fields": fields}, repeatable=True)
        return await answer.map(lambda data: read_item(wire.Record, data))

    async def update(self, remote: str, fields: Mapping[str, Any], properties: Sequence[str]) -> Item[wire.Record]:
        """`PATCH /tickets/{id}`; 409 where it is archived or its `external_id` is taken."""
        path, params = f"/tickets/{quote_segment(remote)}", {"properties": ",".join(properties)}
        answer = await self._client.write("PATCH", path, params=params, json={"fields": fields}, repeatable=True)
        return await _told(answer, remote)

    async def archive(self, remote: str) -> Item[wire.Record]:
        """`DELETE /tickets/{id}`; 404 also where it is archived already."""
        answer = await self._client.write("DELETE", f"/tickets/{quote_segment(remote)}", repeatable=True)
        return await _told(answer, remote)

    async def routers(self, *, offset: int = 0, limit: int = PAGE_SIZE) -> tuple[Items[wire.Router], int]:
        """`GET /routers`, with the page size that the answer says it had."""
        answer = await self._client.read("GET", "/routers", params={"limit": limit, "offset": offset})
        return await answer.map(lambda data: (_listed(wire.Router, data), _limit(data, limit)))

    async def dispatch(self, router: str, remote: str) -> wire.Dispatched:
        """`POST /dispatch/router`; 200 does not mean that an owner was found. It has no key: a second run may assign again."""
        body = {"router_id": router, "object_id": remote}
        answer = await self._client.write("POST", "/dispatch/router", json=body, repeatable=False)
        said = await answer.map(wire.Dispatched.model_validate)
        texts = {
            name: answer.redact(getattr(said, name)) for name in ("message", "user", "field_name", "hubspot_error")
        }
        return said.model_copy(update=texts)


M = TypeVar("M", wire.Record, wire.Router)


async def _told(answer: Answer, remote: str) -> Item[wire.Record]:
    item: Item[wire.Record] = await answer.map(lambda data: read_item(wire.Record, data))
    if item.model.id != remote:
        raise answer.unexpected("the answer tells another record than the one asked for")
    return item


def _listed(model: type[M], data: Any) -> Items[M]:
    """Open the documented envelope. A bare list is none: what is empty by mistake must not empty the store."""
    return read_page(model, data.get("data") if isinstance(data, dict) else None)


def _limit(data: Any, asked: int) -> int:
    span = data.get("pagination") if isinstance(data, dict) else None
    said = span.get("limit") if isinstance(span, dict) else None
    limit = as_number(said) if isinstance(said, str) else said
    return limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit <= asked else asked
