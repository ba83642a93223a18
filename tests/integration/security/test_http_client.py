"""What a vendor's server, or somebody in its place, can make the client do: H01, H04, H05 and ids that nobody expected."""

import asyncio
import gzip
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module

import pytest
from tests.helpers.raw_servers import FakeClock, Handler, canned_answers, raw_server, read_request, reply

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import DeskProblem, Invalid, NotFound, OutcomeUnknown, UnexpectedResponse, VendorDown
from deskhand.http.address import absolute_url, check_base_url, origin, quote_segment
from deskhand.http.client import VendorClient
from deskhand.http.tokens import ApiKeyAuth

CANARY = "canary-9Jx/+key=="


@asynccontextmanager
async def client_for(base: str) -> AsyncIterator[VendorClient]:
    client = VendorClient(base, ApiKeyAuth(Secret(CANARY)), windows=(), clock=FakeClock(), timeout=5)
    try:
        yield client
    finally:
        await client.aclose()


@asynccontextmanager
async def talking(handler: Handler) -> AsyncIterator[VendorClient]:
    async with raw_server(handler) as base, client_for(base) as client:
        yield client


@pytest.mark.parametrize(
    "address",
    [
        "https://exa\tmple.com",
        "https://exa\nmple.com",
        "https://exa mple.com",
        "https://exa\u200bmple.com",
        "https://exa\u00admple.com",
        "https://exa\u202emple.com",
        "https://a\x00b.com",
        r"https://good.example\evil.example",
        r"https:\\good.example",
        "https://" + "a" * 70_000 + ".com",
        "https://user@good.example",
        "https://@good.example",
        "https://:word@good.example",
        "http://[::ffff:127.0.0.1]:1@evil.example",
        "http://localhost@evil.example",
        "http://localhost.",
        "http://0177.0.0.1",
        "http://2130706433",
        "http://0.0.0.0",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https:/good.example",
        "//good.example",
    ],
)
def test_an_address_that_two_parsers_could_read_differently_is_refused_at_its_field(address):
    with pytest.raises(Invalid) as caught:
        check_base_url(address)
    assert set(caught.value.fields) == {"base_url"}


def test_two_hosts_are_never_taken_for_one():
    assert origin("https://strasse.example/") != origin("https://straße.example/")
    assert origin("https://API.example:443/x") == origin("https://api.example")
    assert origin("http://api.example") != origin("https://api.example")
    assert origin("https://api.example:444") != origin("https://api.example")


@pytest.mark.parametrize(
    "named",
    [
        "http://{host}@{other}/up",
        "http://{host}:1@{other}/up",
        r"http://{host}\@{other}/up",
        "//{other}/up",
        "http://{other}/up",
        "http://{other}/up?at=http://{host}/",
        "HTTP://{other}/up",
        " http://{other}/up",
        "ht\ntp://{other}/up",
    ],
)
async def test_an_upload_that_leads_elsewhere_carries_no_credential(named):
    here, _ = canned_answers(reply("200 OK", b"{}"))
    there, seen = canned_answers(reply("200 OK", b"{}"))
    async with raw_server(here) as base, raw_server(there) as other, client_for(base) as client:
        address = named.format(host=base.removeprefix("http://"), other=other.removeprefix("http://"))
        for signed in (True, False):
            for ask in (
                lambda signed=signed: client.put_bytes(address, b"file", mime="text/plain", presigned=signed),
                lambda signed=signed: client.get_bytes(address, presigned=signed),
            ):
                with suppress(DeskProblem):
                    await ask()
    for _, headers, _ in seen:
        assert "authorization" not in headers
        assert CANARY not in str(headers)
    assert len(seen) == (0 if "@" in named else 4)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_takes_the_secret_nowhere(status):
    there, seen = canned_answers(reply("200 OK", b"{}"))
    async with raw_server(there) as other:
        handler, asked = canned_answers(reply(status, b"", location=f"{other}/steal"))
        async with talking(handler) as client:
            with pytest.raises(UnexpectedResponse, match="redirects"):
                await client.read("GET", "/x")
            with pytest.raises(OutcomeUnknown):
                await client.write("POST", "/x", json={})
            with pytest.raises(DeskProblem):
                await client.get_bytes("/file")
    assert len(asked) == 3
    assert seen == []


@pytest.mark.skipif(sys.platform == "win32", reason="tells no such figure")
async def test_a_bomb_behind_many_wrappings_costs_no_memory():
    bomb = gzip.compress(b"\0" * 300_000_000)
    for encoding in ("gzip", "gzip, gzip", "br", "zstd", "deflate", "gzip, deflate, gzip, gzip, gzip, gzip"):
        handler, _ = canned_answers(reply("200 OK", bomb, content_encoding=encoding.replace(" ", "")))
        async with talking(handler) as client:
            before = _resident()
            with pytest.raises(UnexpectedResponse):
                await (await client.read("GET", "/x")).json()
            assert _resident() - before < 64 * 1024 * 1024, encoding


def _resident() -> int:
    """Return the most memory that this process ever held, in bytes."""
    resource = import_module("resource")  # Windows has none
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


