"""The customers of the portal and the groups they are in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.mijnklantportaal.envelope import Envelope
from deskhand_sandbox.mijnklantportaal.vendor_data import atom, customer_id
from deskhand_sandbox.requests import json_object
from deskhand_sandbox.seed_data import Person, SeedData

GROUPS = Ids("cug_")
REQUIRED = ("companyName", "address", "zipCode", "city", "primaryEmail")
OPTIONAL = ("countryCode", "phone")
_STREETS = ("Kerkstraat", "Dorpsweg", "Havenkade", "Lindelaan", "Molenpad")
_CITIES = (("Utrecht", "3511"), ("Zwolle", "8011"), ("Breda", "4811"), ("Groningen", "9711"), ("Leiden", "2311"))


@dataclass(slots=True)
class Group:
    """A customer group; `members` are customer ids."""

    id: str
    name: str
    members: list[str]


class Customers:
    """Customers and groups, and their endpoints. `need` refuses a call whose scope is missing."""

    def __init__(
        self, seed_data: SeedData, envelope: Envelope, need: Callable[[str], None], clock: Callable[[], datetime]
    ) -> None:
        self._envelope = envelope
        self._need = need
        self._clock = clock
        self._records = {customer_id(person): _record(person, seed_data.now) for person in seed_data.customers}
        half = list(self._records)[::2]
        self._groups = [Group(GROUPS.of(1), "Zakelijk", half), Group(GROUPS.of(2), "Nieuwsbrief", half[:3])]

    def routes(self, base: str) -> list[Route]:
        """The endpoints under `base`."""
        return [
            Route(f"{base}/customers", self._list, methods=["GET"]),
            Route(f"{base}/customers", self._create, methods=["POST"]),
            Route(f"{base}/customers/{{customer_id}}", self._one, methods=["GET"]),
            Route(f"{base}/customers/{{customer_id}}", self._change, methods=["PATCH"]),
            Route(f"{base}/customer-groups", self._list_groups, methods=["GET"]),
            Route(f"{base}/customer-groups", self._create_group, methods=["POST"]),
            Route(f"{base}/customer-groups/{{group_id}}", self._one_group, methods=["GET"]),
            Route(f"{base}/customer-groups/{{group_id}}", self._rename_group, methods=["PATCH"]),
            Route(f"{base}/customer-groups/{{group_id}}/customers", self._join_group, methods=["POST"]),
        ]

    async def _list(self, request: Request) -> Response:
        self._need("customers.read")
        known = list(self._records)
        return self._envelope.answer(request, len(known), lambda a, b: [self._shown(item) for item in known[a:b]])

    async def _one(self, request: Request) -> Response:
        self._need("customers.read")
        return JSONResponse(self._shown(self._known(request)))

    async def _create(self, request: Request) -> Response:
        self._need("customers.write")
        body = _fields(await json_object(request, malformed=422), REQUIRED)
        person = Person(f"customer-{len(self._records) + 1}", body["companyName"], body["primaryEmail"])
        known = customer_id(person)
        self._records[known] = {**_record(person, self._clock()), "countryCode": "NL", **body}
        return JSONResponse(self._shown(known), 201)

    async def _change(self, request: Request) -> Response:
        self._need("customers.write")
        known = self._known(request)
        body = _fields(await json_object(request, malformed=422), ())
        if not body:
            raise HTTPException(422, "At least one field is required.")
        self._records[known].update(body)
        return JSONResponse(self._shown(known))

    async def _list_groups(self, request: Request) -> Response:
        self._need("customers.read")
        return self._envelope.answer(
            request, len(self._groups), lambda a, b: [_group(group) for group in self._groups[a:b]]
        )

    async def _create_group(self, request: Request) -> Response:
        self._need("customers.write")
        body = await json_object(request, malformed=422)
        members = [member for member in _strings(body, "customers") if member in self._records]
        group = Group(GROUPS.of(len(self._groups) + 1), _name(body), members)
        self._groups.append(group)
        return JSONResponse(_group(group), 201)

    async def _one_group(self, request: Request) -> Response:
        self._need("customers.read")
        return JSONResponse(_group(self._known_group(request)))

    async def _rename_group(self, request: Request) -> Response:
        self._need("customers.write")
        group = self._known_group(request)
        group.name = _name(await json_object(request, malformed=422))
        return JSONResponse(_group(group))

    async def _join_group(self, request: Request) -> Response:
        self._need("customers.write")
        group = self._known_group(request)
        joining = _strings(await json_object(request, malformed=422), "customers")
        group.members = list(dict.fromkeys([*group.members, *(item for item in joining if item in self._records)]))
        return JSONResponse({"data": [self._shown(member) for member in group.members]})

    def _known(self, request: Request) -> str:
        known: str = request.path_params["customer_id"]
        if known not in self._records:
            raise HTTPException(404, "Customer not found.")
        return known

    def _known_group(self, request: Request) -> Group:
        group = next((item for item in self._groups if item.id == request.path_params["group_id"]), None)
        if group is None:
            raise HTTPException(404, "Customer group not found.")
        return group

    def _shown(self, known: str) -> dict[str, Any]:
        groups = [group.id for group in self._groups if known in group.members]
        return {**self._records[known], "customerGroups": groups}


def _record(person: Person, now: datetime) -> dict[str, Any]:
    number = int(person.id.rpartition("-")[2])
    city, zip_code = _CITIES[number % len(_CITIES)]
    return {
        "id": customer_id(person),
        "companyName": person.company or person.name,
        "address": f"{_STREETS[number % len(_STREETS)]} {number}",
        "zipCode": f"{zip_code} AB",
        "city": city,
        "countryCode": "NL",
        "primaryEmail": person.email,
        "phone": person.phone,
        "integration": None,
        "integrationId": None,
        "createdAt": atom(now),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"id": group.id, "name": group.name}


def _fields(body: Mapping[str, Any], required: tuple[str, ...]) -> dict[str, str]:
    allowed = (*REQUIRED, *OPTIONAL)
    for name, value in body.items():
        if name not in allowed or not isinstance(value, str) or not value.strip():
            raise HTTPException(422, f"The {name} field is invalid.")
    for name in required:
        if name not in body:
            raise HTTPException(422, f"The {name} field is required.")
    return dict(body)


def _name(body: Mapping[str, Any]) -> str:
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise HTTPException(422, "The name field is required.")
    return name


def _strings(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise HTTPException(422, f"The {name} field must be a list.")
    return value
