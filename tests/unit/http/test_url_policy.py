"""Addresses that a vendor names lead neither into this computer nor into a network that is not the vendor's, however they are written."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from tests.helpers.raw_servers import FakeClock, raw_server

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import DeskProblem, Invalid, Offline, UnexpectedResponse
from deskhand.http.address import absolute_url, check_base_url
from deskhand.http.client import VendorClient
from deskhand.http.networks import is_private, is_public
from deskhand.http.pacing import Window
from deskhand.http.tokens import ApiKeyAuth
from deskhand.http.url_policy import UrlPolicy

OUTSIDE, PRIVATE = "https://api.example.com/v1", "https://10.0.0.5/api"


@pytest.mark.parametrize(
    "host",
    [
        "localhost6",
        "ip6-localhost",
        "ip6-loopback",
        "[::127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fd00:ec2::254]",
        "[fec0::1]",
        "100.100.100.200",
        "192.0.0.192",
        "0.0.0.1",
        "255.255.255.255",
    ],
)
@pytest.mark.parametrize("base", [OUTSIDE, PRIVATE])
def test_no_vendor_names_this_computer_or_the_metadata_of_its_cloud(host: str, base: str) -> None:
    with pytest.raises(UnexpectedResponse):
        absolute_url(f"https://{host}/x", base)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.%31",
        "169.254.169.%3254",
        "x.loc%61lhost",
        "loc%61lhost",
        "files.example%2f.evil.example",
        "files.example%00.evil.example",
        "127.0.0.1,files.example",
        "files.example;127.0.0.1",
        "*.example",
        "files..example",
        ".files.example",
        "files.example..",
        "fi$les.example",
    ],
)
@pytest.mark.parametrize("base", [OUTSIDE, PRIVATE, "http://127.0.0.1:8"])
def test_a_host_with_a_sign_that_no_host_has_is_not_used(host: str, base: str) -> None:
    with pytest.raises(UnexpectedResponse):
        absolute_url(f"https://{host}/x", base)
    with pytest.raises(Invalid):
        check_base_url(f"https://{host}")


@pytest.mark.parametrize(
    "host", ["files.example.com", "files_1.example.com", "straße.example", "10.0.0.9", "[fd12::9]"]
)
def test_a_vendor_in_the_house_may_name_its_neighbours(host: str) -> None:
    assert absolute_url(f"https://{host}/x", PRIVATE) == f"https://{host}/x"


def test_special_networks_are_not_public_and_private_ones_are_in_house() -> None:
    special = ("192.0.0.192", "192.88.99.1", "3fff::1", "2001:1::1", "127.0.0.1", "169.254.1.1", "::ffff:8.8.8.8")
    assert not any(map(is_public, special))
    assert not any(map(is_private, (*special, "8.8.8.8", "fd00:ec2::254", "nonsense")))
    assert all(map(is_private, ("10.1.2.3", "172.20.0.1", "192.168.7.7", "100.64.0.1", "fd12:3456::1")))


def names(*found: str):
    async def look_up(_host: str) -> Sequence[str]:
        if not found:
            raise OSError("Name or service not known")
        return found

    return look_up


@asynccontextmanager
async def client_for(base: str, *found: str) -> AsyncIterator[VendorClient]:
    key = ApiKeyAuth(Secret("a-key-of-nobody"))
    client = VendorClient(base, key, windows=(Window(1000, 1),), clock=FakeClock(), resolve=names(*found))
    try:
        yield client
    finally:
        await client.aclose()


@pytest.mark.parametrize("base", [OUTSIDE, PRIVATE, "https://helpdesk.corp"])
@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "fe80::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"])
async def test_a_name_is_looked_up_once_and_not_connected_to_where_it_leads_to_this_computer(
    inside: str, base: str
) -> None:
    allowed = UrlPolicy(base, names("10.0.0.9", inside)).allowed_addresses("https://files.example.net/1")
    assert allowed is not None
    assert not allowed(inside)
    assert allowed("93.184.216.34")
    assert allowed("10.0.0.9") is (base != OUTSIDE)
    async with client_for(base, "93.184.216.34", inside) as client:
        with pytest.raises(Offline):
            await client.get_bytes("https://files.example.net/1")


@asynccontextmanager
async def proxy(monkeypatch) -> AsyncIterator[list[str]]:
    """Start a proxy that refuses, and yield what it was asked."""
    asked: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split(b"\r\n")[0].decode())
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with raw_server(refuse) as address:
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield asked


@pytest.mark.parametrize("base", [OUTSIDE, "https://helpdesk.corp"])
@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::1"])
async def test_a_proxy_is_not_asked_for_a_name_that_leads_inside(inside: str, base: str, monkeypatch) -> None:
    async with proxy(monkeypatch) as asked, client_for(base, "93.184.216.34", inside) as client:
        with pytest.raises(UnexpectedResponse):
            await client.get_bytes("https://files.example.net/1")
        with pytest.raises(UnexpectedResponse):
            await client.put_bytes("https://files.example.net/1", b"x", mime="text/plain")
    assert asked == []


@pytest.mark.parametrize("found", [("93.184.216.34",), ()], ids=["known here", "known to the proxy only"])
async def test_a_proxy_is_asked_for_any_other_name(found: tuple[str, ...], monkeypatch) -> None:
    async with proxy(monkeypatch) as asked, client_for(OUTSIDE, *found) as client:
        with pytest.raises(DeskProblem):
            await client.put_bytes("https://files.example.net/1", b"x", mime="text/plain")
    assert asked == ["CONNECT files.example.net:443 HTTP/1.1"]
