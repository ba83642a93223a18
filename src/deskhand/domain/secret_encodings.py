"""Every way in which a secret could stand in a text: what is written to a log, and what a vendor's answer gives back."""

import base64
import binascii
import codecs
import html
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus

MIN_LENGTH: Final = 4
"""Shorter values are left alone: striking them out would take whole texts apart and protect nothing."""

LONG: Final = 96
"""Longer values are access tokens of a thousand characters: looking for all shapes of one takes a second and 30 MB."""


def encodings_of(secret: str) -> Iterator[str]:
    """Yield every way in which this value could appear in a text; of a long one the few that programs write."""
    if len(secret) > LONG:
        yield from common_encodings_of(secret)
        return
    raw = secret.encode("utf-8", "surrogatepass")
    for plain in (secret, secret[::-1]):
        yield plain
        for escaped in (json.dumps(plain)[1:-1], json.dumps(plain, ensure_ascii=False)[1:-1], repr(plain)[1:-1]):
            yield escaped
            yield escaped.replace("/", "\\/")
            yield json.dumps(escaped, ensure_ascii=False)[1:-1]  # JSON as text inside JSON
    yield repr(raw)[2:-1]
    yield html.escape(secret)
    for encoded in (quote(raw, safe=""), quote(raw), quote_plus(raw), "".join(f"%{byte:02X}" for byte in raw)):
        yield encoded
        yield re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), encoded)
    for some in (raw, raw[::-1], secret.encode("utf-16-le", "surrogatepass")):
        digits = binascii.hexlify(some).decode()
        yield digits
        yield digits.upper()
        yield from base64_encodings(digits.encode())
        yield "".join(str(byte) for byte in some)  # a list of its bytes, without what stands between them
        yield "".join(f"{byte:o}" for byte in some)
        yield from _base32_encodings(some)
        for fixed in base64_encodings(some):
            yield fixed
            yield fixed[::-1]
            yield from base64_encodings(fixed.encode())  # base64 inside base64, as in a token inside "Basic"
            yield binascii.hexlify(fixed.encode()).decode()
    yield codecs.encode(secret, "rot13")


def common_encodings_of(secret: str) -> Iterator[str]:
    """Yield the value as it is and backwards, in hexadecimal and in base64; escapes are undone by who looks for it."""
    raw = secret.encode("utf-8", "surrogatepass")
    yield secret
    yield secret[::-1]
    yield binascii.hexlify(raw).decode()
    yield from base64_encodings(raw)


def _base32_encodings(raw: bytes) -> Iterator[str]:
    """Yield the characters that these bytes fix, wherever they lie in a longer value."""
    for before in range(5):
        encoded = base64.b32encode(b"\0" * before + raw).decode().rstrip("=")
        fixed = encoded[-(-before * 8 // 5) : (before + len(raw)) * 8 // 5]
        if len(fixed) >= MIN_LENGTH:
            yield fixed


def base64_encodings(raw: bytes) -> Iterator[str]:
    """Yield the characters that these bytes fix, wherever they lie in a longer value ("Basic" holds `id:secret`)."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        first = -(-before * 8 // 6)
        # The last character may also hold bits of what follows.
        last = (before + len(raw)) * 8 // 6
        fixed = encoded[first:last]
        if len(fixed) >= MIN_LENGTH:
            yield fixed
            yield fixed.replace("+", "-").replace("/", "_")
