"""Routera over HTTP: the token, the records, the routers, the dispatch."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import NAMESPACE_URL, UUID, uuid5

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.customer_writer import CustomerWriter
from deskhand_sandbox.requests import bearer, json_object
from deskhand_sandbox.routera.records import Records
from deskhand_sandbox.routera.routers import Dispatcher, Router, seeded
from deskhand_sandbox.routera.schema import OBJECT_TYPES
from deskhand_sandbox.routera.seeding import fill
from deskhand_sandbox.seed_data import SeedData
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.tokens import Clock, Tokens, real_time, secret

LIMITS = range(10, 101)
"""The page sizes that the prose allows."""


class Server(VendorServer):
    """Routera, as its documents describe it. Attributes named in `switches` may be changed while it runs.

    Attributes:
        token_lifetime: seconds that a token is good for (`expires_in`).
        account_context: False lets every token lack the account context (401).
        stage_by_default: True answers `ticket_stage` unasked, as the vendor's samples do against its tables.
        count_is_total: True lets `pagination.count` say how many records there are, not how many are on the page.
        account_state: None, or the sentence of a dispatch for the whole account ("Account is not active").
    """

    vendor = "routera"
    secrets = frozenset({"client_secret"})
    conversations_readable = False
    switches = (
        *VendorServer.switches,
        "token_lifetime",
        "account_context",
        "stage_by_default",
        "count_is_total",
        "account_state",
    )

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        super().__init__(seed_data, seed=seed, rate_limits=rate_limits, clock=clock)
        self.account_context = True
        self.stage_by_default = False
        self.count_is_total = False
        users = tuple(agent.email for agent in seed_data.agents)
        client = self.credentials["client_id"]
        self.records = {path: Records(kind, frozenset(users), client, clock) for path, kind in OBJECT_TYPES.items()}
        fill(self.records, seed_data)
        self._customer_writer = CustomerWriter(seed_data, self.vendor, clock)
        self.dispatcher = Dispatcher(seeded(users), self.records)
        self._tokens = Tokens(self.vendor, seed, self.faults, clock)

    @property
    def token_lifetime(self) -> int:
        """Seconds that the tokens issued from now on are good for."""
        return self._tokens.lifetime

    @token_lifetime.setter
    def token_lifetime(self, seconds: int) -> None:
        self._tokens.lifetime = seconds

    @property
    def account_state(self) -> str | None:
        """The sentence with which every dispatch is turned down, if any."""
        return self.dispatcher.account

    @account_state.setter
    def account_state(self, sentence: str | None) -> None:
        self.dispatcher.account = sentence

    @property
    def credentials(self) -> dict[str, str]:
        """The API client of the account."""
        return {
            "client_id": str(uuid5(NAMESPACE_URL, secret(self.seed, self.vendor, "client_id"))),
            "client_secret": secret(self.seed, self.vendor, "client_secret"),
        }

    def routes(self) -> list[Route]:
        """Token, the four object types, routers, dispatch; there is no version in the paths."""
        routes = [
            Route("/oauth2/token", self._token, methods=["POST"]),
            Route("/routers", self._routers),
            Route("/routers/{router_id}", self._router),
            Route("/dispatch/router", self._dispatch, methods=["POST"]),
        ]
        for path in OBJECT_TYPES:
            one = f"/{path}/{{object_id}}"
            routes += [
                Route(f"/{path}", self._of(path, self._list), methods=["GET"]),
                Route(f"/{path}", self._of(path, self._create), methods=["POST"]),
                Route(one, self._of(path, self._get), methods=["GET"]),
                Route(one, self._of(path, self._change), methods=["PATCH"]),
                Route(one, self._of(path, self._archive), methods=["DELETE"]),
            ]
        return routes

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """Ask for a token that is good and carries the account, on everything but the token call."""
        if request.url.path == "/oauth2/token":
            return {}
        token = bearer(request)
        if token is None or not self._tokens.is_valid(token):
            return self.error_response(401, "Unauthorized")
        if not self.account_context:
            return self.error_response(401, "Unauthorized: missing account context")
        return {}

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """The one error body that the documents show."""
        return JSONResponse({"message": message, "error": True}, status, headers=headers)

    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """What a customer does here: a form somewhere makes a ticket, or touches the one that is named."""
        tickets = self.records["tickets"]
        if ticket_id is not None:
            row = tickets.rows.get(ticket_id)
            if row is None or row["archived"]:
                return None
            tickets.change(ticket_id, {"last_note": text or "The customer asked again"})
            return ticket_id
        seed_ticket = self._customer_writer.open_ticket(text)
        opening = seed_ticket.messages[0]
        row = tickets.create(
            {
                "ticket_name": seed_ticket.subject or opening.author.email,
                "pipeline": "default",
                "ticket_stage": "new",
                "customer_email": opening.author.email,
                "last_note": opening.text,
            }
        )
        return str(row["id"])

    def _list_tickets(self) -> list[dict[str, Any]]:
        """Every ticket, archived ones too, oldest first."""
        return [
            {"id": row["id"], "subject": row["ticket_name"], "state": row["ticket_stage"]}
            for row in self.records["tickets"].rows.values()
        ]

    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with all its fields; it has no messages."""
        row = self.records["tickets"].rows.get(ticket_id)
        if row is None:
            return None
        return {**row, "subject": row["ticket_name"], "state": row["ticket_stage"], "messages": []}

    async def _token(self, request: Request) -> Response:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != "application/x-www-form-urlencoded":
            return _oauth_refusal(400, "invalid_request", "The body must be form-encoded")
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
        if "grant_type" not in form:
            return _oauth_refusal(400, "invalid_request", "grant_type is missing")
        if form["grant_type"] != "client_credentials":
            return _oauth_refusal(400, "unsupported_grant_type", "grant_type must be client_credentials")
        given = _basic(request) or (form.get("client_id"), form.get("client_secret"))
        if given != (self.credentials["client_id"], self.credentials["client_secret"]):
            return _oauth_refusal(401, "invalid_client", "Client id or secret is wrong")
        token = {"access_token": self._tokens.issue(), "expires_in": self._tokens.lifetime, "token_type": "Bearer"}
        return JSONResponse(token, headers={"Cache-Control": "no-store"})

    def _of(
        self, path: str, endpoint: Callable[[Request, Records], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def called(request: Request) -> Response:
            return await endpoint(request, self.records[path])

        return called

    async def _list(self, request: Request, records: Records) -> Response:
        more = self._asked(request, records)
        offset, limit, archived = _paging(request)
        rows = records.page(offset, limit, archived=archived)
        count = records.total(archived=archived) if self.count_is_total else len(rows)
        return _listed([records.payload(row, more) for row in rows], offset, limit, count)

    async def _create(self, request: Request, records: Records) -> Response:
        given = await _fields(request)
        try:
            row = records.create(given)
        except HTTPException as refused:
            if refused.status_code == 409 and records.kind.path == "tickets":
                self.journal.add_repeat("ticket", given["external_id"])
            raise
        self._note("create", records, row, given)
        return JSONResponse(records.payload(row, self._unasked(records)), 201)

    async def _get(self, request: Request, records: Records) -> Response:
        more = self._asked(request, records)
        return JSONResponse(records.payload(records.find(request.path_params["object_id"]), more))

    async def _change(self, request: Request, records: Records) -> Response:
        more = self._asked(request, records)
        records.find(request.path_params["object_id"])
        given = await _fields(request)
        row = records.change(request.path_params["object_id"], given)
        self._note("update", records, row, given)
        return JSONResponse(records.payload(row, more))

    async def _archive(self, request: Request, records: Records) -> Response:
        row = records.archive(request.path_params["object_id"])
        self._note("archive", records, row, {"archived": row["archived"]})
        return JSONResponse(records.payload(row))

    async def _routers(self, request: Request) -> Response:
        offset, limit, archived = _paging(request)
        routers = [router for router in self.dispatcher.routers if archived or not router.archived]
        page = [self._router_payload(router) for router in routers[offset : offset + limit]]
        return _listed(page, offset, limit, len(routers) if self.count_is_total else len(page))

    async def _router(self, request: Request) -> Response:
        wanted = request.path_params["router_id"]
        try:
            UUID(wanted)
        except ValueError:
            raise HTTPException(400, "routerId must be a UUID") from None
        for router in self.dispatcher.routers:
            if router.id == wanted:
                return JSONResponse(self._router_payload(router))
        raise HTTPException(404, "Router not found")

    async def _dispatch(self, request: Request) -> Response:
        body = await json_object(request, wrong_type=400)
        for name in ("router_id", "object_id"):
            if not isinstance(body.get(name), str) or not body[name]:
                raise HTTPException(400, f"{name} is required")
        answer = self.dispatcher.dispatch(body["router_id"], body["object_id"])
        if answer.get("success"):
            fields = {"operation": "dispatch", "router_id": body["router_id"], "owner": answer["user"]}
            self.journal.add("change", ticket=body["object_id"], remote=body["object_id"], fields=fields)
        return JSONResponse(answer)

    def _router_payload(self, router: Router) -> dict[str, Any]:
        return router.payload(self.seed_data.now - timedelta(days=90))

    def _asked(self, request: Request, records: Records) -> tuple[str, ...]:
        return (*records.asked(request.query_params.get("properties")), *self._unasked(records))

    def _unasked(self, records: Records) -> tuple[str, ...]:
        return ("ticket_stage",) if self.stage_by_default and records.kind.path == "tickets" else ()

    def _note(self, operation: str, records: Records, row: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        is_ticket = records.kind.path == "tickets"
        fields = given if is_ticket and operation == "create" else {"operation": operation, **given}
        if not is_ticket:
            self.journal.add("record", ticket=None, remote=row["id"], fields={"object": records.kind.path, **fields})
        elif operation == "create":
            key = given.get("external_id")
            self.journal.add(
                "ticket", ticket=row["id"], remote=row["id"], text=row["ticket_name"], fields=fields, key=key
            )
        else:
            self.journal.add("change", ticket=row["id"], remote=row["id"], fields=fields)


def _oauth_refusal(status: int, error: str, description: str) -> Response:
    headers = {"WWW-Authenticate": "Basic"} if status == 401 else {}
    return JSONResponse({"error": error, "error_description": description}, status, headers=headers)


def _basic(request: Request) -> tuple[str, str] | None:
    """Client id and secret of the `Authorization: Basic` header."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, client_secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, client_secret


async def _fields(request: Request) -> dict[str, Any]:
    """The one property that a body may have."""
    body = await json_object(request, wrong_type=400)
    if set(body) != {"fields"} or not isinstance(body["fields"], dict):
        raise HTTPException(400, "The body must be an object with the single property fields")
    return body["fields"]


def _paging(request: Request) -> tuple[int, int, bool]:
    numbers = []
    for name, default, allowed in (("offset", 0, range(2**31)), ("limit", 10, LIMITS)):
        given = request.query_params.get(name, str(default))
        if not given.isdecimal() or int(given) not in allowed:
            raise HTTPException(400, f"Invalid {name}: {given}")
        numbers.append(int(given))
    archived = request.query_params.get("archived", "false")
    if archived not in {"true", "false"}:
        raise HTTPException(400, f"Invalid archived: {archived}")
    return numbers[0], numbers[1], archived == "true"


def _listed(page: list[dict[str, Any]], offset: int, limit: int, count: int) -> Response:
    return JSONResponse({"data": page, "pagination": {"limit": limit, "offset": offset, "count": count}})
