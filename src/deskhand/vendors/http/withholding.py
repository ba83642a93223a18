"""A credential that a server writes into data, taken out before the data is read.

Data is customers' words and the vendor's ids, so only a whole credential is taken out, as it stands or in a form in which one is
passed on; parts of it and odd forms may be words and numbers that mean something. Words about a failure go through `Scrubber` instead.
"""

import binascii
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

from deskhand.domain.shapes import base64_shapes

_SURE: Final = 12
"""Characters; a shorter secret may be a word that people write."""

_MASK: Final = "…"

_NEEDLESS = re.compile(r"\\(?:\\|u00(?P<code>[2-7][0-9a-fA-F])|(?P<slash>/))")
"""Escapes of JSON that need not be ones; a pair of backslashes is taken as a whole."""


def without(body: bytes, secrets: Iterable[str]) -> bytes:
    """Return a JSON body without these secrets, and as it came where it holds none."""
    forms = [form for secret in secrets if len(secret) >= _SURE for form in _forms(secret)]
    text = body.decode(json.detect_encoding(body), errors="replace")
    plain = _NEEDLESS.sub(_written, text) if "\\u00" in text or "\\/" in text else text
    found = [form for form in forms if form in plain]
    if not found:
        return body
    for form in sorted(found, key=len, reverse=True):
        plain = plain.replace(form, _MASK)
    return plain.encode("utf-8", "replace")


@lru_cache(64)
def _forms(secret: str) -> frozenset[str]:
    return frozenset(_all_forms(secret))


def _all_forms(secret: str) -> Iterator[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield json.dumps(json.dumps(secret)[1:-1])[1:-1]
    yield json.dumps(secret[::-1])[1:-1]
    yield from (quote(raw, safe=""), quote(raw), quote_plus(raw), "".join(f"%{byte:02X}" for byte in raw))
    yield from (binascii.hexlify(raw).decode(), binascii.hexlify(raw).decode().upper())
    yield from base64_shapes(raw)


def _written(escape: re.Match[str]) -> str:
    if escape["slash"]:
        return "/"
    if escape["code"] is None:
        return escape[0]
    sign = chr(int(escape["code"], 16))
    return f"\\{sign}" if sign in '"\\' else sign
