"""The sandbox's Thalamus, asked over real HTTP by nobody but this file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.thalamus import Server

START = datetime(2026, 5, 20, 10, 30, tzinfo=UTC)
CAMPAIGN = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
QUEUED = {"type": "callback", "phone": "+31612345678", "campaign_uuid": CAMPAIGN, "skill_uuid": CAMPAIGN}


@pytest.fixture
def clock() -> list[datetime]:
    return [START]


@pytest.fixture
def box(clock: list[datetime]) -> Iterator[Sandbox]:
    with serving(only=["thalamus"], tickets=300, clock=lambda: clock[0]) as box:
        yield box


@pytest.fixture
def server(box: Sandbox) -> Server:
    found = box["thalamus"]
    assert isinstance(found, Server)
    return found


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.credentials['api_key']}"}
    with httpx.Client(base_url=server.base_url, headers=headers) as client:
        yield client


def post(client: httpx.Client, path: str, expected: int, /, **body) -> dict:
    answer = client.post(path, json=body)
    assert answer.status_code == expected, answer.text
    given = answer.json()
    assert set(given) == {"success", "data", "message"}
    assert given["success"] is True
    assert UUID(given["data"]["uuid"])
    return given["data"]


CALLS = {
    "/ticket/T-1": (
        {"title": "x"},
        """uuid external_id title status priority type category subcategory organization_external_id contact_external_id
        external_group_id external_agent_id created_at updated_at""",
    ),
    "/ticket/328099/comment": (
        {"body": "<p>x</p>", "external_id": "CMT-1", "external_agent_id": "AGT-42"},
        "uuid external_id external_ticket_id body visibility created_at",
    ),
    "/contact/C-1": (
        {"name": "Ada", "country": "NL", "zip": "1015 AA"},
        "uuid external_id name email phone external_organization_id status created_at updated_at",
    ),
    "/organization/ORG-1": ({"name": "Acme"}, "uuid external_id name email phone status created_at updated_at"),
    "/partner/reference/status": (
        {"id": "waiting", "label": "Waiting", "mapped_status": "pending", "source_system": "deskhand"},
        "uuid id label status mapped_status",
    ),
    "/reference/category": (
        {"external_id": "CAT-1", "value": "technical", "label": "Technical", "type_value": "support"},
        "uuid external_id value label",
    ),
    "/reference/agent": ({"external_id": "AGT-99", "name": "Jane Smith"}, "uuid external_id value label"),
    "/queue": (
        QUEUED,
        "uuid id type phone name email status campaign_uuid reference datetime_start created_at",
    ),
}


@pytest.mark.parametrize("path", CALLS)
def test_each_call_answers_with_its_documented_keys_and_tells_new_from_known(client: httpx.Client, path: str):
    body, keys = CALLS[path]
    always_200 = path in {"/reference/agent", "/reference/category"}
    made = post(client, path, 200 if always_200 else 201, **body)
    assert set(made) == set(keys.split())
    again = post(client, path, 200, **body)
    assert again["uuid"] == made["uuid"]


@pytest.mark.parametrize("path", CALLS)
def test_each_call_asks_for_the_key_for_json_and_for_post(client: httpx.Client, server: Server, path: str):
    body, _ = CALLS[path]
    url = server.base_url + path
    assert httpx.post(url, json=body).status_code == 401
    assert httpx.post(url, json=body, headers={"Authorization": "Bearer nerds_live_wrong"}).status_code == 401
    assert client.post(path, data={"title": "x"}).status_code == 415
    assert client.post(path, content=b"[]", headers={"content-type": "application/json"}).status_code == 400
    assert client.get(path).status_code == 405
    assert server.received() == []


def test_the_key_looks_as_documented(server: Server):
    key = server.credentials["api_key"]
    assert key.startswith("nerds_live_")
    assert len(key.removeprefix("nerds_live_")) == 30


@pytest.mark.parametrize(
    "path", ["/reference/status", "/tickets/1", "/reference/group", "/ticket", "/ticket/1/comments"]
)
def test_an_undocumented_path_is_a_404(client: httpx.Client, path: str):
    answer = client.post(path, json={})
    assert answer.status_code == 404
    assert answer.json()["success"] is False


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ticket/T-1", {"title": 5}),
        ("/ticket/T-1", {"created_at": "yesterday"}),
        ("/ticket/T-1", {"created_at": "2026-03-09"}),
        ("/ticket/T-1", {"created_at": "2026-13-09T10:30:00Z"}),
        ("/ticket/T-1", {"status": "reopened"}),
        ("/ticket/328099/comment", {}),
        ("/ticket/328099/comment", {"body": None}),
        ("/ticket/328099/comment", {"body": "x", "visibility": "hidden"}),
        ("/ticket/328099/comment", {"body": "x", "visibility": None}),
        ("/ticket/328099/comment", {"body": "x", "external_id": 7}),
        ("/contact/C-1", {"country": "Netherlands"}),
        ("/contact/C-1", {"country": "nl"}),
        ("/contact/C-1", {"external_organization_id": None}),
        ("/organization/O-1", {"status": None}),
        ("/partner/reference/status", {"id": "x", "label": "X"}),
        ("/partner/reference/status", {"id": "", "label": "X", "mapped_status": "open"}),
        ("/partner/reference/status", {"id": "x" * 257, "label": "X", "mapped_status": "open"}),
        ("/partner/reference/status", {"id": "x", "label": "X" * 129, "mapped_status": "open"}),
        ("/partner/reference/status", {"id": "x", "label": "X", "mapped_status": "on_hold"}),
        ("/partner/reference/status", {"id": "x", "label": "X", "mapped_status": "open", "status": "deleted"}),
        ("/partner/reference/status", {"id": "x", "label": "X", "mapped_status": "open", "source_system": "x" * 257}),
        ("/reference/category", {"external_id": "C", "value": "v", "label": "l"}),
        ("/reference/category", {"external_id": "C", "value": "v", "label": "l", "type_value": "t", "sort_order": "1"}),
        ("/reference/agent", {"external_id": "A"}),
        ("/reference/agent", {"external_id": "A", "name": "n", "group_external_ids": "GRP-1"}),
        ("/queue", {**QUEUED, "type": "email"}),
        ("/queue", {**QUEUED, "campaign_uuid": "CAMP-1"}),
        ("/queue", {**QUEUED, "email": "no address"}),
        ("/queue", {**QUEUED, "agent_uuid": "AGT-42"}),
        ("/queue", {**QUEUED, "datetime_start": "soon"}),
        ("/queue", {name: value for name, value in QUEUED.items() if name != "phone"}),
    ],
)
def test_a_wrong_field_is_a_422_and_leaves_nothing(client: httpx.Client, server: Server, path: str, body: dict):
    answer = client.post(path, json=body)
    assert answer.status_code == 422, answer.text
    assert set(answer.json()) == {"success", "message"}
    assert server.received() == []


def test_the_lengths_of_a_status_variant_hold_to_the_letter(client: httpx.Client):
    post(client, "/partner/reference/status", 201, id="x" * 256, label="y" * 128, mapped_status="closed")


def test_a_change_of_a_ticket_touches_only_what_it_names(client: httpx.Client, clock: list[datetime]):
    made = post(client, "/ticket/T-1", 201, title="First", priority="high", created_at="2026-03-09T10:30:00+01:00")
    assert (made["created_at"], made["updated_at"]) == ("2026-03-09T10:30:00+01:00", "2026-05-20T10:30:00Z")
    clock[0] = START + timedelta(minutes=1)
    changed = post(client, "/ticket/T-1", 200, status="solved", created_at=None)
    assert (changed["title"], changed["priority"], changed["status"]) == ("First", "high", "solved")
    assert (changed["created_at"], changed["updated_at"]) == ("2026-03-09T10:30:00+01:00", "2026-05-20T10:31:00Z")
    assert post(client, "/ticket/T-1", 200, priority=None)["priority"] is None


def test_a_ticket_takes_the_partners_own_active_status(client: httpx.Client):
    variant = {"id": "waiting_on_customer", "label": "Waiting", "mapped_status": "pending"}
    assert client.post("/ticket/T-1", json={"status": "waiting_on_customer"}).status_code == 422
    mapped = post(client, "/partner/reference/status", 201, **variant)["mapped_status"]
    assert set(mapped) == {"uuid", "value", "label", "sort_order", "color", "description"}
    assert (mapped["value"], mapped["label"], mapped["sort_order"], mapped["color"]) == (
        "pending",
        "Pending",
        4,
        "#8b5cf6",
    )
    post(client, "/ticket/T-1", 201, status="waiting_on_customer")
    post(client, "/partner/reference/status", 200, **variant, status="inactive")
    assert client.post("/ticket/T-2", json={"status": "waiting_on_customer"}).status_code == 422


def test_a_new_status_variant_answers_in_the_documented_sentence(client: httpx.Client):
    body = {"id": "new_one", "label": "New one", "mapped_status": "new"}
    answer = client.post("/partner/reference/status", json=body)
    assert answer.json()["message"] == "Status variant created successfully"


def test_a_comment_on_an_unknown_ticket_is_a_404(client: httpx.Client, server: Server):
    assert client.post("/ticket/UNKNOWN/comment", json={"body": "x"}).status_code == 404
    assert server.received() == []


def test_a_comment_is_public_unless_it_says_otherwise(client: httpx.Client, server: Server):
    for visibility in (None, "public", "internal", "private"):
        said = {} if visibility is None else {"visibility": visibility}
        made = post(client, "/ticket/328099/comment", 201, body="x", **said)
        assert made["visibility"] == (visibility or "public")
    assert [entry["kind"] for entry in server.received()] == ["message", "message", "note", "note"]


def test_a_comment_is_upserted_by_its_external_id_and_every_arrival_is_counted(client: httpx.Client, server: Server):
    body = {"body": "Once", "external_id": "CMT-1", "visibility": "public"}
    first = post(client, "/ticket/328099/comment", 201, **body)
    again = post(client, "/ticket/328099/comment", 200, **body)
    assert again == first
    (entry,) = server.received()
    assert (entry["ticket"], entry["text"], entry["key"], entry["times"]) == ("328099", "Once", "CMT-1", 2)
    edited = post(client, "/ticket/328099/comment", 200, **{**body, "body": "Twice"})
    assert (edited["uuid"], edited["body"]) == (first["uuid"], "Twice")
    assert server.arrivals("comment", "CMT-1") == 3
    held = server.ticket("328099")
    assert held is not None
    assert [message["text"] for message in held["messages"]] == ["Twice"]


def test_without_an_external_id_every_comment_is_a_new_one(client: httpx.Client, server: Server):
    first, second = (post(client, "/ticket/328099/comment", 201, body="Same")["uuid"] for _ in range(2))
    assert first != second
    assert [entry["key"] for entry in server.received()] == [None, None]


def test_a_comments_external_id_does_not_move_to_another_ticket(client: httpx.Client):
    post(client, "/ticket/328099/comment", 201, body="x", external_id="CMT-1")
    answer = client.post("/ticket/328100/comment", json={"body": "x", "external_id": "CMT-1"})
    assert answer.status_code == 422


def test_a_dropped_answer_followed_by_a_retry_leaves_one_comment(client: httpx.Client, server: Server):
    server.faults.accept_and_drop(path="/comment")
    body = {"body": "Sent blind", "external_id": "CMT-2"}
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/ticket/328099/comment", json=body)
    post(client, "/ticket/328099/comment", 200, **body)
    assert [(entry["key"], entry["times"]) for entry in server.received()] == [("CMT-2", 2)]


def test_tickets_and_their_changes_are_told_apart(client: httpx.Client, server: Server):
    for body in ({"title": "A"}, {"title": "A"}, {"status": "closed"}):
        client.post("/ticket/T-1", json=body)
    received = [(entry["kind"], entry["fields"], entry["times"]) for entry in server.received()]
    assert received == [("ticket", {"title": "A"}, 2), ("change", {"status": "closed"}, 1)]


def test_a_queue_record_with_the_same_reference_is_the_same(client: httpx.Client):
    first = post(client, "/queue", 201, **QUEUED, reference="328099")
    assert post(client, "/queue", 200, **QUEUED, reference="328099", comment="again")["uuid"] == first["uuid"]
    assert post(client, "/queue", 201, **QUEUED, reference="328100")["uuid"] != first["uuid"]


def test_unknown_fields_are_ignored(client: httpx.Client, server: Server):
    post(client, "/ticket/T-1", 201, title="A", tags=["x"])
    assert server.received()[0]["fields"] == {"title": "A"}


def test_the_seeded_tickets_are_known_by_their_external_ids(client: httpx.Client, server: Server):
    held = server.tickets()
    assert len(held) == 15
    assert held[0]["id"] == "328099"
    assert server.arrivals("ticket", "328099") == 0
    post(client, "/ticket/328099", 200, status="closed")
    assert server.tickets()[0]["state"] == "closed"


def test_nobody_can_be_heard_to_speak_up(server: Server):
    assert server.add_customer_message() is None
    assert server.add_customer_message("328099", "Hello") is None
