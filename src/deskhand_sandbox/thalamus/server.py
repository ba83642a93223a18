"""The eight calls of Thalamus over HTTP, and what a test may ask about what they left behind."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.journal import EntryKind
from deskhand_sandbox.requests import bearer, json_object
from deskhand_sandbox.seed_data import SeedData, SeedTicket
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.thalamus import request_schema
from deskhand_sandbox.thalamus.vendor_data import Row, VendorData
from deskhand_sandbox.tokens import Clock, real_time, secret

FIRST_EXTERNAL_ID = 328_099
"""The external id that the documents show; the seeded tickets are numbered from it."""

_STATUS = {
    "open": "open",
    "pending": "pending",
    "on_hold": "hold",
    "snoozed": "hold",
    "solved": "solved",
    "closed": "closed",
}
_NOUN = {
    "ticket": "Ticket",
    "comment": "Comment",
    "contact": "Contact",
    "organization": "Organization",
    "status": "Status variant",
    "category": "Category",
    "agent": "Agent",
    "queue": "Queue record",
}

Call = Callable[[Request, Mapping[str, Any]], tuple[Row, bool]]


class Server(VendorServer):
    """Thalamus, as its documents describe it. Attributes named in `switches` may be changed while it runs."""

    vendor = "thalamus"
    secrets = frozenset({"api_key"})
    conversations_readable = False
    base_path = "/api/v1"

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        super().__init__(seed_data, seed=seed, rate_limits=rate_limits, clock=clock)
        self.vendor_data = VendorData(clock)
        self._seed_tickets()

    @property
    def credentials(self) -> dict[str, str]:
        """The partner's API key, in the printed form: a prefix and 30 characters."""
        return {"api_key": "nerds_live_" + secret(self.seed, self.vendor, "api_key")[:30]}

    def routes(self) -> list[Route]:
        """The eight upserts; nothing else exists."""
        vendor_data = self.vendor_data
        calls: list[tuple[str, str, tuple[request_schema.Field, ...], Call]] = [
            (
                "/ticket/{external_id}",
                "ticket",
                request_schema.TICKET,
                lambda request, body: vendor_data.ticket(_id(request), body),
            ),
            (
                "/ticket/{external_id}/comment",
                "comment",
                request_schema.COMMENT,
                lambda request, body: vendor_data.comment(_id(request), body),
            ),
            (
                "/contact/{external_id}",
                "contact",
                request_schema.CONTACT,
                lambda request, body: vendor_data.contact(_id(request), body),
            ),
            (
                "/organization/{external_id}",
                "organization",
                request_schema.ORGANIZATION,
                lambda request, body: vendor_data.organization(_id(request), body),
            ),
            (
                "/partner/reference/status",
                "status",
                request_schema.STATUS,
                lambda _request, body: vendor_data.status(body),
            ),
            (
                "/reference/category",
                "category",
                request_schema.CATEGORY,
                lambda _request, body: vendor_data.category(body),
            ),
            ("/reference/agent", "agent", request_schema.AGENT, lambda _request, body: vendor_data.agent(body)),
            ("/queue", "queue", request_schema.QUEUE, lambda _request, body: vendor_data.queue(body)),
        ]
        return [
            Route(self.base_path + path, self._upsert(resource, shape, call), methods=["POST"])
            for path, resource, shape, call in calls
        ]

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """Ask for the partner's key."""
        if bearer(request) != self.credentials["api_key"]:
            return self.error_response(401, "Unauthenticated")
        return {}

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """The success envelope turned over; the documents show no error body."""
        return JSONResponse({"success": False, "message": message}, status, headers=headers)

    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """Nothing: whatever a customer writes, no call could read it."""
        del ticket_id, text
        return None

    def arrivals(self, resource: str, key: str) -> int:
        """How often a row came through the API, under the partner's id for it (the seeded ones start at 0)."""
        row = self.vendor_data.tables[resource].get(key)
        return 0 if row is None else row.arrivals

    def _list_tickets(self) -> list[dict[str, Any]]:
        """Every ticket by its external id."""
        return [
            {"id": key, "subject": row.values["title"], "state": row.values["status"]}
            for key, row in self.vendor_data.tables["ticket"].items()
        ]

    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """One ticket with its comments, in the order in which they came."""
        row = self.vendor_data.tables["ticket"].get(ticket_id)
        if row is None:
            return None
        return {
            "id": ticket_id,
            "subject": row.values["title"],
            "state": row.values["status"],
            "messages": [
                {
                    "id": comment.values["external_id"] or comment.uuid,
                    "author": comment.values["external_agent_id"] or comment.values["external_contact_id"],
                    "text": comment.values["body"],
                    "internal": comment.values["visibility"] != "public",
                    "files": [],
                }
                for comment in self.vendor_data.tables["comment"].values()
                if comment.values["external_ticket_id"] == ticket_id
            ],
        }

    def _upsert(
        self, resource: str, shape: tuple[request_schema.Field, ...], call: Call
    ) -> Callable[[Request], Awaitable[Response]]:
        always_200 = resource in {"agent", "category"}

        async def endpoint(request: Request) -> Response:
            body = await json_object(request)
            wrong = request_schema.complaints(shape, body)
            if wrong:
                raise HTTPException(422, "; ".join(wrong))
            given = request_schema.supplied(shape, body)
            before = self._values(resource, request, given)
            row, created = call(request, given)
            self._note(resource, request, given, row, before)
            if always_200:
                message = f"{_NOUN[resource]} upserted successfully"
            else:
                message = f"{_NOUN[resource]} {'created' if created else 'updated'} successfully"
            answer = {"success": True, "data": self.vendor_data.payload(resource, row), "message": message}
            return JSONResponse(answer, 201 if created and not always_200 else 200)

        return endpoint

    def _values(self, resource: str, request: Request, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """What was known of the row before the call, None for a new one."""
        key = given.get("external_id") if resource == "comment" else request.path_params.get("external_id")
        row = None if key is None else self.vendor_data.tables[resource].get(key)
        return None if row is None else dict(row.values)

    def _note(
        self, resource: str, request: Request, given: Mapping[str, Any], row: Row, before: Mapping[str, Any] | None
    ) -> None:
        same = before is not None and _without_time(before) == _without_time(row.values)
        key: str | None = request.path_params.get("external_id") or given.get("external_id") or given.get("id")
        match resource:
            case "ticket" if same:
                self.journal.add_repeat("ticket", _id(request))
            case "ticket" if before is not None:
                self.journal.add("change", ticket=key, remote=row.uuid, fields=given)
            case "ticket":
                self.journal.add("ticket", ticket=key, remote=row.uuid, fields=given, key=key)
            case "comment":
                what: EntryKind = "message" if row.values["visibility"] == "public" else "note"
                if same:
                    self.journal.add_repeat(what, given["external_id"])
                    return
                own = given.get("external_id")
                self.journal.add(what, ticket=_id(request), remote=row.uuid, text=given["body"], fields=given, key=own)
            case _:
                fields = {"resource": resource, **given}
                self.journal.add("record", ticket=None, remote=row.uuid, fields=fields, key=key)

    def _seed_tickets(self) -> None:
        """The seeded tickets, as an older system of the same partner pushed them."""
        for agent in self.seed_data.agents:
            self.vendor_data.agent({"external_id": f"AGT-{agent.id}", "name": agent.name})
        for seed_ticket in self.seed_data.tickets:
            self._seed_ticket(seed_ticket)
        for table in self.vendor_data.tables.values():
            for row in table.values():
                row.arrivals = 0

    def _seed_ticket(self, seed_ticket: SeedTicket) -> None:
        external_id = str(FIRST_EXTERNAL_ID + seed_ticket.number - 1)
        given: dict[str, Any] = {
            "title": seed_ticket.subject,
            "status": _STATUS.get(seed_ticket.state, "open"),
            "priority": seed_ticket.priority,
            "type": "support",
            "created_at": _rfc3339(seed_ticket.created_at),
            "updated_at": _rfc3339(seed_ticket.updated_at),
        }
        if seed_ticket.requester is not None:
            given["contact_external_id"] = f"C-{seed_ticket.requester.id}"
        if seed_ticket.assignee is not None:
            given["external_agent_id"] = f"AGT-{seed_ticket.assignee.id}"
        self.vendor_data.ticket(external_id, given)


def _without_time(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values but for the time of the change, which moves with every call."""
    return {name: value for name, value in values.items() if name != "updated_at"}


def _id(request: Request) -> str:
    return str(request.path_params["external_id"])


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
