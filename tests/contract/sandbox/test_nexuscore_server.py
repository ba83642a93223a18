"""The NexusCore server against its documents, over real HTTP."""

import re
from typing import Any

import httpx
import pytest

FIELDS = {"id", "subject", "status", "brand_id", "priority", "created_at"}
NEW = {
    "brand_id": "brand_nord",
    "subject": "Refund request",
    "description": "Customer requested refund on order 10021",
    "customer": {"email": "casey@example.com", "name": "Casey Customer"},
}


def list_all(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    while True:
        page = client.get("/v1/tickets", params=query).json()
        rows += page["data"]
        if page["next_cursor"] is None:
            return rows
        query["after"] = page["next_cursor"]


def some_ticket(client: httpx.Client, **query: str) -> str:
    found: str = client.get("/v1/tickets", params=query).json()["data"][0]["id"]
    return found


def token(client: httpx.Client, credentials: dict[str, str], **changes: str) -> httpx.Response:
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials["client_id"],
        "client_secret": credentials["client_secret"],
    } | changes
    return client.post("/oauth/token", data=form, headers={"Authorization": ""})


class TestSigningIn:
    def test_a_server_to_server_credential_gets_a_token_that_works_for_an_hour(self, box, nexus, clock):
        said = token(nexus, box["nexuscore"].credentials).json()
        assert said["token_type"] == "Bearer"
        assert said["expires_in"] == 3600
        assert said["scope"].split() == ["tickets:read", "tickets:write", "brands:read"]
        headers = {"Authorization": f"Bearer {said['access_token']}"}
        assert nexus.get("/v1/brands", headers=headers).status_code == 200
        clock.advance(3601)
        assert nexus.get("/v1/brands", headers=headers).status_code == 401

    def test_a_wrong_secret_is_refused(self, box, nexus):
        said = token(nexus, box["nexuscore"].credentials, client_secret="wrong")
        assert (said.status_code, said.json()) == (401, {"error": "invalid_client"})

    def test_the_token_endpoint_takes_a_form_and_one_kind_of_grant(self, box, nexus):
        credentials = box["nexuscore"].credentials
        assert token(nexus, credentials, grant_type="password").status_code == 400
        assert nexus.post("/oauth/token", json={"grant_type": "client_credentials"}).status_code == 400

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic abc"])
    def test_no_call_works_without_a_valid_bearer(self, nexus, header):
        assert nexus.get("/v1/tickets", headers={"Authorization": header}).status_code == 401

    def test_expired_tokens_stop_at_once_and_a_new_one_works(self, box, nexus):
        server = box["nexuscore"]
        old = {"Authorization": "Bearer " + token(nexus, server.credentials).json()["access_token"]}
        server.faults.expire_tokens()
        assert nexus.get("/v1/tickets", headers=old).status_code == 401
        new = {"Authorization": "Bearer " + token(nexus, server.credentials).json()["access_token"]}
        assert nexus.get("/v1/tickets", headers=new).status_code == 200

    def test_a_missing_scope_is_forbidden(self, box, nexus):
        box["nexuscore"].set_switches({"scopes": "tickets:read"})
        assert nexus.get("/v1/tickets").status_code == 200
        assert nexus.get("/v1/brands").status_code == 403
        assert nexus.post("/v1/tickets", json=NEW).status_code == 403

    def test_a_credential_of_one_brand_sees_no_other(self, box, nexus):
        foreign = some_ticket(nexus, brand_id="brand_hearth")
        box["nexuscore"].set_switches({"brand_only": "brand_nord"})
        assert {row["brand_id"] for row in list_all(nexus)} == {"brand_nord"}
        assert nexus.get(f"/v1/tickets/{foreign}").status_code == 403
        assert nexus.get("/v1/tickets", params={"brand_id": "brand_hearth"}).status_code == 403


