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
from datetime import timedelta
from typing import Any

import aiohttp
import httpx

from deskhand.domain.lazy_dataclass import dataclass
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

from .jsontext import InvalidJson, decode

TRANSPORT_ERRORS: tuple[type[BaseException], ...] = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    aiohttp.ClientError,
    OSError,  # TimeoutError and ssl.SSLError among them
    zlib.error,
)
"""What a request may end with besides an answer."""

_MAX_SHOWN = 300
"""Characters of a server's text that are shown."""

_MAX_READ = 20_000
"""Characters of them that are looked at: an error answer may be 64 KB, and what is shown comes from its beginning."""

_MAX_RUN = 40
"""Characters without a gap: longer ones are no words, perhaps a credential that we do not know; an id of 36 is shown whole."""

_LONG_RUN = re.compile(rf"[\w+/=.~%-]{{{_MAX_RUN + 1},}}", re.ASCII)

_CREDENTIAL_REJECTED = re.compile(
    r"\b(?:invalid|unknown|expired|revoked|withdrawn|disabled|deactivated|incorrect|wrong)\b[\w\s-]{0,20}"
    r"\b(?:api[ _-]?key|access[ _-]?key|key|token|credentials?)\b"
    r"|\b(?:api[ _-]?key|access[ _-]?key|key|token|credentials?)\b[\w\s]{0,20}"
    r"\b(?:invalid|not valid|unknown|expired|revoked|withdrawn|disabled|deactivated|incorrect)\b",
    re.IGNORECASE,
)
"""A 403 about the credential itself, as gateways answer it."""


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """An answer other than 2xx, for an adapter that knows more about its vendor's statuses.

    Attributes:
        body: the parsed error body, None where it is no JSON.
        message: the vendor's own sentence, free of secrets.
        fields: its complaints by field, free of secrets too.
        is_write: it answers a write.
        repeatable: doing that write twice leaves the vendor as doing it once would, so that it may be sent again.
        is_html: it came as a web page, which no vendor's API sends: a proxy or a network's login page may stand behind it.
    """

    status: int
    body: Any
    message: str
    fields: dict[str, str]
    is_write: bool
    repeatable: bool = True
    is_html: bool = False


class ResponseTooLarge(OSError):
    """An answer beyond the cap."""


def from_exception(error: BaseException, *, is_write: bool) -> DeskProblem:
    """Translate what a request ended with.

    Args:
        is_write: it was a write, so anything but a failed connection leaves its outcome unknown.
    """
    cause = error.__cause__ if isinstance(error, httpx.HTTPError) and error.__cause__ is not None else error
    if (never_left := _connect_error(cause)) is not None:
        return Offline(never_left)
    if isinstance(cause, httpx.UnsupportedProtocol | httpx.InvalidURL | aiohttp.InvalidURL):
        return Offline("the address cannot be used")
    detail = _error_after_sending(cause)
    if is_write:
        return OutcomeUnknown(detail)
    if isinstance(cause, ResponseTooLarge | zlib.error):
        return UnexpectedResponse(detail)
    return VendorDown(detail)


def _connect_error(cause: BaseException) -> str | None:
    """Say a failure to connect; None where the request may have left."""
    match cause:
        case aiohttp.ClientConnectorCertificateError():
            return f"the server's certificate is not trusted ({_certificate_error(cause.certificate_error)})"
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


def _certificate_error(error: Exception) -> str:
    text = str(getattr(error, "verify_message", "")) or type(error).__name__
    return text[:120]


def _error_after_sending(cause: BaseException) -> str:
    match cause:
        case ResponseTooLarge():
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


