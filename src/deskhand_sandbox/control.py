"""The control server: how a person, the demo or a test outside this process steers the sandbox.

It belongs to the sandbox and to no vendor: no client of a vendor may use it. It listens on a port of its own, on loopback, and
asks for no credentials.

    GET    /                        addresses and credentials
    GET    /{vendor}/faults         the rules in force
    POST   /{vendor}/faults         one rule or a list (`faults.FaultRule`), or {"kind": "expire_tokens"}
    DELETE /{vendor}/faults         everything works again
    PATCH  /{vendor}/switches       {"rate_limits": false, ...}: the server's own switches
    GET    /{vendor}/received       what took effect through the API
    GET    /{vendor}/counts         requests by endpoint and status
    POST   /{vendor}/speak          {"ticket"?: id, "text"?: text}: a customer writes
    GET    /{vendor}/tickets        id, subject, state of everything held now
    GET    /{vendor}/tickets/{id}   one of them with its messages
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.fault_middleware import FaultMiddleware
from deskhand_sandbox.faults import FaultRule, Faults
from deskhand_sandbox.server import VendorServer

Steering = Callable[[VendorServer, Request], Awaitable[Response]]


def control_app(servers: Mapping[str, VendorServer], addresses: Callable[[], dict[str, Any]]) -> FaultMiddleware:
    """The control server over these vendor servers; `addresses` is what `GET /` answers."""

    async def overview(_request: Request) -> Response:
        return JSONResponse(addresses())

    def of(steering: Steering) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            server = servers.get(request.path_params["vendor"])
            if server is None:
                raise HTTPException(404, "No such vendor")
            try:
                return await steering(server, request)
            except (ValueError, TypeError) as problem:
                raise HTTPException(400, str(problem)) from problem

        return endpoint

    routes = [
        Route("/", overview),
        Route("/{vendor}/faults", of(_faults), methods=["GET", "POST", "DELETE"]),
        Route("/{vendor}/switches", of(_set_switches), methods=["PATCH"]),
        Route("/{vendor}/received", of(_received)),
        Route("/{vendor}/counts", of(_counts)),
        Route("/{vendor}/speak", of(_add_customer_message), methods=["POST"]),
        Route("/{vendor}/tickets", of(_list_tickets)),
        Route("/{vendor}/tickets/{ticket:path}", of(_get_ticket)),
    ]
    return FaultMiddleware(Starlette(routes=routes, exception_handlers={HTTPException: _refused}), routes, Faults())


async def _refused(_request: Request, problem: Exception) -> Response:
    refused = cast("HTTPException", problem)
    return JSONResponse({"error": refused.detail}, refused.status_code)


async def _faults(server: VendorServer, request: Request) -> Response:
    if request.method == "DELETE":
        server.faults.clear()
    elif request.method == "POST":
        said = await request.json()
        for rule in said if isinstance(said, list) else [said]:
            if not isinstance(rule, dict):
                raise TypeError("A rule is an object")
            if rule.get("kind") == "expire_tokens":
                server.faults.expire_tokens()
            else:
                server.faults.add(FaultRule.from_json(rule))
    return JSONResponse([asdict(rule) for rule in server.faults.rules()])


async def _set_switches(server: VendorServer, request: Request) -> Response:
    server.set_switches(await request.json())
    return JSONResponse({name: getattr(server, name) for name in server.switches})


async def _received(server: VendorServer, _request: Request) -> Response:
    return JSONResponse(server.received())


async def _counts(server: VendorServer, _request: Request) -> Response:
    return JSONResponse(server.counts())


async def _add_customer_message(server: VendorServer, request: Request) -> Response:
    said = await request.json() if await request.body() else {}
    return JSONResponse({"ticket": server.add_customer_message(said.get("ticket"), said.get("text"))})


async def _list_tickets(server: VendorServer, _request: Request) -> Response:
    return JSONResponse(server.tickets())


async def _get_ticket(server: VendorServer, request: Request) -> Response:
    held = server.ticket(request.path_params["ticket"])
    if held is None:
        raise HTTPException(404, "No such ticket")
    return JSONResponse(held)
