"""A server between an adapter and a sandbox vendor that spoils the answers to chosen requests, before or after they were carried out."""

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.helpers.vendors import raw_server, read_request, reply

PAGE = b"<!DOCTYPE html><html><head><title>Guest network</title></head><body>Please sign in</body></html>"

HANG_UP = b""
"""Close the connection without a byte."""

Spoil = Callable[[bytes], bytes]
"""Makes the bytes of an answer from the body of a good one."""


@dataclass
class Spoiler:
    """What happens to requests.

    Attributes:
        hits: tells which requests are spoilt, by method and path; None = none.
        carried_out: whether those reach the vendor all the same.
        body: of the last good answer to such a request: right in form, and about something else.
        spoilt: requests that were spoilt.
    """

    hits: Callable[[str, str], bool] | None = None
    carried_out: bool = False
    answer: Spoil = lambda _: HANG_UP
    body: bytes = b"{}"
    spoilt: int = 0
    watch: Callable[[str, str], bool] = field(default=lambda _method, _path: False)


@asynccontextmanager
async def spoiling(target: str) -> AsyncIterator[tuple[str, Spoiler]]:
    """Serve in front of `target`; yields the address and what decides."""
    spoiler = Spoiler()
    port = urlsplit(target).port

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, headers, body = await read_request(reader)
            method, path, _ = first.split()
            hit = spoiler.hits is not None and spoiler.hits(method, path)
            good = b""
            if not hit or spoiler.carried_out:
                good = await _forward(port, first, headers, body)
            if not hit:
                if spoiler.watch(method, path):
                    spoiler.body = _body(good)
                writer.write(good)
                await writer.drain()
                return  # a connection for each, as the vendor's answer closes it
            spoiler.spoilt += 1
            sent = spoiler.answer(_body(good) if good else spoiler.body)
            if sent:
                writer.write(sent)
                await writer.drain()
            return

    async with raw_server(handle) as address:
        yield address, spoiler


async def _forward(port: int | None, first: str, headers: dict[str, str], body: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    kept = {name: value for name, value in headers.items() if name not in ("connection", "accept-encoding")}
    lines = "".join(f"{name}: {value}\r\n" for name, value in (kept | {"connection": "close"}).items())
    writer.write(f"{first}\r\n{lines}\r\n".encode("latin-1") + body)
    try:
        return await reader.read()
    finally:
        writer.close()


def _body(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def _said(status: str, body: bytes, kind: str = "application/json", **headers: str) -> Spoil:
    return lambda _: reply(status, body, kind, **headers)


def _changed(change: Callable[[bytes], bytes], kind: str = "application/json", **headers: str) -> Spoil:
    return lambda good: reply("200 OK", change(good), kind, **headers)


def _around(change: Callable[[Any], Any]) -> Spoil:
    def spoil(good: bytes) -> bytes:
        return reply("200 OK", json.dumps(change(json.loads(good or b"{}"))).encode())

    return spoil


def _other_ids(value: Any) -> Any:
    """Return the same answer about something else."""
    if isinstance(value, dict):
        return {name: _other_id(name, part) for name, part in value.items()}
    return [_other_ids(part) for part in value] if isinstance(value, list) else value


def _other_id(name: str, value: Any) -> Any:
    if isinstance(value, str) and re.search(r"(^|_)(id|Id|uid|uuid)$|Id$", name):
        return value[:-1] + ("0" if value[-1:] != "0" else "1")
    return _other_ids(value)


def _numbers(value: Any) -> Any:
    """Return the same answer with a number in the place of every text."""
    if isinstance(value, dict):
        return {name: _numbers(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_numbers(part) for part in value]
    return 7 if isinstance(value, str) else value


def _twice(good: bytes) -> bytes:
    """Give every object's `id` a second value."""
    return re.sub(rb'"(id|uuid)"\s*:\s*"', rb'"\1":"another","\1":"', good)


def _headed(kind: str) -> Spoil:
    return lambda good: (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
        + {
            "half a head": b"content-le",
            "half a body": f"content-length: {len(good) + 40}\r\n\r\n".encode() + good,
        }.get(kind, b"")
    )


LYING: dict[str, Spoil] = {
    "a web page": _said("200 OK", PAGE, "text/html; charset=utf-8"),
    "a web page that says it is data": _said("200 OK", PAGE),
    "a bare 200": _said("200 OK", b""),
    "a bare 201": _said("201 Created", b"", "text/plain"),
    "a bare 202": _said("202 Accepted", b""),
    "a 204": lambda _: b"HTTP/1.1 204 No Content\r\n\r\n",
    "an empty object": _said("200 OK", b"{}"),
    "an empty list": _said("200 OK", b"[]"),
    "null": _said("200 OK", b"null"),
    "a text": _said("200 OK", b'"ok"'),
    "a number": _said("200 OK", b"1"),
    "true": _said("200 OK", b"true"),
    "only an id": _said("200 OK", b'{"id":"another"}'),
    "no data": _said("200 OK", b'{"success":true,"status":true,"data":null}'),
    "empty data": _said("200 OK", b'{"success":true,"status":true,"data":{}}'),
    "a list of nothing": _said("200 OK", b'{"success":true,"status":true,"data":[null,{},7]}'),
    "a success without a record": _said("200 OK", b'{"success":true,"message":"OK"}'),
    "an error in a 200": _said("200 OK", b'{"error":true,"message":"Internal server error"}'),
    "another's": _around(_other_ids),
    "numbers for texts": _around(_numbers),
    "an error beside it": _around(lambda good: {"error": {"message": "try later"}, "message": "no", "data": good}),
    "a failure around it": _around(lambda good: {"success": False, "status": False, "data": good}),
    "half of it": _changed(lambda good: good[: len(good) // 2]),
    "something behind it": _changed(lambda good: good + b"<!-- cached -->"),
    "text for data": _changed(lambda good: good, "text/plain"),
    "a page for data": _changed(lambda good: good, "text/html"),
    "broken gzip": _changed(lambda good: b"\x1f\x8b\x08" + good, content_encoding="gzip"),
    "cut gzip": _changed(lambda good: gzip.compress(good)[:-9], content_encoding="gzip"),
    "one id twice": _changed(_twice),
    "half a head": _headed("half a head"),
    "half a body": _headed("half a body"),
    "nothing at all": lambda _: HANG_UP,
    **{
        f"a {status}": _said(f"{status} Elsewhere", b"", location="https://elsewhere.example/")
        for status in (301, 302, 304, 307)
    },
    **{f"a {status} in data": _said(f"{status} Oh", b'{"message":"no"}') for status in (408, 500, 502, 503, 504)},
    **{f"a bare {status}": _said(f"{status} Oh", b"") for status in (500, 502, 503, 504)},
    "a page of a gateway": _said("502 Bad Gateway", PAGE, "text/html"),
    "a page that is not there": _said("404 Not Found", PAGE, "text/html"),
}
"""Answers that prove nothing at all."""

REFUSING: dict[str, Spoil] = {
    **{
        f"a {status} in data": _said(f"{status} No", b'{"message":"no"}')
        for status in (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 423, 426, 429)
    },
    **{f"a bare {status}": _said(f"{status} No", b"") for status in (400, 401, 403, 404, 409, 410, 422, 426, 429)},
    "a 429 with a wait": _said("429 Slow", b"", retry_after="30"),
    "a 503 with a wait": _said("503 Slow", b"", retry_after="30"),
}
"""Answers that refuse, if they are the vendor's."""
