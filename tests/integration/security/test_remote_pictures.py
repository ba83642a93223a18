"""A06 to A08: what a remote picture can reach, and what it can learn, over real TLS on loopback."""

import asyncio
import base64
import gzip
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.raw_servers import Handler, canned_answers, raw_server, read_request, reply

from deskhand.domain.problems import DeskProblem, Invalid, Offline, VendorDown
from deskhand.http import transport
from deskhand.http.networks import is_public
from deskhand.http.remote_images import MAX_BYTES, RemoteImageFetcher

CERTIFICATE = Path(__file__).parents[2] / "helpers" / "pictures.pem"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine of the tests has set."""
    for kind in ("http", "https", "all", "no"):
        for name in (f"{kind}_proxy", f"{kind}_PROXY".upper()):
            monkeypatch.delenv(name, raising=False)


def server_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def client_side() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(CERTIFICATE)
    return context


def names(*addresses: str) -> Callable[[str], Awaitable[Sequence[str]]]:
    """Return a resolver that gives these addresses to every name."""

    async def resolve(_host: str) -> Sequence[str]:
        return addresses

    return resolve


def from_loopback(**more: Any) -> RemoteImageFetcher:
    """Return a fetcher to which 127.0.0.1 is the public internet."""
    values: dict[str, Any] = {"resolve": names("127.0.0.1"), "trust": client_side(), **more}
    return RemoteImageFetcher(allowed=lambda address: address == "127.0.0.1", **values)


def at(base: str, path: str = "/a.png") -> str:
    return base.replace("127.0.0.1", "pictures.example") + path


async def test_a_picture_comes_by_one_request_that_tells_nothing_but_itself():
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png", set_cookie="seen=1"))
    async with raw_server(handler, server_side()) as base:
        pictures = from_loopback()
        assert await pictures.fetch(at(base, "/a.png?id=7")) == PNG
        assert await pictures.fetch(at(base, "/b.png")) == PNG
    assert [first for first, _, _ in asked] == ["GET /a.png?id=7 HTTP/1.1", "GET /b.png HTTP/1.1"]
    for _, headers, body in asked:
        assert set(headers) <= {"host", "accept", "accept-encoding", "user-agent", "connection"}
        assert headers["user-agent"] == "Deskhand"
        assert body == b""


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_not_followed_wherever_it_leads(status):
    inside, asked_inside = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(inside) as private:
        for target in (f"{private}/a.png", "file:///etc/passwd", "/again.png"):
            handler, asked = canned_answers(reply(status, b"", "image/png", location=target))
            async with raw_server(handler, server_side()) as base:
                with pytest.raises(VendorDown):
                    await from_loopback().fetch(at(base))
            assert len(asked) == 1
    assert asked_inside == []


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/a.png",
        "HTTP://pictures.example/a.png",
        "file:///etc/passwd",
        "file://host/share/a.png",
        "ftp://pictures.example/a.png",
        "data:image/png;base64,AAAA",
        "//pictures.example/a.png",
        r"\\host\share\a.png",
        r"https:\\pictures.example\a.png",
        "https:///a.png",
        "https://user:word@pictures.example/a.png",
        "https://user@pictures.example/a.png",
        "https://@pictures.example:0x1/a.png",
        "https://[::1/a.png",
        "https://[nothing]/a.png",
        "https://pictures.example:99999/a.png",
        "https://pictures.example:no/a.png",
        "https://" + "a" * 300 + ".example/a.png",
        "https://\ud800.example/a.png",
        "",
    ],
)
async def test_what_is_no_plain_https_address_is_refused_without_a_look_up(url):
    asked = []

    async def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(DeskProblem):
        await from_loopback(resolve=resolve).fetch(url)
    assert [host for host in asked if len(host) < 64] == []  # one that is too long for a name fails in the look-up


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "127。0。0。1",
        "１２７.0.0.1",
        "①②⑦.0.0.1",
        "0.0.0.0",  # noqa: S104 - asked for, not bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fec0::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        r"good.example\@127.0.0.1",
        "good.example@127.0.0.1",
        "good.example#@127.0.0.1",
        "localhost",
        "router",
        "printer.local",
        "intranet.corp",
    ],
)
async def test_an_address_inside_is_refused_however_it_is_written(host):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base:
        port = base.rpartition(":")[2]

        async def resolve(name: str) -> Sequence[str]:
            return ["127.0.0.1"]  # the resolver of a liar

        with pytest.raises((Invalid, Offline)):
            await RemoteImageFetcher(resolve=resolve, trust=client_side()).fetch(f"https://{host}:{port}/a.png")
    assert asked == []


@pytest.mark.parametrize(
    "found",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("93.184.216.34", "127.0.0.1"),
        ("127.0.0.1", "93.184.216.34"),
        ("2606:2800:220:1::1", "::1"),
        ("93.184.216.34", "::ffff:169.254.169.254"),
        ("64:ff9b::a9fe:a9fe",),
        ("nonsense",),
        (),
    ],
)
async def test_a_name_of_which_any_address_lies_inside_is_not_asked(found):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base:
        with pytest.raises(Offline):
            await RemoteImageFetcher(resolve=names(*found), trust=client_side()).fetch(at(base))
    assert asked == []


async def test_the_address_that_was_checked_is_the_one_that_is_asked():
    """DNS rebinding: a second answer would be another one, so there is no second question."""
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    questions = []

    async def resolve(host: str) -> Sequence[str]:
        questions.append(host)
        return ["127.0.0.1"] if len(questions) == 1 else ["10.0.0.1"]

    async with raw_server(handler, server_side()) as base:
        assert await from_loopback(resolve=resolve).fetch(at(base)) == PNG
    assert (len(questions), len(asked)) == (1, 1)


def test_what_counts_as_public():
    assert all(map(is_public, ("93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "2a00:1450::1")))
    assert not any(
        map(is_public, ("", "example.com", "fe80::1%eth0", "198.18.0.1", "192.0.2.1", "2001:db8::1", "240.0.0.1"))
    )


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "image/svg+xml; charset=utf-8", "application/json", ""])
async def test_what_does_not_claim_to_be_a_picture_is_not_taken(kind):
    handler, _ = canned_answers(reply("200 OK", PNG, kind))
    async with raw_server(handler, server_side()) as base:
        with pytest.raises(VendorDown):
            await from_loopback().fetch(at(base))


async def test_five_megabytes_are_taken_and_one_byte_more_is_not():
    for size, fits in ((MAX_BYTES, True), (MAX_BYTES + 1, False)):
        handler, _ = canned_answers(reply("200 OK", PNG.ljust(size, b"\0"), "image/png"))
        async with raw_server(handler, server_side()) as base:
            if fits:
                assert len(await from_loopback().fetch(at(base))) == size
            else:
                with pytest.raises(Invalid, match="5 MB"):
                    await from_loopback().fetch(at(base))


async def test_an_endless_picture_is_left_soon():
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"\0" * 65_536 + b"\r\n")
            sent += 65_536
            await writer.drain()

    async with raw_server(endless, server_side()) as base:
        with pytest.raises(Invalid, match="5 MB"):
            await from_loopback().fetch(at(base))
    assert sent < 4 * MAX_BYTES


async def test_a_packed_bomb_stays_packed():
    bomb = gzip.compress(b"\0" * (64 * 1024 * 1024))
    handler, asked = canned_answers(reply("200 OK", bomb, "image/png", content_encoding="gzip"))
    async with raw_server(handler, server_side()) as base:
        assert await from_loopback().fetch(at(base)) == bomb  # no picture to anybody who looks at it
    assert asked[0][1]["accept-encoding"] == "identity"


def dripping(first: bytes) -> Handler:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(first)
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)  # the pace of the drip

    return drip


@pytest.mark.parametrize(
    "first", [b"HTTP/1.1 200 OK\r\nx-", b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 9999\r\n\r\n"]
)
async def test_a_drip_ends_when_its_time_is_over(first):
    async with raw_server(dripping(first), server_side()) as base:
        with pytest.raises(Offline):
            await from_loopback(seconds=0.5).fetch(at(base))


async def test_huge_headers_are_refused():
    async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\nx: " + b"a" * 10_000_000 + b"\r\n\r\n")
        await writer.drain()

    async with raw_server(shout, server_side()) as base:
        with pytest.raises(Offline):
            await from_loopback().fetch(at(base))


async def test_a_certificate_that_nobody_trusts_or_of_another_name_is_refused():
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base:
        with pytest.raises(Offline):
            await from_loopback(trust=None).fetch(at(base))
        with pytest.raises(Offline):
            await from_loopback().fetch(at(base).replace("pictures.example", "other.example"))
    assert asked == []


@pytest.fixture
def trusted_by_the_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the server's certificate where OpenSSL looks for the system's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    transport.ssl_context.cache_clear()
    yield
    transport.ssl_context.cache_clear()


@pytest.mark.usefixtures("trusted_by_the_system")
@pytest.mark.skipif(sys.platform != "linux", reason="the other systems' stores are not named by the environment")
async def test_a_certificate_counts_that_the_operating_system_trusts():
    handler, _ = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base:
        assert await from_loopback(trust=None).fetch(at(base)) == PNG


@asynccontextmanager
async def proxy_to(base: str) -> AsyncIterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Serve a proxy that leads every tunnel to `base`; yields its address and what it was asked for."""
    asked: list[tuple[str, dict[str, str]]] = []
    port = int(base.rpartition(":")[2])

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, headers, _ = await read_request(reader)
        asked.append((first, headers))
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        try:
            await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer))
        finally:
            inner_writer.close()

    async with raw_server(tunnel) as address:
        yield address, asked


