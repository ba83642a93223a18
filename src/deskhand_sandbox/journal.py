"""What reached a vendor server through its API: the record against which tests and the demo check what was really sent."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

EntryKind = Literal["message", "note", "ticket", "change", "upload", "record"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that took effect. `key` is the vendor's deduplication or external id; `remote` the id the vendor gave it."""

    kind: EntryKind
    ticket: str | None
    remote: str | None
    text: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


class Journal:
    """The entries in order of arrival, and how often each key came."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._keys: Counter[tuple[str, str]] = Counter()

    def add(
        self,
        kind: EntryKind,
        *,
        ticket: str | None,
        remote: str | None,
        text: str | None = None,
        fields: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> None:
        """Note something that took effect."""
        self._entries.append(Entry(kind, ticket, remote, text, dict(fields or {}), key))
        if key is not None:
            self._keys[kind, key] += 1

    def add_repeat(self, kind: EntryKind, key: str) -> None:
        """Note that a known key came again and the server did nothing a second time."""
        self._keys[kind, key] += 1

    def as_json(self) -> list[dict[str, Any]]:
        """Every entry: kind, ticket, remote, text, fields, key, and `times` (how often that key came; 1 without a key)."""
        return [
            {
                "kind": entry.kind,
                "ticket": entry.ticket,
                "remote": entry.remote,
                "text": entry.text,
                "fields": dict(entry.fields),
                "key": entry.key,
                "times": 1 if entry.key is None else self._keys[entry.kind, entry.key],
            }
            for entry in tuple(self._entries)
        ]
