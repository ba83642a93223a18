"""Names looked up in the connection itself, so that one which answers differently a moment after a check gains nothing."""

import socket
from collections.abc import Callable

from aiohttp.abc import AbstractResolver, ResolveResult

from .networks import Resolve


def checked_resolver(resolve: Resolve, allowed: Callable[[str], bool]) -> AbstractResolver:
    """Return a resolver for aiohttp that refuses a name as soon as one of its addresses is not allowed.

    Args:
        resolve: how names become addresses.
        allowed: takes an IP address.
    """

    class Checked(AbstractResolver):
        async def resolve(
            self,
            host: str,
            port: int = 0,
            family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - both are asked
        ) -> list[ResolveResult]:
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
