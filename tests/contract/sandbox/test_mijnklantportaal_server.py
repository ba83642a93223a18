"""The Mijn Klantportaal server against its documents, over real HTTP."""

from typing import Any, ClassVar

import httpx
import pytest

from deskhand_sandbox.sandbox import Sandbox

TICKET = {"id", "customerId", "title", "source", "status", "createdAt"}
MESSAGE = {"id", "postedBy", "isPostedByCustomer", "message", "postedAt", "attachments"}
ENVELOPE = {
    "current_page", "data", "first_page_url", "from", "next_page_url", "path", "per_page", "prev_page_url", "to",
}  # fmt: skip


def list_all(portal: httpx.Client, path: str = "/tickets") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    page = 1
    while True:
        said = portal.get(path, params={"page": page}).json()
        rows += said["data"]
        if said["next_page_url"] is None:
            return rows
        page += 1


def one(portal: httpx.Client, **wanted: str) -> str:
    """The newest ticket of which that holds; not one by chat unless that is wanted."""
    chat = wanted.get("source") == "chat"
    rows = [row for row in list_all(portal) if wanted.items() <= row.items() and chat == (row["source"] == "chat")]
    found: str = rows[0]["id"]
    return found


def reply(portal: httpx.Client, ticket: str, text: str = "<p>Wij zoeken het uit.</p>") -> dict[str, Any]:
    answer = portal.post(f"/tickets/{ticket}", json={"message": text})
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


def attach(portal: httpx.Client, ticket: str, message: str, name: str = "attachment") -> httpx.Response:
    files = {name: ("bon.pdf", b"%PDF-1.4", "application/pdf")}
    return portal.post(f"/tickets/{ticket}/message/{message}/attachment", files=files)


class TestSigningIn:
    @pytest.mark.parametrize(
        "headers", [{"Authorization": "Bearer no"}, {"Authorization": "", "Authentication": "Bearer x"}]
    )
    def test_a_wrong_key_or_header_is_refused(self, portal, headers):
        answer = portal.get("/tickets", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, 401)

    def test_without_the_licence_every_ticket_call_says_426(self, box, portal):
        ticket = one(portal)
        box["mijnklantportaal"].set_switches({"licensed": False})
        assert portal.get("/tickets").status_code == 426
        assert portal.get(f"/tickets/{ticket}").json()["code"] == 426
        assert portal.post(f"/tickets/{ticket}", json={"message": "x"}).status_code == 426
        assert portal.patch(f"/tickets/{ticket}").status_code == 426
        assert portal.get("/customers").status_code == 200

    def test_a_missing_scope_is_forbidden(self, box, portal):
        box["mijnklantportaal"].set_switches({"scopes": "tickets.read"})
        assert portal.patch(f"/tickets/{one(portal)}").status_code == 403
        assert portal.get("/customers").status_code == 403


class TestReading:
    def test_fifteen_to_a_page_newest_first_until_there_is_no_next(self, box, portal):
        first = portal.get("/tickets").json()
        assert set(first) == ENVELOPE
        assert (first["current_page"], first["per_page"], first["from"], first["to"], len(first["data"])) == (
            1,
            15,
            1,
            15,
            15,
        )
        rows = list_all(portal)
        assert len(rows) == len({row["id"] for row in rows}) == len(box["mijnklantportaal"].seed_data.tickets) == 45
        assert all(set(row) == TICKET for row in rows)
        assert all(row["createdAt"].endswith("+02:00") for row in rows)

    def test_the_next_address_ends_with_the_stray_comma_of_the_documents(self, box, portal):
        assert portal.get("/tickets").json()["next_page_url"].endswith("/v1/tickets?page=2,")
        box["mijnklantportaal"].set_switches({"stray_comma": False})
        assert portal.get("/tickets").json()["next_page_url"].endswith("/v1/tickets?page=2")

    def test_a_page_past_the_end_is_empty(self, portal):
        said = portal.get("/tickets", params={"page": 99}).json()
        assert (said["data"], said["from"], said["to"], said["next_page_url"]) == ([], None, None, None)

    def test_a_filter_is_refused_as_none_is_documented(self, portal):
        assert portal.get("/tickets", params={"status": "open"}).status_code == 422

    def test_a_ticket_brings_its_whole_thread_and_no_address_of_a_file(self, box, portal):
        server = box["mijnklantportaal"]
        files = 0
        for row in list_all(portal):
            said = portal.get(f"/tickets/{row['id']}").json()
            assert set(said) == TICKET | {"messages"}
            assert all(set(message) == MESSAGE for message in said["messages"])
            held = server.ticket(row["id"])["messages"]
            assert [m["id"] for m in said["messages"]] == [m["id"] for m in held if not m["internal"]]
            for message in said["messages"]:
                files += len(message["attachments"])
                assert all(set(file) == {"id", "name", "size", "mime"} for file in message["attachments"])
        assert files > 0

    def test_unknown_things_are_not_found(self, portal):
        assert portal.get("/tickets/tic_nothing").json() == {"code": 404, "message": "Ticket not found."}
        assert portal.get("/employees").status_code == 404
        assert portal.post("/tickets", json={"title": "New"}).status_code == 405
        assert portal.get("/customers/cst_nobody").status_code == 404

    def test_the_requester_is_a_customer_that_can_be_read(self, portal):
        named = next(row["customerId"] for row in list_all(portal) if row["customerId"])
        customer = portal.get(f"/customers/{named}").json()
        assert customer["id"] == named
        assert {"companyName", "primaryEmail", "phone", "customerGroups", "createdAt"} <= set(customer)
        assert named in {row["id"] for row in list_all(portal, "/customers")}


