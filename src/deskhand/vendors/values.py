"""What vendors' labels and values mean to us, where a vendor lets each customer choose its labels.

A label counts only as a whole: "closed" is done, "not closed yet" says nothing to us and stays `OTHER`, under the vendor's label.
"""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from deskhand.domain.tickets import FieldValue, Priority, State

_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")

_EXACT = 2**53
"""Below this a float holds every whole number."""

_STATES: Mapping[str, State] = MappingProxyType(
    {
        **dict.fromkeys(("new", "open", "opened", "reopened", "assigned", "in progress", "escalated"), State.OPEN),
        **dict.fromkeys(("triage", "needs triage", "in review"), State.OPEN),
        **dict.fromkeys(("pending", "waiting", "waiting on customer", "waiting for customer"), State.PENDING),
        **dict.fromkeys(("awaiting customer", "awaiting reply", "awaiting response"), State.PENDING),
        **dict.fromkeys(("on hold", "hold", "paused"), State.ON_HOLD),
        "snoozed": State.SNOOZED,
        **dict.fromkeys(("solved", "resolved"), State.SOLVED),
        **dict.fromkeys(("closed", "done", "completed", "cancelled", "canceled", "won't fix"), State.CLOSED),
    }
)

_PRIORITIES: Mapping[str, Priority] = MappingProxyType(
    {
        **dict.fromkeys(("urgent", "critical", "p0"), Priority.URGENT),
        "high": Priority.HIGH,
        **dict.fromkeys(("medium", "normal"), Priority.NORMAL),
        "low": Priority.LOW,
        "none": Priority.NONE,
    }
)


def state_of(label: str) -> State:
    """Return what a state's label means, OTHER where that is not plain."""
    return _STATES.get(_folded(label), State.OTHER)


def priority_of(label: str) -> Priority:
    """Return what a priority's label means: NONE for no label, OTHER where it is not plain."""
    return _PRIORITIES.get(_folded(label), Priority.OTHER) if label.strip() else Priority.NONE


def field_value(value: Any) -> FieldValue:
    """Return foreign JSON as a value that a ticket's field can hold; what has no place of its own is stored as JSON text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple) and all(isinstance(part, str | int | float) for part in value):
        return tuple(str(part) for part in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def is_filled(value: FieldValue) -> bool:
    """Tell whether a form's field was filled in."""
    return value not in (None, "", ())


def as_flag(value: FieldValue) -> bool:
    """Read a check box, whatever a form or a command line made of it."""
    return value if isinstance(value, bool) else str(value).strip().casefold() in ("true", "yes", "1", "on")


def as_number(value: FieldValue) -> FieldValue:
    """Read a number; what is none is left for the vendor to refuse."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return value
    text = value.strip()
    try:
        return int(text)  # never by way of a float, which has 53 bits
    except ValueError:
        number = float(text)
    if not math.isfinite(number):
        return value  # no JSON can hold it
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def as_datetime(value: FieldValue) -> datetime | None:
    """Read a date or time that a person typed; without a zone it is this computer's. None for what is no ISO 8601."""
    try:
        return datetime.fromisoformat(str(value).strip()).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def parse_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read a setting of the form `id = name, id = name`, also one per line; a missing name is the id.

    Returns:
        (id, name) pairs in order, each id once.
    """
    found: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        left, _, right = part.partition("=")
        if key := left.strip():
            found.setdefault(key, right.strip() or key)
    return tuple(found.items())


def names_other_ticket(told: Any, remote: str, *keys: str) -> bool:
    """Tell whether an answer says of what it tells that it belongs to another ticket than this one.

    Args:
        keys: under which it may name its ticket, by the id or as an object that has one.
    """
    if not isinstance(told, Mapping):
        return False
    named = (told.get(key) for key in keys)
    ids = (one.get("id") if isinstance(one, Mapping) else one for one in named)
    return any(isinstance(one, str | int) and one != "" and str(one) != remote for one in ids)


def first_value(entry: Mapping[str, Any], *names: str) -> str:
    """Return the first of these entries that has a value, as text."""
    return next((str(entry[name]) for name in names if entry.get(name)), "")


def _folded(label: str) -> str:
    return " ".join(label.casefold().replace("_", " ").replace("-", " ").split())
