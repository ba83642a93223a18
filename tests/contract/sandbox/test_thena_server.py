"""The sandbox's Thena, asked over real HTTP by nobody but this file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.thena import Server

NOW = datetime(2026, 5, 20, 10, 30, tzinfo=UTC)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(only=["thena"], tickets=300, clock=lambda: NOW) as box:
        yield box


@pytest.fixture
def server(box: Sandbox) -> Server:
    found = box["thena"]
    assert isinstance(found, Server)
    return found


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    headers = {"x-api-key": server.credentials["api_key"]}
    with httpx.Client(base_url=server.base_url, headers=headers) as client:
        yield client


def tickets(client: httpx.Client, **params: str | int) -> list[dict]:
    answer = client.get("/v1/tickets", params={"limit": 100, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def thread(client: httpx.Client, ticket: str, **more: int) -> list[dict]:
    params: dict[str, str | int] = {"entityType": "ticket", "entityId": ticket, "limit": 100, **more}
    return client.get("/v1/comments", params=params).json()["data"]


def team_id(client: httpx.Client, position: int = 0) -> str:
    return client.get("/v1/teams").json()["data"][position]["id"]


def statuses(client: httpx.Client, team: str) -> dict[str, str]:
    found = client.get("/v1/tickets/status", params={"teamId": team}).json()["data"]
    return {status["name"]: status["id"] for status in found}


def new(client: httpx.Client, **more) -> dict:
    body = {"title": "Broken scale", "requestorEmail": "ada@example.com", "teamId": team_id(client), **more}
    answer = client.post("/v1/tickets", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def search(client: httpx.Client, collection: str = "tickets", **params: str | int) -> dict:
    answer = client.get(f"/v1/search/{collection}", params={"q": "*", "query_by": "title", **params})
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def test_a_missing_or_wrong_key_is_a_401_before_anything_else(server: Server):
    assert httpx.get(server.base_url + "/v1/tickets").status_code == 401
    answer = httpx.get(server.base_url + "/v1/nowhere", headers={"x-api-key": "wrong"})
    assert answer.status_code == 401
    assert answer.json() == {"statusCode": 401, "message": "Invalid API key", "error": "Unauthorized"}


def test_an_unknown_path_is_a_404_and_another_method_a_405(client: httpx.Client):
    assert client.get("/v1/views").json()["statusCode"] == 404
    assert client.post("/v1/tickets/x/comments", json={}).status_code == 404
    assert client.put("/v1/tickets").status_code == 405
    assert client.delete("/v1/comments").status_code == 405


def test_the_plan_gate_closes_the_list_and_the_accounts_with_the_documented_sentence(
    client: httpx.Client, server: Server
):
    ticket = tickets(client)[0]["id"]
    server.tier_gate = True
    for path in ("/v1/tickets", "/v1/accounts", "/v1/accounts/contacts", "/v1/accounts/x"):
        answer = client.get(path)
        assert answer.json() == {
            "statusCode": 403,
            "message": "This endpoint is only available for standard and enterprise tier organizations.",
            "error": "Forbidden",
        }
        assert answer.status_code == 403
    assert client.get(f"/v1/tickets/{ticket}").status_code == 200
    assert client.post(f"/v1/tickets/{ticket}/comment", json={"content": "x"}).status_code == 201


def test_the_list_has_the_envelope_and_pages_count_from_zero(client: httpx.Client):
    answer = client.get("/v1/tickets").json()
    assert set(answer) == {"status", "message", "timestamp", "data"}
    assert (answer["status"], answer["message"]) == (True, "Success")
    assert answer["timestamp"] == "2026-05-20T10:30:00.000Z"
    assert len(answer["data"]) == 10
    pages = [tickets(client, page=page, limit=40) for page in range(3)]
    assert [len(page) for page in pages] == [40, 40, 10]
    numbers = [ticket["ticketId"] for page in pages for ticket in page]
    assert numbers == list(range(90, 0, -1))


@pytest.mark.parametrize(
    "params", [{"page": -1}, {"page": "x"}, {"limit": 0}, {"limit": 101}, {"dateRange": "5d"}, {"dateRange": ""}]
)
def test_a_wrong_query_string_is_a_400_with_a_list_of_sentences(client: httpx.Client, params: dict):
    answer = client.get("/v1/tickets", params=params)
    assert answer.status_code == 400
    assert isinstance(answer.json()["message"], list)
    assert answer.json()["error"] == "Bad Request"


def test_a_ticket_shows_neither_tags_nor_due_date_nor_metadata(client: httpx.Client):
    made = new(
        client, dueDate="2026-06-01T09:00:00.000Z", metadata={"order": 7}, attachmentUrls=["https://a.example/b"]
    )
    for ticket in (made, *tickets(client)):
        assert not {"tags", "dueDate", "metadata", "attachments", "attachmentUrls"} & set(ticket)
    assert {"id", "ticketIdentifier", "statusId", "priorityId", "teamIdentifier", "subTeamArchivedAt"} <= set(made)


def test_teams_have_their_own_statuses_and_filter_the_list(client: httpx.Client):
    teams = client.get("/v1/teams").json()["data"]
    assert len(teams) == 3
    by_team = [statuses(client, team["id"]) for team in teams]
    assert set(by_team[0]) == {"Open", "In progress", "On hold", "Closed"}
    assert "Waiting for release" in by_team[1]
    labels = client.get("/v1/tickets/status", params={"teamId": teams[2]["id"]}).json()["data"]
    assert "Afgehandeld" in {status["displayName"] for status in labels}
    assert not set(by_team[0].values()) & set(by_team[2].values())
    per_team = [tickets(client, teamId=team["id"]) for team in teams]
    assert all(ticket["teamId"] == team["id"] for team, found in zip(teams, per_team, strict=True) for ticket in found)
    assert sum(len(found) for found in per_team) == 90


def test_date_range_is_calendar_based_in_utc(client: httpx.Client, server: Server):
    midnight = datetime(2026, 5, 19, tzinfo=UTC)
    everything = tickets(client)
    expected = {ticket["id"] for ticket in everything if datetime.fromisoformat(ticket["updatedAt"]) >= midnight}
    assert expected
    assert {ticket["id"] for ticket in tickets(client, dateRange="1d")} == expected
    server.date_range_on = "created"
    created = {ticket["id"] for ticket in everything if datetime.fromisoformat(ticket["createdAt"]) >= midnight}
    assert {ticket["id"] for ticket in tickets(client, dateRange="1d")} == created
    three_months = datetime(2026, 2, 20, tzinfo=UTC)
    recent = [ticket for ticket in everything if datetime.fromisoformat(ticket["createdAt"]) >= three_months]
    assert len(tickets(client, dateRange="3m")) == len(recent)


def test_creating_names_everything_that_is_wrong(client: httpx.Client):
    answer = client.post(
        "/v1/tickets", json={"title": 5, "tags": ["x"], "isPrivate": "no", "deDuplicationKey": "k" * 256}
    )
    assert answer.status_code == 400
    assert answer.json()["message"] == [
        "property tags should not exist",
        "requestorEmail should not be empty",
        "teamId should not be empty",
        "title must be a string",
        "isPrivate must be a boolean value",
        "deDuplicationKey must be shorter than or equal to 255 characters",
    ]


def test_a_body_has_to_be_json(client: httpx.Client):
    assert client.post("/v1/tickets", content=b"title=x").status_code == 415
    broken = client.post("/v1/tickets", content=b"{", headers={"content-type": "application/json"})
    assert broken.status_code == 400


def test_a_new_ticket_is_in_the_teams_first_status_and_is_found_at_once(client: httpx.Client, server: Server):
    made = new(client, commentContent="It does not weigh.", priorityName="urgent")
    assert (made["status"], made["priority"], made["ticketId"]) == ("Open", "Urgent", 91)
    assert made["comment"]["content"] == "It does not weigh."
    assert made["lastCustomerComment"] == "2026-05-20T10:30:00.000Z"
    assert tickets(client)[0]["id"] == made["id"]
    assert [comment["customerContactEmail"] for comment in thread(client, made["id"])] == ["ada@example.com"]
    assert [entry["kind"] for entry in server.received()] == ["ticket"]


def test_the_id_wins_over_the_name(client: httpx.Client):
    team = team_id(client)
    by_team = statuses(client, team)
    made = new(client, statusId=by_team["On hold"], statusName="Closed")
    assert made["status"] == "On hold"


@pytest.mark.parametrize(
    "change",
    [
        {"statusName": "Solved"},
        {"priorityName": "Critical"},
        {"assignedAgentEmail": "stranger@example.com"},
        {"status": "IN_PROGRESS"},
        {"customFieldValues": []},
        {"title": ""},
        {"title": None},
    ],
)
def test_a_refused_change_changes_nothing(client: httpx.Client, server: Server, change: dict):
    before = tickets(client)[0]
    assert client.patch(f"/v1/tickets/{before['id']}", json={"isPrivate": True, **change}).status_code == 400
    assert tickets(client)[0] == before
    assert server.received() == []


def test_a_status_of_another_team_is_refused(client: httpx.Client):
    other = statuses(client, team_id(client, 1))["Open"]
    assert client.patch(f"/v1/tickets/{new(client)['id']}", json={"statusId": other}).status_code == 400


def test_closing_and_reopening_move_the_closing_date(client: httpx.Client):
    made = new(client)
    closed = client.patch(f"/v1/tickets/{made['id']}", json={"statusName": "Closed"}).json()["data"]
    assert (closed["closedAt"], closed["closedByEmail"]) == ("2026-05-20T10:30:00.000Z", "jane@example.com")
    again = client.patch(f"/v1/tickets/{made['id']}", json={"statusName": "In progress"}).json()["data"]
    assert (again["status"], again["closedAt"]) == ("In progress", None)


def test_closing_may_ask_for_a_field_that_the_form_wants(client: httpx.Client, server: Server):
    server.close_needs_field = True
    made = new(client)
    answer = client.patch(f"/v1/tickets/{made['id']}", json={"statusName": "Closed"})
    assert answer.status_code == 400
    assert "Root cause" in answer.json()["message"]
    fields = client.get("/v1/custom-field", params={"teamId": made["teamId"], "source": "ticket"}).json()["data"]
    root = next(field["uid"] for field in fields if field["mandatoryOnClose"])
    filled = new(client, customFieldValues=[{"fieldId": root, "value": "Supplier"}])
    assert client.patch(f"/v1/tickets/{filled['id']}", json={"statusName": "Closed"}).status_code == 200


def test_members_can_be_assigned_and_null_unassigns(client: httpx.Client):
    made = new(client)
    members = client.get(f"/v1/teams/{made['teamId']}/members", params={"searchQuery": "omar"}).json()["data"]
    assert [member["email"] for member in members] == ["omar@example.com"]
    path = f"/v1/tickets/{made['id']}"
    assigned = client.patch(path, json={"assignedAgentId": members[0]["id"]}).json()["data"]
    assert assigned["assignedAgentEmail"] == "omar@example.com"
    assert client.patch(path, json={"assignedAgentId": None}).json()["data"]["assignedAgentId"] is None
    with_bots = client.get(f"/v1/teams/{made['teamId']}/members", params={"includeAgents": "true"}).json()["data"]
    without = client.get(f"/v1/teams/{made['teamId']}/members").json()["data"]
    assert {member["userType"] for member in with_bots} - {member["userType"] for member in without} == {"BOT_USER"}


def test_a_comment_is_public_unless_it_says_private(client: httpx.Client, server: Server):
    ticket = new(client)["id"]
    said = client.post(f"/v1/tickets/{ticket}/comment", json={"content": "Hello"}).json()["data"]
    assert (said["commentVisibility"], said["commentType"], said["author"]) == ("public", "comment", "Jane Visser")
    note = {"content": "Between us", "commentVisibility": "private", "commentType": "note"}
    noted = client.post(f"/v1/tickets/{ticket}/comment", json=note).json()["data"]
    assert (noted["commentVisibility"], noted["commentType"]) == ("private", "note")
    assert [entry["kind"] for entry in server.received()] == ["ticket", "message", "note"]
    shown = client.get(f"/v1/tickets/{ticket}").json()["data"]
    assert shown["lastVendorComment"] is not None
    assert shown["lastCustomerComment"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": ""},
        {"content": "x", "commentVisibility": "internal"},
        {"content": "x", "shouldSendEmail": "yes"},
        {"content": "x", "visibility": "private"},
        {"content": "x", "attachmentIds": ["unknown"]},
        {"content": "x", "deDuplicationKey": "k" * 256},
    ],
)
def test_a_wrong_comment_is_refused(client: httpx.Client, server: Server, body: dict):
    ticket = tickets(client)[0]["id"]
    before = thread(client, ticket)
    assert client.post(f"/v1/tickets/{ticket}/comment", json=body).status_code == 400
    assert thread(client, ticket) == before
    assert server.received() == []


def test_a_comment_on_an_unknown_ticket_is_a_404(client: httpx.Client):
    assert client.post("/v1/tickets/ABC/comment", json={"content": "x"}).status_code == 404
    assert client.get("/v1/comments", params={"entityType": "ticket", "entityId": "ABC"}).status_code == 404


def test_a_repeated_key_makes_nothing_twice(client: httpx.Client, server: Server):
    ticket = new(client)["id"]
    body = {"content": "Once", "deDuplicationKey": "key-1"}
    first, second = (client.post(f"/v1/tickets/{ticket}/comment", json=body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["data"] == second.json()["data"]
    assert len(thread(client, ticket)) == 1
    assert [(entry["key"], entry["times"]) for entry in server.received() if entry["key"]] == [("key-1", 2)]


def test_a_repeated_key_may_be_a_conflict(client: httpx.Client, server: Server):
    server.repeat_answer = "conflict"
    made = new(client, deDuplicationKey="t-1")
    body = {"title": "Twin", "requestorEmail": "ada@example.com", "teamId": made["teamId"], "deDuplicationKey": "t-1"}
    assert client.post("/v1/tickets", json=body).status_code == 409
    assert len(tickets(client)) == 91


def test_a_dropped_answer_followed_by_a_retry_leaves_one_comment(client: httpx.Client, server: Server):
    ticket = new(client)["id"]
    server.faults.accept_and_drop(path="/comment")
    body = {"content": "Sent blind", "deDuplicationKey": "key-2", "commentVisibility": "public"}
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(f"/v1/tickets/{ticket}/comment", json=body)
    assert client.post(f"/v1/tickets/{ticket}/comment", json=body).status_code == 201
    assert [comment["content"] for comment in thread(client, ticket)] == ["Sent blind"]


def test_the_thread_is_paged_newest_first_and_shows_what_was_deleted(client: httpx.Client):
    longest = max(tickets(client), key=lambda ticket: len(thread(client, ticket["id"])))
    whole = thread(client, longest["id"])
    assert len(whole) > 50
    paged = [*thread(client, longest["id"], limit=25), *thread(client, longest["id"], limit=25, page=1)]
    assert paged == whole[:50]
    assert [comment["createdAt"] for comment in whole] == sorted((one["createdAt"] for one in whole), reverse=True)
    deleted = [one for ticket in tickets(client) for one in thread(client, ticket["id"]) if one["deletedAt"]]
    assert deleted


@pytest.mark.parametrize("params", [{}, {"entityType": "ticket"}, {"entityType": "conversation", "entityId": "x"}])
def test_reading_comments_needs_a_known_entity(client: httpx.Client, params: dict):
    assert client.get("/v1/comments", params=params).status_code == 400


def test_a_customer_who_speaks_up_moves_the_ticket(client: httpx.Client, server: Server):
    quiet = tickets(client, page=3, limit=20)[-1]
    assert server.add_customer_message(quiet["id"], "Are you still there?") == quiet["id"]
    shown = client.get(f"/v1/tickets/{quiet['id']}").json()["data"]
    assert shown["lastCustomerComment"] == shown["updatedAt"] == "2026-05-20T10:30:00.000Z"
    assert thread(client, quiet["id"])[0]["content"] == "Are you still there?"
    assert quiet["id"] in {ticket["id"] for ticket in tickets(client, dateRange="1d")}
    assert server.add_customer_message("unknown") is None
    assert server.received() == []


def test_customers_left_to_themselves_write_again_or_open_new_tickets(client: httpx.Client, server: Server):
    before = {ticket["id"] for ticket in tickets(client)}
    spoken = {server.add_customer_message() for _ in range(12)}
    after = {ticket["id"] for ticket in tickets(client, dateRange="1d", teamId=team_id(client))}
    assert spoken & before
    assert spoken - before
    assert spoken - before <= after
    assert all(thread(client, ticket)[0]["customerContactEmail"] for ticket in spoken if ticket)


def test_search_finds_by_terms_filters_and_sorts(client: httpx.Client):
    everything = search(client, per_page=250, sort_by="updatedAt:desc")
    dates = [hit["document"]["updatedAt"] for hit in everything["hits"]]
    assert everything["found"] == len(dates) == 90
    assert dates == sorted(dates, reverse=True)
    new(client, title="Quixotic windmill", priorityName="High")
    found = search(client, q="windm quix", query_by="title,description")
    assert [hit["document"]["title"] for hit in found["hits"]] == ["Quixotic windmill"]
    both = search(client, filter_by="priorityName:=high&&statusName:=open", per_page=250)
    assert both["found"] > 0
    assert {(hit["document"]["priority"], hit["document"]["status"]) for hit in both["hits"]} == {("High", "Open")}
    assert search(client, q="nowhere to be found")["found"] == 0


def test_a_hit_carries_an_internal_id_beside_the_one_of_the_api(client: httpx.Client, server: Server):
    newest = tickets(client)[0]
    document = search(client, per_page=1, sort_by="ticketId:desc")["hits"][0]["document"]
    assert (document["id"], document["uid"], document["ticketId"]) == ("90", newest["id"], "90")
    server.search_ids = "api"
    assert search(client, per_page=1)["hits"][0]["document"]["id"] == newest["id"]


def test_per_page_above_250_is_lowered_silently(client: httpx.Client):
    assert search(client, per_page=1000)["request_params"]["per_page"] == 250


@pytest.mark.parametrize(
    "params",
    [
        {"q": ""},
        {"query_by": ""},
        {"query_by": "tags"},
        {"filter_by": "updatedAt:>2026-01-01"},
        {"filter_by": "status"},
        {"sort_by": "updatedAt"},
        {"per_page": 0},
    ],
)
def test_a_search_that_says_nothing_known_is_a_400(client: httpx.Client, params: dict):
    answer = client.get("/v1/search/tickets", params={"q": "*", "query_by": "title", **params})
    assert answer.status_code == 400


def test_comments_are_searched_by_ticket_and_visibility(client: httpx.Client):
    ticket = new(client)["id"]
    for visibility in ("public", "private"):
        client.post(
            f"/v1/tickets/{ticket}/comment", json={"content": f"A {visibility} text", "commentVisibility": visibility}
        )
    found = search(client, "comments", query_by="content", filter_by=f"ticketUid:={ticket}&&commentVisibility:=private")
    assert [hit["document"]["content"] for hit in found["hits"]] == ["A private text"]


def test_a_streamed_search_ends_with_done(client: httpx.Client):
    params: dict[str, str | int] = {"q": "*", "query_by": "title", "per_page": 40, "streaming": "true"}
    lines = client.get("/v1/search/tickets", params=params).text.splitlines()
    assert len(lines) == 4
    assert lines[-1] == '{"done": true}'


def test_a_bulk_change_says_what_it_skipped(client: httpx.Client, server: Server):
    team = team_id(client)
    closed = statuses(client, team)["Closed"]
    mine, other = new(client), new(client, teamId=team_id(client, 1))
    body = {"ticketIds": [mine["id"], other["id"], "UNKNOWN"], "statusId": closed}
    data = client.patch("/v1/tickets/bulk", json=body).json()["data"]
    assert [one["id"] for one in data["updated"]] == [mine["id"]]
    assert [one["reason"] for one in data["skipped"]] == ["Status not found!", "Ticket not found!"]
    assert client.get(f"/v1/tickets/{other['id']}").json()["data"]["status"] == "Open"
    assert server.received()[-1]["fields"] == {"statusId": closed}
    assert client.patch("/v1/tickets/bulk", json={"ticketIds": []}).status_code == 400


def test_a_bulk_create_leaves_out_the_wrong_ones_unless_told_to_stop(client: httpx.Client):
    good = {"title": "One", "requestorEmail": "ada@example.com", "teamId": team_id(client)}
    answer = client.post("/v1/tickets/bulk", json={"tickets": [good, {"title": "Two"}]})
    assert answer.status_code == 201
    assert [one["title"] for one in answer.json()["data"]] == ["One"]
    stopped = client.post("/v1/tickets/bulk", json={"tickets": [{"title": "Two"}], "options": {"stopOnError": True}})
    assert stopped.status_code == 400


def test_a_ticket_that_is_there_becomes_a_sub_ticket_of_one_parent(client: httpx.Client):
    parent, sub, other = (ticket["id"] for ticket in tickets(client, limit=3))
    body = {"parentTicketId": parent, "subTicketId": sub}
    assert client.patch("/v1/tickets/sub-ticket", json=body).json()["data"]["id"] == parent
    assert client.patch("/v1/tickets/sub-ticket", json=body).status_code == 200
    for wrong, status in (
        ({"parentTicketId": other, "subTicketId": sub}, 400),
        ({"parentTicketId": parent, "subTicketId": parent}, 400),
        ({"parentTicketId": parent}, 400),
        ({"parentTicketId": parent, "subTicketId": "NOSUCH"}, 404),
    ):
        assert client.patch("/v1/tickets/sub-ticket", json=wrong).status_code == status


def test_two_tickets_can_be_linked(client: httpx.Client):
    first, second = (ticket["id"] for ticket in tickets(client, limit=2))
    answer = client.patch("/v1/tickets/link", json={"sourceTicketId": first, "linkedTicketId": second})
    assert answer.json()["data"]["id"] == first
    document = search(client, filter_by=f"uid:={first}")["hits"][0]["document"]
    assert document["ticketRelationshipsAsSource"] == [second]
    same = client.patch("/v1/tickets/link", json={"sourceTicketId": first, "linkedTicketId": first})
    assert same.status_code == 400


def test_contacts_are_bare_and_count_their_pages_from_one(client: httpx.Client, server: Server):
    first = client.get("/v1/accounts/contacts", params={"page": 1, "limit": 5}).json()
    assert [one["email"] for one in first] == [
        one["email"] for one in client.get("/v1/accounts/contacts?limit=5").json()
    ]
    assert client.get("/v1/accounts/contacts", params={"page": 0}).status_code == 400
    email = first[0]["email"]
    assert client.get("/v1/accounts/contacts/search", params={"email": email.upper()}).json() == [first[0]]
    server.account_envelope = True
    assert client.get("/v1/accounts/contacts", params={"limit": 5}).json()["data"] == first
    account = first[0]["accounts"][0]["id"]
    assert client.get(f"/v1/accounts/{account}").json()["data"]["name"] == first[0]["accounts"][0]["name"]
    assert client.get("/v1/accounts/UNKNOWN").json()["message"] == "Account not found!"


def test_forms_name_what_closing_needs(client: httpx.Client):
    forms = client.get("/v1/forms").json()["data"]
    assert len(forms) == 3
    assert any(field["mandatoryOnClose"] for form in forms for field in form["fields"])


def test_unset_fields_are_null_or_left_out(client: httpx.Client, server: Server):
    assert tickets(client)[0]["subTeamId"] is None
    server.nulls = False
    assert all(None not in ticket.values() for ticket in tickets(client))
    talked = next(ticket for ticket in tickets(client) if thread(client, ticket["id"]))
    assert all(None not in comment.values() for comment in thread(client, talked["id"]))


def test_the_assumed_paths_can_be_taken_away(client: httpx.Client, server: Server):
    ticket = tickets(client)[0]["id"]
    assert client.get(f"/v1/tickets/{ticket}").status_code == 200
    server.assumed_paths = False
    assert client.get(f"/v1/tickets/{ticket}").status_code == 404
    assert client.get("/v1/teams").status_code == 404


def test_the_rate_limit_is_per_path_and_says_when_it_ends():
    moment = [NOW]
    with serving(only=["thena"], tickets=30, rate_limits=True, clock=lambda: moment[0]) as box:
        server = box["thena"]
        assert isinstance(server, Server)
        server.rate_limit = 2
        with httpx.Client(base_url=server.base_url, headers={"x-api-key": server.credentials["api_key"]}) as client:
            first = client.get("/v1/tickets")
            assert (first.headers["X-RateLimit-Limit"], first.headers["X-RateLimit-Remaining"]) == ("2", "1")
            assert client.get("/v1/tickets").status_code == 200
            refused = client.get("/v1/tickets")
            assert refused.status_code == 429
            assert "retry-after" not in refused.headers
            assert int(refused.headers["X-RateLimit-Reset"]) == int((NOW + timedelta(minutes=1)).timestamp())
            assert client.get("/v1/forms").status_code == 200
            moment[0] = NOW + timedelta(minutes=1)
            assert client.get("/v1/tickets").status_code == 200
            server.throttled = True
            assert client.get("/v1/forms").status_code == 429
