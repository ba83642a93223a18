"""The records of one object type: create, read, change, archive, list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.exceptions import HTTPException

from deskhand_sandbox.routera.schema import PIPELINES, ObjectType


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as every object carries it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Records:
    """All records of one object type.

    Args:
        kind: the object type.
        users: the e-mail addresses that an owner field may hold.
        client: the API client's id, named as `archived_by`.
        now: the clock.
    """

    kind: ObjectType
    users: frozenset[str]
    client: str
    now: Callable[[], datetime]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _taken: dict[str, dict[str, str]] = field(default_factory=dict)
    _active: list[str] | None = None

    def seed(self, values: Mapping[str, Any], created: datetime, updated: datetime, key: str) -> None:
        """Store a record of the seed data, unchecked."""
        row = {name.name: None for name in self.kind.fields} | dict(values)
        self._store(row | {"id": key, "created_at": stamp(created), "updated_at": stamp(updated), "archived": False})

    def create(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Store a new record from the `fields` of a request."""
        self._check(given)
        missing = self.kind.missing(given)
        if missing is not None:
            raise HTTPException(400, missing)
        self._check_stage(given)
        self._check_unique(given, None)
        at = stamp(self.now())
        row: dict[str, Any] = {name.name: None for name in self.kind.fields} | dict(given)
        row |= {"id": str(uuid4()), "created_at": at, "updated_at": at, "archived": False}
        self._store(row)
        return row

    def change(self, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Change the named fields of a record, leaving the others."""
        row = self.find(key)
        if row["archived"]:
            raise HTTPException(409, "Object is archived and can not be updated")
        self._check(given)
        emptied = [name for name in self.kind.all_of if name in given and given[name] in {None, ""}]
        if emptied:
            raise HTTPException(400, f"Missing required fields: {', '.join(emptied)}")
        self._check_stage(row | dict(given))
        self._check_unique(given, key)
        self._unindex(row)
        row |= given
        row["updated_at"] = stamp(self.now())
        self._index(row)
        return row

    def archive(self, key: str) -> dict[str, Any]:
        """Archive a record; there is no way back."""
        row = self.rows.get(key)
        if row is None or row["archived"]:
            raise HTTPException(404, "Object not found or already archived")
        self._unindex(row)
        at = stamp(self.now())
        row |= {"archived": at, "archived_by": self.client, "updated_at": at}
        self._active = None
        return row

    def find(self, key: str) -> dict[str, Any]:
        """The record with this id, archived or not."""
        row = self.rows.get(key)
        if row is None:
            raise HTTPException(404, "Object not found")
        return row

    def page(self, offset: int, limit: int, *, archived: bool) -> list[dict[str, Any]]:
        """A page of the list, newest first; `archived` adds the archived ones."""
        if self._active is None:
            self._active = [key for key, row in self.rows.items() if not row["archived"]]
        keys = list(self.rows) if archived else self._active
        end = len(keys) - offset
        return [self.rows[key] for key in reversed(keys[max(0, end - limit) : max(0, end)])]

    def total(self, *, archived: bool) -> int:
        """How many records the list holds."""
        return len(self.rows) if archived else sum(1 for row in self.rows.values() if not row["archived"])

    def asked(self, properties: str | None) -> tuple[str, ...]:
        """The names that `properties` adds to the default set."""
        names = tuple(name.strip() for name in (properties or "").split(",") if name.strip())
        for name in names:
            if not self.kind.readable(name):
                raise HTTPException(400, f"Unknown property: {name}")
        return names

    def payload(self, row: Mapping[str, Any], more: tuple[str, ...] = ()) -> dict[str, Any]:
        """A record as the API gives it: flat, the default set, what was asked for and nothing else."""
        names = (*self.kind.defaults, *more, "created_at", "updated_at", "archived_by")
        return {name: row[name] for name in dict.fromkeys(names) if name in row}

    def _check(self, given: Mapping[str, Any]) -> None:
        complaint = self.kind.complaint(given, self.users)
        if complaint is not None:
            raise HTTPException(400, complaint)

    def _check_stage(self, row: Mapping[str, Any]) -> None:
        stage = row.get("ticket_stage")
        if stage is not None and stage not in PIPELINES[row["pipeline"]]:
            raise HTTPException(400, f"Stage does not belong to the pipeline: {stage}")

    def _check_unique(self, given: Mapping[str, Any], own: str | None) -> None:
        for name in self.kind.unique:
            holder = self._taken.get(name, {}).get(str(given.get(name)))
            if given.get(name) is not None and holder is not None and holder != own:
                raise HTTPException(409, f"An active record with this {name} already exists")

    def _store(self, row: dict[str, Any]) -> None:
        self.rows[row["id"]] = row
        if self._active is not None:
            self._active.append(row["id"])
        self._index(row)

    def _index(self, row: Mapping[str, Any]) -> None:
        for name in self.kind.unique:
            if row[name] is not None:
                self._taken.setdefault(name, {})[str(row[name])] = row["id"]

    def _unindex(self, row: Mapping[str, Any]) -> None:
        for name in self.kind.unique:
            self._taken.get(name, {}).pop(str(row[name]), None)
