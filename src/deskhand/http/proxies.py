"""Which proxy leads to an address, as people and desktops write it into the environment (or Windows and macOS into their settings).

There is no standard for these variables; what curl, wget, Python and GNOME take is taken here: with and without a scheme, with
credentials that hold any sign, with brackets or without a port. What cannot be used is named, never left out: without its proxy a
request would take a way that it shall not take.
"""

import ipaddress
import os
import re
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from deskhand.domain.problems import Offline

from .address import is_loopback

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?")


def proxy_for(url: str) -> str | None:
    """Return the proxy for an address as `http[s]://[name:password@]host:port`, None where it is reached directly.

    This computer itself is never asked for through a proxy.

    Raises:
        Offline: there is a setting that cannot be used; the detail names it, without what it holds.
    """
    parts = urlsplit(url)
    host, port = (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)
    if is_loopback(host):
        return None
    found = getproxies()
    kind = next((kind for kind in (parts.scheme, "all") if found.get(kind, "").strip()), None)
    if kind is None or bypasses(host, port, found.get("no", "")) or _system_bypasses(host):
        return None
    return parse_proxy(found[kind], _name_of(kind))


def parse_proxy(written: str, name: str) -> str:
    """Return a proxy in one form; raises Offline, in a sentence that names the setting, where it is none that can be used."""
    text = written.strip().strip("\"'").strip()
    scheme, mark, rest = text.partition("://")
    if not mark:
        scheme, rest = "http", text.removeprefix("//")
    scheme = scheme.strip().lower()
    if scheme.startswith("socks"):
        raise Offline(
            f"{name} names a SOCKS proxy, and Deskhand can use http and https proxies only. Name one of these in HTTPS_PROXY, or the "
            "vendor's server in NO_PROXY"
        )
    credentials, at, place = rest.rpartition("@")  # a password may hold any sign, a host no @
    place = re.split(r"[/?#]", place, maxsplit=1)[0]
    host, port = _host_and_port(place, _PORTS.get(scheme, 0))
    if scheme not in _PORTS or not host or _is_wrong_number(host):
        raise Offline(f"{name} is not the address of a proxy. It looks like http://proxy.example.com:3128")
    if not at:
        return f"{scheme}://{host}:{port}"
    user, _, password = credentials.partition(":")
    return f"{scheme}://{quote(unquote(user), safe='')}:{quote(unquote(password), safe='')}@{host}:{port}"


def _is_wrong_number(host: str) -> bool:
    """Tell whether a host is written as an IPv4 address and is none, as with a digit too many."""
    if re.fullmatch(r"[0-9.]+", host) is None:
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def bypasses(host: str, port: int, written: str) -> bool:
    """Tell whether a NO_PROXY setting names a host: `*`, a name, a domain with or without dot or star, an address, a network, a port."""
    for one in re.split(r"[,\s;]+", written):
        entry = one.strip().lower()
        if entry == "*":
            return True
        name, wanted = _host_and_port(entry, 0)
        if wanted not in (0, port):
            continue
        name = (name or entry).strip("[]").lstrip("*").lstrip(".").rstrip(".")
        if name and (host == name or host.endswith(f".{name}") or _is_in(host, name)):
            return True
    return False


def _is_in(host: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _host_and_port(place: str, otherwise: int) -> tuple[str, int]:
    """Return host (an IPv6 address in brackets) and port; an empty host where the text is neither."""
    bare = re.fullmatch(r"\[?([0-9A-Fa-f:.]+)\]?", place)
    if bare is not None and place.count(":") > 1 and place.startswith("[") == place.endswith("]"):
        return _address(bare[1]), otherwise
    host, colon, digits = place.rpartition(":") if not place.endswith("]") else (place, "", "")
    if not colon:
        host, digits = place, ""
    if digits and not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 65_536):
        return "", 0
    port = int(digits) if digits else otherwise
    if host.startswith("[") and host.endswith("]"):
        return _address(host[1:-1]), port
    return (host, port) if _HOST.fullmatch(host) else ("", 0)


def _address(text: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(text)}]"
    except ValueError:
        return ""


def _name_of(kind: str) -> str:
    """Return how the setting is called where the person finds it."""
    for name in (f"{kind}_proxy", f"{kind}_proxy".upper()):
        if os.environ.get(name):
            return name
    return "the system's proxy setting"


def _system_bypasses(host: str) -> bool:
    """Ask Windows or macOS, where the environment says nothing."""
    try:
        return bool(proxy_bypass(host))
    except (OSError, ValueError, re.error):
        return False
