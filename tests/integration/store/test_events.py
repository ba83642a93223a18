"""What is told of a commit: each event once, none of a first import, none of what the agent did."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    COLLEAGUE,
    MYSELF,
    START,
    ManualClock,
    a_command,
    a_message,
    a_page,
    a_store,
    a_thread,
    a_ticket,
    an_account,
    remote_ticket,
    updated,
)

from deskhand.domain.changes import ChangeBus
from deskhand.domain.commands import Assign, DecisionReason, OutboxItem, PushRecord, SendReply
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.threads import Delivery, Side, Visibility
from deskhand.domain.tickets import State

ONE, TWO = TicketKey(ACCOUNT, "1"), TicketKey(ACCOUNT, "2")
LATER = START + timedelta(minutes=5)


def told(seen):
    """What happened since the last look, as (kind, ticket)."""
    events = [event for changes in seen for event in sorted(changes.events, key=lambda one: (one.kind, one.remote))]
    seen.clear()
    return [(event.kind, event.remote) for event in events]


@pytest.fixture
async def imported(store, seen, clock):
    """A first import of a ticket that is a day old, with its conversation."""
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.threads.apply(ONE, *a_thread(a_message("m1")))
    clock.advance(minutes=1)
    seen.clear()


async def test_nothing_of_a_first_import_is_told_also_not_while_its_conversations_are_read(store, seen, clock):
    recent = a_ticket("1", created_at=START - timedelta(hours=1), assignee=MYSELF)
    await store.tickets.apply(ACCOUNT, a_page(recent, last=False))
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("2", state=State.SOLVED)))
    clock.advance(minutes=2)
    for key in (ONE, TWO):
        await store.threads.apply(
            key, *a_thread(a_message("m1"), a_message("m2", created_at=START - timedelta(seconds=1)))
        )
    assert store.lists.rows([ONE])[0].unread
    assert told(seen) == []


async def test_a_ticket_made_after_the_import_is_told_once_and_its_first_message_is_no_reply(store, seen, imported):
    new = a_ticket("2", created_at=LATER, updated_at=LATER)
    await store.tickets.apply(ACCOUNT, a_page(new))
    await store.tickets.apply(ACCOUNT, a_page(new))
    await store.threads.apply(TWO, *a_thread(a_message("m1", created_at=LATER)))
    assert told(seen) == [(EventKind.NEW, "2")]


async def test_an_old_ticket_that_only_now_comes_into_the_list_is_no_new_one(store, seen, imported):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("2")))
    assert told(seen) == []


async def test_a_new_ticket_that_is_mine_already_is_told_as_both(store, seen, imported):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("2", created_at=LATER, assignee=MYSELF)))
    assert told(seen) == [(EventKind.ASSIGNED, "2"), (EventKind.NEW, "2")]


@pytest.mark.parametrize("automatic", [{"text": "This is an automatic reply."}, {"automatic": True}])
async def test_an_automatic_reply_is_new_and_not_told_and_ends_no_waiting_for_a_reply(store, seen, imported, automatic):
    await store.later.put({ONE: LaterMark(None)})
    seen.clear()
    absent = a_message("m2", created_at=LATER, **automatic)
    await store.threads.apply(ONE, *a_thread(a_message("m1"), absent))
    assert told(seen) == []
    assert store.lists.rows([ONE])[0].unread
    assert store.lists.rows([ONE])[0].is_away
    answer = a_message("m3", created_at=LATER)
    await store.threads.apply(ONE, *a_thread(a_message("m1"), absent, answer))
    assert (EventKind.REPLIED, "1") in told(seen)
    assert not store.lists.rows([ONE])[0].is_away


async def test_what_a_customer_adds_is_told_and_what_an_agent_or_a_note_adds_is_not(store, seen, imported):
    first, reply = a_message("m1"), a_message("m2", created_at=LATER)
    await store.threads.apply(ONE, *a_thread(first, reply))
    assert told(seen) == [(EventKind.REPLIED, "1")]
    agent = a_message("m3", side=Side.AGENT, created_at=LATER)
    note = a_message("m4", side=Side.AGENT, visibility=Visibility.INTERNAL, created_at=LATER)
    await store.threads.apply(ONE, *a_thread(first, reply, agent, note))
    assert told(seen) == []


async def test_a_reply_is_told_where_its_conversation_was_not_read_before(store, seen, clock):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    clock.advance(minutes=1)
    await store.threads.apply(ONE, *a_thread(a_message("m1"), a_message("m2", created_at=LATER)))
    assert told(seen) == [(EventKind.REPLIED, "1")]


async def test_the_same_reply_is_not_told_again_after_a_restart(tmp_path):
    seen: list[Event] = []
    bus = ChangeBus()
    bus.subscribe(lambda changes: seen.extend(changes.events))
    clock = ManualClock()
    conversation = a_thread(a_message("m1"), a_message("m2", created_at=LATER))
    async with a_store(tmp_path, clock=clock, change_bus=bus) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        await store.threads.apply(ONE, *a_thread(a_message("m1")))
        await store.threads.apply(ONE, *conversation)
    async with a_store(tmp_path, clock=clock, change_bus=bus) as store:
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        await store.threads.apply(ONE, *conversation)
    assert [event.kind for event in seen] == [EventKind.REPLIED]


async def test_a_ticket_that_somebody_gives_me_is_told_and_one_that_i_take_is_not(store, seen, imported):
    await store.outbox.submit(a_command(Assign("", MYSELF), ONE), hold_until=None)
    mine = updated(a_ticket("1"), assignee=MYSELF)
    await store.tickets.apply(ACCOUNT, a_page(mine))
    assert told(seen) == []
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("2")))
    await store.tickets.apply(ACCOUNT, a_page(updated(a_ticket("2"), assignee=COLLEAGUE)))
    assert told(seen) == []
    await store.tickets.apply(ACCOUNT, a_page(updated(a_ticket("2"), assignee=MYSELF)))
    assert told(seen) == [(EventKind.ASSIGNED, "2")]


async def test_an_assignee_that_a_later_answer_tells_of_an_old_ticket_is_no_news(store, seen, clock):
    known = frozenset({"subject", "state", "vendor_state", "created_at"})
    partial = remote_ticket(a_ticket("1"), known=known)
    page = a_page()
    await store.tickets.apply(ACCOUNT, type(page)((partial,), "end", last=True))
    clock.advance(minutes=1)
    await store.tickets.put(remote_ticket(a_ticket("1", assignee=MYSELF)))
    assert told(seen) == []


async def test_another_state_is_told_with_the_vendors_label(store, seen, imported):
    await store.tickets.apply(ACCOUNT, a_page(updated(a_ticket("1"), state=State.PENDING, vendor_state="Waiting")))
    (event,) = {event for changes in seen for event in changes.events}
    assert event == Event(EventKind.STATE, ACCOUNT, "1", "Waiting")


async def test_what_was_not_sent_is_told_once_with_its_ticket_or_without_one(store, seen, imported):
    reply = a_command(SendReply("Hello"), ONE)
    record = a_command(PushRecord("contact", "7"), ONE, ticket=None)
    for command in (reply, record):
        await store.outbox.submit(command, hold_until=None)
    for command in (reply, record):
        item = OutboxItem(command, Delivery.FAILED, problem="The file is too large.")
        await store.outbox.update(item)
        await store.outbox.update(item)
        ask = OutboxItem(command, Delivery.NEEDS_DECISION, decision=DecisionReason.THREAD_CHANGED)
        await store.outbox.update(ask)
    assert told(seen) == [(EventKind.SEND_FAILED, "1"), (EventKind.SEND_FAILED, "")]
