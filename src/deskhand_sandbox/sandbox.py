"""The sandbox itself: the vendor servers, each on a loopback port, and the control server beside them, in one loop."""

import asyncio
import importlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from deskhand_sandbox.control import control_app
from deskhand_sandbox.hang_up_protocol import HangUpProtocol
from deskhand_sandbox.seed import build
from deskhand_sandbox.server import VendorServer
from deskhand_sandbox.shares import SHARES
from deskhand_sandbox.tokens import Clock, real_time

LOOPBACK = "127.0.0.1"
START_SECONDS = 30.0


class Sandbox:
    """Vendor servers by name; `box["thena"].base_url` is valid while it is served."""

    def __init__(
        self,
        *,
        tickets: int = 300,
        seed: int = 1,
        only: Sequence[str] = (),
        rate_limits: bool = True,
        clock: Clock = real_time,
    ) -> None:
        self.control_url = ""
        self.servers: dict[str, VendorServer] = {
            vendor: _server(vendor, tickets, seed, rate_limits=rate_limits, clock=clock)
            for vendor in SHARES
            if not only or vendor in only
        }

    def __getitem__(self, vendor: str) -> VendorServer:
        return self.servers[vendor]

    def __iter__(self) -> Iterator[VendorServer]:
        return iter(self.servers.values())

    def as_json(self) -> dict[str, Any]:
        """Addresses and credentials: `{"control": url, "vendors": {vendor: {"base_url", "credentials"}}}`."""
        return {
            "control": self.control_url,
            "vendors": {
                server.vendor: {"base_url": server.base_url, "credentials": server.credentials} for server in self
            },
        }

    async def serve(self, stop: asyncio.Event, port: int = 0, started: Callable[[], None] = lambda: None) -> None:
        """Listen until `stop` is set. With a `port` the control server gets it and the vendors those after it."""
        loop = asyncio.get_running_loop()
        listeners = _Listeners()
        ports = iter([0] * (len(self.servers) + 1) if port == 0 else range(port, port + len(self.servers) + 1))
        try:
            self.control_url = await listeners.open(
                cast("ASGIApp", control_app(self.servers, self.as_json)), next(ports)
            )
            for server in self:
                server.origin = await listeners.open(server.app, next(ports))
                server.loop, server.thread = loop, threading.get_ident()
            started()
            await stop.wait()
        finally:
            for server in self:
                server.loop = None
            await listeners.close()


class _Listeners:
    """The listening sockets and the lines open through them.

    uvicorn's own server wakes ten times a second and waits for requests to end; this one sleeps, and ends at once.
    """

    def __init__(self) -> None:
        self._listeners: list[asyncio.Server] = []
        self._state = ServerState()

    async def open(self, app: ASGIApp, port: int) -> str:
        config = Config(
            cast("Any", app),
            http=HangUpProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
        )
        config.load()
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(
            lambda: HangUpProtocol(config=config, server_state=self._state, app_state={}), LOOPBACK, port
        )
        self._listeners.append(listener)
        return f"http://{LOOPBACK}:{listener.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        for listener in self._listeners:
            listener.close()
        for line in tuple(self._state.connections):
            line.transport.abort()
        tasks = tuple(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for listener in self._listeners:
            await listener.wait_closed()


@contextmanager
def serving(
    *,
    tickets: int = 300,
    seed: int = 1,
    only: Iterable[str] = (),
    rate_limits: bool = False,
    clock: Clock = real_time,
    port: int = 0,
) -> Iterator[Sandbox]:
    """Serve a sandbox in a thread of this process, for tests; nothing is left when the block ends.

    Rate limits are off here unless asked for: a test that wants them says so.
    """
    box = Sandbox(tickets=tickets, seed=seed, only=tuple(only), rate_limits=rate_limits, clock=clock)
    ready = threading.Event()
    failed: list[BaseException] = []
    ends: list[Callable[[], object]] = []

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        ends.append(lambda: loop.call_soon_threadsafe(stop.set))
        await box.serve(stop, port, ready.set)

    def run() -> None:
        try:
            asyncio.run(main())
        except OSError as problem:
            failed.append(problem)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="sandbox")
    thread.start()
    if not ready.wait(START_SECONDS):
        raise TimeoutError("The sandbox did not start")
    try:
        if failed:
            raise failed[0]
        yield box
    finally:
        if not failed:
            ends[0]()
        thread.join()


def _server(vendor: str, tickets: int, seed: int, *, rate_limits: bool, clock: Clock) -> VendorServer:
    module = importlib.import_module(f"deskhand_sandbox.{vendor}")
    seed_data = build(seed, max(1, round(tickets * SHARES[vendor])), vendor, clock())
    return cast("VendorServer", module.Server(seed_data, seed=seed, rate_limits=rate_limits, clock=clock))
