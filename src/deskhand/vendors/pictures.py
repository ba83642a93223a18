"""Remote images that the agent asked to see: without cookies, keys or referrer, and never from inside this network.

An image in a customer's mail must not become a way to reach a router's page or a metadata service (reference: reliability A06-A08):
https only, no redirect, nothing to unpack, and every address that a name resolves to is checked in the connection itself, so that a
name which answers differently a moment later gains nothing.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from deskhand.domain.problems import Invalid, Offline, VendorDown

if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import AbstractResolver, ResolveResult
    from yarl import URL

LARGEST = 5 * 1024 * 1024
SECONDS = 20.0

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the IP addresses of a name; raises OSError where there are none."""


async def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the operating system for the addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: str) -> bool:
    """Tell whether an IP address lies in the public internet.

    An IPv6 address that holds an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo) counts as private: nothing public needs to be
    written so, and a translator in the network may lead it back inside.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wraps = ip.sixtofour is not None or ip.teredo is not None
        return ip.is_global and ip in _UNICAST and not wraps
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_UNICAST = ipaddress.IPv6Network("2000::/3")


class PublicPictures:
    """Implements `domain.ports.PictureFetcher`.

    Args:
        allowed: which IP addresses may be asked.
        resolve: how names become addresses.
        trust: whose certificates count; None = what Python trusts on this system.
        seconds: for one image, from the look-up of the name to the last byte.
    """

    def __init__(
        self,
        *,
        allowed: Callable[[str], bool] = is_public,
        resolve: Resolve = resolve_by_system,
        trust: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._trust = trust
        self._seconds = seconds

    async def fetch(self, url: str) -> bytes:
        """Return the bytes of one image."""
        from yarl import URL  # after the first paint, like everything of the network

        try:
            target = URL(url)
            host, user = target.host or "", target.user is not None or target.password is not None
        except ValueError:  # UnicodeError too: a host that no name can be
            raise Invalid("This is no address of a picture.") from None
        # Read once, by the parser of the one that asks: two parsers may see two hosts.
        if target.scheme != "https" or not host or user:
            raise Invalid("Only pictures from https addresses are loaded.")
        if _is_literal(host) and not self._allowed(host):
            raise Invalid("This picture lies inside a private network.")
        return await self._get(target)

    async def _get(self, url: "URL") -> bytes:
        import aiohttp

        trust = self._trust if self._trust is not None else True
        resolver = _checked(self._resolve, self._allowed)
        connector = aiohttp.TCPConnector(resolver=resolver, ssl=trust, force_close=True, limit=4)
        headers = {
            "accept": "image/png, image/jpeg, image/gif, image/webp",
            "accept-encoding": "identity",
            "user-agent": "Deskhand",
        }
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    timeout=aiohttp.ClientTimeout(total=self._seconds, connect=min(5.0, self._seconds)),
                    headers=headers,
                    auto_decompress=False,  # an image is packed already; what is packed again is a bomb
                    trust_env=False,
                ) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                kind = answer.content_type
                if answer.status != 200 or not kind.startswith("image/") or kind == "image/svg+xml":
                    raise VendorDown("There is no picture at this address.", status=answer.status)
                return await _bounded(answer.content)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as problem:
            raise Offline(type(problem).__name__) from problem


async def _bounded(content: "aiohttp.StreamReader") -> bytes:
    data = bytearray()
    async for part in content.iter_chunked(65_536):
        data += part
        if len(data) > LARGEST:
            raise Invalid("This picture is larger than 5 MB.")
    return bytes(data)


def _is_literal(host: str) -> bool:
    """Tell whether a host is an address rather than a name; `0x7f.1` and `2130706433` are ones too, to some resolvers."""
    return ":" in host or host.rstrip(".").rpartition(".")[2][:1].isdigit()


def _checked(resolve: Resolve, allowed: Callable[[str], bool]) -> "AbstractResolver":
    from aiohttp.abc import AbstractResolver

    class Checked(AbstractResolver):
        async def resolve(
            self,
            host: str,
            port: int = 0,
            family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - both are asked
        ) -> "list[ResolveResult]":
            found = await resolve(host)
            if not found or not all(allowed(address) for address in found):
                raise OSError("This name leads into a private network.")
            return [
                {
                    "hostname": host,
                    "host": address,
                    "port": port,
                    "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                    "proto": 0,
                    "flags": socket.AI_NUMERICHOST,
                }
                for address in dict.fromkeys(found)
            ]

        async def close(self) -> None:
            """Hold nothing."""

    return Checked()
