"""What may stand in a step of a macro, and how it is said."""

import pytest

from deskhand.services.macro_steps import MacroStep, StepKind, in_order, tags_of, wrong_steps

REPLY, CLOSED = MacroStep(StepKind.REPLY, "Hi {name}"), MacroStep(StepKind.STATE, "closed")


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (StepKind.REPLY, " \n", "no text"),
        (StepKind.REPLY, "x" * 50_001, "at most 50,000"),
        (StepKind.STATE, "done", "A state is one of open"),
        (StepKind.VENDOR_STATE, "", "missing"),
        (StepKind.PRIORITY, "highest", "A priority is one of urgent"),
        (StepKind.ASSIGN, "", "me, nobody or an e-mail"),
        (StepKind.ASSIGN, "omar", "omar"),
        (StepKind.ADD_TAGS, " , ", "No tag"),
        (StepKind.LATER, "", "until when"),
        (StepKind.LATER_KEEP, "reply", "do not fit"),
    ],
)
def test_what_is_wrong_with_a_step_is_said(kind, value, said) -> None:
    assert said in MacroStep(kind, value).problem


@pytest.mark.parametrize(
    "step",
    [
        REPLY,
        CLOSED,
        MacroStep(StepKind.VENDOR_STATE, "in_progress"),
        MacroStep(StepKind.ASSIGN, "me"),
        MacroStep(StepKind.ASSIGN, "omar@example.com"),
        MacroStep(StepKind.REMOVE_TAGS, "a, b"),
        MacroStep(StepKind.LATER, "reply"),
        MacroStep(StepKind.READ),
    ],
    ids=lambda step: step.title,
)
def test_what_fits_has_a_title_and_nothing_wrong(step) -> None:
    assert step.problem == ""
    assert step.title


def test_the_reply_goes_first_and_the_rest_stay_in_order() -> None:
    tags = MacroStep(StepKind.ADD_TAGS, "refund")
    assert in_order((CLOSED, tags, REPLY)) == (REPLY, CLOSED, tags)


def test_a_macro_sets_one_state_and_has_one_reply() -> None:
    assert "second state" in wrong_steps((CLOSED, MacroStep(StepKind.VENDOR_STATE, "Done")))
    assert "second reply" in wrong_steps((REPLY, REPLY))
    assert wrong_steps(()) == "It has no step."
    assert wrong_steps((MacroStep(StepKind.ADD_TAGS, "a"), MacroStep(StepKind.ADD_TAGS, "b"))) == ""


def test_tags_are_parted_by_commas_each_once() -> None:
    assert tags_of(" a, b ,,a ") == ("a", "b")
    assert MacroStep(StepKind.ADD_TAGS, "a,b").title == "tags +a +b"
    long = MacroStep(StepKind.REPLY, "word " * 40).title
    assert long.startswith("reply “word")
    assert len(long) < 60