class TestReplying:
    def test_a_reply_stands_last_and_the_answer_is_the_whole_ticket(self, box, portal):
        ticket = one(portal, status="open")
        before = portal.get(f"/tickets/{ticket}").json()["messages"]
        after = reply(portal, ticket)["messages"]
        assert after[:-1] == before
        assert (after[-1]["message"], after[-1]["isPostedByCustomer"]) == ("<p>Wij zoeken het uit.</p>", False)
        [entry] = box["mijnklantportaal"].received()
        assert (entry["kind"], entry["ticket"], entry["remote"]) == ("message", ticket, after[-1]["id"])

    def test_a_reply_reopens_a_closed_ticket(self, portal):
        ticket = one(portal, status="closed")
        assert reply(portal, ticket)["status"] == "open"
        assert one(portal, id=ticket, status="open") == ticket

    def test_a_chat_takes_no_reply(self, box, portal):
        answer = portal.post(f"/tickets/{one(portal, source='chat')}", json={"message": "x"})
        assert answer.status_code == 422
        assert box["mijnklantportaal"].received() == []

    @pytest.mark.parametrize("body", [{}, {"message": ""}, {"message": 5}, {"message": "x", "internal": True}])
    def test_a_wrong_body_is_refused(self, portal, body):
        assert portal.post(f"/tickets/{one(portal)}", json=body).status_code == 422

    def test_a_reply_must_be_json(self, portal):
        assert portal.post(f"/tickets/{one(portal)}", data={"message": "x"}).status_code == 415

    @pytest.mark.parametrize(
        ("how", "sent", "stored"),
        [
            ("as_sent", "Fine & <dandy>\n\nBye", "Fine & <dandy>\n\nBye"),
            ("wrapped", "Fine & good\nand\n\nBye", "<p>Fine &amp; good<br>and</p><p>Bye</p>"),
            ("wrapped", "<p>Fine</p>", "<p>Fine</p>"),
            ("normalised", '<P style="x">It\'s  <b>fine</b><br></P><!-- c -->', "<p>It&#x27;s <b>fine</b><br /></p>"),
        ],
    )
    def test_the_portal_can_be_told_to_rewrite_what_it_stores(self, box, portal, how, sent, stored):
        box["mijnklantportaal"].set_switches({"rewriting": how})
        ticket = one(portal, status="open")
        assert reply(portal, ticket, sent)["messages"][-1]["message"] == stored


class TestClosing:
    def test_closing_works_once(self, portal):
        ticket = one(portal, status="open")
        assert portal.patch(f"/tickets/{ticket}").json()["status"] == "closed"
        again = portal.patch(f"/tickets/{ticket}")
        assert (again.status_code, again.json()["code"]) == (422, 422)

    def test_closing_takes_no_body(self, portal):
        ticket = one(portal, status="open")
        assert portal.patch(f"/tickets/{ticket}", json={"status": "closed"}).status_code == 422
        assert one(portal, id=ticket, status="open") == ticket


