"""The sandbox's Routera, asked over real HTTP by nobody but this file."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from deskhand_sandbox.routera import Server
from deskhand_sandbox.sandbox import Sandbox, serving

START = datetime(2026, 5, 20, 10, 30, tzinfo=UTC)
NEW = {"ticket_name": "Support request", "pipeline": "default", "ticket_stage": "new"}
DEFAULT = {"id", "ticket_name", "pipeline", "ticket_owner", "external_id", "archived", "created_at", "updated_at"}


@pytest.fixture
def clock() -> list[datetime]:
    return [START]


@pytest.fixture
def box(clock: list[datetime]) -> Iterator[Sandbox]:
    with serving(only=["routera"], tickets=300, clock=lambda: clock[0]) as box:
        yield box


@pytest.fixture
def server(box: Sandbox) -> Server:
    found = box["routera"]
    assert isinstance(found, Server)
    return found


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {token(server).json()['access_token']}"}
    with httpx.Client(base_url=server.base_url, headers=headers) as client:
        yield client


def token(server: Server, **changes: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", **server.credentials, **changes}
    return httpx.post(server.base_url + "/oauth2/token", data=form)


def create(client: httpx.Client, path: str = "/tickets", **fields) -> dict:
    answer = client.post(path, json={"fields": {**(NEW if path == "/tickets" else {}), **fields}})
    assert answer.status_code == 201, answer.text
    return answer.json()


def listed(client: httpx.Client, path: str = "/tickets", **params) -> list[dict]:
    answer = client.get(path, params={"limit": 100, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def router(client: httpx.Client, name: str) -> dict:
    return next(one for one in listed(client, "/routers") if one["name"] == name)


def dispatch(client: httpx.Client, name: str, ticket: str) -> dict:
    body = {"router_id": router(client, name)["id"], "object_id": ticket}
    answer = client.post("/dispatch/router", json=body)
    assert answer.status_code == 200
    return answer.json()


def test_a_token_is_given_for_form_fields_and_for_a_basic_header(server: Server):
    given = token(server).json()
    assert set(given) == {"access_token", "expires_in", "token_type"}
    assert (given["expires_in"], given["token_type"]) == (3600, "Bearer")
    pair = f"{server.credentials['client_id']}:{server.credentials['client_secret']}"
    answer = httpx.post(
        server.base_url + "/oauth2/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
    )
    assert answer.status_code == 200


def test_token_errors_have_the_oauth_shape(server: Server):
    url = server.base_url + "/oauth2/token"
    wrong = token(server, client_secret="guess")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert set(wrong.json()) == {"error", "error_description"}
    assert token(server, grant_type="password").json()["error"] == "unsupported_grant_type"
    missing = httpx.post(url, data=server.credentials)
    assert (missing.status_code, missing.json()["error"]) == (400, "invalid_request")
    assert httpx.post(url, json={"grant_type": "client_credentials", **server.credentials}).status_code == 400
    assert httpx.post(url, data={"grant_type": "client_credentials"}).status_code == 401
    garbled = httpx.post(url, data={"grant_type": "client_credentials"}, headers={"Authorization": "Basic %%%"})
    assert garbled.status_code == 401
    assert httpx.get(url).status_code == 405


def test_a_token_runs_out(client: httpx.Client, server: Server, clock: list[datetime]):
    assert client.get("/tickets").status_code == 200
    clock[0] = START + timedelta(seconds=3600)
    assert client.get("/tickets").json() == {"message": "Unauthorized", "error": True}
    server.token_lifetime = 60
    assert token(server).json()["expires_in"] == 60


def test_no_token_is_a_401_even_on_unknown_paths(server: Server):
    assert httpx.get(server.base_url + "/tickets").status_code == 401
    assert httpx.get(server.base_url + "/nowhere").status_code == 401


def test_a_token_without_the_account_is_told_so_in_the_documented_sentence(client: httpx.Client, server: Server):
    server.account_context = False
    answer = client.get("/tickets")
    assert answer.status_code == 401
    assert answer.json() == {"message": "Unauthorized: missing account context", "error": True}


def test_expired_tokens_are_a_fault_on_demand(client: httpx.Client, server: Server):
    server.faults.expire_tokens()
    assert client.get("/tickets").status_code == 401


def test_unknown_paths_are_404_and_other_methods_405(client: httpx.Client):
    assert client.get("/v1/tickets").json() == {"message": "Not Found", "error": True}
    assert client.get("/tickets/").status_code == 404
    assert client.get("/tickets/x/comments").status_code == 404
    assert client.put("/tickets/x", json={}).status_code == 405
    assert client.post("/routers", json={}).status_code == 405


def test_the_stage_is_not_in_the_default_set(client: httpx.Client, server: Server):
    made = create(client)
    assert set(made) == DEFAULT
    path = f"/tickets/{made['id']}"
    assert set(client.get(path).json()) == DEFAULT
    asked = client.get(path, params={"properties": "ticket_stage,ticket_name,due_date"}).json()
    assert set(asked) == DEFAULT | {"ticket_stage", "due_date"}
    assert (asked["ticket_stage"], asked["due_date"]) == ("new", None)
    assert {"ticket_stage"} <= set(listed(client, properties="ticket_stage")[0])
    server.stage_by_default = True
    assert create(client)["ticket_stage"] == "new"


def test_an_unknown_property_is_a_400(client: httpx.Client):
    made = create(client)
    for answer in (
        client.get("/tickets", params={"properties": "priority"}),
        client.get(f"/tickets/{made['id']}", params={"properties": "ticket_stage,tags"}),
        client.patch(f"/tickets/{made['id']}", params={"properties": "x"}, json={"fields": {}}),
    ):
        assert answer.status_code == 400
        assert answer.json()["error"] is True


def test_the_list_pages_by_offset_newest_first(client: httpx.Client, server: Server):
    answer = client.get("/tickets").json()
    assert len(answer["data"]) == 10
    assert answer["pagination"] == {"limit": 10, "offset": 0, "count": 10}
    listed_ids = [row["id"] for offset in range(0, 60, 20) for row in listed(client, limit=20, offset=offset)]
    assert len(listed_ids) == len(set(listed_ids)) == 54
    server.count_is_total = True
    assert client.get("/tickets").json()["pagination"]["count"] == 54
    newest = create(client)["id"]
    assert listed(client)[0]["id"] == newest
    assert listed(client, offset=1)[0]["id"] == listed_ids[0]
    assert listed(client, offset=500) == []


@pytest.mark.parametrize(
    "params", [{"limit": 9}, {"limit": 101}, {"limit": "all"}, {"offset": -1}, {"archived": "yes"}, {"archived": "1"}]
)
def test_paging_out_of_range_is_a_400(client: httpx.Client, params: dict):
    assert client.get("/tickets", params=params).status_code == 400
    assert client.get("/routers", params=params).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"fields": []},
        {"fields": NEW, "properties": "ticket_stage"},
        NEW,
        {"fields": {}},
        {"fields": {**NEW, "ticket_name": ""}},
        {"fields": {**NEW, "ticket_stage": "waiting_for_parts"}},
        {"fields": {**NEW, "ticket_stage": "refunded"}},
        {"fields": {**NEW, "pipeline": "unknown"}},
        {"fields": {**NEW, "description": "x"}},
        {"fields": {**NEW, "id": "1"}},
        {"fields": {**NEW, "archived": False}},
        {"fields": {**NEW, "ticket_owner": "stranger@example.com"}},
        {"fields": {**NEW, "due_date": "tomorrow"}},
        {"fields": {**NEW, "seats": "12"}},
        {"fields": {**NEW, "severity": "Blocking"}},
        {"fields": {**NEW, "escalated": "true"}},
        {"fields": {**NEW, "customer_email": 5}},
        {"fields": {**NEW, "severity": ["blocking"]}},
    ],
)
def test_a_wrong_create_is_a_400_and_makes_nothing(client: httpx.Client, server: Server, body: object):
    answer = client.post("/tickets", json=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "error"}
    assert len(listed(client)) == 54
    assert server.received() == []


def test_a_body_that_is_not_json_is_a_400(client: httpx.Client):
    assert client.post("/tickets", data={"ticket_name": "x"}).status_code == 400
    broken = client.post("/tickets", content=b"{", headers={"content-type": "application/json"})
    assert broken.status_code == 400


def test_custom_fields_are_stored_as_they_were_written(client: httpx.Client):
    fields: dict[str, Any] = {
        "due_date": "2026-06-01",
        "severity": "blocking",
        "customer_email": "ada@example.com",
        "seats": 12.5,
    }
    made = create(client, **fields, escalated=True, ticket_owner="omar@example.com")
    shown = client.get(f"/tickets/{made['id']}", params={"properties": ",".join([*fields, "escalated"])}).json()
    assert {name: shown[name] for name in fields} == fields
    assert (shown["escalated"], shown["ticket_owner"]) == (True, "omar@example.com")


def test_a_repeated_external_id_is_a_409_among_active_records_only(client: httpx.Client, server: Server):
    made = create(client, external_id="ext-001")
    again = client.post("/tickets", json={"fields": {**NEW, "external_id": "ext-001"}})
    assert again.status_code == 409
    assert [(entry["key"], entry["times"]) for entry in server.received()] == [("ext-001", 2)]
    other = create(client)
    assert client.patch(f"/tickets/{other['id']}", json={"fields": {"external_id": "ext-001"}}).status_code == 409
    assert client.patch(f"/tickets/{made['id']}", json={"fields": {"external_id": "ext-001"}}).status_code == 200
    client.delete(f"/tickets/{made['id']}")
    assert create(client, external_id="ext-001")["id"] != made["id"]


def test_a_dropped_answer_followed_by_a_retry_is_a_409_and_one_ticket(client: httpx.Client, server: Server):
    server.faults.accept_and_drop(path="/tickets", methods=("POST",))
    body = {"fields": {**NEW, "external_id": "ext-002"}}
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/tickets", json=body)
    assert client.post("/tickets", json=body).status_code == 409
    assert [row["external_id"] for row in listed(client)].count("ext-002") == 1


def test_a_change_touches_only_what_it_names(client: httpx.Client, clock: list[datetime]):
    made = create(client, ticket_owner="omar@example.com", severity="blocking")
    clock[0] = START + timedelta(seconds=1.5)
    path = f"/tickets/{made['id']}"
    answer = client.patch(
        path, params={"properties": "severity,ticket_stage"}, json={"fields": {"ticket_stage": "done"}}
    )
    assert answer.status_code == 200
    changed = answer.json()
    assert (changed["ticket_stage"], changed["severity"]) == ("done", "blocking")
    assert (changed["created_at"], changed["updated_at"]) == ("2026-05-20T10:30:00.000Z", "2026-05-20T10:30:01.500Z")
    cleared = client.patch(path, json={"fields": {"ticket_owner": None}}).json()
    assert cleared["ticket_owner"] is None


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": []},
        {"updated_at": "2026-01-01"},
        {"ticket_name": None},
        {"ticket_stage": "refunded"},
        {"pipeline": "billing"},
    ],
)
def test_a_wrong_change_is_a_400(client: httpx.Client, fields: dict):
    made = create(client)
    path = f"/tickets/{made['id']}"
    assert client.patch(path, json={"fields": fields}).status_code == 400
    assert client.get(path).json() == made


def test_the_pipeline_may_change_together_with_its_stage(client: httpx.Client):
    made = create(client)
    fields = {"pipeline": "billing", "ticket_stage": "received"}
    assert client.patch(f"/tickets/{made['id']}", json={"fields": fields}).json()["pipeline"] == "billing"


def test_archiving_is_one_way(client: httpx.Client, server: Server):
    made = create(client)
    path = f"/tickets/{made['id']}"
    archived = client.delete(path)
    assert archived.status_code == 200
    assert archived.json()["archived"] == "2026-05-20T10:30:00.000Z"
    assert archived.json()["archived_by"] == server.credentials["client_id"]
    assert client.delete(path).status_code == 404
    assert client.patch(path, json={"fields": {"ticket_stage": "done"}}).status_code == 409
    assert client.get(path).json()["archived_by"] == server.credentials["client_id"]
    assert made["id"] not in {row["id"] for row in listed(client)}
    everything = listed(client, archived="true")
    assert len(everything) == 55
    assert sum(1 for row in everything if row["archived"]) == 1
    assert [entry["kind"] for entry in server.received()] == ["ticket", "change"]


def test_an_unknown_ticket_is_a_404(client: httpx.Client):
    path = "/tickets/550e8400-e29b-41d4-a716-446655440000"
    assert client.get(path).status_code == 404
    assert client.patch(path, json={"fields": {}}).status_code == 404
    assert client.delete(path).status_code == 404


def test_contacts_companies_and_deals_have_their_own_rules(client: httpx.Client):
    ada = create(client, "/contacts", first_name="Ada", email="ada@example.com")
    assert set(ada) == DEFAULT - {"ticket_name", "pipeline", "ticket_owner"} | {
        "first_name",
        "last_name",
        "email",
        "contact_owner",
    }
    assert client.post("/contacts", json={"fields": {"email": "ada@example.com"}}).status_code == 409
    assert client.post("/contacts", json={"fields": {"phone": "+31"}}).status_code == 400
    assert client.post("/contacts", json={"fields": {"email": "no address"}}).status_code == 400
    assert client.get(f"/contacts/{ada['id']}", params={"properties": "phone"}).json()["phone"] is None
    create(client, "/companies", website_url="https://new.example")
    assert client.post("/companies", json={"fields": {"website_url": "https://new.example"}}).status_code == 409
    assert client.post("/companies", json={"fields": {"industry": "x"}}).status_code == 400
    deal = create(client, "/deals", deal_name="Renewal", pipeline="sales", deal_stage="qualified")
    assert deal["deal_stage"] == "qualified"
    assert client.post("/deals", json={"fields": {"deal_name": "x"}}).status_code == 400
    assert listed(client, "/contacts", limit=10)


def test_routers_are_read_only_and_hide_the_archived(client: httpx.Client):
    names = {one["name"] for one in listed(client, "/routers", limit=100)}
    everything = listed(client, "/routers", archived="true")
    assert {one["name"] for one in everything} - names == {"Old first line"}
    first = router(client, "First line")
    assert client.get(f"/routers/{first['id']}").json() == first
    assert first["settings"]["distribution_model"] == "round robin"
    assert "archived_by" not in first
    assert any("settings" not in one for one in everything)
    assert client.get("/routers/not-a-uuid").status_code == 400
    assert client.get("/routers/550e8400-e29b-41d4-a716-446655440000").status_code == 404


def test_a_dispatch_assigns_in_turn_and_stamps_in_rfc_2822(client: httpx.Client, server: Server):
    made = create(client)
    first = dispatch(client, "First line", made["id"])
    assert set(first) == {"message", "success", "user", "field_name", "owner_assigned_at"}
    assert first["success"] is True
    assert first["field_name"] == "Ticket owner"
    assert parsedate_to_datetime(first["owner_assigned_at"]) == START
    assert client.get(f"/tickets/{made['id']}").json()["ticket_owner"] == first["user"]
    assert dispatch(client, "First line", made["id"])["user"] != first["user"]
    assert [entry["kind"] for entry in server.received()] == ["ticket", "change", "change"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Night shift", "The router is unpublished"),
        ("Partners", "Trigger did not match"),
        ("Senior desk", "Assignment limit reached"),
        ("Leave owners alone", "The router can not overwrite"),
        ("Nobody home", "There are no users available and the backup user is disabled"),
        ("Half finished", "The router has no settings"),
        ("New contacts", "Object not found"),
    ],
)
def test_a_dispatch_that_assigns_nothing_is_a_200_with_a_message(
    client: httpx.Client, server: Server, name: str, message: str
):
    made = create(client, ticket_owner="jane@example.com")
    assert dispatch(client, name, made["id"]) == {"message": message}
    assert client.get(f"/tickets/{made['id']}").json()["ticket_owner"] == "jane@example.com"
    assert [entry["kind"] for entry in server.received()] == ["ticket"]


def test_a_router_that_may_not_overwrite_assigns_what_nobody_owns(client: httpx.Client):
    assert dispatch(client, "Leave owners alone", create(client)["id"])["success"] is True


def test_a_failed_crm_sync_is_still_an_assignment(client: httpx.Client):
    answer = dispatch(client, "First line with CRM", create(client)["id"])
    assert (answer["success"], answer["hubspot_sync_failed"]) == (True, True)
    assert answer["hubspot_error"]


def test_an_unknown_router_or_object_is_a_200(client: httpx.Client, server: Server):
    unknown = "550e8400-e29b-41d4-a716-446655440000"
    assert dispatch(client, "First line", unknown) == {"message": "Object not found"}
    body = {"router_id": unknown, "object_id": unknown}
    assert client.post("/dispatch/router", json=body).json() == {"message": "Router not found"}
    missing = client.post("/dispatch/router", json={"router_id": unknown})
    assert (missing.status_code, missing.json()["error"]) == (400, True)
    server.account_state = "Account is not active"
    assert dispatch(client, "First line", create(client)["id"]) == {"message": "Account is not active"}


def test_a_server_error_is_a_fault_on_demand(client: httpx.Client, server: Server):
    server.faults.status(500, body='{"message": "Internal server error", "error": true}')
    answer = client.get("/tickets")
    assert (answer.status_code, answer.json()["error"]) == (500, True)
    assert client.get("/tickets").status_code == 200


def test_a_customer_makes_a_ticket_but_can_not_write_in_one(
    client: httpx.Client, server: Server, clock: list[datetime]
):
    made = server.add_customer_message(text="The lights are out")
    assert listed(client)[0]["id"] == made
    assert listed(client)[0]["ticket_name"] == "The lights are out"
    clock[0] = START + timedelta(minutes=1)
    older = listed(client)[5]["id"]
    assert server.add_customer_message(older, "Still out") == older
    shown = client.get(f"/tickets/{older}", params={"properties": "last_note"}).json()
    assert (shown["last_note"], shown["updated_at"]) == ("Still out", "2026-05-20T10:31:00.000Z")
    assert server.add_customer_message("unknown") is None
    held = server.ticket(older)
    assert held is not None
    assert held["messages"] == []
    assert server.received() == []
