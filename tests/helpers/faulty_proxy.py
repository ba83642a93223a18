"""A server between an adapter and a sandbox vendor that spoils the answers to chosen requests, before or after they were carried out."""

import asyncio
import gzip
import json
import re
import socket
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.helpers.raw_servers import raw_server, read_request, reply

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Guest network</title></head><body>Please sign in</body></html>"

HANG_UP = b""
"""Close the connection without a byte."""

RESET = b"\0reset"
"""End the connection with a reset, behind whatever stands before it."""

MakeResponse = Callable[[bytes], bytes]
"""Makes the bytes of an answer from the body of a good one."""


@dataclass
class ResponseFaults:
    """What happens to requests.

    Attributes:
        matches: tells which requests are spoilt, by method and path; None = none.
        forward: whether those reach the vendor all the same.
        body: of the last good answer to such a request: right in form, and about something else.
        count: requests that were spoilt.
    """

    matches: Callable[[str, str], bool] | None = None
    forward: bool = False
    make_response: MakeResponse = lambda _: HANG_UP
    body: bytes = b"{}"
    count: int = 0
    watch: Callable[[str, str], bool] = field(default=lambda _method, _path: False)


@asynccontextmanager
async def faulty_proxy(target: str) -> AsyncIterator[tuple[str, ResponseFaults]]:
    """Serve in front of `target`; yields the address and what decides."""
    spoiler = ResponseFaults()
    port = urlsplit(target).port

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, headers, body = await read_request(reader)
            method, path, _ = first.split()
            hit = spoiler.matches is not None and spoiler.matches(method, path)
            good = b""
            if not hit or spoiler.forward:
                good = await _forward(port, first, headers, body)
            if not hit:
                if spoiler.watch(method, path):
                    spoiler.body = _body(good)
                writer.write(good)
                await writer.drain()
                return  # a connection for each, as the vendor's answer closes it
            spoiler.count += 1
            sent = spoiler.make_response(_body(good) if good else spoiler.body)
            said, ended, _ = sent.partition(RESET)
            if said:
                writer.write(said)
                await writer.drain()
            if ended:
                _reset(writer)
            return

    async with raw_server(handle) as address:
        yield address, spoiler


