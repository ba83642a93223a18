"""The schema of a NexusCore conversation is not printed, so every plausible one has to work and none may crash."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.narrowing import not_none

from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import RemoteThread, Side, Visibility
from deskhand.vendors.nexuscore import mapping
from deskhand.vendors.nexuscore.conversation import read_detail

KEY = TicketKey(AccountId("acc"), "tick_1")
HEAD = {"id": "tick_1", "subject": "Refund", "status": "open", "customer": {"email": "c@x.example", "name": "Casey"}}
ASKS = {"id": "m1", "author_type": "customer", "body": "Where is it?", "created_at": "2025-10-04T18:32:11Z"}
ANSWERS = {"id": "m2", "author_type": "agent", "body": "On its way.", "created_at": "2025-10-04T19:00:00Z"}


def read(data: object) -> RemoteThread:
    return mapping.thread(KEY, read_detail(data), {})


@pytest.mark.parametrize(
    "data",
    [
        {**HEAD, "messages": [ASKS, ANSWERS]},
        {**HEAD, "messages": [ANSWERS, ASKS]},
        {"data": {**HEAD, "messages": [ASKS, ANSWERS]}},
        {"data": {"ticket": HEAD, "conversation": [ASKS, ANSWERS]}},
        {"ticket": HEAD, "messages": {"data": [ASKS, ANSWERS], "next_cursor": None}},
        {"ticket": {**HEAD, "conversation": {"messages": [ASKS, ANSWERS]}}},
        {**HEAD, "conversation_history": [ASKS, ANSWERS]},
        {**HEAD, "thread": {"m1": {**ASKS, "id": "m1"}, "m2": {**ANSWERS, "id": "m2"}}},
        {**HEAD, "messages": {"m1": {k: v for k, v in ASKS.items() if k != "id"}, "m2": ANSWERS}},
        {**HEAD, "history": [ASKS, ANSWERS]},
        [{**HEAD, "comments": [ASKS, ANSWERS]}],
    ],
)
def test_the_conversation_is_found_wherever_it_lies(data):
    thread = read(data)
    assert [(said.id, said.side, said.body) for said in thread.messages] == [
        ("m1", Side.CUSTOMER, "Where is it?"),
        ("m2", Side.AGENT, "On its way."),
    ]
    assert thread.complete
    assert not_none(thread.ticket).ticket.subject == "Refund"


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ({"author_type": "customer"}, Side.CUSTOMER),
        ({"author": {"type": "agent", "email": "a@x.example"}}, Side.AGENT),
        ({"sender": {"role": "end_user"}}, Side.CUSTOMER),
        ({"direction": "outbound"}, Side.AGENT),
        ({"author": "c@x.example"}, Side.CUSTOMER),
        ({"author": "lee@support.example"}, Side.AGENT),
        ({"author_type": "automation"}, Side.SYSTEM),
        ({}, Side.SYSTEM),
    ],
)
def test_who_speaks_is_never_guessed_into_the_wrong_mouth(said, side):
    people = [{"email": "lee@support.example", "role": "agent"}]
    thread = read({**HEAD, "participants": people, "messages": [{"id": "m", "body": "x", **said}]})
    assert thread.messages[0].side is side


@pytest.mark.parametrize(
    ("said", "body", "kind"),
    [
        ({"body": "a < b"}, "a < b", BodyFormat.PLAIN),
        ({"body": "<p>Hi</p>"}, "<p>Hi</p>", BodyFormat.HTML),
        ({"body": "Hi", "body_html": "<p>Hi</p>"}, "<p>Hi</p>", BodyFormat.HTML),
        ({"body": {"text": "Hi", "html": "<p>Hi</p>"}}, "<p>Hi</p>", BodyFormat.HTML),
        ({"text": "Hi"}, "Hi", BodyFormat.PLAIN),
        ({"content": "&amp;", "format": "html"}, "&amp;", BodyFormat.HTML),
        ({"body": "<b>", "content_type": "text/plain"}, "<b>", BodyFormat.PLAIN),
    ],
)
def test_a_body_is_found_and_its_kind_is_known(said, body, kind):
    found = read({**HEAD, "messages": [{"id": "m", **said}]}).messages[0]
    assert (found.body, found.format) == (body, kind)


def test_what_only_colleagues_see_stays_a_note():
    for mark in ({"internal": True}, {"is_private": "true"}, {"visibility": "internal"}):
        thread = read({**HEAD, "messages": [{"id": "m", "body": "psst", **mark}]})
        assert thread.messages[0].visibility is Visibility.INTERNAL


def test_a_message_that_cannot_be_read_is_counted_said_and_stored(caplog):
    with caplog.at_level(logging.ERROR):
        thread = read({**HEAD, "messages": [ASKS, 7, {"id": "odd"}, None]})
    assert [said.id for said in thread.messages] == ["m1"]
    assert not thread.complete
    assert "3 of this conversation's messages" in thread.history[-1].what
    assert '"odd"' in not_none(thread.ticket).raw


def test_an_answer_without_any_conversation_takes_none_away():
    thread = read(HEAD)
    assert thread.messages == ()
    assert not thread.complete


def test_the_description_opens_a_conversation_that_lacks_it_and_no_other():
    told = {**HEAD, "description": "Where is it?", "created_at": "2025-10-04T18:00:00Z"}
    assert [said.body for said in read({**told, "messages": [ANSWERS]}).messages] == ["Where is it?", "On its way."]
    assert [said.id for said in read({**told, "messages": [ASKS, ANSWERS]}).messages] == ["m1", "m2"]


def test_messages_without_ids_have_the_same_name_at_every_read():
    bare = [{"body": "Thanks", "created_at": "2025-10-04T18:00:00Z"}] * 2 + [{"body": "Bye"}]
    names = [said.id for said in read({**HEAD, "messages": bare}).messages]
    assert len(set(names)) == 3
    assert names == [said.id for said in read({**HEAD, "messages": bare}).messages]


def test_the_audit_trail_is_told_in_sentences():
    trail = [
        {
            "at": "2025-10-04T18:32:11Z",
            "action": "status_changed",
            "from": "open",
            "to": "pending",
            "actor": {"name": "Lee"},
        },
        {"type": "assigned", "after": "lee@x.example"},
        "merged",
        5,
    ]
    history = read({**HEAD, "messages": [ASKS], "audit_trail": trail}).history
    assert [(entry.what, entry.who) for entry in history] == [
        ("status changed: open → pending", "Lee"),
        ("assigned: lee@x.example", ""),
        ("merged", ""),
    ]


def test_attachments_keep_what_is_told_of_them():
    files = [
        {"file_name": "a.txt", "content_type": "text/plain", "size": 5, "url": "https://x.example/a"},
        {"id": "att_2"},
        "att_3",
        9,
    ]
    found = read({**HEAD, "messages": [{"id": "m", "body": "", "attachments": files}]}).messages[0].attachments
    assert [(file.name, file.size, file.url) for file in found] == [
        ("a.txt", 5, "https://x.example/a"),
        ("att_2", None, ""),
        ("att_3", None, ""),
    ]


KEYS = [
    "id",
    "data",
    "ticket",
    "messages",
    "conversation",
    "history",
    "body",
    "author",
    "from",
    "created_at",
    "attachments",
    "participants",
    "audit_trail",
    "subject",
    "status",
    "customer",
    "tags",
    "text",
    "html",
    "to",
    "x",
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=25,
)


@given(JSON)
def test_no_shape_whatever_crashes(data):
    try:
        detail = read_detail(data)
    except ValueError:
        return  # which an answer turns into UnexpectedResponse
    thread = mapping.thread(KEY, detail, {})
    ids = [said.id for said in thread.messages]
    assert len(set(ids)) == len(ids)
    assert all(ids)
