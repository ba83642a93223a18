"""Translates transport errors and error responses into domain problems; nothing else does.

Which failure proves that a write had no effect was measured on loopback (reference: reliability 2.2). The class that httpx-aiohttp
raises does not tell: it turns aiohttp's ServerDisconnectedError, a lost answer, into httpx.ConnectTimeout, a request that never left
(0.2.0, `AIOHTTP_EXC_MAP`: every ClientConnectionError). So the cause below is what counts, and what is not surely harmless is unknown.
"""

import re
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import httpx

from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Stale,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)
from deskhand.domain.scrubbing import Scrub, Scrubber

from .jsontext import NotJson, decode

FOREIGN: tuple[type[BaseException], ...] = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    aiohttp.ClientError,
    OSError,  # TimeoutError and ssl.SSLError among them
    zlib.error,
)
"""What a request may end with besides an answer."""

_WORDS = 300
"""Characters of a server's words that are shown."""

_READ = 20_000
"""Characters of them that are looked at: an error answer may be 64 KB, and what is shown comes from its beginning."""

_RUN = 40
"""Characters without a gap: longer ones are no words, perhaps a credential that we do not know; an id of 36 is shown whole."""

_UNBROKEN = re.compile(rf"[\w+/=.~%-]{{{_RUN + 1},}}", re.ASCII)

_BAD_KEY = re.compile(
    r"\b(?:invalid|unknown|expired|revoked|withdrawn|disabled|deactivated|incorrect|wrong)\b[\w\s-]{0,20}"
    r"\b(?:api[ _-]?key|access[ _-]?key|key|token|credentials?)\b"
    r"|\b(?:api[ _-]?key|access[ _-]?key|key|token|credentials?)\b[\w\s]{0,20}"
    r"\b(?:invalid|not valid|unknown|expired|revoked|withdrawn|disabled|deactivated|incorrect)\b",
    re.IGNORECASE,
)
"""A 403 about the credential itself, as gateways answer it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer other than 2xx, for an adapter that knows more about its vendor's statuses.

    Attributes:
        body: the parsed error body, None where it is no JSON.
        words: the vendor's own sentence, free of secrets.
        fields: its complaints by field, free of secrets too.
        wrote: it answers a write.
        repeatable: doing that write twice leaves the vendor as doing it once would, so that it may be sent again.
        page: it came as a web page, which no vendor's API sends: a proxy or a network's login page may stand behind it.
    """

    status: int
    body: Any
    words: str
    fields: dict[str, str]
    wrote: bool
    repeatable: bool = True
    page: bool = False


class TooBig(OSError):
    """An answer beyond the cap."""


def from_exception(error: BaseException, *, wrote: bool) -> DeskProblem:
    """Translate what a request ended with.

    Args:
        wrote: it was a write, so anything but a failed connection leaves its outcome unknown.
    """
    cause = error.__cause__ if isinstance(error, httpx.HTTPError) and error.__cause__ is not None else error
    if (never_left := _connecting(cause)) is not None:
        return Offline(never_left)
    if isinstance(cause, httpx.UnsupportedProtocol | httpx.InvalidURL | aiohttp.InvalidURL):
        return Offline("the address cannot be used")
    detail = _after_leaving(cause)
    if wrote:
        return OutcomeUnknown(detail)
    if isinstance(cause, TooBig | zlib.error):
        return UnexpectedResponse(detail)
    return VendorDown(detail)


def _connecting(cause: BaseException) -> str | None:
    """Word a failure to connect; None where the request may have left."""
    match cause:
        case aiohttp.ClientConnectorCertificateError():
            return f"the server's certificate is not trusted ({_certificate(cause.certificate_error)})"
        case aiohttp.ClientSSLError():
            return "no secure connection could be agreed with the server"
        case aiohttp.ClientProxyConnectionError():
            return "the proxy of this computer cannot be reached"
        case aiohttp.ClientHttpProxyError():
            return f"the proxy of this computer refused the connection ({cause.status})"
        case aiohttp.ClientConnectorDNSError():
            return "the server's name cannot be found"
        case aiohttp.ClientConnectorError():
            if isinstance(cause.os_error, socket.gaierror):
                return "the server's name cannot be found"
            if isinstance(cause.os_error, ConnectionRefusedError):
                return "the server refused the connection"
            return "the server cannot be reached"
        case aiohttp.ConnectionTimeoutError():
            return "the server did not take the connection in time"
        case _:
            return None


def _certificate(error: Exception) -> str:
    text = str(getattr(error, "verify_message", "")) or type(error).__name__
    return text[:120]


def _after_leaving(cause: BaseException) -> str:
    match cause:
        case TooBig():
            return "the answer is larger than any that we read"
        case TimeoutError() | httpx.TimeoutException():
            return "no answer came in time"
        case zlib.error():
            return "the answer could not be unpacked"
        case aiohttp.ClientPayloadError() | httpx.ReadError():
            return "the answer broke off"
        case aiohttp.ServerDisconnectedError():
            return "the server closed the connection without an answer"
        case ssl.SSLError():
            return "the secure connection broke"
        case _:
            return f"the connection broke ({type(cause).__name__})"


