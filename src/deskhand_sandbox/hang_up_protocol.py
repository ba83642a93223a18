"""The line of one client: uvicorn's HTTP protocol, with a way to hang up.

ASGI has no message for closing a connection without an answer. `HangUpProtocol` puts two into the scope: `HANG_UP` closes the socket and
throws away what was not sent yet, `HANG_UP_AFTER_SENDING` sends the buffered bytes first. Both return once it is closed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HANG_UP = "deskhand_sandbox.hang_up"
HANG_UP_AFTER_SENDING = "deskhand_sandbox.hang_up_after_sending"


class HangUpProtocol(H11Protocol):
    """One connection; the application under it may hang up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log = False
        inner = cast("ASGIApp", self.app)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {
                HANG_UP: _closing(self.transport.abort, receive),
                HANG_UP_AFTER_SENDING: _closing(self.transport.close, receive),
            }
            # Only the end of the sandbox cancels a request, and by then its line is cut: nobody is left to tell.
            with suppress(asyncio.CancelledError):
                await inner(scope, receive, send)

        self.app = cast("Any", app)


def _closing(close: Callable[[], None], receive: Receive) -> Callable[[], Awaitable[None]]:
    async def closing() -> None:
        close()
        while (await receive())["type"] != "http.disconnect":
            continue

    return closing
