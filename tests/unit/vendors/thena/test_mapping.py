"""Thena's answers may leave out, null or misshape anything: what is there is used, and nothing stumbles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.capabilities import BodyFormat, Reason, StateChoice
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import NotPossible
from deskhand.domain.threads import Side, Visibility
from deskhand.domain.tickets import FieldValue, Group, Person, Priority, State, Ticket
from deskhand.http.wire import read_item, read_items
from deskhand.vendors.thena import choices, mapping, matching, wire
from deskhand.vendors.thena.info import INFO

ACCOUNT = AccountId("acc")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NO_LOOKUPS = mapping.Lookups()


def told(data, lookups=NO_LOOKUPS):
    return mapping.ticket(read_item(wire.Ticket, data), ACCOUNT, lookups)


def said(data):
    return mapping.message(read_item(wire.Comment, data))


def comments(*data):
    return (read_items(wire.Comment, list(data)),)


def a_ticket(**values):
    return Ticket(TicketKey(ACCOUNT, "T1"), **values)


def outgoing(text="Hello", html=""):
    return OutgoingMessage(a_ticket(), CommandId("key-1"), text, html, written_at=NOW)


def test_a_ticket_with_nothing_but_an_id_is_a_ticket():
    remote = told({"id": "T1"})
    assert remote.ticket == a_ticket(state=State.OTHER)
    assert remote.known is None
    assert remote.comments_at is None


def test_nulls_and_wrong_types_read_as_unset():
    odd = {
        "id": "T1",
        "title": None,
        "ticketId": 7,
        "status": {"name": "Open"},
        "priority": ["High"],
        "updatedAt": "yesterday",
        "isPrivate": "maybe",
        "customFieldValues": 5,
        "lastComment": "Thanks, that worked",
        "assignedAgentEmail": None,
    }
    ticket = told(odd).ticket
    assert (ticket.number, ticket.subject, ticket.vendor_state, ticket.updated_at) == ("7", "", "", None)
    assert ticket.priority is Priority.NONE
    assert ticket.fields == {"customFieldValues": 5}


def test_a_null_leaves_the_other_name_of_the_same_thing_its_say():
    ticket = told(
        {"id": "T1", "uid": None, "status": None, "statusName": "Open", "teamId": None, "teamUid": "A"}
    ).ticket
    assert (ticket.key.remote, ticket.state, ticket.group) == ("T1", State.OPEN, Group("A", "A"))


def test_a_list_keeps_its_page_when_one_item_has_no_id():
    items = read_items(wire.Ticket, [{"id": "A"}, {"title": "no id"}, None, {"id": "B"}])
    assert [item.model.id for item in items] == ["A", "B"]
    assert items.left_out == 2


def test_unknown_labels_are_retained_and_mean_nothing():
    ticket = told({"id": "T1", "status": "Bij de buren", "statusId": "S9", "priority": "Gisteren"}).ticket
    assert (ticket.state, ticket.vendor_state, ticket.state_id) == (State.OTHER, "Bij de buren", "S9")
    assert (ticket.priority, ticket.vendor_priority, ticket.priority_id) == (Priority.OTHER, "Gisteren", "Gisteren")


def test_a_status_known_by_id_lends_its_meaning_and_the_ticket_retains_its_own_label():
    lookups = mapping.Lookups(states={"S9": StateChoice("S9", "Wacht op klant", State.ON_HOLD, "TEAM")})
    ticket = told({"id": "T1", "status": "waiting_nl", "statusId": "S9"}, lookups).ticket
    assert (ticket.state, ticket.vendor_state, ticket.state_id) == (State.ON_HOLD, "waiting_nl", "S9")


def test_the_conversation_changed_when_the_newest_of_four_moments_says_so():
    moments = {
        "id": "T1",
        "updatedAt": "2026-11-01T10:00:00.000Z",
        "lastCustomerComment": "2026-11-03T10:00:00.000Z",
        "lastVendorComment": "2026-11-02T10:00:00Z",
        "lastComment": None,
    }
    assert told(moments).comments_at == datetime(2026, 11, 3, 10, tzinfo=UTC)


def test_a_search_document_speaks_only_of_what_it_has_and_goes_by_its_uid():
    document = {"id": 12, "uid": "REAL", "statusName": "Closed", "title": "Hi", "priority": None}
    bare = mapping.from_search_hit(read_item(wire.Ticket, document), ACCOUNT, NO_LOOKUPS)
    whole = mapping.from_search_hit(read_item(wire.Ticket, document | {"statusId": "S1"}), ACCOUNT, NO_LOOKUPS)
    assert bare.ticket.key.remote == "REAL"
    assert not_none(bare.known) == {"subject"}
    assert not_none(whole.known) == {"subject", "state", "vendor_state", "state_id"}
    assert whole.ticket.state is State.CLOSED


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ([{"fieldId": "F1", "value": "red"}], {"Colour": "red"}),
        ([{"customFieldId": "F1", "data": [{"value": "red"}]}], {"Colour": "red"}),
        ([{"fieldId": "F2", "value": ["a", "b"]}], {"F2": ("a", "b")}),
        ([{"customField": {"uid": "F3", "name": "Size"}, "value": None}], {"Size": None}),
        ([{"value": 5}], {"customFieldValues[0]": 5}),
        ({"F1": True}, {"Colour": True}),
        (["red", "blue"], {"customFieldValues": ("red", "blue")}),
        ([{"fieldId": "F4", "value": {"deep": 1}}], {"F4": '{"deep": 1}'}),
        (None, {}),
        ([], {}),
    ],
)
def test_custom_values_of_any_shape_are_stored(values, read):
    assert mapping.custom_values(values, {"F1": "Colour"}) == read


def test_who_speaks_is_told_by_the_customer_contact():
    customer = said({"id": "C1", "content": "Hi", "customerContactId": "P1", "customerContactFirstName": "Ada"})
    agent = said({"id": "C2", "content": "Hello", "author": "Jane", "authorId": "U1", "authorUserType": "ORG_ADMIN"})
    robot = said({"id": "C3", "content": "Open to Closed", "author": "Jane", "commentType": "status_update"})
    assert (customer.side, customer.author) == (Side.CUSTOMER, Person("Ada", "", "P1"))
    assert (agent.side, agent.author) == (Side.AGENT, Person("Jane", "", "U1"))
    assert robot.side is Side.SYSTEM


def test_an_impersonated_comment_shows_who_it_was_written_as():
    message = said({"id": "C1", "author": "Bot", "impersonatedUserName": "Jane", "impersonatedUserEmail": "j@x.nl"})
    assert message.author == Person("Jane", "j@x.nl", "")


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("public", Visibility.PUBLIC),
        ("Public", Visibility.PUBLIC),
        ("private", Visibility.INTERNAL),
        ("internal", Visibility.INTERNAL),
        *((odd, Visibility.UNSAID) for odd in ("team", 0, 7, True, ["public"], {"public": True})),
        (None, Visibility.PUBLIC),
    ],
)
def test_an_odd_value_makes_a_message_neither_public_nor_a_note_and_the_documented_default_holds(value, who):
    assert said({"id": "C1", "commentVisibility": value}).visibility is who


def test_html_wins_over_plain_and_markdown_is_the_last_resort():
    assert said({"id": "C", "content": "a", "contentHtml": "<p>a</p>"}).format is BodyFormat.HTML
    assert said({"id": "C", "content": "a < b", "contentHtml": " "}).body == "a < b"
    assert said({"id": "C", "contentMarkdown": "*a*"}).body == "*a*"


def test_files_are_named_whatever_stands_for_them():
    message = said(
        {"id": "C", "attachments": ["ATT1", "https://x.test/f/bill%20%231.pdf", {"name": "a.png", "size": 3}, None, 7]}
    )
    assert [(file.name, file.url) for file in message.attachments] == [
        ("file 1", ""),
        ("bill #1.pdf", ""),
        ("a.png", ""),
    ]


def test_a_conversation_is_sorted_and_deleted_comments_are_hidden():
    pages = comments(
        {"id": "C3", "content": "third", "createdAt": "2026-11-03T00:00:00Z"},
        {"id": "C1", "content": "first", "createdAt": "2026-11-01T00:00:00Z"},
        {"id": "CX", "content": "gone", "createdAt": "2026-11-02T00:00:00Z", "deletedAt": "2026-11-02T00:00:01Z"},
        {"id": "C9", "content": "no time"},
    )
    thread = mapping.thread(pages, None, None)
    assert [message.id for message in thread.messages] == ["C1", "C3", "C9"]


def test_the_description_opens_the_conversation_unless_the_first_comment_repeats_it():
    ticket = read_item(wire.Ticket, {"id": "T1", "description": "It broke.\n\nPlease help", "requestorEmail": "a@x.nl"})
    same = {"id": "C1", "contentHtml": "<p>It broke.</p><p>Please help</p>", "customerContactEmail": "a@x.nl"}
    other = {"id": "C1", "content": "And another thing", "customerContactEmail": "a@x.nl"}
    agents = {"id": "C1", "content": "It broke.\n\nPlease help", "author": "Jane"}
    assert [m.id for m in mapping.thread(comments(same), ticket.model, None).messages] == ["C1"]
    assert [m.id for m in mapping.thread(comments(other), ticket.model, None).messages] == ["T1-description", "C1"]
    assert [m.id for m in mapping.thread(comments(agents), ticket.model, None).messages] == ["T1-description", "C1"]
    assert mapping.thread((), ticket.model, None).messages[0].author == Person(email="a@x.nl")


def test_replies_that_stand_inside_a_comment_only_are_messages_too_as_private_as_it_is():
    outer = {
        "id": "C1",
        "content": "note",
        "commentVisibility": "private",
        "metadata": {
            "replies": [
                {"id": "C2", "content": "inside"},
                {"id": "C3", "content": "flat as well"},
                {"id": "C4", "contentHtml": "<p>said</p>", "commentVisibility": "public"},
                {"id": ["C5"], "content": "odd"},
                {"id": "C6"},
                "C7",
            ]
        },
    }
    pages = comments(outer, {"id": "C3", "content": "flat as well", "commentVisibility": "private"})
    thread = mapping.thread((*pages, mapping.flatten_replies(pages)), None, None)
    assert {m.id: m.visibility for m in thread.messages} == {
        "C1": Visibility.INTERNAL,
        "C2": Visibility.INTERNAL,
        "C3": Visibility.INTERNAL,
        "C4": Visibility.PUBLIC,
    }


def test_what_was_not_deleted_is_not_hidden_whichever_way_that_is_said():
    for never in (None, False, "", 0):
        assert not read_item(wire.Ticket, {"id": "T1", "deletedAt": never, "archivedAt": never}).model.deleted_at
        assert not told({"id": "T1", "archivedAt": never}).ticket.archived
        assert mapping.thread(comments({"id": "C1", "content": "x", "deletedAt": never}), None, None).messages


def test_a_conversation_with_an_unreadable_comment_is_not_complete():
    ticket = read_item(wire.Ticket, {"id": "T1"}).model
    assert mapping.thread(comments({"id": "C1"}), ticket, None).complete
    assert not mapping.thread(comments({"id": "C1"}, {"content": "no id"}), ticket, None).complete


def test_a_reply_is_always_said_to_be_public_and_a_note_private():
    reply, note = mapping.reply_body(outgoing(html="<p>Hello</p>")), mapping.note_body(outgoing())
    assert reply == {
        "content": "Hello",
        "contentHtml": "<p>Hello</p>",
        "deDuplicationKey": "key-1",
        "commentVisibility": "public",
        "commentType": "reply",
        "shouldSendEmail": True,
    }
    assert (note["commentVisibility"], note["commentType"], note["shouldSendEmail"]) == ("private", "note", False)
    assert "contentHtml" not in note


def test_a_message_with_copies_is_not_sent_without_them():
    with pytest.raises(NotPossible):
        mapping.reply_body(replace(outgoing(), cc=("a@x.nl",)))


@pytest.mark.parametrize(
    ("change", "ours"),
    [
        ({}, True),
        ({"commentVisibility": "private"}, False),
        ({"customerContactId": "P1"}, False),
        ({"content": "Hello there"}, False),
        ({"createdAt": "2026-11-20T11:00:00Z"}, False),
        ({"deletedAt": "2026-11-20T12:01:00Z"}, False),
        ({"contentHtml": "<p>Hello</p>"}, True),
    ],
)
def test_our_own_comment_is_told_from_others(change, ours):
    data = {"id": "C1", "content": "Hello", "commentVisibility": "public", "createdAt": "2026-11-20T12:00:05Z"}
    comment = read_item(wire.Comment, data | change).model
    assert matching.is_sent_comment(comment, outgoing(), Visibility.PUBLIC) is ours


def test_an_edit_writes_ids_names_and_addresses():
    edit = TicketEdit(
        a_ticket(),
        state_id="S1",
        priority_id="High",
        assign=True,
        assignee=Person("Jane", "jane@x.nl", "M1"),
        fields={"subject": "New", "isPrivate": "true"},
    )
    assert mapping.changes(edit) == {
        "statusId": "S1",
        "priorityName": "High",
        "assignedAgentEmail": "jane@x.nl",
        "title": "New",
        "isPrivate": True,
    }
    by_id = TicketEdit(a_ticket(), assign=True, assignee=Person(id="M1"))
    assert mapping.changes(by_id) == {"assignedAgentId": "M1"}
    assert mapping.changes(TicketEdit(a_ticket())) == {}


@pytest.mark.parametrize(
    "edit",
    [
        TicketEdit(a_ticket(), assign=True, assignee=None),
        TicketEdit(a_ticket(), fields={"Colour": "red"}),
        TicketEdit(a_ticket(), fields={"typeId": ""}),
        TicketEdit(a_ticket(), fields={"subject": ""}),
    ],
)
def test_what_no_document_shows_is_refused_before_anything_leaves(edit):
    with pytest.raises(NotPossible):
        mapping.changes(edit)


def test_a_new_ticket_carries_its_key_and_tells_custom_fields_apart():
    fields: dict[str, FieldValue] = {
        "title": "Hi",
        "requestorEmail": "a@x.nl",
        "teamId": "T",
        "description": "",
        "dueDate": "2026-12-01T09:00+01:00",
        "isPrivate": False,
        "CF1": "x",
    }
    body = mapping.create_body(NewTicket(CommandId("key-1"), fields, NOW))
    assert body == {
        "deDuplicationKey": "key-1",
        "title": "Hi",
        "requestorEmail": "a@x.nl",
        "teamId": "T",
        "dueDate": "2026-12-01T08:00:00Z",
        "isPrivate": False,
        "customFieldValues": [{"fieldId": "CF1", "value": "x"}],
    }


@pytest.mark.parametrize(
    ("hours", "window"),
    [(0, "1d"), (23, "1d"), (24, "2d"), (47, "2d"), (49, "1w"), (24 * 8, "2w"), (24 * 60, "3m"), (24 * 90, "")],
)
def test_the_window_of_a_short_list_sync_reaches_back_far_enough(hours, window):
    assert mapping.date_range(timedelta(hours=hours)) == window


def test_a_substatus_takes_its_parents_meaning_only_where_its_own_label_says_nothing():
    statuses = read_items(
        wire.Status,
        [
            {"id": "S1", "name": "Closed"},
            {"id": "S2", "name": "Onzin", "parentStatusId": "S1"},
            {"id": "S3", "name": "dubbel", "displayName": "On hold", "parentStatusId": "S1"},
            {"id": "S4", "name": "Los", "parentStatusId": "nowhere"},
            {"id": "S5", "name": "Kring", "parentStatusId": "S5"},
            {"id": "S6", "name": "Open", "teamId": "OTHER"},
        ],
    )
    found = {choice.id: choice.state for choice in choices.states(statuses.models, "TEAM")}
    assert found == {
        "S1": State.CLOSED,
        "S2": State.CLOSED,
        "S3": State.ON_HOLD,
        "S4": State.OTHER,
        "S5": State.OTHER,
    }


def test_where_nothing_is_listed_tickets_and_earlier_knowledge_give_the_choices():
    seen = choices.ObservedValues()
    for data in (
        {"id": "1", "teamId": "A", "teamName": "Apples", "status": "Open", "statusId": "S1", "priority": "Sky high"},
        {"id": "2", "teamId": "B", "status": "Ripe", "typeId": "Y1", "type": "Bug", "teamName": "Pears"},
        {"id": "3", "teamId": "A", "teamName": "Apples", "typeId": "Y2", "type": "Bug"},
    ):
        seen.add(read_item(wire.Ticket, data).model)
    assert choices.groups_of(None, seen, (Group("C", "Cherries"),)) == (
        Group("A", "Apples"),
        Group("C", "Cherries"),
        Group("B", "Pears"),
    )
    assert choices.groups_of((), seen, ()) == (Group("A", "Apples"), Group("B", "Pears"))
    assert seen.state_id_is_name(Group("B", "Pears"), "Ripe")
    assert not seen.state_id_is_name(Group("A", "Apples"), "S1")
    assert choices.observed_states(seen, (), "B") == (StateChoice("Ripe", "Ripe", State.OTHER, "B"),)
    assert [choice.label for choice in choices.priorities(seen.priorities)] == [
        "Low",
        "Medium",
        "High",
        "Urgent",
        "Sky high",
    ]
    types = choices.extra_fields(seen, ())[0]
    assert dict(types.choices) == {"Y1": "Bug (Pears)", "Y2": "Bug (Apples)"}


def test_people_are_listed_once_and_only_active_ones():
    members = read_items(
        wire.Member,
        [
            {"id": "1", "name": "Bo", "email": "bo@x.nl"},
            {"id": "2", "name": "Bo", "email": "BO@x.nl", "isActive": True},
            {"id": "3", "name": "Al", "email": "al@x.nl", "isActive": False},
            {"id": "4", "name": "Cy"},
            {"name": "nobody"},
        ],
    ).models
    assert [person.name for person in choices.agents(members)] == ["Bo", "Cy"]


def test_reasons_are_given_for_what_thena_cannot_be_proven_to_do():
    assert set(INFO.cannot.values()) == {Reason.NOT_DOCUMENTED, Reason.NOT_IN_API}
    assert not INFO.can & INFO.cannot.keys()
