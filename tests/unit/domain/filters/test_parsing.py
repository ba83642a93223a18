"""What is typed in the filter language is read as meant, or answered with the place and what would be right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.filter_strategies import filters

from deskhand.domain.filters.fields import FIELDS
from deskhand.domain.filters.parsing import MAX_DEPTH, MAX_LENGTH, FilterError, parse
from deskhand.domain.filters.syntax import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Dates,
    Duration,
    Field,
    Named,
    Not,
    Period,
    Term,
    Unit,
    Who,
)
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.tickets import Priority, State

IS = Comparison.IS
OPEN = Term(Field.STATE, IS, State.OPEN)
UNREAD = Term(Field.IS, IS, Attribute.UNREAD)
VIP = Term(Field.TAG, IS, Named("vip"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", All()),
        ("state:open", OPEN),
        ("STATE:Open", OPEN),
        ("is:unassigned", Term(Field.ASSIGNEE, IS, Who.NOBODY)),
        ("status:open is:unread", All((OPEN, UNREAD))),
        ("state:open and is:unread", All((OPEN, UNREAD))),
        ("state:on_hold", Term(Field.STATE, IS, State.ON_HOLD)),
        ('state:"Open"', Term(Field.STATE, IS, Named("Open", is_quoted=True))),
        ("state:triage", Term(Field.STATE, IS, Named("triage", is_quoted=True))),
        ("state:open or tag:vip is:unread", AnyOf((OPEN, All((VIP, UNREAD))))),
        ("(state:open or tag:vip) is:unread", All((AnyOf((OPEN, VIP)), UNREAD))),
        ("-tag:vip", Not(VIP)),
        ("NOT tag:vip", Not(VIP)),
        ("-(state:open or tag:vip)", Not(AnyOf((OPEN, VIP)))),
        ("--tag:vip", VIP),
        ("priority>=high", Term(Field.PRIORITY, Comparison.AT_LEAST, Priority.HIGH)),
        ("assignee:ME", Term(Field.ASSIGNEE, IS, Who.ME)),
        ("assignee:none", Term(Field.ASSIGNEE, IS, Who.NOBODY)),
        ('assignee:"me"', Term(Field.ASSIGNEE, IS, Named("me", is_quoted=True))),
        ("from:@x.com", Term(Field.REQUESTER, IS, Named("@x.com"))),
        ("waiting>4h", Term(Field.WAITING, Comparison.MORE, Duration(4, Unit.HOUR))),
        ("created:last-month", Term(Field.CREATED, IS, Period.LAST_MONTH)),
        ("created:2026-09", Term(Field.CREATED, IS, Dates(date(2026, 9, 1), 2))),
        ("before:2026-10-01", Term(Field.UPDATED, Comparison.LESS, Dates(date(2026, 10, 1), 3))),
        ("after:yesterday", Term(Field.UPDATED, Comparison.AT_LEAST, Period.YESTERDAY)),
        ("is:done", Term(Field.IS, IS, Attribute.CLOSED)),
        ('tag:"on hold"', Term(Field.TAG, IS, Named("on hold"))),
        ("where's", Term(Field.TEXT, IS, Named("where's"))),
        ('"a or b"', Term(Field.TEXT, IS, Named("a or b", is_quoted=True))),
        ("“a \\” b”", Term(Field.TEXT, IS, Named("a ” b", is_quoted=True))),
        ("https://x.test/a?b=1", Term(Field.TEXT, IS, Named("https://x.test/a?b=1"))),
        ("10:30", Term(Field.TEXT, IS, Named("10:30"))),
        ("e-mail", Term(Field.TEXT, IS, Named("e-mail"))),
        ("-", Term(Field.TEXT, IS, Named("-"))),
        ("tag:-x", Term(Field.TAG, IS, Named("-x"))),
    ],
)
def test_what_is_typed_is_read_as_meant(text, meant):
    assert parse(text) == meant


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        ("prio>=high", "prio", "There is no field “prio”. Did you mean priority?"),
        ("is:open reqester:ada", "reqester", "There is no field “reqester”. Did you mean requester?"),
        ("subject:", "subject:", "Nothing stands behind “subject:”. It takes a text of the subject."),
        ("subject: x", "subject:", "Nothing stands behind “subject:”."),
        ("tag>x", ">", "“tag” cannot be more or less. Write tag:x."),
        ("is:unraed", "unraed", "“is:” does not know “unraed”. Did you mean is:unread?"),
        ("is:draft", "draft", "Did you mean has:draft?"),
        ("priority>=P1", "P1", "“P1” stands in no order."),
        ("waiting>soon", "soon", "“soon” is no time."),
        ("created:last-mont", "last-mont", "Did you mean last-month?"),
        ("created:2026-13-01", "2026-13-01", "“2026-13-01” is no time."),
        ("waiting:4h", ":", "Say whether more or less: waiting>4h or waiting<4h."),
        ("before:4h", "4h", "“4h” is no date."),
        ("before>2026-01-01", ">", "“before” is a comparison already."),
        ("(is:open", "(", "This bracket is not closed."),
        ("is:open)", ")", "This bracket closes nothing."),
        ("is:open ()", "()", "Nothing stands in the brackets."),
        ("is:open or", "or", "Nothing stands behind “or”."),
        ("or is:open", "or", "Nothing stands before “or”."),
        ("is:open not", "not", "Nothing stands behind “not”."),
        ('is:open "abc', '"abc', "A quotation mark is not closed."),
        ("(" * (MAX_DEPTH + 1) + "x" + ")" * (MAX_DEPTH + 1), "(", "Too many brackets stand within each other."),
        ("x" * (MAX_LENGTH + 2), "xx", f"A filter has at most {MAX_LENGTH} characters."),
    ],
)
def test_a_mistake_is_shown_at_its_place_with_what_would_be_right(text, marked, said):
    error = parse(text)
    assert isinstance(error, FilterError)
    assert text[error.position : error.position + error.length] == marked
    assert said in str(error)
    assert error.problem.endswith(".")
    assert error.advice.endswith((".", "?"))


@given(filters())
def test_the_canonical_text_reads_back_to_the_same_filter(found):
    assert parse(unparse(found)) == found


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["(", ")", "-", " ", '"', "or", "not ", "is:", "tag:", "x", ">"])).map("".join)
)
def test_whatever_is_typed_is_a_filter_or_an_error_within_the_text(text):
    found = parse(text)
    if isinstance(found, FilterError):
        assert 0 <= found.position <= len(text)
        assert found.position + found.length <= len(text)
    else:
        assert parse(unparse(found)) == found


@pytest.mark.parametrize("example", [example for info in FIELDS.values() for example in info.examples])
def test_every_example_of_the_table_is_a_filter(example):
    assert not isinstance(parse(example), FilterError)


def test_what_is_nearly_unassigned_is_proposed_as_that():
    found = parse("is:unasigned")
    assert isinstance(found, FilterError)
    assert "is:unassigned" in found.advice
