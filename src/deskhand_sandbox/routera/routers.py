"""The account's routers and what dispatching a record to one of them does.

A dispatch answers 200 whatever happened; only `success` says that an owner was written. The ten sentences are the vendor's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from deskhand_sandbox.routera.records import Records, stamp

_EVERYTHING: dict[str, Any] = {"groups": []}
_PARTNERS_ONLY = {"groups": [{"conditions": [{"field": "pipeline", "operator": "is", "value": "partners"}]}]}


@dataclass(slots=True)
class Router:
    """One router and where its round robin stands.

    Attributes:
        capacity: how many more records its users may hold; None for no limit.
        hubspot_error: what the CRM says at each sync; None where none is connected.
    """

    id: str
    name: str
    settings: dict[str, Any] | None
    users: tuple[str, ...]
    object_type: str = "tickets"
    is_published: bool = True
    archived: bool = False
    teams: tuple[str, ...] = ()
    capacity: int | None = None
    hubspot_error: str | None = None
    turn: int = field(default=0)

    def payload(self, created: datetime) -> dict[str, Any]:
        """The router as the API gives it."""
        given: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "object_type": self.object_type,
            "has_integration": self.hubspot_error is not None,
            "is_published": self.is_published,
            "archived": stamp(created + timedelta(days=40)) if self.archived else False,
            "created_at": stamp(created),
            "updated_at": stamp(created + timedelta(days=2)),
            "users": [{"email": email} for email in self.users],
            "teams": [{"name": name} for name in self.teams],
        }
        if self.settings is not None:
            given["settings"] = self.settings
        if self.archived:
            given["archived_by"] = self.users[0] if self.users else "administrator"
        return given


def _settings(owner_field: str, **changes: Any) -> dict[str, Any]:
    return {
        "overwrite": True,
        "owner_field": owner_field,
        "distribution_model": "round robin",
        "disable_default_assignment": False,
        "ignore_working_hours": False,
        "account_matching": False,
        "trigger": _EVERYTHING,
    } | changes


def seeded(users: Sequence[str]) -> list[Router]:
    """The account's routers: one for each outcome that a dispatch can have."""
    owner = "ticket_owner"
    everyone, first = tuple(users), tuple(users[:1])
    routers: list[tuple[str, dict[str, Any] | None, tuple[str, ...], dict[str, Any]]] = [
        ("First line", _settings(owner, default_user=users[0]), everyone, {"teams": ("Support",)}),
        ("Night shift", _settings(owner), first, {"is_published": False}),
        ("Partners", _settings(owner, trigger=_PARTNERS_ONLY), everyone, {}),
        ("Senior desk", _settings(owner, distribution_model="percentage"), first, {"capacity": 0}),
        ("Leave owners alone", _settings(owner, overwrite=False), everyone, {}),
        ("Nobody home", _settings(owner, disable_default_assignment=True), (), {}),
        ("Half finished", None, everyone, {}),
        ("First line with CRM", _settings(owner), everyone, {"hubspot_error": "Owner is not known in HubSpot"}),
        ("New contacts", _settings("contact_owner"), everyone, {"object_type": "contacts"}),
        ("Old first line", _settings(owner), everyone, {"archived": True}),
    ]
    return [
        Router(str(uuid5(NAMESPACE_URL, f"router:{name}")), name, settings, members, **more)
        for name, settings, members, more in routers
    ]


@dataclass(slots=True)
class Dispatcher:
    """Runs routers on records.

    Args:
        routers: the account's routers.
        records: the records by object type.
        account: None, or the sentence with which every dispatch of this account is turned down.
    """

    routers: Sequence[Router]
    records: Mapping[str, Records]
    account: str | None = None

    def dispatch(self, router_id: str, object_id: str) -> dict[str, Any]:
        """The body of the 200, having written the owner if one was found."""
        if self.account is not None:
            return {"message": self.account}
        router = next((one for one in self.routers if one.id == router_id and not one.archived), None)
        if router is None:
            return {"message": "Router not found"}
        if not router.is_published:
            return {"message": "The router is unpublished"}
        if router.settings is None:
            return {"message": "The router has no settings"}
        records = self.records[router.object_type]
        row = records.rows.get(object_id)
        if row is None or row["archived"]:
            return {"message": "Object not found"}
        owner_field = router.settings["owner_field"]
        turned_down = _turned_down(router, router.settings, row, owner_field)
        if turned_down is not None:
            return {"message": turned_down}
        user = _next_user(router, router.settings)
        records.change(object_id, {owner_field: user})
        answer: dict[str, Any] = {
            "message": "Object assigned",
            "success": True,
            "user": user,
            "field_name": owner_field.replace("_", " ").capitalize(),
            "owner_assigned_at": format_datetime(records.now().astimezone(UTC), usegmt=True),
        }
        if router.hubspot_error is not None:
            answer |= {"hubspot_sync_failed": True, "hubspot_error": router.hubspot_error}
        return answer


def _turned_down(router: Router, settings: Mapping[str, Any], row: Mapping[str, Any], owner_field: str) -> str | None:
    if not _matches(settings["trigger"], row):
        return "Trigger did not match"
    if row[owner_field] is not None and not settings["overwrite"]:
        return "The router can not overwrite"
    if router.capacity == 0:
        return "Assignment limit reached"
    if not router.users and (settings["disable_default_assignment"] or "default_user" not in settings):
        return "There are no users available and the backup user is disabled"
    return None


def _matches(trigger: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Groups are alternatives, the conditions of a group hold together, no group matches everything."""
    groups = trigger["groups"]
    return not groups or any(
        all(row.get(condition["field"]) == condition["value"] for condition in group["conditions"]) for group in groups
    )


def _next_user(router: Router, settings: Mapping[str, Any]) -> str:
    if router.capacity is not None:
        router.capacity -= 1
    if not router.users:
        return str(settings["default_user"])
    user = router.users[router.turn % len(router.users)]
    router.turn += 1
    return user
