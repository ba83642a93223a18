"""Routera's records are flat, partly told and full of values that only their account understands."""

from datetime import UTC, datetime

import pytest

from deskhand.domain.capabilities import Feature, FieldKind, Reason
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import NewTicket, TicketEdit
from deskhand.domain.problems import Invalid, NotPossible, Stale
from deskhand.domain.tickets import Group, Person, State, Ticket
from deskhand.http.wire import read_item, read_items
from deskhand.vendors.routera import mapping, wire

ACCOUNT = AccountId("acc")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STAGES = mapping.Stages(frozenset({"kick_off"}), frozenset({"live", "new"}))


def told(data, *, whole=True, stages=STAGES):
    return mapping.ticket(read_item(wire.Record, data), ACCOUNT, stages, whole=whole)


def a_ticket(**values):
    return Ticket(TicketKey(ACCOUNT, "R1"), **values)


def test_a_record_with_everything_is_mapped():
    remote = told(
        {
            "id": "R1",
            "external_id": "ext-001",
            "ticket_name": "Support request",
            "pipeline": "default",
            "ticket_stage": "kick_off",
            "ticket_owner": "jane@example.com",
            "archived": False,
            "created_at": "2026-05-01T10:00:00.000Z",
            "updated_at": "2026-05-28T12:00:00.000Z",
            "due_date": "2026-12-01",
            "seats": 5,
        }
    )
    ticket = remote.ticket
    assert (ticket.number, ticket.subject, ticket.group) == ("ext-001", "Support request", Group("default", "default"))
    assert (ticket.stage, ticket.vendor_state, ticket.state_id, ticket.state) == (*("kick_off",) * 3, State.OPEN)
    assert ticket.assignee == Person(email="jane@example.com", id="jane@example.com")
    assert ticket.fields == {"pipeline": "default", "due_date": "2026-12-01", "seats": 5}
    assert ticket.updated_at == datetime(2026, 5, 28, 12, tzinfo=UTC)


def test_an_answer_without_the_stage_does_not_speak_of_it():
    without = told({"id": "R1", "ticket_name": "x"}, whole=False)
    assert without.known is not None
    assert not without.known & {"state", "vendor_state", "state_id", "stage", "fields"}
    empty = told({"id": "R1", "ticket_stage": None})
    assert empty.known is not None
    assert empty.known >= {"state", "stage", "fields"}
    assert empty.ticket.vendor_state == ""


@pytest.mark.parametrize(
    ("archived", "is_so"), [(False, False), ("2026-05-01T10:00:00.000Z", True), (True, True), (None, False)]
)
def test_archived_is_false_or_a_time(archived, is_so):
    ticket = told({"id": "R1", "archived": archived}).ticket
    assert ticket.archived is is_so
    assert (ticket.blocked.get(Feature.STATE) is Reason.ARCHIVED) is is_so


def test_odd_values_do_not_lose_the_page():
    items = read_items(
        wire.Record,
        [
            {"id": "A", "ticket_name": 5, "pipeline": ["x"], "created_at": "?", "odd": {"deep": [1]}},
            {"id": None},
            "text",
        ],
    )
    assert items.left_out == 2
    ticket = mapping.ticket(items.items[0], ACCOUNT, STAGES, whole=True).ticket
    assert (ticket.subject, ticket.group, ticket.created_at) == ("5", None, None)
    assert ticket.fields["odd"] == '{"deep": [1]}'


@pytest.mark.parametrize(
    ("stage", "meaning"),
    [
        ("live", State.CLOSED),
        ("new", State.CLOSED),
        ("kick_off", State.OPEN),
        ("in_progress", State.OPEN),
        ("On-Hold", State.ON_HOLD),
        ("waiting_on_customer", State.PENDING),
        ("not_closed_yet", State.OTHER),
        ("", State.OTHER),
    ],
)
def test_a_stage_means_what_the_settings_say_and_else_what_its_label_plainly_says(stage, meaning):
    assert STAGES.state_for(stage) is meaning


def test_the_settings_are_read_with_commas():
    stages = mapping.Stages.from_settings({"open_stages": "new, set_up,", "closed_stages": " live "})
    assert stages == mapping.Stages(frozenset({"new", "set_up"}), frozenset({"live"}))


