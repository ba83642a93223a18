"""NexusCore's endpoints, one method each (tickets-api, brands-api)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid
from deskhand.domain.request_priority import RequestPriority
from deskhand.http.address import quote_segment
from deskhand.http.answers import Answer
from deskhand.http.client import VendorClient
from deskhand.http.wire import Items, read_items, read_page, read_search_results, unwrap

from .conversation import Detail, read_detail
from .wire import SCORE_NAMES, Brand, FoundTicket, Ticket, Upload


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
        self,
        *,
        status: str = "",
        brand: str = "",
        assignee: str = "",
        after: str = "",
        request_priority: RequestPriority | None = None,
    ) -> TicketList:
        """`GET /v1/tickets`: one status per call, an assignee by e-mail, no page size, no order."""
        given = {"brand_id": brand or self.brand, "status": status, "assigned_to": assignee, "after": after}
        params = {name: value for name, value in given.items() if value}
        answer = await self._client.read("GET", "/v1/tickets", params=params, priority=request_priority)
        return await answer.map(_ticket_list)

    async def ticket(self, remote: str) -> Detail:
        """`GET /v1/tickets/{id}`: with conversation, participants and audit trail."""
        answer = await self._client.read("GET", f"/v1/tickets/{quote_segment(remote)}")
        return await answer.map(read_detail)

    async def create(self, body: Mapping[str, Any]) -> Answer:
        """`POST /v1/tickets`: no idempotency key."""
        return await self._client.write("POST", "/v1/tickets", json=body, repeatable=False)

    async def patch(self, remote: str, changes: Mapping[str, Any]) -> Answer:
        """`PATCH /v1/tickets/{id}`: status, priority, assigned_to, tags."""
        return await self._client.write("PATCH", f"/v1/tickets/{quote_segment(remote)}", json=changes, repeatable=True)

    async def reply(self, remote: str, body: str, cc: Sequence[str], attachments: Sequence[str]) -> Answer:
        """`POST /v1/tickets/{id}/messages` as agent.

        "Add the attachment ID to the message payload" is all that is said of files, so the name of the list is a setting.
        """
        message: dict[str, Any] = {"author_type": "agent", "body": body}
        if cc:
            message["cc"] = list(cc)
        if attachments:
            message[self._attachment_key] = list(attachments)
        path = f"/v1/tickets/{quote_segment(remote)}/messages"
        return await self._client.write("POST", path, json=message, repeatable=False)

    async def request_upload(self, name: str, mime: str) -> Upload:
        """`POST /v1/attachments`: the first of three steps; the keys of both directions are not printed."""
        body = {"file_name": name, "content_type": mime}
        # A second address for a file is used by nothing: harmless.
        answer = await self._client.write("POST", "/v1/attachments", json=body, repeatable=True)
        place = await answer.map(_upload, accepted=True)
        if place is None:
            raise Invalid("the answer names no address to send the file to", status=answer.status)
        return place

    async def upload(self, url: str, data: bytes, mime: str, *, presigned: bool) -> None:
        """`PUT` to the address that `request_upload` named: the second step."""
        answer = await self._client.put_bytes(url, data, mime=mime, presigned=presigned)
        await answer.check_accepted()

    async def search(self, query: str, *, created_after: date | None = None) -> Items[FoundTicket]:
        """`POST /v1/tickets/search`: each with a relevance score; the envelope is not printed, and neither is the score's name."""
        body: dict[str, Any] = {"query": query}
        filters = {"brand_id": self.brand, "created_after": created_after.isoformat() if created_after else ""}
        if any(filters.values()):
            body["filters"] = {name: value for name, value in filters.items() if value}
        answer = await self._client.read("POST", "/v1/tickets/search", json=body)
        return await answer.map(_search_results)

    async def brands(self, *, cursor: str = "", limit: int = 100) -> tuple[Items[Brand], str]:
        """`GET /v1/brands`: at most 100 per page; the cursor's name differs from the tickets'."""
        params: dict[str, str | int] = {"limit": limit}
        if cursor:
            params["cursor"] = cursor
        answer = await self._client.read(
            "GET", "/v1/brands", params=params, priority=RequestPriority.BACKGROUND if cursor else None
        )
        return await answer.map(lambda data: (read_items(Brand, _listed(data, "data")), _next(data)))

    async def download(self, url: str, *, presigned: bool) -> bytes:
        """Fetch a file from the address that a message named."""
        return await self._client.get_bytes(url, presigned=presigned)


def _upload(data: Any) -> Upload | None:
    """Find the file's id and address wherever the answer has them: its keys and its shape are not printed."""
    said: dict[str, Any] = {}
    for part in _parts(data):
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
    return TicketList(read_page(Ticket, _listed(data, "data", "tickets")), _next(data))


def _listed(data: Any, *names: str) -> Any:
    """Open the documented envelope of a list. A bare list is none: what is empty by mistake must not empty the store."""
    if not isinstance(data, dict):
        raise ValueError(f"a {type(data).__name__} where a list in its envelope belongs")  # noqa: TRY004 - the one class that `Answer.map` takes
    return unwrap(data, *names)


def _next(data: Any) -> str:
    cursor = data.get("next_cursor") if isinstance(data, dict) else None
    if cursor is None:
        return ""
    if not isinstance(cursor, str | int) or isinstance(cursor, bool):
        # To take it for the end would lose the rest of the list.
        raise ValueError("its next cursor is none")  # noqa: TRY004 - the one class that `Answer.map` takes
    return str(cursor)


def _search_results(data: Any) -> Items[FoundTicket]:
    found = unwrap(data, "data", "results", "tickets", "hits")
    found = unwrap(found, "results", "tickets", "hits", "items")
    if isinstance(found, list):
        found = [_with_score(hit) for hit in found]
    return read_search_results(FoundTicket, found)


def _with_score(hit: Any) -> Any:
    """Return a found ticket with the score that may stand beside it."""
    ticket = unwrap(hit, "ticket", "document")
    if ticket is hit or not isinstance(ticket, dict):
        return ticket
    return {name: value for name, value in hit.items() if name in SCORE_NAMES} | ticket
