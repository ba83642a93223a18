"""Which items are due: in order within a ticket, side by side across tickets, and never past what they wait for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.commands import ChangeState, Command, CreateTicket, DecisionReason, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State
from deskhand.sync.queueing import due_items, moving

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = AccountId("acme")
A, B = TicketKey(ACCOUNT, "a"), TicketKey(ACCOUNT, "b")
SOLVE = ChangeState("open", "solved", "Solved", State.SOLVED)


def item(name: str, key: TicketKey | None = A, delivery: Delivery = Delivery.QUEUED, action=None, after=None, **more):
    command = Command(CommandId(name), ACCOUNT, key, action or SendReply("Hello"), NOW, after and CommandId(after))
    return OutboxItem(command, delivery, **more)


def due(*items: OutboxItem, busy=(), before=None) -> list[str]:
    known = {i.command.id: i.delivery for i in items} | (before or {})
    return [i.command.id for i in due_items(items, NOW, busy, known).due]


def test_one_item_of_each_ticket_goes_and_the_oldest_first():
    assert due(item("1"), item("2"), item("3", B), item("4", None), item("5", None)) == ["1", "3", "4", "5"]


def test_an_unknown_outcome_holds_up_its_own_ticket_only():
    waiting = item("1", delivery=Delivery.UNKNOWN, not_before=NOW + timedelta(seconds=3))
    assert due(waiting, item("2"), item("3", B)) == ["3"]
    assert due_items((waiting,), NOW, (), {}).next_at == NOW + timedelta(seconds=3)


def test_what_is_held_for_undo_goes_when_its_time_has_come_and_not_before():
    held = item("1", delivery=Delivery.HELD, hold_until=NOW + timedelta(seconds=10))
    assert due(held) == []
    assert [i.command.id for i in due_items((held,), NOW + timedelta(seconds=10), (), {}).due] == ["1"]


def test_a_question_lets_later_items_pass_but_not_what_comes_after_it():
    asking = item("1", delivery=Delivery.NEEDS_DECISION, decision=DecisionReason.THREAD_CHANGED)
    assert due(asking, item("2", action=SOLVE, after="1"), item("3")) == ["3"]


def test_the_state_waits_until_its_reply_is_sent():
    state = item("2", action=SOLVE, after="1")
    assert due(item("1", delivery=Delivery.SENDING), state, busy={A}) == []
    assert due(state, before={CommandId("1"): Delivery.SENT}) == ["2"]
    assert due(state, before={}) == ["2"]  # sent so long ago that it was forgotten


def test_a_ticket_that_could_not_be_made_holds_up_everything_for_it():
    local = TicketKey(ACCOUNT, "new-1")
    made = item("1", local, Delivery.FAILED, CreateTicket("Broken"))
    assert due(made, item("2", local)) == []


def test_nothing_moves_by_itself_behind_what_waits_for_the_agent():
    local = TicketKey(ACCOUNT, "new-1")
    items = (
        item("1", delivery=Delivery.FAILED),
        item("2", action=SOLVE, after="1"),
        item("3", action=SOLVE, after="2"),
        item("4", B),
        item("5", local, Delivery.NEEDS_DECISION, CreateTicket("Broken")),
        item("6", local),
    )
    assert [i.command.id for i in moving(items)] == ["4"]


DELIVERIES = [d for d in Delivery if d is not Delivery.SENT]


@st.composite
def queues(draw):
    return tuple(
        item(
            str(number),
            draw(st.sampled_from([A, B, None])),
            draw(st.sampled_from(DELIVERIES)),
            after=draw(st.sampled_from([None, *map(str, range(number))])),
            not_before=draw(st.sampled_from([None, NOW, NOW + timedelta(seconds=5)])),
            hold_until=NOW + timedelta(seconds=draw(st.integers(-5, 5))),
        )
        for number in range(draw(st.integers(0, 12)))
    )


@given(queues(), st.sets(st.sampled_from([A, B])))
def test_no_ticket_is_ever_sent_to_twice_at_a_time(items, busy):
    chosen = due_items(items, NOW, busy, {i.command.id: i.delivery for i in items})
    tickets = [i.command.ticket for i in chosen.due if i.command.ticket is not None]
    assert len(tickets) == len(set(tickets))
    assert not set(tickets) & busy
    assert not any(i.delivery.needs_agent for i in chosen.due)
    assert all(i.command.after is None for i in chosen.due)  # what they come after is in the queue, so it is not SENT


@given(queues())
def test_what_moves_by_itself_gets_due_or_waits_for_something_that_moves(items):
    able = {i.command.id for i in moving(items)}
    chosen = due_items(items, NOW + timedelta(days=1), (), {i.command.id: i.delivery for i in items})
    assert {i.command.id for i in chosen.due} <= able
    assert bool(able) == bool(chosen.due)


def test_a_clock_that_was_set_back_lets_nothing_wait_for_a_year():
    held = item("1", delivery=Delivery.HELD, hold_until=NOW + timedelta(days=365))
    put_off = item("2", B, not_before=NOW + timedelta(days=365))
    assert due(held, put_off) == ["1", "2"]
    asked_to_wait = item("3", not_before=NOW + timedelta(minutes=59))
    assert due(asked_to_wait) == []


def test_what_the_agent_paused_stands_still_with_all_that_comes_behind_it():
    paused = item("a", delivery=Delivery.HELD)
    behind, elsewhere = item("b"), item("c", B)
    assert due(paused, behind, elsewhere) == ["c"]
    assert [one.command.id for one in moving([paused, behind, elsewhere])] == ["c"]
