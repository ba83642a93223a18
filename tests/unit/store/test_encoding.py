from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from deskhand.domain.capabilities import Feature, Reason
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.tickets import Group, Person, Priority, State, Ticket
from deskhand.store.encoding import decode, encode, millis, moment, scrub

KEY = TicketKey(AccountId("a"), "1")
FULL = Ticket(
    KEY,
    number="#1",
    subject='Größe "M" \u2028 日本',
    state=State.ON_HOLD,
    vendor_state="Parked",
    state_id="parked",
    priority=Priority.OTHER,
    vendor_priority="P?",
    priority_id="p",
    requester=Person("Ada", "ada@x.test", "1"),
    assignee=Person("", "", "9"),
    tags=("a", "b,c"),
    group=Group("s", "Shelf", "parent"),
    stage="st",
    source="email",
    created_at=datetime(2026, 1, 2, 3, 4, 5, 678901, UTC),
    updated_at=datetime(2026, 1, 2, 4, 4, 5, tzinfo=UTC),
    due_at=datetime(2027, 1, 2, 4, 4, 5, tzinfo=UTC),
    sentiment="sad",
    archived=True,
    web_url="https://x.test/1",
    fields={"text": "x", "count": 3, "ratio": 1.5, "yes": True, "none": None, "many": ("a", "b")},
    blocked={Feature.REPLY: Reason.CHAT_TICKET},
    assignee_told=False,
    customer_spoke_at=datetime(2026, 1, 3, 4, 4, 5, tzinfo=UTC),
    agent_spoke_at=datetime(2026, 1, 4, 4, 4, 5, tzinfo=UTC),
)


def test_every_field_of_a_ticket_comes_back():
    empty = Ticket(KEY)
    assert [f.name for f in fields(Ticket) if getattr(FULL, f.name) == getattr(empty, f.name)] == ["key"]
    assert decode(KEY, encode(FULL)) == FULL


def test_an_empty_ticket_comes_back():
    assert decode(KEY, encode(Ticket(KEY))) == Ticket(KEY)


def test_a_time_in_another_zone_is_the_same_moment():
    there = datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=5)))
    assert decode(KEY, encode(Ticket(KEY, created_at=there))).created_at == there


def test_milliseconds_and_moments_agree():
    assert moment(millis(FULL.updated_at)) == FULL.updated_at
    assert moment(millis(None)) is None


def test_a_lone_surrogate_is_replaced_and_everything_else_is_untouched():
    assert scrub("a\ud83db") == "a\ufffdb"
    text = "a😀b"
    assert scrub(text) is text
