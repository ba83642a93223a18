"""What may be clicked, and what must be asked first.

The accepted grammar is narrower than that of Qt and of browsers (WHATWG), so that all three read the same host: no user
information, backslash, percent sign, control or invisible character before the path, and a host of ASCII letters after IDNA.
"""

import ipaddress
import re
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from deskhand.content.characters import hides, mixes_scripts, one_line, outgoing
from deskhand.content.shown_address import hosts, hosts_within, mail_addresses, numbers
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

MAX_URL: Final = 8_192
_SCHEME = lazy_pattern(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB = lazy_pattern(r"//([^/?#]*)(.*)", re.DOTALL)
_BEGINNING = lazy_pattern(r"([a-z]+://)([^/?#]*)")
_LABEL = lazy_pattern(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_ADDRESS = lazy_pattern(r"[^\s@<>\"'\\,;:()\[\]&?#/%]{1,64}@[^\s@<>\"'\\,;:()\[\]&?#/%]{1,255}\Z")
_SHORTENERS: Final = frozenset(
    [
        "bit.ly",
        "t.co",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "is.gd",
        "buff.ly",
        "rebrand.ly",
        "cutt.ly",
        "shorturl.at",
        "tiny.cc",
        "rb.gy",
        "lnkd.in",
        "t.ly",
        "v.gd",
    ]
)
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
# IDNA 2003 (the standard library) and UTS 46 (browsers) map these to different hosts.
_DEVIATING: Final = frozenset("ßẞς\u200c\u200d")


class LinkWarning(StrEnum):
    """Why the agent is asked before a link opens."""

    OTHER_HOST = "other_host"
    """The text looks like another address than the one behind it."""
    IDN = "idn"
    """The host is not plain ASCII, or was written so that it did not look it."""
    MIXED_SCRIPT = "mixed_script"
    IP_LITERAL = "ip_literal"
    PORT = "port"
    SHORTENED = "shortened"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Link:
    """A judged link.

    Attributes:
        url: what may be opened, exactly; empty when refused.
        host_ace: the host as ASCII, to show; the address's domain for mailto, empty for tel.
        warnings: what to tell before opening.
        refused: never open it.
    """

    url: str
    host_ace: str
    warnings: frozenset[LinkWarning]
    refused: bool

    @property
    def asks(self) -> bool:
        """Whether the agent is asked, or told that it is refused, before anything opens."""
        return self.refused or bool(self.warnings)


REFUSED: Final = Link("", "", frozenset(), refused=True)


def inspect(url: str, shown: str = "") -> Link:
    """Judge a link.

    Args:
        url: the address behind it.
        shown: the text that the reader sees.
    """
    url = url.strip(" \t\n\r\f")
    scheme = _SCHEME.match(url)
    if scheme is None or len(url) > MAX_URL or hides(url.replace(" ", "")) or "\\" in url:
        return REFUSED
    rest = url[scheme.end() :]
    match scheme[1].lower():
        case "http" | "https" as web:
            return _web(web, rest, shown)
        case "mailto":
            return _mailto(rest, shown)
        case "tel":
            return _tel(rest, shown)
        case _:
            return REFUSED


def clean_href(url: str) -> str | None:
    """Return the address that a sanitized link may keep, or None when it must not be a link."""
    link = inspect(url)
    return None if link.refused else link.url


_PATH_BEGUN: Final = 8
"""Characters of a path that are shown behind a long host, so that nobody takes what was left out for more of the host."""


def for_display(url: str, limit: int = 120) -> str:
    """Return an address cut in the middle, so that its host and its end stay visible; of a long host that is its end."""
    if len(url) <= limit:
        return url
    found = _BEGINNING.match(url)
    room = limit * 2 // 3
    if found is not None and found.end() > room - _PATH_BEGUN:
        url = f"{found[1]}{shorten_host(found[2], room - _PATH_BEGUN - len(found[1]))}{url[found.end() :]}"
        if len(url) <= limit:
            return url
    return f"{url[:room]}…{url[-(limit // 3) :]}"


def shorten_host(host: str, limit: int) -> str:
    """Return the end of a host that is too long: who owns it stands there, and its beginning may be anything."""
    return host if len(host) <= limit else f"…{host[1 - limit :]}"


def _web(scheme: str, rest: str, shown: str) -> Link:
    parts = _WEB.match(rest)
    if parts is None or "@" in parts[1] or "%" in parts[1]:
        return REFUSED
    written, colon, port = parts[1].rpartition(":")
    if not colon or parts[1].endswith("]"):
        written, port = parts[1], ""
    if port and not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65_536):
        return REFUSED
    warnings: set[LinkWarning] = set()
    host = _host(written, warnings)
    if not host:
        return REFUSED
    if port and port != _DEFAULT_PORTS[scheme]:
        warnings.add(LinkWarning.PORT)
        host_port = f"{host}:{port}"
    else:
        host_port = host
    tail = quote(parts[2], safe="%/?#[]@!$&'()*+,;=:~-._|^{}`\"<>") if not parts[2].isascii() else parts[2]
    opened = f"{scheme}://{host_port}{tail.replace(' ', '%20')}"
    if host.removeprefix("www.").removesuffix(".") in _SHORTENERS:
        warnings.add(LinkWarning.SHORTENED)
    if len(opened) > 1_000:
        warnings.add(LinkWarning.LONG)
    seen = hosts(shown)
    if _looks_elsewhere(seen, host) or _leads_on(shown, seen, host, opened):
        warnings.add(LinkWarning.OTHER_HOST)
    return Link(opened, host, frozenset(warnings), refused=False)


def _host(written: str, warnings: set[LinkWarning]) -> str:
    """Return the host as every parser reads it, or an empty text."""
    if written.startswith("["):
        try:
            address = ipaddress.IPv6Address(written[1:-1] if written.endswith("]") else "")
        except ValueError:
            return ""
        warnings.add(LinkWarning.IP_LITERAL)
        return f"[{address.compressed}]"
    host = _ace(written, warnings)
    if host is None:
        return ""
    labels = host.removesuffix(".").split(".")
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        warnings.add(LinkWarning.IP_LITERAL)
        return _ipv4(labels)
    return host if all(_LABEL.match(label) for label in labels) and len(host) <= 253 else ""


def _ace(written: str, warnings: set[LinkWarning]) -> str | None:
    if len(written) > 253 or not written:
        return None
    if written.isascii():
        host = written.lower()
        if any(label.startswith("xn--") for label in host.split(".")):
            warnings.add(LinkWarning.IDN)
            try:
                decoded = host.encode("ascii").decode("idna")
            except UnicodeError:
                return None
            _note_scripts(decoded, warnings)
        return host
    # A full stop of another script splits labels in some parsers only.
    if any(mark in written for mark in "。．｡") or _DEVIATING & set(written):
        return None
    warnings.add(LinkWarning.IDN)
    _note_scripts(written, warnings)
    try:
        return written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _note_scripts(host: str, warnings: set[LinkWarning]) -> None:
    if any(map(mixes_scripts, host.split("."))):
        warnings.add(LinkWarning.MIXED_SCRIPT)


def _ipv4(labels: list[str]) -> str:
    """Read a number as browsers do: decimal, octal or hexadecimal, one to four parts."""
    numbers: list[int] = []
    for label in labels:
        try:
            if label.startswith("0x"):
                numbers.append(int(label[2:] or "0", 16))
            elif len(label) > 1 and label.startswith("0"):
                numbers.append(int(label, 8))
            else:
                numbers.append(int(label if label.isdecimal() and len(label) < 12 else "x"))
        except ValueError:
            return ""
    *heads, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in heads) or last >= 256 ** (5 - len(numbers)):
        return ""
    return str(ipaddress.IPv4Address(sum(n << (24 - 8 * i) for i, n in enumerate(heads)) + last))


