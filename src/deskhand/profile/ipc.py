"""A profile has one owner: a command typed beside a running window is carried out by that window.

The owner listens on a socket in the profile's folder, which nobody else can reach; where there are no such sockets (Windows, a path
that is too long for one), on a loopback port. Either stands with a random token in a file that only its user can read
(`profile.lock`). A request is a line with that token and a length; once the owner has said that it listens (`ready`), so many bytes
of JSON follow. The answer is lines of JSON: `out`, `block`, `err`, and at last `exit`. Standard input comes along, and the folder that
file names start from. An owner that has stopped never hears a command that its caller gave up, not even when it goes on.

Anybody on this computer can connect to a port. Until the token is said, a caller gets a few hundred bytes and two seconds of attention
and no answer, and among too many the one that has been silent longest makes room for the newest: who says nothing keeps nobody out.
After the token, what was sent is read off the window's thread.
"""

import asyncio
import json
import logging
import os
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, field
from hmac import compare_digest
from pathlib import Path
from typing import Any
from weakref import WeakSet

from deskhand.domain.console import Console
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import NotPossible

log = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 64 * 1024 * 1024
"""Bytes of a request: a standard input with a long import fits."""

FIRST_LINE = 256
"""Bytes that the token and the length may take."""

TOKEN_SECONDS = 2.0
"""Seconds that a caller has to say the token."""

READY_SECONDS = 10.0
"""Seconds that a caller waits for the owner to listen."""

MAX_UNAUTHENTICATED = 64
"""Callers at a time that have not said the token."""

READY = b'{"ready": true}\n'
"""What the owner says after the token."""

LONGEST_SOCKET = 100
"""Bytes of a socket's path: Linux takes 107, macOS 103."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed.

    Attributes:
        arguments: empty = raise the window.
        given: standard input.
        place: the folder that the caller's file names start from.
    """

    arguments: tuple[str, ...]
    given: str = ""
    place: str = ""


@dataclass(slots=True)
class RemoteConsole:
    """A console at the other end of the line."""

    given: str
    writer: asyncio.StreamWriter
    lines: list[dict[str, object]] = field(default_factory=list)

    def out(self, text: str) -> None:
        """Write a line of the result."""
        self.lines.append({"out": text})

    def block(self, text: str) -> None:
        """Write lines of the result."""
        self.lines.append({"block": text})

    def err(self, text: str) -> None:
        """Write a line for the person."""
        self.lines.append({"err": text})

    def read(self) -> str:
        """Return all of standard input."""
        return self.given

    async def flush(self) -> None:
        """Send the lines so far, and wait until they have left. Raises ConnectionError where the other end is gone."""
        lines, self.lines = self.lines, []
        for line in lines:
            if self.writer.is_closing():
                raise ConnectionResetError
            self.writer.write(json.dumps(line).encode() + b"\n")
            await self.writer.drain()


Execute = Callable[[Request, Console], Awaitable[int]]


class Server:
    """The owner's side."""

    def __init__(self, execute: Execute, *, patience: float = TOKEN_SECONDS) -> None:
        self._execute = execute
        self._patience = patience
        self._token = ""
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[Any]] = set()
        self._lines: WeakSet[asyncio.WriteTransport] = (
            WeakSet()
        )  # open ones are held by the loop, longer than their writers
        self._silent: dict[asyncio.StreamWriter, None] = {}

    async def start(self, path: Path | None = None) -> int | Path:
        """Listen, and return where.

        Args:
            path: where a socket may lie, in a folder that only this user can enter; None = a free loopback port.
        """
        if path is not None and sys.platform != "win32" and len(os.fsencode(path)) <= LONGEST_SOCKET:
            try:
                self._server = await asyncio.start_unix_server(self._serve, str(path), limit=FIRST_LINE)
            except OSError as problem:  # a file system without sockets
                log.info("relay: no socket in the profile's folder (%s)", problem.strerror)
            else:
                return path
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=FIRST_LINE)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def trust(self, token: str) -> None:
        """Only who says this token is served."""
        self._token = token

    async def aclose(self) -> None:
        """Stop listening, and end what is being carried out: nobody is left to tell."""
        if self._server is not None:
            self._server.close()
            serving = tuple(self._serving)
            for task in serving:
                task.cancel()
            await asyncio.gather(*serving, return_exceptions=True)
            for line in tuple(self._lines):
                # Not only closed: that would wait, since Python 3.12, for a caller who does not read. One that ended by itself, its last
                # bytes sent late, is not to be touched again.
                if not line.is_closing() or line.get_write_buffer_size():
                    line.abort()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._lines.add(writer.transport)
        self._silent[writer] = None
        if len(self._silent) > MAX_UNAUTHENTICATED:
            next(iter(self._silent)).transport.abort()
        try:
            async with asyncio.timeout(self._patience):
                length = await self._admit(reader) if _is_this_user(writer) else None
            self._silent.pop(writer, None)
            if length is None:
                return
            writer.write(READY)
            request = await asyncio.to_thread(_read, await reader.readexactly(length))
            remote = RemoteConsole(request.given, writer)
            code = await self._execute(request, remote)
            remote.lines.append({"exit": code})
            await remote.flush()
        except (OSError, EOFError, ValueError) as problem:  # gone, too slow, or not of our making
            log.warning("relay: %s", type(problem).__name__)
        except asyncio.CancelledError:
            if self._server is not None and self._server.is_serving():
                raise
            # The owner ends: asyncio's streams would print a cancelled handler as an error.
        finally:
            self._silent.pop(writer, None)
            self._serving.discard(task)
            writer.close()

    async def _admit(self, reader: asyncio.StreamReader) -> int | None:
        """Return how many bytes follow, for a caller who says the token; None for anybody else."""
        token, _, length = (await reader.readline()).strip().partition(b" ")
        if not (self._token and compare_digest(token, self._token.encode())):
            return None
        return int(length) if length.isdigit() and int(length) <= MAX_REQUEST_BYTES else None


