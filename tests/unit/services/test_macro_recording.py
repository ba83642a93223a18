"""What was done to a ticket, as steps for others."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.helpers.ticket_views import BOB, JANE, TICKET, view_of

from deskhand.content import typed_time
from deskhand.domain.commands import ArchiveTicket, Assign, ChangePriority, ChangeState, EditTags, SendReply
from deskhand.domain.tickets import Priority, State
from deskhand.services.macro_recording import as_typed, steps_of, with_places
from deskhand.services.macro_steps import MacroStep, StepKind

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "steps"),
    [
        (ChangeState("open", "closed", "Closed", State.CLOSED), [(StepKind.STATE, "closed")]),
        (ChangeState("open", "x", "Waiting for parts", State.OTHER), [(StepKind.VENDOR_STATE, "Waiting for parts")]),
        (ChangePriority("low", "urgent", "Urgent", Priority.URGENT), [(StepKind.PRIORITY, "urgent")]),
        (Assign("", JANE), [(StepKind.ASSIGN, "me")]),
        (Assign("", BOB), [(StepKind.ASSIGN, "bob@example.com")]),
        (Assign("", None), [(StepKind.ASSIGN, "nobody")]),
        (EditTags(("a", "b"), ("c",)), [(StepKind.ADD_TAGS, "a, b"), (StepKind.REMOVE_TAGS, "c")]),
        (SendReply("Hi Casey, about 10021."), [(StepKind.REPLY, "Hi {name}, about {number}.")]),
        (ArchiveTicket(), []),
    ],
)
def test_an_action_is_a_step_that_fits_other_tickets(action, steps) -> None:
    assert steps_of(action, view_of()) == tuple(MacroStep(kind, value) for kind, value in steps)


def test_only_whole_names_and_numbers_become_places() -> None:
    assert with_places("Casey Customer, 100210 and Caseys", TICKET) == "{full name}, 100210 and Caseys"


@pytest.mark.parametrize("hours", [2, 20, 44, 100, 24 * 30])
def test_a_time_is_written_so_that_it_is_read_as_the_same_day(hours) -> None:
    until = NOW + timedelta(hours=hours)
    answer = typed_time.read(as_typed(until, NOW, ZONE), NOW, ZONE)
    assert answer.only is not None, as_typed(until, NOW, ZONE)
    assert abs(answer.only.when - until) < timedelta(days=1)
