"""When to look again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.capabilities import Capabilities, Limits
from deskhand.domain.problems import (
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
    UnexpectedResponse,
    VaultReason,
    VaultUnavailable,
    VendorDown,
)
from deskhand.sync.schedule import LONGEST_WAIT, Pace, resend_wait, wait_after

PROBLEMS = [Offline(), SignInNeeded(), VendorDown(), UnexpectedResponse(), VaultUnavailable(VaultReason.LOCKED)]


@given(st.sampled_from(PROBLEMS), st.integers(1, 400), st.floats(0, 1))
def test_no_failure_is_hammered_on_and_none_is_given_up(problem, failures, dice):
    assert 2 <= wait_after(problem, failures, lambda: dice) <= 900


@given(st.sampled_from(PROBLEMS), st.integers(0, 400), st.floats(0, 1))
def test_a_send_is_tried_again_within_about_a_minute(problem, attempts, dice):
    assert 1 <= resend_wait(problem, attempts, lambda: dice).total_seconds() <= 61


def test_what_is_never_confirmed_is_repeated_less_often_after_ten_minutes():
    waits = [resend_wait(OutcomeUnknown(), tries, lambda: 1.0).total_seconds() for tries in range(1, 40)]
    assert waits == sorted(waits)
    assert max(waits[:20]) == 61
    assert waits[-1] == 601


@pytest.mark.parametrize(("asked", "waited"), [(0, 1.0), (30, 30.0), (3600, 3600.0), (10**9, LONGEST_WAIT), (-5, 1.0)])
def test_a_vendors_wait_is_obeyed_up_to_an_hour(asked, waited):
    problem = Throttled(timedelta(seconds=asked))
    assert wait_after(problem, 5, lambda: 1.0) == waited
    assert resend_wait(problem, 5, lambda: 1.0) == timedelta(seconds=waited)


def test_waits_grow_with_failures():
    assert [round(wait_after(VendorDown(), n, lambda: 1.0)) for n in (1, 2, 3, 10)] == [4, 6, 10, 122]


def test_reading_conversations_leaves_half_of_the_vendors_allowance():
    slow = Capabilities(limits=Limits(requests_per_minute=60))
    assert Pace(poll=20).threads_per_round(slow) == 10
    assert Pace(poll=1).threads_per_round(slow) == 3
