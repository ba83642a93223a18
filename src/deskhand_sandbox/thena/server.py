"""Thena's calls over HTTP: the key, the plan gate, the rate headers, the envelope and the endpoints."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.customer_writer import CustomerWriter
from deskhand_sandbox.rate_limits import FixedWindow
from deskhand_sandbox.requests import json_object
from deskhand_sandbox.seed_data import SeedData
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.thena import request_schema
from deskhand_sandbox.thena.directory import Directory
from deskhand_sandbox.thena.finder import Finder
from deskhand_sandbox.thena.query_params import needed, one_of, paged, paging, since_when
from deskhand_sandbox.thena.tickets import Comment, Ticket
from deskhand_sandbox.thena.vendor_data import VendorData
from deskhand_sandbox.thena.vocabulary import iso
from deskhand_sandbox.tokens import Clock, real_time, secret

RATE_LIMIT = 1000
"""Requests per path and minute, unless the switch `rate_limit` says otherwise; the documents publish no number."""

UNLIMITED = 1_000_000
GATED = ("/v1/tickets", "/v1/accounts")
PLAN_TOO_LOW = "This endpoint is only available for standard and enterprise tier organizations."
"""The documented message of the 403."""

ENTITIES = ("ticket", "account_activity", "account_note", "account_task")
_REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}
_REASONS |= {409: "Conflict", 415: "Unsupported Media Type", 429: "Too Many Requests", 500: "Internal Server Error"}

Endpoint = Callable[[Request], Awaitable[Response]]


class Server(VendorServer):
    """Thena, as its documents describe it. Attributes named in `switches` may be changed while it runs.

    Attributes:
        tier_gate: True puts the organisation below the standard tier: 403 on the ticket list and everything of accounts.
        rate_limit: requests per path and minute.
        throttled: True answers 429 to everything.
        repeat_answer: what a known deDuplicationKey brings: "original" (the first object, 201) or "conflict" (409).
        nulls: True gives unset fields as null, False leaves them out.
        assumed_paths: False takes away what is served without being documented: one ticket, the team list.
        account_envelope: True wraps the account and contact answers, False gives them bare.
        search_ids: "internal" gives a search hit the ticket's number as `id` (and the API's id as `uid`), "api" the API's id.
        date_range_on: "updated" or "created": which date `dateRange` looks at.
        close_needs_field: True refuses to close while a custom field is empty that the form marks as mandatory on close.
    """

    vendor = "thena"
    secrets = frozenset({"api_key"})
    switches = (
        *VendorServer.switches,
        "tier_gate",
        "rate_limit",
        "throttled",
        "repeat_answer",
        "nulls",
        "assumed_paths",
        "account_envelope",
        "search_ids",
        "date_range_on",
        "close_needs_field",
    )

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        super().__init__(seed_data, seed=seed, rate_limits=rate_limits, clock=clock)
        self.tier_gate = False
        self.rate_limit = RATE_LIMIT
        self.throttled = False
        self.repeat_answer: Literal["original", "conflict"] = "original"
        self.nulls = True
        self.assumed_paths = True
        self.account_envelope = False
        self.date_range_on: Literal["updated", "created"] = "updated"
        self.vendor_data = VendorData(seed_data, clock)
        self._customer_writer = CustomerWriter(seed_data, self.vendor, clock)
        self.directory = Directory(self.vendor_data)
        self.finder = Finder(self.vendor_data, self._shown)
        self._windows: dict[str, FixedWindow] = {}
        self._known: dict[tuple[str, str], Ticket | Comment] = {}

    @property
    def close_needs_field(self) -> bool:
        """Whether closing asks for the custom fields that are mandatory on close."""
        return self.vendor_data.close_needs_field

    @close_needs_field.setter
    def close_needs_field(self, value: bool) -> None:
        self.vendor_data.close_needs_field = value

    @property
    def search_ids(self) -> str:
        """What the `id` of a search hit is."""
        return self.finder.ids

    @search_ids.setter
    def search_ids(self, value: Literal["internal", "api"]) -> None:
        self.finder.ids = value

    @property
    def credentials(self) -> dict[str, str]:
        """The personal key of `SeedData.me`."""
        return {"api_key": "pk_live_" + secret(self.seed, self.vendor, "api_key")}

    def routes(self) -> list[Route]:
        """The calls that the documents name, and two that are assumed."""
        read = self.directory
        return [
            Route("/v1/tickets", self._list, methods=["GET"]),
            Route("/v1/tickets", self._create, methods=["POST"]),
            Route("/v1/tickets/bulk", self._change_many, methods=["PATCH"]),
            Route("/v1/tickets/bulk", self._create_many, methods=["POST"]),
            Route("/v1/tickets/link", self._link, methods=["PATCH"]),
            Route("/v1/tickets/sub-ticket", self._make_sub_ticket, methods=["PATCH"]),
            Route("/v1/tickets/status", self._listing(read.statuses), methods=["GET"]),
            Route("/v1/tickets/{ticket_id}", self._one, methods=["GET"]),
            Route("/v1/tickets/{ticket_id}", self._change, methods=["PATCH"]),
            Route("/v1/tickets/{ticket_id}/comment", self._comment, methods=["POST"]),
            Route("/v1/comments", self._thread, methods=["GET"]),
            Route("/v1/search/{collection}", self.finder.search, methods=["GET"]),
            Route("/v1/teams", self._listing(read.teams, assumed=True), methods=["GET"]),
            Route("/v1/teams/{team_id}/members", self._listing(read.members), methods=["GET"]),
            Route("/v1/custom-field", self._listing(read.fields), methods=["GET"]),
            Route("/v1/forms", self._listing(read.forms), methods=["GET"]),
            Route("/v1/accounts", self._account_listing(read.accounts), methods=["GET"]),
            Route("/v1/accounts/contacts", self._account_listing(read.contacts), methods=["GET"]),
            Route("/v1/accounts/contacts/search", self._account_listing(read.contacts_by_email), methods=["GET"]),
            Route("/v1/accounts/{account_id}", self._account_listing(read.account), methods=["GET"]),
        ]

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """The key first, then the rate, then the plan."""
        if request.headers.get("x-api-key") != self.credentials["api_key"]:
            return self.error_response(401, "Invalid API key")
        headers, allowed = self._spend(request)
        if not allowed or self.throttled:
            return self.error_response(429, "ThrottlerException: Too Many Requests", headers)
        path = request.url.path
        gated = path == GATED[0] or path == GATED[1] or path.startswith(GATED[1] + "/")
        if self.tier_gate and gated and request.method == "GET":
            return self.error_response(403, PLAN_TOO_LOW, headers)
        return headers

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """The body of a NestJS exception; what `request_schema.invalid` raised becomes a list of sentences."""
        said: str | list[str] = message.splitlines() if message.endswith("\n") else message
        body = {"statusCode": status, "message": said, "error": _REASONS.get(status, "Error")}
        return JSONResponse(body, status, headers=headers)

    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """A public comment in a ticket or in a recent one, or a new ticket in the first team."""
        if ticket_id is not None:
            ticket = self.vendor_data.known(ticket_id)
            if ticket is None:
                return None
        else:
            recent = self._customer_writer.pick_ticket()
            ticket = None if recent is None else self.vendor_data.numbered(recent.number)
        if ticket is None:
            return self._new_matter(text).id
        self.vendor_data.add_customer_comment(ticket, text or self._texts_for(ticket))
        return ticket.id

    def _texts_for(self, ticket: Ticket) -> str:
        """What the customer of a ticket may say next, in the language of its subject if it is a seeded one."""
        seed_ticket = self.seed_data.tickets.numbered(ticket.number)
        if seed_ticket is None or not ticket.thread:
            return "Any news about this?"
        return self._customer_writer.write_again(seed_ticket).text

    def _new_matter(self, text: str | None) -> Ticket:
        seed_ticket = self._customer_writer.open_ticket(text)
        opening = seed_ticket.messages[0].text
        return self.vendor_data.create(
            {
                "title": seed_ticket.subject or opening[:80],
                "description": opening,
                "requestorEmail": seed_ticket.messages[0].author.email,
                "teamId": self.vendor_data.vocabulary.teams[0].id,
                "source": "email",
                "commentContent": opening,
            }
        )

    def _list_tickets(self) -> list[dict[str, Any]]:
        """Every ticket by its id, the newest first."""
        return [
            {"id": ticket.id, "subject": ticket.title, "state": ticket.status.name}
            for ticket in self.vendor_data.newest_first()
        ]

    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with its thread, oldest comment first."""
        ticket = self.vendor_data.known(ticket_id)
        if ticket is None:
            return None
        return {
            "id": ticket.id,
            "subject": ticket.title,
            "state": ticket.status.name,
            "messages": [
                {
                    "id": comment.id,
                    "author": comment.author_name,
                    "by_customer": comment.author is None,
                    "text": comment.content,
                    "internal": not comment.is_public,
                    "files": list(comment.attachments),
                }
                for comment in ticket.thread
            ],
        }

    async def _list(self, request: Request) -> Response:
        skip, limit = paging(request)
        since = since_when(request, self.clock())
        team = request.query_params.get("teamId")
        if team is None and since is None:
            return self._enveloped([self._ticket(ticket) for ticket in self.vendor_data.window(skip, limit)])
        tickets = (
            ticket
            for ticket in self.vendor_data.newest_first(team)
            if since is None or (ticket.updated if self.date_range_on == "updated" else ticket.created) >= since
        )
        return self._enveloped([self._ticket(ticket) for ticket in islice(tickets, skip, skip + limit)])

    async def _one(self, request: Request) -> Response:
        if not self.assumed_paths:
            raise HTTPException(404, "Not Found")
        return self._enveloped(self._ticket(self.vendor_data.ticket(request.path_params["ticket_id"])))

    async def _create(self, request: Request) -> Response:
        body = await json_object(request)
        known = self._repeated("ticket", body)
        if isinstance(known, Ticket):
            return self._enveloped(self._created(known), 201)
        return self._enveloped(self._created(self._make(body)), 201)

    async def _change(self, request: Request) -> Response:
        ticket = self.vendor_data.ticket(request.path_params["ticket_id"])
        body = await json_object(request)
        self.vendor_data.change(ticket, body)
        self.journal.add("change", ticket=ticket.id, remote=ticket.id, fields=body)
        return self._enveloped(self._ticket(ticket))

    async def _change_many(self, request: Request) -> Response:
        body = await json_object(request)
        request_schema.check(body, request_schema.BULK_CHANGE, ("ticketIds",))
        change = {name: value for name, value in body.items() if name != "ticketIds"}
        updated, skipped = [], []
        for uid in body["ticketIds"]:
            try:
                ticket = self.vendor_data.ticket(uid)
                self.vendor_data.change(ticket, change)
            except HTTPException as refused:
                skipped.append({"id": uid, "reason": refused.detail.strip()})
                continue
            updated.append({"id": uid, "title": ticket.title})
            self.journal.add("change", ticket=uid, remote=uid, fields=change)
        return self._enveloped({"updated": updated, "skipped": skipped})

    async def _create_many(self, request: Request) -> Response:
        body = await json_object(request)
        request_schema.check(body, request_schema.BULK_CREATE, ("tickets",))
        stops = bool(body.get("options", {}).get("stopOnError", False))
        made = []
        for one in body["tickets"]:
            try:
                known = self._repeated("ticket", one)
                ticket = known if isinstance(known, Ticket) else self._make(one)
            except HTTPException:
                if stops:
                    raise
                continue
            made.append({"id": ticket.id, "title": ticket.title})
        return self._enveloped(made, 201)

    async def _link(self, request: Request) -> Response:
        body = await json_object(request)
        ticket = self.vendor_data.link(body)
        self.journal.add("change", ticket=ticket.id, remote=ticket.id, fields=body)
        return self._enveloped(self._ticket(ticket))

    async def _make_sub_ticket(self, request: Request) -> Response:
        body = await json_object(request)
        ticket = self.vendor_data.make_sub_ticket(body)
        self.journal.add("change", ticket=ticket.id, remote=ticket.id, fields=body)
        return self._enveloped(self._ticket(ticket))

    async def _comment(self, request: Request) -> Response:
        ticket = self.vendor_data.ticket(request.path_params["ticket_id"])
        body = await json_object(request)
        what: Literal["note", "message"] = "note" if body.get("commentVisibility") == "private" else "message"
        known = self._repeated("comment", body)
        if isinstance(known, Comment):
            return self._enveloped(self._shown(known.payload()), 201)
        comment = self.vendor_data.comment(ticket, body, self.seed_data.me)
        key = body.get("deDuplicationKey")
        if key is not None:
            self._known["comment", key] = comment
        self.journal.add(what, ticket=ticket.id, remote=comment.id, text=comment.content, fields=body, key=key)
        return self._enveloped(self._shown(comment.payload()), 201)

    async def _thread(self, request: Request) -> Response:
        entity, uid = one_of(request, "entityType", ENTITIES), needed(request, "entityId")
        needed(request, "entityType")
        comments = self.vendor_data.ticket(uid).thread[::-1] if entity == "ticket" else []
        return self._enveloped([self._shown(comment.payload()) for comment in paged(comments, request)])

    def _make(self, body: Mapping[str, Any]) -> Ticket:
        ticket = self.vendor_data.create(body)
        key = body.get("deDuplicationKey")
        if key is not None:
            self._known["ticket", key] = ticket
        self.journal.add(
            "ticket", ticket=ticket.id, remote=ticket.id, text=body.get("commentContent"), fields=body, key=key
        )
        return ticket

    def _repeated(self, what: Literal["ticket", "comment"], body: Mapping[str, Any]) -> Ticket | Comment | None:
        """What an earlier call with the same key made; 409 where the switch says so."""
        key = body.get("deDuplicationKey")
        known = self._known.get((what, key)) if isinstance(key, str) else None
        if known is None or key is None:
            return None
        kind: Literal["ticket", "message", "note"] = "ticket"
        if isinstance(known, Comment):
            kind = "message" if known.is_public else "note"
        self.journal.add_repeat(kind, key)
        if self.repeat_answer == "conflict":
            raise HTTPException(409, f"A {what} with this deDuplicationKey already exists!")
        return known

    def _created(self, ticket: Ticket) -> dict[str, Any]:
        """A ticket as its creation answers it: with the first comment, if there was one."""
        if ticket.comment is None:
            return self._ticket(ticket)
        return self._ticket(ticket) | {"comment": self._shown(ticket.comment.payload())}

    def _ticket(self, ticket: Ticket) -> dict[str, Any]:
        return self._shown(ticket.payload(self.vendor_data.vocabulary.organization, iso(self.vendor_data.founded)))

    def _shown(self, values: dict[str, Any]) -> dict[str, Any]:
        return values if self.nulls else {name: value for name, value in values.items() if value is not None}

    def _listing(self, read: Callable[[Request], Sequence[dict[str, Any]]], *, assumed: bool = False) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            if assumed and not self.assumed_paths:
                raise HTTPException(404, "Not Found")
            return self._enveloped([self._shown(item) for item in read(request)])

        return endpoint

    def _account_listing(self, read: Callable[[Request], dict[str, Any] | list[dict[str, Any]]]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            found = read(request)
            shown = self._shown(found) if isinstance(found, dict) else [self._shown(item) for item in found]
            return self._enveloped(shown) if self.account_envelope else JSONResponse(shown)

        return endpoint

    def _enveloped(self, data: object, status: int = 200) -> Response:
        body = {"status": True, "message": "Success", "timestamp": iso(self.clock()), "data": data}
        return JSONResponse(body, status)

    def _spend(self, request: Request) -> tuple[dict[str, str], bool]:
        """The rate headers of one request, and whether it is within the limit of its path."""
        path = "/".join("{id}" if part.isupper() or len(part) > 20 else part for part in request.url.path.split("/"))
        limit = self.rate_limit if self.rate_limits else UNLIMITED
        window = self._windows.get(path)
        if window is None:
            window = self._windows[path] = FixedWindow(limit, 60, self.clock)
        window.limit = limit
        spent = window.acquire()
        headers = {
            "X-RateLimit-Limit": str(spent.limit),
            "X-RateLimit-Remaining": "0" if self.throttled else str(spent.remaining),
            "X-RateLimit-Reset": str(int(spent.reset_at.timestamp())),
            "X-RateLimit-IP": "127.0.0.1",
            "X-RateLimit-UserID": self.vendor_data.vocabulary.user_id(self.seed_data.me),
            "X-RateLimit-OrgID": self.vendor_data.vocabulary.organization,
            "X-RateLimit-Path": path,
        }
        return headers, spent.allowed
