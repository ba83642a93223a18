"""Mijn Klantportaal's ticket endpoints."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.customer_writer import CustomerWriter
from deskhand_sandbox.mijnklantportaal.customers import Customers
from deskhand_sandbox.mijnklantportaal.envelope import Envelope
from deskhand_sandbox.mijnklantportaal.rewriting import Rewriting, rewritten
from deskhand_sandbox.mijnklantportaal.vendor_data import (
    OWNER,
    TICKETS,
    UPLOAD_WITHIN,
    VendorData,
    message_id,
    source_of,
    status_of,
    ticket,
    ticket_with_messages,
)
from deskhand_sandbox.rate_limits import FixedWindow
from deskhand_sandbox.requests import bearer, json_object
from deskhand_sandbox.seed_data import File, SeedData, SeedMessage, SeedTicket
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.tokens import Clock, real_time, secret

PER_MINUTE = 60
PLENTY = 60_000
"""The quota that the headers tell of while rate limits are off."""

FILE_MOST = 10 * 1024 * 1024


class Server(VendorServer):
    """Mijn Klantportaal. The package's docstring says what is documented and what is chosen."""

    vendor = "mijnklantportaal"
    secrets = frozenset({"api_key"})
    base_path = "/v1"
    switches = ("rate_limits", "licensed", "scopes", "stray_comma", "rewriting")

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        super().__init__(seed_data, seed=seed, rate_limits=rate_limits, clock=clock)
        self.licensed = True
        self.scopes = "tickets.read tickets.write customers.read customers.write"
        self.rewriting: Rewriting = "as_sent"
        self.vendor_data = VendorData(seed_data)
        self._envelope = Envelope()
        self._customers = Customers(seed_data, self._envelope, self._need, clock)
        self._window = FixedWindow(PER_MINUTE, 60, clock)
        self._customer_writer = CustomerWriter(seed_data, self.vendor, clock, "portal")

    @property
    def stray_comma(self) -> bool:
        """Whether `next_page_url` ends with a comma."""
        return self._envelope.stray_comma

    @stray_comma.setter
    def stray_comma(self, there: bool) -> None:
        self._envelope.stray_comma = there

    @property
    def credentials(self) -> dict[str, str]:
        """An API key of the portal."""
        return {"api_key": secret(self.seed, self.vendor, "key")}

    def routes(self) -> list[Route]:
        """The five ticket calls, customers and their groups."""
        base = self.base_path
        one = f"{base}/tickets/{{ticket_id}}"
        return [
            Route(f"{base}/tickets", self._tickets, methods=["GET"]),
            Route(one, self._ticket, methods=["GET"]),
            Route(one, self._reply, methods=["POST"]),
            Route(one, self._close, methods=["PATCH"]),
            Route(f"{one}/message/{{message_id}}/attachment", self._attach, methods=["POST"]),
            *self._customers.routes(base),
        ]

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """`{"code", "message"}`."""
        return JSONResponse({"code": status, "message": message}, status, headers=headers)

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """Check the key and its minute."""
        if bearer(request) != self.credentials["api_key"]:
            return self.error_response(401, "Unauthenticated.")
        if not self.rate_limits:
            return {"X-RateLimit-Limit": str(PLENTY), "X-RateLimit-Remaining": str(PLENTY - 1)}
        spent = self._window.acquire()
        known = {"X-RateLimit-Limit": str(spent.limit), "X-RateLimit-Remaining": str(spent.remaining)}
        if spent.allowed:
            return known
        wait = {"retry-after": str(spent.wait), "x-ratelimit-reset": str(int(spent.reset_at.timestamp()))}
        return self.error_response(429, "Too many requests.", known | wait)

    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """A customer writes in a ticket, in a recent one, or opens a new one."""
        seed_ticket = self._customer_writer.pick_ticket() if ticket_id is None else self.vendor_data.find(ticket_id)
        if seed_ticket is None:
            return None if ticket_id is not None else TICKETS.of(self._customer_writer.open_ticket(text).number)
        self._customer_writer.write_again(seed_ticket, text)
        _reopen(seed_ticket)
        return TICKETS.of(seed_ticket.number)

    def _list_tickets(self) -> list[dict[str, Any]]:
        """Everything, newest first."""
        return [_held(seed_ticket) for seed_ticket in self.vendor_data.newest_first(0, len(self.seed_data.tickets))]

    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with all its messages, notes included."""
        seed_ticket = self.vendor_data.find(ticket_id)
        if seed_ticket is None:
            return None
        messages = [
            {
                "id": message_id(seed_ticket, position),
                "author": said.author.name,
                "by_customer": said.by_customer,
                "text": said.text if said.html is None else said.html,
                "internal": said.internal,
                "files": [file.name for file in said.files],
            }
            for position, said in enumerate(seed_ticket.messages)
        ]
        return {**_held(seed_ticket), "messages": messages}

    async def _tickets(self, request: Request) -> Response:
        self._need_ticketing("tickets.read")
        total = len(self.seed_data.tickets)
        return self._envelope.answer(
            request,
            total,
            lambda start, end: [ticket(item) for item in self.vendor_data.newest_first(start, end - start)],
        )

    async def _ticket(self, request: Request) -> Response:
        self._need_ticketing("tickets.read")
        return JSONResponse(ticket_with_messages(self._known(request)))

    async def _reply(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        seed_ticket = self._known(request)
        body = await json_object(request, malformed=422)
        text = body.get("message")
        if not isinstance(text, str) or not text.strip():
            raise HTTPException(422, "The message field is required.")
        if len(body) > 1:
            raise HTTPException(422, "Only the message field is known.")
        _refuse_chat(seed_ticket)
        stored = rewritten(text, self.rewriting)
        now = self.clock().replace(microsecond=0)
        seed_ticket.add_message(SeedMessage(OWNER, by_customer=False, internal=False, html=None, text=stored, at=now))
        _reopen(seed_ticket)
        remote = message_id(seed_ticket, len(seed_ticket.messages) - 1)
        self.journal.add("message", ticket=TICKETS.of(seed_ticket.number), remote=remote, text=text)
        return JSONResponse(ticket_with_messages(seed_ticket))

    async def _close(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        seed_ticket = self._known(request)
        if await request.body():
            raise HTTPException(422, "This call takes no body.")
        if status_of(seed_ticket) == "closed":
            raise HTTPException(422, "The ticket is already closed.")
        seed_ticket.state = "closed"
        remote = TICKETS.of(seed_ticket.number)
        self.journal.add("change", ticket=remote, remote=remote, fields={"status": "closed"})
        return JSONResponse(ticket_with_messages(seed_ticket))

    async def _attach(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        seed_ticket = self._known(request)
        position = self.vendor_data.position(seed_ticket, request.path_params["message_id"])
        if position is None:
            raise HTTPException(404, "Message not found.")
        _refuse_chat(seed_ticket)
        if self.clock() - seed_ticket.messages[position].at > UPLOAD_WITHIN:
            raise HTTPException(422, "The message is older than 5 minutes.")
        file = await _uploaded(request)
        remote = self.vendor_data.attach(seed_ticket, position, file)
        fields = {
            "name": file.name,
            "mime": file.mime,
            "size": len(file.data),
            "message": request.path_params["message_id"],
        }
        self.journal.add("upload", ticket=TICKETS.of(seed_ticket.number), remote=remote, fields=fields)
        return JSONResponse(ticket_with_messages(seed_ticket))

    def _need_ticketing(self, scope: str) -> None:
        self._need(scope)
        if not self.licensed:
            raise HTTPException(426, "Ticketing is not part of the current licence.")

    def _need(self, scope: str) -> None:
        if scope not in self.scopes.split():
            raise HTTPException(403, "This key lacks the scope for this call.")

    def _known(self, request: Request) -> SeedTicket:
        seed_ticket = self.vendor_data.find(request.path_params["ticket_id"])
        if seed_ticket is None:
            raise HTTPException(404, "Ticket not found.")
        return seed_ticket


async def _uploaded(request: Request) -> File:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(422, "The attachment field is required.")
    async with request.form() as form:
        parts = form.multi_items()
        match parts:
            case [("attachment", UploadFile() as part)]:
                data = await part.read()
                if len(data) > FILE_MOST:
                    raise HTTPException(422, "The attachment may not be larger than 10 MB.")
                return File("", part.filename or "bestand", part.content_type or "application/octet-stream", data)
            case _:
                raise HTTPException(422, "One file in the attachment field is required.")


def _refuse_chat(seed_ticket: SeedTicket) -> None:
    if source_of(seed_ticket) == "chat":
        raise HTTPException(422, "A chat conversation takes no messages or attachments through the API.")


def _reopen(seed_ticket: SeedTicket) -> None:
    if status_of(seed_ticket) == "closed":
        seed_ticket.state = "open"


def _held(seed_ticket: SeedTicket) -> dict[str, Any]:
    return {"id": TICKETS.of(seed_ticket.number), "subject": seed_ticket.subject, "state": status_of(seed_ticket)}
