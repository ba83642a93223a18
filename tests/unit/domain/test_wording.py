"""Sentences that follow each other."""

from datetime import timedelta

import pytest

from deskhand.domain import wording
from deskhand.domain.commands import (
    AddNote,
    ArchiveTicket,
    Assign,
    ChangePriority,
    ChangeState,
    CreateTicket,
    DispatchTicket,
    EditField,
    EditTags,
    PushRecord,
    SendReply,
    UploadFile,
)
from deskhand.domain.ids import BlobId
from deskhand.domain.problems import (
    AppliedDifferently,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    Offline,
    SignInNeeded,
    Stale,
    Throttled,
    VendorDown,
)
from deskhand.domain.threads import OutgoingFile
from deskhand.domain.tickets import Priority, State

FILE = OutgoingFile(BlobId("b"), "plan.pdf", 3, "application/pdf", "")
ACTIONS = (
    SendReply("x"),
    AddNote("x"),
    ChangeState("a", "b", "B", State.OPEN),
    ChangePriority("a", "b", "B", Priority.LOW),
    Assign("", None),
    EditTags(("x",)),
    EditField("x", "X", "", "1"),
    CreateTicket("x"),
    ArchiveTicket(),
    DispatchTicket("r", "R"),
    UploadFile("m", FILE),
    PushRecord("contact", "1"),
)


@pytest.mark.parametrize("detail", ["content is too short", "content is too short."])
def test_a_vendors_words_end_before_ours_begin(detail):
    assert wording.problem(Invalid(detail, status=400), "Thena") == (
        "Thena refused this (400). It said: content is too short."
    )


def test_what_became_of_the_agents_own_words_is_said_of_what_has_some():
    refused = Invalid("not allowed here", status=422)
    said = {
        type(action): wording.refused(refused, "Thena", action).partition("not allowed here. ")[2] for action in ACTIONS
    }
    assert said[SendReply] == said[AddNote] == "Your text is kept."
    assert said[UploadFile] == "The file is kept."
    assert said[CreateTicket] == said[PushRecord] == said[EditField] == "What you typed is kept."
    for change in (ChangeState, ChangePriority, Assign, EditTags, ArchiveTicket, DispatchTicket):
        assert said[change] == "Nothing was changed."


def test_a_note_that_was_published_does_not_claim_that_nothing_happened():
    published = AppliedDifferently("Thena kept this note as a reply.")
    assert wording.refused(published, "Thena", AddNote("x")) == "Thena kept this note as a reply."


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Invalid("This is not an address.", fields={"base_url": "This is not an address."}), "This is not an address."),
        (Invalid(fields={"title": "is needed"}), "title: is needed."),
        (
            SignInNeeded("There are no credentials for Acme in the keyring."),
            "There are no credentials for Acme in the keyring.",
        ),
        (SignInNeeded("the key holds a space"), "The key holds a space."),
        (NotFound("There is no such account any more."), "There is no such account any more."),
    ],
)
def test_what_was_found_on_this_computer_does_not_say_that_a_vendor_refused_it(problem, sentence):
    assert wording.problem(problem, "Thena") == sentence


@pytest.mark.parametrize("kind", [Invalid, SignInNeeded, NotAllowed, NotInPlan, NotFound, Stale])
def test_what_a_vendor_answered_names_the_vendor_its_code_and_its_words(kind):
    sentence = wording.problem(kind("because of reasons", status=418), "Thena")
    assert "Thena" in sentence
    assert "(418)" in sentence
    assert "It said: because of reasons." in sentence


def test_a_pause_is_named_as_one_only_where_the_vendor_asked_for_it():
    wait = timedelta(seconds=30)
    assert wording.problem(Throttled(wait), "Thena").startswith("Thena asked for a pause (429).")
    before = Throttled(wait, "the token could not be had: answered 502", status=502)
    assert wording.problem(before, "Thena").startswith("Thena cannot be used right now (502): the token")
    assert wording.problem(Throttled(wait, "no answer came in time", status=None), "Thena").startswith(
        "Thena cannot be used"
    )


def test_a_connection_that_broke_is_not_called_a_problem_of_the_vendors_own():
    assert wording.problem(VendorDown("the connection broke"), "Thena").startswith(
        "Thena gave no whole answer: the conn"
    )
    assert wording.problem(VendorDown("answered 500", status=500), "Thena").startswith(
        "Thena has a problem of its own (500)"
    )


def test_what_goes_on_by_itself_says_so_and_what_was_asked_once_says_that():
    assert wording.problem(Offline("no route"), "Thena").endswith("It is tried again by itself.")
    assert wording.problem(Offline("no route"), "Thena", goes_on=False).endswith("Try again.")
