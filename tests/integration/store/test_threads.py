from dataclasses import replace
from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    COLLEAGUE,
    MYSELF,
    START,
    a_message,
    a_page,
    a_thread,
    a_ticket,
    remote_message,
    remote_ticket,
)

from deskhand.domain.ids import TicketKey
from deskhand.domain.queries import TicketQuery
from deskhand.domain.threads import Attachment, HistoryEntry, Side, Visibility
from deskhand.domain.tickets import Turn

ONE = TicketKey(ACCOUNT, "1")
THEN = START - timedelta(days=2)


@pytest.fixture
async def ticket(store, seen):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN)))
    await store.tickets.set_read([ONE], unread=False)
    seen.clear()
    return ONE


def row(store):
    return store.lists.rows([ONE])[0]


async def test_a_conversation_comes_back_as_it_was_sanitized_with_its_raw_twin(store, ticket):
    message = a_message("m2", "Hello\nthere", html="<p>Hello</p>", attachments=(Attachment("f", "a.pdf", 3),))
    history = (HistoryEntry(START, "closed", "Grace"),)
    assert await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN), message, history=history)) == (
        "m2",
    )
    assert (await store.threads.messages(ONE))[1] == message
    assert (await store.threads.remote_messages(ONE))[1] == remote_message(message)
    assert await store.threads.history(ONE) == history
    assert row(store).has_files


async def test_which_messages_are_the_customers_is_known_without_reading_them(store, ticket):
    messages = (a_message("m1", created_at=THEN), a_message("m2", side=Side.AGENT), a_message("m3"))
    await store.threads.apply(ONE, *a_thread(*messages))
    stored = await store.threads.messages(ONE)
    assert (
        await store.threads.customer_message_ids(ONE)
        == {m.id for m in stored if m.side is Side.CUSTOMER}
        == {"m1", "m3"}
    )


async def test_the_same_conversation_again_is_no_change(store, ticket, seen):
    assert await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN))) == ()
    assert seen == []


async def test_a_complete_read_drops_what_the_vendor_deleted_and_a_partial_one_does_not(store, ticket):
    two = a_message("m2", created_at=START)
    await store.threads.apply(ONE, *a_thread(two, complete=False))
    assert [each.id for each in await store.threads.messages(ONE)] == ["m1", "m2"]
    await store.threads.apply(ONE, *a_thread(two))
    assert [each.id for each in await store.threads.messages(ONE)] == ["m2"]
    assert await store.lists.search("order", 5) != ()


async def test_what_was_deleted_is_not_found_any_more(store, ticket):
    await store.threads.apply(ONE, *a_thread(a_message("m2", "a peculiar pelican")))
    assert await store.lists.search("pelican", 5)
    await store.threads.apply(ONE, *a_thread(a_message("m2", "something else")))
    assert not await store.lists.search("pelican", 5)


async def test_a_customers_new_message_makes_the_ticket_unread_and_waiting(store, ticket):
    await store.threads.apply(ONE, *a_thread(a_message("m2", "Any news?"), complete=False))
    assert (row(store).unread, row(store).turn, row(store).snippet) == (True, Turn.US, "Any news?")


@pytest.mark.parametrize(
    ("side", "visibility"),
    [
        (Side.AGENT, Visibility.PUBLIC),
        (Side.AGENT, Visibility.INTERNAL),
        (Side.SYSTEM, Visibility.PUBLIC),
        (Side.CUSTOMER, Visibility.INTERNAL),
    ],
)
async def test_nothing_that_agents_or_machines_do_makes_it_unread(store, ticket, side, visibility):
    message = a_message("m2", "Done", author=COLLEAGUE, side=side, visibility=visibility, created_at=START)
    await store.threads.apply(ONE, *a_thread(message, complete=False))
    assert not row(store).unread


async def test_an_answer_ends_the_waiting_and_a_note_does_not(store, ticket):
    note = a_message("n", "secret", author=MYSELF, side=Side.AGENT, visibility=Visibility.INTERNAL, created_at=START)
    await store.threads.apply(ONE, *a_thread(note, complete=False))
    assert (row(store).turn, row(store).snippet) == (Turn.US, "Where is my order?")
    answer = a_message("a", "On its way", author=MYSELF, side=Side.AGENT, created_at=START)
    asked = a_message("m1", created_at=THEN)
    await store.threads.apply(ONE, *a_thread(asked, note, answer))
    assert (row(store).turn, row(store).snippet) == (Turn.THEM, "On its way")


async def test_the_first_read_of_an_old_conversation_is_no_news(store):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN)))
    assert not row(store).unread


async def test_unread_by_hand_stays_until_read_by_hand(store, ticket):
    await store.tickets.set_read([ONE], unread=True)
    await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN), a_message("x", side=Side.AGENT)))
    assert row(store).unread
    await store.tickets.set_read([ONE], unread=False)
    assert not row(store).unread
    assert store.lists.first_page(TicketQuery(unread=True), 5) == []


async def test_a_note_on_this_computer_stands_in_the_conversation_and_survives_a_read(store, ticket, seen):
    note = a_message(
        "note-1", "call back", author=MYSELF, side=Side.AGENT, visibility=Visibility.LOCAL, created_at=START
    )
    await store.threads.add_note(ONE, note)
    assert seen[-1].threads == {ONE}
    await store.threads.apply(ONE, *a_thread(a_message("m1", created_at=THEN)))
    assert (await store.threads.messages(ONE))[-1] == note
    await store.threads.remove_note(ONE, "another")
    await store.threads.remove_note(ONE, "note-1")
    assert seen[-1].threads == {ONE}
    assert [message.id for message in await store.threads.messages(ONE)] == ["m1"]


async def test_the_ticket_in_the_answer_is_stored_in_the_same_step(store, ticket, seen):
    remote = remote_ticket(a_ticket("1", subject="Renamed"))
    messages, thread = a_thread(a_message("m1", created_at=THEN))
    await store.threads.apply(ONE, messages, replace(thread, ticket=remote))
    assert len(seen) == 1
    assert row(store).subject == "Renamed"


async def test_reading_a_ticket_that_was_swept_away_meanwhile_is_nothing(store):
    assert await store.threads.apply(TicketKey(ACCOUNT, "none"), *a_thread(a_message())) == ()
