"""What closing and reopening mean: one rule for every place that does it."""

from dataclasses import replace

import pytest
from tests.helpers.narrowing import instance, not_none
from tests.helpers.ticket_views import JANE, TICKET, capable

from deskhand.cli import naming
from deskhand.domain.capabilities import Capabilities, StateChoice
from deskhand.domain.commands import ArchiveTicket, Assign, ChangePriority, ChangeState
from deskhand.domain.tickets import Group, Priority, State
from deskhand.services.bulk import change_to_state
from deskhand.services.closing import choice_for_state, closing_state, has_way_back, is_already, is_final

OPEN, PENDING = StateChoice("o", "Open", State.OPEN), StateChoice("p", "Pending", State.PENDING)
SOLVED, CLOSED = StateChoice("s", "Solved", State.SOLVED), StateChoice("c", "Closed", State.CLOSED)
CANCELLED = StateChoice("x", "Cancelled", State.CLOSED)
AT_SALES = replace(TICKET, group=Group("sales", "Sales"))


def choice(label: str, state: State, shelf: str | None = None) -> StateChoice:
    return StateChoice(f"{label}@{shelf}", label, state, shelf)


@pytest.mark.parametrize(
    ("states", "wanted"),
    [
        ((OPEN, SOLVED, CLOSED), CLOSED),
        ((OPEN, CLOSED, SOLVED), CLOSED),
        ((OPEN, PENDING, SOLVED), SOLVED),
        ((OPEN, CANCELLED, CLOSED), CLOSED),
        ((OPEN, SOLVED, CANCELLED), CANCELLED),
        ((OPEN, PENDING), None),
        ((), None),
    ],
)
def test_closing_is_closed_where_the_vendor_has_it_else_solved(states, wanted) -> None:
    can = capable(states=states)
    assert closing_state(TICKET, can) == wanted


def test_every_place_closes_a_ticket_alike() -> None:
    can = capable(states=(OPEN, SOLVED, CLOSED))
    by_line = naming.change("state", "closed", TICKET, can, "")
    assert isinstance(by_line, ChangeState)
    assert by_line.to == not_none(closing_state(TICKET, can)).id == "c"
    only_solved = capable(states=(OPEN, SOLVED))
    assert instance(naming.change("state", "closed", TICKET, only_solved, ""), ChangeState).to == "s"
    assert instance(naming.change("state", "solved", TICKET, can, ""), ChangeState).to == "s"
    assert instance(naming.change("state", "solved", TICKET, capable(states=(OPEN, CLOSED)), ""), ChangeState).to == "c"


def test_a_state_of_the_tickets_own_group_goes_before_one_named_for_all() -> None:
    everywhere, here, there = (
        choice("Done", State.CLOSED),
        choice("Won", State.CLOSED, "sales"),
        choice("Closed", State.CLOSED, "support"),
    )
    can = capable(states=(everywhere, here, there))
    assert closing_state(AT_SALES, can) == here
    assert closing_state(TICKET, can) == everywhere


@pytest.mark.parametrize(
    ("state", "target", "so"),
    [
        (State.CLOSED, CLOSED, True),
        (State.SOLVED, CLOSED, False),
        (State.CLOSED, SOLVED, True),
        (State.OPEN, OPEN, True),
        (State.PENDING, OPEN, False),
    ],
)
def test_a_ticket_is_so_already_in_a_state_that_means_the_same_or_more(state, target, *, so: bool) -> None:
    assert is_already(replace(TICKET, state=state, state_id="own"), target) is so


def test_a_solved_ticket_is_closed_and_a_closed_one_is_left_alone(view_maker) -> None:
    wish = change_to_state(State.CLOSED)
    solved, closed = view_maker(State.SOLVED, "s"), view_maker(State.CLOSED, "c")
    assert instance(wish(solved), ChangeState).to == "c"
    assert wish(closed) is None


@pytest.fixture
def view_maker():
    from tests.helpers.ticket_views import view_of

    def make(state: State, state_id: str):
        return view_of(replace(TICKET, state=state, state_id=state_id), capable(states=(OPEN, SOLVED, CLOSED)))

    return make


CLOSING = ChangeState("o", "c", "Closed", State.CLOSED)


@pytest.mark.parametrize(
    ("action", "capabilities", "final", "back"),
    [
        (CLOSING, Capabilities(reopens=False), True, False),
        (CLOSING, Capabilities(reopens=True), False, True),
        (ChangeState("o", "p", "Pending", State.PENDING), Capabilities(reopens=False), False, True),
        (ArchiveTicket(), Capabilities(), True, False),
        (ChangePriority("a", "b", "High", Priority.HIGH), Capabilities(reopens=False), False, True),
        (Assign("", JANE), Capabilities(unassign=False), False, False),
        (Assign("", JANE), Capabilities(unassign=True), False, True),
    ],
)
def test_what_has_no_way_back_is_known_before_it_is_done(action, capabilities, *, final: bool, back: bool) -> None:
    assert is_final(action, TICKET, capabilities) is final
    assert has_way_back(action, TICKET, capabilities) is back


def test_whose_a_ticket_was_is_not_given_back_where_it_was_not_known() -> None:
    unknown = replace(TICKET, assignee=None, assignee_told=False)
    assert not has_way_back(Assign(None, JANE), unknown, Capabilities(unassign=True))


def test_reopening_takes_the_state_that_means_open() -> None:
    assert choice_for_state(TICKET, capable(states=(PENDING, SOLVED, OPEN)), State.OPEN) == OPEN
    assert choice_for_state(TICKET, capable(states=(PENDING, SOLVED)), State.OPEN) is None
