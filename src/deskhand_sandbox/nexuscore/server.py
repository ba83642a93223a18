"""NexusCore's endpoints."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.customer_writer import CustomerWriter
from deskhand_sandbox.nexuscore import payloads, writing
from deskhand_sandbox.nexuscore.search import found
from deskhand_sandbox.nexuscore.storage import Storage
from deskhand_sandbox.nexuscore.vendor_data import (
    BRANDS,
    PAGE,
    STATUSES,
    TICKETS,
    Brand,
    VendorData,
    cursor,
    read_cursor,
    status_of,
)
from deskhand_sandbox.rate_limits import SlidingWindow
from deskhand_sandbox.requests import bearer, json_object
from deskhand_sandbox.seed_data import SeedData, SeedTicket
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.tokens import Clock, Tokens, real_time, secret

BRAND_PAGE, BRAND_PAGE_MOST = 25, 100
FORM = "application/x-www-form-urlencoded"
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 429: "rate_limited"}


class Server(VendorServer):
    """NexusCore. The package's docstring says what is documented and what is chosen."""

    vendor = "nexuscore"
    secrets = frozenset({"client_secret", "api_key"})
    switches = ("rate_limits", "shape", "scopes", "brand_only", "retry_after", "tags_mode", "token_lifetime")

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        super().__init__(seed_data, seed=seed, rate_limits=rate_limits, clock=clock)
        self.shape: payloads.Shape = "nested"
        self.scopes = "tickets:read tickets:write brands:read"
        self.brand_only: str | None = None
        self.retry_after = True
        self.tags_mode: Literal["replace", "add"] = "replace"
        self.vendor_data = VendorData(seed_data)
        self.storage = Storage(self.vendor_data, self.journal, seed, clock)
        self._tokens = Tokens(self.vendor, seed, self.faults, clock)
        self._windows = (SlidingWindow(600, 60, clock), SlidingWindow(150, 10, clock))
        self._customer_writer = CustomerWriter(seed_data, self.vendor, clock)

    @property
    def token_lifetime(self) -> int:
        """Seconds that a new access token lives; 3600 by the documents."""
        return self._tokens.lifetime

    @token_lifetime.setter
    def token_lifetime(self, seconds: int) -> None:
        self._tokens.lifetime = seconds

    @property
    def credentials(self) -> dict[str, str]:
        """A server-to-server credential and a workspace API key."""
        return {
            "client_id": "nx_" + secret(self.seed, self.vendor, "client")[:12],
            "client_secret": secret(self.seed, self.vendor, "secret"),
            "api_key": "nxk_" + secret(self.seed, self.vendor, "key"),
        }

    def routes(self) -> list[Route]:
        """The documented endpoints, and the storage addresses that attachments lead to."""
        one = "/v1/tickets/{ticket_id}"
        return [
            Route("/oauth/token", self._token, methods=["POST"]),
            Route("/v1/tickets", self._tickets, methods=["GET"]),
            Route("/v1/tickets", self._create, methods=["POST"]),
            Route("/v1/tickets/search", self._search, methods=["POST"]),
            Route(one, self._ticket, methods=["GET"]),
            Route(one, self._change, methods=["PATCH"]),
            Route(f"{one}/messages", self._reply, methods=["POST"]),
            Route("/v1/attachments", self._attachment, methods=["POST"]),
            Route("/storage/{file_id}", self.storage.put, methods=["PUT"]),
            Route("/storage/{file_id}", self.storage.get, methods=["GET"]),
            Route("/v1/brands", self._brands, methods=["GET"]),
            Route("/v1/brands/{brand_id}", self._brand, methods=["GET"]),
            Route("/v1/brands", _unscoped("brands:write"), methods=["POST"]),
            Route("/v1/brands/{brand_id}", _unscoped("brands:write"), methods=["PATCH"]),
            Route("/v1/brands/{brand_id}/members", _unscoped("brands:write"), methods=["POST"]),
            Route("/v1/brands/{brand_id}/members/{user_id}", _unscoped("brands:write"), methods=["DELETE"]),
            Route("/v1/audit-logs", _unscoped("audit:read"), methods=["GET"]),
        ]

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """`{"error": {"code", "message"}}`."""
        code = _CODES.get(status, "invalid")
        return JSONResponse({"error": {"code": code, "message": message}}, status, headers=headers)

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """Check the bearer and the workspace's windows."""
        if request.url.path == "/oauth/token" or request.url.path.startswith("/storage/"):
            return {}
        token = bearer(request)
        if token is None or not (token == self.credentials["api_key"] or self._tokens.is_valid(token)):
            return self.error_response(401, "The token is missing or invalid")
        if self.rate_limits:
            full = next((spent for spent in (window.peek() for window in self._windows) if not spent.allowed), None)
            if full is not None:
                wait = {"Retry-After": str(full.wait)} if self.retry_after else None
                return self.error_response(429, "Too many requests for this workspace", wait)
            for window in self._windows:
                window.acquire()
        return {}

    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """A customer writes in a ticket, in a recent one, or opens a new one."""
        seed_ticket = self._customer_writer.pick_ticket() if ticket_id is None else self.vendor_data.find(ticket_id)
        if seed_ticket is None:
            return None if ticket_id is not None else TICKETS.of(self._customer_writer.open_ticket(text).number)
        self._customer_writer.write_again(seed_ticket, text)
        if status_of(seed_ticket) in STATUSES:
            seed_ticket.state = "open"
        return TICKETS.of(seed_ticket.number)

    def _list_tickets(self) -> list[dict[str, Any]]:
        """Everything, newest first."""
        return [_held(seed_ticket) for seed_ticket in self.vendor_data.newest_first()]

    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with all its messages, notes included."""
        seed_ticket = self.vendor_data.find(ticket_id)
        if seed_ticket is None:
            return None
        numbered = {id(said): remote for remote, said, _cc in self.vendor_data.conversation(seed_ticket)}
        messages = [
            {
                "id": numbered.get(id(said)),
                "author": said.author.email,
                "by_customer": said.by_customer,
                "text": said.text,
                "internal": said.internal,
                "files": [file.name for file in said.files],
            }
            for said in seed_ticket.messages
        ]
        assignee = seed_ticket.assignee.email if seed_ticket.assignee else None
        return {
            **_held(seed_ticket),
            "priority": seed_ticket.priority,
            "tags": seed_ticket.tags,
            "assignee": assignee,
            "messages": messages,
        }

    async def _token(self, request: Request) -> Response:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != FORM:
            return JSONResponse({"error": "invalid_request"}, 400)
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if form.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "unsupported_grant_type"}, 400)
        known = self.credentials
        if any(form.get(name) != known[name] for name in ("client_id", "client_secret")):
            return JSONResponse({"error": "invalid_client"}, 401)
        return JSONResponse(
            {
                "access_token": self._tokens.issue(),
                "token_type": "Bearer",
                "expires_in": self.token_lifetime,
                "scope": self.scopes,
            }
        )

    async def _tickets(self, request: Request) -> Response:
        self._need("tickets:read")
        query = _query(request, "brand_id", "status", "assigned_to", "after")
        if query.get("status", "open") not in STATUSES:
            raise HTTPException(400, f"status must be one of {', '.join(STATUSES)}")
        brand = self._chosen_brand(query.get("brand_id"))
        page, below = _position(query["after"]) if "after" in query else (1, None)
        rows: list[dict[str, Any]] = []
        following: str | None = None
        for seed_ticket in self.vendor_data.newest_first(below):
            if not self._passes(seed_ticket, brand, query):
                continue
            if len(rows) == PAGE:
                following = cursor(page + 1, seed_ticket.number + 1)
                break
            rows.append(self.vendor_data.item(seed_ticket))
        return JSONResponse({"data": rows, "next_cursor": following})

    async def _ticket(self, request: Request) -> Response:
        self._need("tickets:read")
        _query(request)
        return JSONResponse(payloads.ticket(self.vendor_data, self._known(request), self.shape, self.origin))

    async def _create(self, request: Request) -> Response:
        self._need("tickets:write")
        wanted = writing.new_ticket(await json_object(request))
        brand = self._chosen_brand(wanted.brand_id, unknown=422)
        assert brand is not None
        if brand.status == "paused":
            raise HTTPException(422, "The brand is paused and takes no new tickets")
        now = self.clock().replace(microsecond=0)
        seed_ticket = writing.create(self.vendor_data, wanted, now)
        remote = TICKETS.of(seed_ticket.number)
        self.journal.add("ticket", ticket=remote, remote=remote, text=wanted.description, fields=wanted.as_sent)
        queue = {"id": f"queue_{brand.id}", "name": "General", "position": 1 + seed_ticket.number % 9}
        return JSONResponse(payloads.wrapped({**self.vendor_data.item(seed_ticket), "queue": queue}, self.shape), 201)

    async def _change(self, request: Request) -> Response:
        self._need("tickets:write")
        seed_ticket = self._known(request)
        changes = writing.change(await json_object(request), seed_ticket, self.seed_data.agents)
        writing.apply(
            self.vendor_data,
            seed_ticket,
            changes,
            self.clock().replace(microsecond=0),
            add_tags=self.tags_mode == "add",
        )
        remote = TICKETS.of(seed_ticket.number)
        self.journal.add("change", ticket=remote, remote=remote, fields=changes)
        return JSONResponse(payloads.wrapped(payloads.summary(self.vendor_data, seed_ticket), self.shape))

    async def _reply(self, request: Request) -> Response:
        self._need("tickets:write")
        seed_ticket = self._known(request)
        wanted = writing.new_message(await json_object(request))
        files = self.storage.use(wanted.attachment_ids)
        said = writing.say(self.vendor_data, seed_ticket, wanted, files, self.clock().replace(microsecond=0))
        ticket = TICKETS.of(seed_ticket.number)
        self.journal.add("message", ticket=ticket, remote=said[0], text=wanted.body, fields=wanted.as_sent)
        return JSONResponse(payloads.wrapped(payloads.message(said, self.shape, self.origin), self.shape), 201)

    async def _attachment(self, request: Request) -> Response:
        self._need("tickets:write")
        upload = self.storage.ask(await json_object(request))
        url = f"{self.origin}/storage/{upload.id}?signature={self.storage.signature(upload.id)}"
        return JSONResponse(payloads.upload(upload.id, url, self.shape), 201)

    async def _search(self, request: Request) -> Response:
        self._need("tickets:read")
        wanted = writing.search(await json_object(request))
        brand = self._chosen_brand(wanted.brand_id)
        hits = [
            {**self.vendor_data.item(seed_ticket), "score": round(score, 3)}
            for score, seed_ticket in found(self.vendor_data, wanted)
            if self._passes(seed_ticket, brand, {})
        ]
        return JSONResponse({"data": hits[:PAGE]})

    async def _brands(self, request: Request) -> Response:
        self._need("brands:read")
        query = _query(request, "cursor", "limit")
        limit = query.get("limit", str(BRAND_PAGE))
        if not limit.isdecimal() or not 1 <= int(limit) <= BRAND_PAGE_MOST:
            raise HTTPException(400, "limit must be a number from 1 to 100")
        page, start = _position(query["cursor"]) if "cursor" in query else (1, 0)
        shown = [brand for brand in BRANDS if self.brand_only in {None, brand.id}]
        end = start + int(limit)
        following = cursor(page + 1, end) if end < len(shown) else None
        return JSONResponse(
            {"data": [payloads.listed_brand(brand.id) for brand in shown[start:end]], "next_cursor": following}
        )

    async def _brand(self, request: Request) -> Response:
        self._need("brands:read")
        brand = self._chosen_brand(request.path_params["brand_id"], unknown=404)
        assert brand is not None
        return JSONResponse({"data": payloads.brand(brand.id)})

    def _need(self, scope: str) -> None:
        if scope not in self.scopes.split():
            raise HTTPException(403, f"The credential lacks the scope {scope}")

    def _chosen_brand(self, brand_id: str | None, unknown: int = 400) -> Brand | None:
        if brand_id is None:
            return None
        brand = next((item for item in BRANDS if item.id == brand_id), None)
        if brand is None:
            raise HTTPException(unknown, "No such brand")
        if self.brand_only not in {None, brand.id}:
            raise HTTPException(403, "The credential is restricted to another brand")
        return brand

    def _known(self, request: Request) -> SeedTicket:
        seed_ticket = self.vendor_data.find(request.path_params["ticket_id"])
        if seed_ticket is None:
            raise HTTPException(404, "No such ticket")
        self._chosen_brand(self.vendor_data.brand_of(seed_ticket).id)
        return seed_ticket

    def _passes(self, seed_ticket: SeedTicket, brand: Brand | None, query: Mapping[str, str]) -> bool:
        own = self.vendor_data.brand_of(seed_ticket).id
        assignee = seed_ticket.assignee.email.casefold() if seed_ticket.assignee else None
        return (
            (brand is None or own == brand.id)
            and self.brand_only in {None, own}
            and ("status" not in query or status_of(seed_ticket) == query["status"])
            and ("assigned_to" not in query or assignee == query["assigned_to"].casefold())
        )


def _held(seed_ticket: SeedTicket) -> dict[str, Any]:
    return {"id": TICKETS.of(seed_ticket.number), "subject": seed_ticket.subject, "state": status_of(seed_ticket)}


def _query(request: Request, *allowed: str) -> dict[str, str]:
    query = dict(request.query_params)
    unknown = set(query) - set(allowed)
    if unknown:
        raise HTTPException(400, f"Unknown query parameter: {', '.join(sorted(unknown))}")
    return query


def _position(text: str) -> tuple[int, int]:
    try:
        return read_cursor(text)
    except ValueError:
        raise HTTPException(400, "The cursor is not valid") from None


def _unscoped(scope: str) -> Any:
    async def endpoint(_request: Request) -> Response:
        raise HTTPException(403, f"The credential lacks the scope {scope}")

    return endpoint