class TestLists:
    def test_the_cursor_leads_through_every_ticket_once_newest_first(self, box, nexus):
        rows = list_all(nexus)
        assert len(rows) == len(box["nexuscore"].seed_data.tickets) == 96
        assert len({row["id"] for row in rows}) == len(rows)
        assert all(set(row) == FIELDS for row in rows)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["created_at"]) for row in rows)

    def test_filters_hold_for_every_page(self, nexus):
        everything = list_all(nexus)
        resolved = list_all(nexus, status="resolved", brand_id="brand_nord")
        wanted = [row for row in everything if (row["status"], row["brand_id"]) == ("resolved", "brand_nord")]
        assert resolved == wanted
        assert 0 < len(resolved) < len(everything)

    def test_the_assignee_filter_takes_an_email(self, nexus):
        mine = list_all(nexus, assigned_to="jane@example.com")
        assert mine
        assert all(
            nexus.get(f"/v1/tickets/{row['id']}").json()["data"]["assigned_to"] == "jane@example.com" for row in mine
        )

    @pytest.mark.parametrize(
        "query",
        [
            {"status": "closed"},
            {"limit": "5"},
            {"after": "nonsense"},
            {"updated_since": "2026-01-01"},
            {"brand_id": "no"},
        ],
    )
    def test_what_is_not_documented_is_refused(self, nexus, query):
        assert nexus.get("/v1/tickets", params=query).status_code == 400

    def test_brands_have_four_fields_and_pages_of_their_own(self, nexus):
        first = nexus.get("/v1/brands", params={"limit": "2"}).json()
        second = nexus.get("/v1/brands", params={"limit": "2", "cursor": first["next_cursor"]}).json()
        rows = first["data"] + second["data"]
        assert second["next_cursor"] is None
        assert all(set(row) == {"id", "name", "timezone", "status"} for row in rows)
        assert [row["status"] for row in rows] == ["active", "active", "paused"]
        assert nexus.get("/v1/brands", params={"limit": "101"}).status_code == 400
        assert nexus.get(f"/v1/brands/{rows[0]['id']}").json()["data"]["sla_policies"]


class TestOneTicket:
    @pytest.mark.parametrize(
        ("shape", "path"),
        [("nested", ("data", "conversation")), ("bare", ("messages",)), ("parted", ("conversation", "items"))],
    )
    def test_every_shape_has_the_whole_conversation(self, box, nexus, shape, path):
        server = box["nexuscore"]
        server.set_switches({"shape": shape})
        ticket = some_ticket(nexus)
        said: Any = nexus.get(f"/v1/tickets/{ticket}").json()
        for step in path:
            said = said[step]
        held = server.ticket(ticket)
        assert len(said) == len([message for message in held["messages"] if not message["internal"]])

    def test_an_unknown_ticket_is_not_found(self, nexus):
        answer = nexus.get("/v1/tickets/tick_nowhere")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")

    def test_unknown_paths_and_wrong_methods_are_said_to_be_so(self, nexus):
        assert nexus.get("/v1/agents").status_code == 404
        assert nexus.delete("/v1/tickets").status_code == 405


