"""Middleware around every vendor server: applies the faults, counts the answers and adds the Date header."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC
from email.utils import format_datetime
from typing import Any

from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand_sandbox.faults import FaultKind, FaultRule, Faults
from deskhand_sandbox.hang_up_protocol import HANG_UP, HANG_UP_AFTER_SENDING
from deskhand_sandbox.tokens import Clock, real_time

SIGN_IN_PAGE = (
    b"<!DOCTYPE html><html><head><title>Guest network</title></head><body><h1>Please sign in</h1></body></html>"
)

PIECES = 20
"""Into how many pieces SLOW_BODY cuts an answer."""

Headers = list[tuple[bytes, bytes]]


class FaultMiddleware:
    """ASGI middleware around one vendor's application."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], faults: Faults, clock: Clock = real_time) -> None:
        self._app = app
        self._routes = routes
        self._faults = faults
        self._clock = clock
        self._answers: Counter[tuple[str, str]] = Counter()
        self.delayed = 0
        """How many requests are held up by latency now."""

    def counts(self) -> dict[str, dict[str, int]]:
        """How many requests came: `{"GET /v1/tickets": {"200": 3, "dropped": 1}}`."""
        counted: dict[str, dict[str, int]] = {}
        for (endpoint, status), number in sorted(self._answers.copy().items()):
            counted.setdefault(endpoint, {})[status] = number
        return counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, with whatever shall go wrong."""
        if scope["type"] != "http":
            return
        endpoint = f"{scope['method']} {self._template(scope)}"

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._answers[endpoint, str(message["status"])] += 1
                message["headers"] = [
                    *message.get("headers", []),
                    (b"date", format_datetime(self._clock().astimezone(UTC), usegmt=True).encode()),
                ]
            await send(message)

        verdict = self._faults.decide(scope["method"], scope["path"])
        if verdict.delay:
            self.delayed += 1
            try:
                await asyncio.sleep(verdict.delay)
            finally:
                self.delayed -= 1
        hang_up: Callable[[], Awaitable[None]] = scope["extensions"][HANG_UP]
        match verdict.rule:
            case None:
                await self._app(scope, receive, stamped)
            case FaultRule(kind=FaultKind.STATUS) as rule:
                await _drain(receive)
                await _answer(stamped, rule.status, *_fault_body(rule))
            case FaultRule(kind=FaultKind.HTML_INSTEAD):
                await _drain(receive)
                await _answer(stamped, 200, SIGN_IN_PAGE, [(b"content-type", b"text/html; charset=utf-8")])
            case FaultRule(kind=FaultKind.DROP_BEFORE):
                self._answers[endpoint, "dropped"] += 1
                await hang_up()
            case FaultRule(kind=FaultKind.ACCEPT_AND_DROP):
                await self._app(scope, receive, _BufferedResponse())
                self._answers[endpoint, "dropped"] += 1
                await hang_up()
            case FaultRule(kind=FaultKind.ACCEPT_AND_STATUS) as rule:
                await self._app(scope, receive, _BufferedResponse())
                await _answer(stamped, rule.status, *_fault_body(rule))
            case FaultRule(kind=FaultKind.CUT_BODY | FaultKind.REPEAT_ENTRIES | FaultKind.SLOW_BODY) as rule:
                buffered = _BufferedResponse()
                await self._app(scope, receive, buffered)
                await _send_damaged(rule, buffered, stamped, scope["extensions"][HANG_UP_AFTER_SENDING])
            case _:
                raise AssertionError(verdict.rule.kind)

    def _template(self, scope: Scope) -> str:
        for route in self._routes:
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
                return route.path
        return "(unknown path)"


class _BufferedResponse:
    """A `send` that records the answer."""

    def __init__(self) -> None:
        self.start: Message = {"type": "http.response.start", "status": 500, "headers": []}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")


def _with_repeated_entries(body: bytes) -> bytes:
    try:
        return json.dumps(_repeat_entries(json.loads(body))).encode()
    except ValueError:
        return body


def _repeat_entries(value: Any) -> Any:
    if isinstance(value, list):
        return [each for item in value for each in (_repeat_entries(item),) * 2]
    if isinstance(value, dict):
        return {name: _repeat_entries(each) for name, each in value.items()}
    return value


def _without_length(start: Message) -> Headers:
    return [header for header in start.get("headers", []) if header[0] != b"content-length"]


async def _send_damaged(
    rule: FaultRule, buffered: "_BufferedResponse", send: Send, hang_up: Callable[[], Awaitable[None]]
) -> None:
    """Send an answer that was made, in the way that the rule tells."""
    if rule.kind is FaultKind.REPEAT_ENTRIES:
        await _answer(
            send, buffered.start["status"], _with_repeated_entries(buffered.body), _without_length(buffered.start)
        )
        return
    await send(buffered.start)
    if rule.kind is FaultKind.SLOW_BODY:
        await _send_slowly(send, buffered.body, rule.seconds)
    else:
        await send({"type": "http.response.body", "body": buffered.body[: len(buffered.body) // 2], "more_body": True})
        await hang_up()


async def _drain(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


async def _answer(send: Send, status: int, body: bytes, headers: Headers) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _send_slowly(send: Send, body: bytes, seconds: float) -> None:
    step = max(1, len(body) // PIECES)
    clock = asyncio.get_running_loop()
    began = clock.time()
    for start in range(0, len(body), step):
        await send({"type": "http.response.body", "body": body[start : start + step], "more_body": True})
        # Until a moment: Windows' clock may tick every 16 ms only, and a loop skips shorter waits, each of them.
        await asyncio.sleep(began + seconds * (start + step) / len(body) - clock.time())
    await send({"type": "http.response.body", "body": b""})


def _fault_body(rule: FaultRule) -> tuple[bytes, Headers]:
    body = (rule.body or "").encode()
    try:
        json.loads(body)
        mime = b"application/json"
    except ValueError:
        mime = b"text/plain; charset=utf-8"
    headers: Headers = [(b"content-type", mime)]
    if rule.retry_after is not None:
        headers.append((b"retry-after", rule.retry_after.encode("latin-1", "replace")))
    return body, headers
