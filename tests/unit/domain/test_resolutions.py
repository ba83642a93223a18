"""What may be decided about an outbox item, and under which labels."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from deskhand.domain.commands import (
    AddNote,
    ArchiveTicket,
    ChangeState,
    Command,
    CreateTicket,
    DecisionReason,
    EditField,
    OutboxItem,
    SendReply,
    UploadFile,
)
from deskhand.domain.ids import AccountId, BlobId, CommandId, TicketKey
from deskhand.domain.resolutions import options, refusal
from deskhand.domain.threads import Delivery, OutgoingFile, Resolution
from deskhand.domain.tickets import State

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FILE = OutgoingFile(BlobId("b"), "plan.pdf", 3, "application/pdf", "")
REPLY, NOTE = SendReply("Hello"), AddNote("Hello")
CHANGE = ChangeState("open", "closed", "Closed", State.CLOSED)


def an_item(action, delivery=Delivery.NEEDS_DECISION, **values) -> OutboxItem:
    command = Command(CommandId("c"), AccountId("a"), TicketKey(AccountId("a"), "1"), action, AT)
    return replace(OutboxItem(command, delivery), **values)


def doubtful(action, why=DecisionReason.MAY_HAVE_BEEN_SENT) -> OutboxItem:
    return an_item(action, decision=why, attempts=1, first_sent=AT, last_sent=AT)


def labels(item) -> list[str]:
    return [option.label for option in options(item)]


@pytest.mark.parametrize("action", [REPLY, NOTE])
def test_what_a_newer_message_stopped_has_not_left_and_cannot_have_been_sent(action):
    stopped = an_item(action, decision=DecisionReason.THREAD_CHANGED)
    assert labels(stopped) == ["Send anyway", "Edit", "Discard"]
    assert refusal(stopped, Resolution.WAS_SENT) == "Nothing was sent: it was stopped before it left."


@pytest.mark.parametrize("why", [DecisionReason.MAY_HAVE_BEEN_SENT, DecisionReason.NO_KEY_LEFT])
def test_it_was_sent_is_offered_after_a_try_whose_outcome_nobody_knows(why):
    assert labels(doubtful(REPLY, why)) == ["Send again", "It was sent", "Back to draft"]
    assert labels(doubtful(ArchiveTicket(), why)) == ["Do it again", "It was done", "Discard"]


@pytest.mark.parametrize("action", [REPLY, NOTE, CHANGE, CreateTicket("New"), EditField("x", "X", "", "1")])
@pytest.mark.parametrize("delivery", [Delivery.FAILED, Delivery.NEEDS_DECISION])
@pytest.mark.parametrize("why", [None, *DecisionReason])
def test_what_never_left_is_never_said_to_have_been_sent(action, delivery, why):
    item = an_item(action, delivery, decision=why)
    assert Resolution.WAS_SENT not in {option.how for option in options(item)}
    assert refusal(item, Resolution.WAS_SENT)


def test_what_was_refused_was_not_sent_although_it_was_tried():
    refused = an_item(REPLY, Delivery.FAILED, attempts=1, first_sent=AT, last_sent=AT)
    assert labels(refused) == ["Edit", "Try again", "Discard"]
    assert refusal(refused, Resolution.WAS_SENT) == "Nothing was sent: it was refused."


def test_a_colleagues_change_is_kept_or_written_over():
    assert labels(an_item(CHANGE, decision=DecisionReason.CHANGED_BY_OTHERS)) == [
        "Change it anyway",
        "Leave it as it is",
    ]


def test_a_file_that_the_vendor_takes_no_more_is_not_offered_to_be_sent_again():
    late = an_item(UploadFile("m1", FILE), decision=DecisionReason.WINDOW_PASSED)
    assert labels(late) == ["Put into a draft", "Discard"]
    assert "no more" in refusal(late, Resolution.AGAIN)


@pytest.mark.parametrize("delivery", [d for d in Delivery if not d.needs_agent])
def test_what_asks_nothing_takes_no_decision(delivery):
    item = an_item(REPLY, delivery)
    assert options(item) == ()
    assert all("does not need a decision" in refusal(item, how) for how in Resolution)


def test_the_arguments_of_the_command_line_are_taken_wherever_something_can_be_given_up():
    for item in (doubtful(REPLY), doubtful(ArchiveTicket()), an_item(CHANGE, Delivery.FAILED)):
        for how in (Resolution.AGAIN, Resolution.DRAFT, Resolution.DISCARD):
            assert refusal(item, how) == ""


def test_what_is_offered_is_allowed():
    for action in (REPLY, NOTE, CHANGE, UploadFile("m1", FILE)):
        for why in (None, *DecisionReason):
            for delivery in (Delivery.FAILED, Delivery.NEEDS_DECISION):
                item = an_item(action, delivery, decision=why, first_sent=AT)
                assert options(item)
                assert not any(refusal(item, option.how) for option in options(item))