def test_an_edit_writes_only_what_changes_in_the_type_that_the_field_has():
    edit = TicketEdit(
        a_ticket(),
        state_id="live",
        assign=True,
        assignee=Person("Jane", "jane@x.nl"),
        fields={"subject": "New name", "seats": "7", "escalated": "yes", "note": "7"},
    )
    kinds = {"seats": FieldKind.NUMBER, "escalated": FieldKind.CHECK}
    assert mapping.edited(edit, kinds) == {
        "ticket_stage": "live",
        "ticket_owner": "jane@x.nl",
        "ticket_name": "New name",
        "seats": 7,
        "escalated": True,
        "note": "7",
    }


@pytest.mark.parametrize(
    "edit",
    [
        TicketEdit(a_ticket(), assign=True),
        TicketEdit(a_ticket(), fields={"note": None}),
        TicketEdit(a_ticket(), tags=("a",)),
        TicketEdit(a_ticket(), priority_id="high"),
    ],
)
def test_emptying_is_refused_because_null_is_not_documented(edit):
    with pytest.raises(NotPossible):
        mapping.edited(edit, {})


def test_a_new_record_has_our_key_as_its_external_id_whatever_the_form_says():
    new = NewTicket(CommandId("key-1"), {"ticket_name": "a", "seats": "", "external_id": "mine"}, NOW)
    assert mapping.created(new, {}) == {"ticket_name": "a", "external_id": "key-1"}


def test_the_two_meanings_of_409_are_told_apart():
    archived = mapping.conflict(Stale("Object is archived and cannot be updated", status=409))
    twin = mapping.conflict(Stale("Duplicate external_id", status=409))
    assert isinstance(archived, Stale)
    assert "archived" in archived.detail
    assert isinstance(twin, Invalid)
    assert twin.detail == "Duplicate external_id"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            {"message": "ok", "success": True, "user": "jane@x.nl", "field_name": "Ticket owner"},
            "Ticket owner: jane@x.nl.",
        ),
        (
            {"success": True, "user": "jane@x.nl", "hubspot_sync_failed": True, "hubspot_error": "no such owner"},
            "Owner: jane@x.nl. HubSpot was not updated: no such owner.",
        ),
        ({"message": "Trigger did not match"}, "Not assigned. Routera says: Trigger did not match."),
        ({"message": "Router not found."}, "Not assigned. Routera says: Router not found."),
        *(
            (odd, "")
            for odd in (
                {"ok": 1},
                {"message": "Router not found", "success": False},
                {"message": "Trigger did not match", "error": True},
                {"message": "Please sign in to the guest network"},
                {"success": True},
                {"success": "true", "user": "jane@x.nl"},
                {"success": 1, "user": "jane@x.nl"},
                {"success": True, "user": "jane@x.nl", "error": True},
            )
        ),
    ],
)
def test_what_a_router_did_is_said_in_a_sentence(answer, message):
    assert mapping.dispatch_message(wire.Dispatched.model_validate(answer)) == message


def test_stages_and_pipelines_are_learnt_from_records_and_from_before():
    seen = mapping.ObservedValues()
    for data in (
        {"id": "1", "pipeline": "a", "ticket_stage": "x", "seats": 3},
        {"id": "2", "pipeline": "b", "ticket_stage": "live"},
    ):
        seen.add(read_item(wire.Record, data).model)
    before = mapping.states(STAGES, seen, ())
    assert [(choice.id, choice.group) for choice in before] == [
        ("kick_off", None),
        ("live", None),
        ("new", None),
        ("x", "a"),
    ]
    assert mapping.states(STAGES, mapping.ObservedValues(), before) == before
    assert [group.id for group in mapping.groups(seen, (Group("c", "c"),))] == ["a", "b", "c"]
    assert seen.kinds == {"seats": FieldKind.NUMBER}


def test_only_published_ticket_routers_are_offered():
    routers = read_items(
        wire.Router,
        [
            {"id": "1", "name": "Good", "object_type": "tickets", "is_published": True, "users": [{"email": "a@x.nl"}]},
            {"id": "2", "object_type": "tickets", "is_published": False},
            {"id": "3", "object_type": "contacts", "is_published": True},
            {"id": "4", "object_type": "tickets", "is_published": True, "archived": "2026-05-01T10:00:00.000Z"},
            {"id": "5", "object_type": "tickets"},
        ],
    ).models
    assert mapping.usable_routers(routers) == (("1", "Good"),)
    assert mapping.people(mapping.ObservedValues(), (), routers) == (Person(email="a@x.nl", id="a@x.nl"),)
