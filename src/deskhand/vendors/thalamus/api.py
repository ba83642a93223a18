"""Thalamus' eight endpoints, one method each (docs.developers.nerds.nl). All are POST upserts; the key is the partner's own id."""

from collections.abc import Mapping
from typing import Any, TypeVar

from deskhand.vendors.http.address import segment
from deskhand.vendors.http.client import VendorClient
from deskhand.vendors.http.wire import Item, Wire, read_item

from . import wire

M = TypeVar("M", bound=Wire)

Body = Mapping[str, Any]


class Api:
    """An answer without a valid `data.uuid` proves nothing and is OutcomeUnknown."""

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    async def ticket(self, external_id: str, body: Body) -> Item[wire.Ticket]:
        """`POST /ticket/{external_id}`: only the given fields change."""
        return await self._post(wire.Ticket, f"/ticket/{segment(external_id)}", body)

    async def comment(self, ticket: str, body: Body) -> Item[wire.Comment]:
        """`POST /ticket/{external_id}/comment`: the same `external_id` in the body is the same comment."""
        return await self._post(wire.Comment, f"/ticket/{segment(ticket)}/comment", body)

    async def contact(self, external_id: str, body: Body) -> Item[wire.Confirmed]:
        """`POST /contact/{external_id}`."""
        return await self._post(wire.Confirmed, f"/contact/{segment(external_id)}", body)

    async def organization(self, external_id: str, body: Body) -> Item[wire.Confirmed]:
        """`POST /organization/{external_id}`."""
        return await self._post(wire.Confirmed, f"/organization/{segment(external_id)}", body)

    async def status(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /partner/reference/status`: the page's heading leaves `/partner` out, its example has it."""
        return await self._post(wire.Confirmed, "/partner/reference/status", body)

    async def category(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /reference/category`."""
        return await self._post(wire.Confirmed, "/reference/category", body)

    async def agent(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /reference/agent`."""
        return await self._post(wire.Confirmed, "/reference/agent", body)

    async def queue(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /queue`: what makes two records the same is not documented."""
        return await self._post(wire.Confirmed, "/queue", body)

    async def _post(self, model: type[M], path: str, body: Body) -> Item[M]:
        answer = await self._client.write("POST", path, json=body)
        return await answer.map(lambda data: read_item(model, _confirmed(data)))


def _confirmed(data: Any) -> Any:
    """Open the envelope. `success: false` is not documented and certainly no confirmation."""
    if not isinstance(data, dict) or data.get("success") is False:
        raise ValueError("not confirmed")
    return data.get("data")