LONG_HEADERS = {
    "one of 10 MB": b"HTTP/1.1 200 OK\r\nx: " + b"a" * 10_000_000 + b"\r\n\r\n",
    "a thousand of 1 KB": b"HTTP/1.1 200 OK\r\n"
    + b"".join(b"x-%d: " % n + b"a" * 1000 + b"\r\n" for n in range(1000))
    + b"content-length: 2\r\n\r\n{}",
    "an endless status": b"HTTP/1.1 200 " + b"O" * 10_000_000,
    "no letters": b"HTTP/1.1 200 OK\r\nx: \xff\xfe\x00\r\n\r\n",
    "folded": b"HTTP/1.1 200 OK\r\nx: a\r\n b\r\ncontent-length: 2\r\n\r\n{}",
    "no number as length": b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 5\r\n\r\n{}",
    "length and chunks": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a negative chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nabc",
}


@pytest.mark.parametrize("what", LONG_HEADERS)
@pytest.mark.parametrize("wrote", [False, True])
async def test_headers_that_no_server_sends_end_as_an_answer_or_a_problem(what, wrote):
    async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(LONG_HEADERS[what])
        await writer.drain()

    async with talking(shout) as client:
        problem, status = None, 200
        try:
            status = (await (client.write("POST", "/x", json={}) if wrote else client.read("GET", "/x"))).status
        except DeskProblem as caught:
            problem = caught
    assert status == 200
    assert problem is None or isinstance(problem, OutcomeUnknown if wrote else VendorDown | UnexpectedResponse)
    assert problem is None or len(problem.detail) < 400


async def test_interim_answers_without_end_end():
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        while not writer.is_closing():
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()

    async with raw_server(flood) as base:
        client = VendorClient(base, ApiKeyAuth(Secret(CANARY)), windows=(), clock=FakeClock(), timeout=1)
        with pytest.raises(OutcomeUnknown):
            await client.write("POST", "/x", json={})
        await client.aclose()


ODD_IDS = [
    "a/b",
    "%2e%2e",
    "..%2f..",
    "%",
    "'\"",
    "é",
    "?x=1#y",
    "\r\nX-Evil: 1",
    "..\\..",
    ";",
    "\0",
    "a" * 6_000,
    "../../x",
    "//x",
    " ",
]


async def test_an_id_of_any_letters_is_one_segment_of_the_path():
    handler, asked = canned_answers(reply("200 OK", b"{}"))
    async with talking(handler) as client:
        for odd in ODD_IDS:
            await client.read("GET", f"/v1/tickets/{quote_segment(odd)}/comments")
    for (first, headers, _), odd in zip(asked, ODD_IDS, strict=True):
        path = first.split(" ")[1]
        assert path.startswith("/v1/tickets/"), odd
        assert path.endswith("/comments"), odd
        assert path.count("/") == 4, (odd, path)
        assert "?" not in path
        assert "#" not in path
        assert "x-evil" not in headers


async def test_an_id_that_no_address_can_hold_is_no_crash():
    handler, asked = canned_answers(reply("404 Not Found", b"{}"))
    async with talking(handler) as client:
        for odd in ("x" * 70_000, "\ud800", ".", "..", ""):
            with pytest.raises(NotFound):
                await client.read("GET", f"/v1/{quote_segment(odd)}")
    assert len(asked) <= 1


@pytest.mark.parametrize(
    "named", ["x" * 70_000, "https://a b/", "https://a\0b/", "/a\r\nX: y", "https://[", "https://a:b/", "data:,x", ""]
)
async def test_an_address_of_an_upload_that_nobody_can_read_is_a_problem(named, caplog):
    caplog.set_level(logging.DEBUG)
    handler, _ = canned_answers(reply("500 No", b""))
    async with talking(handler) as client:
        with pytest.raises(DeskProblem):
            await client.put_bytes(named, b"x", mime="text/plain")
        with pytest.raises(DeskProblem):
            await client.get_bytes(named)
    assert all(len(line) < 600 and "\n" not in line for line in caplog.messages)


async def test_a_vendor_that_echoes_the_key_has_it_struck_out():
    words = f"bad key {CANARY} at https://x.example/?key={CANARY}"
    for status in ("400 Bad", "401 No", "403 No", "404 No", "422 No", "429 Slow", "500 Oh"):
        handler, _ = canned_answers(
            reply(status, b'{"error": "%s", "errors": {"%s": ["%s"]}}' % ((words.encode(),) * 3))
        )
        async with talking(handler) as client:
            with pytest.raises(DeskProblem) as caught:
                await client.write("POST", "/x", json={})
        problem = caught.value
        assert CANARY not in f"{problem!r} {problem} {problem.detail} {getattr(problem, 'fields', '')}"


def test_a_vendor_cannot_send_bytes_to_this_computer_or_in_the_clear():
    for named in (
        "http://store.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "ftp://store.example/x",
        "file:///x",
    ):
        with pytest.raises(UnexpectedResponse):
            absolute_url(named, "https://api.example")
