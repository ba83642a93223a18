"""Thalamus' eight endpoints, one method each (docs.developers.nerds.nl). All are POST upserts; the key is the partner's own id."""

from collections.abc import Mapping
from typing import Any, TypeVar

from deskhand.http.address import quote_segment
from deskhand.http.client import VendorClient
from deskhand.http.wire import Item, Wire, read_item

from . import wire

M = TypeVar("M", bound=Wire)

Body = Mapping[str, Any]


class Api:
    """An answer without a valid `data.uuid` proves nothing and is OutcomeUnknown."""

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    async def ticket(self, external_id: str, body: Body) -> Item[wire.Ticket]:
        """`POST /ticket/{external_id}`: only the given fields change."""
        return await self._post(
            wire.Ticket, f"/ticket/{quote_segment(external_id)}", body, {"external_id": external_id}
        )

    async def comment(self, ticket: str, body: Body) -> Item[wire.Comment]:
        """`POST /ticket/{external_id}/comment`: the same `external_id` in the body is the same comment."""
        own = {"external_id": body["external_id"], "external_ticket_id": ticket}
        return await self._post(wire.Comment, f"/ticket/{quote_segment(ticket)}/comment", body, own)

    async def contact(self, external_id: str, body: Body) -> Item[wire.Confirmed]:
        """`POST /contact/{external_id}`."""
        return await self._post(
            wire.Confirmed, f"/contact/{quote_segment(external_id)}", body, {"external_id": external_id}
        )

    async def organization(self, external_id: str, body: Body) -> Item[wire.Confirmed]:
        """`POST /organization/{external_id}`."""
        path = f"/organization/{quote_segment(external_id)}"
        return await self._post(wire.Confirmed, path, body, {"external_id": external_id})

    async def status(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /partner/reference/status`: the page's heading leaves `/partner` out, its example has it."""
        return await self._post(wire.Confirmed, "/partner/reference/status", body, _echo(body, "id"))

    async def category(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /reference/category`."""
        return await self._post(wire.Confirmed, "/reference/category", body, _echo(body, "external_id"))

    async def agent(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /reference/agent`."""
        return await self._post(wire.Confirmed, "/reference/agent", body, _echo(body, "external_id"))

    async def queue(self, body: Body) -> Item[wire.Confirmed]:
        """`POST /queue`: what makes two records the same is not documented, so it is sent once."""
        return await self._post(wire.Confirmed, "/queue", body, _echo(body, "type", "phone"), repeatable=False)

    async def _post(
        self, model: type[M], path: str, body: Body, own: Mapping[str, Any], *, repeatable: bool = True
    ) -> Item[M]:
        answer = await self._client.write("POST", path, json=body, repeatable=repeatable)
        return await answer.map(lambda data: _own(model, data, own), accepted=True)  # nothing can be looked at


def _echo(body: Body, *names: str) -> Mapping[str, Any]:
    return {name: body[name] for name in names}


def _own(model: type[M], data: Any, own: Mapping[str, Any]) -> Item[M]:
    """Open the envelope; what it tells has to be the record that was sent, which the documents show repeated.

    Args:
        own: names and values by which it is known.
    """
    if not isinstance(data, dict) or data.get("success") is not True:
        raise ValueError("not confirmed")
    said = data.get("data")
    if not isinstance(said, dict) or any(str(said.get(name)) != str(value) for name, value in own.items()):
        raise ValueError("another record than the one that was sent")
    return read_item(model, said)
