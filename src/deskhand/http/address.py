"""Addresses: which base address may be used, and how a path is put behind it. No request leaves from here."""

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit

import httpx

from deskhand.domain.problems import Invalid, NotFound, UnexpectedResponse

from .networks import is_internal_host, is_literal, is_public_or_private

_PORTS = {"http": 80, "https": 443}

_LOOPBACK_NAMES = ("localhost", "localhost6", "ip6-localhost", "ip6-loopback")
_NOT_IN_HOSTS = re.compile(r"[\x00-,/:-@\[-^`{-\x7f]|\.\.|\A\.")
"""ASCII signs, and empty parts, that no host has; a `%` would be read as a letter by whoever decodes it."""

_LONGEST_BASE = 2_000
_LONGEST_SEGMENT = 32_000
"""Characters after quoting; httpx takes 65,536 for the whole address."""


def check_base_url(text: str) -> str:
    """Return a base address without its trailing slash.

    Accepted is https, and plain http where the bytes do not leave this computer (127.0.0.0/8, ::1, localhost).

    Raises:
        Invalid: with the field `base_url`, with a sentence for the agent.
    """
    address = text.strip().rstrip("/")
    if len(address) > _LONGEST_BASE:
        raise _invalid("This address is too long.")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
        _check_unambiguous(address)
    except (ValueError, httpx.InvalidURL):
        raise _invalid("This is not an address. It looks like https://api.example.com.") from None
    if parts.scheme not in _PORTS or not host:
        raise _invalid("The address begins with https:// and names a server, like https://api.example.com.")
    if parts.username is not None or parts.password is not None:
        raise _invalid("The address must not hold a name or password; they have fields of their own.")
    if parts.query or parts.fragment:
        raise _invalid("The address ends before any ? or #.")
    if parts.scheme == "http" and not is_loopback(host):
        raise _invalid("Plain http is accepted for this computer only; use https.")
    return address


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address stays on this computer. No name is looked up."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_local_host(host: str) -> bool:
    """Tell whether a host is, or could be read as, this computer or its cloud's metadata service."""
    name = host.rstrip(".").lower()
    if name in _LOOPBACK_NAMES or name.endswith((".localhost", ".localdomain")):
        return True
    return is_literal(name) and not is_public_or_private(name)  # 127.1, 0x7f000001: whatever a resolver makes of it


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port: what has to be equal before a credential is shown."""
    parts = urlsplit(url)
    # In lower case and no further: `casefold` makes one host of the two in straße.example and strasse.example.
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)


def quote_segment(text: str) -> str:
    """Quote a vendor's id for use as one segment of a path, so that it cannot climb out of it.

    Raises:
        NotFound: for an id that no ticket can have.
    """
    quoted = quote(text, safe="", errors="replace")
    if text in ("", ".", "..") or len(quoted) > _LONGEST_SEGMENT:
        raise NotFound("an id that no ticket can have")
    return quoted


def absolute_url(url: str, base: str) -> str:
    """Return the absolute form of an address that a vendor named (an upload, a file), relative to `base`.

    Raises:
        UnexpectedResponse: where bytes would travel unprotected, or into this computer's network although the vendor is elsewhere.
    """
    try:
        absolute = urljoin(base + "/", url.strip())
        scheme, host, _ = origin(absolute)
        _check_unambiguous(absolute)
    except (ValueError, httpx.InvalidURL):
        raise UnexpectedResponse("the vendor named an address that cannot be read") from None
    if "@" in urlsplit(absolute).netloc:  # a name and password, which would go beside our credential or in its place
        raise UnexpectedResponse("the vendor named an address with a sign-in of its own")
    if origin(absolute) == origin(base):
        return absolute
    home = origin(base)[1]
    if is_loopback(home):  # a server on this computer (the sandbox) names itself
        safe = is_loopback(host) or (scheme == "https" and not is_internal_host(host))
    else:
        # A vendor in the company's own network may name its neighbours, but never this computer.
        safe = scheme == "https" and (
            not is_internal_host(host) or (is_internal_host(home) and not _is_local_host(host))
        )
    if safe:
        return absolute
    raise UnexpectedResponse("the vendor named an address that is not safe to use")


def is_below(url: str, base: str) -> bool:
    """Tell whether an address that a vendor named leads to the same server as `base`; False for what may not be used."""
    if not url.strip() or not base:
        return False
    try:
        return origin(absolute_url(url, base)) == origin(base)
    except UnexpectedResponse:
        return False


def _check_unambiguous(address: str) -> None:
    """Raise ValueError or httpx.InvalidURL for what two parsers may read as two hosts, or the client not at all."""
    if not address.isprintable() or any(sign in address for sign in " \\"):
        raise ValueError("characters that no address has")
    host = urlsplit(address).hostname or ""
    if httpx.URL(address).host != host and host.isascii():
        raise ValueError("two hosts")
    if ":" not in host and _NOT_IN_HOSTS.search(host):
        raise ValueError("a sign that no host has")


def _invalid(why: str) -> Invalid:
    return Invalid(why, fields={"base_url": why})
