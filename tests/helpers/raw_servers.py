"""What the tests of the vendors share: a clock that need not be waited for, a server that misbehaves byte by byte, sign-ins."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from deskhand.domain.accounts import Secret, SignIn
from deskhand.domain.ids import AccountId, VendorId
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.server import VendorServer

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class FakeClock:
    """Time that passes only while everybody sleeps: the sleeper who wakes first sets it."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._sleepers: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        until = self._passed + seconds
        self._sleepers.append(until)
        try:
            while self._passed < until:
                for _ in range(5):  # let everybody who can run do so first
                    await asyncio.sleep(0)
                if until == min(self._sleepers):
                    self._passed = max(self._passed, until)
        finally:
            self._sleepers.remove(until)

    def advance(self, seconds: float) -> None:
        self._passed += seconds


ReceivedRequest = tuple[str, dict[str, str], bytes]
"""A request: its first line, headers in lower case, body."""

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Serve bytes on loopback; yields the base address."""

    talks: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks[task] = writer
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            del talks[task]

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in talks.values():
            writer.transport.abort()
        await asyncio.gather(*talks)
        await server.wait_closed()


async def read_request(reader: asyncio.StreamReader) -> ReceivedRequest:
    """Read a request: its first line, headers in lower case, body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return first, headers, await reader.readexactly(int(headers.get("content-length", "0")))


def reply(status: str, body: bytes, kind: str = "application/json", **headers: str) -> bytes:
    """Return a whole answer as bytes."""
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{extra}\r\n".encode() + body


def canned_answers(*answers: bytes) -> tuple[Handler, list[ReceivedRequest]]:
    """Return a handler that gives these answers in turn, the last one for ever, and the list of what it was asked."""
    asked: list[ReceivedRequest] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked.append(await read_request(reader))
            writer.write(answers[min(len(asked), len(answers)) - 1])
            await writer.drain()

    return handle, asked


def sign_in(server: VendorServer, *, kind: str = "", base_url: str = "", wrong: bool = False) -> SignIn:
    """Return a sign-in that a sandbox server accepts, or (`wrong`) does not."""
    info = REGISTRY[VendorId(server.vendor)].info
    chosen = next(each for each in info.kinds if kind in ("", each.id))
    given = server.credentials
    secret = "not-the-secret-0123456789" if wrong else given[chosen.secret.name]
    known = {
        each.name: given.get(each.name, each.default) for each in (*chosen.fields, *info.options) if not each.secret
    }
    return SignIn(
        account=AccountId("acc"),
        base_url=base_url or server.base_url,
        kind=chosen.id,
        settings={name: value for name, value in known.items() if value},
        secret=Secret(secret),
        me=given.get("me", "jane@example.com"),
    )
