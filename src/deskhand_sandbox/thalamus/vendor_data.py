"""What partners pushed: every row under the id that the partner gave it, and how often that id came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from starlette.exceptions import HTTPException

from deskhand_sandbox.thalamus import request_schema

# Only `pending` is printed in the documents; the other five are chosen in its manner.
_MAPPED = {
    "new": ("New", 1, "#64748b", "Nobody has looked at it yet"),
    "open": ("Open", 2, "#3b82f6", "Somebody is working on it"),
    "hold": ("On hold", 3, "#f59e0b", "Waiting for somebody inside"),
    "pending": ("Pending", 4, "#8b5cf6", "Waiting for the customer"),
    "solved": ("Solved", 5, "#22c55e", "Answered, can still be reopened"),
    "closed": ("Closed", 6, "#6b7280", "Finished for good"),
}
_MAPPED_UUIDS = {value: str(uuid4()) for value in _MAPPED}


@dataclass(slots=True)
class Row:
    """One stored object."""

    uuid: str
    values: dict[str, Any]
    arrivals: int = 0


@dataclass(slots=True)
class VendorData:
    """The rows of one partner, by resource and key.

    Args:
        now: the clock that stamps what came without a time of its own.
    """

    now: Callable[[], datetime]
    tables: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in request_schema.ANSWERED})

    def status_values(self) -> set[str]:
        """What a ticket's `status` may say: the six internal values and the partner's active variants."""
        variants = self.tables["status"].values()
        return {*request_schema.CATEGORIES, *(row.values["id"] for row in variants if row.values["status"] == "active")}

    def ticket(self, external_id: str, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change a ticket; True beside the row when it is new."""
        status = given.get("status")
        if status is not None and status not in self.status_values():
            raise HTTPException(422, f"status is not a valid status value for this partner: {status}")
        fresh: dict[str, Any] = dict.fromkeys(field.name for field in request_schema.TICKET)
        return self._upsert("ticket", external_id, given, fresh | {"external_id": external_id} | self._times())

    def comment(self, ticket: str, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Add a comment to a ticket, or change the one with the same `external_id`."""
        if ticket not in self.tables["ticket"]:
            raise HTTPException(404, f"Ticket not found: {ticket}")
        key = given.get("external_id")
        known = None if key is None else self.tables["comment"].get(key)
        if known is not None and known.values["external_ticket_id"] != ticket:
            raise HTTPException(422, f"external_id belongs to a comment on another ticket: {key}")
        fresh: dict[str, Any] = dict.fromkeys(field.name for field in request_schema.COMMENT)
        fresh |= {"external_ticket_id": ticket, "created_at": self._stamp()}
        # The default is the document's and holds on every call, so an omitted visibility makes a note public.
        values = {"visibility": "public", **given}
        return self._upsert("comment", key if key is not None else f"(without id) {uuid4()}", values, fresh)

    def contact(self, external_id: str, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change a contact."""
        return self._person("contact", external_id, given)

    def organization(self, external_id: str, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change an organization."""
        return self._person("organization", external_id, given)

    def status(self, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change a status variant of the partner."""
        return self._upsert("status", given["id"], given, {"status": "active"})

    def category(self, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change a ticket category."""
        return self._upsert("category", given["external_id"], given, {})

    def agent(self, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create or change an agent of the partner."""
        return self._upsert("agent", given["external_id"], given, {"group_external_ids": []})

    def queue(self, given: Mapping[str, Any]) -> tuple[Row, bool]:
        """Create a queue record, or change the one with the same type, phone, campaign and reference."""
        key = "|".join(str(given.get(name)) for name in ("type", "phone", "campaign_uuid", "reference"))
        fresh: dict[str, Any] = dict.fromkeys(field.name for field in request_schema.QUEUE)
        fresh |= {"id": str(len(self.tables["queue"]) + 1), "status": "waiting", "created_at": self._stamp()}
        return self._upsert("queue", key, given, fresh)

    def payload(self, resource: str, row: Row) -> dict[str, Any]:
        """`data` of the answer: the documented keys and no other."""
        values = dict(row.values)
        if resource == "status":
            values["mapped_status"] = _mapped(values["mapped_status"])
        if resource == "agent":
            values |= {"value": values["external_id"], "label": values["name"]}
        return {"uuid": row.uuid, **{name: values[name] for name in request_schema.ANSWERED[resource]}}

    def _person(self, resource: str, external_id: str, given: Mapping[str, Any]) -> tuple[Row, bool]:
        country = given.get("country")
        if country is not None and not (country.isascii() and country.isalpha() and country.isupper()):
            raise HTTPException(422, "country must be an ISO 3166-1 alpha-2 code")
        fresh: dict[str, Any] = dict.fromkeys(field.name for field in request_schema.CONTACT)
        fresh |= {"external_id": external_id, "status": "active"}
        return self._upsert(resource, external_id, given, fresh | self._times())

    def _upsert(self, resource: str, key: str, given: Mapping[str, Any], fresh: Mapping[str, Any]) -> tuple[Row, bool]:
        table = self.tables[resource]
        row = table.get(key)
        created = row is None
        if row is None:
            row = table[key] = Row(str(uuid4()), dict(fresh))
        # A null time says nothing, and a change that names no time happened when it arrived.
        times = {name: given.get(name) or row.values[name] for name in ("created_at",) if name in row.values}
        if "updated_at" in row.values:
            times["updated_at"] = given.get("updated_at") or self._stamp()
        row.values |= {**given, **times}
        row.arrivals += 1
        return row, created

    def _times(self) -> dict[str, str]:
        return dict.fromkeys(("created_at", "updated_at"), self._stamp())

    def _stamp(self) -> str:
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mapped(value: str) -> dict[str, Any]:
    label, order, color, description = _MAPPED[value]
    return {
        "uuid": _MAPPED_UUIDS[value],
        "value": value,
        "label": label,
        "sort_order": order,
        "color": color,
        "description": description,
    }