class TestAttaching:
    def test_a_file_hangs_on_a_fresh_reply(self, box, portal):
        ticket = one(portal, status="open")
        message = reply(portal, ticket)["messages"][-1]["id"]
        attach(portal, ticket, message)
        answer = attach(portal, ticket, message)
        files = answer.json()["messages"][-1]["attachments"]
        assert [(file["name"], file["size"], file["mime"]) for file in files] == [("bon.pdf", 8, "application/pdf")] * 2
        uploads = [entry for entry in box["mijnklantportaal"].received() if entry["kind"] == "upload"]
        assert [entry["remote"] for entry in uploads] == [file["id"] for file in files]

    def test_five_minutes_later_it_is_too_late(self, portal, clock):
        ticket = one(portal, status="open")
        message = reply(portal, ticket)["messages"][-1]["id"]
        clock.advance(300)
        assert attach(portal, ticket, message).status_code == 200
        clock.advance(1)
        assert attach(portal, ticket, message).status_code == 422

    def test_a_chat_takes_no_file(self, portal):
        ticket = one(portal, source="chat")
        message = portal.get(f"/tickets/{ticket}").json()["messages"][0]["id"]
        assert attach(portal, ticket, message).status_code == 422

    def test_the_part_and_the_message_must_be_the_right_ones(self, portal):
        ticket = one(portal, status="open")
        message = reply(portal, ticket)["messages"][-1]["id"]
        other = portal.get(f"/tickets/{list_all(portal)[-1]['id']}").json()["messages"][0]["id"]
        assert attach(portal, ticket, message, name="file").status_code == 422
        assert attach(portal, ticket, other).status_code == 404
        assert portal.post(f"/tickets/{ticket}/message/{message}/attachment", json={}).status_code == 422


class TestRateLimit:
    @pytest.fixture(autouse=True)
    def limited(self, box: Sandbox) -> None:
        box["mijnklantportaal"].set_switches({"rate_limits": True})

    def test_sixty_a_minute_and_the_documented_refusal(self, portal, clock):
        clock.advance(20)
        left = [portal.get("/tickets").headers["x-ratelimit-remaining"] for _ in range(60)]
        assert left == [str(number) for number in range(59, -1, -1)]
        refused = portal.get("/tickets")
        assert (refused.status_code, refused.json()) == (429, {"code": 429, "message": "Too many requests."})
        assert refused.headers["x-ratelimit-limit"] == "60"
        assert refused.headers["retry-after"] == "40"
        assert int(refused.headers["x-ratelimit-reset"]) == int(clock.now.timestamp()) + 40
        clock.advance(40)
        assert portal.get("/tickets").status_code == 200


class TestCustomers:
    NEW: ClassVar = {
        "companyName": "Nieuw BV",
        "address": "Kade 1",
        "zipCode": "1011 AB",
        "city": "Amsterdam",
        "primaryEmail": "n@example.com",
    }

    def test_a_customer_can_be_created_and_changed(self, portal):
        created = portal.post("/customers", json=self.NEW)
        assert (created.status_code, created.json()["countryCode"]) == (201, "NL")
        changed = portal.patch(f"/customers/{created.json()['id']}", json={"city": "Haarlem"}).json()
        assert changed == created.json() | {"city": "Haarlem"}
        assert portal.post("/customers", json={"companyName": "Half"}).status_code == 422

    def test_groups_hold_customers(self, portal):
        known = list_all(portal, "/customers")[0]["id"]
        group = portal.post("/customer-groups", json={"name": "Vaste klanten", "customers": ["cst_unknown"]})
        assert group.status_code == 201
        joined = portal.post(f"/customer-groups/{group.json()['id']}/customers", json={"customers": [known]}).json()
        assert [row["id"] for row in joined["data"]] == [known]
        assert group.json()["id"] in portal.get(f"/customers/{known}").json()["customerGroups"]


def test_a_customer_who_speaks_up_reopens_the_ticket(box, portal):
    ticket = one(portal, status="closed")
    assert box["mijnklantportaal"].add_customer_message(ticket, "Nog iets.") == ticket
    said = portal.get(f"/tickets/{ticket}").json()
    assert (said["status"], said["messages"][-1]["message"]) == ("open", "Nog iets.")
