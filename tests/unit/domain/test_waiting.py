"""What an open item waits for, since when and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deskhand.domain.commands import ChangeState, Command, CreateTicket, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State
from deskhand.domain.waiting import CUT_SHORT, PAUSED, waiting

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SENT = MADE + timedelta(minutes=1)
NOW = MADE + timedelta(minutes=2)
LATER = MADE + timedelta(minutes=5)
SETTLE = timedelta(seconds=60)
KEY = TicketKey(AccountId("a"), "1")
REPLY = SendReply("Hello")
CLOSE = ChangeState("open", "closed", "Closed", State.CLOSED)


def an_item(delivery=Delivery.QUEUED, action=REPLY, *, name="c", after=None, key=KEY, **values):
    return replace(OutboxItem(Command(CommandId(name), key.account, key, action, MADE, after), delivery), **values)


def waits(item, *others, paused=False, settle=SETTLE, now=NOW):
    found = waiting(item, [*others, item], paused=paused, settle=settle, now=now)
    assert found is not None
    return found


def test_what_is_sent_waits_for_nothing():
    assert waiting(an_item(Delivery.SENT), [], paused=True, settle=SETTLE, now=NOW) is None


@pytest.mark.parametrize("delivery", [delivery for delivery in Delivery if delivery.is_open])
def test_whatever_is_open_says_what_for_and_since_when(delivery):
    for paused in (False, True):
        found = waits(an_item(delivery, last_sent=SENT), paused=paused)
        assert found.what
        assert MADE <= found.since <= NOW


def test_a_paused_account_is_named_as_what_is_waited_for():
    for delivery in (Delivery.QUEUED, Delivery.UNKNOWN):
        found = waits(an_item(delivery, problem="Thena asked for a pause."), paused=True)
        assert found.problem == PAUSED
        assert "resume" in found.what


def test_what_is_held_for_undo_goes_at_its_time():
    assert waits(an_item(Delivery.HELD, hold_until=LATER)).until == LATER


def test_a_problem_is_said_with_the_time_it_began_and_the_time_of_the_next_try():
    found = waits(an_item(problem="Thena asked for a pause.", waits_since=SENT, not_before=LATER))
    assert (found.problem, found.since, found.until) == ("Thena asked for a pause.", SENT, LATER)


def test_what_stands_behind_another_item_names_it():
    reply, change = an_item(), an_item(action=CLOSE, name="d", after=CommandId("c"))
    assert waits(change, reply).what == "the reply before it"
    assert waits(an_item(name="d"), reply).what == "the reply before it"
    assert waits(change, replace(reply, delivery=Delivery.NEEDS_DECISION)).what.endswith("which needs your decision")
    assert (
        waits(an_item(name="d"), replace(reply, delivery=Delivery.NEEDS_DECISION)).what
        == "its vendor, which has not answered yet"
    )
    made = an_item(Delivery.FAILED, CreateTicket("New"), name="d")
    assert waits(an_item(name="e"), made).what == "the new ticket before it, which needs your decision"
    other = an_item(name="d", key=replace(KEY, remote="2"))
    assert waits(other, reply, now=MADE).what == "its turn"


def test_an_unknown_outcome_is_looked_for_until_the_agent_is_asked():
    unknown = an_item(Delivery.UNKNOWN, last_sent=SENT, problem="Thena gave no clear answer.")
    assert waits(unknown).until == SENT + SETTLE
    assert waits(replace(unknown, waits_until=LATER), settle=None).until == LATER  # the same again, never a question


def test_what_a_crash_cut_short_says_so():
    assert waits(an_item(Delivery.UNKNOWN, last_sent=SENT)).problem == CUT_SHORT


def test_what_the_agent_paused_waits_for_the_agent_also_where_the_account_is_paused_too():
    held = an_item(Delivery.HELD)
    assert waits(held).what == waits(held, paused=True).what == "you to go on"
    assert waits(held).until is None
