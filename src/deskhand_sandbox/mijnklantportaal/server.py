"""Mijn Klantportaal's ticket endpoints."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.mijnklantportaal.customers import Customers
from deskhand_sandbox.mijnklantportaal.desk import (
    OWNER,
    TICKETS,
    UPLOAD_WITHIN,
    Desk,
    message_id,
    source_of,
    status_of,
    ticket,
    ticket_with_messages,
)
from deskhand_sandbox.mijnklantportaal.envelope import Envelope
from deskhand_sandbox.mijnklantportaal.rewriting import Rewriting, rewritten
from deskhand_sandbox.requests import bearer, json_object
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.tokens import Clock, real_time, secret
from deskhand_sandbox.voice import Voice
from deskhand_sandbox.windows import FixedWindow
from deskhand_sandbox.world import File, Matter, Utterance, World

PER_MINUTE = 60
PLENTY = 60_000
"""The quota that the headers tell of while rate limits are off."""

FILE_MOST = 10 * 1024 * 1024


class Server(VendorServer):
    """Mijn Klantportaal. The package's docstring says what is documented and what is chosen."""

    vendor = "mijnklantportaal"
    base_path = "/v1"
    switches = ("rate_limits", "licensed", "scopes", "stray_comma", "rewriting")

    def __init__(self, world: World, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time) -> None:
        super().__init__(world, seed=seed, rate_limits=rate_limits, clock=clock)
        self.licensed = True
        self.scopes = "tickets.read tickets.write customers.read customers.write"
        self.rewriting: Rewriting = "as_sent"
        self.desk = Desk(world)
        self._envelope = Envelope()
        self._customers = Customers(world, self._envelope, self._need, clock)
        self._window = FixedWindow(PER_MINUTE, 60, clock)
        self._voice = Voice(world, self.vendor, clock, "portal")

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

    def refusal(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """`{"code", "message"}`."""
        return JSONResponse({"code": status, "message": message}, status, headers=headers)

    async def before(self, request: Request) -> Response | Mapping[str, str]:
        """Check the key and its minute."""
        if bearer(request) != self.credentials["api_key"]:
            return self.refusal(401, "Unauthenticated.")
        if not self.rate_limits:
            return {"X-RateLimit-Limit": str(PLENTY), "X-RateLimit-Remaining": str(PLENTY - 1)}
        spent = self._window.take()
        known = {"X-RateLimit-Limit": str(spent.limit), "X-RateLimit-Remaining": str(spent.remaining)}
        if spent.allowed:
            return known
        wait = {"retry-after": str(spent.wait), "x-ratelimit-reset": str(int(spent.reset_at.timestamp()))}
        return self.refusal(429, "Too many requests.", known | wait)

    def customer_speaks(self, ticket_id: str | None, text: str | None) -> str | None:
        """A customer writes in a ticket, in a recent one, or opens a new one."""
        matter = self._voice.somewhere() if ticket_id is None else self.desk.find(ticket_id)
        if matter is None:
            return None if ticket_id is not None else TICKETS.of(self._voice.anew(text).number)
        self._voice.again(matter, text)
        _reopen(matter)
        return TICKETS.of(matter.number)

    def held_tickets(self) -> list[dict[str, Any]]:
        """Everything, newest first."""
        return [_held(matter) for matter in self.desk.newest_first(0, len(self.world.matters))]

    def held_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with all its messages, notes included."""
        matter = self.desk.find(ticket_id)
        if matter is None:
            return None
        messages = [
            {
                "id": message_id(matter, position),
                "author": said.author.name,
                "by_customer": said.by_customer,
                "text": said.text if said.html is None else said.html,
                "internal": said.internal,
                "files": [file.name for file in said.files],
            }
            for position, said in enumerate(matter.utterances)
        ]
        return {**_held(matter), "messages": messages}

    async def _tickets(self, request: Request) -> Response:
        self._need_ticketing("tickets.read")
        total = len(self.world.matters)
        return self._envelope.answer(
            request, total, lambda start, end: [ticket(item) for item in self.desk.newest_first(start, end - start)]
        )

    async def _ticket(self, request: Request) -> Response:
        self._need_ticketing("tickets.read")
        return JSONResponse(ticket_with_messages(self._known(request)))

    async def _reply(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        matter = self._known(request)
        body = await json_object(request, malformed=422)
        text = body.get("message")
        if not isinstance(text, str) or not text.strip():
            raise HTTPException(422, "The message field is required.")
        if len(body) > 1:
            raise HTTPException(422, "Only the message field is known.")
        _refuse_chat(matter)
        kept = rewritten(text, self.rewriting)
        now = self.clock().replace(microsecond=0)
        matter.say(Utterance(OWNER, by_customer=False, internal=False, html=None, text=kept, at=now))
        _reopen(matter)
        remote = message_id(matter, len(matter.utterances) - 1)
        self.journal.add("message", ticket=TICKETS.of(matter.number), remote=remote, text=text)
        return JSONResponse(ticket_with_messages(matter))

    async def _close(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        matter = self._known(request)
        if await request.body():
            raise HTTPException(422, "This call takes no body.")
        if status_of(matter) == "closed":
            raise HTTPException(422, "The ticket is already closed.")
        matter.state = "closed"
        remote = TICKETS.of(matter.number)
        self.journal.add("change", ticket=remote, remote=remote, fields={"status": "closed"})
        return JSONResponse(ticket_with_messages(matter))

    async def _attach(self, request: Request) -> Response:
        self._need_ticketing("tickets.write")
        matter = self._known(request)
        position = self.desk.position(matter, request.path_params["message_id"])
        if position is None:
            raise HTTPException(404, "Message not found.")
        _refuse_chat(matter)
        if self.clock() - matter.utterances[position].at > UPLOAD_WITHIN:
            raise HTTPException(422, "The message is older than 5 minutes.")
        file = await _uploaded(request)
        remote = self.desk.attach(matter, position, file)
        fields = {
            "name": file.name,
            "mime": file.mime,
            "size": len(file.data),
            "message": request.path_params["message_id"],
        }
        self.journal.add("upload", ticket=TICKETS.of(matter.number), remote=remote, fields=fields)
        return JSONResponse(ticket_with_messages(matter))

    def _need_ticketing(self, scope: str) -> None:
        self._need(scope)
        if not self.licensed:
            raise HTTPException(426, "Ticketing is not part of the current licence.")

    def _need(self, scope: str) -> None:
        if scope not in self.scopes.split():
            raise HTTPException(403, "This key lacks the scope for this call.")

    def _known(self, request: Request) -> Matter:
        matter = self.desk.find(request.path_params["ticket_id"])
        if matter is None:
            raise HTTPException(404, "Ticket not found.")
        return matter


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


def _refuse_chat(matter: Matter) -> None:
    if source_of(matter) == "chat":
        raise HTTPException(422, "A chat conversation takes no messages or attachments through the API.")


def _reopen(matter: Matter) -> None:
    if status_of(matter) == "closed":
        matter.state = "open"


def _held(matter: Matter) -> dict[str, Any]:
    return {"id": TICKETS.of(matter.number), "subject": matter.subject, "state": status_of(matter)}
