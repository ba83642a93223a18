"""Thalamus takes everything and tells little: what leaves must be right, and what comes back must prove it."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from deskhand.domain.capabilities import BodyFormat, Capabilities
from deskhand.domain.commands import PushRecord
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import Invalid, NotPossible
from deskhand.domain.threads import Visibility
from deskhand.domain.tickets import Group, Person, State, Ticket
from deskhand.http.wire import read_item
from deskhand.vendors.thalamus import choices, mapping, records, wire

ACCOUNT = AccountId("acc")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
SETTINGS = {
    "agent_id": "AGT-42",
    "agents": "AGT-42 = Jane Smith, AGT-43",
    "groups": "GRP-100 = Field repairs",
    "states": "waiting_on_customer = pending, odd",
}
PARTNER = mapping.partner_settings(SETTINGS, "jane@x.nl", "DH-")


def a_ticket(**values):
    return Ticket(TicketKey(ACCOUNT, "328099"), **values)


def new(**fields):
    return NewTicket(CommandId("0b5f6c1e-8a53-4a0e-9b0b-1d8c6f0c1a11"), {"title": "Hi", **fields}, NOW)


def told(before=None, **data):
    return mapping.ticket(read_item(wire.Ticket, {"uuid": UUID, **data}), ACCOUNT, PARTNER, "328099", before)


@pytest.mark.parametrize("data", [{}, {"uuid": None}, {"uuid": "yes"}, {"uuid": 5}, {"external_id": "328099"}])
def test_an_answer_without_a_uuid_is_no_answer(data):
    with pytest.raises(ValidationError):
        read_item(wire.Confirmed, data)


def test_the_answer_to_a_ticket_is_mapped_with_its_proof():
    ticket = told(
        external_id="328099",
        title="Internet",
        status="waiting_on_customer",
        priority="high",
        external_group_id="GRP-100",
        external_agent_id="AGT-42",
        category="technical",
        created_at="2026-03-09T10:30:00Z",
    ).ticket
    assert (ticket.state, ticket.vendor_state) == (State.PENDING, "waiting_on_customer")
    assert ticket.group == Group("GRP-100", "Field repairs")
    assert ticket.assignee == Person("Jane Smith", id="AGT-42")
    assert ticket.fields == {"category": "technical", "external_group_id": "GRP-100", "uuid": UUID}


def test_what_the_answer_leaves_empty_does_not_blank_what_is_known_here():
    before = a_ticket(
        subject="Imported",
        requester=Person("Ada", "ada@x.nl"),
        assignee=Person("J.", id="AGT-42"),
        fields={"source": "csv"},
    )
    remote = told(before, status="hold", title=None, contact_external_id="C-1", external_agent_id="AGT-42")
    assert remote.known == {"number", "fields", "state", "vendor_state", "state_id", "assignee"}
    assert remote.ticket.assignee == before.assignee
    assert remote.ticket.fields == {"source": "csv", "contact_external_id": "C-1", "uuid": UUID}


@pytest.mark.parametrize(
    ("value", "state"), [("odd", State.OTHER), ("hold", State.ON_HOLD), ("resolved", State.SOLVED)]
)
def test_a_status_means_its_category_or_its_plain_label(value, state):
    assert PARTNER.state_for(value) is state


def test_a_message_with_copies_is_not_sent_without_them():
    with pytest.raises(NotPossible):
        mapping.body_of(OutgoingMessage(a_ticket(), CommandId("k"), "Hello", cc=("a@x.nl",)))


def test_a_comment_always_has_an_id_an_author_and_a_visibility():
    sent = OutgoingMessage(a_ticket(), CommandId("key-1"), "Hello", written_at=NOW)
    assert mapping.body_of(sent).comment(PARTNER.me, Visibility.INTERNAL) == {
        "body": "Hello",
        "external_id": "key-1",
        "visibility": "internal",
        "external_agent_id": "AGT-42",
        "created_at": "2026-11-20T12:00:00Z",
    }
    assert "external_agent_id" not in mapping.body_of(sent).comment(Person(), Visibility.PUBLIC)


@pytest.mark.parametrize(
    ("text", "html", "body", "form"),
    [
        ("a\nb", "", "a\nb", BodyFormat.PLAIN),
        ("a", "<p>a</p>", "<p>a</p>", BodyFormat.HTML),
        ("1 < 2 <b>", "", "<p>1 &lt; 2 &lt;b&gt;</p>", BodyFormat.HTML),
        ("R&amp;D", "", "<p>R&amp;amp;D</p>", BodyFormat.HTML),
    ],
)
def test_a_text_that_could_be_read_as_html_is_sent_as_html(text, html, body, form):
    made = mapping.Body.of(text, html, CommandId("k"), None)
    assert (made.text, made.format) == (body, form)


def test_the_answer_to_a_comment_names_the_author_that_we_named():
    body = mapping.Body.of("Hello", "", CommandId("key-1"), NOW)
    item = read_item(wire.Comment, {"uuid": UUID, "visibility": "private", "body": None})
    message = mapping.message(item, body, PARTNER.me, Visibility.INTERNAL)
    assert (message.id, message.key, message.body) == (UUID, "key-1", "Hello")
    assert message.author == Person("Jane Smith", "jane@x.nl", "AGT-42")
    assert message.visibility is Visibility.INTERNAL
    assert message.created_at == NOW


def test_a_made_id_is_the_same_at_every_try_and_the_agents_own_wins():
    made = mapping.external_id(new(), "DH-")
    assert made == mapping.external_id(new(title="Other"), "DH-")
    assert made.startswith("DH-")
    assert len(made) == 19
    assert mapping.external_id(new(external_id=" 4711 "), "DH-") == "4711"


def test_a_new_ticket_sends_what_was_filled_in():
    body = mapping.created(new(status="open", priority="", category="technical", comment="Text"))
    assert body == {"title": "Hi", "status": "open", "category": "technical", "created_at": "2026-11-20T12:00:00Z"}
    with pytest.raises(Invalid) as refused:
        mapping.created(new(title=""))
    assert "title" in refused.value.fields


def test_the_first_text_is_public_unless_said_otherwise():
    assert mapping.first_message(new(comment=" ")) is None
    public = mapping.first_message(new(comment="Hi"))
    internal = mapping.first_message(new(comment="Hi", comment_visibility="internal"))
    assert public is not None
    assert internal is not None
    assert (public[1], internal[1]) == (Visibility.PUBLIC, Visibility.INTERNAL)
    assert public[0].key == new().key


def test_an_edit_sends_only_what_changes():
    edit = TicketEdit(
        a_ticket(),
        state_id="solved",
        assign=True,
        assignee=Person(id="AGT-43"),
        fields={"subject": "New", "category": "c"},
    )
    assert mapping.edited(edit, PARTNER) == {
        "status": "solved",
        "external_agent_id": "AGT-43",
        "title": "New",
        "category": "c",
    }


def test_assigning_to_oneself_needs_no_external_id():
    edit = TicketEdit(a_ticket(), assign=True, assignee=Person(email="JANE@x.nl"))
    assert mapping.edited(edit, PARTNER) == {"external_agent_id": "AGT-42"}


@pytest.mark.parametrize(
    "edit",
    [
        TicketEdit(a_ticket(), assign=True),
        TicketEdit(a_ticket(), assign=True, assignee=Person("Omar", "omar@x.nl")),
        TicketEdit(a_ticket(), fields={"category": ""}),
        TicketEdit(a_ticket(), fields={"colour": "red"}),
        TicketEdit(a_ticket(), tags=()),
    ],
)
def test_what_is_not_documented_is_refused_before_anything_leaves(edit):
    with pytest.raises(NotPossible):
        mapping.edited(edit, PARTNER)


def test_records_are_typed_as_documented():
    category = PushRecord(
        "category", "CAT-1", {"value": "technical", "label": "Technical", "type_value": "support", "sort_order": "4"}
    )
    agent = PushRecord("agent", "AGT-1", {"name": "Jo", "group_external_ids": "GRP-1, GRP-2"})
    queue = PushRecord(
        "queue",
        "Callback for Ada",
        {
            "type": "chat",
            "phone": "+31612345678",
            "campaign_uuid": UUID.upper(),
            "skill_uuid": UUID,
            "datetime_start": "2026-12-01 10:30+01:00",
        },
    )
    assert records.record_body(category)["sort_order"] == 4
    assert records.record_body(agent)["group_external_ids"] == ["GRP-1", "GRP-2"]
    assert records.record_body(queue) == {
        "type": "chat",
        "phone": "+31612345678",
        "campaign_uuid": UUID,
        "skill_uuid": UUID,
        "datetime_start": "2026-12-01T09:30:00Z",
    }


@pytest.mark.parametrize(
    ("record", "wrong"),
    [
        (
            PushRecord("status", "", {"label": "x" * 129, "mapped_status": "later"}),
            {"external_id", "label", "mapped_status"},
        ),
        (PushRecord("category", "C", {"sort_order": "first"}), {"value", "label", "type_value", "sort_order"}),
        (
            PushRecord(
                "queue",
                "Callback for Ada",
                {"type": "fax", "phone": "1", "campaign_uuid": "x", "datetime_start": "2026"},
            ),
            {"type", "campaign_uuid", "skill_uuid", "datetime_start"},
        ),
    ],
)
def test_a_wrong_record_is_refused_field_by_field_before_anything_leaves(record, wrong):
    with pytest.raises(Invalid) as refused:
        records.record_body(record)
    assert refused.value.fields.keys() == wrong


def test_a_record_of_an_unknown_kind_is_not_possible():
    with pytest.raises(NotPossible):
        records.record_body(PushRecord("holiday", "H", {}))


def test_choices_come_from_the_settings_and_from_what_was_pushed():
    pushed = (
        PushRecord("status", "parked", {"label": "Parked", "mapped_status": "hold"}),
        PushRecord("agent", "AGT-50", {"name": "Nia"}),
        PushRecord("category", "CAT-1", {"value": "tv", "label": "Television"}),
    )
    here = mapping.partner_settings(SETTINGS, "jane@x.nl", "DH-")
    for record in pushed:
        here.apply_pushed(record)
    found = choices.capabilities(here, SETTINGS, pushed, Capabilities())
    later = mapping.partner_settings(SETTINGS, "jane@x.nl", "DH-", found)
    again = choices.capabilities(later, SETTINGS, (), found)
    gone = choices.capabilities(later, SETTINGS, (PushRecord("status", "parked", {"status": "inactive"}),), found)
    assert {choice.id: choice.state for choice in found.states}["parked"] is State.ON_HOLD
    assert {choice.id: choice.label for choice in again.states}["parked"] == "Parked"
    assert [person.shown for person in found.agents] == ["Jane Smith", "AGT-43", "Nia"]
    assert (set(again.states), again.agents) == (set(found.states), found.agents)
    assert next(field for field in again.custom_fields if field.name == "category").choices == (("tv", "Television"),)
    assert "parked" not in {choice.id for choice in gone.states}
