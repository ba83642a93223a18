"""The way back from a change."""

from dataclasses import replace

import pytest
from tests.helpers.ticket_views import JANE, TICKET, capable

from deskhand.domain import undo_wording
from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    EditField,
    EditTags,
)
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.tickets import Priority, State
from deskhand.services.decisions import Irreversible
from deskhand.services.own_views import OwnView
from deskhand.services.ticket_actions import inverse
from deskhand.services.undo_steps import PinPart, pin_step, read_step, step, view_step

BEFORE = replace(
    TICKET,
    subject="Refund",
    state=State.OPEN,
    vendor_state="Open",
    state_id="1",
    priority=Priority.HIGH,
    vendor_priority="High",
    priority_id="p2",
    assignee=JANE,
    tags=("vip", "refund"),
    fields={"colour": "red"},
)


@pytest.mark.parametrize(
    ("action", "back", "words"),
    [
        (
            ChangeState("1", "4", "Closed", State.CLOSED),
            ChangeState("4", "1", "Open", State.OPEN),
            "Closed “Refund” at Retail EU",
        ),
        (
            ChangePriority("p2", "p0", "Low", Priority.LOW),
            ChangePriority("p0", "p2", "High", Priority.HIGH),
            "Set the priority of “Refund” at Retail EU to Low",
        ),
        (Assign(JANE.email, None), Assign("", JANE), "Assigned “Refund” at Retail EU to nobody"),
        (
            EditTags(("new", "vip"), ("refund", "old")),
            EditTags(("refund",), ("new",)),
            "Changed the tags of “Refund” at Retail EU: +new, +vip, −refund, −old",
        ),
        (
            EditField("subject", "Subject", "Refund", "Late refund"),
            EditField("subject", "Subject", "Late refund", "Refund"),
            "Changed Subject of “Refund” at Retail EU",
        ),
        (
            EditField("colour", "Colour", "red", "blue"),
            EditField("colour", "Colour", "blue", "red"),
            "Changed Colour of “Refund” at Retail EU",
        ),
        (ArchiveTicket(), None, "Archived “Refund” at Retail EU"),
    ],
)
def test_a_change_has_a_way_back_to_what_the_agent_saw_and_is_said_in_words(
    action: Action, back: Action | None, words: str
) -> None:
    undone = inverse(action, BEFORE, capable())
    assert isinstance(undone, Irreversible) if back is None else undone == back
    assert undo_wording.did(action, "Refund", "Retail EU") == words


def test_a_state_that_was_not_known_has_no_way_back() -> None:
    unknown = replace(BEFORE, state_id="")
    assert isinstance(
        inverse(ChangeState("", "4", "Closed", State.CLOSED), unknown, capable(reopens=True)), Irreversible
    )


@pytest.mark.parametrize(
    ("action", "was_done", "words"),
    [
        (ChangeState("4", "1", "open", State.OPEN), True, "Reopened “Refund” at Retail EU"),
        (ChangeState("2", "1", "open", State.OPEN), False, "Set “Refund” at Retail EU to open"),
        (ChangeState("1", "2", "on_hold", State.ON_HOLD), False, "Set “Refund” at Retail EU to on hold"),
    ],
)
def test_what_was_done_is_said_in_the_vendors_word(action: Action, words: str, *, was_done: bool) -> None:
    assert undo_wording.did(action, "Refund", "Retail EU", was_done=was_done) == words


def test_a_step_names_each_of_its_tickets_once_and_what_was_so_already_is_no_part_of_it() -> None:
    one, other = TicketKey(AccountId("a"), "1"), TicketKey(AccountId("a"), "2")
    made = pin_step({one: True, other: False}, pinned=True)
    assert made.what == "Pinned 1 ticket"
    assert made.tickets == (other,)
    assert not read_step({one: True}, unread=True).parts
    both = step("Both", (*made.parts, PinPart((one, other), pinned=True)))
    assert both.tickets == (other, one)
    assert view_step(None, OwnView("x", "VIP"), 0).what == "Made the view “VIP”"
    assert view_step(OwnView("x", "VIP"), None, 0).what == "Removed the view “VIP”"
    assert not both.final