class TestWriting:
    def test_a_created_ticket_says_its_queue_and_opens_the_list(self, box, nexus):
        answer = nexus.post("/v1/tickets", json={**NEW, "priority": "high", "tags": ["refund"], "origin": "web"})
        created = answer.json()["data"]
        assert answer.status_code == 201
        assert set(created) == FIELDS | {"queue"}
        assert list_all(nexus)[0]["id"] == created["id"]
        thread = nexus.get(f"/v1/tickets/{created['id']}").json()["data"]
        assert thread["conversation"][0]["body"] == NEW["description"]
        assert thread["customer"] == {"email": "casey@example.com", "name": "Casey Customer"}
        assert box["nexuscore"].received()[-1]["kind"] == "ticket"

    @pytest.mark.parametrize(
        "changes",
        [
            {"subject": ""},
            {"customer": {"name": "Nobody"}},
            {"brand_id": "brand_none"},
            {"brand_id": "brand_atelier"},
            {"origin": "chat"},
            {"priority": "P1"},
            {"metadata": {"long": "x" * 4096}},
            {"status": "open"},
            {"tags": "refund"},
        ],
    )
    def test_a_wrong_field_is_refused(self, box, nexus, changes):
        assert nexus.post("/v1/tickets", json={**NEW, **changes}).status_code == 422
        assert box["nexuscore"].received() == []

    def test_four_kilobytes_of_metadata_are_taken(self, nexus):
        assert nexus.post("/v1/tickets", json={**NEW, "metadata": {"k": "x" * 4088}}).status_code == 201

    def test_a_body_that_is_not_json_is_refused(self, nexus):
        assert nexus.post("/v1/tickets", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
        assert nexus.post("/v1/tickets", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400

    def test_a_change_touches_only_what_it_names(self, nexus):
        ticket = some_ticket(nexus)
        before = nexus.get(f"/v1/tickets/{ticket}").json()["data"]
        changed = {"status": "snoozed", "tags": ["vip"], "assigned_to": "omar@example.com"}
        after = nexus.patch(f"/v1/tickets/{ticket}", json=changed).json()["data"]
        assert after == {name: before[name] for name in after} | changed | {"updated_at": after["updated_at"]}
        assert nexus.patch(f"/v1/tickets/{ticket}", json={"assigned_to": None}).json()["data"]["assigned_to"] is None

    @pytest.mark.parametrize(
        "changes",
        [{}, {"status": "closed"}, {"subject": "New"}, {"assigned_to": "nobody@example.com"}, {"priority": "P1"}],
    )
    def test_a_change_of_anything_else_is_refused(self, nexus, changes):
        assert nexus.patch(f"/v1/tickets/{some_ticket(nexus)}", json=changes).status_code == 422

    def test_tags_can_be_told_to_add_instead_of_replacing(self, box, nexus):
        box["nexuscore"].set_switches({"tags_mode": "add"})
        ticket = some_ticket(nexus)
        nexus.patch(f"/v1/tickets/{ticket}", json={"tags": ["one"]})
        assert {"one", "two"} <= set(
            nexus.patch(f"/v1/tickets/{ticket}", json={"tags": ["two"]}).json()["data"]["tags"]
        )

    def test_a_reply_stands_at_the_end_of_the_thread_and_in_the_journal(self, box, nexus):
        ticket = some_ticket(nexus)
        body = {"author_type": "agent", "body": "We've refunded the order. 🎉", "cc": ["finance@example.com"]}
        answer = nexus.post(f"/v1/tickets/{ticket}/messages", json=body)
        last = nexus.get(f"/v1/tickets/{ticket}").json()["data"]["conversation"][-1]
        assert answer.status_code == 201
        assert answer.json()["data"] == last
        assert (last["body"], last["cc"], last["author"]["type"]) == (body["body"], body["cc"], "agent")
        [entry] = box["nexuscore"].received()
        assert (entry["ticket"], entry["remote"], entry["text"]) == (ticket, last["id"], body["body"])

    @pytest.mark.parametrize(
        "body",
        [
            {"body": "no author"},
            {"author_type": "bot", "body": "x"},
            {"author_type": "agent", "body": " "},
            {"author_type": "agent", "body": "x", "cc": ["not an address"]},
            {"author_type": "agent", "body": "x", "internal": True},
        ],
    )
    def test_a_wrong_reply_is_refused(self, nexus, body):
        assert nexus.post(f"/v1/tickets/{some_ticket(nexus)}/messages", json=body).status_code == 422

    def test_two_equal_replies_become_two_messages(self, nexus):
        ticket = some_ticket(nexus)
        ids = {
            nexus.post(f"/v1/tickets/{ticket}/messages", json={"author_type": "agent", "body": "Same"}).json()["data"][
                "id"
            ]
            for _ in range(2)
        }
        assert len(ids) == 2


class TestAttachments:
    def ask(self, nexus: httpx.Client) -> dict[str, str]:
        asked: dict[str, str] = nexus.post(
            "/v1/attachments", json={"file_name": "bon.pdf", "content_type": "application/pdf"}
        ).json()["data"]
        return asked

    def test_a_file_goes_in_three_steps_and_comes_back(self, box, nexus):
        asked = self.ask(nexus)
        assert httpx.put(asked["upload_url"], content=b"%PDF-1.4").status_code == 200
        ticket = some_ticket(nexus)
        body = {"author_type": "agent", "body": "See the receipt", "attachment_ids": [asked["id"]]}
        sent = nexus.post(f"/v1/tickets/{ticket}/messages", json=body).json()["data"]
        [file] = sent["attachments"]
        assert (file["file_name"], file["size"]) == ("bon.pdf", 8)
        assert httpx.get(file["url"]).content == b"%PDF-1.4"
        assert [entry["kind"] for entry in box["nexuscore"].received()] == ["upload", "message"]

    def test_the_upload_address_takes_no_bearer_and_works_once(self, nexus):
        asked = self.ask(nexus)
        assert nexus.put(asked["upload_url"], content=b"x").status_code == 400
        assert httpx.put(asked["upload_url"], content=b"x").status_code == 200
        assert httpx.put(asked["upload_url"], content=b"y").status_code == 403

    def test_the_upload_address_runs_out(self, nexus, clock):
        asked = self.ask(nexus)
        clock.advance(15 * 60 + 1)
        assert httpx.put(asked["upload_url"], content=b"x").status_code == 403

    def test_a_reply_cannot_name_a_file_that_never_arrived(self, nexus):
        asked = self.ask(nexus)
        body = {"author_type": "agent", "body": "x", "attachments": [{"id": asked["id"]}]}
        assert nexus.post(f"/v1/tickets/{some_ticket(nexus)}/messages", json=body).status_code == 422

    def test_seeded_files_can_be_fetched(self, nexus):
        for row in list_all(nexus):
            for message in nexus.get(f"/v1/tickets/{row['id']}").json()["data"]["conversation"]:
                for file in message["attachments"]:
                    answer = httpx.get(file["url"])
                    assert (answer.status_code, len(answer.content)) == (200, file["size"])
                    return
        pytest.fail("no ticket has a file")


class TestSearch:
    def test_a_term_finds_tickets_with_a_score(self, nexus):
        nexus.post("/v1/tickets", json={**NEW, "subject": "Zyzzyva delivery"})
        hits = nexus.post(
            "/v1/tickets/search", json={"query": "zyzzyva", "filters": {"brand_id": "brand_nord"}}
        ).json()["data"]
        assert [(hit["subject"], hit["score"]) for hit in hits] == [("Zyzzyva delivery", 1.0)]

    def test_created_after_is_a_day(self, nexus):
        nexus.post("/v1/tickets", json={**NEW, "subject": "Zyzzyva delivery"})
        for day, hits in (("2026-03-10", 1), ("2026-03-11", 0)):
            body = {"query": "zyzzyva", "filters": {"created_after": day}}
            assert len(nexus.post("/v1/tickets/search", json=body).json()["data"]) == hits

    @pytest.mark.parametrize(
        "body",
        [
            {"query": ""},
            {"query": "x", "filters": {"status": "open"}},
            {"query": "x", "filters": {"created_after": "now"}},
        ],
    )
    def test_other_searches_are_refused(self, nexus, body):
        assert nexus.post("/v1/tickets/search", json=body).status_code == 422


class TestRateLimits:
    def test_150_in_ten_seconds_and_600_in_a_minute(self, box, nexus, clock):
        box["nexuscore"].set_switches({"rate_limits": True})
        for _ in range(4):
            assert {nexus.get("/v1/brands").status_code for _ in range(150)} == {200}
            refused = nexus.get("/v1/brands")
            assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
            clock.advance(11)
        assert nexus.get("/v1/brands").status_code == 429
        clock.advance(int(nexus.get("/v1/brands").headers["retry-after"]))
        assert nexus.get("/v1/brands").status_code == 200


def test_a_customer_who_speaks_up_is_heard(box, nexus):
    server = box["nexuscore"]
    ticket = some_ticket(nexus, status="resolved")
    assert server.add_customer_message(ticket, "Are you there?") == ticket
    thread = nexus.get(f"/v1/tickets/{ticket}").json()["data"]
    assert (thread["conversation"][-1]["body"], thread["status"]) == ("Are you there?", "open")
    assert server.add_customer_message("tick_nowhere") is None
    before = len(list_all(nexus))
    heard = [server.add_customer_message() for _ in range(10)]
    assert None not in heard
    assert len(list_all(nexus)) > before
