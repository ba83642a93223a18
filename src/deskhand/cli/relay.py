"""A profile has one owner: a command typed beside a running window is carried out by that window.

The owner listens on a loopback port and leaves the port with a random word in a file that only its user can read
(`store.ownership`). A request is one line of JSON with that word and the arguments; the answer is lines of JSON: `out`, `err`, and
at last `exit`. Standard input and file names are made absolute by the asking side.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any

from .console import Console

log = logging.getLogger(__name__)

LONGEST = 64 * 1024 * 1024
"""Bytes of a request: a standard input with a long import fits."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed.

    Attributes:
        arguments: empty = raise the window.
        given: standard input.
    """

    arguments: tuple[str, ...]
    given: str = ""


@dataclass(slots=True)
class Remote:
    """A console at the other end of the line."""

    given: str
    lines: list[dict[str, object]] = field(default_factory=list)

    def out(self, text: str) -> None:
        """Write a line of the result."""
        self.lines.append({"out": text})

    def err(self, text: str) -> None:
        """Write a line for the person."""
        self.lines.append({"err": text})

    def read(self) -> str:
        """Return all of standard input."""
        return self.given


Carry = Callable[[Request, Console], Awaitable[int]]


class Listener:
    """The owner's side."""

    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self._word = ""
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[Any]] = set()

    async def start(self) -> int:
        """Listen on a free loopback port; returns it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def trust(self, word: str) -> None:
        """Only who says this word is served."""
        self._word = word

    async def aclose(self) -> None:
        """Stop listening, and end what is being carried out: nobody is left to tell."""
        if self._server is not None:
            self._server.close()
            serving = tuple(self._serving)
            for task in serving:
                task.cancel()
            await asyncio.gather(*serving, return_exceptions=True)
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            data = json.loads(await reader.readline())
            given = data.get("word") if isinstance(data, dict) else None
            if not (self._word and isinstance(given, str) and compare_digest(given.encode(), self._word.encode())):
                return
            remote = Remote(str(data.get("given", "")))
            code = await self._carry(Request(tuple(data["arguments"]), remote.given), remote)
            for line in (*remote.lines, {"exit": code}):
                writer.write(json.dumps(line).encode() + b"\n")
            await writer.drain()
        except (ConnectionError, ValueError, KeyError) as problem:
            log.warning("relay: %s", type(problem).__name__)
        except asyncio.CancelledError:
            if self._server is not None and self._server.is_serving():
                raise
            # The owner ends: asyncio's streams would print a cancelled handler as an error.
        finally:
            self._serving.discard(task)
            writer.close()


async def ask(port: int, word: str, request: Request, console: Console) -> int | None:
    """Have the owner carry a command out; returns its exit code, or None where nobody answers there."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LONGEST)
    except OSError:
        return None
    try:
        message = {"word": word, "arguments": request.arguments, "given": request.given}
        writer.write(json.dumps(message).encode() + b"\n")
        await writer.drain()
        while line := await reader.readline():
            answer = json.loads(line)
            if "out" in answer:
                console.out(answer["out"])
            elif "err" in answer:
                console.err(answer["err"])
            else:
                return int(answer["exit"])
    except ConnectionError:
        return None
    finally:
        writer.close()
    return None