def _reset(writer: asyncio.StreamWriter) -> None:
    line = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _forward(port: int | None, first: str, headers: dict[str, str], body: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    passed = {name: value for name, value in headers.items() if name not in ("connection", "accept-encoding")}
    lines = "".join(f"{name}: {value}\r\n" for name, value in (passed | {"connection": "close"}).items())
    writer.write(f"{first}\r\n{lines}\r\n".encode("latin-1") + body)
    try:
        return await reader.read()
    finally:
        writer.close()


def _body(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def _fixed(status: str, body: bytes, kind: str = "application/json", **headers: str) -> MakeResponse:
    return lambda _: reply(status, body, kind, **headers)


def _changed(change: Callable[[bytes], bytes], kind: str = "application/json", **headers: str) -> MakeResponse:
    return lambda good: reply("200 OK", change(good), kind, **headers)


def _around(change: Callable[[Any], Any]) -> MakeResponse:
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


def _each(change: Callable[[str, Any], Any]) -> Callable[[Any], Any]:
    """Return how an answer is changed value by value; `change` is told the name that a value stands under."""

    def changed(value: Any, name: str = "") -> Any:
        value = change(name, value)
        if isinstance(value, dict):
            return {key: changed(part, key) for key, part in value.items()}
        return [changed(part) for part in value] if isinstance(value, list) else value

    return changed


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:.*")


def _as_milliseconds(_name: str, value: Any) -> Any:
    return "1795000000000" if isinstance(value, str) and _MOMENT.fullmatch(value) else value


def _unknown_enum(name: str, value: Any) -> Any:
    is_enum = isinstance(value, str) and re.fullmatch(r"(?i).*(status|state|stage|priority|type|visibility|side)", name)
    return "in the galaxy" if is_enum else value


def _huge(_name: str, value: Any) -> Any:
    return 10**60 if isinstance(value, int) and not isinstance(value, bool) else value


def _no_lists(_name: str, value: Any) -> Any:
    return None if isinstance(value, list) else value


def _texts_for_objects(name: str, value: Any) -> Any:
    return "an object" if isinstance(value, dict) and name else value


def _lists_for_objects(name: str, value: Any) -> Any:
    return [value] if isinstance(value, dict) and name and name != "data" else value


def _nothing_in_texts(_name: str, value: Any) -> Any:
    return None if isinstance(value, str) else value


def _other_texts(_name: str, value: Any) -> Any:
    is_moment = isinstance(value, str) and _MOMENT.fullmatch(value)
    return "Quite another text" if isinstance(value, str) and " " in value and not is_moment else value


def _doubled(_name: str, value: Any) -> Any:
    return [part for one in value for part in (one, one)] if isinstance(value, list) else value


def _open_ended(good: bytes, head: str = "HTTP/1.0 200 OK") -> bytes:
    return f"{head}\r\ncontent-type: application/json\r\n\r\n".encode() + good


def _in_pieces(good: bytes, end: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    return head + f"{len(good):x}\r\n".encode() + good + b"\r\n" + end


def _raw_deflate(good: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(good) + packer.flush()


def _headed(kind: str) -> MakeResponse:
    return lambda good: (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
        + {
            "half a head": b"content-le",
            "half a body": f"content-length: {len(good) + 40}\r\n\r\n".encode() + good,
        }.get(kind, b"")
    )


UNPROVEN: dict[str, MakeResponse] = {
    "a web page": _fixed("200 OK", LOGIN_PAGE, "text/html; charset=utf-8"),
    "a web page that says it is data": _fixed("200 OK", LOGIN_PAGE),
    "a bare 200": _fixed("200 OK", b""),
    "a bare 201": _fixed("201 Created", b"", "text/plain"),
    "a bare 202": _fixed("202 Accepted", b""),
    "a 204": lambda _: b"HTTP/1.1 204 No Content\r\n\r\n",
    "an empty object": _fixed("200 OK", b"{}"),
    "an empty list": _fixed("200 OK", b"[]"),
    "null": _fixed("200 OK", b"null"),
    "a text": _fixed("200 OK", b'"ok"'),
    "a number": _fixed("200 OK", b"1"),
    "true": _fixed("200 OK", b"true"),
    "only an id": _fixed("200 OK", b'{"id":"another"}'),
    "no data": _fixed("200 OK", b'{"success":true,"status":true,"data":null}'),
    "empty data": _fixed("200 OK", b'{"success":true,"status":true,"data":{}}'),
    "a list of nothing": _fixed("200 OK", b'{"success":true,"status":true,"data":[null,{},7]}'),
    "a success without a record": _fixed("200 OK", b'{"success":true,"message":"OK"}'),
    "an error in a 200": _fixed("200 OK", b'{"error":true,"message":"Internal server error"}'),
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
        f"a {status}": _fixed(f"{status} Elsewhere", b"", location="https://elsewhere.example/")
        for status in (301, 302, 304, 307)
    },
    **{f"a {status} in data": _fixed(f"{status} Oh", b'{"message":"no"}') for status in (408, 500, 502, 503, 504)},
    **{f"a bare {status}": _fixed(f"{status} Oh", b"") for status in (500, 502, 503, 504)},
    "a page of a gateway": _fixed("502 Bad Gateway", LOGIN_PAGE, "text/html"),
    "a page that is not there": _fixed("404 Not Found", LOGIN_PAGE, "text/html"),
    "a page for a login": _fixed("302 Found", LOGIN_PAGE, "text/html", location="/login?next=%2F"),
    "another way": _fixed("303 See Other", b"", location="/login"),
    "a page that asks for a login": _fixed("511 Network Authentication Required", LOGIN_PAGE, "text/html"),
    "a text of it": _around(json.dumps),
    "nothing in the place of texts": _around(_each(_nothing_in_texts)),
    "no length of a body that breaks off": lambda good: _open_ended(good[: len(good) // 2]),
    "a body that is reset": lambda good: reply("200 OK", good + b" " * 9)[:-9] + RESET,
    "a reset": lambda _: RESET,
    "a reset behind the head": lambda good: _headed("half a body")(good)[:40] + RESET,
    "pieces that break off": lambda good: _in_pieces(good, b""),
    "pieces without an end": lambda good: _in_pieces(good, b"ff\r\n"),
    "pieces of no length": lambda good: _in_pieces(good, b"zz\r\n\r\n"),
    "two lengths": lambda good: reply("200 OK", good, content_length="1"),
    "a negative length": lambda _: b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: -5\r\n\r\n{}",
    "no head at all": lambda good: good,
    "another protocol": lambda _: b"SSH-2.0-OpenSSH_9.2\r\n",
    "only a 100": lambda _: b"HTTP/1.1 100 Continue\r\n\r\n",
    "many 100s": lambda _: b"HTTP/1.1 100 Continue\r\n\r\n" * 40,
    "a 100 and a page": lambda _: b"HTTP/1.1 100 Continue\r\n\r\n" + reply("200 OK", LOGIN_PAGE, "text/html"),
    "a 101": lambda _: b"HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
    "a 103 and an end": lambda _: b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n",
    "a 205": lambda _: b"HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n",
    "a 206 of it": lambda good: reply("206 Partial Content", good[: len(good) // 3]),
    "a 299 page": _fixed("299 Well", LOGIN_PAGE, "text/html"),
    "a page that is packed": _changed(lambda _: gzip.compress(LOGIN_PAGE), content_encoding="gzip"),
    "zeros": _changed(lambda good: b"\0" * len(good)),
    **{f"a {status} in data": _fixed(f"{status} Oh", b'{"message":"no"}') for status in (425, 501, 505, 507, 508, 520)},
    **{f"a bare {status}": _fixed(f"{status} Oh", b"") for status in (418, 425, 460, 507, 520, 522, 599)},
}
"""Answers that prove nothing at all."""

UNUSUAL: dict[str, MakeResponse] = {
    "a list around it": _around(lambda good: [good]),
    "data in data": _around(lambda good: {"data": {"data": good}}),
    "objects as texts": _around(_each(_texts_for_objects)),
    "another compression": _changed(lambda good: good, content_encoding="br"),
    "other texts": _around(_each(_other_texts)),
    "moments in milliseconds": _around(_each(_as_milliseconds)),
    "values that nobody knows": _around(_each(_unknown_enum)),
    "huge numbers": _around(_each(_huge)),
    "nothing in the place of lists": _around(_each(_no_lists)),
    "lists in the place of objects": _around(_each(_lists_for_objects)),
    "everything twice": _around(_each(_doubled)),
    "another character set": lambda good: reply(
        "200 OK", json.dumps(json.loads(good), ensure_ascii=False).encode("utf-16"), "application/json; charset=utf-16"
    ),
    "the wrong character set": lambda good: reply("200 OK", good, "application/json; charset=utf-16"),
    "a character set that is none": lambda good: reply("200 OK", good, 'application/json; charset="x-user"'),
    "a plain deflate": _changed(_raw_deflate, content_encoding="deflate"),
    "no length": _open_ended,
    "no kind": lambda good: b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(good) + good,
    "in pieces": lambda good: _in_pieces(good, b"0\r\n\r\n"),
    "a 100 before it": lambda good: b"HTTP/1.1 100 Continue\r\n\r\n" + reply("200 OK", good),
    "a 103 before it": lambda good: b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + reply("200 OK", good),
    "more behind its length": lambda good: reply("200 OK", good) + reply("200 OK", LOGIN_PAGE),
    "a 202 of it": lambda good: reply("202 Accepted", good),
    "a 203 of it": lambda good: reply("203 Non-Authoritative Information", good),
}
"""The vendor's own answers in an unusual form."""

RETRY_HEADERS = {
    "none": {},
    "0": {"retry_after": "0"},
    "seconds": {"retry_after": "7"},
    "a fraction": {"retry_after": "7.5"},
    "less than nothing": {"retry_after": "-7"},
    "very long": {"retry_after": "99999999"},
    "longer than numbers": {"retry_after": "1e400"},
    "no number": {"retry_after": "nan"},
    "text": {"retry_after": "in a while"},
    "an empty one": {"retry_after": ""},
    "a date": {"retry_after": "Fri, 20 Nov 2026 14:00:00 GMT"},
    "a date that is past": {"retry_after": "Fri, 20 Nov 2020 12:00:00 GMT"},
    "a date of no calendar": {"retry_after": "Fri, 31 Feb 2026 99:00:00 GMT"},
    "two of them": {"retry_after": "5\r\nretry-after: 9"},
    "a reset in seconds": {"x_ratelimit_reset": "1795176000"},
    "a reset in milliseconds": {"x_ratelimit_reset": "1795176000000"},
    "a reset that is past": {"x_ratelimit_reset": "1500000000"},
    "a reset that is none": {"x_ratelimit_reset": "soon"},
}
"""The forms of an order to wait, as header lines."""

REFUSALS: dict[str, MakeResponse] = {
    **{
        f"a {status} in data": _fixed(f"{status} No", b'{"message":"no"}')
        for status in (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 423, 426, 429)
    },
    **{f"a bare {status}": _fixed(f"{status} No", b"") for status in (400, 401, 403, 404, 409, 410, 422, 426, 429)},
    **{
        f"a {status} with a wait: {name}": _fixed(f"{status} Slow", b"", **headers)
        for status in (429, 503)
        for name, headers in RETRY_HEADERS.items()
    },
    "a 402 in data": _fixed("402 Pay", b'{"message":"no"}'),
    "a 407": _fixed("407 Proxy", LOGIN_PAGE, "text/html"),
    "a 451": _fixed("451 Law", b'{"message":"no"}'),
    "a page with a 401": _fixed("401 No", LOGIN_PAGE, "text/html"),
    "a page with a 403": _fixed("403 No", LOGIN_PAGE, "text/html"),
    "a page with a 429": _fixed("429 No", LOGIN_PAGE, "text/html", retry_after="7"),
    "half a 429": lambda _: reply("429 No", b'{"message":"slow down"}' + b" " * 9, retry_after="7")[:-9],
    "a 429 that cannot be unpacked": _fixed("429 No", b"\x1f\x8b\x08no", retry_after="7", content_encoding="gzip"),
}
"""Answers that refuse, if they are the vendor's."""
