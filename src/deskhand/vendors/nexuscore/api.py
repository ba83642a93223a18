"""NexusCore's endpoints, one method each (tickets-api, brands-api)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.domain.lanes import Lane
from deskhand.domain.problems import Invalid
from deskhand.vendors.http.address import segment
from deskhand.vendors.http.answers import Answer
from deskhand.vendors.http.client import VendorClient
from deskhand.vendors.http.wire import Items, inside, read_items

from .conversation import Detail, read_detail
from .wire import Brand, Ticket, Upload


@dataclass(frozen=True, slots=True)
class TicketList:
    """A page of tickets and the cursor of the next; "" at the end."""

    tickets: Items[Ticket]
    next_cursor: str


class Api:
    """Says what the documents say, nothing more.

    Args:
        brand: the one brand whose tickets are listed and searched; "" = all.
    """

    def __init__(self, client: VendorClient, *, attachment_key: str, brand: str = "") -> None:
        self._client = client
        self._attachment_key = attachment_key
        self.brand = brand

    async def tickets(
        self, *, status: str = "", brand: str = "", assignee: str = "", after: str = "", lane: Lane | None = None
    ) -> TicketList:
        """`GET /v1/tickets`: one status per call, an assignee by e-mail, no page size, no order."""
        given = {"brand_id": brand or self.brand, "status": status, "assigned_to": assignee, "after": after}
        params = {name: value for name, value in given.items() if value}
        answer = await self._client.read("GET", "/v1/tickets", params=params, lane=lane)
        return await answer.map(_ticket_list)

    async def ticket(self, remote: str) -> Detail:
        """`GET /v1/tickets/{id}`: with conversation, participants and audit trail."""
        answer = await self._client.read("GET", f"/v1/tickets/{segment(remote)}")
        return await answer.map(lambda data: read_detail(accepted(data)))

    async def create(self, body: Mapping[str, Any]) -> Answer:
        """`POST /v1/tickets`: no idempotency key."""
        return await self._client.write("POST", "/v1/tickets", json=body)

    async def patch(self, remote: str, changes: Mapping[str, Any]) -> Answer:
        """`PATCH /v1/tickets/{id}`: status, priority, assigned_to, tags."""
        return await self._client.write("PATCH", f"/v1/tickets/{segment(remote)}", json=changes)

    async def reply(self, remote: str, body: str, cc: Sequence[str], attachments: Sequence[str]) -> Answer:
        """`POST /v1/tickets/{id}/messages` as agent.

        "Add the attachment ID to the message payload" is all that is said of files, so the name of the list is a setting.
        """
        message: dict[str, Any] = {"author_type": "agent", "body": body}
        if cc:
            message["cc"] = list(cc)
        if attachments:
            message[self._attachment_key] = list(attachments)
        return await self._client.write("POST", f"/v1/tickets/{segment(remote)}/messages", json=message)

    async def request_upload(self, name: str, mime: str) -> Upload:
        """`POST /v1/attachments`: the first of three steps; the keys of both directions are not printed."""
        answer = await self._client.write("POST", "/v1/attachments", json={"file_name": name, "content_type": mime})
        place = await answer.map(_upload)
        if place is None:
            raise Invalid("the answer names no address to send the file to", status=answer.status)
        return place

    async def upload(self, url: str, data: bytes, mime: str, *, signed: bool) -> None:
        """`PUT` to the address that `request_upload` named: the second step."""
        await self._client.put_bytes(url, data, mime=mime, signed=signed)

    async def search(self, query: str) -> Items[Ticket]:
        """`POST /v1/tickets/search`: best first; the envelope is not printed."""
        body: dict[str, Any] = {"query": query}
        if self.brand:
            body["filters"] = {"brand_id": self.brand}
        answer = await self._client.read("POST", "/v1/tickets/search", json=body)
        return await answer.map(_search_results)

    async def brands(self, *, cursor: str = "", limit: int = 100) -> tuple[Items[Brand], str]:
        """`GET /v1/brands`: at most 100 per page; the cursor's name differs from the tickets'."""
        params: dict[str, str | int] = {"limit": limit}
        if cursor:
            params["cursor"] = cursor
        answer = await self._client.read("GET", "/v1/brands", params=params, lane=Lane.BACKGROUND if cursor else None)
        return await answer.map(lambda data: (read_items(Brand, inside(data, "data")), _next(data)))

    async def download(self, url: str, *, signed: bool) -> bytes:
        """Fetch a file from the address that a message named."""
        return await self._client.get_bytes(url, signed=signed)


def accepted(data: Any) -> Any:
    """Return an answer's data.

    Raises:
        ValueError: it says that the call failed, whatever its status says.
    """
    if isinstance(data, dict) and (data.get("error") or data.get("errors") or data.get("success") is False):
        raise ValueError("it speaks of an error")
    return data


def _upload(data: Any) -> Upload | None:
    """Find the file's id and address wherever the answer has them: its keys and its shape are not printed."""
    said: dict[str, Any] = {}
    for part in _parts(accepted(data)):
        said |= {name: value for name, value in part.items() if isinstance(value, str | int) and name not in said}
    return next(iter(read_items(Upload, [said]).models), None)


def _parts(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in an answer; what is called the attachment first, because others may have an id too."""
    if isinstance(data, dict):
        for name in ("attachment", "file", "data"):
            yield from _parts(data.get(name))
        yield data
        yield from _parts(data.get("upload"))


def _ticket_list(data: Any) -> TicketList:
    accepted(data)
    return TicketList(read_items(Ticket, inside(data, "data", "tickets")), _next(data))


def _next(data: Any) -> str:
    cursor = data.get("next_cursor") if isinstance(data, dict) else None
    return str(cursor) if isinstance(cursor, str | int) and not isinstance(cursor, bool) else ""


def _search_results(data: Any) -> Items[Ticket]:
    found = inside(accepted(data), "data", "results", "tickets", "hits")
    found = inside(found, "results", "tickets", "hits", "items")
    if isinstance(found, list):
        found = [inside(hit, "ticket", "document") for hit in found]
    return read_items(Ticket, found)
