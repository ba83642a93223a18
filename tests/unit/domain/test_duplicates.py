"""What a vendor told twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskhand.domain import duplicates
from deskhand.domain.capabilities import (
    BodyFormat,
    Capabilities,
    FormField,
    PriorityChoice,
    RecordForm,
    StateChoice,
)
from deskhand.domain.threads import Attachment, HistoryEntry, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Group, Person, Priority, State

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FILE = Attachment("f1", "plan.pdf", 10)


def said(remote: str = "m1", body: str = "Where is it?", **values) -> RemoteMessage:
    given = {"author": Person("Ada", "ada@x.test"), "side": Side.CUSTOMER, "created_at": AT, **values}
    return RemoteMessage(
        remote, given.pop("author"), given.pop("side"), Visibility.PUBLIC, body, BodyFormat.PLAIN, **given
    )


def merged(*messages: RemoteMessage, **values) -> RemoteThread:
    return duplicates.thread(RemoteThread(messages, **values))[0]


def test_a_message_that_is_told_twice_is_one_and_that_is_counted():
    thread, count = duplicates.thread(RemoteThread((said(), said("m2"), said())))
    assert [message.id for message in thread.messages] == ["m1", "m2"]
    assert count == 1


def test_a_message_that_was_edited_between_two_pages_is_as_it_was_told_last():
    assert [message.body for message in merged(said(), said(body="Where is it now?")).messages] == ["Where is it now?"]


def test_two_messages_behind_one_id_are_both_stored():
    other = said(body="Cancel it.", created_at=AT + timedelta(hours=1))
    both = merged(said(), other, said(), other).messages
    assert [(message.id, message.body) for message in both] == [("m1", "Where is it?"), ("m1~2", "Cancel it.")]
    assert merged(*both).messages == both


def test_files_of_a_repeated_message_are_joined_and_each_has_a_name_of_its_own():
    other = replace(FILE, name="photo.png")
    for told in ((said(attachments=(FILE, FILE)), said(attachments=(FILE, other))), (said(attachments=(FILE, other)),)):
        (message,) = merged(*told).messages
        assert [(file.name, file.id) for file in message.attachments] == [("plan.pdf", "f1"), ("photo.png", "f1~2")]


def test_files_without_ids_are_not_taken_for_one():
    files = tuple(Attachment("", name) for name in ("a.png", "b.png"))
    assert merged(said(attachments=files)).messages[0].attachments == files


def test_an_event_of_the_history_that_is_told_twice_is_one():
    event = HistoryEntry(AT, "closed", "Ada")
    later = replace(event, at=AT + timedelta(hours=1))
    assert merged(history=(event, later, event)).history == (event, later)


def test_what_is_told_once_stays_as_it_is():
    thread = RemoteThread((said(), said("m2")), history=(HistoryEntry(AT, "closed"),))
    assert duplicates.thread(thread) == (thread, 0)


def test_every_choice_is_offered_once():
    state, priority = StateChoice("open", "Open", State.OPEN), PriorityChoice("1", "High", Priority.HIGH)
    agent, group = Person("Ada", "ada@x.test", "7"), Group("b1", "Brand")
    field = FormField("brand", "Brand", choices=(("b1", "Brand"), ("b1", "Brand")))
    once = duplicates.capabilities(
        Capabilities(
            states=(state, state, replace(state, group="b1")),
            priorities=(priority,) * 2,
            agents=(agent, agent, Person(email="grace@x.test")),
            groups=(group, group),
            create_form=(field, field),
            custom_fields=(field, field),
            routers=(("r", "Router"),) * 2,
            records=(RecordForm("contact", "Contact", (field, field)),) * 2,
        )
    )
    single = replace(field, choices=(("b1", "Brand"),))
    assert once.states == (state, replace(state, group="b1"))
    assert once.priorities == (priority,)
    assert [each.shown for each in once.agents] == ["Ada", "grace@x.test"]
    assert (once.groups, once.routers) == ((group,), (("r", "Router"),))
    assert once.create_form == once.custom_fields == (single,)
    assert once.records == (RecordForm("contact", "Contact", (single,)),)
