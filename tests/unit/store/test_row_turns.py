"""Whose turn it is in a ticket, by what was read, what the vendor's list tells and what is on its way."""

from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import ACCOUNT, ME, START, a_command, a_ticket

from deskhand.domain.commands import AddNote, OutboxItem, SendReply
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State, Turn
from deskhand.store.account_info import AccountInfo
from deskhand.store.encoding import millis
from deskhand.store.row_keys import TURN_CODES, TURNS, since_of_sort_key
from deskhand.store.rows import ConversationSummary, project_row

INFO = AccountInfo(1, ACCOUNT, ME, frozenset(), assigns=True, is_local_only=False, imported=True, full_sync=1)
PUSHED = AccountInfo(1, ACCOUNT, ME, frozenset(), assigns=True, is_local_only=True, imported=True, full_sync=1)
EARLY, LATE = START - timedelta(hours=3), START - timedelta(hours=1)


def read(turn, since=EARLY, **values):
    told = ConversationSummary(
        read_at=millis(START), stale=0, talked_at=millis(since), told_turn=TURN_CODES[turn], told_since=millis(since)
    )
    return told._replace(**values)


def turn_of(summary, *items, info=INFO, **values):
    row = project_row(info, 1, a_ticket(**values), items, summary, draft=None)
    return TURNS[row.turn], since_of_sort_key(row.wait_sort_key)


def a_reply(delivery, action=None):
    return OutboxItem(a_command(action or SendReply("Yes.")), delivery)


NOT_READ = ConversationSummary()


def test_a_conversation_that_was_not_read_says_nothing_and_is_never_taken_for_answered():
    assert turn_of(NOT_READ) == (Turn.UNKNOWN, None)
    assert turn_of(NOT_READ, agent_spoke_at=LATE) == (Turn.UNKNOWN, None)
    assert turn_of(NOT_READ, customer_spoke_at=EARLY, agent_spoke_at=LATE) == (Turn.UNKNOWN, None)


def test_a_vendors_list_tells_that_a_customer_waits():
    assert turn_of(NOT_READ, customer_spoke_at=LATE, agent_spoke_at=EARLY) == (Turn.US, LATE)


def test_what_was_read_counts_until_the_list_tells_of_a_newer_message_of_the_customer():
    answered = read(Turn.THEM, EARLY)
    assert turn_of(answered, customer_spoke_at=LATE) == (Turn.THEM, EARLY)
    assert turn_of(answered._replace(stale=1), customer_spoke_at=LATE) == (Turn.US, LATE)
    waiting = read(Turn.US, EARLY, stale=1)
    assert turn_of(waiting, customer_spoke_at=LATE) == (Turn.US, EARLY)  # the first unanswered one


@pytest.mark.parametrize("state", [State.SOLVED, State.CLOSED])
def test_what_is_done_waits_for_nobody_until_it_is_opened_again(state):
    assert turn_of(read(Turn.US), state=state) == (Turn.NOBODY, None)
    assert turn_of(read(Turn.US), state=State.OPEN) == (Turn.US, EARLY)
    assert turn_of(read(Turn.US), archived=True) == (Turn.NOBODY, None)
    assert turn_of(read(Turn.US, gone=1)) == (Turn.NOBODY, None)


@pytest.mark.parametrize("delivery", [Delivery.HELD, Delivery.QUEUED, Delivery.SENDING, Delivery.UNKNOWN])
def test_a_reply_on_its_way_turns_it_at_once(delivery):
    assert turn_of(read(Turn.US), a_reply(delivery)) == (Turn.THEM, START)


@pytest.mark.parametrize("delivery", [Delivery.FAILED, Delivery.NEEDS_DECISION])
def test_a_reply_that_does_not_leave_turns_nothing(delivery):
    assert turn_of(read(Turn.US), a_reply(delivery)) == (Turn.US, EARLY)


def test_a_note_on_its_way_turns_nothing():
    assert turn_of(read(Turn.US), a_reply(Delivery.QUEUED, AddNote("hm"))) == (Turn.US, EARLY)


def test_nothing_is_known_of_a_conversation_that_only_the_vendor_sees():
    assert turn_of(read(Turn.THEM), info=PUSHED) == (Turn.UNKNOWN, None)
    assert turn_of(read(Turn.THEM), info=PUSHED, state=State.CLOSED) == (Turn.NOBODY, None)
