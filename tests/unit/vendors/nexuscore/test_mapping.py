import pytest

from deskhand.domain.capabilities import PriorityChoice
from deskhand.domain.ids import AccountId
from deskhand.domain.tickets import Priority, RemoteTicket, State
from deskhand.vendors.http.wire import read_item
from deskhand.vendors.nexuscore import mapping, wire

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
    assert remote.ticket.shelf.name == "Atelier"
    assert remote.known == {
        "subject", "state", "vendor_state", "state_id", "shelf", "priority", "vendor_priority", "priority_id", "created_at",
    }  # fmt: skip


def test_what_a_list_says_beyond_its_documents_counts():
    remote = mapped(
        assigned_to="lee@x.example", tags=["a"], updated_at="2025-10-05T00:00:00Z", queue={"name": "Billing"}
    )
    assert {"assignee", "tags", "updated_at", "fields"} <= remote.known
    assert remote.ticket.assignee.email == "lee@x.example"
    assert remote.ticket.fields == {"queue.name": "Billing"}


def test_nobody_is_somebody_that_the_list_spoke_of():
    remote = mapped(assigned_to=None)
    assert remote.ticket.assignee is None
    assert "assignee" in remote.known


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("open", State.OPEN),
        ("pending", State.PENDING),
        ("snoozed", State.SNOOZED),
        ("resolved", State.SOLVED),
        ("triaged", State.OTHER),
    ],
)
def test_a_status_keeps_its_word(word, meaning):
    ticket = mapped(status=word).ticket
    assert (ticket.state, ticket.vendor_state, ticket.state_id) == (meaning, word, word)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("high", Priority.HIGH), ("urgent", Priority.URGENT), ("P17", Priority.OTHER), (None, Priority.NONE)],
)
def test_a_priority_keeps_its_word(word, meaning):
    ticket = mapped(priority=word).ticket
    assert (ticket.priority, ticket.vendor_priority) == (meaning, word or "")


def test_an_unknown_brand_shows_its_id():
    assert mapped(brand_id="brand_9").ticket.shelf.name == "brand_9"


def test_priorities_are_offered_most_urgent_first_and_the_sure_one_always():
    seen = {
        word: PriorityChoice(word, word, meaning) for word, meaning in (("low", Priority.LOW), ("p0", Priority.URGENT))
    }
    assert [choice.id for choice in mapping.priority_choices(seen)] == ["p0", "high", "low"]
    assert [choice.id for choice in mapping.priority_choices({})] == ["high"]