def from_status(refusal: Refusal, wait: timedelta | None) -> DeskProblem:
    """Translate an answer other than 2xx.

    Args:
        wait: the time that the answer orders to wait, where it does.
    """
    status, words, wrote = refusal.status, refusal.words, refusal.wrote
    if wrote and not refusal.repeatable and status in {401, 407, 503}:
        # What ended may be the token, or the gateway's patience, while the vendor was at work. A proxy of this computer that wants a
        # sign-in says so before anything leaves.
        return OutcomeUnknown(words or f"answered {status}", status=status)
    if refusal.page and status in (404, 410):
        return (OutcomeUnknown if wrote else UnexpectedResponse)("a web page came where data belongs", status=status)
    match status:
        case 403 if _names_the_key(words):
            return SignInNeeded(words, status=status)
        case 401:
            return SignInNeeded(words, status=status)
        case 402 | 426:
            return NotInPlan(words, status=status)
        case 403 | 451:
            return NotAllowed(words, status=status)
        case 404 | 410:
            return NotFound(words, status=status)
        case 407:
            return Offline("the proxy of this computer wants a sign-in", status=status)
        case 429:
            return Throttled(wait or timedelta(), words, status=status)
        case 503 if wait is not None:
            return Throttled(wait, words, status=status)
        case 409 | 412 | 423 if wrote:
            return Stale(words, status=status)
        case 400 | 405 | 406 | 411 | 413 | 414 | 415 | 417 | 422 | 428 | 431 if wrote:
            return Invalid(words, fields=refusal.fields, status=status)
        case _ if wrote:
            redirect = "the address leads elsewhere; redirects are not followed"
            return OutcomeUnknown(words or (redirect if status < 400 else f"answered {status}"), status=status)
        case _ if status == 408 or status >= 500:
            return VendorDown(words or f"answered {status}", status=status)
        case _ if 300 <= status < 400:
            return UnexpectedResponse(words or "the address leads elsewhere; redirects are not followed", status=status)
        case _:
            return UnexpectedResponse(words or f"answered {status}", status=status)


def _names_the_key(words: str) -> bool:
    """Tell whether a 403 says that the credential itself is no good, not that it does not reach something."""
    return _BAD_KEY.search(words) is not None


def unlimited(refusal: Refusal) -> DeskProblem | None:
    """Return what a 429 means at a vendor that documents no limit: nothing says that it came before the work was done.

    For `VendorClient`: the verdict on what must not happen twice and cannot be looked up.
    """
    if refusal.wrote and not refusal.repeatable and refusal.status == 429:
        return OutcomeUnknown(refusal.words or "answered 429", status=429)
    return None


def unsent(problem: DeskProblem, doing: str) -> DeskProblem:
    """Return what a write raises where a call before it failed: it never left, so it may be sent again later.

    Args:
        doing: what failed, in words.
    """
    if isinstance(problem, VendorDown | UnexpectedResponse):
        return Throttled(timedelta(seconds=30), f"{doing}: {problem.detail}", status=problem.status)
    return problem


def read_refusal(
    status: int, headers: Mapping[str, str], body: bytes, shown: Scrub, *, wrote: bool, repeatable: bool = True
) -> Refusal:
    """Take an error answer apart.

    Args:
        shown: what every text of it goes through before it may be shown, see `scrub`.
    """
    data: Any = None
    page = "html" in headers.get("content-type", "").casefold()
    if not page:
        try:
            data = decode(body)
        except NotJson:
            data = None
    fields = {shown(name): shown(words) for name, words in complaints(data).items()}
    return Refusal(status, data, shown(_sentence(data)), fields, wrote, repeatable, page)


def scrub(text: str, secrets: Scrubber) -> str:
    """Return words of a server as one short line without secrets, without the query of any address, and with long runs cut."""
    text = secrets.scrub(text[:_READ], "…")
    text = re.sub(r"(https?://[^\s?#]*)[?#]\S*", r"\1", text)
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    text = _UNBROKEN.sub(lambda run: f"{run[0][:_RUN]}…", text)
    return text if len(text) <= _WORDS else text[: _WORDS - 1] + "…"


def complaints(body: Any) -> dict[str, str]:
    """Return a vendor's complaints by field: `errors` as an object (Laravel) or list, or `detail` as a list (FastAPI)."""
    found: dict[str, str] = {}
    if not isinstance(body, dict):
        return found
    for name in ("errors", "details", "detail", "message", "fields"):
        part = body.get(name)
        if isinstance(part, dict):
            for key, value in part.items():
                first = value[0] if isinstance(value, list) and value else value
                found.setdefault(str(key), str(first))
        elif isinstance(part, list):
            for entry in part:
                if isinstance(entry, dict) and (where := _where(entry)):
                    found.setdefault(where, str(entry.get("message") or entry.get("msg") or ""))
    return found


def _where(entry: dict[str, Any]) -> str:
    place = next((entry[key] for key in ("field", "path", "param", "property", "loc") if entry.get(key)), "")
    if isinstance(place, list):
        place = place[-1] if place else ""
    return str(place)


def _sentence(body: Any) -> str:
    """Return the vendor's words, wherever its error body keeps them."""
    if isinstance(body, str):
        return body
    if isinstance(body, list):
        return "; ".join(filter(None, (_sentence(part) for part in body[:5])))
    if not isinstance(body, dict):
        return ""
    parts: list[str] = []
    for name in ("error", "code", "title", "message", "msg", "error_description", "detail", "errors"):
        value = body.get(name)
        if name == "code" and not isinstance(value, str):
            continue  # a number says what the status says
        text = value if isinstance(value, str) else _sentence(value)
        if not text and name == "errors" and isinstance(value, dict):
            text = "; ".join(f"{key}: {complaint}" for key, complaint in complaints(body).items())
        if text and text not in parts:
            parts.append(text)
    return ": ".join(parts)