def _looks_elsewhere(seen: set[str], host: str) -> bool:
    """Tell whether one of the hosts that a text shows is that of another site; the same site or a part of it is none."""
    real = host.removeprefix("www.").removesuffix(".")
    for other in seen:
        as_number = _ipv4(other.split(".")) if re.fullmatch(r"(?:(?:0x[0-9a-f]+|\d+)\.?)+", other) else other
        if (as_number or other) != real and not real.endswith(f".{other}"):
            return True
    return False


def _leads_on(shown: str, seen: set[str], host: str, url: str) -> bool:
    """Tell whether a link that shows the address of a site hands another one over to it, which the text does not show."""
    if not seen or "//" not in unquote(unquote(url.partition("://")[2])):
        return False
    site = host.removeprefix("www.")
    return any(
        other not in shown.casefold() for other in hosts_within(url) if other != site and not other.endswith(f".{site}")
    )


def _mailto(rest: str, shown: str) -> Link:
    to, _, query = rest.partition("?")
    addresses = [unquote(part).strip() for part in to.split(",") if part.strip()]
    if not addresses or len(addresses) > 20 or not all(_ADDRESS.match(a) and not hides(a) for a in addresses):
        return REFUSED
    kept = [
        (name.lower(), outgoing(value) if name.lower() == "body" else one_line(value))
        for name, value in parse_qsl(query, max_num_fields=None)
        if name.lower() in ("subject", "body")
    ]
    warnings: set[LinkWarning] = set()
    domains = [_ace(address.rpartition("@")[2], warnings) for address in addresses]
    domain = domains[0]
    if domain is None or None in domains:
        return REFUSED
    seen, seen_hosts = mail_addresses(shown.replace("mailto:", " ")), hosts(shown)
    # Another recipient beside the one that is shown is one too many.
    others = seen and seen != {address.casefold() for address in addresses}
    if others or any(_looks_elsewhere(seen_hosts, domain) for domain in domains if domain):
        warnings.add(LinkWarning.OTHER_HOST)
    target = ",".join(quote(address, safe="@+.!#$&'*-/=^_`{|}~") for address in addresses)
    fields = "&".join(f"{name}={quote(value, safe='')}" for name, value in kept)
    return Link(f"mailto:{target}" + (f"?{fields}" if fields else ""), domain, frozenset(warnings), refused=False)


def _tel(rest: str, shown: str) -> Link:
    digits = re.sub(r"[\s().\u2010-\u2015-]", "", unquote(rest))
    # `*` and `#` would run dialler codes.
    if not re.fullmatch(r"\+?[0-9]{2,20}", digits):
        return REFUSED
    seen = numbers(shown)
    elsewhere = hosts(shown) or (seen and not any(digits.endswith(number[-len(digits) :]) for number in seen))
    warnings = frozenset({LinkWarning.OTHER_HOST}) if elsewhere else frozenset[LinkWarning]()
    return Link(f"tel:{digits}", "", warnings, refused=False)
