"""Ids, rate windows, tokens, the journal and the rules of faults."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.narrowing import not_none

from deskhand_sandbox.faults import FaultKind, FaultRule, Faults
from deskhand_sandbox.ids import Ids
from deskhand_sandbox.journal import Journal
from deskhand_sandbox.rate_limits import FixedWindow, SlidingWindow
from deskhand_sandbox.tokens import Tokens


class ManualClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 12, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@given(st.integers(0, 10**13))
def test_an_id_leads_back_to_its_number(number):
    ids = Ids("tick_")
    assert ids.number(ids.of(number)) == number


@pytest.mark.parametrize("remote", ["", "tick_", "tick_short", "tock_0123456789", "tick_01234567!9"])
def test_what_is_no_id_leads_nowhere(remote):
    assert Ids("tick_").number(remote) is None


def test_a_fixed_window_follows_the_clock():
    hand = ManualClock()
    window = FixedWindow(2, 60, hand)
    assert [window.acquire().allowed for _ in range(3)] == [True, True, False]
    assert window.acquire().wait == 30
    hand.advance(30)
    assert window.acquire().remaining == 1


def test_a_sliding_window_frees_one_place_after_the_other():
    hand = ManualClock()
    window = SlidingWindow(2, 10, hand)
    window.acquire()
    hand.advance(4)
    window.acquire()
    assert (window.acquire().allowed, window.peek().wait) == (False, 6)
    hand.advance(6)
    assert window.acquire().allowed
    assert not window.acquire().allowed


def test_a_token_ends_with_its_time_or_by_a_fault():
    hand, faults = ManualClock(), Faults()
    tokens = Tokens("nexuscore", 1, faults, hand, lifetime=60)
    first = tokens.issue()
    hand.advance(59)
    assert tokens.is_valid(first)
    hand.advance(1)
    assert not tokens.is_valid(first)
    second = tokens.issue()
    faults.expire_tokens()
    assert not tokens.is_valid(second)
    assert tokens.is_valid(tokens.issue())
    assert not tokens.is_valid("made up")


def test_the_journal_counts_how_often_a_key_came():
    journal = Journal()
    journal.add("message", ticket="1", remote="m1", text="x", key="k")
    journal.add("message", ticket="1", remote="m2", text="y")
    journal.add_repeat("message", "k")
    assert [(entry["remote"], entry["key"], entry["times"]) for entry in journal.as_json()] == [
        ("m1", "k", 2),
        ("m2", None, 1),
    ]


class TestFaults:
    def test_a_rule_fires_as_often_as_it_says(self):
        faults = Faults()
        faults.status(500, times=2)
        kinds = [faults.decide("GET", "/x").rule for _ in range(3)]
        assert [rule is not None for rule in kinds] == [True, True, False]
        assert faults.rules() == []

    def test_latencies_add_up_and_do_not_use_up_the_others(self):
        faults = Faults()
        faults.latency(1)
        faults.latency(2, times=1)
        faults.drop_before()
        verdict = faults.decide("GET", "/x")
        assert (verdict.delay, verdict.rule) == (3, FaultRule(FaultKind.DROP_BEFORE, times=1))
        assert faults.decide("GET", "/x").delay == 1

    def test_only_the_first_of_two_is_spent(self):
        faults = Faults()
        faults.status(500)
        faults.drop_before()
        assert [not_none(faults.decide("GET", "/x").rule).kind for _ in range(2)] == [
            FaultKind.STATUS,
            FaultKind.DROP_BEFORE,
        ]

    def test_chance_and_place_decide(self):
        faults = Faults(seed=7)
        faults.drop_before(times=None, chance=0.5, path="/messages", methods=("POST",))
        fired = sum(faults.decide("POST", "/t/messages").rule is not None for _ in range(1000))
        assert 400 < fired < 600
        assert all(faults.decide("GET", "/t/messages").rule is None for _ in range(50))
        assert all(faults.decide("POST", "/t").rule is None for _ in range(50))
