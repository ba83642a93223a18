import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.capabilities import PriorityChoice
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.tickets import Person, Priority, RemoteTicket, State
from deskhand.http.wire import read_item
from deskhand.vendors.nexuscore import mapping, wire
from deskhand.vendors.nexuscore.conversation import read_detail

LISTED = {
    "id": "tick_01hd",
    "subject": "Shipping delay",
    "status": "open",
    "brand_id": "brand_123",
    "priority": "high",
    "created_at": "2025-10-04T18:32:11Z",
}


def mapped(**said: object) -> RemoteTicket:
    return mapping.ticket(AccountId("acc"), read_item(wire.Ticket, {**LISTED, **said}), {"brand_123": "Atelier"})


def test_the_list_speaks_of_six_fields_and_blanks_no_other():
    remote = mapped()
    assert not_none(remote.ticket.group).name == "Atelier"
    assert not_none(remote.known) == {
        "subject", "state", "vendor_state", "state_id", "group", "priority", "vendor_priority", "priority_id", "created_at",
    }  # fmt: skip


def test_what_a_list_says_beyond_its_documents_counts():
    remote = mapped(
        assigned_to="lee@x.example", tags=["a"], updated_at="2025-10-05T00:00:00Z", queue={"name": "Billing"}
    )
    assert {"assignee", "tags", "updated_at"} <= not_none(remote.known)
    assert not_none(remote.ticket.assignee).email == "lee@x.example"
    assert remote.ticket.fields == {"queue.name": "Billing"}


def test_a_score_beside_a_found_ticket_does_not_blank_the_fields_that_its_detail_told():
    assert "fields" not in not_none(mapped(score=0.93).known)
    detail = read_detail({"data": {**LISTED, "queue": {"name": "Billing"}, "messages": []}})
    told = not_none(mapping.thread(TicketKey(AccountId("acc"), "tick_01hd"), detail, {}).ticket)
    assert told.ticket.fields == {"queue.name": "Billing"}
    assert "fields" in not_none(told.known)


@pytest.mark.parametrize(
    ("name", "said", "ours"),
    [
        ("status", {"name": "open"}, "state_id"),
        ("priority", ["high"], "priority_id"),
        ("created_at", "yesterday", "created_at"),
        ("assigned_to", 17, "assignee"),
        ("tags", {"a": 1}, "tags"),
        ("brand_id", {"id": "brand_123"}, "group"),
    ],
)
def test_a_value_that_cannot_be_read_blanks_nothing(name, said, ours):
    assert ours not in not_none(mapped(**{name: said}).known)
    assert ours in not_none(mapped(**{name: None}).known)


def test_who_was_asked_for_by_assignee_is_theirs_unless_the_ticket_says_otherwise():
    jane = Person("Jane", "jane@x.example")
    asked = mapping.assigned(mapped(), jane)
    assert asked.ticket.assignee == jane
    assert "assignee" in not_none(asked.known)
    assert (
        not_none(mapping.assigned(mapped(assigned_to="lee@x.example"), jane).ticket.assignee).email == "lee@x.example"
    )


def test_nobody_is_somebody_that_the_list_spoke_of():
    remote = mapped(assigned_to=None)
    assert remote.ticket.assignee is None
    assert "assignee" in not_none(remote.known)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("open", State.OPEN),
        ("pending", State.PENDING),
        ("snoozed", State.SNOOZED),
        ("resolved", State.SOLVED),
        ("triaged", State.OTHER),
    ],
)
def test_a_status_retains_its_label(value, meaning):
    ticket = mapped(status=value).ticket
    assert (ticket.state, ticket.vendor_state, ticket.state_id) == (meaning, value, value)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("high", Priority.HIGH), ("urgent", Priority.URGENT), ("P17", Priority.OTHER), (None, Priority.NONE)],
)
def test_a_priority_retains_its_label(value, meaning):
    ticket = mapped(priority=value).ticket
    assert (ticket.priority, ticket.vendor_priority) == (meaning, value or "")


def test_an_unknown_brand_shows_its_id():
    assert not_none(mapped(brand_id="brand_9").ticket.group).name == "brand_9"


def test_priorities_are_offered_most_urgent_first_and_the_sure_one_always():
    seen = {
        value: PriorityChoice(value, value, meaning)
        for value, meaning in (("low", Priority.LOW), ("p0", Priority.URGENT))
    }
    assert [choice.id for choice in mapping.priority_choices(seen)] == ["p0", "high", "low"]
    assert [choice.id for choice in mapping.priority_choices({})] == ["high"]
