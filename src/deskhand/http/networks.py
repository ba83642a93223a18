"""Which hosts lie in the public internet, and which inside this computer or its network. Imports no HTTP client."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the IP addresses of a name; raises OSError where there are none."""

LOOK_UP_SECONDS: Final = 3.0
"""For the look-up before a proxy is asked: where outer names are unknown here, a resolver may say nothing for long."""

_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL: Final = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20")))
"""Networks of the registries of special addresses (IANA) that not every Python counts as private."""
_PRIVATE: Final = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)
_METADATA: Final = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "fd20:ce::254")))
"""Metadata services of clouds that lie in such a network (Alibaba, Amazon, Google)."""

_INTERNAL_SUFFIXES: Final = (
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
    if any(ip in network for network in _SPECIAL):
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wraps = ip.sixtofour is not None or ip.teredo is not None
        return ip.is_global and ip in _UNICAST and not wraps
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_private(address: str) -> bool:
    """Tell whether an IP address lies in a private network, and is neither this computer nor its cloud's metadata service."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _PRIVATE) and ip not in _METADATA


def is_public_or_private(address: str) -> bool:
    """Tell whether an IP address is one that a vendor in a private network may name."""
    return is_public(address) or is_private(address)


def is_literal(host: str) -> bool:
    """Tell whether a host is an address rather than a name; `0x7f.1` and `2130706433` are ones too, to some resolvers."""
    return ":" in host or host.rstrip(".").rpartition(".")[2][:1].isdigit()


def is_internal_host(host: str) -> bool:
    """Tell whether a host surely lies on this computer or in its network, or is written so that only a resolver can tell where."""
    name = host.rstrip(".").lower()
    if not name:
        return True
    if is_literal(name):
        return not is_public(name)
    return "." not in name or name.endswith(tuple(f".{ending}" for ending in _INTERNAL_SUFFIXES))


async def proxy_may_resolve(
    host: str, resolve: Resolve, allowed: Callable[[str], bool], seconds: float = LOOK_UP_SECONDS
) -> bool:
    """Tell whether a proxy may be asked for a name: not where one of the addresses that it has here is not allowed.

    A name that is unknown here, as in many networks all outer ones are, is the proxy's to judge.
    """
    if is_literal(host):
        return True
    try:
        async with asyncio.timeout(seconds):
            found = await resolve(host)
    except (OSError, ValueError):  # TimeoutError, and a host that no resolver takes, too
        return True
    return all(allowed(address) for address in found)


async def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the operating system for the addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
