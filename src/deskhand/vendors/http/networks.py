"""Which hosts lie in the public internet, and which inside this computer or its network. Imports no HTTP client."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the IP addresses of a name; raises OSError where there are none."""

_UNICAST: Final = ipaddress.IPv6Network("2000::/3")

_INSIDE: Final = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "onion",
)
"""Endings of names that no public server has (RFC 6761, 6762, 8375, and the ones that routers and companies use)."""


def is_public(address: str) -> bool:
    """Tell whether an IP address lies in the public internet; what is no address in its usual form does not.

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


def is_literal(host: str) -> bool:
    """Tell whether a host is an address rather than a name; `0x7f.1` and `2130706433` are ones too, to some resolvers."""
    return ":" in host or host.rstrip(".").rpartition(".")[2][:1].isdigit()


def is_inside(host: str) -> bool:
    """Tell whether a host surely lies on this computer or in its network, or is written so that only a resolver can tell where."""
    name = host.rstrip(".").lower()
    if not name:
        return True
    if is_literal(name):
        return not is_public(name)
    return "." not in name or name.endswith(tuple(f".{ending}" for ending in _INSIDE))


async def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the operating system for the addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