async def unknown(_host: str) -> Sequence[str]:
    raise OSError("Name or service not known")


@pytest.mark.parametrize("resolve", [unknown, names("93.184.216.34")], ids=["known to the proxy only", "known here"])
async def test_a_picture_comes_through_the_proxy_that_all_else_uses(resolve, monkeypatch):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base, proxy_to(base) as (proxy, through):
        monkeypatch.setenv("HTTPS_PROXY", proxy.replace("://", "://jane:pa%20ss@"))
        pictures = RemoteImageFetcher(resolve=resolve, trust=client_side())
        assert await pictures.fetch("https://pictures.example/a.png") == PNG
    ((first, headers),) = through
    assert first == "CONNECT pictures.example:443 HTTP/1.1"
    assert headers["proxy-authorization"] == f"Basic {base64.b64encode(b'jane:pa ss').decode()}"
    assert "proxy-authorization" not in asked[0][1]


@pytest.mark.parametrize(
    ("url", "resolve"),
    [
        ("https://pictures.example/a.png", names("10.0.0.1")),
        ("https://pictures.example/a.png", names("93.184.216.34", "169.254.169.254")),
        ("https://10.0.0.1/a.png", unknown),
        ("https://0x7f.1/a.png", unknown),
        ("https://[::ffff:127.0.0.1]/a.png", unknown),
        ("https://metadata.internal/a.png", unknown),
        ("https://router/a.png", unknown),
    ],
)
async def test_what_lies_inside_is_not_asked_for_through_a_proxy_either(url, resolve, monkeypatch):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base, proxy_to(base) as (proxy, through):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with pytest.raises(Invalid, match="private network"):
            await RemoteImageFetcher(resolve=resolve, trust=client_side()).fetch(url)
    assert (through, asked) == ([], [])


