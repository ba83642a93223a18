"""Mijn Klantportaal's endpoints, one method each. The base address already ends in `/v1`."""

from typing import Any

from deskhand.domain.request_priority import RequestPriority
from deskhand.http.address import quote_segment
from deskhand.http.answers import Answer
from deskhand.http.client import VendorClient
from deskhand.http.jsontext import encode
from deskhand.http.request import Part
from deskhand.http.wire import Item, Items, M, read_item, read_page, unwrap

from .wire import Customer, Ticket, TicketWithMessages


class Api:
    """Says what the documents say, nothing more."""

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    async def tickets(
        self, page: int, *, request_priority: RequestPriority | None = None
    ) -> tuple[Items[Ticket], bool]:
        """`GET /tickets`: 15 per page, no filter, no order; returns the items and whether more follow."""
        answer = await self._client.read("GET", "/tickets", params={"page": page}, priority=request_priority)
        return await answer.map(lambda data: _page(Ticket, data))

    async def ticket(self, remote: str) -> Item[TicketWithMessages]:
        """`GET /tickets/{id}`: with all messages."""
        return await _told(await self._client.read("GET", f"/tickets/{quote_segment(remote)}"), remote)

    async def reply(self, remote: str, message: str) -> Item[TicketWithMessages]:
        """`POST /tickets/{id}`: the message goes to the ticket's own address; the answer is the whole conversation."""
        return await _told(
            await self._client.write(
                "POST", f"/tickets/{quote_segment(remote)}", json={"message": message}, repeatable=False
            ),
            remote,
        )

    async def close(self, remote: str) -> Item[TicketWithMessages]:
        """`PATCH /tickets/{id}`, without a body."""
        return await _told(
            await self._client.write("PATCH", f"/tickets/{quote_segment(remote)}", repeatable=True), remote
        )

    async def attach(self, remote: str, message: str, name: str, mime: str, data: bytes) -> Item[TicketWithMessages]:
        """`POST /tickets/{id}/message/{message}/attachment`: one file, within five minutes after the message."""
        part = Part("attachment", name, mime or "application/octet-stream", data)
        path = f"/tickets/{quote_segment(remote)}/message/{quote_segment(message)}/attachment"
        return await _told(await self._client.write("POST", path, part=part, repeatable=False), remote)

    async def customers(
        self, page: int, *, request_priority: RequestPriority | None = None
    ) -> tuple[Items[Customer], bool]:
        """`GET /customers`: 15 per page."""
        answer = await self._client.read("GET", "/customers", params={"page": page}, priority=request_priority)
        return await answer.map(lambda data: _page(Customer, data))

    async def customer(self, customer: str, *, request_priority: RequestPriority | None = None) -> Customer:
        """`GET /customers/{id}`."""
        answer = await self._client.read("GET", f"/customers/{quote_segment(customer)}", priority=request_priority)
        item: Item[Customer] = await answer.map(lambda data: read_item(Customer, unwrap(data, "data")))
        if item.model.id != customer:
            raise answer.unexpected("the answer tells another customer than the one asked for")
        return item.model


async def _told(answer: Answer, remote: str) -> Item[TicketWithMessages]:
    item = await answer.map(_ticket)
    if item.model.id != remote:
        raise answer.unexpected("the answer tells another ticket than the one asked for")
    return item


def _ticket(data: Any) -> Item[TicketWithMessages]:
    said = unwrap(data, "data")
    model = TicketWithMessages.model_validate(said)
    # The raw copy is the ticket's as the list tells it; each message keeps its own.
    return Item(model, encode({name: value for name, value in said.items() if name != "messages"}))


def _page(model: type[M], data: Any) -> tuple[Items[M], bool]:
    # The address of the next page is not used: in the documents it ends in a stray comma. That there is one is enough.
    # That it says neither is no end: what is missing by mistake must not empty the store.
    following = data.get("next_page_url", False) if isinstance(data, dict) else False
    if not isinstance(following, str | None):
        raise ValueError("it does not say whether there is a next page")  # noqa: TRY004 - the one class that `Answer.map` takes
    return read_page(model, data.get("data")), bool(following)
