"""What closes, reopens and assigns a ticket, and what undoes it: one rule for every place that does it."""

from dataclasses import replace

import pytest
from tests.helpers.narrowing import instance, not_none
from tests.helpers.ticket_views import BOB, JANE, TICKET, capable, view_of

from deskhand.cli import naming
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, PriorityChoice, StateChoice
from deskhand.domain.commands import ArchiveTicket, Assign, ChangePriority, ChangeState, DispatchTicket, EditField
from deskhand.domain.ids import AccountId, VendorId
from deskhand.domain.tickets import Group, Person, Priority, State
from deskhand.services.decisions import AlreadySet, Irreversible, NotPossible
from deskhand.services.ticket_actions import (
    assign_to,
    assign_to_me,
    change_subject,
    change_to_state,
    choice_for_state,
    choose_priority,
    choose_state,
    closing_state,
    dispatch_to_named,
    inverse,
    is_already,
    is_final,
    question_before,
    read_ticket_name,
    set_assignee,
)

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
    assert isinstance(wish(closed), AlreadySet)


@pytest.fixture
def view_maker():
    def make(state: State, state_id: str):
        return view_of(replace(TICKET, state=state, state_id=state_id), capable(states=(OPEN, SOLVED, CLOSED)))

    return make


CLOSING = ChangeState("o", "c", "Closed", State.CLOSED)
PRIORITISED = replace(TICKET, priority_id="a", vendor_priority="Low", priority=Priority.LOW)


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
    assert (not isinstance(inverse(action, PRIORITISED, capabilities), Irreversible)) is back


def test_whose_a_ticket_was_is_not_given_back_where_it_was_not_known() -> None:
    unknown = replace(TICKET, assignee=None, assignee_told=False)
    assert isinstance(inverse(Assign(None, JANE), unknown, Capabilities(unassign=True)), Irreversible)


def test_reopening_takes_the_state_that_means_open() -> None:
    assert choice_for_state(TICKET, capable(states=(PENDING, SOLVED, OPEN)), State.OPEN) == OPEN
    assert choice_for_state(TICKET, capable(states=(PENDING, SOLVED)), State.OPEN) is None


def test_me_is_the_listed_agent_of_my_e_mail_however_it_is_written() -> None:
    view = view_of(replace(TICKET, assignee=BOB))
    view = replace(view, account=replace(view.account, me="Jane@Example.com"))
    assert assign_to_me(view) == Assign(BOB.email, JANE)


def test_me_may_be_somebody_whom_the_vendor_does_not_list() -> None:
    assert assign_to_me(view_of(TICKET, capable(agents=(BOB,)))) == Assign("", Person(email="jane@example.com"))


def test_without_my_e_mail_nothing_is_assigned_to_me() -> None:
    view = view_of()
    decision = assign_to_me(replace(view, account=replace(view.account, me="")))
    assert decision == NotPossible("Your e-mail at Retail EU is not set; edit the account.")
    with pytest.raises(naming.Unclear, match="Your e-mail"):
        naming.change("assignee", "me", TICKET, capable(), "")


def test_what_is_so_already_is_no_change() -> None:
    mine, nobodys = view_of(replace(TICKET, assignee=JANE)), view_of(TICKET)
    assert assign_to_me(mine) == AlreadySet("This ticket is assigned to you already.")
    assert set_assignee(view_of(replace(TICKET, assignee=BOB)), BOB) == AlreadySet(
        "This ticket is assigned to Bob Builder already."
    )
    assert isinstance(assign_to(None)(nobodys), AlreadySet)
    assert assign_to(None)(mine) == Assign(JANE.email, None)


def test_a_ticket_that_is_on_its_way_to_somebody_else_can_still_become_mine() -> None:
    """The vendor still has it as mine; what the agent sees is that it goes to Bob."""
    view = view_of(replace(TICKET, assignee=BOB))
    view = replace(view, confirmed=replace(TICKET, assignee=JANE))
    assert isinstance(assign_to_me(view), Assign)


def test_somebody_whom_the_vendor_does_not_list_is_refused_where_it_lists_people() -> None:
    assert assign_to(Person(email="who@example.com"))(view_of()) == NotPossible(
        "Retail EU does not know who@example.com."
    )


def test_a_ticket_is_named_by_the_longest_label_that_fits() -> None:
    short, long = (Account(AccountId(label), VendorId("thena"), label, "") for label in ("Shop", "Shop/EU"))
    assert read_ticket_name((short, long), "Shop/EU/17") == (long, "17")
    assert read_ticket_name((short, long), "Shop/17/2") == (short, "17/2")
    assert read_ticket_name((short, long), "Other/17") is None
    assert read_ticket_name((short, long), "17") is None


def test_choosing_what_the_screen_shows_changes_nothing_and_says_nothing():
    view = view_of(replace(TICKET, state_id="o", priority_id="p1", subject="Refund"))
    high = PriorityChoice("p1", "High", Priority.HIGH)
    for decide in (choose_state(OPEN), choose_priority(high), change_subject("Refund")):
        assert decide(view) == AlreadySet("")


def test_a_choice_is_compared_with_what_the_vendor_last_confirmed():
    view = replace(view_of(replace(TICKET, state_id="o")), confirmed=replace(TICKET, state_id="p", subject="Before"))
    assert instance(choose_state(CLOSED)(view), ChangeState).base == "p"
    assert instance(change_subject("After")(view), EditField).base == "Before"


def test_only_what_has_no_way_back_is_asked_about_first():
    view = view_of(replace(TICKET, subject="Refund", state=State.OPEN), capable(reopens=False))
    archiving = not_none(question_before(ArchiveTicket(), view))
    assert (archiving.title, archiving.verb) == ("Archive this record?", "Archive")
    assert "“Refund”" in archiving.detail
    closing = not_none(question_before(ChangeState("o", "c", "Closed", State.CLOSED), view))
    assert closing.title == "Close this ticket?"
    assert "no way back" in closing.detail
    assert question_before(ChangeState("o", "p", "Pending", State.PENDING), view) is None


def test_a_router_is_known_by_its_name_or_its_id_and_others_are_refused_with_the_names_there_are():
    view = view_of(capabilities=capable(routers=(("r1", "Round robin"), ("r2", "Sales"))))
    assert dispatch_to_named("Sales")(view) == dispatch_to_named("r2")(view) == DispatchTicket("r2", "Sales")
    assert dispatch_to_named("Lost")(view) == NotPossible("There is no such router. There are: Round robin, Sales.")
