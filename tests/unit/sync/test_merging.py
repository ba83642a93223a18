"""A change against what the vendor has now."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.narrowing import instance, not_none

from deskhand.domain.commands import Assign, ChangePriority, ChangeState, EditField, EditTags
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TicketEdit
from deskhand.domain.tickets import Person, Priority, State, Ticket
from deskhand.sync.merging import Conflict, Done, merge

ADA, GRACE = Person("Ada", "ada@example.com"), Person("Grace", "grace@example.com", "g1")
NOW = Ticket(
    TicketKey(AccountId("acme"), "1"),
    subject="Broken",
    state=State.OPEN,
    vendor_state="Open",
    state_id="s-open",
    priority=Priority.LOW,
    vendor_priority="Low",
    priority_id="p-low",
    assignee=GRACE,
    tags=("a", "b"),
    fields={"size": "L"},
)
SOLVE = ChangeState("s-open", "s-solved", "Solved", State.SOLVED)
RAISE = ChangePriority("p-low", "p-high", "High", Priority.HIGH)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (SOLVE, {"state_id": "s-solved"}),
        (RAISE, {"priority_id": "p-high"}),
        (Assign("grace@example.com", ADA), {"assign": True, "assignee": ADA}),
        (Assign("g1", None), {"assign": True, "assignee": None}),
        (EditTags(("c",), ("a",)), {"tags": ("b", "c")}),
        (EditField("size", "Size", "L", "XL"), {"fields": {"size": "XL"}}),
        (EditField("subject", "Subject", "Broken", "Mended"), {"fields": {"subject": "Mended"}}),
        (EditField("colour", "Colour", "", "red"), {"fields": {"colour": "red"}}),
    ],
)
def test_where_nobody_else_changed_it_only_the_change_is_written(change, written):
    assert merge(change, NOW, forced=False) == TicketEdit(NOW, **written)


@pytest.mark.parametrize(
    ("change", "theirs"),
    [
        (replace(SOLVE, base="s-new"), "Open"),
        (replace(RAISE, base="p-none"), "Low"),
        (Assign("ada@example.com", None), "Grace"),
        (Assign("", ADA), "Grace"),  # nobody had it when the agent took it; a colleague was quicker
        (EditField("size", "Size", "M", "XL"), "L"),
    ],
)
def test_a_colleagues_change_is_a_question_until_the_agent_insists(change, theirs):
    assert merge(change, NOW, forced=False) == Conflict(theirs)
    assert isinstance(merge(change, NOW, forced=True), TicketEdit)


@pytest.mark.parametrize(
    "change",
    [
        replace(SOLVE, base="x", to="s-open"),
        replace(SOLVE, to="Open"),
        replace(RAISE, base="x", to="p-low"),
        Assign("x", Person(email="GRACE@example.com")),
        EditTags(("a",), ("z",)),
        EditField("size", "Size", "M", "L"),
    ],
)
def test_what_is_so_already_needs_no_write(change):
    assert merge(change, NOW, forced=False) == Done()


def test_an_unassigned_ticket_is_taken_where_the_agent_saw_nobody():
    free = replace(NOW, assignee=None)
    assert merge(Assign("", ADA), free, forced=False) == TicketEdit(free, assign=True, assignee=ADA)
    assert merge(Assign("g1", ADA), free, forced=False) == Conflict("")
    assert merge(Assign("", None), free, forced=False) == Done()


@pytest.mark.parametrize("to", [ADA, None])
def test_a_ticket_that_was_not_known_to_be_somebodys_is_nobodys_quarrel(to):
    assert merge(Assign(None, to), NOW, forced=False) == TicketEdit(NOW, assign=True, assignee=to)


TAGS = st.lists(st.sampled_from("abcdef"), unique=True).map(tuple)


@given(TAGS, TAGS, TAGS)
def test_tags_of_colleagues_survive_and_a_second_time_changes_nothing(there, add, remove):
    removed = tuple(tag for tag in remove if tag not in add)
    change = EditTags(add, removed)
    now = replace(NOW, tags=there)
    written = merge(change, now, forced=False)
    after = there if isinstance(written, Done) else not_none(instance(written, TicketEdit).tags)
    assert set(after) == (set(there) - set(removed)) | set(add)
    assert merge(change, replace(NOW, tags=after), forced=False) == Done()
