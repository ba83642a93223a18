"""Remote images that the agent asked to see: without cookies, keys or referrer, and never from inside this network.

An image in a customer's mail must not become a way to reach a router's page or a metadata service (reference: reliability A06-A08):
https only, no redirect, nothing to unpack, and every address that a name resolves to is checked in the connection itself, so that a
name which answers differently a moment later gains nothing. Behind a proxy the name is looked up here first and refused where it leads
inside; one that is known only to the proxy (many networks have no look-up of outer names) is the proxy's to judge.
"""

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskhand.domain.problems import Invalid, Offline, VendorDown
from deskhand.http.networks import (
    LOOK_UP_SECONDS,
    Resolve,
    is_internal_host,
    is_literal,
    is_public,
    proxy_may_resolve,
    resolve_by_system,
)

if TYPE_CHECKING:
    import aiohttp
    from yarl import URL

MAX_BYTES = 5 * 1024 * 1024
TIMEOUT_SECONDS = 20.0
_PRIVATE_NETWORK = "This picture lies inside a private network."


class RemoteImageFetcher:
    """Implements `domain.ports.PictureFetcher`.

    Args:
        allowed: which IP addresses may be asked.
        resolve: how names become addresses.
        trust: whose certificates count; None = what the operating system trusts.
        seconds: for one image, from the look-up of the name to the last byte.
    """

    def __init__(
        self,
        *,
        allowed: Callable[[str], bool] = is_public,
        resolve: Resolve = resolve_by_system,
        trust: ssl.SSLContext | None = None,
        seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._trust = trust
        self._seconds = seconds

    async def fetch(self, url: str) -> bytes:
        """Return the bytes of one image.

        Raises:
            Invalid: nothing is asked for at this address, or it is too large.
            VendorDown: there is no image.
            Offline: it cannot be reached; an unusable proxy setting is named.
        """
        from yarl import URL  # after the first paint, like everything of the network

        try:
            target = URL(url)
            host, user = target.host or "", target.user is not None or target.password is not None
        except ValueError:  # UnicodeError too: a host that no name can be
            raise Invalid("This is no address of a picture.") from None
        # Read once, by the parser of the one that asks: two parsers may see two hosts.
        if target.scheme != "https" or not host or user:
            raise Invalid("Only pictures from https addresses are loaded.")
        if not self._allowed(host) if is_literal(host) else is_internal_host(host):
            raise Invalid(_PRIVATE_NETWORK)
        return await self._get(target)

    async def _get(self, url: "URL") -> bytes:
        import aiohttp

        from deskhand.http import proxies, transport
        from deskhand.http.resolving import checked_resolver

        proxy = proxies.proxy_for(str(url))
        if proxy is not None:
            seconds = min(LOOK_UP_SECONDS, self._seconds)
            if not await proxy_may_resolve(url.host or "", self._resolve, self._allowed, seconds):
                raise Invalid(_PRIVATE_NETWORK)
        # Behind a proxy nothing but its own name is looked up in the connection, and it may well lie in the own network.
        resolver = checked_resolver(self._resolve, self._allowed) if proxy is None else None
        trust = self._trust if self._trust is not None else transport.ssl_context()
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
                session.get(url, allow_redirects=False, proxy=proxy) as answer,
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
        if len(data) > MAX_BYTES:
            raise Invalid("This picture is larger than 5 MB.")
    return bytes(data)