def _read(data: bytes) -> Request:
    """Read a request. Raises ValueError for what `send_request` does not send."""
    try:
        message = json.loads(data)
        arguments, given, place = message["arguments"], message["given"], message["place"]
    except (KeyError, TypeError, RecursionError):
        raise ValueError("no request") from None
    if not isinstance(arguments, list) or not all(isinstance(one, str) for one in (*arguments, given, place)):
        raise ValueError("no request")
    return Request(tuple(arguments), given, place)


def _is_this_user(writer: asyncio.StreamWriter) -> bool:
    """Tell whether a caller runs as this user, where the system says so; the token decides elsewhere."""
    line = writer.get_extra_info("socket")
    if sys.platform == "linux" and line.family == socket.AF_UNIX:
        _process, user, _group = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        return bool(user == os.geteuid())
    return True


async def send_request(
    where: int | Path,
    token: str,
    request: Request,
    console: Console,
    *,
    patience: float | None = None,
    attention: float = READY_SECONDS,
) -> int | None:
    """Have the owner execute a command; returns its exit code, or None where nobody answers there.

    Args:
        patience: seconds for the whole answer; None where the command may take as long as it likes.
        attention: seconds until the owner listens. Nothing of the request has left before.

    Raises:
        NotPossible: the request is longer than the owner takes.
    """
    body = json.dumps(asdict(request)).encode()
    if len(body) > MAX_REQUEST_BYTES:
        raise NotPossible(
            f"More than {MAX_REQUEST_BYTES // 1024 // 1024} MB cannot be handed to the Deskhand that is open. Close it, and give the command again."
        )
    try:
        async with asyncio.timeout(patience):
            async with asyncio.timeout(attention):
                line = await _connect(where)
                if line is None or not await _is_heard(*line, token, len(body)):
                    return None
            return await _ask(*line, body, console)
    except (ConnectionError, TimeoutError, ValueError):  # gone, too slow, or no Deskhand
        return None


async def _connect(where: int | Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    try:
        if isinstance(where, int):
            return await asyncio.open_connection("127.0.0.1", where, limit=MAX_REQUEST_BYTES)
        if sys.platform != "win32":
            return await asyncio.open_unix_connection(str(where), limit=MAX_REQUEST_BYTES)
    except OSError:
        pass
    return None


async def _is_heard(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str, length: int) -> bool:
    """Say the token; tell whether the owner listens then."""
    is_heard = False
    try:
        writer.write(f"{token} {length}\n".encode())
        await writer.drain()
        is_heard = await reader.readline() == READY
    finally:
        if not is_heard:
            writer.close()
    return is_heard


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes, console: Console) -> int | None:
    try:
        writer.write(body)
        await writer.drain()
        while line := await reader.readline():
            match _answer(line):
                case {"out": str(text)}:
                    console.out(text)
                case {"block": str(text)}:
                    console.block(text)
                case {"err": str(text)}:
                    console.err(text)
                case {"exit": int(code)}:
                    return code
                case _:
                    return None
    finally:
        writer.close()
    return None


def _answer(line: bytes) -> object:
    """Read a line of the answer. Raises ValueError for what the owner does not say."""
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("no answer") from None
