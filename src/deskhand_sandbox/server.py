"""What the vendor servers have in common.

`VendorServer` is the base of each `Server` in `deskhand_sandbox.<vendor>`. A vendor says its routes, how its refusal looks,
what it holds and how a customer speaks up; faults, counting, the journal and the socket are the same for all.
"""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand_sandbox.fault_middleware import FaultMiddleware
from deskhand_sandbox.faults import Faults
from deskhand_sandbox.journal import Journal
from deskhand_sandbox.seed_data import SeedData
from deskhand_sandbox.tokens import Clock, real_time

Answer = TypeVar("Answer")

ANSWER_SECONDS = 10.0
"""Seconds that a call from another thread waits for the server's loop."""


class VendorServer(ABC):
    """One vendor, rebuilt from its public documentation.

    Its state belongs to the loop that serves it. `add_customer_message` and `tickets` may be called from any thread: they run in that loop.
    Attributes that are named in `switches` may be set while it runs, also through the control server.
    """

    vendor: ClassVar[str]
    secrets: ClassVar[frozenset[str]]
    """Names of the `credentials` that a command line must not carry."""
    base_path: ClassVar[str] = ""
    """What the vendor's documents count as part of the base address, such as `/v1`."""
    switches: ClassVar[tuple[str, ...]] = ("rate_limits",)
    conversations_readable: ClassVar[bool] = True
    """Whether a customer's message can be read through the API."""

    def __init__(
        self, seed_data: SeedData, *, seed: int = 1, rate_limits: bool = True, clock: Clock = real_time
    ) -> None:
        self.seed_data = seed_data
        self.seed = seed
        self.rate_limits = rate_limits
        self.clock = clock
        self.faults = Faults(seed)
        self.journal = Journal()
        self.origin = ""
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = 0

    @property
    @abstractmethod
    def credentials(self) -> dict[str, str]:
        """What signs in here: field name to value, the same for the same seed."""

    @abstractmethod
    def routes(self) -> list[Route]:
        """The endpoints, `base_path` included."""

    @abstractmethod
    def _add_customer_message(self, ticket_id: str | None, text: str | None) -> str | None:
        """Let a customer write, in the ticket or (None) in a new or any one; returns the ticket's id, None where none can be."""

    @abstractmethod
    def _list_tickets(self) -> list[dict[str, Any]]:
        """What the server holds now: `id`, `subject` and `state` (the vendor's value) of every ticket."""

    @abstractmethod
    def _get_ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """The same of one ticket, with `messages`: `id`, `author`, `text`, `internal`, `files` (names), oldest first."""

    def error_response(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
        """An error answer in the form of this vendor."""
        return JSONResponse({"error": message}, status, headers=headers)

    async def check_request(self, request: Request) -> Response | Mapping[str, str]:
        """Look at a request before its endpoint does: an early answer (401, 429), or headers for every answer."""
        del request
        return {}

    @property
    def base_url(self) -> str:
        """The address a client is given."""
        return self.origin + self.base_path

    @cached_property
    def middleware(self) -> FaultMiddleware:
        """The whole server as an ASGI application."""
        routes = self.routes()
        inner = Starlette(routes=routes, exception_handlers={HTTPException: self._refused})
        inner.router.redirect_slashes = False
        inner.add_middleware(_CheckMiddleware, server=self)
        return FaultMiddleware(inner, routes, self.faults, self.clock)

    @property
    def app(self) -> FaultMiddleware:
        """The same, by the name that ASGI servers use."""
        return self.middleware

    def received(self) -> list[dict[str, Any]]:
        """Every message, note, ticket, change and upload that took effect, in order; see `Journal.as_json`."""
        return self.journal.as_json()

    def counts(self) -> dict[str, dict[str, int]]:
        """Requests by method and path template, and by status."""
        return self.middleware.counts()

    def add_customer_message(self, ticket_id: str | None = None, text: str | None = None) -> str | None:
        """A customer writes a new message, or a new ticket appears; returns the ticket's id, None where the vendor has none."""
        return self._in_loop(lambda: self._add_customer_message(ticket_id, text))

    def tickets(self) -> list[dict[str, Any]]:
        """`_list_tickets`, from any thread."""
        return self._in_loop(self._list_tickets)

    def ticket(self, ticket_id: str) -> dict[str, Any] | None:
        """`_get_ticket`, from any thread."""
        return self._in_loop(lambda: self._get_ticket(ticket_id))

    def set_switches(self, values: Mapping[str, Any]) -> None:
        """Set switches by name; an unknown one raises ValueError."""
        unknown = set(values) - set(self.switches)
        if unknown:
            raise ValueError(f"{self.vendor} has no switch {', '.join(sorted(unknown))}")
        for name, value in values.items():
            setattr(self, name, value)

    def _in_loop(self, call: Callable[[], Answer]) -> Answer:
        loop = self.loop
        if loop is None or threading.get_ident() == self.thread:
            return call()

        async def called() -> Answer:
            return call()

        return asyncio.run_coroutine_threadsafe(called(), loop).result(ANSWER_SECONDS)

    async def _refused(self, _request: Request, problem: Exception) -> Response:
        refused = cast("HTTPException", problem)
        return self.error_response(refused.status_code, refused.detail, refused.headers)


class _CheckMiddleware:
    """Asks the vendor before each endpoint and adds its headers to every answer."""

    def __init__(self, app: ASGIApp, server: VendorServer) -> None:
        self._app = app
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = await self._server.check_request(Request(scope))
        if isinstance(said, Response):
            await said(scope, receive, send)
            return
        extra = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in said.items()]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await self._app(scope, receive, sending)