async def test_a_look_up_that_says_nothing_keeps_no_picture_from_the_proxy(monkeypatch):
    async def silent(_host: str) -> Sequence[str]:
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    monkeypatch.setattr("deskhand.http.remote_images.LOOK_UP_SECONDS", 0.05)
    handler, _ = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base, proxy_to(base) as (proxy, _):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        assert (
            await RemoteImageFetcher(resolve=silent, trust=client_side()).fetch("https://pictures.example/a.png") == PNG
        )


async def test_a_host_that_the_setting_leaves_out_is_reached_directly_and_checked(monkeypatch):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    async with raw_server(handler, server_side()) as base, proxy_to(base) as (proxy, through):
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        monkeypatch.setenv("NO_PROXY", "pictures.example")
        with pytest.raises(Offline):
            await RemoteImageFetcher(resolve=names("127.0.0.1"), trust=client_side()).fetch(at(base))
        assert asked == []
        assert await from_loopback().fetch(at(base)) == PNG
    assert through == []


async def test_a_proxy_setting_that_cannot_be_used_is_named_and_not_gone_around(monkeypatch):
    handler, asked = canned_answers(reply("200 OK", PNG, "image/png"))
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    async with raw_server(handler, server_side()) as base:
        with pytest.raises(Offline, match="SOCKS"):
            await from_loopback().fetch(at(base))
    assert asked == []
