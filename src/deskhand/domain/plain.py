"""Values to plain JSON types and back, by their annotations.

Standard library only, because the inner packages and the way to the first paint do without pydantic (it costs 100 ms and 20 MB
with 25 models built; reference: speed 1). Reading is lenient: an unknown key is ignored, a missing one takes its default.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_STORED_NAMES: Mapping[str, Mapping[str, str]] = {
    "Capabilities": {"groups": "shelves", "group_label": "shelf_noun"},
    "ChangePriority": {"label": "word", "priority": "meaning"},
    "ChangeState": {"label": "word", "state": "meaning"},
    "Message": {"sanitizer_version": "washed", "stopped_by": "held_by"},
    "OutboxItem": {"decision": "ask", "confirmation": "proof", "preexisting_ids": "twins"},
    "PriorityChoice": {"label": "word", "priority": "meaning"},
    "StateChoice": {"label": "word", "state": "meaning", "group": "shelf"},
    "Ticket": {"group": "shelf"},
    "TicketQuery": {"group": "shelf"},
}
"""Keys of stored values that differ from the names of the fields, by class and field: profiles of version 0.1 hold these keys."""

_STORED_CLASSES: Mapping[str, str] = {"Group": "Shelf"}
"""Classes that version 0.1 stored under another name."""


def to_plain(value: object) -> Any:
    """Turn dataclasses, enums, times, tuples, sets and mappings into what `json.dumps` takes."""
    if is_dataclass(value) and not isinstance(value, type):
        stored = _STORED_NAMES.get(type(value).__name__, {})
        out: dict[str, Any] = {stored.get(f.name, f.name): to_plain(getattr(value, f.name)) for f in fields(value)}
        out["_"] = _stored_class(type(value))
        return out
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Mapping):
        return {str(to_plain(k)): to_plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(to_plain(v) for v in value)
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    return value


def _stored_class(kind: type) -> str:
    return _STORED_CLASSES.get(kind.__name__, kind.__name__)


def dumps(value: object) -> str:
    """Return compact JSON of `to_plain(value)`."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """Read what `dumps` wrote."""
    result: T = from_plain(kind, json.loads(text))
    return result


@cache
def _hints(kind: type) -> dict[str, Any]:
    from . import capabilities, tickets  # the two modules that annotate across each other

    names = {**vars(tickets), **vars(capabilities)}
    return get_type_hints(kind, localns=names)


def from_plain(kind: Any, data: Any) -> Any:
    """Build a value of `kind` (a class or an annotation) from plain data."""
    if isinstance(kind, NewType):
        return kind(data)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _from_union(get_args(kind), data)
    if origin is tuple:
        args = get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(from_plain(args[0], item) for item in data)
        return tuple(from_plain(arg, item) for arg, item in zip(args, data, strict=True))
    if origin is frozenset:
        return frozenset(from_plain(get_args(kind)[0], item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(kind)
        return {from_plain(key, k): from_plain(value, v) for k, v in data.items()}
    if isinstance(kind, type):
        if is_dataclass(kind):
            hints = _hints(kind)
            stored = _STORED_NAMES.get(kind.__name__, {})
            given = {
                f.name: from_plain(hints[f.name], data[key]) if key in data else None
                for f in fields(kind)
                if (key := stored.get(f.name, f.name)) in data
                or (f.default is MISSING and f.default_factory is MISSING)
            }
            return kind(**given)
        if issubclass(kind, Enum):
            return kind(data)
        if kind is datetime:
            return datetime.fromisoformat(data)
    return data


def _from_union(choices: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return None
    if isinstance(data, dict) and "_" in data:
        for choice in choices:
            if isinstance(choice, type) and _stored_class(choice) == data["_"]:
                return from_plain(choice, data)
    if isinstance(data, list):
        return tuple(data)
    real = [choice for choice in choices if choice is not type(None)]
    return from_plain(real[0], data) if len(real) == 1 else data
