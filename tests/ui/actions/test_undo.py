"""The way back from a change."""

from dataclasses import replace

import pytest
from tests.helpers.ticket_views import JANE, TICKET, capable

from deskhand.domain.commands import (
    Action,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    EditField,
    EditTags,
)
from deskhand.domain.tickets import Priority, State
from deskhand.services.ticket_actions import Irreversible, inverse
from deskhand.ui.actions.undo import done_message

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
            "State set to Closed.",
        ),
        (
            ChangePriority("p2", "p0", "Low", Priority.LOW),
            ChangePriority("p0", "p2", "High", Priority.HIGH),
            "Priority set to Low.",
        ),
        (Assign(JANE.email, None), Assign("", JANE), "Assigned to nobody."),
        (EditTags(("new", "vip"), ("refund", "old")), EditTags(("refund",), ("new",)), "Tags changed."),
        (
            EditField("subject", "Subject", "Refund", "Late refund"),
            EditField("subject", "Subject", "Late refund", "Refund"),
            "Subject changed.",
        ),
        (
            EditField("colour", "Colour", "red", "blue"),
            EditField("colour", "Colour", "blue", "red"),
            "Colour changed.",
        ),
        (ArchiveTicket(), None, ""),
    ],
)
def test_a_change_has_a_way_back_to_what_the_agent_saw_and_is_said_in_words(
    action: Action, back: Action | None, words: str
) -> None:
    undone = inverse(action, BEFORE, capable())
    assert isinstance(undone, Irreversible) if back is None else undone == back
    assert done_message(action) == words


def test_a_state_that_was_not_known_has_no_way_back() -> None:
    unknown = replace(BEFORE, state_id="")
    assert isinstance(
        inverse(ChangeState("", "4", "Closed", State.CLOSED), unknown, capable(reopens=True)), Irreversible
    )
