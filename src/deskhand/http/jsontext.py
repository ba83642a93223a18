"""Parses JSON from vendors: legal and nearly legal bytes become plain values that the store can hold."""

import json
from typing import Any

from pydantic_core import from_json, to_json

_DIGITS = bytes(ord("0") if chr(byte).isdecimal() else ord(" ") for byte in range(128)) + b" " * 128
_LONG_NUMBER = b"0" * 19
"""The smallest integer that no column holds has as many digits."""


class InvalidJson(Exception):
    """The bytes are no JSON that we would read."""


def decode(body: bytes, *, charset: str = "", unique: bool = False) -> Any:
    """Parse a body: any Unicode encoding, with or without a byte order mark.

    Args:
        charset: what its header line names; it counts where the bytes are no Unicode.
        unique: refuse an object that gives one name two values: which of them counts is anybody's guess, so it proves nothing.

    NaN and Infinity become None (no column holds them), half surrogate pairs become U+FFFD (SQLite takes none), integers beyond
    Python's limit become text, so that one odd value does not lose its page.

    pydantic's parser takes 40 % of the time of the standard library's and reads what is exactly JSON as it does; whatever it refuses,
    and numbers that may be too long, go the other way.

    Raises:
        InvalidJson: also for nesting that only an attack has.
    """
    if not unique and _LONG_NUMBER not in body.translate(_DIGITS):
        try:
            return from_json(body, allow_inf_nan=False, cache_strings="keys")
        except ValueError:
            pass
    try:
        text = text_of(body, charset).removeprefix("\ufeff")
        pairs = _unique if unique else None
        data = json.loads(text, parse_constant=lambda _: None, parse_int=_integer, object_pairs_hook=pairs)
        return _replace_surrogates(data) if "\\ud" in text or "\\uD" in text else data
    except (ValueError, RecursionError) as error:
        raise InvalidJson(type(error).__name__) from None
    except _DuplicateName:
        raise InvalidJson("one name with two values") from None


def text_of(body: bytes, charset: str = "") -> str:
    """Return the characters of a body, as `decode` reads them."""
    encoding = json.detect_encoding(body)
    for name in (encoding, charset):
        try:
            return body.decode(name or encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode(encoding, errors="replace")


class _DuplicateName(Exception):
    """An object gives one name two values."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            raise _DuplicateName
        found[name] = value
    return found


def encode(value: Any) -> str:
    """Return compact JSON, for the raw copy beside the columns."""
    try:
        return to_json(value, inf_nan_mode="constants").decode()
    except ValueError:  # half surrogate pairs, deep nesting
        pass
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _integer(digits: str) -> int | str:
    try:
        number = int(digits)
    except ValueError:
        return digits
    return number if -(2**63) <= number < 2**63 else digits


def _replace_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_replace_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_replace_surrogates(key): _replace_surrogates(item) for key, item in value.items()}
    return value
