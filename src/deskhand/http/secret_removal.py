"""A credential that a server writes into data, taken out before the data is read.

Data is customers' text and the vendor's ids, so only a whole credential is looked for: parts of it may be words and numbers that mean
something. Messages about a failure go through `Scrubber` instead; so does data in which a credential was hidden.
"""

import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, quote_plus, unquote

from deskhand.domain.scrubbing import Scrubber
from deskhand.domain.secret_encodings import base64_encodings

from .jsontext import text_of

_MIN_SECRET_LENGTH: Final = 12
"""Characters; a shorter secret may be a word that people write."""

_MASK: Final = "…"

_NEEDLESS_ESCAPE = re.compile(r"\\(?:\\|u00(?P<code>[2-7][0-9a-fA-F])|(?P<slash>/))")
"""Escapes of JSON that need not be ones; a pair of backslashes is taken as a whole."""

_NO_LETTER = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|<!--[^<>]{0,100}-->")
_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|[bfnrt])")
_ROUNDS: Final = 3
"""How many encodings one inside the other are undone."""

_PART, _OVERLAP = 128 * 1024, 16 * 1024
"""Characters that are looked at in one go: the window stands still for as long as a regular expression takes, in any thread. What hides
a credential with a tag before each of its letters is shorter than the overlap.
"""


def remove_secrets(body: bytes, secrets: Iterable[str], charset: str = "") -> bytes:
    """Return a JSON body without these secrets, and as it came where it holds none.

    Args:
        charset: what its header line names, see `jsontext.decode`.
    """
    long_enough = tuple(secret for secret in secrets if len(secret) >= _MIN_SECRET_LENGTH)
    if not long_enough:
        return body
    text = text_of(body, charset)
    plain = _NEEDLESS_ESCAPE.sub(_minimal_escape, text) if "\\u00" in text or "\\/" in text else text
    found = [form for secret in long_enough for form in _forms(secret) if form in plain]
    for form in sorted(found, key=len, reverse=True):
        plain = plain.replace(form, _MASK)
    if _is_hidden_in(plain, long_enough):
        return _redact_texts(plain, long_enough)
    return plain.encode("utf-8", "replace") if found else body


def _is_hidden_in(text: str, secrets: Iterable[str]) -> bool:
    """Tell whether a whole secret stands in a text, in other letters, with signs or markup between them, or encoded."""
    wanted = [form for secret in secrets for form in _folded_forms(secret)]
    return any(_contains(text[at : at + _PART + _OVERLAP], wanted) for at in range(0, len(text), _PART))


def _contains(text: str, wanted: Sequence[str]) -> bool:
    for _ in range(_ROUNDS):
        folded = _NO_LETTER.sub("", _MARKUP.sub("", _ESCAPE.sub(_decode_escape, text))).casefold()
        if any(form in folded for form in wanted):
            return True
        decoded = unquote(html.unescape(_NEEDLESS_ESCAPE.sub(_minimal_escape, text)), errors="replace")
        if decoded == text:
            break
        text = decoded
    return False


def _decode_escape(escape: re.Match[str]) -> str:
    return chr(int(escape["code"], 16)) if escape["code"] else " "


def _redact_texts(text: str, secrets: Iterable[str]) -> bytes:
    """Look into each text of the data for all that could be a trace: whoever hides a secret in data has spoilt it already."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return b'"\xe2\x80\xa6"'
    scrubber = Scrubber.of(secrets)

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return scrubber.scrub(value, _MASK)
        if isinstance(value, list):
            return [clean(item) for item in value]
        if isinstance(value, dict):
            return {clean(key): clean(item) for key, item in value.items()}
        return value

    return json.dumps(clean(data), ensure_ascii=False).encode("utf-8", "replace")


@lru_cache(64)
def _folded_forms(secret: str) -> frozenset[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    forms = (secret, secret[::-1], binascii.hexlify(raw).decode(), *base64_encodings(raw))
    return frozenset(
        folded for form in forms if len(folded := _NO_LETTER.sub("", form).casefold()) >= _MIN_SECRET_LENGTH
    )


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
    yield from base64_encodings(raw)


def _minimal_escape(escape: re.Match[str]) -> str:
    if escape["slash"]:
        return "/"
    if escape["code"] is None:
        return escape[0]
    sign = chr(int(escape["code"], 16))
    return f"\\{sign}" if sign in '"\\' else sign
