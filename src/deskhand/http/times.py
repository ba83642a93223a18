"""Times as vendors write them, to aware UTC.

Seen in the vendors' documents: RFC 3339 with `Z`, with an offset, with and without a fraction, without any zone, RFC 2822 (Routera's
dispatch), a plain date, epoch seconds and milliseconds. A time without a zone is taken as UTC.
"""

import re
from datetime import UTC, datetime

_MILLISECONDS_FROM = 1e11
"""Read as seconds this would be the year 5138; as milliseconds it is 1973."""

_MICROSECONDS_FROM = 1e14
_NANOSECONDS_FROM = 1e17

_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d*)?", re.ASCII)
_COMPACT_FORMATS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
"""A date and a time without signs between them, by its digits. It has to be of this century or the last: other digits are a count."""


def parse_time(value: object) -> datetime | None:
    """Return the instant, or None where there is none that can be read."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _NUMBER.fullmatch(text):
        # Before ISO 8601, whose short form takes any sign between date and time, a digit too: 1801010312345 would be the year 1801.
        return _from_compact(text) or _from_epoch(float(text))
    try:
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    # Here: one vendor's form, and 14 modules that the first paint does without.
    from email.utils import parsedate_to_datetime

    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def to_rfc3339(moment: datetime) -> str:
    """Return the form that every vendor takes: UTC, seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_compact(digits: str) -> datetime | None:
    form = _COMPACT_FORMATS.get(len(digits))
    if form is None or not digits.startswith(("19", "20")):
        return None
    try:
        return datetime.strptime(digits, form).replace(tzinfo=UTC)
    except ValueError:
        return None


def _from_epoch(number: float) -> datetime | None:
    size = abs(number)
    if size >= _NANOSECONDS_FROM:
        number /= 1e9
    elif size >= _MICROSECONDS_FROM:
        number /= 1e6
    elif size >= _MILLISECONDS_FROM:
        number /= 1e3
    try:
        return datetime.fromtimestamp(number, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
