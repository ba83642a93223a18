"""Remote images that the agent asked to see: without cookies, keys or referrer, and never from inside this network.

An image in a customer's mail must not become a way to reach a router's page or a metadata service (reference: reliability A06-A08):
https only, no redirect, and every address that a name resolves to is checked in the connection itself, so that a name which answers
differently a moment later gains nothing.
"""

import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from deskhand.domain.problems import Invalid, Offline, VendorDown

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver, ResolveResult

LARGEST = 5 * 1024 * 1024
SECONDS = 20.0


class PublicPictures:
    """Implements `domain.ports.PictureFetcher`."""

    async def fetch(self, url: str) -> bytes:
        """Return the bytes of one image."""
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
            raise Invalid("Only pictures from https addresses are loaded.")
        if _is_literal(parts.hostname) and not is_public(parts.hostname):
            raise Invalid("This picture lies inside a private network.")
        return await self._get(url)

    async def _get(self, url: str) -> bytes:
        import aiohttp  # after the first paint, like everything of the network

        connector = aiohttp.TCPConnector(resolver=_resolver(), force_close=True, limit=4)
        timeout = aiohttp.ClientTimeout(total=SECONDS, connect=5)
        headers = {"accept": "image/png, image/jpeg, image/gif, image/webp", "user-agent": "Deskhand"}
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=timeout, headers=headers
                ) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status != 200 or not answer.content_type.startswith("image/"):
                    raise VendorDown("There is no picture at this address.", status=answer.status)
                data = bytearray()
                async for part in answer.content.iter_chunked(65_536):
                    data += part
                    if len(data) > LARGEST:
                        raise Invalid("This picture is larger than 5 MB.")
                return bytes(data)
        except (TimeoutError, aiohttp.ClientError, OSError) as problem:
            raise Offline(type(problem).__name__) from problem


def is_public(address: str) -> bool:
    """Tell whether an IP address lies in the public internet, also when it is wrapped in an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (inner or ip).is_global and not (inner or ip).is_multicast


def _is_literal(host: str) -> bool:
    """Tell whether a host is an address rather than a name; `0x7f.1` and `2130706433` are ones too, to some resolvers."""
    return ":" in host or host.rpartition(".")[2][:1].isdigit()


def _resolver() -> "AbstractResolver":
    import aiohttp
    from aiohttp.abc import AbstractResolver

    class PublicResolver(AbstractResolver):
        def __init__(self) -> None:
            self._inner = aiohttp.ThreadedResolver()

        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> "list[ResolveResult]":
            found = await self._inner.resolve(host, port, family)
            if not found or not all(is_public(one["host"]) for one in found):
                raise OSError("This name leads into a private network.")
            return found

        async def close(self) -> None:
            await self._inner.close()

    return PublicResolver()
