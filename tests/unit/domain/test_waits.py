"""How long somebody has waited, by all hours or by working hours, on every day of the year, and when an answer is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.tickets import Turn
from deskhand.domain.waits import (
    Clock,
    Due,
    Level,
    Targets,
    Unit,
    WaitRules,
    WorkingHours,
    due,
    in_unit,
    level,
    waited,
)

NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)  # a Thursday
H = timedelta(hours=1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")

moments = st.datetimes(
    datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001 - hypothesis adds the zone
)  # fmt: skip
shifts = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda pair: pair[0] < pair[1])
hours_of_work = st.builds(
    lambda days, shift, zone: WorkingHours(days, shift[0], shift[1], ZoneInfo(zone)),
    st.frozensets(st.integers(0, 6)),
    shifts,
    st.sampled_from(ZONES),
)


@given(moments, moments, hours_of_work)
def test_working_time_is_never_longer_than_time(since, now, hours):
    assert timedelta() <= waited(since, now, hours) <= max(now - since, timedelta())


@given(st.lists(moments, min_size=3, max_size=3).map(sorted), hours_of_work)
def test_two_waits_one_after_the_other_are_as_long_as_both_together(times, hours):
    first, second, third = times
    assert waited(first, second, hours) + waited(second, third, hours) == waited(first, third, hours)


@given(moments, st.integers(0, 60), st.sampled_from(ZONES))
def test_where_all_hours_are_working_hours_every_hour_counts(since, days, zone):
    now = since + timedelta(days=days, minutes=days)
    always = WorkingHours(frozenset(range(7)), 0, 1440, ZoneInfo(zone))
    assert waited(since, now, always) == now - since


@given(moments, moments, hours_of_work)
def test_the_minutes_of_a_wait_are_those_in_which_somebody_worked(since, now, hours):
    """Minute by minute by the clock on the wall, over two days at most."""
    since = since.replace(second=0, microsecond=0)
    now = min(max(now, since), since + timedelta(days=2)).replace(second=0, microsecond=0)
    minutes = int((now - since).total_seconds() // 60)
    local = ((since + timedelta(minutes=n)).astimezone(hours.zone) for n in range(minutes))
    counted = sum(
        there.weekday() in hours.days and hours.begin <= there.hour * 60 + there.minute < hours.end for there in local
    )
    skipped_or_repeated = timedelta(
        hours=2
    )  # where a shift begins or ends in the hour that is not there, or is there twice
    is_dst_day = any(
        (since + timedelta(hours=n)).astimezone(hours.zone).utcoffset() != since.astimezone(hours.zone).utcoffset()
        for n in range(-24, 73)
    )
    difference = abs(waited(since, now, hours) - timedelta(minutes=counted))
    assert difference <= (skipped_or_repeated if is_dst_day else timedelta())


def test_the_night_and_the_weekend_do_not_count_by_working_hours():
    hours = WorkingHours(zone=AMSTERDAM)
    friday = datetime(2026, 11, 20, 16, tzinfo=AMSTERDAM)
    monday = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
    assert waited(friday, monday, hours) == 2 * H
    assert waited(friday, monday) == 66 * H


def test_a_day_on_which_clocks_are_set_is_as_long_as_it_was():
    whole = WorkingHours(frozenset(range(7)), 0, 1440, AMSTERDAM)
    for day, lasts in ((29, 23), (28, 24)):  # clocks went forward on Sunday, 29 March 2026
        begin = datetime(2026, 3, day, tzinfo=AMSTERDAM)
        end = datetime(2026, 3, day + 1, tzinfo=AMSTERDAM)
        assert waited(begin.astimezone(UTC), end.astimezone(UTC), whole) == lasts * H


def test_the_computers_own_zone_is_taken_where_none_is_named():
    local = datetime(2026, 11, 19, 9).astimezone()
    assert waited(local, local + timedelta(days=7), WorkingHours()) == 40 * H


def test_a_wait_that_lies_ahead_has_not_begun():
    assert waited(NOW + H, NOW) == timedelta()
    assert level(NOW + H, NOW, WaitRules()) is Level.CALM


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, Level.CALM), (7.99, Level.CALM), (8, Level.WARM), (23.99, Level.WARM), (24, Level.HOT)]
)
def test_a_wait_grows_warm_and_hot(hours, expected):
    assert level(NOW - timedelta(hours=hours), NOW, WaitRules()) is expected


def test_working_hours_keep_a_wait_calm_over_a_weekend():
    friday = datetime(2026, 11, 20, 16, tzinfo=AMSTERDAM)
    monday = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
    assert level(friday, monday, WaitRules()) is Level.HOT
    assert level(friday, monday, WaitRules(hours=WorkingHours(zone=AMSTERDAM))) is Level.CALM


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (timedelta(), (1, Unit.MINUTES)),
        (timedelta(minutes=59, seconds=59), (59, Unit.MINUTES)),
        (timedelta(minutes=60), (1, Unit.HOURS)),
        (timedelta(hours=23, minutes=59), (23, Unit.HOURS)),
        (timedelta(hours=24), (1, Unit.DAYS)),
        (timedelta(days=400), (400, Unit.DAYS)),
    ],
)
def test_a_wait_is_said_in_one_unit(lasted, said):
    assert in_unit(lasted) == said


TARGETS = Targets(first_reply=H, next_reply=4 * H)


def test_the_first_reply_and_the_next_have_clocks_of_their_own():
    assert due(Turn.US, NOW, TARGETS, None, answered=False) == Due(NOW + H, Clock.FIRST_REPLY)
    assert due(Turn.US, NOW, TARGETS, None, answered=True) == Due(NOW + 4 * H, Clock.NEXT_REPLY)
    assert due(Turn.US, NOW, Targets(), None, answered=True) is None


def test_the_earlier_of_our_target_and_the_vendors_counts():
    assert due(Turn.US, NOW, TARGETS, NOW, answered=False) == Due(NOW, Clock.VENDOR)
    assert due(Turn.US, NOW, TARGETS, NOW + 9 * H, answered=False) == Due(NOW + H, Clock.FIRST_REPLY)


@pytest.mark.parametrize("turn", [Turn.THEM, Turn.UNKNOWN])
def test_our_clocks_stand_while_no_customer_waits(turn):
    assert due(turn, NOW, TARGETS, None, answered=True) is None
    assert due(turn, NOW, TARGETS, NOW, answered=True) == Due(NOW, Clock.VENDOR)
    assert due(Turn.NOBODY, None, TARGETS, NOW, answered=True) is None