def from_status(response: ErrorResponse, wait: timedelta | None) -> DeskProblem:
    """Translate an answer other than 2xx.

    Args:
        wait: the time that the answer orders to wait, where it does.
    """
    status, message, is_write = response.status, response.message, response.is_write
    if is_write and not response.repeatable and status in {401, 407, 503}:
        # What ended may be the token, or the gateway's patience, while the vendor was at work. A proxy of this computer that wants a
        # sign-in says so before anything leaves.
        return OutcomeUnknown(message or f"answered {status}", status=status)
    if response.is_html and status in (404, 410):
        return (OutcomeUnknown if is_write else UnexpectedResponse)("a web page came where data belongs", status=status)
    match status:
        case 403 if _rejects_credential(message):
            return SignInNeeded(message, status=status)
        case 401:
            return SignInNeeded(message, status=status)
        case 402 | 426:
            return NotInPlan(message, status=status)
        case 403 | 451:
            return NotAllowed(message, status=status)
        case 404 | 410:
            return NotFound(message, status=status)
        case 407:
            return Offline("the proxy of this computer wants a sign-in", status=status)
        case 429:
            return Throttled(wait or timedelta(), message, status=status)
        case 503 if wait is not None:
            return Throttled(wait, message, status=status)
        case 409 | 412 | 423 if is_write:
            return Stale(message, status=status)
        case 400 | 405 | 406 | 411 | 413 | 414 | 415 | 417 | 422 | 428 | 431 if is_write:
            return Invalid(message, fields=response.fields, status=status)
        case _ if is_write:
            redirect = "the address leads elsewhere; redirects are not followed"
            return OutcomeUnknown(message or (redirect if status < 400 else f"answered {status}"), status=status)
        case _ if status == 408 or status >= 500:
            return VendorDown(message or f"answered {status}", status=status)
        case _ if 300 <= status < 400:
            return UnexpectedResponse(
                message or "the address leads elsewhere; redirects are not followed", status=status
            )
        case _:
            return UnexpectedResponse(message or f"answered {status}", status=status)


def _rejects_credential(message: str) -> bool:
    """Tell whether a 403 says that the credential itself is no good, not that it does not reach something."""
    return _CREDENTIAL_REJECTED.search(message) is not None


def undocumented_429(response: ErrorResponse) -> DeskProblem | None:
    """Return what a 429 means at a vendor that documents no limit: nothing says that it came before the work was done.

    A `map_error` of `VendorClient` for what must not happen twice and cannot be looked up.
    """
    if response.is_write and not response.repeatable and response.status == 429:
        return OutcomeUnknown(response.message or "answered 429", status=429)
    return None


def unsent(problem: DeskProblem, step: str) -> DeskProblem:
    """Return what a write raises where a call before it failed: it never left, so it may be sent again later.

    Args:
        step: what failed, as part of a sentence.
    """
    if isinstance(problem, VendorDown | UnexpectedResponse):
        return Throttled(timedelta(seconds=30), f"{step}: {problem.detail}", status=problem.status)
    return problem


def read_error_response(
    status: int, headers: Mapping[str, str], body: bytes, redact: Scrub, *, is_write: bool, repeatable: bool = True
) -> ErrorResponse:
    """Take an error answer apart.

    Args:
        redact: what every text of it goes through before it may be shown, see `scrub`.
    """
    data: Any = None
    is_html = "html" in headers.get("content-type", "").casefold()
    if not is_html:
        try:
            data = decode(body)
        except InvalidJson:
            data = None
    fields = {redact(name): redact(message) for name, message in field_errors(data).items()}
    return ErrorResponse(status, data, redact(_error_message(data)), fields, is_write, repeatable, is_html)


def scrub(text: str, secrets: Scrubber) -> str:
    """Return a text of a server as one short line without secrets, without the query of any address, and with long runs cut."""
    text = secrets.scrub(text[:_MAX_READ], "…")
    text = re.sub(r"(https?://[^\s?#]*)[?#]\S*", r"\1", text)
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    text = _LONG_RUN.sub(lambda run: f"{run[0][:_MAX_RUN]}…", text)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def field_errors(body: Any) -> dict[str, str]:
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
                if isinstance(entry, dict) and (where := _field_name(entry)):
                    found.setdefault(where, str(entry.get("message") or entry.get("msg") or ""))
    return found


def _field_name(entry: dict[str, Any]) -> str:
    place = next((entry[key] for key in ("field", "path", "param", "property", "loc") if entry.get(key)), "")
    if isinstance(place, list):
        place = place[-1] if place else ""
    return str(place)


def _error_message(body: Any) -> str:
    """Return the vendor's message, wherever its error body has it."""
    if isinstance(body, str):
        return body
    if isinstance(body, list):
        return "; ".join(filter(None, (_error_message(part) for part in body[:5])))
    if not isinstance(body, dict):
        return ""
    parts: list[str] = []
    for name in ("error", "code", "title", "message", "msg", "error_description", "detail", "errors"):
        value = body.get(name)
        if name == "code" and not isinstance(value, str):
            continue  # a number says what the status says
        text = value if isinstance(value, str) else _error_message(value)
        if not text and name == "errors" and isinstance(value, dict):
            text = "; ".join(f"{key}: {complaint}" for key, complaint in field_errors(body).items())
        if text and text not in parts:
            parts.append(text)
    return ": ".join(parts)
